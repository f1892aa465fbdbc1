//! What a method imports that a framework calls once all is loaded, and whether it comes to that.
//!
//! ```python
//! class ShopConfig(AppConfig):
//!     def ready(self):
//!         from . import receivers
//!         if settings.AUDIT:
//!             import shop.audit
//!         for job in ("mail", "cleanup"):
//!             importlib.import_module(f"shop.jobs.{job}")
//!         autodiscover_modules("suppliers")
//! ```

use std::rc::Rc;

use crate::Name;
use crate::plugins::files::modules::{File, top};
use crate::plugins::names::calls::keyword;
use crate::plugins::names::calls::{instance_of, round};
use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What, absolute};
use crate::plugins::names::named::EACH;
use crate::plugins::names::written::is_path;
use crate::syntax::{Block, Call, Expr, ExprKind, StmtKind, for_parts};

/// Whether an import is come to; the condition stands at an offset of the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Comes {
    /// It is.
    Surely,
    /// That hangs on a condition.
    Perhaps(u32),
    /// The condition does not hold.
    Never(u32),
}

/// What a method imports.
#[derive(Default)]
pub(super) struct Imports {
    /// The modules, each with whether it comes to that, and the file that says so.
    pub(super) modules: Vec<(Name, Comes, Rc<File>)>,
    /// Names that are looked for in every package that is loaded.
    pub(super) looked_for: Vec<(Name, Comes, Rc<File>)>,
}

/// What a method of a class imports, or one that it inherits: by statements, by calls that name a module, and by functions of the project that
/// it calls; `discovers` are functions that look for a module in every package.
pub(super) fn imports_of(
    follow: &Follow<'_>,
    class: &Rc<Defined>,
    method: &str,
    discovers: &[String],
) -> Imports {
    let mut within = Within {
        follow,
        around: top_module(&class.path),
        discovers,
        found: Imports::default(),
        entered: vec![],
    };
    let receiver = instance_of(&class.path);
    if let Thing::Defined(function) = follow.attribute(&Thing::Defined(class.clone()), method) {
        // Which packages there are is not known yet.
        let was_each = follow.facts.is_each.replace(true);
        within.enter(&function, Some(receiver), None, Comes::Surely);
        follow.facts.is_each.set(was_each);
    }
    within.found
}

/// How many calls are entered in one another.
const DEEPEST: usize = 4;

struct Within<'a, 'f> {
    follow: &'f Follow<'a>,
    /// The module of the class.
    around: Name,
    discovers: &'f [String],
    found: Imports,
    /// The functions that are entered now.
    entered: Vec<String>,
}

impl Within<'_, '_> {
    fn enter(
        &mut self,
        function: &Rc<Defined>,
        receiver: Option<Thing>,
        from: Option<(&Call, &Scope)>,
        comes: Comes,
    ) {
        if self.entered.contains(&function.path) {
            return;
        }
        if self.entered.len() >= DEEPEST {
            let path = &function.path;
            self.follow.leave_out(|| {
                format!("too many calls in one another: what `{path}` does is left out")
            });
            return;
        }
        if let Some((body, scope)) = self.follow.entered(function, receiver, from, true) {
            self.entered.push(function.path.clone());
            self.block(&body, &scope, comes);
            self.entered.pop();
        }
    }

