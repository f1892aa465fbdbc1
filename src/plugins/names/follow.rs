//! Where names and attributes lead, through imports and re-exports: to a definition, to an instance of a class, to a module.
//!
//! Nothing is run: what a name is bound to is what its statement says. Whoever has the run at rest asks that first.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::Plain;
use crate::plugins::files::bound::{Bound, Table};
use crate::plugins::files::modules::{File, Look, Modules};
use crate::plugins::frameworks::Makes;
use crate::plugins::names::facts::Facts;
pub(in crate::plugins) use crate::plugins::names::scopes::{Frame, Scope};
use crate::plugins::names::written::is_path;
use crate::semantics::{ClassPath, Spotted};
use crate::syntax::{Call, ClassDef, Expr, ExprKind, FunctionDef};

/// Definitions and imports that are followed in one another.
pub(in crate::plugins) const DEEPEST: u32 = 60;

/// What an expression leads to.
#[derive(Clone)]
pub(in crate::plugins) enum Thing {
    /// A module.
    Module(Name),
    /// Something that a statement defines, or that a module without source has.
    Defined(Rc<Defined>),
    /// An instance of a class.
    Instance(Rc<Instance>),
    /// An expression that stands for itself, and where.
    Value(Scope, Arc<Expr>),
    /// A tuple.
    Several(Rc<Vec<Thing>>),
    /// A field of a dataclass: its name, what its statement assigns to it, and where that stands.
    Field(Name, Option<(Scope, Arc<Expr>)>),
    /// An entry point that a program asks for, by its number, and where it asks.
    Point(usize, Scope),
    /// It cannot be told.
    Unknown,
}

/// A definition.
#[derive(Clone)]
pub(in crate::plugins) struct Defined {
    /// Where: `module:qualname`.
    pub(in crate::plugins) path: String,
    pub(in crate::plugins) what: What,
    pub(in crate::plugins) file: Option<Rc<File>>,
}

/// What is defined.
#[derive(Clone)]
pub(in crate::plugins) enum What {
    Function(Arc<FunctionDef>),
    Class(Arc<ClassDef>),
    /// A name of a module without source, or an attribute of something that is not followed.
    Name,
}

/// An instance.
#[derive(Clone)]
pub(in crate::plugins) struct Instance {
    /// The path of its class.
    pub(in crate::plugins) class: String,
    /// The path of the name that it is bound to first; empty where none is known.
    pub(in crate::plugins) object: String,
    /// The call that makes it, and where that stands.
    pub(in crate::plugins) call: Option<(Scope, Arc<Expr>)>,
    /// Attributes that are asked of it, one of the other.
    pub(in crate::plugins) attributes: String,
    /// The function that a decorator has made it of.
    pub(in crate::plugins) of: Option<Rc<Defined>>,
}

/// What names are known to be.
type Given = FxHashMap<Name, Thing>;

/// Keys and what they lead to, of registries by their names.
pub(in crate::plugins) type Filled = FxHashMap<String, Vec<(Option<String>, String)>>;

/// Follows names.
pub(in crate::plugins) struct Follow<'a> {
    pub(in crate::plugins) modules: &'a Modules<'a>,
    pub(super) makes: &'a [Makes],
    /// What stands in registries when all modules have run, by their names: keys and paths.
    pub(super) filled: &'a Filled,
    /// What containers of the project that hold others hold by then, by their names.
    pub(in crate::plugins) nested: FxHashMap<String, Plain>,
    /// Modules of the project that are started, and that nobody imports.
    pub(in crate::plugins) scripts: FxHashSet<Name>,
    /// What is known of the objects that keep a framework's settings.
    pub(in crate::plugins) facts: Facts,
    pub(super) derives: RefCell<FxHashMap<(String, String), bool>>,
    /// The names of functions and classes, and what annotations of functions say, by the module and where they begin.
    pub(super) tables: RefCell<FxHashMap<(Name, u32), Rc<Table>>>,
    pub(super) annotations: RefCell<FxHashMap<(Name, u32), Rc<Given>>>,
    pub(super) depth: Cell<u32>,
    /// How many steps what is asked now has taken.
    pub(super) steps: Cell<u32>,
    /// How many it may take.
    pub(super) allowed: Cell<u32>,
    /// Whether only what certainly is so counts: a condition is decided.
    pub(super) is_strict: Cell<bool>,
    /// What was not gone into because it is too much.
    pub(in crate::plugins) left_out: RefCell<Option<String>>,
}

