//! Class objects made by hand: a tiny part of Python, read into `Classes` without any file, parser or evaluator.
//!
//! It knows `class Name(Base, metaclass=Meta):` with a body on the same line or indented below, and in a body only
//! `__slots__ = …`, `name = …` and `def name`. What stands for the interpreter is a handful of its classes.

use std::collections::HashMap;
use std::sync::Arc;

use mroscope::semantics::{
    Annotates, Class, ClassId, ClassPath, Classes, Declared, DescriptorKind, LazyMembers, Made,
    MadeBy, Making, Member, MemberKind, MemberOrigin, Members, Origin, Outcome, Raised, Shape,
    SlotItem, Slots, Standing, TypeNewError, Wanted, add_standard_hooks, linearize, mangle,
    most_derived, own_namespace, type_new,
};
use mroscope::source::PythonVersion;

/// The classes of a small program, and what each of its statements came to.
pub(crate) struct Program {
    pub(crate) classes: Classes,
    pub(crate) version: PythonVersion,
    /// What each name is bound to at the end.
    pub(crate) names: HashMap<String, ClassId>,
    /// The class statements by line, from 1.
    pub(crate) statements: Vec<(u32, Done)>,
    /// What the body of each class binds.
    pub(crate) bodies: HashMap<ClassId, Members>,
}

/// What a class statement came to.
#[derive(Debug, Clone)]
pub(crate) enum Done {
    Created(ClassId),
    Raised(TypeNewError),
    /// A base does not exist, because its own statement raised.
    NoBase(String),
}

impl Program {
    /// Runs the text, beginning with the interpreter's classes as they are given here.
    pub(crate) fn run(text: &str, version: PythonVersion) -> Self {
        Self::run_on(hand_made(), text, version)
    }

    /// Runs the text, beginning with these classes.
    pub(crate) fn run_on(classes: Classes, text: &str, version: PythonVersion) -> Self {
        let names = classes
            .ids()
            .filter_map(|id| {
                let path = &classes.get(id).path;
                let is_top = !path.qualname.contains('.');
                match &*path.module {
                    "builtins" => Some((path.qualname.to_string(), id)),
                    _ if is_top => Some((format!("{}.{}", path.module, path.qualname), id)),
                    _ => None,
                }
            })
            .collect();
        let mut program = Self {
            classes,
            version,
            names,
            statements: vec![],
            bodies: HashMap::new(),
        };
        for statement in statements_of(text) {
            program.execute(&statement);
        }
        program
    }

    /// The class that a name is bound to.
    pub(crate) fn id(&self, name: &str) -> ClassId {
        *self
            .names
            .get(name)
            .unwrap_or_else(|| panic!("`{name}` is bound to no class"))
    }

    /// The class object that a name is bound to.
    pub(crate) fn made(&self, name: &str) -> &Made {
        self.classes
            .made(self.id(name))
            .unwrap_or_else(|| panic!("`{name}` was not made"))
    }

    /// The names of some classes, with a space between them.
    pub(crate) fn say(&self, ids: &[ClassId]) -> String {
        let names: Vec<&str> = ids.iter().map(|&id| self.name(id)).collect();
        names.join(" ")
    }

    /// `__name__`.
    pub(crate) fn name(&self, id: ClassId) -> &str {
        self.classes.get(id).path.name()
    }

    /// What the first statement that raises raises.
    pub(crate) fn error(&self) -> Option<&TypeNewError> {
        self.statements.iter().find_map(|(_, done)| match done {
            Done::Raised(error) => Some(error),
            Done::Created(_) | Done::NoBase(_) => None,
        })
    }

    /// The exception of the first statement that raises.
    pub(crate) fn raised(&self) -> Raised {
        self.error()
            .expect("a statement raises")
            .raised(&self.classes, self.version)
    }

    fn execute(&mut self, statement: &Statement) {
        let done = self.done(statement);
        if let Done::Created(id) = done {
            self.names.insert(statement.name.clone(), id);
        }
        self.statements.push((statement.line, done));
    }

    fn done(&mut self, statement: &Statement) -> Done {
        let mut bases = vec![];
        for base in &statement.bases {
            match self.names.get(base) {
                Some(&id) => bases.push(id),
                None => return Done::NoBase(base.clone()),
            }
        }
        let initial = match &statement.metaclass {
            Some(name) => match self.names.get(name) {
                Some(&id) => id,
                None => return Done::NoBase(name.clone()),
            },
            None => bases
                .first()
                .and_then(|&base| self.classes.made(base))
                .map_or(self.classes.type_(), |made| made.metaclass),
        };
        let id = ClassId(self.classes.len() as u32);
        match self.make(id, statement, initial, &bases) {
            Ok(made) => {
                let class = class(&statement.name, "program", Origin::Interpreter, made);
                let id = self.classes.push(class);
                let own = self.own_namespace(id, statement);
                *self.classes.members_mut(id) = own;
                self.bodies.insert(id, statement.members());
                Done::Created(id)
            }
            Err(error) => Done::Raised(error),
        }
    }

