//! Keys: what a rule says a row's key is, read from the call or from what is registered.

use crate::Name;
use crate::plugins::frameworks::By;
use crate::plugins::names::calls::keyword;
use crate::plugins::names::follow::{Follow, Scope, Thing, What};
use crate::plugins::names::versions::numbers;
use crate::plugins::rows::leads::{stands_for, text_of};
use crate::plugins::rows::matching::Matching;
use crate::plugins::sites::arguments::argument;
use crate::plugins::sites::places::{Site, literal};
use crate::syntax::{Expr, ExprKind};

/// A key, whether it is known, and the path of what it is, where it is no text.
pub(super) type Keyed = (Option<String>, bool, Option<String>);

impl Matching<'_, '_> {
    /// The keys that an alternative of a rule gives.
    pub(super) fn keys(&self, part: &str, by: &By, site: &Site, of: &Thing) -> Option<Vec<Keyed>> {
        if part == "arguments" {
            let arguments = &site.arguments()?.arguments;
            let keys: Vec<_> = arguments
                .iter()
                .flat_map(|it| self.each(it, by, site))
                .collect();
            return (!keys.is_empty()).then_some(keys);
        }
        if let "all arguments" | "other arguments" = part {
            let but = usize::from(part == "other arguments");
            let arguments = site.arguments().map_or(&[][..], |it| &it.arguments);
            let keys: Vec<Keyed> = arguments
                .iter()
                .skip(but)
                .map(|it| self.key_of(it, &site.scope))
                .collect();
            let is_known = keys.iter().all(|it| it.1);
            let texts: Vec<String> = keys.into_iter().filter_map(|it| it.0).collect();
            let whole = (!texts.is_empty()).then(|| texts.join(", "));
            return Some(vec![(whole, is_known, None)]);
        }
        let mut found: Vec<(String, bool, Option<String>)> = vec![];
        for one in split(part) {
            let known = |text: String| vec![(Some(text), true, None)];
            let several: Vec<Keyed> = match one.as_str() {
                "name" => known(self.name_of(of, by)?),
                "bound" => known(site.bound.as_ref()?.to_string()),
                it if it.starts_with("attribute ") => {
                    let name = &it["attribute ".len()..];
                    let Thing::Defined(_) = of else { return None };
                    let Thing::Value(scope, value) = self.follow.attribute(of, name) else {
                        return None;
                    };
                    let text = || self.follow.text(&value, &scope).map(|it| it.to_string());
                    known(literal(&value).or_else(text)?)
                }
                it if it.starts_with("drawn ") => {
                    let name = &it["drawn ".len()..];
                    let given = site.arguments()?.arguments.first()?;
                    let given = self.follow.expr(given, &site.scope);
                    let Thing::Value(scope, value) = self.follow.attribute(&given, name) else {
                        return None;
                    };
                    known(self.follow.text(&value, &scope)?.to_string())
                }
                "receiver" | "method" => {
                    let Thing::Instance(it) = &site.callee else {
                        return None;
                    };
                    let object = it.object.split_once(':').map_or("", |it| it.1);
                    let around = it.attributes.rsplit_once('.').map_or("", |it| it.0);
                    known(match (one.as_str(), around) {
                        ("method", _) => it.attributes.clone(),
                        (_, "") => object.to_owned(),
                        (_, around) => format!("{object}.{around}"),
                    })
                }
                it if it.starts_with("asked ") => {
                    let given = site.arguments()?.arguments.first();
                    let given = given.or_else(|| argument("keyword plugin", site));
                    let asks = (&it["asked ".len()..], &by.on[..]);
                    let said = self
                        .follow
                        .named_by(asks, &site.callee, (given, &site.scope))?;
                    let is_known = said.is_some();
                    let written = || given.map(|it| text_of(it, &site.scope).to_owned());
                    let text = said.map(|it| it.to_string()).or_else(written);
                    vec![(text, is_known, None)]
                }
                "called" => match &site.function()?.kind {
                    ExprKind::Attribute(of, _) => vec![self.key_of(of, &site.scope)],
                    _ => return None,
                },
                "others" => {
                    let others = site.arguments()?.arguments.iter().skip(1);
                    let others: Vec<Keyed> =
                        others.flat_map(|it| self.each(it, by, site)).collect();
                    if others.is_empty() {
                        return None;
                    }
                    others
                }
                "declared" => self.declared(site)?,
                it if it.starts_with("underscored ") => {
                    known(self.underscored(&it["underscored ".len()..], site)?)
                }
                it if it.starts_with("said ") => known(it["said ".len()..].to_owned()),
                it if it.starts_with("given ") => {
                    let (value, scope) = made_with(self.follow, of, &it["given ".len()..])?;
                    known(self.follow.text(&value, &scope)?.to_string())
                }
                it if it.starts_with("rule of ") => {
                    // `Rule("/", endpoint="index")`
                    let made = argument(&it["rule of ".len()..], site)?;
                    let Thing::Instance(made) = self.follow.settled(made, &site.scope) else {
                        return None;
                    };
                    let (call, scope) = self.follow.made_by(&made)?;
                    let ExprKind::Call(call) = &call.kind else {
                        return None;
                    };
                    known(
                        self.follow
                            .text(call.arguments.first()?, &scope)?
                            .to_string(),
                    )
                }
                it if it.starts_with("made ") => {
                    let Thing::Instance(made) = of else {
                        return None;
                    };
                    let (call, scope) = self.follow.made_by(made)?;
                    let ExprKind::Call(call) = &call.kind else {
                        return None;
                    };
                    let first = call.arguments.first();
                    let given = keyword(call, &it["made ".len()..]).or(first)?;
                    known(self.follow.text(given, &scope)?.to_string())
                }
                it if it.starts_with("last ") => {
                    let path = argument(&it["last ".len()..], site)?;
                    let path = self.follow.text(path, &site.scope)?;
                    let last = path.trim_end_matches('/').rsplit('/').next();
                    known(last.unwrap_or_default().to_owned())
                }
                it if it.starts_with("named ") => {
                    let given = argument(&it["named ".len()..], site)?;
                    vec![self.name_or_first(given, &site.scope)]
                }
                it => {
                    let given = argument(it, site)?;
                    if let Thing::Value(_, value) = self.follow.settled(given, &site.scope)
                        && matches!(value.kind, ExprKind::Literal(crate::syntax::Literal::None))
                    {
                        return None;
                    }
                    self.each(given, by, site)
                }
            };
            let several = several.into_iter();
            let several =
                several.map(|(text, is_known, of)| (text.unwrap_or_default(), is_known, of));
            if found.is_empty() {
                found = several.collect();
            } else {
                let ends: Vec<(String, bool, Option<String>)> = several.collect();
                let between = match by.between.as_str() {
                    "" => " ",
                    said => said,
                };
                let both = found.iter().flat_map(|(begin, one, first)| {
                    let both = move |(end, other, of): &(String, bool, Option<String>)| match (
                        *one, *other,
                    ) {
                        (true, false) if by.partial => (format!("{begin}{between}?"), true, None),
                        _ => (
                            format!("{begin}{between}{end}"),
                            *one && *other,
                            of.clone().or(first.clone()),
                        ),
                    };
                    ends.iter().map(both)
                });
                found = both.collect();
            }
        }
        let found = found.into_iter();
        Some(
            found
                .map(|(text, is_known, of)| (Some(text), is_known, of))
                .collect(),
        )
    }

