//! Finders that code has put into `sys.meta_path`: which modules they give, and what `.pth` files run before any program does.
//!
//! Setuptools replaces `distutils` in this way, and `six` gives the modules that have moved.

use std::path::PathBuf;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Home, Run};
use crate::evaluate::machine::value::{Instance, ModuleIx, Object, ObjectId, Value};
use crate::semantics::{Assumption, ClassId};
use crate::source::{Located, Place};

/// Finders that ask for one another's modules.
const FINDERS_DEEP: u32 = 12;
/// Steps that a loader may take to make a module and to fill it, and which part of these the importer is charged.
const LOADING_STEPS: u32 = 20_000;
const PART_CHARGED: u32 = 8;

/// When a finder is asked: before those that look for files, or after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    BeforeFiles,
    AfterFiles,
}

impl Run<'_, '_> {
    /// Runs the lines of the environment's `.pth` files that are code (`site.addpackage`).
    pub(crate) fn start_up(&mut self) {
        for (path, code) in &self.world.start_up {
            let Some(file) = self.library.open_text(path, code) else {
                continue;
            };
            let module = self.new_module(
                "site",
                Some((file, path)),
                Home::Namespace,
                false,
                &[],
                None,
            );
            self.loaded.remove("site");
            // It has no say in what may be imported later: what it raises, `site` prints, and goes on.
            let _ = self.run_module(module);
        }
    }

    /// `sys.meta_path` as the interpreter begins with it.
    pub(crate) fn meta_path(&mut self) -> Value {
        let items = [
            ("_frozen_importlib", "BuiltinImporter"),
            ("_frozen_importlib", "FrozenImporter"),
            ("_frozen_importlib_external", "PathFinder"),
        ]
        .into_iter()
        .filter_map(|(module, name)| self.world.facts.class(module, name))
        .map(Value::Class)
        .collect();
        self.list(items)
    }

    /// The module of this name that a finder in `sys.meta_path` gives. One that cannot be followed counts as giving none.
    ///
    /// `importlib._bootstrap._find_spec` and `_load_unlocked`.
    pub(super) fn found_by_finder(
        &mut self,
        dotted: &str,
        parent: Option<ModuleIx>,
        turn: Turn,
        at: Option<Place>,
    ) -> Eval<Option<ModuleIx>> {
        let finders = self.finders(turn);
        if finders.is_empty() || self.finding >= FINDERS_DEEP {
            return Ok(None);
        }
        let path = match parent {
            Some(parent) => {
                let folders = self.search_path(parent);
                let items = folders
                    .iter()
                    .map(|it| Value::str(&it.to_string_lossy()))
                    .collect();
                self.list(items)
            }
            None => Value::None,
        };
        self.finding += 1;
        let found = self.ask_finders(&finders, dotted, &path, at);
        self.finding -= 1;
        found
    }

    /// The finders that are nobody's but a program's own.
    fn finders(&mut self, turn: Turn) -> Vec<Value> {
        let key = (Name::const_new("sys"), Name::const_new("meta_path"));
        let Some(Value::Object(id)) = self.table_objects.get(&key) else {
            return vec![];
        };
        let Object::List { items, .. } = self.object(*id) else {
            return vec![];
        };
        let is_interpreters = |it: &Value| match it {
            Value::Class(class) => self.classes.is_interpreters(*class),
            _ => false,
        };
        let files = items
            .iter()
            .rposition(is_interpreters)
            .map_or(items.len(), |last| last + 1);
        let (before, after) = items.split_at(files);
        let asked = match turn {
            Turn::BeforeFiles => before,
            Turn::AfterFiles => after,
        };
        asked
            .iter()
            .filter(|it| !is_interpreters(it) && !it.is_gap())
            .cloned()
            .collect()
    }

    fn ask_finders(
        &mut self,
        finders: &[Value],
        dotted: &str,
        path: &Value,
        at: Option<Place>,
    ) -> Eval<Option<ModuleIx>> {
        for finder in finders {
            let arguments = vec![Value::str(dotted), path.clone(), Value::None];
            let Some(spec) = self.call_attribute(finder, "find_spec", arguments, at) else {
                continue;
            };
            let may_be = self.candidates(&spec).unwrap_or_default();
            let spec = match may_be.iter().find(|it| matches!(it, Value::Object(_))) {
                // It hangs on what only a process knows, such as a file in the folder it is started in.
                Some(it) => {
                    let it = it.clone();
                    self.assume_here(Assumption {
                        what: format!("`{dotted}` is what a finder in `sys.meta_path` may give"),
                        at,
                    });
                    it
                }
                None => spec,
            };
            let Value::Object(_) = &spec else { continue };
            if let Some(ix) = self.load_spec(&spec, dotted, at)? {
                self.loaded.insert(Name::from(dotted), ix);
                return Ok(Some(ix));
            }
        }
        Ok(None)
    }

