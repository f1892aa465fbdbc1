//! Classes that calls make, of which a framework keeps those that derive from its own: `Comment = type("Comment", (models.Model,), {…})`, also
//! where a function returns it.

use std::rc::Rc;

use crate::plugins::files::modules::File;
use crate::plugins::frameworks::Derived;
use crate::plugins::names::follow::{Defined, Scope, Thing, What};
use crate::plugins::rows::applied::{Applying, row};
use crate::plugins::rows::matching::Row;
use crate::semantics::{Leads, NamedSort, Registered};
use crate::syntax::{Expr, ExprKind, StmtKind};

/// A class that a call makes.
struct Made {
    name: String,
    /// Its path, as its `__module__` and `__qualname__` have it.
    path: String,
    /// The label that it says.
    label: Option<String>,
}

impl Applying<'_, '_> {
    /// The rows of classes that calls at the top of a module make and bind to names.
    pub(super) fn made_by_calls(
        &self,
        rule: &Derived,
        file: &Rc<File>,
        around: Option<&str>,
        rows: &mut Vec<Row>,
    ) {
        let scope = Scope::of(file);
        for stmt in &file.syntax.body {
            let StmtKind::Assign(targets, value) = &stmt.kind else {
                continue;
            };
            let (
                ExprKind::Call(call),
                [
                    Expr {
                        kind: ExprKind::Name(_),
                        ..
                    },
                ],
            ) = (&value.kind, &**targets)
            else {
                continue;
            };
            // What is asked of each has to be cheap: what a library's own functions give is none.
            let is_near = match &call.function.kind {
                ExprKind::Name(name) if name == "type" => call.arguments.len() == 3,
                ExprKind::Name(_) => matches!(
                    self.follow.expr(&call.function, &scope),
                    Thing::Defined(it) if matches!(it.what, What::Function(_))
                        && it.file.as_ref().is_some_and(|it| it.is_project || it.name == file.name)
                ),
                _ => false,
            };
            if !is_near {
                continue;
            }
            let made = match self.follow.settled(value, &scope) {
                Thing::Value(of, made) => self.of_type(rule, &made, &of),
                Thing::Defined(class) if class.path.contains("<locals>") => {
                    let mut bases = rule.bases.iter();
                    let is_below = bases.any(|it| self.follow.is_a_class(&class, it));
                    let name = class.path.rsplit('.').next().unwrap_or_default().to_owned();
                    is_below.then(|| Made {
                        name,
                        path: class.path.clone(),
                        label: None,
                    })
                }
                _ => None,
            };
            let Some(made) = made else { continue };
            let Some(label) = made.label.as_deref().or(around) else {
                continue;
            };
            let class = Defined {
                path: made.path.clone(),
                what: What::Name,
                file: None,
            };
            let leads = Leads::Named {
                sort: NamedSort::Class,
                path: made.path,
                at: None,
            };
            let mut registered = Registered::new(Some(format!("{label}.{}", made.name)), leads);
            registered.at = Some(file.spot(stmt.start, stmt.end));
            registered.distribution = self.follow.modules.distribution(file);
            registered.by = file.name.to_string();
            let mut row = row(registered);
            row.defined = Some(Rc::new(class));
            rows.push(row);
        }
    }

    /// What `type(name, bases, namespace)` makes, where one of the bases is a framework's or derives from one.
    fn of_type(&self, rule: &Derived, made: &Expr, scope: &Scope) -> Option<Made> {
        let ExprKind::Call(call) = &made.kind else {
            return None;
        };
        let is_type = matches!(&call.function.kind, ExprKind::Name(it) if it == "type");
        let [name, bases, namespace] = &*call.arguments else {
            return None;
        };
        let bases = self.follow.items(bases, scope).filter(|_| is_type)?;
        let is_below = bases
            .iter()
            .any(|(scope, base)| match self.follow.expr(base, scope) {
                Thing::Defined(it) => rule
                    .bases
                    .iter()
                    .any(|base| self.follow.is_a(&it.path, base)),
                _ => false,
            });
        if !is_below {
            return None;
        }
        let name = self.follow.text(name, scope)?.to_string();
        let namespace = self.follow.settled(namespace, scope);
        let said = |key: &str| self.follow.entry(&namespace, key);
        let meta = said(&rule.within);
        let label = meta.and_then(|it| {
            let label = self.follow.attribute(&it, &rule.label);
            self.follow.text_of(&self.follow.settle(label, scope))
        });
        let module = said("__module__").and_then(|it| self.follow.text_of(&it));
        let module = module.map_or_else(|| scope.file.name.to_string(), |it| it.to_string());
        Some(Made {
            path: format!("{module}:{name}"),
            name,
            label: label.map(|it| it.to_string()),
        })
    }
}
