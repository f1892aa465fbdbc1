//! Calls in conditions that ask something: `hasattr(settings, "X")`, `isinstance(app, Sphinx)`, `find_spec("x")`, `os.environ.get("X")`.

use std::collections::BTreeSet;

use crate::Name;
use crate::cpython::Facts;
use crate::evaluate::is_unset_variable;
use crate::plugins::files::modules::{Look, is_of_tests, top};
use crate::plugins::names::facts::Fact;
use crate::plugins::names::follow::{Defined, Follow, Instance, Scope, Thing, What, is_same};
use crate::plugins::names::written::is_path;
use crate::syntax::{Block, Call, Expr, ExprKind, StmtKind};

/// How many classes above a class are looked at,
const MOST_BASES: u32 = 30;

/// and how many modules are searched for one that sets an attribute.
const MOST_SEARCHED: usize = 2_000;

/// Whether a text sets an attribute of this name.
fn sets(text: &str, name: &str) -> bool {
    let has = |before: &str, behind: &str| text.contains(&format!("{before}{name}{behind}"));
    has(".", " =")
        || has(".", ": ")
        || text.contains("setattr(") && (has("\"", "\"") || has("'", "'"))
}

impl Follow<'_> {
    /// Calls that ask something: `hasattr(settings, "X")`, `isinstance(app, Sphinx)`, `apps.is_installed("x")`.
    pub(super) fn asks(&self, call: &Call, scope: &Scope) -> Option<bool> {
        if let (ExprKind::Name(name), [of, asked]) = (&call.function.kind, &*call.arguments) {
            match name.as_str() {
                "hasattr" => {
                    let name = self.text(asked, scope)?;
                    return self.has(of, &name, scope).or_else(|| {
                        let first = self.first_attribute(of, &name, asked.start, scope)?;
                        Some(matches!(first, Fact::Is(_)))
                    });
                }
                "isinstance" => return self.is_instance(of, asked, scope),
                "issubclass" => return self.is_subclass(of, asked, scope),
                _ => {}
            }
        }
        let [asked] = &*call.arguments else {
            return None;
        };
        if let Some(truth) = self.asks_text(call, asked, scope) {
            return Some(truth);
        }
        let callee = self.expr(&call.function, scope);
        self.asked(&callee, &self.text(asked, scope)?)
    }

    /// `name.startswith("_")`, `name.endswith((".py", ".txt"))` of a text that is known.
    fn asks_text(&self, call: &Call, asked: &Expr, scope: &Scope) -> Option<bool> {
        let ExprKind::Attribute(of, method) = &call.function.kind else {
            return None;
        };
        if !matches!(method.as_str(), "startswith" | "endswith") {
            return None;
        }
        let text = self.text(of, scope)?;
        let parts = if let Some(part) = self.text(asked, scope) {
            vec![part]
        } else {
            let parts = self.each(&self.settled(asked, scope))?;
            let parts = parts.iter().map(|it| self.text_of(it));
            parts.collect::<Option<Vec<_>>>()?
        };
        let mut parts = parts.iter();
        Some(match method.as_str() {
            "startswith" => parts.any(|it| text.starts_with(&**it)),
            _ => parts.any(|it| text.ends_with(&**it)),
        })
    }

    /// Calls that give nothing where something is not there: `find_spec("x")`, `os.environ.get("X")`; whether they give something.
    pub(super) fn finds(&self, call: &Call, scope: &Scope) -> Option<bool> {
        let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &call.function.kind else {
            return None;
        };
        // What is asked of each call has to be cheap.
        if !matches!(name.as_str(), "find_spec" | "get" | "getenv") || !call.keywords.is_empty() {
            return None;
        }
        let callee = self.expr(&call.function, scope);
        let [asked] = &*call.arguments else {
            return None;
        };
        if is_path(&callee, "importlib.util:find_spec") {
            return self.is_there(&self.text(asked, scope)?);
        }
        let is_variable = self.asks_environment(&call.function, scope);
        let is_unset = is_variable && is_unset_variable(&self.text(asked, scope)?);
        is_unset.then_some(false)
    }

    /// `hasattr(of, name)`
    fn has(&self, of: &Expr, name: &str, scope: &Scope) -> Option<bool> {
        let of = match self.expr(of, scope) {
            Thing::Instance(of) => of,
            Thing::Module(module) => {
                let of_interpreter = self.has_of_interpreter(&module, name);
                return of_interpreter.or_else(|| self.has_of_source(&module, name));
            }
            _ => return None,
        };
        match self.fact(&of, name) {
            Some(Fact::Is(_)) => return Some(true),
            Some(Fact::Missing) => return Some(false),
            None => {}
        }
        // A method of its class; what is not found there may be set anywhere.
        let (module, class) = of
            .class
            .split_once(':')
            .filter(|_| of.attributes.is_empty())?;
        let found = self.attribute(&self.dotted(module, class), name);
        match &found {
            Thing::Defined(it) if matches!(it.what, What::Name) => {
                let class = self.dotted(module, class);
                if self.is_set_by_init(&class, name) {
                    return Some(true);
                }
                self.is_set_nowhere(&class, name).then_some(false)
            }
            Thing::Defined(_) => Some(true),
            _ => None,
        }
    }

    /// Whether a block returns a module that is there, and does nothing else: `return import_module("shop.plugins")`.
    pub(super) fn gives_module(&self, block: &Block, scope: &Scope) -> bool {
        let [stmt] = block else {
            return false;
        };
        let StmtKind::Return(Some(value)) = &stmt.kind else {
            return false;
        };
        match self.expr(value, scope) {
            Thing::Module(module) => {
                self.modules.source(&module).is_some() && self.modules.fails(&module).is_none()
            }
            _ => false,
        }
    }

    /// Whether the constructor of a class sets an attribute whatever happens.
    fn is_set_by_init(&self, class: &Thing, name: &str) -> bool {
        let Thing::Defined(init) = self.attribute(class, "__init__") else {
            return false;
        };
        let (What::Function(def), Some(file)) = (&init.what, &init.file) else {
            return false;
        };
        let Some(receiver) = def.parameters.first() else {
            return false;
        };
        let table = self.table(file, def.start, &def.body(&file.text));
        table.is_certain(&format!("{}.{name}", receiver.name))
    }

    /// Whether a module with source has a name, as its own statements say.
    fn has_of_source(&self, module: &str, name: &str) -> Option<bool> {
        let file = self.modules.source(module)?;
        if file.table.is_certain(name) {
            return Some(true);
        }
        let inside = format!("{module}.{name}");
        let is_inside = file.package && !matches!(self.modules.look(&inside), Look::Missing(_));
        let is_closed = file.is_closed() && !file.text.contains(name) && !is_inside;
        (is_closed && !self.is_put_by_program(module, &format!("{module}.{name} =")))
            .then_some(false)
    }

    /// Whether nothing sets an attribute of an object of a framework: neither its class and those above it, nor what is loaded, nor the project.
    fn is_set_nowhere(&self, class: &Thing, name: &str) -> bool {
        let loaded = self.facts.loaded_modules();
        let Thing::Defined(of) = class else {
            return false;
        };
        if loaded.is_empty() || name.starts_with("__") {
            return false;
        }
        let key = format!("{} {name}", of.path);
        if let Some(known) = self.facts.known_unset(&key) {
            return known;
        }
        let is_unset = self.lacks_wholly(of, name, 0) && {
            let tops: BTreeSet<&str> = loaded.iter().map(|it| top(it)).collect();
            let own = self.modules.of_project();
            let mut others = tops.into_iter().map(Name::from).collect();
            !own.iter().any(|it| sets(&it.text, name)) && !self.is_set_in(&mut others, name)
        };
        self.facts.know_unset(key, is_unset);
        is_unset
    }

    /// Whether a class, and each above it, is written out and has neither the name nor a say in what it lacks.
    pub(super) fn lacks_wholly(&self, of: &Defined, name: &str, depth: u32) -> bool {
        if is_same(&of.path, "builtins:object") {
            return true;
        }
        let (What::Class(def), Some(file)) = (&of.what, &of.file) else {
            return false;
        };
        let body = file.text.get(def.start as usize..def.end as usize);
        let has = |it: &str| body.is_none_or(|text| text.contains(it));
        let scope = Scope::of(file);
        depth < MOST_BASES
            && !has(name)
            && !has("__getattr")
            && def.bases.iter().all(|base| match self.expr(base, &scope) {
                Thing::Defined(it) => self.lacks_wholly(&it, name, depth + 1),
                _ => false,
            })
    }

    /// Whether a module of these packages, or one inside, sets an attribute of this name.
    fn is_set_in(&self, waiting: &mut Vec<Name>, name: &str) -> bool {
        let mut left = MOST_SEARCHED;
        while let Some(module) = waiting.pop() {
            left -= 1;
            if left == 0 {
                return true;
            }
            let inside = self.modules.inside(&module).into_iter();
            waiting.extend(inside.map(|it| Name::from(format!("{module}.{it}"))));
            if let Some(file) = self.modules.source(&module)
                && sets(&file.text, name)
            {
                return true;
            }
        }
        false
    }

    /// Whether a file of the project, none of its tests, has these words, or puts some name into a module.
    fn is_put_by_program(&self, module: &str, written: &str) -> bool {
        let analysis = self.modules.ground.analysis;
        let of_program = analysis.modules.iter().filter(|it| {
            let last = it.name.rsplit('.').next().unwrap_or_default();
            !is_of_tests(last)
        });
        let put = format!("setattr({module}");
        let mut of_program = of_program.filter_map(|it| self.modules.source(&it.name));
        of_program.any(|it| it.text.contains(written) || it.text.contains(&put))
    }

    /// Whether a module of the interpreter has a name, where no file of the project writes the name that may put it there: test runners and
    /// tests do so, which are no part of the program.
    fn has_of_interpreter(&self, module: &str, name: &str) -> Option<bool> {
        let analysis = self.modules.ground.analysis;
        let facts = Facts::of(analysis.world.version())?;
        if facts.module(module)?.get(name).is_some() {
            return Some(true);
        }
        let is_put = self.is_put_by_program(module, &format!("{module}.{name}"));
        (!is_put).then_some(false)
    }

    /// `isinstance(of, class)`: an instance of which the class is known may be one of a class below, so that only a yes is certain.
    fn is_instance(&self, of: &Expr, class: &Expr, scope: &Scope) -> Option<bool> {
        let of = match self.settled(of, scope) {
            Thing::Instance(of) => of,
            Thing::Module(_) => {
                let is_it = is_path(&self.expr(class, scope), "types:ModuleType");
                return is_it.then_some(true);
            }
            _ => return None,
        };
        let of_class = self.read_of_class(&of).unwrap_or_else(|| of.class.clone());
        let classes = match self.expr(class, scope) {
            Thing::Value(scope, value) => match &value.kind {
                ExprKind::Tuple(items) => items.iter().map(|it| self.expr(it, &scope)).collect(),
                _ => return None,
            },
            one => vec![one],
        };
        let is_one =
            |it: &Thing| matches!(it, Thing::Defined(it) if self.is_a(&of_class, &it.path));
        if !of.attributes.is_empty() {
            return None;
        }
        if classes.iter().any(is_one) {
            return Some(true);
        }
        // What a call of the class has made is none of any class below it, and no module.
        let is_other = |it: &Thing| is_path(it, "types:ModuleType");
        let is_made = of.call.is_some() && of.of.is_none() && of_class == of.class;
        let class = of.class.split_once(':').filter(|_| is_made);
        match class.map(|(module, name)| self.dotted(module, name))? {
            Thing::Defined(made) if classes.iter().all(is_other) && self.is_whole(&made, 0) => {
                Some(false)
            }
            _ => None,
        }
    }

    /// `issubclass(of, class)`, where all that stands above a class is written out.
    fn is_subclass(&self, of: &Expr, class: &Expr, scope: &Scope) -> Option<bool> {
        let (Thing::Defined(of), Thing::Defined(class)) =
            (self.expr(of, scope), self.expr(class, scope))
        else {
            return None;
        };
        let (What::Class(_), What::Class(def)) = (&of.what, &class.what) else {
            return None;
        };
        if is_same(&of.path, &class.path) || self.is_a(&of.path, &class.path) {
            return Some(true);
        }
        // An abstract class may take in others that do not derive from it.
        let file = class.file.as_ref()?;
        let body = file.text.get(def.start as usize..def.end as usize)?;
        let is_open = ["metaclass", "ABC", "Protocol", "__subclass"];
        let is_open = is_open.iter().any(|it| body.contains(it));
        (!is_open && self.is_whole(&of, 0)).then_some(false)
    }

    /// Whether a class, and each above it, is written out.
    fn is_whole(&self, of: &Defined, depth: u32) -> bool {
        if is_same(&of.path, "builtins:object") {
            return true;
        }
        let (What::Class(def), Some(file)) = (&of.what, &of.file) else {
            return false;
        };
        let scope = Scope::of(file);
        let mut bases = def.bases.iter();
        depth < MOST_BASES
            && bases.all(|base| match self.expr(base, &scope) {
                Thing::Defined(it) => self.is_whole(&it, depth + 1),
                _ => false,
            })
    }

    /// The class of what a class gives in the place of an object that stands in it, where a framework puts something else there.
    fn read_of_class(&self, of: &Instance) -> Option<String> {
        let (module, qualname) = of.object.split_once(':')?;
        let (around, _) = qualname.rsplit_once('.')?;
        let rules = self.facts.reads();
        let mut rules = rules.iter();
        let rule = rules.find(|it| it.of.iter().any(|class| self.is_a(&of.class, class)))?;
        let is_class = matches!(self.dotted(module, around), Thing::Defined(it) if matches!(it.what, What::Class(_)));
        is_class.then(|| rule.is.clone())
    }

    /// Whether a function is `os.environ.get` or `os.getenv`.
    fn asks_environment(&self, function: &Expr, scope: &Scope) -> bool {
        match &function.kind {
            ExprKind::Attribute(of, name) if name == "get" => self.is_environment(of, scope),
            _ => is_path(&self.expr(function, scope), "os:getenv"),
        }
    }

    /// `os.environ`
    pub(super) fn is_environment(&self, expr: &Expr, scope: &Scope) -> bool {
        if let ExprKind::Attribute(of, name) = &expr.kind {
            return name == "environ"
                && matches!(self.expr(of, scope), Thing::Module(module) if module == "os");
        }
        match self.expr(expr, scope) {
            Thing::Defined(it) => is_same(&it.path, "os:environ"),
            Thing::Instance(it) => it.attributes.is_empty() && is_same(&it.object, "os:environ"),
            _ => false,
        }
    }

    /// The default of `os.environ.get("X", default)`, where the variable counts as not set.
    pub(super) fn of_unset<'e>(&self, expr: &'e Expr, scope: &Scope) -> Option<&'e Expr> {
        let ExprKind::Call(call) = &expr.kind else {
            return None;
        };
        let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &call.function.kind else {
            return None;
        };
        let [asked, default] = &*call.arguments else {
            return None;
        };
        let is_it = matches!(name.as_str(), "get" | "getenv")
            && self.asks_environment(&call.function, scope);
        (is_it && is_unset_variable(&self.text(asked, scope)?)).then_some(default)
    }
}
