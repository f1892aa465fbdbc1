//! What a row says that something leads to: a definition, an object, the text of an expression.

use crate::plugins::names::follow::{Defined, Scope, Thing, What};
use crate::plugins::rows::matching::Matching;
use crate::semantics::{ClassPath, Leads, NamedSort};
use crate::syntax::{Expr, ExprKind};

impl Matching<'_, '_> {
    /// What a row says of a thing.
    pub(in crate::plugins) fn leads(&self, thing: &Thing, shown: &str) -> Leads {
        let named = |sort, it: &Defined| Leads::Named {
            sort,
            path: it.path.clone(),
            at: it.spot(),
        };
        match thing {
            Thing::Defined(it) => match &it.what {
                What::Class(_) => {
                    let analysis = self.follow.modules.ground.analysis;
                    let path = it.path.split_once(':');
                    let path = path.map(|(module, name)| ClassPath::new(module, name));
                    let id = path.and_then(|path| analysis.by_path(&path).last().copied());
                    id.map_or_else(|| named(NamedSort::Class, it), Leads::Class)
                }
                What::Function(_) => named(NamedSort::Function, it),
                What::Name => named(NamedSort::Object, it),
            },
            Thing::Module(name) => Leads::Named {
                sort: NamedSort::Module,
                path: name.to_string(),
                at: self.follow.modules.source(name).map(|it| it.spot(0, 0)),
            },
            Thing::Instance(it) => match &it.of {
                Some(of) => named(NamedSort::Function, of),
                None if it.object.is_empty() || it.object == it.class => {
                    // What is called goes by another name than the class: `role(color)`.
                    let name = it.class.rsplit([':', '.']).next().unwrap_or(&it.class);
                    let text = match shown.split_once('(') {
                        Some((_, rest)) if it.attributes.is_empty() => format!("{name}({rest}"),
                        // `register(self, "name")`
                        None if it.attributes.is_empty() && shown == "self" => {
                            format!("{name}(…)")
                        }
                        _ => shown.to_owned(),
                    };
                    Leads::Text(text)
                }
                None => Leads::Named {
                    sort: NamedSort::Object,
                    path: match it.attributes.as_str() {
                        "" => it.object.clone(),
                        attributes => format!("{}.{attributes}", it.object),
                    },
                    at: None,
                },
            },
            Thing::Value(scope, value) if matches!(value.kind, ExprKind::Lambda(_)) => {
                Leads::Named {
                    sort: NamedSort::Function,
                    path: format!("{}:{}", scope.file.name, scope.qualname("<lambda>")),
                    at: Some(scope.file.spot(value.start, value.end)),
                }
            }
            Thing::Value(scope, value) => match self.made_class(value, scope) {
                Some(path) => Leads::Named {
                    sort: NamedSort::Class,
                    path,
                    at: Some(scope.file.spot(value.start, value.end)),
                },
                None => Leads::Text(shown.to_owned()),
            },
            _ => Leads::Text(shown.to_owned()),
        }
    }

    /// The path of a class that a call makes where its name is known: `type(f"{name}Badge", (Badge,), {…})`.
    fn made_class(&self, value: &Expr, scope: &Scope) -> Option<String> {
        let ExprKind::Call(call) = &value.kind else {
            return None;
        };
        let [name, _, _] = &*call.arguments else {
            return None;
        };
        let is_it = matches!(&call.function.kind, ExprKind::Name(it) if it == "type");
        let name = is_it.then(|| self.follow.text(name, scope))??;
        Some(format!("{}:{name}", scope.file.name))
    }
}

/// How much of an expression is shown.
const LONGEST: usize = 120;

/// How an expression is written.
pub(super) fn text_of<'s>(expr: &Expr, scope: &'s Scope) -> &'s str {
    let text = scope.file.text.get(expr.start as usize..expr.end as usize);
    text.unwrap_or_default()
}

/// What a variable of a loop, or a parameter, stands for, as that is written: its own name says nothing.
pub(super) fn stands_for(expr: &Expr, thing: &Thing, scope: &Scope) -> Option<String> {
    let ExprKind::Name(name) = &expr.kind else {
        return None;
    };
    let mut frames = scope.frames.iter();
    // The receiver of a method is one object whatever made it.
    if name == "self" || !frames.any(|it| it.given.contains_key(name)) {
        return None;
    }
    let (scope, made) = match thing {
        Thing::Value(scope, value) => (scope, value),
        Thing::Instance(it) if it.attributes.is_empty() => {
            let (scope, call) = it.call.as_ref()?;
            (scope, call)
        }
        _ => return None,
    };
    Some(one_line(made, scope)).filter(|it| !it.is_empty())
}

/// How an expression is written, in one line that is not too long.
pub(super) fn one_line(expr: &Expr, scope: &Scope) -> String {
    let words: Vec<&str> = text_of(expr, scope).split_whitespace().collect();
    let whole = words.join(" ");
    let short: String = whole.chars().take(LONGEST).collect();
    if short.len() < whole.len() {
        return format!("{short}…");
    }
    short
}
