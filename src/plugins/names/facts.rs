//! What a framework's own objects answer: settings that a file of the project sets or that have a default, and what is loaded.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::plugins::files::modules::{File, Look};
use crate::plugins::frameworks::{
    Asks, Attribute, Framework, Named, Packaging, Read, StandsFor, Values,
};
use crate::plugins::names::calls::{instance_of, keyword};
use crate::plugins::names::follow::{Follow, Instance, Scope, Thing, absolute, is_same};
use crate::plugins::names::keyed::Keyed;
use crate::plugins::names::listed::Lasting;
use crate::plugins::names::named::Package;
use crate::plugins::names::written::said;
use crate::syntax::{Block, Call, Expr, ExprKind, Stmt, StmtKind, Try};

/// What is known while one framework's rules are applied.
#[derive(Default)]
pub(in crate::plugins) struct Facts {
    /// What stands in registries of which calls give all classes.
    pub(in crate::plugins) lasting: Lasting,
    kept: RefCell<Vec<Kept>>,
    /// Defaults that calls have said.
    declared: RefCell<FxHashMap<String, Thing>>,
    asks: RefCell<Vec<Asks>>,
    /// What the framework's objects hold.
    attributes: RefCell<Vec<Attribute>>,
    /// Names that stand for objects of its own.
    objects: RefCell<Vec<StandsFor>>,
    /// Calls that give a class by its name.
    named: RefCell<Vec<Named>>,
    /// What classes give in the place of objects that stand in them.
    reads: RefCell<Vec<Read>>,
    /// The calls that give the objects which say more of packages, and whether one of these stands for each.
    packaging: RefCell<Option<Packaging>>,
    pub(in crate::plugins) is_each: Cell<bool>,
    /// The packages that are loaded, by whose labels classes are named.
    packages: RefCell<Vec<Package>>,
    /// Classes of the framework whose methods register or load something.
    pub(super) classes: RefCell<Vec<String>>,
    /// Attributes that methods have set on objects, by the object and the name; unknown where that hangs on a condition.
    put: RefCell<FxHashMap<(String, Name), Thing>>,
    /// What is known of mappings of settings, by the object that keeps them.
    pub(super) keyed: RefCell<FxHashMap<String, Keyed>>,
    /// In which order things are loaded.
    loaded: RefCell<FxHashMap<String, usize>>,
    /// What is loaded now.
    now: Cell<Option<usize>>,
    /// Attributes of classes of which it was asked whether nothing sets them.
    unset: RefCell<FxHashMap<String, bool>>,
    /// Functions that give what a text names by its path.
    paths: RefCell<Vec<String>>,
    /// Lists that are gone through now.
    growing: RefCell<Vec<String>>,
}

/// An object that keeps settings.
struct Kept {
    rule: Values,
    /// The files of the project that set them.
    files: Vec<Rc<File>>,
}

/// What asking for a setting comes to.
pub(super) enum Fact {
    /// The value.
    Is(Thing),
    /// There is none.
    Missing,
}

impl Facts {
    /// Begins with a framework; `chosen` says which module an environment variable names.
    pub(in crate::plugins) fn begin(
        &self,
        framework: &Framework,
        project: &[Rc<File>],
        chosen: &dyn Fn(&str) -> Option<Name>,
    ) {
        let kept = framework.values.iter().map(|rule| {
            let mut files = settings_of(rule, project);
            if let Some(chosen) = chosen(&rule.of)
                && let Some(file) = project.iter().find(|it| it.name == chosen)
            {
                files = vec![file.clone()];
            }
            Kept {
                files,
                rule: rule.clone(),
            }
        });
        *self.kept.borrow_mut() = kept.collect();
        self.asks.borrow_mut().clone_from(&framework.asks);
        let attributes = &framework.attributes;
        self.attributes.borrow_mut().clone_from(attributes);
        self.objects.borrow_mut().clone_from(&framework.objects);
        self.named.borrow_mut().clone_from(&framework.named);
        self.reads.borrow_mut().clone_from(&framework.reads);
        self.lasting.begin(framework);
        self.packaging.borrow_mut().clone_from(&framework.packages);
        self.packages.borrow_mut().clear();
        let rules = framework.registry.iter();
        let on = rules.flat_map(|it| it.by.iter().flat_map(|it| &it.on));
        let on = on.chain(framework.load.iter().flat_map(|it| &it.on));
        let mut on: Vec<String> = on.cloned().collect();
        on.sort();
        on.dedup();
        *self.classes.borrow_mut() = on;
        self.declared.borrow_mut().clear();
        self.loaded.borrow_mut().clear();
        self.unset.borrow_mut().clear();
        self.paths.borrow_mut().clone_from(&framework.paths);
        self.put.borrow_mut().clear();
        self.keyed.borrow_mut().clear();
    }