    fn own_namespace(&self, id: ClassId, statement: &Statement) -> Members {
        let body = statement.members();
        let making = Making {
            made: self.classes.made(id).expect("it has just been made"),
            classes: &self.classes,
            module: "program",
            by: MadeBy::Statement {
                line: statement.line,
                docstring: None,
                annotates: Annotates::No,
                has_type_parameters: false,
            },
            has_orig_bases: false,
            hides_hash: body.contains_key("__eq__") && !body.contains_key("__hash__"),
            version: self.version,
        };
        let mut own = own_namespace(body, &making);
        let owns = |class, name: &str| self.classes.members(class).contains_key(name);
        add_standard_hooks(&mut own, making.made, &self.classes, self.version, &owns);
        own
    }

    fn make(
        &self,
        id: ClassId,
        statement: &Statement,
        initial: ClassId,
        bases: &[ClassId],
    ) -> Result<Made, TypeNewError> {
        let metaclass = most_derived(initial, bases, &self.classes)?;
        let binds = |name: &str| {
            matches!(name, "__module__" | "__qualname__") || statement.members().contains_key(name)
        };
        let wanted = Wanted {
            name: &statement.name,
            metaclass,
            slots: match &statement.slots {
                None => Declared::Absent,
                Some(SlotsLiteral::Items(items)) => Declared::Items(items),
                Some(SlotsLiteral::Number) => Declared::NotIterable("int"),
            },
            binds: &binds,
            mro: None,
            version: self.version,
        };
        type_new(id, &wanted, bases, &self.classes)
    }
}

/// A class statement as it is written.
struct Statement {
    line: u32,
    name: String,
    bases: Vec<String>,
    metaclass: Option<String>,
    slots: Option<SlotsLiteral>,
    binds: Vec<(String, MemberKind)>,
}

enum SlotsLiteral {
    Items(Vec<SlotItem>),
    Number,
}

impl Statement {
    fn members(&self) -> Members {
        let bound = self.binds.iter().map(|(name, kind)| {
            let descriptor = match kind {
                MemberKind::Value => DescriptorKind::None,
                _ => DescriptorKind::NonData,
            };
            (mangle(&self.name, name), member(*kind, descriptor))
        });
        bound.collect()
    }
}

/// A member of which only this is known.
pub(crate) fn member(kind: MemberKind, descriptor: DescriptorKind) -> Member {
    Member {
        kind,
        descriptor,
        maybe: None,
        origin: MemberOrigin::Body,
        place: None,
        type_of: None,
        class: None,
        parts: Box::default(),
        wraps: None,
        closes: None,
        calls_super: false,
        is_abstract: false,
        signature: None,
        holds: None,
        shown: None,
    }
}

fn statements_of(text: &str) -> Vec<Statement> {
    let mut statements: Vec<Statement> = vec![];
    for (index, line) in text.lines().enumerate() {
        let code = line.split('#').next().unwrap_or_default().trim();
        if let Some(head) = code.strip_prefix("class ") {
            let (head, body) = split_head(head);
            let mut statement = read_head(head, index as u32 + 1);
            read_body(&mut statement, body);
            statements.push(statement);
        } else if let Some(statement) = statements.last_mut() {
            read_body(statement, code);
        }
    }
    statements
}

/// Divides `A(B, C): x = 1` at the colon of its head.
fn split_head(text: &str) -> (&str, &str) {
    let end = text.find([':', '(']).unwrap_or_default();
    let colon = if text[end..].starts_with('(') {
        "):"
    } else {
        ":"
    };
    text.split_once(colon)
        .unwrap_or_else(|| panic!("`class {text}` has no colon"))
}

fn read_head(head: &str, line: u32) -> Statement {
    let (name, arguments) = head.split_once('(').unwrap_or((head, ""));
    let mut statement = Statement {
        line,
        name: name.trim().to_owned(),
        bases: vec![],
        metaclass: None,
        slots: None,
        binds: vec![],
    };
    for argument in arguments
        .trim_end_matches(')')
        .split(',')
        .map(str::trim)
        .filter(|argument| !argument.is_empty())
    {
        match argument.strip_prefix("metaclass=") {
            Some(metaclass) => statement.metaclass = Some(metaclass.to_owned()),
            None => statement.bases.push(argument.to_owned()),
        }
    }
    statement
}

fn read_body(statement: &mut Statement, text: &str) {
    for part in text.split(';').map(str::trim) {
        let part = part.strip_prefix("async ").unwrap_or(part);
        if let Some(function) = part.strip_prefix("def ") {
            let name = function.split('(').next().unwrap_or_default();
            statement
                .binds
                .push((name.to_owned(), MemberKind::Function));
        } else if let Some((name, value)) = part.split_once('=') {
            let name = name.trim();
            if name == "__slots__" {
                statement.slots = Some(read_slots(value.trim()));
            }
            statement.binds.push((name.to_owned(), MemberKind::Value));
        }
    }
}