impl<'a> Follow<'a> {
    pub(in crate::plugins) fn new(
        modules: &'a Modules<'a>,
        makes: &'a [Makes],
        filled: &'a Filled,
    ) -> Self {
        Self {
            modules,
            makes,
            filled,
            nested: FxHashMap::default(),
            scripts: FxHashSet::default(),
            facts: Facts::default(),
            derives: RefCell::default(),
            tables: RefCell::default(),
            annotations: RefCell::default(),
            depth: Cell::new(0),
            steps: Cell::new(0),
            allowed: Cell::new(0),
            is_strict: Cell::new(false),
            left_out: RefCell::default(),
        }
    }

    /// Notes that something is not gone into because it is too much.
    pub(in crate::plugins) fn leave_out(&self, why: impl FnOnce() -> String) {
        self.left_out.borrow_mut().get_or_insert_with(why);
    }

    /// What an expression leads to.
    pub(in crate::plugins) fn expr(&self, expr: &Expr, scope: &Scope) -> Thing {
        self.guarded(|| self.expr_within(expr, scope))
    }

    fn expr_within(&self, expr: &Expr, scope: &Scope) -> Thing {
        let itself = || Thing::Value(scope.clone(), Arc::new(expr.clone()));
        match &expr.kind {
            ExprKind::Name(name) => self.name_at(name, scope, Some(expr.start)),
            ExprKind::Attribute(of, name) => {
                // `self.name = value` in the same function.
                if let ExprKind::Name(of) = &of.kind
                    && let Some(frame) = scope.frames.iter().rev().find(|it| !it.is_round)
                {
                    if let Some(thing) = self.rebound(&format!("{of}.{name}"), scope) {
                        return thing;
                    }
                    let bound = frame.table.get_at(&format!("{of}.{name}"), expr.start);
                    let mut things = bound.into_iter().map(|it| self.bound(it, name, scope));
                    if let Some(thing) = things.find(|it| !matches!(it, Thing::Unknown)) {
                        return thing;
                    }
                }
                if let Some(method) = self.of_builtin_class(of, name, scope) {
                    return method;
                }
                let of = self.expr(of, scope);
                let of = self.own_object(self.facts.as_set(of), scope);
                self.attribute(&of, name)
            }
            ExprKind::Call(call) => self.called(call, expr, scope),
            ExprKind::Await(inner) | ExprKind::Walrus(_, inner) => self.expr(inner, scope),
            ExprKind::Or(parts) | ExprKind::And(parts) => {
                let leaves = matches!(&expr.kind, ExprKind::Or(_));
                for (at, part) in parts.iter().enumerate() {
                    if at + 1 == parts.len() {
                        return self.expr(part, scope);
                    }
                    match self.decide(part, scope) {
                        Some(truth) if truth == leaves => return self.expr(part, scope),
                        Some(_) => {}
                        None => return itself(),
                    }
                }
                itself()
            }
            ExprKind::If(parts) => match self.decide(&parts.0, scope) {
                Some(true) => self.expr(&parts.1, scope),
                Some(false) => self.expr(&parts.2, scope),
                None => itself(),
            },
            ExprKind::Subscript(parts) => {
                let found = self.item(&parts.0, &parts.1, scope);
                found.unwrap_or_else(itself)
            }
            _ => itself(),
        }
    }

    /// What a name leads to once all statements have been executed.
    pub(in crate::plugins) fn name(&self, name: &str, scope: &Scope) -> Thing {
        self.name_at(name, scope, None)
    }

