//! Import cycles: which module must be imported first, so that no import finds a module that is only half made.
//!
//! ```py
//! # pk/api.py:    from pk.tools import helper        # runs pk/__init__.py's rest, which wants `pk.api.Bulk`
//! # pk/views.py:  from pk.api import Bulk
//! ```
//!
//! The run imports modules in the order of their names. Where that meets such a place, the imports are played through by what the statements
//! of the modules say, and where an import of another module of the circle comes to its end, that one is imported first: the run begins anew.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::machine::import_order::Order;
use crate::evaluate::machine::world::World;
use crate::evaluate::modules::source_files::Sheets;
use crate::source::Located;
use crate::syntax::{Block, ImportFrom, ModuleSyntax, StmtKind, names_bound};

/// Imports in one another.
const MOST_DEEP: usize = 400;
/// Statements that are played through, all tries together.
const MOST_TURNS: usize = 2_000_000;

/// Returns an order in which each import of these modules comes to its end that can, as their files have it; none where that is no other than
/// the one that was given.
pub(super) fn better_order(world: &World, sheets: &Sheets, modules: &[Name]) -> Option<Order> {
    let mut play = Play {
        world,
        sheets,
        parsed: FxHashMap::default(),
        state: FxHashMap::default(),
        log: vec![],
        running: vec![],
        turns: 0,
    };
    let mut order = Order::default();
    for module in modules {
        play.log.clear();
        let Err(circle) = play.import(module) else {
            order.modules.push(module.clone());
            continue;
        };
        // Those that ask come later in the circle than those that are asked, and are the likelier beginnings.
        for first in &circle {
            play.undo();
            play.running.clear();
            if play.import(first).is_ok() && play.import(module).is_ok() {
                order.modules.push(first.clone());
                let owing = circle.iter().map(|it| (it.clone(), first.clone()));
                order.first.extend(owing);
                break;
            }
        }
        order.modules.push(module.clone());
    }
    (!order.first.is_empty() && play.turns < MOST_TURNS).then_some(order)
}

/// What a module has bound so far, and whether it is at its end.
#[derive(Debug, Default)]
struct Bound {
    names: FxHashSet<Name>,
    is_done: bool,
}

struct Play<'a> {
    world: &'a World,
    sheets: &'a Sheets,
    parsed: FxHashMap<Name, Option<Arc<ModuleSyntax>>>,
    /// `sys.modules`.
    state: FxHashMap<Name, Bound>,
    /// What has come to it since the import began that may have to be taken back: modules, and names of modules.
    log: Vec<(Name, Option<Name>)>,
    running: Vec<Name>,
    turns: usize,
}

/// The modules from the one that is half made to the one that asks it for what it does not have yet.
type Circle = Vec<Name>;

