//! Where names and attributes lead, through imports and re-exports: to a definition, to an instance of a class, to a module.
//!
//! Nothing is run: what a name is bound to is what its statement says. Whoever has the run at rest asks that first.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::plugins::bound::{Bound, Table};
use crate::plugins::frameworks::Makes;
use crate::plugins::modules::{File, Look, Modules};
use crate::semantics::Spotted;
use crate::syntax::{
    BinaryOp, Call, ClassDef, Expr, ExprKind, FunctionDef, Literal, StmtKind, StringPart,
};

/// Definitions and imports that are followed in one another.
const DEEPEST: u32 = 60;

/// What an expression leads to.
#[derive(Clone)]
pub(super) enum Thing {
    /// A module.
    Module(Name),
    /// Something that a statement defines, or that a module without source has.
    Defined(Rc<Defined>),
    /// An instance of a class.
    Instance(Rc<Instance>),
    /// An expression that stands for itself, and where.
    Value(Scope, Arc<Expr>),
    /// It cannot be told.
    Unknown,
}

/// A definition.
#[derive(Clone)]
pub(super) struct Defined {
    /// Where: `module:qualname`.
    pub(super) path: String,
    pub(super) what: What,
    pub(super) file: Option<Rc<File>>,
}

/// What is defined.
#[derive(Clone)]
pub(super) enum What {
    Function(Arc<FunctionDef>),
    Class(Arc<ClassDef>),
    /// A name of a module without source, or an attribute of something that is not followed.
    Name,
}

/// An instance.
#[derive(Clone)]
pub(super) struct Instance {
    /// The path of its class.
    pub(super) class: String,
    /// The path of the name that it is bound to first; empty where none is known.
    pub(super) object: String,
    /// The call that makes it, and where that stands.
    pub(super) call: Option<(Scope, Arc<Expr>)>,
    /// Attributes that are asked of it, one of the other.
    pub(super) attributes: String,
    /// The function that a decorator has made it of.
    pub(super) of: Option<Rc<Defined>>,
}

/// Where an expression stands: the module, and the functions and classes around it, the innermost last.
#[derive(Clone)]
pub(super) struct Scope {
    pub(super) file: Rc<File>,
    pub(super) frames: Vec<Rc<Frame>>,
}

/// The names of a function or a class body.
pub(super) struct Frame {
    pub(super) qualname: String,
    pub(super) is_class: bool,
    /// Whether it is a function's.
    pub(super) is_call: bool,
    /// Whether a framework, or what it calls, calls that function.
    pub(super) is_called: bool,
    pub(super) table: Table,
    /// What parameters and loop variables are known to be.
    pub(super) given: FxHashMap<Name, Thing>,
}

impl Scope {
    /// The scope of a module.
    pub(super) fn of(file: &Rc<File>) -> Self {
        Self {
            file: file.clone(),
            frames: vec![],
        }
    }

    /// The same with a frame more.
    pub(super) fn within(&self, frame: Frame) -> Self {
        let mut inner = self.clone();
        inner.frames.push(Rc::new(frame));
        inner
    }

    /// The qualified name of what is defined here.
    pub(super) fn qualname(&self, name: &str) -> String {
        match self.frames.last() {
            Some(frame) if frame.is_class => format!("{}.{name}", frame.qualname),
            Some(frame) => format!("{}.<locals>.{name}", frame.qualname),
            None => name.to_owned(),
        }
    }

    fn path(&self, name: &str) -> String {
        format!("{}:{}", self.file.name, self.qualname(name))
    }
}

/// Keys and what they lead to, of registries by their names.
pub(super) type Filled = FxHashMap<String, Vec<(Option<String>, String)>>;

/// Follows names.
pub(super) struct Follow<'a> {
    pub(super) modules: &'a Modules<'a>,
    pub(super) makes: &'a [Makes],
    /// What stands in registries when all modules have run, by their names: keys and paths.
    pub(super) filled: &'a Filled,
    depth: Cell<u32>,
}

impl<'a> Follow<'a> {
    pub(super) fn new(modules: &'a Modules<'a>, makes: &'a [Makes], filled: &'a Filled) -> Self {
        Self {
            modules,
            makes,
            filled,
            depth: Cell::new(0),
        }
    }