    /// Calls a method, what it raises taken for no answer.
    fn call_attribute(
        &mut self,
        on: &Value,
        name: &'static str,
        arguments: Vec<Value>,
        at: Option<Place>,
    ) -> Option<Value> {
        let method = self.get_attribute(on, &Name::const_new(name), at).ok()?;
        let scope = self.any_scope();
        self.call(&method, Arguments::of(arguments), at, scope).ok()
    }

    /// The module that a spec's loader makes and runs, or that the file of its origin holds.
    fn load_spec(
        &mut self,
        spec: &Value,
        dotted: &str,
        at: Option<Place>,
    ) -> Eval<Option<ModuleIx>> {
        let told = |run: &mut Self, name: &'static str| {
            run.get_attribute(spec, &Name::const_new(name), at).ok()
        };
        let loader = told(self, "loader").unwrap_or(Value::None);
        if matches!(loader, Value::Object(_) | Value::Class(_)) {
            let kept = std::mem::replace(&mut self.steps, LOADING_STEPS);
            // Inside of these steps nothing is granted again.
            self.depth += 1;
            let loaded = self.load_by(&loader, spec, dotted, at);
            self.depth -= 1;
            let used = LOADING_STEPS.saturating_sub(self.steps);
            self.steps = kept.saturating_sub(used / PART_CHARGED);
            return loaded;
        }
        let Some(Value::Str(origin)) = told(self, "origin") else {
            return Ok(None);
        };
        let file = PathBuf::from(&*origin);
        let located = if file.ends_with("__init__.py") {
            Located::Package { init: file }
        } else {
            Located::Module(file)
        };
        self.import_located(dotted, &located, Home::Installed, at)
            .map(Some)
    }

    /// The module that a loader makes and fills.
    fn load_by(
        &mut self,
        loader: &Value,
        spec: &Value,
        dotted: &str,
        at: Option<Place>,
    ) -> Eval<Option<ModuleIx>> {
        let made = self.call_attribute(loader, "create_module", vec![spec.clone()], at);
        let (ix, module) = match made {
            Some(Value::Module(ix)) => (ix, Value::Module(ix)),
            Some(Value::Object(id)) if self.is_module_object(id) => {
                let ix = self.new_module(dotted, None, Home::Installed, false, &[], None);
                let module = Value::Object(id);
                self.replaced.insert(Name::from(dotted), module.clone());
                self.describe_module(&module, dotted, loader, spec, at)?;
                (ix, module)
            }
            _ => return Ok(None),
        };
        // It may look itself up.
        self.loaded.insert(Name::from(dotted), ix);
        self.call_attribute(loader, "exec_module", vec![module], at);
        Ok(Some(ix))
    }

    /// Whether an object is what `types.ModuleType(name)` gives.
    fn is_module_object(&self, id: ObjectId) -> bool {
        let Object::Instance(instance) = self.peek(id) else {
            return false;
        };
        let facts = &self.world.facts;
        let module = facts.class("builtins", "module");
        let module = module.or_else(|| facts.class("types", "ModuleType"));
        module.is_some_and(|it| self.classes.is_subclass(instance.class, it))
    }

    /// What the import system says of a module before its loader runs it (`importlib._bootstrap._init_module_attrs`).
    fn describe_module(
        &mut self,
        module: &Value,
        dotted: &str,
        loader: &Value,
        spec: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let package = dotted.rsplit_once('.').map_or("", |it| it.0);
        let said = [
            ("__name__", Value::str(dotted)),
            ("__loader__", loader.clone()),
            ("__package__", Value::str(package)),
            ("__spec__", spec.clone()),
        ];
        for (name, value) in said {
            self.set_attribute(module, &Name::const_new(name), value, at)?;
        }
        Ok(())
    }

    /// An `importlib.machinery.ModuleSpec`, as `spec_from_loader(name, loader, origin=…)` and `spec_from_file_location(name, location)` make it.
    pub(crate) fn new_spec(&mut self, name: Value, loader: Value, origin: Value) -> Option<Value> {
        let class: ClassId = self.world.facts.class("_frozen_importlib", "ModuleSpec")?;
        let mut spec = Instance::of(class);
        for (attribute, value) in [("name", name), ("loader", loader), ("origin", origin)] {
            let binding = crate::evaluate::machine::value::Binding::new(value, None);
            spec.names.insert(Name::const_new(attribute), binding);
        }
        Some(self.allocate(Object::Instance(spec)))
    }
}
