//! The pane at the left: modules and their classes, or what a class derives from and what derives from it.

mod forest;
mod relatives;

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::analysis::{Analysis, ClassRef, ModuleOrigin};
use crate::app::location::ClassAt;
use crate::app::tree::relatives::Relatives;
use crate::semantics::{ClassId, Outcome};
use crate::source::FileId;
use crate::view::Role;

pub use forest::Forest;

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
    /// What tells it apart from others of its name, where there are some.
    pub apart: String,
    /// What the label is.
    pub role: Role,
    /// How deep it stands.
    pub depth: usize,
    /// Whether it has rows below it, and if so whether they are shown.
    pub open: Option<bool>,
    /// How many classes there are below it.
    pub count: Option<usize>,
    /// How many of the classes below it raise, where they are not shown.
    pub raising: usize,
    /// What it stands for.
    pub thing: Thing,
}

/// The tree: what there is, what is open, where the cursor stands.
#[derive(Default)]
pub struct Tree {
    forest: Arc<Forest>,
    open: FxHashSet<String>,
    mode: Option<Mode>,
    rows: Vec<Row>,
    cursor: usize,
    /// The first row that is shown.
    pub top: usize,
}

impl Tree {
    /// Takes in a new analysis, and the tree that was made of it. What was open stays open, and the cursor stays on its row where that still
    /// exists.
    pub fn take(&mut self, analysis: &Analysis, forest: Arc<Forest>) {
        let is_first = self.forest.nodes.is_empty();
        self.forest = forest;
        if is_first {
            self.open_first();
        }
        self.lay(analysis);
    }

    /// Opens from the root while there is only one way to go.
    fn open_first(&mut self) {
        let forest = Arc::clone(&self.forest);
        let mut level = forest.roots.clone();
        // The environment and the standard library stay closed: one looks for one's own first.
        level.retain(|&root| !matches!(forest.nodes[root].thing, Thing::Heading));
        while let [only] = level.as_slice() {
            self.open.insert(forest.nodes[*only].key.clone());
            let only = *only;
            level.clone_from(&forest.nodes[only].children);
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
        self.reveal_thing(analysis, &|thing| *thing == Thing::Class(class));
    }

    /// The same for a module, by its dotted name.
    pub fn reveal_module(&mut self, analysis: &Analysis, module: &str) {
        let is_it = |thing: &Thing| matches!(thing, Thing::Module { name, .. } if name == module);
        self.reveal_thing(analysis, &is_it);
    }

    fn reveal_thing(&mut self, analysis: &Analysis, is_it: &dyn Fn(&Thing) -> bool) {
        if self.mode() == &Mode::Modules {
            let mut way = vec![];
            if !self
                .forest
                .roots
                .iter()
                .any(|&root| self.way_to(root, is_it, &mut way))
            {
                return;
            }
            let before = self.open.len();
            for &node in &way {
                self.open.insert(self.forest.nodes[node].key.clone());
            }
            if self.open.len() != before {
                self.lay(analysis);
            }
        }
        let here = self.rows.iter().position(|row| is_it(&row.thing));
        if let Some(row) = here {
            self.cursor = row;
        }
    }

    /// Finds the nodes above something.
    fn way_to(&self, node: usize, is_it: &dyn Fn(&Thing) -> bool, way: &mut Vec<usize>) -> bool {
        if is_it(&self.forest.nodes[node].thing) {
            return true;
        }
        way.push(node);
        let found = self.forest.nodes[node]
            .children
            .iter()
            .any(|&child| self.way_to(child, is_it, way));
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
                for &root in &self.forest.roots {
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
        let node = &self.forest.nodes[node];
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
            raising: if open { 0 } else { node.raising },
            apart: String::new(),
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
