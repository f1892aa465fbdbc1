//! Where registries hang: the names of modules and classes, what these lead to, and what a container holds.

use rustc_hash::FxHashSet;

use super::Gathering;
use super::rows::{Row, Way};
use crate::Name;
use crate::evaluate::machine::entered::Holder;
use crate::evaluate::machine::run::Home;
use crate::evaluate::machine::value::{Binding, ModuleIx, Object, ObjectId, Value};
use crate::evaluate::stdlib::caching::REGISTRY;
use crate::semantics::{ClassId, RegistryKind};
use crate::source::Place;
use crate::syntax::{Block, StmtKind};

/// How many containers may be looked at.
const MOST_ROOTS: usize = 200_000;
/// How many names of an object are followed.
const MOST_NAMES: usize = 64;

/// What the interpreter and its library put into classes.
const NOT_OF_THE_READER: [&str; 15] = [
    "__dict__",
    "__bases__",
    "__mro__",
    "__orig_bases__",
    "__parameters__",
    "__type_params__",
    "__match_args__",
    "__slots__",
    "__all__",
    "__annotations__",
    "__dataclass_fields__",
    "__path__",
    "_member_map_",
    "_value2member_map_",
    "_unhashable_values_",
];

/// A name that leads to a container.
pub(super) struct Root {
    /// How people write it: `shop.formats:FORMATS`.
    pub name: String,
    pub class: Option<ClassId>,
    pub value: Value,
    pub at: Option<Place>,
    /// How many attributes stand between a module's or class's name and the container.
    pub depth: u32,
}

/// What a container holds.
pub(super) struct Held {
    /// The container; none for a tuple.
    pub id: Option<ObjectId>,
    /// Keys and values; nothing but values where it is no mapping.
    pub entries: Vec<(Option<Value>, Value)>,
    pub is_open: bool,
    pub is_mapping: bool,
    /// Whether `functools.singledispatch` keeps it.
    pub is_dispatch: bool,
}

impl Held {
    /// By which way most of it came in.
    pub(super) fn kind(&self, rows: &[Row]) -> RegistryKind {
        if self.is_dispatch {
            return RegistryKind::SingleDispatch;
        }
        let most = |way: Way| {
            let count = rows.iter().filter(|it| it.way == way).count();
            count * 2 > rows.len()
        };
        if most(Way::SubclassHook) {
            RegistryKind::SubclassHook
        } else if most(Way::Hook) {
            RegistryKind::Metaclass
        } else if most(Way::Decorator) {
            RegistryKind::Decorator
        } else if self.is_mapping {
            RegistryKind::Dict
        } else {
            RegistryKind::List
        }
    }
}

