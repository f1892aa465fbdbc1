//! A list that statements of a module make bit by bit, some of them under conditions: what is in it for certain, and what perhaps.
//!
//! ```python
//! extensions = ["sphinx.ext.autodoc"]
//! if shutil.which("dot"):                      # not known: perhaps
//!     extensions.append("sphinx.ext.graphviz")
//! ```

use std::rc::Rc;

use crate::Name;
use crate::plugins::files::bound::tried;
use crate::plugins::files::modules::File;
use crate::plugins::names::calls::round;
use crate::plugins::names::follow::{Follow, Scope, Thing};
use crate::syntax::{BinaryOp, Block, Call, Expr, ExprKind, StmtKind};

/// How deep blocks and expressions are looked into.
const DEEPEST: u32 = 20;

/// How many items are gathered.
const MOST: usize = 2_000;

/// An item of such a list.
pub(in crate::plugins) struct Item {
    /// The expression.
    pub(in crate::plugins) expr: Expr,
    /// Where it stands.
    pub(in crate::plugins) scope: Scope,
    /// The condition on which it hangs: the file it stands in, and its offset.
    pub(in crate::plugins) perhaps: Option<(Rc<File>, u32)>,
}

/// What is known of the list.
#[derive(Default)]
pub(in crate::plugins) struct Grown {
    /// Its items, in order.
    pub(in crate::plugins) items: Vec<Item>,
    /// Whether nothing else can be in it.
    pub(in crate::plugins) is_whole: bool,
}

/// Where one is while statements are gone through.
struct Growing<'a, 'f> {
    follow: &'f Follow<'a>,
    name: &'f str,
    scope: Scope,
    found: Grown,
    depth: u32,
}

impl Follow<'_> {
    /// The list that the statements of a module bind a name to.
    pub(in crate::plugins) fn grown(&self, name: &str, file: &Rc<File>) -> Grown {
        let mut growing = Growing {
            follow: self,
            name,
            scope: Scope::of(file),
            found: Grown {
                items: vec![],
                is_whole: true,
            },
            depth: 0,
        };
        growing.block(&file.syntax.body, None);
        growing.found
    }

    /// Whether a text is in a list that the statements of a module make bit by bit, of settings too; none where that hangs on a condition.
    pub(super) fn grown_contains(&self, text: &str, list: &Expr, scope: &Scope) -> Option<bool> {
        let (file, name) = self
            .kept_list(list, scope)
            .or_else(|| self.variable(list, scope))?;
        if !file.table.has(&name) {
            return None;
        }
        let key = format!("{}:{name}", file.name);
        if !self.facts.begin_growing(&key) {
            return None;
        }
        let grown = self.grown(&name, &file);
        let mut is_perhaps = false;
        let mut is_there = false;
        let mut is_whole = grown.is_whole;
        for item in &grown.items {
            match self.text(&item.expr, &item.scope) {
                Some(it) if *it == *text && item.perhaps.is_none() => is_there = true,
                Some(it) if *it == *text => is_perhaps = true,
                Some(_) => {}
                None => is_whole = false,
            }
        }
        self.facts.end_growing(&key);
        if is_there {
            return Some(true);
        }
        (is_whole && !is_perhaps && !grown.items.is_empty()).then_some(false)
    }

    /// The file that sets a list of settings, and its name there.
    fn kept_list(&self, list: &Expr, scope: &Scope) -> Option<(Rc<File>, Name)> {
        let ExprKind::Attribute(of, name) = &list.kind else {
            return None;
        };
        match self.expr(of, scope) {
            Thing::Instance(of) => Some((self.settings_file(&of)?, name.clone())),
            _ => None,
        }
    }
}

