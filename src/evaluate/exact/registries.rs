//! Registries that were filled while the modules of the project ran: dicts, lists, decorators, hooks.
//!
//! What stands in a registry its container says, as it is when all modules have run. Who put it there, and what a key had before, is told by
//! the log of `machine/entered.rs`; where a display is written out (`TABLE = {"csv": Csv}`) nothing was put, and the line of the display is
//! the place. A container is a registry where a name of a module or a class leads to it and it holds classes, functions or objects of the
//! project.

pub(in crate::evaluate) mod calls;
mod holders;
pub(in crate::evaluate) mod lists;
mod rows;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::evaluate::exact::at_rest::AtRest;
use crate::evaluate::machine::budget::stack_here;
use crate::evaluate::machine::entered::{Entry, Holder};
use crate::evaluate::machine::run::{Home, Run};
use crate::evaluate::machine::value::{Instance, Object, ObjectId, Value};
use crate::semantics::{ClassId, Leads, Registered, Registry, RegistryKind, RowState, Spotted};
use crate::source::{FileId, Place};
use holders::{Held, Root};
use rows::{Row, Way};

/// How many rows all registries may have.
const MOST_ROWS: usize = 100_000;

impl AtRest<'_, '_> {
    /// What was registered while the modules ran, and where. Names only classes and files that the analysis has.
    pub fn registries(&mut self) -> Vec<Registry> {
        self.run.stack_base = stack_here();
        let mut gathering = Gathering::new(&self.run, (self.classes, self.files));
        let mut found = vec![];
        for root in gathering.roots() {
            found.extend(gathering.registry(&root));
        }
        found.extend(gathering.virtual_subclasses());
        found
    }
}

/// What is looked at on the way.
struct Gathering<'r, 'w, 's> {
    run: &'r Run<'w, 's>,
    /// How many classes and files the analysis has.
    classes: u32,
    files: usize,
    log: FxHashMap<Holder, Vec<&'r Entry>>,
    /// The files of the project's modules.
    own: FxHashSet<FileId>,
    /// Containers that were told of.
    seen: FxHashSet<ObjectId>,
    /// How many rows may still be made.
    left: usize,
}

impl<'r, 'w, 's> Gathering<'r, 'w, 's> {
    /// What is to be gathered of a run, of which the analysis has so many classes and files.
    fn new(run: &'r Run<'w, 's>, (classes, files): (u32, usize)) -> Self {
        let mut log: FxHashMap<Holder, Vec<&Entry>> = FxHashMap::default();
        for entry in run.entered.entries() {
            log.entry(entry.holder).or_default().push(entry);
        }
        let own = run.modules.iter().filter(|it| it.home == Home::Project);
        Gathering {
            run,
            classes,
            files,
            log,
            own: own.filter_map(|it| it.file).collect(),
            seen: FxHashSet::default(),
            left: MOST_ROWS,
        }
    }
}