    /// What an expression leads to.
    pub(super) fn expr(&self, expr: &Expr, scope: &Scope) -> Thing {
        if self.depth.get() >= DEEPEST {
            return Thing::Unknown;
        }
        self.depth.set(self.depth.get() + 1);
        let thing = match &expr.kind {
            ExprKind::Name(name) => self.name(name, scope),
            ExprKind::Attribute(of, name) => {
                let of = self.expr(of, scope);
                self.attribute(&of, name)
            }
            ExprKind::Call(call) => self.called(call, expr, scope),
            ExprKind::Await(inner) => self.expr(inner, scope),
            ExprKind::Walrus(_, inner) => self.expr(inner, scope),
            _ => Thing::Value(scope.clone(), Arc::new(expr.clone())),
        };
        self.depth.set(self.depth.get() - 1);
        thing
    }

    /// What a name leads to where it is read.
    pub(super) fn name(&self, name: &str, scope: &Scope) -> Thing {
        for (at, frame) in scope.frames.iter().enumerate().rev() {
            // A class body's names are not seen from functions inside of it.
            if frame.is_class && at + 1 < scope.frames.len() {
                continue;
            }
            if let Some(given) = frame.given.get(name) {
                return given.clone();
            }
            if frame.table.has(name) {
                let outer = Scope {
                    file: scope.file.clone(),
                    frames: scope.frames[..=at].to_vec(),
                };
                return self.bound_in(&frame.table, name, &outer);
            }
        }
        self.global(name, &scope.file)
    }

    /// What a module has under a name.
    fn global(&self, name: &str, file: &Rc<File>) -> Thing {
        let scope = Scope::of(file);
        if file.table.has(name) {
            return self.bound_in(&file.table, name, &scope);
        }
        for (level, module) in file.table.stars.iter().rev() {
            let Some(module) = absolute(file, *level, module) else {
                continue;
            };
            if let Some(from) = self.modules.source(&module)
                && !name.starts_with('_')
                && from.name != file.name
            {
                let thing = self.guarded(|| self.global(name, &from));
                if !matches!(thing, Thing::Unknown) {
                    return thing;
                }
            }
        }
        if file.package {
            let inside = format!("{}.{name}", file.name);
            if matches!(self.modules.look(&inside), Look::Source(_) | Look::NoSource) {
                return Thing::Module(inside.into());
            }
        }
        Thing::Unknown
    }

    fn guarded(&self, what: impl FnOnce() -> Thing) -> Thing {
        if self.depth.get() >= DEEPEST {
            return Thing::Unknown;
        }
        self.depth.set(self.depth.get() + 1);
        let thing = what();
        self.depth.set(self.depth.get() - 1);
        thing
    }

    fn bound_in(&self, table: &Table, name: &str, scope: &Scope) -> Thing {
        let all = table.get(name);
        let things = all.into_iter().map(|it| self.bound(it, name, scope));
        let mut things = things.filter(|it| !matches!(it, Thing::Unknown));
        things.next().unwrap_or(Thing::Unknown)
    }

    fn bound(&self, bound: &Bound, name: &str, scope: &Scope) -> Thing {
        match bound {
            Bound::Module(module) => Thing::Module(module.clone()),
            Bound::From(level, module, name) => match absolute(&scope.file, *level, module) {
                Some(module) => self.guarded(|| self.in_module(&module, name)),
                None => Thing::Unknown,
            },
            Bound::Function(def) => self.function(def, scope),
            Bound::Class(def) => Thing::Defined(Rc::new(Defined {
                path: scope.path(&def.name),
                what: What::Class(def.clone()),
                file: Some(scope.file.clone()),
            })),
            Bound::Value(value) => {
                let thing = self.expr(value, scope);
                match thing {
                    Thing::Instance(instance) if instance.object.is_empty() => {
                        let mut named = (*instance).clone();
                        named.object = scope.path(name);
                        Thing::Instance(Rc::new(named))
                    }
                    // What it is cannot be told, but which name it has.
                    Thing::Unknown => Thing::Defined(Rc::new(Defined {
                        path: scope.path(name),
                        what: What::Name,
                        file: Some(scope.file.clone()),
                    })),
                    thing => thing,
                }
            }
            Bound::Other => Thing::Unknown,
        }
    }