impl Growing<'_, '_> {
    fn block(&mut self, block: &Block, perhaps: Option<u32>) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.found.is_whole = false;
        } else {
            for stmt in block {
                self.statement(&stmt.kind, stmt.start, perhaps);
            }
        }
        self.depth -= 1;
    }

    fn is_it(&self, expr: &Expr) -> bool {
        matches!(&expr.kind, ExprKind::Name(name) if name == self.name)
    }

    fn statement(&mut self, stmt: &StmtKind, start: u32, perhaps: Option<u32>) {
        match stmt {
            StmtKind::Assign(targets, value) if targets.iter().any(|it| self.is_it(it)) => {
                self.bind(value, perhaps);
            }
            StmtKind::Annotate(target, _, Some(value)) if self.is_it(target) => {
                self.bind(value, perhaps);
            }
            StmtKind::Augment(target, BinaryOp::Add, value) if self.is_it(target) => {
                self.add(value, perhaps);
            }
            StmtKind::Augment(target, ..) if self.is_it(target) => self.found.is_whole = false,
            StmtKind::Expr(expr) => {
                if let ExprKind::Call(call) = &expr.kind
                    && let ExprKind::Attribute(of, method) = &call.function.kind
                    && self.is_it(of)
                {
                    self.method(method, call, perhaps);
                }
            }
            StmtKind::ImportFrom(import) => {
                for one in &import.names {
                    if one.alias.as_ref().unwrap_or(&one.name) == self.name {
                        let expr = Expr {
                            kind: ExprKind::Name(self.name.into()),
                            start,
                            end: start,
                        };
                        self.bind(&expr, perhaps);
                    }
                }
            }
            StmtKind::If(branches) => {
                let mut under = perhaps;
                for (test, block) in branches {
                    let truth = match test {
                        Some(test) => self.follow.decide(test, &self.scope),
                        None => Some(true),
                    };
                    match truth {
                        Some(false) => {}
                        Some(true) => {
                            self.block(block, under);
                            break;
                        }
                        None => {
                            under = under.or(Some(start));
                            self.block(block, under);
                        }
                    }
                }
            }
            StmtKind::Try(it) => {
                let succeeds = self.follow.imports_succeed(&tried(&it.body));
                let under = match succeeds {
                    Some(_) => perhaps,
                    None => perhaps.or(Some(start)),
                };
                if succeeds != Some(false) {
                    self.block(&it.body, under);
                    self.block(&it.orelse, under);
                }
                if succeeds != Some(true) {
                    it.handlers
                        .iter()
                        .for_each(|it| self.block(&it.body, under));
                }
                self.block(&it.finally, perhaps);
            }
            StmtKind::With(_, block, _) => self.block(block, perhaps),
            StmtKind::Function(_) | StmtKind::Class(_) => {}
            StmtKind::For {
                target, iter, body, ..
            } => {
                let around = self.scope.clone();
                // How often is not known: perhaps once.
                let Some(rounds) = self.follow.rounds(target, iter, &around) else {
                    self.block(body, perhaps.or(Some(start)));
                    return;
                };
                for given in rounds.into_iter().take(MOST) {
                    self.scope = round(&around, given);
                    self.block(body, perhaps);
                }
                self.scope = around;
            }
            other => {
                // A loop that adds to it: how often is not known.
                other.blocks(&mut |block| self.block(block, perhaps.or(Some(start))));
            }
        }
    }

    /// The name is bound anew: what was there before is gone, where this is come by.
    fn bind(&mut self, value: &Expr, perhaps: Option<u32>) {
        let before = std::mem::take(&mut self.found.items);
        let was_whole = std::mem::replace(&mut self.found.is_whole, true);
        let keeps = contains(value, self.name);
        match perhaps {
            Some(at) => {
                let file = self.scope.file.clone();
                let mut before = before;
                for item in before
                    .iter_mut()
                    .filter(|it| !keeps && it.perhaps.is_none())
                {
                    item.perhaps = Some((file.clone(), at));
                }
                self.found.items = before;
                self.found.is_whole = was_whole;
            }
            None if keeps => {
                // `names = names + [x]`, `names = [x, *names]`: the order is the list's own matter.
                self.found.items = before;
                self.found.is_whole = was_whole;
            }
            None => {}
        }
        self.add(value, perhaps);
    }

    fn method(&mut self, method: &str, call: &Call, perhaps: Option<u32>) {
        match (method, &*call.arguments) {
            ("append", [item]) | ("insert", [_, item]) => self.item(item, perhaps),
            ("extend", [more]) => self.add(more, perhaps),
            ("sort" | "reverse" | "copy" | "index" | "count", _) => {}
            _ => self.found.is_whole = false,
        }
    }

    fn item(&mut self, item: &Expr, perhaps: Option<u32>) {
        let scope = self.scope.clone();
        self.put(item.clone(), scope, perhaps);
    }

    fn put(&mut self, expr: Expr, scope: Scope, perhaps: Option<u32>) {
        if self.found.items.len() >= MOST {
            self.found.is_whole = false;
            return;
        }
        let perhaps = perhaps.map(|at| (self.scope.file.clone(), at));
        self.found.items.push(Item {
            expr,
            scope,
            perhaps,
        });
    }

    /// Adds what an expression lists.
    fn add(&mut self, value: &Expr, perhaps: Option<u32>) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.found.is_whole = false;
        } else {
            self.add_within(value, perhaps);
        }
        self.depth -= 1;
    }

    fn add_within(&mut self, value: &Expr, perhaps: Option<u32>) {
        match &value.kind {
            ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
                for item in items {
                    match &item.kind {
                        ExprKind::Starred(inner) => self.add(inner, perhaps),
                        _ => self.item(item, perhaps),
                    }
                }
            }
            ExprKind::Binary(sum) if sum.1 == BinaryOp::Add => {
                self.add(&sum.0, perhaps);
                self.add(&sum.2, perhaps);
            }
            ExprKind::If(it) => {
                let (then, test, other) = (&it.1, &it.0, &it.2);
                match self.follow.decide(test, &self.scope) {
                    Some(true) => self.add(then, perhaps),
                    Some(false) => self.add(other, perhaps),
                    None => {
                        let under = perhaps.or(Some(test.start));
                        self.add(then, under);
                        self.add(other, under);
                    }
                }
            }
            ExprKind::Or(parts) | ExprKind::And(parts) => {
                let under = perhaps.or(Some(value.start));
                parts.iter().for_each(|it| self.add(it, under));
            }
            ExprKind::Name(name) if name == self.name && !self.found.items.is_empty() => {}
            ExprKind::Comprehension(it) => {
                let thing = self.follow.settled(value, &self.scope);
                if self.things(&thing, perhaps) {
                    return;
                }
                // Whatever its conditions leave of it.
                let is_itself = it.clauses.first().is_some_and(|clause| {
                    let (ExprKind::Name(name), ExprKind::Name(element)) =
                        (&clause.target.kind, &it.element.kind)
                    else {
                        return false;
                    };
                    name == element
                });
                match it.clauses.first().filter(|_| is_itself) {
                    Some(clause) => self.add(&clause.iter, perhaps.or(Some(value.start))),
                    None => self.found.is_whole = false,
                }
            }
            _ => {
                let thing = self.follow.settled(value, &self.scope);
                if !self.things(&thing, perhaps) {
                    self.found.is_whole = false;
                }
            }
        }
    }

    /// Adds what something that is known lists.
    fn things(&mut self, of: &Thing, perhaps: Option<u32>) -> bool {
        let Some(things) = self.follow.each(of) else {
            return false;
        };
        for thing in things {
            match thing {
                Thing::Value(scope, expr) => self.put((*expr).clone(), scope, perhaps),
                _ => self.found.is_whole = false,
            }
        }
        true
    }
}

/// Whether a list's own name is added to in an expression.
fn contains(expr: &Expr, name: &str) -> bool {
    match &expr.kind {
        ExprKind::Name(it) => it == name,
        ExprKind::Starred(inner) => contains(inner, name),
        ExprKind::List(items) | ExprKind::Tuple(items) => items.iter().any(|it| contains(it, name)),
        ExprKind::Binary(sum) => contains(&sum.0, name) || contains(&sum.2, name),
        ExprKind::Call(call) => call.arguments.iter().any(|it| contains(it, name)),
        _ => false,
    }
}