impl Play<'_> {
    fn import(&mut self, dotted: &Name) -> Result<(), Circle> {
        if self.state.contains_key(dotted) || self.running.len() > MOST_DEEP {
            return Ok(());
        }
        let parent = dotted
            .rsplit_once('.')
            .map(|(parent, _)| Name::from(parent));
        if let Some(parent) = &parent {
            self.import(parent)?;
            if self.state.contains_key(dotted) {
                return Ok(());
            }
        }
        let Some(syntax) = self.parsed(dotted) else {
            return Ok(());
        };
        self.state.insert(dotted.clone(), Bound::default());
        self.log.push((dotted.clone(), None));
        self.running.push(dotted.clone());
        let end = self.block(&syntax.body, dotted);
        self.running.pop();
        if end.is_err() {
            self.state.remove(dotted);
            return end;
        }
        if let Some(bound) = self.state.get_mut(dotted) {
            bound.is_done = true;
        }
        if let (Some(parent), Some((_, last))) = (&parent, dotted.rsplit_once('.')) {
            self.bind(parent, Name::from(last));
        }
        Ok(())
    }

    /// The statements of one of the project's modules; none of any other.
    fn parsed(&mut self, dotted: &Name) -> Option<Arc<ModuleSyntax>> {
        if let Some(known) = self.parsed.get(dotted) {
            return known.clone();
        }
        let located = self.world.own.module(dotted);
        let syntax = located
            .and_then(Located::source)
            .and_then(|path| self.sheets.parsed(path));
        self.parsed.insert(dotted.clone(), syntax.clone());
        syntax
    }

    fn bind(&mut self, module: &Name, name: Name) {
        if let Some(bound) = self.state.get_mut(module)
            && bound.names.insert(name.clone())
        {
            self.log.push((module.clone(), Some(name)));
        }
    }

    /// Takes back all that has come since the import began.
    fn undo(&mut self) {
        while let Some((module, name)) = self.log.pop() {
            match (name, self.state.get_mut(&module)) {
                (Some(name), Some(bound)) => {
                    bound.names.remove(&name);
                }
                (Some(_), None) => {}
                (None, _) => {
                    self.state.remove(&module);
                }
            }
        }
    }

    fn block(&mut self, block: &Block, module: &Name) -> Result<(), Circle> {
        for stmt in block {
            self.turns += 1;
            if self.turns >= MOST_TURNS {
                return Ok(());
            }
            match &stmt.kind {
                StmtKind::Import(imported) => {
                    for it in imported {
                        self.import(&it.name)?;
                        let top = it.name.split('.').next().unwrap_or_default();
                        let bound = it.alias.clone().unwrap_or_else(|| Name::from(top));
                        self.bind(module, bound);
                    }
                }
                StmtKind::ImportFrom(from) => self.import_from(from, module)?,
                // Somebody stands ready, or it is not for when the program runs.
                StmtKind::Try(it) => {
                    let _ = self.block(&it.body, module);
                    let mut names = vec![];
                    names_bound(block_of(stmt), &mut names);
                    for name in names.into_iter().cloned().collect::<Vec<_>>() {
                        self.bind(module, name);
                    }
                }
                StmtKind::If(branches) => {
                    for (test, body) in branches {
                        if !test
                            .as_ref()
                            .is_some_and(super::lazy_names::is_type_checking)
                        {
                            let _ = self.block(body, module);
                        }
                    }
                }
                StmtKind::With(_, body, _) => self.block(body, module)?,
                _ => {
                    let mut names = vec![];
                    names_bound(block_of(stmt), &mut names);
                    for name in names.into_iter().cloned().collect::<Vec<_>>() {
                        self.bind(module, name);
                    }
                }
            }
        }
        Ok(())
    }

    fn import_from(&mut self, from: &ImportFrom, module: &Name) -> Result<(), Circle> {
        let Some(source) = self.absolute(from, module) else {
            return Ok(());
        };
        self.import(&source)?;
        for it in &from.names {
            if it.name == "*" {
                continue;
            }
            let state = self.state.get(&source);
            let has = state.is_none_or(|it| it.is_done);
            let has = has || state.is_some_and(|bound| bound.names.contains(&it.name));
            if !has {
                let full = Name::from(format!("{source}.{}", it.name));
                let gives = Name::const_new("__getattr__");
                let is_lazy = state.is_some_and(|bound| bound.names.contains(&gives));
                if self.state.contains_key(&full) || self.world.own.located(&full).is_some() {
                    self.import(&full)?;
                } else if !is_lazy {
                    let at = self.running.iter().position(|it| *it == source);
                    let mut circle = self.running[at.unwrap_or(0)..].to_vec();
                    circle.reverse();
                    return Err(circle);
                }
            }
            let bound = it.alias.as_ref().unwrap_or(&it.name);
            self.bind(module, bound.clone());
        }
        Ok(())
    }

    /// The absolute name behind `from ..a import b`.
    fn absolute(&self, from: &ImportFrom, module: &Name) -> Option<Name> {
        if from.level == 0 {
            return Some(from.module.clone());
        }
        let is_package = matches!(self.world.own.module(module), Some(Located::Package { .. }));
        let mut package: &str = module;
        for _ in 0..from.level - u32::from(is_package) {
            package = package.rsplit_once('.')?.0;
        }
        Some(match from.module.as_str() {
            "" => Name::from(package),
            inside => Name::from(format!("{package}.{inside}")),
        })
    }
}

fn block_of(stmt: &crate::syntax::Stmt) -> &[crate::syntax::Stmt] {
    std::slice::from_ref(stmt)
}
