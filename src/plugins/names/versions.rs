//! Versions that can be compared: parts of tuples, named tuples that a class makes, and `packaging`'s versions of plain numbers.

use crate::plugins::files::bound::Bound;
use crate::plugins::names::decide::Constant;
use crate::plugins::names::follow::{Follow, Instance, Scope, Thing, What, is_same};
use crate::plugins::names::written::is_path;
use crate::syntax::{Call, Comprehension, Expr, ExprKind, Literal, StmtKind};

/// The least number of `start` and `end` of a slice without a step; none where they are not written out.
pub(super) fn part<T: Clone>(items: &[T], index: &Expr) -> Option<Vec<T>> {
    let ExprKind::Slice(slice) = &index.kind else {
        return None;
    };
    let (start, end, step) = (&slice.0, &slice.1, &slice.2);
    let number = |of: &Option<Expr>, usual: usize| match of {
        None => Some(usual),
        Some(Expr {
            kind: ExprKind::Literal(Literal::Int(it)),
            ..
        }) => usize::try_from(*it).ok(),
        Some(_) => None,
    };
    if step.is_some() {
        return None;
    }
    let end = number(end, items.len())?.min(items.len());
    let start = number(start, 0)?.min(end);
    Some(items[start..end].to_vec())
}

impl Follow<'_> {
    /// The items of an instance that is a tuple: of a class below a named tuple, made by a call that is written out.
    pub(super) fn tuple_of(&self, of: &Instance) -> Option<Vec<Thing>> {
        let (scope, made) = of.call.as_ref().filter(|_| of.attributes.is_empty())?;
        let ExprKind::Call(call) = &made.kind else {
            return None;
        };
        let (module, qualname) = of.class.split_once(':')?;
        let class = self.dotted(module, qualname);
        let Thing::Defined(it) = &class else {
            return None;
        };
        let (What::Class(def), Some(file)) = (&it.what, &it.file) else {
            return None;
        };
        let table = self.table(file, def.start, &def.body);
        let base = def.bases.first()?;
        let ExprKind::Call(fields) = &base.kind else {
            return None;
        };
        let of_file = crate::plugins::names::follow::Scope::of(file);
        if !is_path(
            &self.expr(&fields.function, &of_file),
            "collections:namedtuple",
        ) {
            return None;
        }
        if let [Bound::Function(_)] = &table.get("__new__")[..] {
            let Thing::Defined(new) = self.attribute(&class, "__new__") else {
                return None;
            };
            let (body, inner) = self.entered(&new, Some(class), Some((call, scope)), false)?;
            let StmtKind::Return(Some(value)) = &body.last()?.kind else {
                return None;
            };
            let ExprKind::Call(call) = &value.kind else {
                return None;
            };
            let (_, items) = call
                .arguments
                .split_first()
                .filter(|_| call.keywords.is_empty())?;
            return Some(items.iter().map(|it| self.settled(it, &inner)).collect());
        }
        if table.has("__new__") {
            return None;
        }
        let [_, names] = &*fields.arguments else {
            return None;
        };
        let text = self.text(names, &of_file)?;
        let names = text.split([' ', ',']).filter(|it| !it.is_empty());
        let items = names
            .enumerate()
            .map(|(at, name)| Some(self.settled(given(call, at, name)?, scope)));
        items.collect()
    }

    /// What calls make of a version that is a text: `tuple(map(int, pytest.__version__.split(".")[:2]))`.
    pub(super) fn constant_call(&self, expr: &Expr, scope: &Scope) -> Option<Constant> {
        let call = match &expr.kind {
            ExprKind::Call(call) => call,
            ExprKind::Attribute(of, name) if name == "__version__" => {
                let Thing::Module(module) = self.expr(of, scope) else {
                    return None;
                };
                if let Some(text) = self.text(expr, scope) {
                    return Some(Constant::Text(text));
                }
                // What it was installed as.
                let is_whole = !module.contains('.');
                let version = self.modules.version_of(&module).filter(|_| is_whole)?;
                return Some(Constant::Text(version.as_str().into()));
            }
            _ => return None,
        };
        if !call.keywords.is_empty() {
            return None;
        }
        match (&call.function.kind, &*call.arguments) {
            (ExprKind::Name(name), [of]) if name == "tuple" || name == "list" => {
                if let ExprKind::Comprehension(it) = &of.kind {
                    return self.numbers_of(it, scope);
                }
                match self.constant(of, scope)? {
                    Constant::Tuple(items) => Some(Constant::Tuple(items)),
                    _ => None,
                }
            }
            (ExprKind::Name(name), [int, of])
                if name == "map" && matches!(&int.kind, ExprKind::Name(it) if it == "int") =>
            {
                whole(&self.constant(of, scope)?)
            }
            (ExprKind::Attribute(of, name), [at]) if name == "split" => {
                let Constant::Text(text) = self.constant(of, scope)? else {
                    return None;
                };
                let at = self.text(at, scope).filter(|it| !it.is_empty())?;
                let parts = text.split(&*at).map(|it| Constant::Text(it.into()));
                Some(Constant::Tuple(parts.collect()))
            }
            _ => None,
        }
    }

    /// `int(part) for part in text.split(".")`
    fn numbers_of(&self, it: &Comprehension, scope: &Scope) -> Option<Constant> {
        let [clause] = &*it.clauses else { return None };
        let (ExprKind::Name(target), ExprKind::Call(call)) =
            (&clause.target.kind, &it.element.kind)
        else {
            return None;
        };
        let is_int = matches!(&call.function.kind, ExprKind::Name(it) if it == "int");
        let is_it =
            matches!(&*call.arguments, [Expr { kind: ExprKind::Name(it), .. }] if it == target);
        if !is_int || !is_it || !clause.conditions.is_empty() {
            return None;
        }
        whole(&self.constant(&clause.iter, scope)?)
    }

    /// The numbers of `packaging.version.Version("1.2.3")`, without the zeros at the end.
    pub(super) fn release_of(&self, of: &Instance) -> Option<Vec<i64>> {
        let is_it = is_same(&of.class, "packaging.version:Version") && of.attributes.is_empty();
        let (scope, made) = of.call.as_ref().filter(|_| is_it)?;
        let ExprKind::Call(call) = &made.kind else {
            return None;
        };
        let text = self.text(call.arguments.first()?, scope)?;
        let is_plain = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        if !text.split('.').all(is_plain) {
            return None;
        }
        let mut found: Vec<i64> = numbers(&text).into_iter().map(i64::from).collect();
        while found.last() == Some(&0) {
            found.pop();
        }
        Some(found)
    }
}

/// What a call gives to a parameter.
fn given<'c>(call: &'c Call, at: usize, name: &str) -> Option<&'c Expr> {
    let mut keywords = call.keywords.iter();
    let named = keywords.find(|it| it.0.as_deref() == Some(name));
    call.arguments.get(at).or(named.map(|it| &it.1))
}

/// The numbers of a version.
pub(in crate::plugins) fn numbers(version: &str) -> Vec<u32> {
    let parts = version.split('.').map_while(|it| it.parse().ok());
    parts.collect()
}

/// Texts as whole numbers, where each is one.
fn whole(of: &Constant) -> Option<Constant> {
    let Constant::Tuple(items) = of else {
        return None;
    };
    let numbers = items.iter().map(|it| match it {
        Constant::Text(text) => Some(Constant::Int(text.trim().parse().ok()?)),
        Constant::Int(it) => Some(Constant::Int(*it)),
        _ => None,
    });
    Some(Constant::Tuple(numbers.collect::<Option<_>>()?))
}
