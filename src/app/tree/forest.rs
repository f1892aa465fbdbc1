//! The tree of modules and their classes, made once of an analysis: at a hundred thousand classes that takes longer than a frame, so whoever
//! reads the project makes it.

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, ClassRef, Module, ModuleOrigin};
use crate::app::location::ClassAt;
use crate::app::tree::{Thing, class_role, mark};
use crate::view::Role;

/// All modules and their classes, whatever of it is open.
#[derive(Debug, Default)]
pub struct Forest {
    pub(super) nodes: Vec<Node>,
    pub(super) roots: Vec<usize>,
}

impl Forest {
    /// The tree of an analysis: the project's modules, then those of the environment and the standard library that make classes.
    pub fn of(analysis: &Analysis) -> Self {
        let mut grower = Grower::default();
        grower.grow(analysis, ModuleOrigin::Project, None);
        grower.grow(analysis, ModuleOrigin::ThirdParty, Some("environment"));
        grower.grow(
            analysis,
            ModuleOrigin::StandardLibrary,
            Some("standard library"),
        );
        Self {
            nodes: grower.nodes,
            roots: grower.roots,
        }
    }
}

/// A module or class in the tree of modules.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) key: String,
    pub(super) label: String,
    /// What stands before the label.
    pub(super) mark: &'static str,
    pub(super) thing: Thing,
    pub(super) role: Role,
    pub(super) children: Vec<usize>,
    /// How many classes there are below it.
    pub(super) classes: usize,
    /// How many of them raise.
    pub(super) raising: usize,
}

/// Builds the tree of modules.
#[derive(Default)]
struct Grower {
    nodes: Vec<Node>,
    roots: Vec<usize>,
    modules: FxHashMap<String, usize>,
}

impl Grower {
    /// Adds the modules of one home, below a heading if it has one.
    fn grow(&mut self, analysis: &Analysis, origin: ModuleOrigin, heading: Option<&str>) {
        let modules: Vec<&Module> = analysis
            .modules
            .iter()
            .filter(|module| module.origin == origin)
            // Modules of others that make no class would only be in the way.
            .filter(|module| origin == ModuleOrigin::Project || !module.classes.is_empty())
            .collect();
        if modules.is_empty() {
            return;
        }
        let root = heading.map(|heading| {
            let node = self.add(Node {
                key: format!("({heading})"),
                label: heading.to_owned(),
                mark: "",
                thing: Thing::Heading,
                role: Role::Faint,
                children: vec![],
                classes: 0,
                raising: 0,
            });
            self.roots.push(node);
            node
        });
        for module in modules {
            let node = self.module(&module.name, root);
            self.nodes[node].thing = Thing::Module {
                name: module.name.to_string(),
                file: module.file,
            };
            self.classes(analysis, module, node);
        }
        let tops: Vec<usize> = match root {
            Some(root) => vec![root],
            None => self.roots.clone(),
        };
        for top in tops {
            self.count(top);
        }
    }

    fn add(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// The node of a module, made with those of the packages above it where they are missing.
    fn module(&mut self, name: &str, root: Option<usize>) -> usize {
        let key = match root {
            Some(root) => format!("{}{name}", self.nodes[root].key),
            None => name.to_owned(),
        };
        if let Some(&node) = self.modules.get(&key) {
            return node;
        }
        let (parent, label) = match name.rsplit_once('.') {
            Some((package, label)) => (Some(self.module(package, root)), label),
            None => (root, name),
        };
        let node = self.add(Node {
            key: key.clone(),
            label: label.to_owned(),
            mark: "",
            thing: Thing::Module {
                name: name.to_owned(),
                file: None,
            },
            role: Role::Module,
            children: vec![],
            classes: 0,
            raising: 0,
        });
        match parent {
            Some(parent) => self.nodes[parent].children.push(node),
            None => self.roots.push(node),
        }
        self.modules.insert(key, node);
        node
    }

    /// Hangs a module's classes below it, nested ones below the class they are nested in.
    fn classes(&mut self, analysis: &Analysis, module: &Module, node: usize) {
        let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
        let mut classes: Vec<ClassRef<'_>> = module
            .classes
            .iter()
            .map(|&id| analysis.class(id))
            .collect();
        // A class comes after the one it is nested in, because that one's name is shorter.
        classes.sort_by_key(|class| class.path().qualname.matches('.').count());
        for class in classes {
            let qualname = class.path().qualname.as_str();
            let above = qualname
                .rsplit_once('.')
                .and_then(|(above, name)| Some((*by_name.get(above)?, name)));
            let (parent, label) = above.unwrap_or((node, qualname));
            let key = format!(
                "{}:{qualname}#{}",
                self.nodes[node].key,
                ClassAt::of(class).earlier
            );
            let child = self.add(Node {
                key,
                label: label.to_owned(),
                mark: mark(class),
                thing: Thing::Class(class.id()),
                role: class_role(class),
                children: vec![],
                classes: 0,
                raising: 0,
            });
            by_name.insert(qualname, child);
            self.nodes[parent].children.push(child);
        }
    }

    /// Counts the classes below each node and sorts its children: modules first, each by name.
    fn count(&mut self, node: usize) -> usize {
        let mut children = std::mem::take(&mut self.nodes[node].children);
        let (mut classes, mut raising) = (0, 0);
        for &child in &children {
            classes += self.count(child);
            let child = &self.nodes[child];
            classes += usize::from(matches!(child.thing, Thing::Class(_)));
            raising += child.raising + usize::from(child.role == Role::Error);
        }
        children.sort_by_cached_key(|&child| {
            let child = &self.nodes[child];
            (
                matches!(child.thing, Thing::Class(_)),
                child.label.to_lowercase(),
                child.key.clone(),
            )
        });
        self.nodes[node].children = children;
        self.nodes[node].classes = classes;
        self.nodes[node].raising = raising;
        classes
    }
}