    /// The keys that an argument stands for: a list stands for each of its items.
    fn each(&self, expr: &Expr, by: &By, site: &Site) -> Vec<Keyed> {
        let scope = &site.scope;
        let names_classes = self.names_classes(by, site);
        let key_of = |expr: &Expr, scope: &Scope| {
            if names_classes
                && let Some(text) = self.follow.text(expr, scope)
                && let Some(Thing::Defined(class)) = self.follow.class_named(&text)
            {
                return (
                    Some(class.qualname().to_owned()),
                    true,
                    Some(class.path.clone()),
                );
            }
            if by.own_attributes
                && let Some((text, of)) = self.own_attribute(expr, scope)
            {
                return (Some(text), true, Some(of));
            }
            let (text, is_known, of) = self.key_of(expr, scope);
            let is_text = || self.follow.text(expr, scope).is_some();
            (text, is_known && (!by.texts || is_text()), of)
        };
        if let Some(items) = self.follow.items(expr, scope) {
            let keys = items.iter().map(|(scope, it)| key_of(it, scope));
            return keys.collect();
        }
        vec![key_of(expr, scope)]
    }

    /// Whether a text that is a key names a class: that hangs on the object whose method is called, or on the first argument.
    fn names_classes(&self, by: &By, site: &Site) -> bool {
        let is_one = |it: &Thing| match it {
            Thing::Instance(it) => {
                let mut classes = by.names_classes.iter();
                classes.any(|class| self.follow.is_a(&it.class, class))
            }
            _ => false,
        };
        if by.names_classes.is_empty() || is_one(&site.callee) {
            return !by.names_classes.is_empty();
        }
        let first = argument("argument 0", site);
        first.is_some_and(|first| match self.follow.items(first, &site.scope) {
            Some(items) => {
                let mut items = items.iter();
                items.all(|(scope, it)| is_one(&self.follow.expr(it, scope)))
            }
            None => is_one(&self.follow.expr(first, &site.scope)),
        })
    }

