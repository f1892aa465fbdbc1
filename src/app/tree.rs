//! The pane at the left: modules and their classes, or what a class derives from and what derives from it.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Analysis, ClassRef, Module, ModuleOrigin};
use crate::app::location::ClassAt;
use crate::semantics::{ClassId, Outcome};
use crate::source::FileId;
use crate::view::Role;

/// A branch that has this many ancestors is not drawn deeper; nobody reads on, and damaged data could be endless.
const DEEPEST: usize = 60;

/// Which tree it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// Modules, and the classes they make.
    Modules,
    /// What this class derives from, and what derives from it.
    Relatives(ClassAt),
}

/// What a row stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A module or package.
    Module {
        /// Its dotted name.
        name: String,
        /// Its file, where it has one.
        file: Option<FileId>,
    },
    /// A class.
    Class(ClassId),
    /// Words over the rows below it.
    Heading,
}

/// One row of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its way from the root: no other row has the same.
    pub key: String,
    /// What it says.
    pub label: String,
    /// What the label is.
    pub role: Role,
    /// How deep it stands.
    pub depth: usize,
    /// Whether it has rows below it, and if so whether they are shown.
    pub open: Option<bool>,
    /// How many classes there are below it.
    pub count: Option<usize>,
    /// What it stands for.
    pub thing: Thing,
}

/// A module or class in the tree of modules.
struct Node {
    key: String,
    label: String,
    /// What stands before the label.
    mark: &'static str,
    thing: Thing,
    role: Role,
    children: Vec<usize>,
    classes: usize,
}

/// The tree: what there is, what is open, where the cursor stands.
#[derive(Default)]
pub struct Tree {
    nodes: Vec<Node>,
    roots: Vec<usize>,
    open: FxHashSet<String>,
    mode: Option<Mode>,
    rows: Vec<Row>,
    cursor: usize,
    /// The first row that is shown.
    pub top: usize,
}

impl Tree {
    /// Takes in a new analysis. What was open stays open, and the cursor stays on its row where that still exists.
    pub fn take(&mut self, analysis: &Analysis) {
        let first = self.nodes.is_empty();
        let mut grower = Grower::default();
        grower.grow(analysis, ModuleOrigin::Project, None);
        grower.grow(analysis, ModuleOrigin::ThirdParty, Some("environment"));
        grower.grow(
            analysis,
            ModuleOrigin::StandardLibrary,
            Some("standard library"),
        );
        self.nodes = grower.nodes;
        self.roots = grower.roots;
        if first {
            self.open_first();
        }
        self.lay(analysis);
    }

    /// Opens from the root while there is only one way to go.
    fn open_first(&mut self) {
        let mut level = self.roots.clone();
        // The environment and the standard library stay closed: one looks for one's own first.
        level.retain(|&root| !matches!(self.nodes[root].thing, Thing::Heading));
        while let [only] = level.as_slice() {
            self.open.insert(self.nodes[*only].key.clone());
            let only = *only;
            level.clone_from(&self.nodes[only].children);
        }
    }

    /// Which tree it is.
    pub fn mode(&self) -> &Mode {
        self.mode.as_ref().unwrap_or(&Mode::Modules)
    }

    /// Shows the other tree.
    pub fn set_mode(&mut self, mode: Mode, analysis: &Analysis) {
        if self.mode() == &mode {
            return;
        }
        if let Mode::Relatives(_) = &mode {
            self.open.insert("^".to_owned());
            self.open.insert("v".to_owned());
        }
        self.mode = Some(mode);
        self.cursor = 0;
        self.top = 0;
        self.lay(analysis);
    }

    /// The rows, from the first to the last.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Index of the row with the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The row with the cursor.
    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    /// Puts the cursor on a row, or on the last one.
    pub fn select(&mut self, row: usize) {
        self.cursor = row.min(self.rows.len().saturating_sub(1));
    }