impl Gathering<'_, '_, '_> {
    /// What names of modules and classes lead to, those that define something before those that import it.
    pub(super) fn roots(&self) -> Vec<Root> {
        let run = self.run;
        let mut own: Vec<Root> = vec![];
        let mut imported: Vec<Root> = vec![];
        self.each_name(&mut |module, name, binding, is_imported| {
            let root = Root {
                name: format!("{module}:{name}"),
                class: None,
                value: binding.value.clone(),
                at: binding.at,
                depth: 0,
            };
            let into = if is_imported { &mut imported } else { &mut own };
            self.leading(name, root, into);
        });
        for id in run.classes.own_ids().take_while(|it| it.0 < self.classes) {
            let class = run.classes.get(id);
            for (name, binding) in run.class_names.get(&id).into_iter().flatten() {
                let root = Root {
                    name: format!("{}.{name}", class.path),
                    class: Some(id),
                    value: binding.value.clone(),
                    at: binding.at,
                    depth: 0,
                };
                self.leading(name, root, &mut own);
            }
        }
        own.append(&mut imported);
        // The shortest way to a container is its name.
        own.sort_by_key(|it| it.depth);
        own
    }

    /// Each name of a module, with its module and whether an import has bound it.
    fn each_name(&self, told: &mut dyn FnMut(&Name, &Name, &Binding, bool)) {
        let run = self.run;
        for index in 0..run.modules.len() {
            let module = run.module(ModuleIx(index as u32));
            if !matches!(module.home, Home::Project | Home::Installed) {
                continue;
            }
            let imports = module
                .file
                .map(|file| imports_of(&run.library.syntax(file).body));
            for (name, binding) in &run.scope(module.scope).names {
                let is_imported = binding.at.is_some_and(|at| {
                    let imports = imports.iter().flatten();
                    imports.into_iter().any(|it| it.contains(&at.start))
                });
                told(&module.name, name, binding, is_imported);
            }
        }
    }

    /// The names of modules, `shop.web:pages`, and what stands under them; those that define something before those that import it.
    pub(super) fn names(&self) -> Vec<(String, Value)> {
        let mut own = vec![];
        let mut imported = vec![];
        self.each_name(&mut |module, name, binding, is_imported| {
            let into = if is_imported { &mut imported } else { &mut own };
            into.push((format!("{module}:{name}"), binding.value.clone()));
        });
        own.append(&mut imported);
        own
    }

    /// A name, where it leads to a container, or to an object that has some.
    fn leading(&self, name: &str, root: Root, found: &mut Vec<Root>) {
        if NOT_OF_THE_READER.contains(&name) || found.len() >= MOST_ROOTS {
            return;
        }
        let mut seen: FxHashSet<ObjectId> = FxHashSet::default();
        let mut waiting = vec![root];
        while let Some(root) = waiting.pop() {
            if let Value::Object(id) = &root.value
                && root.depth < 2
                && seen.insert(*id)
                && let Object::Instance(it) = self.run.peek(*id)
                && !self.run.table_names.contains_key(id)
            {
                for (name, binding) in it.names.iter().take(MOST_NAMES) {
                    let is_left_out = NOT_OF_THE_READER.contains(&name.as_str());
                    if is_left_out || !matches!(&binding.value, Value::Object(_)) {
                        continue;
                    }
                    waiting.push(Root {
                        name: format!("{}.{name}", root.name),
                        class: root.class,
                        value: binding.value.clone(),
                        at: root.at,
                        depth: root.depth + 1,
                    });
                }
            }
            if self.is_container(&root.value) && found.len() < MOST_ROOTS {
                found.push(root);
            }
        }
    }

    /// Whether a value is a container of the interpreter's, or stands for one.
    fn is_container(&self, value: &Value) -> bool {
        match value {
            Value::Tuple(items) => !items.is_empty(),
            Value::Object(id) => match self.run.peek(*id) {
                Object::List { .. } | Object::Set { .. } => true,
                Object::Dict(dict) => dict.view.is_none() && !dict.is_proxy,
                Object::Instance(it) => {
                    matches!(it.payload, Some(Value::Object(_)))
                        || self.log.contains_key(&Holder::Object(*id))
                }
                Object::Function(it) => it.names.contains_key(REGISTRY),
                _ => false,
            },
            _ => false,
        }
    }

    /// What a container holds.
    pub(super) fn held(&self, value: &Value) -> Option<Held> {
        let run = self.run;
        let id = match value {
            Value::Tuple(items) => {
                return Some(Held {
                    id: None,
                    entries: items.iter().map(|it| (None, it.clone())).collect(),
                    is_open: false,
                    is_mapping: false,
                    is_dispatch: false,
                });
            }
            Value::Object(id) => *id,
            _ => return None,
        };
        let held = |entries: Vec<(Option<Value>, Value)>, is_open: bool, is_mapping: bool| Held {
            id: Some(id),
            entries,
            is_open,
            is_mapping,
            is_dispatch: false,
        };
        Some(match run.peek(id) {
            Object::List { items, open } => {
                let items = items.iter().map(|it| (None, it.clone()));
                held(items.collect(), *open, false)
            }
            Object::Set { items, open, .. } => {
                let items = items.values().map(|it| (None, it.clone()));
                held(items.collect(), *open, false)
            }
            Object::Dict(dict) if dict.view.is_none() && !dict.is_proxy => {
                let entries = dict.entries.values();
                let entries = entries.map(|(key, value)| (Some(key.clone()), value.clone()));
                held(entries.collect(), dict.open, true)
            }
            Object::Instance(it) => match &it.payload {
                Some(inner @ Value::Object(inner_id)) if *inner_id != id => {
                    let inner = match run.peek(*inner_id) {
                        Object::Instance(_) => return None,
                        _ => inner.clone(),
                    };
                    return self.held(&inner);
                }
                Some(_) => return None,
                // What it holds nobody follows: what was put into it is known.
                None => {
                    let noted = self.log.get(&Holder::Object(id))?;
                    let entries = noted
                        .iter()
                        .filter(|it| !it.is_gone)
                        .map(|it| (it.key.clone(), it.value.clone()))
                        .collect();
                    held(entries, true, false)
                }
            },
            Object::Function(it) => {
                let registry = it.names.get(REGISTRY)?.value.clone();
                let mut kept = self.held(&registry)?;
                kept.is_dispatch = true;
                kept
            }
            _ => return None,
        })
    }
}

/// Where the import statements of a module stand.
fn imports_of(body: &Block) -> Vec<std::ops::Range<u32>> {
    let mut found = vec![];
    let mut blocks: Vec<&Block> = vec![body];
    while let Some(block) = blocks.pop() {
        for stmt in block {
            match &stmt.kind {
                StmtKind::Import(_) | StmtKind::ImportFrom(_) => found.push(stmt.start..stmt.end),
                kind => kind.blocks(&mut |block| blocks.push(block)),
            }
        }
    }
    found
}