impl Gathering<'_, '_, '_> {
    /// What a name leads to, as a registry; none where it is no container of classes, functions or objects of the project.
    fn registry(&mut self, root: &Root) -> Option<Registry> {
        let held = self.held(&root.value)?;
        if held.id.is_some_and(|id| !self.seen.insert(id)) {
            return None;
        }
        let (mut rows, is_open) = self.rows(&held, root);
        if self.is_of_library(root) {
            // What the project puts into a library's registry is the project's doing, whatever it is.
            for row in &mut rows {
                row.is_own |= row.is_put;
            }
        }
        if !Self::is_registry(&held, &rows, root) {
            return None;
        }
        self.left = self.left.checked_sub(rows.len())?;
        let kind = held.kind(&rows);
        let mut registry = Registry::new(kind, root.name.clone());
        registry.at = root.at.filter(|it| self.has(*it)).map(Spotted::Source);
        registry.class = self.owner(&registry.kind, &rows, root);
        registry.key = self.key_of(&rows);
        registry.doubt = self.doubt(&held, is_open);
        let silent = self.without_key(&registry.kind, &rows);
        registry.rows = rows.into_iter().map(|it| it.told).collect();
        registry.rows.extend(silent);
        Some(registry)
    }

    /// Whether a container is what people call a registry: something was put into it, or it is written out and holds little else than classes
    /// and functions. What a metaclass gives to the class that it makes is that class's own.
    fn is_registry(held: &Held, rows: &[Row], root: &Root) -> bool {
        let own = rows.iter().filter(|it| it.is_own).count();
        if own > 0 && rows.iter().any(|it| it.is_noted) {
            let is_of_itself = |it: &Row| root.class.is_some() && it.made == root.class;
            // An object that a class has keeps much that nobody has registered.
            let is_within = root.class.is_some() && root.depth > 0;
            let is_decorated = || rows.iter().any(|it| it.is_code && it.way == Way::Decorator);
            return !rows.iter().all(is_of_itself) && (!is_within || is_decorated());
        }
        let is_alive = |it: &&Row| !matches!(it.told.state, RowState::Replaced(_));
        let code = rows.iter().filter(|it| it.is_own && it.is_code);
        let code = code.filter(is_alive).count();
        root.depth == 0
            && code * 2 > rows.iter().filter(is_alive).count()
            && (held.is_mapping || root.class.is_none() && code > 1)
    }

    /// Whether a library has a container, rather than the project.
    fn is_of_library(&self, root: &Root) -> bool {
        if let Some(class) = root.class {
            return !self.is_own_class(class);
        }
        let module = root.name.split(':').next().unwrap_or_default();
        let module = self.run.loaded.get(module);
        module.is_some_and(|it| self.run.module(*it).home != Home::Project)
    }

    /// Whether the analysis has a place.
    fn has(&self, place: Place) -> bool {
        place.file.index() < self.files
    }

    /// Whether a class or function stands in a module of the project.
    fn is_own(&self, value: &Value) -> bool {
        let run = self.run;
        let Some(value) = run.registered_in(value) else {
            return false;
        };
        match run.function_within(value) {
            Value::Class(id) => self.is_own_class(*id),
            Value::Object(id) => match run.peek(*id) {
                Object::Function(it) => run.module(it.module).home == Home::Project,
                Object::Instance(it) => self.is_own_class(it.class) || self.keeps_own(it),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether an object of the interpreter's, such as a `partial`, keeps a function of the project.
    fn keeps_own(&self, instance: &Instance) -> bool {
        let run = self.run;
        let is_own = |it: &Value| match it {
            Value::Object(id) => match run.peek(*id) {
                Object::Function(it) => run.module(it.module).home == Home::Project,
                _ => false,
            },
            Value::Class(id) => self.is_own_class(*id),
            _ => false,
        };
        run.classes.is_interpreters(instance.class)
            && instance.names.values().any(|it| is_own(&it.value))
    }

    fn is_own_class(&self, id: ClassId) -> bool {
        let run = self.run;
        if run.classes.is_interpreters(id) || id.0 >= self.classes {
            return false;
        }
        let module = &run.classes.get(id).path.module;
        let module = run.loaded.get(module);
        module.is_some_and(|it| run.module(*it).home == Home::Project)
    }

    /// The class whose registry it is: that of the hook which fills it, else the one that has it as an attribute.
    fn owner(&self, kind: &RegistryKind, rows: &[Row], root: &Root) -> Option<ClassId> {
        let by_hook = matches!(
            kind,
            RegistryKind::SubclassHook | RegistryKind::Metaclass | RegistryKind::AbcRegister
        );
        let of_hook = rows.iter().find_map(|it| it.hook_of).filter(|_| by_hook);
        of_hook.or(root.class).filter(|it| it.0 < self.classes)
    }

    /// Classes below the owner of a hook that the hook has put nowhere, and why.
    fn without_key(&self, kind: &RegistryKind, rows: &[Row]) -> Vec<Registered> {
        let Some((owner, hook)) = rows.iter().find_map(|it| it.hook_of.zip(it.hook)) else {
            return vec![];
        };
        if *kind != RegistryKind::SubclassHook {
            return vec![];
        }
        let run = self.run;
        let is_there = |class: ClassId| {
            rows.iter()
                .any(|it| matches!(it.told.leads, Leads::Class(it) if it == class))
        };
        let mut silent = vec![];
        for id in run.classes.own_ids().take(self.classes as usize) {
            let below = run.classes.mro(id).is_some_and(|it| it.contains(&owner));
            if id == owner || !below || !self.is_own_class(id) || is_there(id) {
                continue;
            }
            let class = run.classes.get(id);
            let Some(heard) = class.heard.get() else {
                continue;
            };
            let is_it = |it: &Place| it.file == hook.file && it.start == hook.start;
            let name = format!("{}.__init_subclass__", run.classes.get(owner).path.name());
            let why = if heard.by.iter().any(is_it) {
                format!("`{name}` ran for it, and put it nowhere")
            } else if heard.is_exact {
                let before = run.classes.mro(id).into_iter().flatten().skip(1);
                let before = before.take_while(|it| **it != owner).find(|it| {
                    let names = run.class_names.get(it);
                    names.is_some_and(|it| it.contains_key("__init_subclass__"))
                });
                match before {
                    Some(before) => format!(
                        "never registered: `{}.__init_subclass__` does not call `super()`",
                        run.classes.get(*before).path.name()
                    ),
                    None => format!("never registered: `{name}` did not run for it"),
                }
            } else {
                continue;
            };
            let mut row = Registered::new(None, Leads::Class(id));
            row.at = class
                .origin
                .place()
                .filter(|it| self.has(*it))
                .map(Spotted::Source);
            row.state = RowState::WithoutKey(why);
            silent.push(row);
        }
        silent
    }

    /// Virtual subclasses, by abstract class.
    fn virtual_subclasses(&self) -> Vec<Registry> {
        let run = self.run;
        let mut found: Vec<Registry> = vec![];
        for entry in run.entered.entries() {
            let Holder::Abstract(of) = entry.holder else {
                continue;
            };
            if !self.is_own(&entry.value) && !self.is_own_class(of) {
                continue;
            }
            let path = &run.classes.get(of).path;
            let name = path.to_string();
            let mut row = self.row(None, &entry.value, Some(entry), None);
            if entry.is_tried {
                let why = String::from("whether that runs hangs on a condition that is not known");
                row.told.state = RowState::Unknown(why);
            }
            let Some(told) = found.iter_mut().find(|it| it.name == name) else {
                let mut registry = Registry::new(RegistryKind::AbcRegister, name);
                let place = run.classes.get(of).origin.place();
                registry.at = place.filter(|it| self.has(*it)).map(Spotted::Source);
                registry.class = Some(of).filter(|it| it.0 < self.classes);
                registry.rows.push(row.told);
                found.push(registry);
                continue;
            };
            if !told.rows.iter().any(|it| it.leads == row.told.leads) {
                told.rows.push(row.told);
            }
        }
        found
    }
}