    /// What a name leads to where it is read, at an offset of the innermost body.
    fn name_at(&self, name: &str, scope: &Scope, mut at: Option<u32>) -> Thing {
        for (index, frame) in scope.frames.iter().enumerate().rev() {
            // A class body's names are not seen from functions inside of it.
            let inner = scope.frames[index + 1..].iter().find(|it| !it.is_round);
            if frame.is_class && inner.is_some() {
                continue;
            }
            if let Some(thing) = self.bound_later(frame, name) {
                return thing;
            }
            let is_bound = |at| frame.table.is_bound_before(name, at);
            if let Some(given) = frame.given.get(name)
                && !at.is_some_and(is_bound)
            {
                return given.clone();
            }
            if frame.table.has(name) {
                // What a loop's rounds know is known there, too.
                let rounds = scope.frames[index + 1..].iter();
                let end = index + 1 + rounds.take_while(|it| it.is_round).count();
                let outer = Scope {
                    file: scope.file.clone(),
                    frames: scope.frames[..end].to_vec(),
                };
                return self.bound_in(&frame.table, name, &outer, at);
            }
            if frame.is_call {
                at = None;
            }
        }
        // What a loop's rounds know is known there, too.
        let is_in_loop = !scope.frames.is_empty() && scope.frames.iter().all(|it| it.is_round);
        if is_in_loop && scope.file.table.has(name) {
            return self.bound_in(&scope.file.table, name, scope, at);
        }
        self.global(name, &scope.file, at)
    }