    fn block(&mut self, block: &Block, scope: &Scope, comes: Comes) {
        let file = &scope.file;
        for stmt in block {
            match &stmt.kind {
                StmtKind::Import(names) => {
                    let names = names
                        .iter()
                        .map(|it| (it.name.clone(), comes, file.clone()));
                    self.found.modules.extend(names);
                }
                StmtKind::ImportFrom(import) => {
                    if let Some(module) = absolute(file, import.level, &import.module) {
                        let inside = import.names.iter();
                        let inside = inside.map(|it| Name::from(format!("{module}.{}", it.name)));
                        self.found
                            .modules
                            .extend(inside.map(|it| (it, comes, file.clone())));
                        self.found.modules.push((module, comes, file.clone()));
                    }
                }
                StmtKind::Expr(value) | StmtKind::Assign(_, value) => {
                    self.calls(value, scope, comes);
                }
                StmtKind::If(branches) => {
                    let at = stmt.start;
                    let mut now = comes;
                    for (test, block) in branches {
                        let truth = match test {
                            Some(test) => self.follow.decide(test, scope),
                            None => Some(true),
                        };
                        let inner = match truth {
                            Some(false) if comes == Comes::Surely => Comes::Never(at),
                            None if now == Comes::Surely => Comes::Perhaps(at),
                            _ => now,
                        };
                        self.block(block, scope, inner);
                        now = match truth {
                            Some(true) if now == Comes::Surely => Comes::Never(at),
                            None if now == Comes::Surely => Comes::Perhaps(at),
                            _ => now,
                        };
                    }
                }
                StmtKind::For {
                    target, iter, body, ..
                } if let Some(rounds) = self.follow.rounds(target, iter, scope) => {
                    for given in rounds {
                        self.block(body, &round(scope, given), comes);
                    }
                }
                kind => {
                    kind.blocks(&mut |block| self.block(block, scope, comes));
                }
            }
        }
    }

    /// The calls of an expression that import something.
    fn calls(&mut self, expr: &Expr, scope: &Scope, comes: Comes) {
        if let ExprKind::Call(call) = &expr.kind {
            self.call(call, scope, comes);
        }
        if !matches!(expr.kind, ExprKind::Lambda(_)) {
            let mut parts = vec![];
            for_parts(expr, &mut |part| parts.push(part));
            for part in parts {
                self.calls(part, scope, comes);
            }
        }
    }

    fn call(&mut self, call: &Call, scope: &Scope, comes: Comes) {
        let callee = self.follow.expr(&call.function, scope);
        let text = |it: &Expr| self.follow.text(it, scope);
        if is_path(&callee, "importlib:import_module") {
            let given = call.arguments.first().or_else(|| keyword(call, "name"));
            let package = call.arguments.get(1);
            let package = package.or_else(|| keyword(call, "package"));
            if let Some(name) = given.and_then(text)
                && let Some(module) = whole(&name, package.and_then(text).as_deref())
            {
                if let Some(name) = module
                    .strip_prefix(EACH)
                    .and_then(|it| it.strip_prefix('.'))
                {
                    let name = Name::from(name);
                    self.found
                        .looked_for
                        .push((name, comes, scope.file.clone()));
                    return;
                }
                self.found.modules.push((module, comes, scope.file.clone()));
            }
            return;
        }
        if let Some(Thing::Defined(given)) = self.follow.given_by_path(call, scope) {
            let module = top_module(&given.path);
            self.found.modules.push((module, comes, scope.file.clone()));
            return;
        }
        if self.discovers.iter().any(|it| is_path(&callee, it)) {
            let names = call.arguments.iter().filter_map(text);
            let names: Vec<_> = names
                .map(|it| (Name::from(&*it), comes, scope.file.clone()))
                .collect();
            self.found.looked_for.extend(names);
            return;
        }
        let (function, receiver) = match &callee {
            Thing::Defined(it) => (it.clone(), None),
            Thing::Instance(it) => match self.follow.method_of(it) {
                Some(found) => found,
                None => return,
            },
            _ => return,
        };
        // What the package of the hook itself does, or the project.
        let is_beside = |file: &Rc<File>| top(&file.name) == top(&self.around);
        let is_own = function
            .file
            .as_ref()
            .is_some_and(|it| it.is_project || is_beside(it));
        if is_own && matches!(function.what, What::Function(_)) {
            self.enter(&function, receiver, Some((call, scope)), comes);
        }
    }
}

/// The module of a path.
fn top_module(path: &str) -> Name {
    Name::from(path.split(':').next().unwrap_or(path))
}

/// The name of a module, where dots before it stand for the package around it (`importlib.import_module`).
fn whole(name: &str, package: Option<&str>) -> Option<Name> {
    let rest = name.trim_start_matches('.');
    let dots = name.len() - rest.len();
    if dots == 0 {
        return Some(Name::from(name));
    }
    let mut around = package?;
    for _ in 1..dots {
        around = around.rsplit_once('.')?.0;
    }
    Some(Name::from(format!("{around}.{rest}")))
}