    /// A function; what its decorators make of it, where that is known to be an instance.
    fn function(&self, def: &Arc<FunctionDef>, scope: &Scope) -> Thing {
        let defined = Rc::new(Defined {
            path: scope.path(&def.name),
            what: What::Function(def.clone()),
            file: Some(scope.file.clone()),
        });
        for decorator in &def.decorators {
            let function = match &decorator.kind {
                ExprKind::Call(call) => &call.function,
                _ => decorator,
            };
            let maker = self.expr(function, scope);
            if let Some(class) = self.makes_of(&maker) {
                return Thing::Instance(Rc::new(Instance {
                    class,
                    object: defined.path.clone(),
                    call: Some((scope.clone(), Arc::new(decorator.clone()))),
                    attributes: String::new(),
                    of: Some(defined),
                }));
            }
        }
        Thing::Defined(defined)
    }

    /// The class of what calling something gives, as far as the data says so.
    fn makes_of(&self, maker: &Thing) -> Option<String> {
        let found = self.makes.iter().find(|makes| match maker {
            Thing::Defined(it) => makes.call.iter().any(|path| is_same(path, &it.path)),
            Thing::Instance(it) => {
                makes.method.contains(&it.attributes)
                    && makes.on.iter().any(|class| self.is_a(&it.class, class))
            }
            _ => false,
        });
        found.map(|it| it.is.clone())
    }

    /// What a call gives: an instance where a class is called.
    fn called(&self, call: &Call, expr: &Expr, scope: &Scope) -> Thing {
        let maker = self.expr(&call.function, scope);
        let made = |class: String| {
            Thing::Instance(Rc::new(Instance {
                class,
                object: String::new(),
                call: Some((scope.clone(), Arc::new(expr.clone()))),
                attributes: String::new(),
                of: None,
            }))
        };
        if let Some(class) = self.makes_of(&maker) {
            return made(class);
        }
        match &maker {
            Thing::Defined(it) => match (&it.what, &it.file) {
                (What::Class(_), _) => made(it.path.clone()),
                // Of a module without source, what begins with a capital is a class by all custom; a pattern names it whole.
                (What::Name, None) if begins_large(&it.path) => made(it.path.clone()),
                (What::Function(def), Some(file)) => self.returned(def, file),
                _ => Thing::Value(scope.clone(), Arc::new(expr.clone())),
            },
            _ => Thing::Value(scope.clone(), Arc::new(expr.clone())),
        }
    }

    /// The instance that a function returns, where its `return` statements name one.
    fn returned(&self, def: &Arc<FunctionDef>, file: &Rc<File>) -> Thing {
        if self.depth.get() >= DEEPEST / 2 || def.summary.is_generator {
            return Thing::Unknown;
        }
        let body = def.body(&file.text);
        let scope = Scope::of(file).within(Frame {
            qualname: def.name.to_string(),
            is_class: false,
            is_call: false,
            is_called: false,
            table: Table::of(&body),
            given: FxHashMap::default(),
        });
        let mut blocks = vec![&*body];
        let mut found = Thing::Unknown;
        while let Some(block) = blocks.pop() {
            for stmt in block {
                if let StmtKind::Return(Some(value)) = &stmt.kind
                    && let Thing::Instance(it) = self.expr(value, &scope)
                {
                    found = Thing::Instance(it);
                }
                stmt.kind.blocks(&mut |block| blocks.push(block));
            }
        }
        found
    }

    /// What a module, named whole, has under a name.
    pub(super) fn in_module(&self, module: &str, name: &str) -> Thing {
        if let Look::Source(file) = self.modules.look(module) {
            return self.global(name, &file);
        }
        let inside = format!("{module}.{name}");
        if matches!(self.modules.look(&inside), Look::Source(_)) {
            return Thing::Module(inside.into());
        }
        Thing::Defined(Rc::new(Defined {
            path: format!("{module}:{name}"),
            what: What::Name,
            file: None,
        }))
    }

    /// What a dotted name of a module leads to; the module itself where it is empty.
    pub(super) fn dotted(&self, module: &str, qualname: &str) -> Thing {
        let mut thing = Thing::Module(Name::from(module));
        for name in qualname.split('.').filter(|it| !it.is_empty()) {
            thing = self.attribute(&thing, name);
        }
        thing
    }

    /// What something has under a name.
    pub(super) fn attribute(&self, of: &Thing, name: &str) -> Thing {
        match of {
            Thing::Module(module) => self.guarded(|| self.in_module(module, name)),
            Thing::Defined(defined) => {
                if let (What::Class(def), Some(file)) = (&defined.what, &defined.file)
                    && let Some(found) = self.guarded_member(def, file, &defined.path, name)
                {
                    return found;
                }
                Thing::Defined(Rc::new(Defined {
                    path: format!("{}.{name}", defined.path),
                    what: What::Name,
                    file: defined.file.clone(),
                }))
            }
            Thing::Instance(instance) => {
                let mut deeper = (**instance).clone();
                if !deeper.attributes.is_empty() {
                    deeper.attributes.push('.');
                }
                deeper.attributes.push_str(name);
                Thing::Instance(Rc::new(deeper))
            }
            Thing::Value(..) | Thing::Unknown => Thing::Unknown,
        }
    }