    /// A key as people would say it, and whether it is known.
    fn key_of(&self, expr: &Expr, scope: &Scope) -> Keyed {
        let written = || {
            let text = scope.file.text.get(expr.start as usize..expr.end as usize);
            text.unwrap_or_default().to_owned()
        };
        let mut thing = self.follow.expr(expr, scope);
        // `self.base`, where the object is made with a class.
        if let Thing::Instance(it) = &thing
            && !it.attributes.is_empty()
        {
            match self.follow.settle(thing.clone(), scope) {
                settled @ Thing::Defined(_) if !is_only_named(&settled) => thing = settled,
                // An object that has a name of its own.
                Thing::Instance(it) if it.attributes.is_empty() && !it.object.is_empty() => {
                    thing = Thing::Instance(it);
                }
                _ => {}
            }
        }
        let of = thing.defined().map(|it| it.path.clone());
        let text = match thing.clone() {
            // An attribute that a constructor sets.
            Thing::Instance(it)
                if !it.attributes.is_empty()
                    && let Some(text) = self.follow.text(expr, scope) =>
            {
                text.to_string()
            }
            Thing::Value(scope, value) => {
                let text = self.follow.text(&value, &scope).map(|it| it.to_string());
                match literal(&value).or(text) {
                    Some(text) => text,
                    None => return (Some(written()), false, None),
                }
            }
            // `HTTPStatus.NOT_FOUND` is 404.
            Thing::Instance(it)
                if let Some(Thing::Value(_, value)) = self.follow.plain_member(&it)
                    && let Some(text) = literal(&value) =>
            {
                text
            }
            // `function.__name__`
            Thing::Defined(ref it)
                if matches!(it.what, What::Name)
                    && let Some(text) = self.follow.text_of(&thing) =>
            {
                return (Some(text.to_string()), true, None);
            }
            Thing::Defined(it) => it.qualname().to_owned(),
            Thing::Module(name) => name.to_string(),
            Thing::Instance(it) if !it.object.is_empty() => {
                let name = it.object.split_once(':').map_or(&*it.object, |it| it.1);
                match it.attributes.as_str() {
                    "" => name.to_owned(),
                    attributes => format!("{name}.{attributes}"),
                }
            }
            Thing::Instance(it) if !it.attributes.is_empty() => {
                return (Some(written()), false, None);
            }
            Thing::Instance(_) | Thing::Several(_) | Thing::Field(..) | Thing::Point(..) => {
                stands_for(expr, &thing, scope).unwrap_or_else(written)
            }
            Thing::Unknown => return (Some(written()), false, None),
        };
        (Some(text), true, of)
    }