    /// Whether objects of the framework keep mappings of settings.
    pub(in crate::plugins) fn has_keys(&self) -> bool {
        self.kept.borrow().iter().any(|it| it.rule.keys)
    }

    /// Whether anything is known of a framework's classes.
    pub(super) fn has_classes(&self) -> bool {
        !self.classes.borrow().is_empty()
    }

    /// The class of the object that a name of a framework's stands for.
    pub(super) fn stands_for(&self, path: &str) -> Option<String> {
        let objects = self.objects.borrow();
        let found = objects.iter().find(|it| it.path == path);
        found.map(|it| it.is.clone())
    }

    /// Notes that code which is executed sets an attribute of an object.
    pub(in crate::plugins) fn put(&self, of: &Instance, name: &Name, thing: Thing) {
        let Some(object) = identity(of) else {
            return;
        };
        let mut put = self.put.borrow_mut();
        put.insert((object, name.clone()), thing);
    }

    /// What an attribute of an object was set to, where code that was executed before has done so; anything else as it is.
    pub(super) fn as_set(&self, thing: Thing) -> Thing {
        let found = match &thing {
            Thing::Instance(it) if !it.attributes.is_empty() => self.set(it, &it.attributes),
            _ => None,
        };
        found.unwrap_or(thing)
    }

    /// What code that was executed before has set an attribute of an object to.
    pub(super) fn set(&self, of: &Instance, name: &str) -> Option<Thing> {
        let put = self.put.borrow();
        if put.is_empty() {
            return None;
        }
        let found = put.get(&(identity(of)?, Name::from(name)))?;
        (!matches!(found, Thing::Unknown)).then(|| found.clone())
    }

    /// Notes what is loaded, by its names; by a call of which module, where it was one.
    pub(in crate::plugins) fn load(&self, names: [String; 2], by: Option<&Name>) {
        let mut loaded = self.loaded.borrow_mut();
        // What comes after that module has it, too.
        let turn = by.and_then(|it| loaded.get(it.as_str()).copied());
        for name in names {
            let next = loaded.len();
            loaded.entry(name).or_insert(turn.unwrap_or(next));
        }
    }

    /// Notes that a list is gone through; false where it is already.
    pub(super) fn begin_growing(&self, list: &str) -> bool {
        let mut growing = self.growing.borrow_mut();
        let is_new = !growing.iter().any(|it| it == list);
        if is_new {
            growing.push(list.to_owned());
        }
        is_new
    }

    /// Notes that it is no longer.
    pub(super) fn end_growing(&self, list: &str) {
        self.growing.borrow_mut().retain(|it| it != list);
    }

    /// The modules that are loaded.
    pub(super) fn loaded_modules(&self) -> Vec<String> {
        self.loaded.borrow().keys().cloned().collect()
    }

    /// The calls that give the objects which say more of packages.
    pub(super) fn packaging(&self) -> Option<Packaging> {
        self.packaging.borrow().clone()
    }

