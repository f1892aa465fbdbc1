//! Decorators that a program's own functions give: `def shell(name=None, **attrs): attrs.setdefault("cls", Shell); return click.command(name, **attrs)`.

use std::sync::Arc;

use crate::Name;
use crate::plugins::names::calls::keyword;
use crate::plugins::names::follow::{DEEPEST, Follow, Scope, Thing, What};
use crate::syntax::{Block, Call, Expr, ExprKind, Literal, StmtKind};

impl Follow<'_> {
    /// The class of what a decorator makes of a function, as far as the data says so, and the call that makes it with where that stands:
    /// the decorator itself, or the call that a function returns which gives the decorator.
    pub(super) fn made_by_decorator(
        &self,
        decorator: &Expr,
        scope: &Scope,
    ) -> Option<(String, Scope, Arc<Expr>)> {
        let function = match &decorator.kind {
            ExprKind::Call(call) => &call.function,
            _ => decorator,
        };
        let maker = self.expr(function, scope);
        if let Some(class) = self.makes_of(&maker, decorator, scope) {
            return Some((class, scope.clone(), Arc::new(decorator.clone())));
        }
        self.made_by_factory(&maker, decorator, scope)
    }

    /// The same of a function that returns such a decorator, in every case the same one.
    fn made_by_factory(
        &self,
        maker: &Thing,
        decorator: &Expr,
        scope: &Scope,
    ) -> Option<(String, Scope, Arc<Expr>)> {
        let (Thing::Defined(function), ExprKind::Call(call)) = (maker, &decorator.kind) else {
            return None;
        };
        let (What::Function(def), Some(file)) = (&function.what, &function.file) else {
            return None;
        };
        if def.summary.is_generator || self.depth.get() >= DEEPEST / 2 {
            return None;
        }
        let text = file.text.get(def.start as usize..def.end as usize)?;
        let last = |it: &'_ String| it.rsplit([':', '.']).next().map(ToOwned::to_owned);
        let decorators = self.makes.iter().filter(|it| !it.class.is_empty());
        let mut names = decorators.flat_map(|it| it.call.iter().chain(&it.method));
        if !names.any(|it| last(it).is_some_and(|it| text.contains(&it))) {
            return None;
        }
        let (body, inner) = self.entered(function, None, Some((call, scope)), false)?;
        let values = self.returned_values(&body, &inner);
        let [(value, inner)] = &values[..] else {
            return None;
        };
        let ExprKind::Call(given) = &value.kind else {
            return None;
        };
        let maker = self.expr(&given.function, inner);
        let Some(class) = self.makes_of(&maker, value, inner) else {
            return self.made_by_factory(&maker, value, inner);
        };
        let words = self.makes.iter().map(|it| it.class.as_str());
        let named = words
            .filter(|it| !it.is_empty())
            .find_map(|it| self.handed_class(it, given, (&body, inner)));
        let class = match named {
            Some(Thing::Defined(it)) if self.is_known_class(&it.path) => it.path.clone(),
            _ => class,
        };
        Some((class, inner.clone(), Arc::new(value.clone())))
    }

    /// What a call has under a keyword that it does not name itself, but unpacks.
    fn handed_class(
        &self,
        word: &str,
        call: &Call,
        (body, scope): (&Block, &Scope),
    ) -> Option<Thing> {
        let mut open = call.keywords.iter().filter(|it| it.0.is_none());
        let (ExprKind::Name(rest), None) = (&open.next()?.1.kind, open.next()) else {
            return None;
        };
        let spread = self.spread(call, scope);
        let given = spread
            .as_ref()
            .and_then(|(call, scope)| Some(self.expr(keyword(call, word)?, scope)));
        let put = body.iter().filter_map(|it| put_under(&it.kind, rest, word));
        let mut found = given;
        for (value, is_usual) in put {
            if found.is_none() || !is_usual {
                found = Some(self.expr(value, scope));
            }
        }
        found
    }

    /// Whether a class is one that the data knows decorators make instances of, or derives from one.
    fn is_known_class(&self, path: &str) -> bool {
        let mut bases = self.makes.iter().map(|it| &it.is);
        bases.any(|it| self.is_a(path, it))
    }
}

/// What a statement puts into a mapping under a key, and whether only where nothing stands there.
fn put_under<'s>(stmt: &'s StmtKind, mapping: &Name, word: &str) -> Option<(&'s Expr, bool)> {
    let is_mapping = |it: &Expr| matches!(&it.kind, ExprKind::Name(name) if name == mapping);
    let is_word =
        |it: &Expr| matches!(&it.kind, ExprKind::Literal(Literal::Str(text)) if **text == *word);
    match stmt {
        StmtKind::Expr(expr) => {
            let ExprKind::Call(call) = &expr.kind else {
                return None;
            };
            let ExprKind::Attribute(of, name) = &call.function.kind else {
                return None;
            };
            match (&call.arguments[..], name.as_str()) {
                ([key, value], "setdefault") if is_mapping(of) && is_word(key) => {
                    Some((value, true))
                }
                ([], "update") if is_mapping(of) => Some((keyword(call, word)?, false)),
                _ => None,
            }
        }
        StmtKind::Assign(targets, value) => {
            let is_it = |it: &Expr| match &it.kind {
                ExprKind::Subscript(parts) => is_mapping(&parts.0) && is_word(&parts.1),
                _ => false,
            };
            targets.iter().any(is_it).then_some((&**value, false))
        }
        _ => None,
    }
}