    /// An attribute of a class, also one that it has from another, as its own: what it is called, and its path.
    fn own_attribute(&self, expr: &Expr, scope: &Scope) -> Option<(String, String)> {
        let (of, name) = match &expr.kind {
            ExprKind::Attribute(of, name) => (&**of, name.clone()),
            ExprKind::Call(call) => match (&call.function.kind, &*call.arguments) {
                (ExprKind::Name(function), [of, name]) if function == "getattr" => {
                    (of, Name::from(&*self.follow.text(name, scope)?))
                }
                _ => return None,
            },
            _ => return None,
        };
        let Thing::Defined(class) = self.follow.settled(of, scope) else {
            return None;
        };
        let found = self.follow.attribute(&Thing::Defined(class.clone()), &name);
        let is_other = matches!(&found, Thing::Module(_))
            || matches!(&found, Thing::Defined(it) if matches!(it.what, What::Class(_)));
        (matches!(class.what, What::Class(_)) && !is_other).then(|| {
            (
                format!("{}.{name}", class.qualname()),
                format!("{}.{name}", class.path),
            )
        })
    }

    /// The name of what is registered, as the framework makes a key of it.
    fn name_of(&self, of: &Thing, by: &By) -> Option<String> {
        let defined = of.defined()?;
        let mut name = match &defined.what {
            What::Function(def) => def.name.to_string(),
            What::Class(def) => def.name.to_string(),
            What::Name => defined.qualname().rsplit('.').next()?.to_owned(),
        };
        for change in &by.change {
            name = match change.as_str() {
                "lower" => name.to_lowercase(),
                "dashes" => name.replace('_', "-"),
                _ => name,
            };
        }
        let is_since = by.strip_since.is_empty()
            || self
                .version
                .as_ref()
                .is_none_or(|it| *it >= numbers(&by.strip_since));
        if is_since {
            let stripped = by.strip.iter().find_map(|end| name.strip_suffix(&**end));
            if let Some(short) = stripped.filter(|it| !it.is_empty()) {
                return Some(short.to_owned());
            }
        }
        Some(name)
    }

    /// A text, or the first argument of the call that makes an object: `parse("I add {count} items")`.
    fn name_or_first(&self, given: &Expr, scope: &Scope) -> Keyed {
        let made = match self.follow.settled(given, scope) {
            Thing::Instance(made) => made.call.clone(),
            _ => None,
        };
        let first = made.and_then(|(scope, call)| match &call.kind {
            ExprKind::Call(call) => self.follow.text(call.arguments.first()?, &scope),
            _ => None,
        });
        if let Some(text) = self.follow.text(given, scope).or(first) {
            (Some(text.to_string()), true, None)
        } else {
            let written = scope
                .file
                .text
                .get(given.start as usize..given.end as usize);
            (written.map(ToOwned::to_owned), false, None)
        }
    }
}

fn is_only_named(thing: &Thing) -> bool {
    matches!(thing, Thing::Defined(it) if matches!(it.what, What::Name))
}

/// A keyword of the call that made something, and where that stands.
pub(super) fn made_with(follow: &Follow<'_>, of: &Thing, name: &str) -> Option<(Expr, Scope)> {
    let Thing::Instance(made) = of else {
        return None;
    };
    let (call, scope) = follow.made_by(made)?;
    let ExprKind::Call(call) = &call.kind else {
        return None;
    };
    Some((keyword(call, name)?.clone(), scope))
}

/// The parts of a key that stand side by side: `argument 0 keyword name` are two.
pub(super) fn split(part: &str) -> Vec<String> {
    let mut words = part.split(' ');
    let mut parts = vec![];
    while let Some(word) = words.next() {
        match word {
            "argument" | "keyword" | "attribute" | "drawn" | "made" | "given" | "said"
            | "underscored" | "asked" => {
                parts.push(format!("{word} {}", words.next().unwrap_or_default()));
            }
            "rule" => {
                let of: Vec<&str> = words.by_ref().take(3).collect();
                parts.push(format!("{word} {}", of.join(" ")));
            }
            "named" | "last" => {
                let (sort, which) = (words.next(), words.next());
                let (sort, which) = (sort.unwrap_or_default(), which.unwrap_or_default());
                parts.push(format!("{word} {sort} {which}"));
            }
            word => parts.push(word.to_owned()),
        }
    }
    parts
}