    /// What was found out of an attribute that perhaps nothing sets.
    pub(super) fn known_unset(&self, attribute: &str) -> Option<bool> {
        self.unset.borrow().get(attribute).copied()
    }

    /// Keeps that.
    pub(super) fn know_unset(&self, attribute: String, is_unset: bool) {
        self.unset.borrow_mut().insert(attribute, is_unset);
    }

    /// Notes a package that is loaded.
    pub(in crate::plugins) fn add_package(&self, package: Package) {
        let mut packages = self.packages.borrow_mut();
        if !packages.iter().any(|it| it.label == package.label) {
            packages.push(package);
        }
    }

    /// The packages that are loaded.
    pub(super) fn packages(&self) -> Vec<Package> {
        self.packages.borrow().clone()
    }

    /// The package of a label.
    pub(super) fn package(&self, label: &str) -> Option<Package> {
        let packages = self.packages.borrow();
        packages.iter().find(|it| it.label == label).cloned()
    }

    /// What classes give in the place of objects that stand in them.
    pub(super) fn reads(&self) -> Vec<Read> {
        self.reads.borrow().clone()
    }

    /// Calls that give a class by its name.
    pub(super) fn named(&self) -> Vec<Named> {
        self.named.borrow().clone()
    }

    /// Whether a method of this name may give a class by its name.
    pub(super) fn names_classes(&self, method: &str) -> bool {
        let named = self.named.borrow();
        named
            .iter()
            .any(|it| it.method.iter().any(|it| it == method))
    }

    /// Notes which module's code is looked at.
    pub(in crate::plugins) fn enter(&self, module: &str) {
        self.now.set(self.loaded.borrow().get(module).copied());
    }
}

/// What tells an object from others: its name, or the place of the project's call that makes it. Libraries make too many.
fn identity(of: &Instance) -> Option<String> {
    if !of.object.is_empty() {
        return Some(of.object.clone());
    }
    let (scope, made) = of.call.as_ref()?;
    let is_own = scope.file.is_project;
    is_own.then(|| format!("{} {}", scope.file.name, made.start))
}

/// The files in which a rule's settings are set: one alone, as nobody knows which of several is used.
fn settings_of(rule: &Values, project: &[Rc<File>]) -> Vec<Rc<File>> {
    let is_it = |file: &&Rc<File>| {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        rule.files.iter().any(|it| *it == name)
            || !rule.with.is_empty() && file.table.has(&rule.with)
    };
    project.iter().filter(is_it).cloned().collect()
}

/// How deep star imports in one another are followed.
const MOST_STARS: u32 = 12;

/// Words of code that binds names which no statement says.
const DYNAMIC: [&str; 3] = ["globals(", "exec(", "setattr("];

