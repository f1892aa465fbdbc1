//! The class graph: who derives from whom.

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Bfs, EdgeRef};

use crate::semantics::{ClassId, Classes, Outcome};

/// Classes and the edges from each base to what derives from it directly; an edge's weight is the base's position.
#[derive(Debug, Default)]
pub struct Hierarchy {
    graph: DiGraph<ClassId, u32>,
}

impl Hierarchy {
    /// Draws the graph of the classes that are there. One whose bases are not all known hangs below those that are.
    pub fn new(classes: &Classes, is_there: impl Fn(ClassId) -> bool) -> Self {
        let mut graph = DiGraph::with_capacity(classes.len(), classes.len());
        for id in classes.ids() {
            graph.add_node(id);
        }
        for id in classes.ids().filter(|&id| is_there(id)) {
            let bases = match &classes.get(id).outcome {
                Outcome::Created(made) => made.bases.as_slice(),
                Outcome::Unknown { known, .. } => known.get(1..2).unwrap_or_default(),
                Outcome::Raises(_) => &[],
            };
            for (position, base) in bases.iter().enumerate() {
                graph.add_edge(node(*base), node(id), position as u32);
            }
        }
        Self { graph }
    }

    /// The classes that name `class` among their bases, in order of creation.
    pub fn subclasses(&self, class: ClassId) -> impl Iterator<Item = ClassId> {
        let mut direct: Vec<ClassId> = self
            .graph
            .edges(node(class))
            .map(|edge| self.graph[edge.target()])
            .collect();
        direct.sort_unstable();
        direct.into_iter()
    }

    /// All classes below `class`, each once, in order of creation.
    pub fn descendants(&self, class: ClassId) -> Vec<ClassId> {
        let mut below = vec![];
        let mut walk = Bfs::new(&self.graph, node(class));
        while let Some(next) = walk.next(&self.graph) {
            if next != node(class) {
                below.push(self.graph[next]);
            }
        }
        below.sort_unstable();
        below
    }
}

fn node(class: ClassId) -> NodeIndex {
    NodeIndex::new(class.0 as usize)
}