    /// What a module has under a name.
    pub(super) fn global(&self, name: &str, file: &Rc<File>, at: Option<u32>) -> Thing {
        let scope = Scope::of(file);
        if file.table.has(name) {
            return self.bound_in(&file.table, name, &scope, at);
        }
        for (level, module) in file.table.stars.iter().rev() {
            let Some(module) = absolute(file, *level, module) else {
                continue;
            };
            if let Some(from) = self.modules.source(&module)
                && from.name != file.name
                && self.gives_all(&from, name)
            {
                let thing = self.guarded(|| self.global(name, &from, None));
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
        self.of_builtins(name, &scope)
    }

    pub(super) fn guarded(&self, what: impl FnOnce() -> Thing) -> Thing {
        if !self.goes_on() {
            return Thing::Unknown;
        }
        self.depth.set(self.depth.get() + 1);
        let thing = what();
        self.depth.set(self.depth.get() - 1);
        thing
    }

    fn bound_in(&self, table: &Table, name: &str, scope: &Scope, at: Option<u32>) -> Thing {
        let all = match at {
            Some(at) => table.get_at(name, at),
            None => table.get(name),
        };
        // A name that only one of two sides binds, or each to something else: what it is hangs on the condition.
        if self.is_strict.get() && (all.len() > 1 || table.is_bound_again(name, at)) {
            let sure = table.of_try(name, &|block| self.imports_succeed(block));
            return sure.map_or(Thing::Unknown, |it| self.bound(it, name, scope));
        }
        if table.is_changed(name)
            && let [Bound::Value(value)] = &all[..]
            && self.holds(value, scope)
        {
            return self.unread(name, scope);
        }
        let things = all.into_iter().map(|it| self.bound(it, name, scope));
        let mut things = things.filter(|it| !matches!(it, Thing::Unknown));
        things.next().unwrap_or(Thing::Unknown)
    }

    pub(super) fn bound(&self, bound: &Bound, name: &str, scope: &Scope) -> Thing {
        match bound {
            Bound::Module(module) => Thing::Module(module.clone()),
            Bound::From(level, module, name) => match absolute(&scope.file, *level, module) {
                // `from . import name` in the package itself.
                Some(module) if module == scope.file.name && scope.file.package => {
                    Thing::Module(Name::from(format!("{module}.{name}")))
                }
                Some(module) => self.guarded(|| self.in_module(&module, name)),
                None => Thing::Unknown,
            },
            Bound::Function(def) => self.function(def, scope),
            Bound::Class(def) => Thing::Defined(Rc::new(Defined {
                path: scope.path(&def.name),
                what: What::Class(def.clone()),
                file: Some(scope.file.clone()),
            })),
            Bound::Value(_) if let Some(object) = self.proxied(name, scope) => object,
            Bound::Value(value) => {
                let thing = self.expr(value, scope);
                // What a function has made is known here by this name, unless what is told to it there counts.
                let is_of_call = |it: &Instance| {
                    matches!(value.kind, ExprKind::Call(_))
                        && it.object.contains("<locals>")
                        && it.attributes.is_empty()
                        && !scope.frames.iter().any(|it| it.is_call)
                        && !self.is_of_framework(&it.class)
                };
                match thing {
                    Thing::Instance(instance)
                        if instance.object.is_empty() || is_of_call(&instance) =>
                    {
                        let mut named = (*instance).clone();
                        named.object = scope.path(name);
                        Thing::Instance(Rc::new(named))
                    }
                    // What it is cannot be told, but which name it has.
                    Thing::Unknown => self.unread(name, scope),
                    thing => thing,
                }
            }
            Bound::Other => Thing::Unknown,
        }
    }

    /// What is known by its name alone.
    #[expect(clippy::unused_self, reason = "it stands beside what reads")]
    fn unread(&self, name: &str, scope: &Scope) -> Thing {
        Thing::Defined(Rc::new(Defined {
            path: scope.path(name),
            what: What::Name,
            file: Some(scope.file.clone()),
        }))
    }

    /// A function; what its decorators make of it, where that is known to be an instance.
    pub(in crate::plugins) fn function(&self, def: &Arc<FunctionDef>, scope: &Scope) -> Thing {
        let defined = Rc::new(Defined {
            path: scope.path(&def.name),
            what: What::Function(def.clone()),
            file: Some(scope.file.clone()),
        });
        for decorator in &def.decorators {
            if let Some((class, made_in, call)) = self.made_by_decorator(decorator, scope) {
                return Thing::Instance(Rc::new(Instance {
                    class,
                    object: defined.path.clone(),
                    call: Some((made_in, call)),
                    attributes: String::new(),
                    of: Some(defined),
                }));
            }
        }
        Thing::Defined(defined)
    }

    /// What a call gives: an instance where a class is called.
    fn called(&self, call: &Call, expr: &Expr, scope: &Scope) -> Thing {
        if let Some(thing) = self.worked_out(call, scope) {
            return thing;
        }
        let maker = self.expr(&call.function, scope);
        let itself = || Thing::Value(scope.clone(), Arc::new(expr.clone()));
        let made = |class: String| {
            Thing::Instance(Rc::new(Instance {
                class,
                object: String::new(),
                call: Some((scope.clone(), Arc::new(expr.clone()))),
                attributes: String::new(),
                of: None,
            }))
        };
        if let Some(class) = self.makes_of(&maker, expr, scope) {
            return made(class);
        }
        if is_path(&maker, "dataclasses:fields")
            || is_path(&maker, "dataclasses:asdict")
            || self.points(call, scope).is_some()
        {
            return itself();
        }
        match &maker {
            Thing::Defined(it) => match (&it.what, &it.file) {
                (What::Class(_), _) => made(it.path.clone()),
                // Of a module without source, what begins with a capital is a class by all custom; a pattern names it whole.
                (What::Name, None) if begins_large(&it.path) => made(it.path.clone()),
                (What::Function(def), _) => {
                    if def.summary.is_generator {
                        return itself();
                    }
                    self.returned(it, None, call, scope)
                }
                _ => itself(),
            },
            Thing::Instance(it) if !it.attributes.is_empty() => match self.method_of(it) {
                Some((method, receiver)) => match &method.what {
                    What::Function(def) if def.summary.is_generator => itself(),
                    _ => match self.returned(&method, receiver, call, scope) {
                        Thing::Unknown => itself(),
                        thing => thing,
                    },
                },
                None => itself(),
            },
            _ => itself(),
        }
    }

    /// What a module, named whole, has under a name.
    pub(in crate::plugins) fn in_module(&self, module: &str, name: &str) -> Thing {
        if let Look::Source(file) = self.modules.look(module) {
            return match self.global(name, &file, None) {
                Thing::Unknown => self.made_in(module, name),
                thing => thing,
            };
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

    /// A class that a module has under a name without a statement that binds it: `globals()[name] = type(name, (Function,), {})`.
    fn made_in(&self, module: &str, name: &str) -> Thing {
        let path = format!("{module}:{name}");
        if !self.is_class_of_run(&path) {
            return Thing::Unknown;
        }
        Thing::Defined(Rc::new(Defined {
            path,
            what: What::Name,
            file: None,
        }))
    }

    /// Whether the run has made a class of this path.
    pub(super) fn is_class_of_run(&self, path: &str) -> bool {
        let path = path.split_once(':');
        let path = path.map(|(module, name)| ClassPath::new(module, name));
        path.is_some_and(|it| !self.modules.ground.analysis.by_path(&it).is_empty())
    }

    /// What a dotted name of a module leads to; the module itself where it is empty.
    pub(in crate::plugins) fn dotted(&self, module: &str, qualname: &str) -> Thing {
        let mut thing = Thing::Module(Name::from(module));
        for name in qualname.split('.').filter(|it| !it.is_empty()) {
            thing = self.attribute(&thing, name);
        }
        thing
    }

    /// What something has under a name.
    pub(in crate::plugins) fn attribute(&self, of: &Thing, name: &str) -> Thing {
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
                let held = self.held_object(instance, name);
                if let Some(held) = held.or_else(|| self.of_info(instance, name)) {
                    return held;
                }
                let mut deeper = (**instance).clone();
                if !deeper.attributes.is_empty() {
                    deeper.attributes.push('.');
                }
                deeper.attributes.push_str(name);
                Thing::Instance(Rc::new(deeper))
            }
            Thing::Field(field, value) => self.of_field(field, value.as_ref(), name),
            Thing::Point(at, scope) => self.of_point(*at, scope, name),
            Thing::Value(..) | Thing::Several(_) | Thing::Unknown => Thing::Unknown,
        }
    }

    pub(in crate::plugins) fn guarded_member(
        &self,
        def: &Arc<ClassDef>,
        file: &Rc<File>,
        path: &str,
        name: &str,
    ) -> Option<Thing> {
        if !self.goes_on() {
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
        let table = self.table(file, def.start, &def.body);
        if table.has(name) {
            let qualname = path.split_once(':').map_or(path, |it| it.1);
            let scope = Scope::of(file).within(Frame {
                qualname: qualname.to_owned(),
                is_class: true,
                table: table.clone(),
                ..Frame::default()
            });
            let thing = self.bound_in(&table, name, &scope, None);
            if matches!(thing, Thing::Value(..)) && self.is_enum(def, file) {
                return Some(self.enum_member(path, name));
            }
            return Some(thing);
        }
        if def.bases.len() > 1
            && let Some(found) = self.of_first_above(path, name)
        {
            return Some(found);
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
}

impl Thing {
    /// Where what it is stands, and its name there.
    pub(in crate::plugins) fn defined(&self) -> Option<&Rc<Defined>> {
        match self {
            Self::Defined(it) => Some(it),
            Self::Instance(it) => it.of.as_ref(),
            _ => None,
        }
    }
}

impl Defined {
    /// Where its name stands.
    pub(in crate::plugins) fn spot(&self) -> Option<Spotted> {
        let file = self.file.as_ref()?;
        match &self.what {
            What::Function(def) => Some(file.spot(def.name_at, def.end)),
            What::Class(def) => Some(file.spot(def.name_at.0, def.end)),
            What::Name => None,
        }
    }

    /// The qualified name alone.
    pub(in crate::plugins) fn qualname(&self) -> &str {
        self.path.split_once(':').map_or(&self.path, |it| it.1)
    }
}

/// The module that an import statement of a file means (`importlib._bootstrap._resolve_name`).
pub(in crate::plugins) fn absolute(file: &File, level: u32, module: &str) -> Option<Name> {
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
pub(in crate::plugins) fn is_same(one: &str, other: &str) -> bool {
    let plain = |it: u8| if it == b':' { b'.' } else { it };
    one.len() == other.len() && one.bytes().map(plain).eq(other.bytes().map(plain))
}

fn begins_large(path: &str) -> bool {
    let name = path.rsplit(['.', ':']).next().unwrap_or(path);
    name.starts_with(|it: char| it.is_uppercase())
}
