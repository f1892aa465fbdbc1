//! A project in a few lines, for tests of what pages say: no file is read and nothing is run, so that a test can have
//! any outcome it wants. Understands `class`, `def`, assignments and decorators one a line, and nothing more.

use std::path::PathBuf;
use std::sync::Arc;

use indexmap::IndexMap;
use mroscope::Name;
use mroscope::analysis::{Analysis, Module, ModuleOrigin, WorldSummary};
use mroscope::semantics::{
    Assumption, Class, ClassId, ClassPath, Classes, Declared, DescriptorKind, Gap, LazyMembers,
    Made, Member, MemberKind, MemberOrigin, Members, Origin, Outcome, Raised, Shape, Slots,
    Standing, TypeNewError, Wanted, Why, type_new,
};
use mroscope::source::{FileId, Place, PythonVersion, SourceFile};

/// An analysis of these modules: name and text of each. A base that none of them defines is out of view; a class whose
/// line ends in `# assumed` rests on an assumption.
pub(crate) fn sketch(modules: &[(&str, &str)]) -> Analysis {
    let mut classes = Classes::new(interpreter(), Arc::new(Native));
    let mut names: IndexMap<Name, ClassId, rustc_hash::FxBuildHasher> = IndexMap::default();
    for (name, id) in [("object", 0), ("type", 1), ("ABCMeta", 2)] {
        names.insert(name.into(), ClassId(id));
    }
    let (mut files, mut found) = (vec![], vec![]);
    for (index, (name, text)) in modules.iter().enumerate() {
        let file = FileId::at(index);
        let shown = format!("{}.py", name.replace('.', "/"));
        files.push(SourceFile::new(PathBuf::from(&shown), shown, *text));
        let mut module = Module {
            name: (*name).into(),
            file: Some(file),
            package: false,
            origin: ModuleOrigin::Project,
            classes: vec![],
            no_classes: vec![],
            names: IndexMap::default(),
            modules: vec![],
        };
        for block in blocks(text) {
            let class = made(&block, name, file, &names, &classes);
            let id = classes.push(class);
            names.insert(block.name.into(), id);
            module.names.insert(block.name.into(), id);
            module.classes.push(id);
        }
        found.push(module);
    }
    let world = WorldSummary {
        project: "sketch".to_owned(),
        python: "3.13".to_owned(),
        ..WorldSummary::default()
    };
    Analysis::new(world, files, found, classes, vec![], vec![])
}

/// A class statement in a text.
struct Block<'t> {
    name: &'t str,
    /// Between the parentheses, and where that starts.
    arguments: Option<(&'t str, usize)>,
    start: usize,
    end: usize,
    text: &'t str,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let starts: Vec<usize> = text
        .match_indices("class ")
        .map(|(at, _)| at)
        .filter(|&at| at == 0 || text.as_bytes()[at - 1] == b'\n')
        .collect();
    starts
        .iter()
        .enumerate()
        .map(|(index, &start)| {
            let next = starts.get(index + 1).copied().unwrap_or(text.len());
            let body = text[start..next].trim_end();
            let head = &body[6..body.find(':').expect("a class statement has a colon")];
            let (name, arguments) = match head.split_once('(') {
                Some((name, rest)) => (
                    name,
                    Some((rest.trim_end_matches(')'), start + 6 + name.len() + 1)),
                ),
                None => (head, None),
            };
            Block {
                name,
                arguments,
                start,
                end: start + body.len(),
                text: body,
            }
        })
        .collect()
}

fn made(
    block: &Block<'_>,
    module: &str,
    file: FileId,
    names: &IndexMap<Name, ClassId, rustc_hash::FxBuildHasher>,
    classes: &Classes,
) -> Class {
    let place = |start: usize, end: usize| Place {
        file,
        start: start as u32,
        end: end as u32,
    };
    let (mut bases, mut metaclass, mut gaps) = (vec![], None, vec![]);
    let written = block.arguments.map_or("", |(text, _)| text);
    for part in written
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let (is_metaclass, wanted) = match part.strip_prefix("metaclass=") {
            Some(wanted) => (true, wanted),
            None => (false, part),
        };
        match names.get(wanted) {
            Some(&id) if is_metaclass => metaclass = Some(id),
            Some(&id) => bases.push(id),
            None => gaps.push(Gap {
                why: Why::NotInstalled {
                    module: wanted.split('.').next().unwrap_or(wanted).into(),
                },
                what: wanted.into(),
                at: block.arguments.map(|(text, at)| place(at, at + text.len())),
            }),
        }
    }
    let id = ClassId(classes.len() as u32);
    let wanted = Wanted {
        name: block.name,
        metaclass: metaclass.unwrap_or_else(|| {
            bases
                .first()
                .and_then(|&base| classes.made(base))
                .map_or(classes.type_(), |made| made.metaclass)
        }),
        slots: Declared::Absent,
        binds: &|_| false,
        mro: None,
        version: PythonVersion::three(13),
    };
    let outcome = if gaps.is_empty() {
        match type_new(id, &wanted, &bases, classes) {
            Ok(made) => Outcome::Created(made),
            Err(reason) => Outcome::Raises(raised(reason, bases.clone(), classes)),
        }
    } else {
        let mut known = vec![id];
        known.extend(
            bases
                .iter()
                .flat_map(|&base| classes.mro(base).unwrap_or_default()),
        );
        Outcome::Unknown {
            because: gaps,
            known,
            metaclass: None,
        }
    };
    let assumed = block
        .text
        .lines()
        .next()
        .is_some_and(|line| line.ends_with("# assumed"));
    Class {
        path: ClassPath::new(module, block.name),
        origin: Origin::Statement {
            place: place(block.start, block.end),
            first: block.start as u32,
            name: place(block.start + 6, block.start + 6 + block.name.len()),
            arguments: block.arguments.map(|(text, at)| place(at, at + text.len())),
        },
        outcome,
        members: members(block, file).into(),
        standing: if assumed {
            Standing::Assumed(vec![Assumption {
                what: "the decorator returns the class it was given".to_owned(),
                at: Some(place(block.start, block.start)),
            }])
        } else {
            Standing::Exact
        },
        assigned: std::sync::OnceLock::new(),
        heard: std::sync::OnceLock::new(),
        annotated: std::sync::OnceLock::new(),
        methods: methods(block).into(),
        refused: None,
        skips_abc: false,
        abstract_left: None,
        not_reached: None,
        called_from: None,
    }
}