    /// Opens or closes the branch at the cursor. False where there is none.
    pub fn unfold(&mut self, analysis: &Analysis, wanted: Option<bool>) -> bool {
        let Some(row) = self.rows.get(self.cursor) else {
            return false;
        };
        let Some(open) = row.open else { return false };
        let wanted = wanted.unwrap_or(!open);
        if wanted == open {
            return false;
        }
        if wanted {
            self.open.insert(row.key.clone());
        } else {
            self.open.remove(&row.key);
        }
        self.lay(analysis);
        true
    }

    /// Puts the cursor on the row that the selected one hangs from. False at a root.
    pub fn select_parent(&mut self) -> bool {
        let Some(depth) = self.selected().map(|row| row.depth) else {
            return false;
        };
        let parent = self.rows[..self.cursor]
            .iter()
            .rposition(|row| row.depth < depth);
        if let Some(parent) = parent {
            self.cursor = parent;
        }
        parent.is_some()
    }

    /// Closes every branch.
    pub fn collapse_all(&mut self, analysis: &Analysis) {
        self.open.clear();
        self.cursor = 0;
        self.lay(analysis);
    }

    /// Opens what leads to a class and puts the cursor on it. In the tree of relatives, only if it is there.
    pub fn reveal(&mut self, analysis: &Analysis, class: ClassId) {
        if self.mode() == &Mode::Modules {
            let mut way = vec![];
            if !self
                .roots
                .iter()
                .any(|&root| self.way_to(root, class, &mut way))
            {
                return;
            }
            let before = self.open.len();
            for &node in &way {
                self.open.insert(self.nodes[node].key.clone());
            }
            if self.open.len() != before {
                self.lay(analysis);
            }
        }
        let here = self
            .rows
            .iter()
            .position(|row| row.thing == Thing::Class(class));
        if let Some(row) = here {
            self.cursor = row;
        }
    }

    /// Finds the nodes above a class.
    fn way_to(&self, node: usize, class: ClassId, way: &mut Vec<usize>) -> bool {
        if self.nodes[node].thing == Thing::Class(class) {
            return true;
        }
        if self.nodes[node].classes == 0 {
            return false;
        }
        way.push(node);
        let found = self.nodes[node]
            .children
            .iter()
            .any(|&child| self.way_to(child, class, way));
        if !found {
            way.pop();
        }
        found
    }

    /// Lays the open branches out in rows, the cursor staying on its row.
    fn lay(&mut self, analysis: &Analysis) {
        let held = self.selected().map(|row| row.key.clone());
        let mut rows = vec![];
        match self.mode() {
            Mode::Modules => {
                for &root in &self.roots {
                    self.lay_node(root, 0, &mut rows);
                }
            }
            Mode::Relatives(class) => {
                if let Some(class) = class.find(analysis) {
                    Relatives { open: &self.open }.lay(class, &mut rows);
                }
            }
        }
        self.rows = rows;
        let kept = held.and_then(|key| self.rows.iter().position(|row| row.key == key));
        self.select(kept.unwrap_or(self.cursor));
    }

    fn lay_node(&self, node: usize, depth: usize, rows: &mut Vec<Row>) {
        let node = &self.nodes[node];
        let open = self.open.contains(&node.key);
        rows.push(Row {
            key: node.key.clone(),
            label: format!("{}{}", node.mark, node.label),
            role: if node.classes == 0 && matches!(node.thing, Thing::Module { .. }) {
                Role::Faint
            } else {
                node.role
            },
            depth,
            open: (!node.children.is_empty()).then_some(open),
            count: (!matches!(node.thing, Thing::Class(_)) || !node.children.is_empty())
                .then_some(node.classes),
            thing: node.thing.clone(),
        });
        if open {
            for &child in &node.children {
                self.lay_node(child, depth + 1, rows);
            }
        }
    }
}