    fn guarded_member(
        &self,
        def: &Arc<ClassDef>,
        file: &Rc<File>,
        path: &str,
        name: &str,
    ) -> Option<Thing> {
        if self.depth.get() >= DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let found = self.member(def, file, path, name);
        self.depth.set(self.depth.get() - 1);
        found
    }

    /// What a class has under a name, itself or by its bases, these in the order of their statement.
    fn member(
        &self,
        def: &Arc<ClassDef>,
        file: &Rc<File>,
        path: &str,
        name: &str,
    ) -> Option<Thing> {
        let table = Table::of(&def.body);
        if table.has(name) {
            let qualname = path.split_once(':').map_or(path, |it| it.1);
            let scope = Scope::of(file).within(Frame {
                qualname: qualname.to_owned(),
                is_class: true,
                is_call: false,
                is_called: false,
                table: Table::default(),
                given: FxHashMap::default(),
            });
            return Some(self.bound_in(&table, name, &scope));
        }
        let scope = Scope::of(file);
        def.bases.iter().find_map(|base| {
            let Thing::Defined(base) = self.expr(base, &scope) else {
                return None;
            };
            let (What::Class(def), Some(file)) = (&base.what, &base.file) else {
                return None;
            };
            self.guarded_member(def, file, &base.path, name)
        })
    }

    /// The module and the name to which an expression leads that names a module's own variable.
    pub(super) fn variable(&self, expr: &Expr, scope: &Scope) -> Option<(Rc<File>, Name)> {
        match &expr.kind {
            ExprKind::Name(name) => {
                let is_local =
                    |frame: &Rc<Frame>| frame.given.contains_key(name) || frame.table.has(name);
                if scope.frames.iter().any(is_local) {
                    return None;
                }
                self.variable_of(&scope.file, name, 0)
            }
            ExprKind::Attribute(of, name) => match self.expr(of, scope) {
                Thing::Module(module) => self.variable_of(&self.modules.source(&module)?, name, 0),
                _ => None,
            },
            _ => None,
        }
    }

    fn variable_of(&self, file: &Rc<File>, name: &Name, depth: u32) -> Option<(Rc<File>, Name)> {
        match file.table.get(name).first()? {
            Bound::Value(_) => Some((file.clone(), name.clone())),
            Bound::From(level, module, name) if depth < DEEPEST => {
                let module = absolute(file, *level, module)?;
                self.variable_of(&self.modules.source(&module)?, name, depth + 1)
            }
            _ => None,
        }
    }