/// Reads strings and numbers, whatever brackets are around them; of a dict's item only the key.
fn read_slots(value: &str) -> SlotsLiteral {
    if value.parse::<u32>().is_ok() {
        return SlotsLiteral::Number;
    }
    let items = value
        .trim_matches(['(', ')', '[', ']', '{', '}'])
        .split(',')
        .map(|item| item.split(':').next().unwrap_or_default().trim())
        .filter(|item| !item.is_empty())
        .map(|item| {
            let name = item.trim_matches(['\'', '"']);
            if name == item {
                SlotItem::NotString("int".into())
            } else {
                SlotItem::Name(name.into())
            }
        });
    SlotsLiteral::Items(items.collect())
}

fn class(name: &str, module: &str, origin: Origin, made: Made) -> Class {
    Class {
        path: ClassPath::new(module, name),
        origin,
        outcome: Outcome::Created(made),
        members: std::sync::OnceLock::new(),
        standing: Standing::Exact,
        assigned: std::sync::OnceLock::new(),
        heard: std::sync::OnceLock::new(),
        annotated: std::sync::OnceLock::new(),
        methods: std::sync::OnceLock::new(),
        refused: None,
        skips_abc: false,
        abstract_left: None,
        not_reached: None,
        called_from: None,
    }
}

struct NoMembers;

impl LazyMembers for NoMembers {
    fn members(&self, _: ClassId) -> Members {
        Members::default()
    }

    fn is_native(&self, _: ClassId) -> bool {
        true
    }
}

/// A class of the interpreter: its name, its base, and what its instances are.
struct Native {
    module: &'static str,
    name: &'static str,
    base: &'static str,
    metaclass: &'static str,
    is: &'static [Trait],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Trait {
    /// It has a layout of its own.
    Solid,
    /// No class may derive from it.
    Final,
    Dict,
    Weakref,
    Variable,
}

use Trait::{Dict, Final, Solid, Variable, Weakref};

const NATIVE: [Native; 23] = [
    native("object", "", &[Solid]),
    native("type", "object", &[Solid, Dict, Weakref, Variable]),
    native("int", "object", &[Solid, Variable]),
    native("bool", "int", &[Final]),
    native("float", "object", &[Solid]),
    native("str", "object", &[Solid]),
    native("bytes", "object", &[Solid, Variable]),
    native("tuple", "object", &[Solid, Variable]),
    native("list", "object", &[Solid]),
    native("dict", "object", &[Solid]),
    native("set", "object", &[Solid, Weakref]),
    native("range", "object", &[Solid, Final]),
    native("slice", "object", &[Solid, Final]),
    native("memoryview", "object", &[Solid, Final, Weakref, Variable]),
    native("BaseException", "object", &[Solid, Dict]),
    native("Exception", "BaseException", &[]),
    native("ValueError", "Exception", &[]),
    native("LookupError", "Exception", &[]),
    native("KeyError", "LookupError", &[]),
    native("OSError", "Exception", &[Solid]),
    Native {
        module: "abc",
        ..native("ABCMeta", "type", &[])
    },
    Native {
        module: "typing",
        ..native("Generic", "object", &[])
    },
    Native {
        module: "typing",
        metaclass: "ABCMeta",
        ..native("Protocol", "Generic", &[])
    },
];

const fn native(name: &'static str, base: &'static str, is: &'static [Trait]) -> Native {
    Native {
        module: "builtins",
        name,
        base,
        metaclass: "type",
        is,
    }
}

fn hand_made() -> Classes {
    let mut made: Vec<Made> = vec![];
    let position = |name: &str| {
        NATIVE
            .iter()
            .position(|native| native.name == name)
            .map(|at| ClassId(at as u32))
    };
    for (at, native) in NATIVE.iter().enumerate() {
        let id = ClassId(at as u32);
        let base = position(native.base);
        let below = base.map(|base| &made[base.0 as usize]);
        let has = |wanted| native.is.contains(&wanted);
        let bases: Vec<ClassId> = base.into_iter().collect();
        let mro = linearize(id, &bases, |base| &made[base.0 as usize].mro, |_| ())
            .expect("one base always has an order");
        let shape = below.map_or_else(Shape::default, |below| below.shape);
        made.push(Made {
            metaclass: position(native.metaclass).expect("it is in the list"),
            best_base: base,
            solid_base: below
                .filter(|_| !has(Solid))
                .map_or(id, |below| below.solid_base),
            mro,
            shape: Shape {
                dict: shape.dict || has(Dict),
                weakref: shape.weakref || has(Weakref),
                variable: shape.variable || has(Variable),
            },
            slots: Slots::Absent,
            accepts_subclasses: !has(Final),
            bases: bases.clone(),
        });
    }
    let classes = NATIVE
        .iter()
        .zip(made)
        .map(|(native, made)| class(native.name, native.module, Origin::Interpreter, made));
    Classes::new(classes.collect(), Arc::new(NoMembers))
}