/// How many cells a row of this depth is indented in a tree of this width: deep branches keep room for the name.
pub fn indent(depth: usize, width: usize) -> usize {
    let step = if width < 30 { 1 } else { 2 };
    (step * depth).min(width / 3)
}

/// The colour of a class is where it comes from; one that CPython refuses to make is an error.
pub fn class_role(class: ClassRef<'_>) -> Role {
    match (class.outcome(), class.home()) {
        _ if class.not_reached().is_some() => Role::Warning,
        (Outcome::Raises(_), _) => Role::Error,
        (_, ModuleOrigin::Project) => Role::Class,
        (_, ModuleOrigin::ThirdParty) => Role::ThirdParty,
        (_, ModuleOrigin::StandardLibrary) => Role::Builtin,
    }
}

/// What stands before the name of a class whose statement raises, or that no import comes to: not by colour alone.
fn mark(class: ClassRef<'_>) -> &'static str {
    if class.not_reached().is_some() {
        "◇ "
    } else if class.raises().is_some() {
        "✗ "
    } else {
        ""
    }
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
            });
            by_name.insert(qualname, child);
            self.nodes[parent].children.push(child);
        }
    }

    /// Counts the classes below each node and sorts its children: modules first, each by name.
    fn count(&mut self, node: usize) -> usize {
        let mut children = std::mem::take(&mut self.nodes[node].children);
        let mut classes = 0;
        for &child in &children {
            classes += self.count(child);
            classes += usize::from(matches!(self.nodes[child].thing, Thing::Class(_)));
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
        classes
    }
}

/// Lays out the tree of relatives. A class stands in it as often as there are ways to it, as in a diamond.
struct Relatives<'o> {
    open: &'o FxHashSet<String>,
}

impl Relatives<'_> {
    fn lay(&self, class: ClassRef<'_>, rows: &mut Vec<Row>) {
        let bases = class.bases();
        let subclasses = class.subclasses();
        rows.push(Self::row(class, "=".to_owned(), 0, None, None));
        self.heading("^", "↑ derives from".to_owned(), bases.len(), rows);
        if self.open.contains("^") {
            for base in bases {
                self.branch(base, "^", 1, ClassRef::bases, rows);
            }
        }
        let below = class.descendants().len();
        self.heading("v", "↓ derive from it".to_owned(), below, rows);
        if self.open.contains("v") {
            for subclass in subclasses {
                self.branch(subclass, "v", 1, ClassRef::subclasses, rows);
            }
        }
    }

    fn heading(&self, key: &str, label: String, count: usize, rows: &mut Vec<Row>) {
        rows.push(Row {
            key: key.to_owned(),
            label,
            role: Role::Heading,
            depth: 0,
            open: (count > 0).then(|| self.open.contains(key)),
            count: Some(count),
            thing: Thing::Heading,
        });
    }

    fn branch<'a>(
        &self,
        class: ClassRef<'a>,
        above: &str,
        depth: usize,
        further: fn(ClassRef<'a>) -> Vec<ClassRef<'a>>,
        rows: &mut Vec<Row>,
    ) {
        let key = format!("{above}/{}#{}", class.path(), ClassAt::of(class).earlier);
        let next = if depth < DEEPEST {
            further(class)
        } else {
            vec![]
        };
        let open = self.open.contains(&key);
        let has_more = (!next.is_empty()).then_some(open);
        let count = (!next.is_empty()).then_some(next.len());
        rows.push(Self::row(class, key.clone(), depth, has_more, count));
        if open {
            for class in next {
                self.branch(class, &key, depth + 1, further, rows);
            }
        }
    }

    fn row(
        class: ClassRef<'_>,
        key: String,
        depth: usize,
        open: Option<bool>,
        count: Option<usize>,
    ) -> Row {
        Row {
            key,
            label: format!("{}{}", mark(class), class.path().qualname),
            role: class_role(class),
            depth,
            open,
            count,
            thing: Thing::Class(class.id()),
        }
    }
}