    /// Whether a class certainly has no attribute of this name: its statement and those of all above it are plain, and none binds it.
    pub(super) fn lacks(&self, class: &Defined, name: &str) -> bool {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return false;
        };
        if name.starts_with("__") || !def.decorators.is_empty() || !def.keywords.is_empty() {
            return false;
        }
        // What sets attributes from elsewhere has to name the class or `setattr`.
        if Table::of(&def.body).has(name) || file.text.contains("setattr(") {
            return false;
        }
        if self.depth.get() >= DEEPEST {
            return false;
        }
        self.depth.set(self.depth.get() + 1);
        let scope = Scope::of(file);
        let lacks = def.bases.iter().all(|base| match self.expr(base, &scope) {
            Thing::Defined(base) => self.lacks(&base, name),
            _ => matches!(&base.kind, ExprKind::Name(name) if name == "object"),
        });
        self.depth.set(self.depth.get() - 1);
        let assigned = format!("{}.{name}", def.name);
        lacks && !file.text.contains(&assigned)
    }

    /// Whether a class is another or derives from it, by their paths.
    pub(super) fn is_a(&self, class: &str, wanted: &str) -> bool {
        let mut waiting = vec![class.to_owned()];
        let mut seen: Vec<String> = vec![];
        while let Some(path) = waiting.pop() {
            if is_same(&path, wanted) {
                return true;
            }
            if seen.contains(&path) || seen.len() > 64 {
                continue;
            }
            if let Some((module, qualname)) = path.split_once(':')
                && let Thing::Defined(it) = self.dotted(module, qualname)
                && let (What::Class(def), Some(file)) = (&it.what, &it.file)
            {
                let scope = Scope::of(file);
                for base in &def.bases {
                    if let Thing::Defined(base) = self.expr(base, &scope) {
                        waiting.push(base.path.clone());
                    }
                }
            }
            seen.push(path);
        }
        false
    }

    /// The text that an expression is, where names and classes' attributes lead to a literal.
    pub(super) fn text(&self, expr: &Expr, scope: &Scope) -> Option<Arc<str>> {
        match self.expr(expr, scope) {
            Thing::Value(scope, value) => match &value.kind {
                ExprKind::Literal(Literal::Str(text)) => Some(text.clone()),
                ExprKind::Joined(parts) => {
                    let mut whole = String::new();
                    for part in parts {
                        match part {
                            StringPart::Text(text) => whole.push_str(text),
                            StringPart::Value(value) => {
                                whole.push_str(&self.guarded_text(value, &scope)?);
                            }
                            StringPart::Formatted(_) => return None,
                        }
                    }
                    Some(whole.into())
                }
                ExprKind::Binary(sum) if sum.1 == BinaryOp::Add => {
                    let mut whole = self.guarded_text(&sum.0, &scope)?.to_string();
                    whole.push_str(&self.guarded_text(&sum.2, &scope)?);
                    Some(whole.into())
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn guarded_text(&self, expr: &Expr, scope: &Scope) -> Option<Arc<str>> {
        if self.depth.get() >= DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let text = self.text(expr, scope);
        self.depth.set(self.depth.get() - 1);
        text
    }

    /// The items of a list, tuple or set that an expression is, each with where it stands; sums and unpacked parts are followed.
    pub(super) fn items(&self, expr: &Expr, scope: &Scope) -> Option<Vec<(Scope, Expr)>> {
        if self.depth.get() >= DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let items = self.items_within(expr, scope);
        self.depth.set(self.depth.get() - 1);
        items
    }

    fn items_within(&self, expr: &Expr, scope: &Scope) -> Option<Vec<(Scope, Expr)>> {
        let Thing::Value(scope, value) = self.expr(expr, scope) else {
            return None;
        };
        match &value.kind {
            ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
                let mut found = vec![];
                for item in items {
                    match &item.kind {
                        ExprKind::Starred(inner) => found.extend(self.items(inner, &scope)?),
                        _ => found.push((scope.clone(), item.clone())),
                    }
                }
                Some(found)
            }
            ExprKind::Binary(sum) if sum.1 == BinaryOp::Add => {
                let mut found = self.items(&sum.0, &scope)?;
                found.extend(self.items(&sum.2, &scope)?);
                Some(found)
            }
            _ => None,
        }
    }
}

impl Thing {
    /// Where what it is stands, and its name there.
    pub(super) fn defined(&self) -> Option<&Rc<Defined>> {
        match self {
            Self::Defined(it) => Some(it),
            Self::Instance(it) => it.of.as_ref(),
            _ => None,
        }
    }
}

impl Defined {
    /// Where its name stands.
    pub(super) fn spot(&self) -> Option<Spotted> {
        let file = self.file.as_ref()?;
        match &self.what {
            What::Function(def) => Some(file.spot(def.name_at, def.end)),
            What::Class(def) => Some(file.spot(def.name_at.0, def.end)),
            What::Name => None,
        }
    }

    /// The qualified name alone.
    pub(super) fn qualname(&self) -> &str {
        self.path.split_once(':').map_or(&self.path, |it| it.1)
    }
}

/// The module that an import statement of a file means (`importlib._bootstrap._resolve_name`).
pub(super) fn absolute(file: &File, level: u32, module: &str) -> Option<Name> {
    if level == 0 {
        return Some(Name::from(module));
    }
    let mut around: &str = &file.name;
    let up = if file.package { level - 1 } else { level };
    for _ in 0..up {
        around = around.rsplit_once('.')?.0;
    }
    Some(if module.is_empty() {
        Name::from(around)
    } else {
        Name::from(format!("{around}.{module}"))
    })
}

/// Whether two paths are of one thing: of what is not installed it cannot be told where the module's name ends.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let plain = |it: u8| if it == b':' { b'.' } else { it };
    one.len() == other.len() && one.bytes().map(plain).eq(other.bytes().map(plain))
}

fn begins_large(path: &str) -> bool {
    let name = path.rsplit(['.', ':']).next().unwrap_or(path);
    name.starts_with(|it: char| it.is_uppercase())
}