impl Follow<'_> {
    /// What an object that keeps settings has under a name; none where it is no such object, or that is not known.
    pub(super) fn fact(&self, of: &Instance, name: &str) -> Option<Fact> {
        let (index, file) = {
            let kept = self.facts.kept.borrow();
            let is_it = |it: &Kept| !it.rule.keys && self.keeps(&it.rule, of);
            let index = kept.iter().position(is_it)?;
            if kept[index].files.len() > 1 {
                return None;
            }
            (index, kept[index].files.first().cloned())
        };
        if let Some(file) = file {
            if file.table.has(name) {
                return Some(Fact::Is(self.name(name, &Scope::of(&file))));
            }
            if !file.table.stars.is_empty() {
                match self.name(name, &Scope::of(&file)) {
                    Thing::Unknown if self.may_be_given(&file, name, 0) => return None,
                    Thing::Unknown => {}
                    thing => return Some(Fact::Is(thing)),
                }
            }
        }
        let (defaults, held) = {
            if let Some(thing) = self.facts.declared.borrow().get(name) {
                return Some(Fact::Is(thing.clone()));
            }
            let kept = self.facts.kept.borrow();
            (
                kept[index].rule.defaults.clone(),
                kept[index].rule.held.clone(),
            )
        };
        if let Some(thing) = held.and_then(|it| self.held_under(&it, name)) {
            return Some(Fact::Is(thing));
        }
        let defaults = self.modules.source(&defaults)?;
        if defaults.table.has(name) {
            return Some(Fact::Is(self.name(name, &Scope::of(&defaults))));
        }
        Some(Fact::Missing)
    }

    /// The one file of the project that sets what an object keeps.
    pub(in crate::plugins) fn settings_file(&self, of: &Instance) -> Option<Rc<File>> {
        let kept = self.facts.kept.borrow();
        let kept = kept
            .iter()
            .find(|it| !it.rule.keys && self.keeps(&it.rule, of))?;
        match &kept.files[..] {
            [file] => Some(file.clone()),
            _ => None,
        }
    }

    /// What a call gives that names it by its path: `import_string("shop.receivers.connect")`, `pkgutil.resolve_name("shop.receivers:connect")`.
    pub(in crate::plugins) fn given_by_path(&self, call: &Call, scope: &Scope) -> Option<Thing> {
        let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &call.function.kind else {
            return None;
        };
        let (path, _) = call.arguments.split_first()?;
        let is_library = name == "resolve_name";
        let is_named = || {
            let paths = self.facts.paths.borrow();
            let mut names = paths.iter().filter_map(|it| it.rsplit([':', '.']).next());
            names.any(|it| it == name)
        };
        // What is asked of each call has to be cheap.
        if !is_library && !is_named() {
            return None;
        }
        let Thing::Defined(function) = self.expr(&call.function, scope) else {
            return None;
        };
        let paths = self.facts.paths.borrow().clone();
        let of_library = String::from("pkgutil:resolve_name");
        let mut paths = paths.iter().chain([&of_library]);
        paths.find(|it| is_same(it, &function.path))?;
        let path = self.text(path, scope)?;
        let (module, name) = match path.split_once(':') {
            Some(parts) => parts,
            None => path.rsplit_once('.')?,
        };
        self.modules.source(module)?;
        Some(self.dotted(module, name))
    }

    /// The default that a call says which asks a mapping of settings for a key, where the project never speaks of that key.
    pub(super) fn key_default<'e>(&self, call: &'e Call, scope: &Scope) -> Option<&'e Expr> {
        let (ExprKind::Attribute(of, method), [key, default]) =
            (&call.function.kind, &*call.arguments)
        else {
            return None;
        };
        let has_keys = || self.facts.kept.borrow().iter().any(|it| it.rule.keys);
        if !matches!(method.as_str(), "get" | "setdefault") || !has_keys() {
            return None;
        }
        let Thing::Instance(of) = self.expr(of, scope) else {
            return None;
        };
        let rule = self.rule_of_keys(&of)?;
        let key = self.text(key, scope)?;
        (!self.is_spoken_of(&rule, &key)).then_some(default)
    }

    /// The rule of a mapping of settings.
    pub(super) fn rule_of_keys(&self, of: &Instance) -> Option<Values> {
        let kept = self.facts.kept.borrow();
        let mut rules = kept.iter().filter(|it| it.rule.keys);
        let found = rules.find(|it| self.keeps(&it.rule, of))?;
        Some(found.rule.clone())
    }

    /// Whether the project does anything else with a key of such a mapping than ask for it, or reads settings from elsewhere.
    pub(super) fn is_spoken_of(&self, rule: &Values, key: &str) -> bool {
        self.is_spoken_of_but(rule, key, None)
    }

    /// The same, without the literal that stands at a place of a module: the default itself.
    pub(super) fn is_spoken_of_but(
        &self,
        rule: &Values,
        key: &str,
        own: Option<(&Name, u32)>,
    ) -> bool {
        let mut project = self.modules.of_project().into_iter();
        let own_in = |it: &File| {
            own.filter(|own| *own.0 == it.name)
                .map(|own| own.1 as usize)
        };
        project.any(|it| speaks_of(&it.text, key, own_in(&it))) || self.is_read_elsewhere(rule)
    }

    /// Whether the project reads settings from elsewhere.
    pub(super) fn is_read_elsewhere(&self, rule: &Values) -> bool {
        let mut project = self.modules.of_project().into_iter();
        project.any(|it| {
            let mut words = rule.elsewhere.iter();
            words.any(|word| it.text.contains(word.as_str()))
        })
    }

    /// Whether a star import of a module, or one in the module that it names, may give a name.
    fn may_be_given(&self, file: &Rc<File>, name: &str, depth: u32) -> bool {
        depth > MOST_STARS
            || file.table.stars.iter().any(|(level, module)| {
                let from = absolute(file, *level, module);
                match from.map(|it| self.modules.look(&it)) {
                    Some(Look::Source(from)) => {
                        from.table.has(name)
                            || DYNAMIC.iter().any(|it| from.text.contains(it))
                            || self.may_be_given(&from, name, depth + 1)
                    }
                    // `try: from .local import *`: who has no such file gets nothing from it.
                    Some(Look::Missing(_)) => false,
                    _ => true,
                }
            })
    }

    fn keeps(&self, rule: &Values, of: &Instance) -> bool {
        if of.attributes != rule.attribute {
            return false;
        }
        rule.object.iter().any(|it| is_same(it, &of.object))
            || rule.on.iter().any(|it| self.is_a(&of.class, it))
    }

    /// What an object of the framework holds under a name.
    pub(super) fn held_object(&self, of: &Instance, name: &str) -> Option<Thing> {
        if !of.attributes.is_empty() {
            return None;
        }
        let found = {
            let attributes = self.facts.attributes.borrow();
            let is_it = |it: &&Attribute| {
                it.name == name
                    && (is_same(&it.on, &of.class)
                        || !it.made.is_empty() && self.is_a(&of.class, &it.on))
            };
            attributes.iter().find(is_it)?.clone()
        };
        if found.made.is_empty() {
            return Some(instance_of(&found.is));
        }
        // What its call says that makes it.
        let (made, scope) = self.made_by(of)?;
        let ExprKind::Call(call) = &made.kind else {
            return None;
        };
        if call.keywords.iter().any(|it| it.0.is_none()) {
            return None;
        }
        if let Some(given) = keyword(call, &found.made) {
            return Some(self.expr(given, &scope));
        }
        let usually = match keyword(call, &found.last_of) {
            Some(path) => {
                let path = self.text(path, &scope)?;
                let last = path.trim_end_matches('/').rsplit('/').next();
                format!("/{}", last.unwrap_or_default())
            }
            None => found.usually,
        };
        Some(said(&usually, &scope))
    }

    /// Notes that a call says the default of a setting.
    pub(in crate::plugins) fn declare(&self, of: &Instance, name: &str, value: &Thing) {
        let kept = self.facts.kept.borrow();
        let says = kept.iter().any(|it| {
            it.rule.declared.contains(&of.attributes)
                && it.rule.on.iter().any(|class| self.is_a(&of.class, class))
        });
        drop(kept);
        if says {
            let mut declared = self.facts.declared.borrow_mut();
            let known = declared.entry(name.to_owned());
            known.or_insert_with(|| value.clone());
        }
    }

    /// The block that is executed of a statement which asks an object for a setting: the handler where it has none.
    pub(super) fn of_asked<'t>(&self, it: &'t Try, scope: &Scope) -> Option<&'t Block> {
        let [
            Stmt {
                kind: StmtKind::Return(Some(value)),
                ..
            },
        ] = &it.body[..]
        else {
            return None;
        };
        let [handler] = &it.handlers[..] else {
            return None;
        };
        let (of, name) = match &value.kind {
            ExprKind::Attribute(of, name) => (&**of, Arc::from(name.as_str())),
            ExprKind::Call(call) => match (&call.function.kind, &*call.arguments) {
                (ExprKind::Name(function), [of, name]) if function == "getattr" => {
                    (of, self.text(name, scope)?)
                }
                _ => return None,
            },
            _ => return None,
        };
        let Thing::Instance(of) = self.expr(of, scope) else {
            return None;
        };
        match self.fact(&of, &name)? {
            Fact::Is(_) => Some(&it.body),
            Fact::Missing => Some(&handler.body),
        }
    }

    /// Whether something of this name is loaded, where a call asks for that.
    pub(super) fn asked(&self, callee: &Thing, name: &str) -> Option<bool> {
        let asks = self.facts.asks.borrow();
        let mut asking = asks.iter().filter(|it| self.is_asked_by(it, callee));
        asking.find(|it| !it.already)?;
        Some(self.facts.loaded.borrow().contains_key(name))
    }

    /// Whether a call asks whether something is registered already.
    pub(super) fn asks_already(&self, call: &Call, scope: &Scope) -> bool {
        let asks = self.facts.asks.borrow();
        let mut already = asks.iter().filter(|it| it.already).peekable();
        if already.peek().is_none() {
            return false;
        }
        let callee = self.expr(&call.function, scope);
        already.any(|it| self.is_asked_by(it, &callee))
    }

    /// Whether a name holds what such a call gave.
    pub(super) fn was_asked_already(&self, name: &Expr, scope: &Scope) -> bool {
        let made = self.bound_call(name, scope);
        made.is_some_and(|(scope, value)| match &value.kind {
            ExprKind::Call(call) => self.asks_already(call, &scope),
            _ => false,
        })
    }

    fn is_asked_by(&self, it: &Asks, callee: &Thing) -> bool {
        match callee {
            Thing::Defined(function) => it.call.iter().any(|path| is_same(path, &function.path)),
            Thing::Instance(of) => {
                let whole = format!("{}.{}", of.object, of.attributes);
                it.call.iter().any(|path| is_same(path, &whole))
                    || it.method.contains(&of.attributes)
                        && it.on.iter().any(|class| self.is_a(&of.class, class))
            }
            _ => false,
        }
    }

    /// Whether something of this name was loaded before what is loaded now, where an attribute holds the names of all that was.
    pub(super) fn asked_within(&self, of: &Instance, name: &str) -> Option<bool> {
        let asks = self.facts.asks.borrow();
        let is_it = |it: &&Asks| {
            it.within.contains(&of.attributes)
                && it.on.iter().any(|class| self.is_a(&of.class, class))
        };
        asks.iter().find(is_it)?;
        let now = self.facts.now.get()?;
        let loaded = self.facts.loaded.borrow();
        Some(loaded.get(name).is_some_and(|&it| it < now))
    }
}

/// Whether a text does anything else with a key than ask for it: `config.get("SHOP_OPEN", True)`, `if config["SHOP_OPEN"]:`; what the literal
/// does that begins at `own` is known.
fn speaks_of(text: &str, key: &str, own: Option<usize>) -> bool {
    let quotes = ['"', '\''];
    text.match_indices(key).any(|(at, _)| {
        let before = text[..at].trim_end_matches(quotes);
        let behind = text[at + key.len()..].trim_start_matches(quotes);
        let reads = before.ends_with('[')
            && behind.strip_prefix(']').is_some_and(|it| {
                let it = it.trim_start_matches([' ', '\t']);
                it.starts_with("==")
                    || !it.starts_with(['=', ':', '+', '|', '.', '['])
                    || it.starts_with(":\n")
            });
        let is_own = own.is_some_and(|own| (own..own + 3).contains(&before.len()));
        !before.ends_with(".get(") && !reads && !is_own
    })
}

/// The names by which something that is loaded is asked for.
pub(in crate::plugins) fn names_of(key: &str, module: &Name) -> [String; 2] {
    [key.to_owned(), module.to_string()]
}