fn raised(reason: TypeNewError, bases: Vec<ClassId>, classes: &Classes) -> Raised {
    let message = match &reason {
        TypeNewError::InconsistentMro { heads } => {
            let heads: Vec<&str> = heads
                .iter()
                .map(|&head| classes.get(head).path.name())
                .collect();
            format!(
                "Cannot create a consistent method resolution order (MRO) for bases {}",
                heads.join(", ")
            )
        }
        other => format!("{other:?}"),
    };
    Raised {
        kind: "TypeError".into(),
        message,
        reason: Some(Box::new(reason)),
        bases,
        ..Raised::default()
    }
}

/// Each `def` of a class body, where it stands in the file.
fn methods(block: &Block<'_>) -> Box<[mroscope::syntax::Method]> {
    let text = format!("{}{}", "\n".repeat(block.start), block.text);
    let parsed = mroscope::syntax::parse(&text, PythonVersion::three(13));
    let class = parsed.body.iter().find_map(|it| match &it.kind {
        mroscope::syntax::StmtKind::Class(def) => Some(def.methods()),
        _ => None,
    });
    let mut methods = class.unwrap_or_default();
    methods.sort_by(|a, b| (&a.name, a.start).cmp(&(&b.name, b.start)));
    methods
}

/// The names a class body binds.
fn members(block: &Block<'_>, file: FileId) -> Members {
    let mut members = Members::default();
    let mut decorator = "";
    let mut current: Option<Name> = None;
    let mut at = block.start;
    for line in block.text.split_inclusive('\n') {
        let (start, text) = (at, line.trim());
        at += line.len();
        let indent = line.len() - line.trim_start().len();
        if let Some(name) = &current
            && text.contains(&format!("super().{name}"))
        {
            members[name.as_str()].calls_super = true;
        }
        if indent != 4 {
            continue;
        }
        if let Some(named) = text.strip_prefix('@') {
            decorator = named;
            continue;
        }
        let (name, kind, shown) = if let Some(head) = text.strip_prefix("def ") {
            let kind = match decorator {
                "property" => MemberKind::Property,
                "classmethod" => MemberKind::Classmethod,
                "staticmethod" => MemberKind::Staticmethod,
                _ => MemberKind::Function,
            };
            (head.split('(').next().unwrap_or(head), kind, None)
        } else if let Some((name, value)) = text.split_once(" = ") {
            (name, MemberKind::Value, Some(value.into()))
        } else {
            continue;
        };
        current = Some(name.into());
        let is_abstract = decorator == "abstractmethod";
        decorator = "";
        let member = Member {
            place: Some(Place {
                file,
                start: (start + indent) as u32,
                end: at as u32,
            }),
            parts: Box::default(),
            wraps: None,
            closes: None,
            calls_super: text.contains(&format!("super().{name}")),
            is_abstract,
            shown,
            ..member(kind)
        };
        members.insert(name.into(), member);
    }
    members
}

fn member(kind: MemberKind) -> Member {
    Member {
        kind,
        descriptor: match kind {
            MemberKind::Property => DescriptorKind::Data,
            MemberKind::Value => DescriptorKind::None,
            _ => DescriptorKind::NonData,
        },
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

/// `object`, `type` and `ABCMeta`.
fn interpreter() -> Vec<Class> {
    let class = |module: &str, name: &str, bases: &[u32], mro: &[u32]| Class {
        path: ClassPath::new(module, name),
        origin: Origin::Interpreter,
        outcome: Outcome::Created(Made {
            bases: bases.iter().map(|&base| ClassId(base)).collect(),
            metaclass: ClassId(1),
            best_base: bases.first().map(|&base| ClassId(base)),
            solid_base: ClassId(mro[mro.len().saturating_sub(2)]),
            mro: mro.iter().map(|&entry| ClassId(entry)).collect(),
            shape: Shape::default(),
            slots: Slots::Absent,
            accepts_subclasses: true,
        }),
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
    };
    vec![
        class("builtins", "object", &[], &[0]),
        class("builtins", "type", &[0], &[1, 0]),
        class("abc", "ABCMeta", &[1], &[2, 1, 0]),
    ]
}

/// A few names of `object`'s, and what takes part in making classes.
struct Native;

impl LazyMembers for Native {
    fn members(&self, class: ClassId) -> Members {
        let names: &[&str] = match class.0 {
            0 => &["__init__", "__repr__", "__init_subclass__", "__new__"],
            1 => &["__new__", "__init__", "mro"],
            _ => &["__new__", "register"],
        };
        names
            .iter()
            .map(|&name| {
                let mut member = member(MemberKind::BuiltinMethod);
                member.origin = MemberOrigin::Native;
                (name.into(), member)
            })
            .collect()
    }
}
