//! What expressions come to where all of it is written out: texts, items, keys and values.

use std::rc::Rc;
use std::sync::Arc;

use crate::Name;
use crate::plugins::files::modules::{File, Look};
use crate::plugins::names::facts::Fact;
use crate::plugins::names::follow::{DEEPEST, Defined, Follow, Scope, Thing, What, is_same};
use crate::semantics::ClassPath;
use crate::syntax::{
    BinaryOp, Call, ComprehensionKind, Expr, ExprKind, Literal, StringPart, UnaryOp,
};

/// How many items are gone through.
pub(super) const MOST_ITEMS: usize = 4_000;

/// A key and its value.
pub(in crate::plugins) type Pair = (Thing, Thing);

impl Follow<'_> {
    /// The text that an expression is, where names, attributes and methods of texts lead to a literal.
    pub(in crate::plugins) fn text(&self, expr: &Expr, scope: &Scope) -> Option<Arc<str>> {
        if self.depth.get() >= DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let thing = self.settled(expr, scope);
        let text = self.text_of(&thing);
        self.depth.set(self.depth.get() - 1);
        text
    }

    /// The text that something is.
    pub(in crate::plugins) fn text_of(&self, thing: &Thing) -> Option<Arc<str>> {
        // `Class.__name__`
        if let Thing::Defined(it) = thing
            && let What::Name = it.what
            && let Some(of) = it.path.strip_suffix(".__name__")
        {
            let (_, qualname) = of.split_once(':')?;
            return qualname.rsplit('.').next().map(Arc::from);
        }
        let Thing::Value(scope, value) = thing else {
            return None;
        };
        match &value.kind {
            ExprKind::Literal(Literal::Str(text)) => Some(text.clone()),
            ExprKind::Joined(parts) => {
                let mut whole = String::new();
                for part in parts {
                    match part {
                        StringPart::Text(text) => whole.push_str(text),
                        StringPart::Value(value) => whole.push_str(&self.shown(value, scope)?),
                        StringPart::Formatted(_) => return None,
                    }
                }
                Some(whole.into())
            }
            ExprKind::Binary(sum) if sum.1 == BinaryOp::Add => {
                let mut whole = self.text(&sum.0, scope)?.to_string();
                whole.push_str(&self.text(&sum.2, scope)?);
                Some(whole.into())
            }
            ExprKind::Binary(sum) if sum.1 == BinaryOp::Mod => {
                let form = self.text(&sum.0, scope)?;
                let parts: Vec<&Expr> = match &sum.2.kind {
                    ExprKind::Tuple(items) => items.iter().collect(),
                    _ => vec![&sum.2],
                };
                let pieces: Vec<&str> = form.split("%s").collect();
                if pieces.len() != parts.len() + 1 || pieces.iter().any(|it| it.contains('%')) {
                    return None;
                }
                let mut whole = String::from(pieces[0]);
                for (piece, part) in pieces[1..].iter().zip(parts) {
                    whole.push_str(&self.shown(part, scope)?);
                    whole.push_str(piece);
                }
                Some(whole.into())
            }
            ExprKind::Call(call) => self.text_of_call(call, scope),
            ExprKind::Subscript(parts) => self.piece(&parts.0, &parts.1, scope),
            _ => None,
        }
    }

    /// `str(value)` of a text or a number.
    fn shown(&self, expr: &Expr, scope: &Scope) -> Option<Arc<str>> {
        if let Some(text) = self.text(expr, scope) {
            return Some(text);
        }
        match self.settled(expr, scope) {
            Thing::Value(_, value) => match &value.kind {
                ExprKind::Literal(Literal::Int(number)) => Some(number.to_string().into()),
                _ => None,
            },
            _ => None,
        }
    }

    /// `text[1:]`, `text[-1]`
    fn piece(&self, of: &Expr, at: &Expr, scope: &Scope) -> Option<Arc<str>> {
        let text = self.text(of, scope).filter(|it| it.is_ascii())?;
        let length = i64::try_from(text.len()).ok()?;
        let from_start = |at: i64| if at < 0 { at + length } else { at };
        let bound = |it: &Option<Expr>, open: i64| match it {
            Some(it) => Some(from_start(self.whole(it, scope)?).clamp(0, length)),
            None => Some(open),
        };
        let (from, to) = match &at.kind {
            ExprKind::Slice(parts) if parts.2.is_none() => {
                (bound(&parts.0, 0)?, bound(&parts.1, length)?)
            }
            ExprKind::Slice(_) => return None,
            _ => {
                let at = from_start(self.whole(at, scope)?);
                (at, at.checked_add(1)?)
            }
        };
        let (from, to) = (usize::try_from(from).ok()?, usize::try_from(to).ok()?);
        text.get(from..to.max(from)).map(Arc::from)
    }

    /// Methods of texts.
    fn text_of_call(&self, call: &Call, scope: &Scope) -> Option<Arc<str>> {
        let (of, name) = match &call.function.kind {
            ExprKind::Attribute(of, name) => (of, name.as_str()),
            ExprKind::Name(name) if name == "str" => {
                let [of] = &*call.arguments else { return None };
                return self.shown(of, scope);
            }
            _ => return None,
        };
        // What has no text is a text's method of another kind.
        let text = match name {
            "join" | "format" | "lower" | "upper" | "title" | "capitalize" | "strip" | "lstrip"
            | "rstrip" | "replace" | "removeprefix" | "removesuffix" => self.text(of, scope)?,
            _ => return None,
        };
        let argument = |at: usize| self.text(call.arguments.get(at)?, scope);
        Some(match (name, call.arguments.len()) {
            ("lower", 0) if text.is_ascii() => text.to_lowercase().into(),
            ("upper", 0) if text.is_ascii() => text.to_uppercase().into(),
            ("title", 0) if text.is_ascii() => titled(&text).into(),
            ("capitalize", 0) if text.is_ascii() => {
                let (first, rest) = text.split_at(text.len().min(1));
                format!("{}{}", first.to_uppercase(), rest.to_lowercase()).into()
            }
            ("strip", 0) if text.is_ascii() => text.trim().into(),
            ("lstrip", 0) if text.is_ascii() => text.trim_start().into(),
            ("rstrip", 0) if text.is_ascii() => text.trim_end().into(),
            ("strip" | "lstrip" | "rstrip", 1) => {
                let letters = argument(0)?;
                let is_one = |it: char| letters.contains(it);
                match name {
                    "lstrip" => text.trim_start_matches(is_one).into(),
                    "rstrip" => text.trim_end_matches(is_one).into(),
                    _ => text.trim_matches(is_one).into(),
                }
            }
            ("replace", 2) => text.replace(&*argument(0)?, &argument(1)?).into(),
            ("removeprefix", 1) => text.strip_prefix(&*argument(0)?).unwrap_or(&text).into(),
            ("removesuffix", 1) => text.strip_suffix(&*argument(0)?).unwrap_or(&text).into(),
            ("join", 1) => {
                let items = self.each(&self.settled(&call.arguments[0], scope))?;
                let items = items.iter().map(|it| self.text_of(it));
                let items: Vec<Arc<str>> = items.collect::<Option<_>>()?;
                let items: Vec<&str> = items.iter().map(|it| &**it).collect();
                items.join(&text).into()
            }
            ("format", _) => {
                let mut whole = String::new();
                let mut rest = &*text;
                let mut next = 0;
                while let Some((before, after)) = rest.split_once('{') {
                    let (field, behind) = after.split_once('}')?;
                    whole.push_str(before);
                    // `"/{bp.name}".format(bp=self)`
                    let mut parts = field.split('.');
                    let field = parts.next()?;
                    let given = match field.parse::<usize>() {
                        Ok(at) => call.arguments.get(at)?,
                        Err(_) if field.is_empty() => {
                            next += 1;
                            call.arguments.get(next - 1)?
                        }
                        Err(_) => {
                            let mut keywords = call.keywords.iter();
                            &keywords.find(|it| it.0.as_deref() == Some(field))?.1
                        }
                    };
                    let given = parts.fold(given.clone(), |of, name| Expr {
                        start: of.start,
                        end: of.end,
                        kind: ExprKind::Attribute(Box::new(of), Name::from(name)),
                    });
                    whole.push_str(&self.shown(&given, scope)?);
                    rest = behind;
                }
                if rest.contains('}') {
                    return None;
                }
                whole.push_str(rest);
                whole.into()
            }
            _ => return None,
        })
    }

    /// The items of a list, tuple or set that an expression is, each with where it stands; sums and unpacked parts are followed.
    pub(in crate::plugins) fn items(
        &self,
        expr: &Expr,
        scope: &Scope,
    ) -> Option<Vec<(Scope, Expr)>> {
        if self.depth.get() >= DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let items = self.items_within(expr, scope);
        self.depth.set(self.depth.get() - 1);
        items
    }

    fn items_within(&self, expr: &Expr, scope: &Scope) -> Option<Vec<(Scope, Expr)>> {
        let Thing::Value(scope, value) = self.settled(expr, scope) else {
            return None;
        };
        match &value.kind {
            ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
                let mut found = vec![];
                for item in items {
                    match &item.kind {
                        ExprKind::Starred(inner) => found.extend(self.items(inner, &scope)?),
                        _ => found.push((scope.clone(), item.clone())),
                    }
                }
                Some(found)
            }
            ExprKind::Binary(sum) if sum.1 == BinaryOp::Add => {
                let mut found = self.items(&sum.0, &scope)?;
                found.extend(self.items(&sum.2, &scope)?);
                Some(found)
            }
            ExprKind::Call(call) => match &call.function.kind {
                ExprKind::Name(name)
                    if matches!(name.as_str(), "list" | "tuple" | "set" | "frozenset")
                        && call.arguments.len() == 1 =>
                {
                    self.items(&call.arguments[0], &scope)
                }
                _ => None,
            },
            // Iterating over a mapping gives its keys.
            ExprKind::Dict(entries) => {
                let keys = entries
                    .iter()
                    .map(|(key, _)| Some((scope.clone(), key.clone()?)));
                keys.collect()
            }
            _ => None,
        }
    }

    /// What iterating over something gives, in order.
    pub(in crate::plugins) fn each(&self, of: &Thing) -> Option<Vec<Thing>> {
        if self.depth.get() >= DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let items = self.each_within(of);
        self.depth.set(self.depth.get() - 1);
        items.filter(|it| it.len() <= MOST_ITEMS)
    }

    fn each_within(&self, of: &Thing) -> Option<Vec<Thing>> {
        let (scope, value) = match of {
            Thing::Several(parts) => return Some(parts.to_vec()),
            Thing::Defined(class) => return self.enum_members(class),
            Thing::Instance(it) => return self.parts_of_info(it),
            Thing::Value(scope, value) => (scope, value),
            _ => return None,
        };
        match &value.kind {
            ExprKind::List(_) | ExprKind::Tuple(_) | ExprKind::Set(_) | ExprKind::Binary(_) => {
                let items = self.items(value, scope)?;
                let things = items.iter().map(|(scope, it)| self.expr(it, scope));
                Some(things.collect())
            }
            ExprKind::Comprehension(it) if it.kind != ComprehensionKind::Dict => {
                let scopes = self.comprehended(it, scope)?;
                let things = scopes.iter().map(|scope| self.expr(&it.element, scope));
                Some(things.collect())
            }
            ExprKind::Dict(_) | ExprKind::Comprehension(_) => {
                let entries = self.entries(of)?;
                Some(entries.into_iter().map(|it| it.0).collect())
            }
            ExprKind::Call(call) => self.each_of_call(call, scope),
            // `points or ()`
            ExprKind::Or(parts) => {
                let (last, before) = parts.split_last()?;
                for part in before {
                    let items = self.each(&self.settled(part, scope))?;
                    if !items.is_empty() {
                        return Some(items);
                    }
                }
                self.each(&self.settled(last, scope))
            }
            _ => None,
        }
    }

    fn each_of_call(&self, call: &Call, scope: &Scope) -> Option<Vec<Thing>> {
        let argument = |at: usize| -> Option<Vec<Thing>> {
            self.each(&self.settled(call.arguments.get(at)?, scope))
        };
        match &call.function.kind {
            ExprKind::Name(name) => match (name.as_str(), call.arguments.len()) {
                ("list" | "tuple" | "iter" | "set" | "frozenset", 1) => return argument(0),
                ("sorted" | "reversed", 1) => {
                    let mut items = argument(0)?;
                    if name == "reversed" {
                        items.reverse();
                    }
                    return Some(items);
                }
                ("enumerate", given) => {
                    let start = match (given, &*call.keywords) {
                        (1, []) => 0,
                        (2, []) => self.whole(&call.arguments[1], scope)?,
                        (1, [(Some(name), start)]) if name == "start" => {
                            self.whole(start, scope)?
                        }
                        _ => return None,
                    };
                    let numbered = argument(0)?.into_iter().zip(start..);
                    let numbered = numbered
                        .map(|(it, at)| Thing::Several(Rc::new(vec![number(at, scope), it])));
                    return Some(numbered.collect());
                }
                ("zip", 2) if call.keywords.is_empty() => {
                    let pairs = argument(0)?.into_iter().zip(argument(1)?);
                    let pairs = pairs.map(|(one, other)| Thing::Several(Rc::new(vec![one, other])));
                    return Some(pairs.collect());
                }
                ("range", 1 | 2) => {
                    let (last, first) = call.arguments.split_last()?;
                    let start = first.first().map_or(Some(0), |it| self.whole(it, scope))?;
                    let end = self.whole(last, scope)?;
                    if usize::try_from(end.checked_sub(start)?).is_ok_and(|it| it > MOST_ITEMS) {
                        return None;
                    }
                    return Some((start..end).map(|it| number(it, scope)).collect());
                }
                _ => {}
            },
            ExprKind::Attribute(of, name) if call.arguments.is_empty() => match name.as_str() {
                "__subclasses__" => return self.classes_below(of, scope),
                "items" | "keys" | "values" => {
                    let of = self.settled(of, scope);
                    if let Some(entries) = self.entries(&of) {
                        let each = entries.into_iter().map(|(key, value)| match name.as_str() {
                            "keys" => key,
                            "values" => value,
                            _ => Thing::Several(Rc::new(vec![key, value])),
                        });
                        return Some(each.collect());
                    }
                }
                "split" => {
                    let text = self.text(of, scope)?;
                    let words = text.split_whitespace();
                    return Some(words.map(|it| said(it, scope)).collect());
                }
                _ => {}
            },
            _ => {}
        }
        if let Some(fields) = self.dataclass_fields(call, scope) {
            return Some(fields);
        }
        self.points(call, scope)
            .or_else(|| self.found_modules(call, scope))
            .or_else(|| self.yielded(call, scope))
    }

    /// The whole number that an expression is.
    pub(in crate::plugins) fn whole(&self, expr: &Expr, scope: &Scope) -> Option<i64> {
        match self.settled(expr, scope) {
            Thing::Value(scope, value) => match &value.kind {
                ExprKind::Literal(Literal::Int(number)) => Some(*number),
                ExprKind::Unary(UnaryOp::Neg, of) => self.whole(of, &scope)?.checked_neg(),
                _ => None,
            },
            _ => None,
        }
    }

    /// What every module has without binding it: `__name__`, and the exceptions of `builtins`.
    pub(super) fn of_builtins(&self, name: &str, scope: &Scope) -> Thing {
        if name == "__package__" {
            let around = scope.file.name.rsplit_once('.').map_or("", |it| it.0);
            let is_package = scope.file.package;
            return said(if is_package { &scope.file.name } else { around }, scope);
        }
        if name == "__name__" {
            // `python -m shop`: a package's own program (`runpy`).
            let is_program = scope.file.name.ends_with(".__main__");
            let name = if is_program {
                "__main__"
            } else {
                &scope.file.name
            };
            return said(name, scope);
        }
        let path = ClassPath::new("builtins", name);
        let is_class = name.starts_with(|it: char| it.is_uppercase())
            && !self.modules.ground.analysis.by_path(&path).is_empty();
        if !is_class {
            return Thing::Unknown;
        }
        Thing::Defined(Rc::new(Defined {
            path: format!("builtins:{name}"),
            what: What::Name,
            file: None,
        }))
    }

    /// Whether `from module import *` brings a name: one of `__all__` where the module has that and it is written out, else one that does not
    /// begin with an underscore (language reference, "The import statement").
    pub(in crate::plugins) fn gives_all(&self, from: &Rc<File>, name: &str) -> bool {
        if from.table.has("__all__") && from.listed.get().is_none() {
            let texts = self.each(&self.global("__all__", from, None));
            let texts = texts.and_then(|it| it.iter().map(|it| self.text_of(it)).collect());
            if let Some(texts) = texts {
                let _ = from.listed.set(texts);
            }
        }
        if let Some(listed) = from.listed.get() {
            return listed.contains(name);
        }
        !name.starts_with('_')
    }

    /// `of[index]` of what is written out.
    pub(super) fn item(&self, of: &Expr, index: &Expr, scope: &Scope) -> Option<Thing> {
        let of = self.settled(of, scope);
        let at = self.settled(index, scope);
        if let Some(key) = self.text_of(&at) {
            // `sys.modules[__name__]`
            if is_path(&of, "sys:modules") && !matches!(self.modules.look(&key), Look::Missing(_)) {
                return Some(Thing::Module(Name::from(&*key)));
            }
            return self.under_key(&of, &key).or_else(|| self.entry(&of, &key));
        }
        let at = self.whole(index, scope)?;
        let items = match &of {
            Thing::Several(_) => self.each(&of)?,
            Thing::Value(_, value) => match &value.kind {
                ExprKind::List(_) | ExprKind::Tuple(_) => self.each(&of)?,
                _ => return None,
            },
            _ => return None,
        };
        let at = if at < 0 {
            at + i64::try_from(items.len()).ok()?
        } else {
            at
        };
        items.into_iter().nth(usize::try_from(at).ok()?)
    }

    /// Calls whose result is written out: `settings.get(key, default)`, `getattr(settings, name, default)`, `type(x)`.
    pub(super) fn worked_out(&self, call: &Call, scope: &Scope) -> Option<Thing> {
        if let Some(thing) = self.loaded_point(call, scope) {
            return Some(thing);
        }
        if let Some(thing) = self.given_by_name(call, scope) {
            return Some(thing);
        }
        if let Some(thing) = self.given_by_path(call, scope) {
            return Some(thing);
        }
        if let Some(thing) = self.given_of_registry(call, scope) {
            return Some(thing);
        }
        if let Some(thing) = self.objects_of_packages(call, scope) {
            return Some(thing);
        }
        if let Some(thing) = self.asked_for_key(call, scope) {
            return Some(thing);
        }
        if let Some(default) = self.key_default(call, scope) {
            return Some(self.expr(default, scope));
        }
        // `importlib.import_module("shop.plugins")`
        if let ExprKind::Name(name) | ExprKind::Attribute(_, name) = &call.function.kind
            && name == "import_module"
            && is_path(&self.expr(&call.function, scope), "importlib:import_module")
        {
            return self.imported_by(call, scope);
        }
        match &call.function.kind {
            ExprKind::Name(name) if name == "getattr" => {
                let name = self.text(call.arguments.get(1)?, scope)?;
                let of = self.expr(&call.arguments[0], scope);
                if let Thing::Instance(it) = &of
                    && let Some(Fact::Missing) = self.fact(it, &name)
                {
                    return call.arguments.get(2).map(|it| self.expr(it, scope));
                }
                let at = call.function.start;
                match self.first_attribute(&call.arguments[0], &name, at, scope) {
                    Some(Fact::Is(thing)) => return Some(thing),
                    Some(Fact::Missing) => {
                        return call.arguments.get(2).map(|it| self.expr(it, scope));
                    }
                    None => {}
                }
                match self.attribute(&of, &name) {
                    Thing::Defined(_)
                        if let Thing::Defined(class) = &of
                            && let Some(default) = call.arguments.get(2)
                            && self.lacks_wholly(class, &name, 0) =>
                    {
                        Some(self.expr(default, scope))
                    }
                    Thing::Defined(it)
                        if matches!(it.what, What::Name) && !self.is_class_of_run(&it.path) =>
                    {
                        None
                    }
                    Thing::Unknown => None,
                    // `getattr(plugin, "__name__", type(plugin).__name__)`
                    Thing::Instance(it)
                        if *name == *"__name__"
                            && it.attributes == name.as_ref()
                            && let Some(default) = call.arguments.get(2)
                            && it.of.is_none()
                            && let Some((module, class)) = it.class.split_once(':')
                            && let Thing::Defined(class) = self.dotted(module, class)
                            && self.lacks_wholly(&class, &name, 0) =>
                    {
                        Some(self.expr(default, scope))
                    }
                    thing => Some(thing),
                }
            }
            ExprKind::Name(name) if name == "type" && call.arguments.len() == 1 => {
                match self.expr(&call.arguments[0], scope) {
                    Thing::Instance(it) if it.attributes.is_empty() => {
                        let (module, class) = it.class.split_once(':')?;
                        Some(self.dotted(module, class))
                    }
                    Thing::Module(_) => Some(Thing::Defined(Rc::new(Defined {
                        path: String::from("types:ModuleType"),
                        what: What::Name,
                        file: None,
                    }))),
                    _ => None,
                }
            }
            ExprKind::Attribute(of, name)
                if matches!(call.arguments.len(), 1 | 2)
                    && (name == "get" || name == "pop" && is_parameter(of, scope)) =>
            {
                let of = self.settled(of, scope);
                let entries = self.entries(&of)?;
                let key = self.text(&call.arguments[0], scope)?;
                if let Some(thing) = self.entry(&of, &key) {
                    return Some(thing);
                }
                let are_known = entries.iter().all(|it| self.text_of(&it.0).is_some());
                let default = call.arguments.get(1);
                let none = || {
                    let kind = ExprKind::Literal(Literal::None);
                    literal_thing(kind, scope)
                };
                are_known.then(|| default.map_or_else(none, |it| self.expr(it, scope)))
            }
            _ => None,
        }
    }
}

/// Whether an expression is a parameter of the function around: nobody else has what its keywords are.
fn is_parameter(of: &Expr, scope: &Scope) -> bool {
    let frame = scope.frames.last().filter(|it| it.is_call);
    matches!(&of.kind, ExprKind::Name(name) if frame.is_some_and(|it| it.given.contains_key(name)))
}

/// `str.title()` of ASCII: a letter behind anything that is none is large, any other small.
fn titled(text: &str) -> String {
    let mut is_inside = false;
    let letters = text.chars().map(|it| {
        let changed = if is_inside {
            it.to_ascii_lowercase()
        } else {
            it.to_ascii_uppercase()
        };
        is_inside = it.is_ascii_alphabetic();
        changed
    });
    letters.collect()
}

fn literal_thing(kind: ExprKind, scope: &Scope) -> Thing {
    let (start, end) = (0, 0);
    let scope = Scope::of(&scope.file);
    Thing::Value(scope, Arc::new(Expr { kind, start, end }))
}

/// A text as something that an expression leads to.
pub(in crate::plugins) fn said(text: &str, scope: &Scope) -> Thing {
    literal_thing(ExprKind::Literal(Literal::Str(text.into())), scope)
}

pub(super) fn number(number: i64, scope: &Scope) -> Thing {
    literal_thing(ExprKind::Literal(Literal::Int(number)), scope)
}

/// Whether a thing is what a path names.
pub(in crate::plugins) fn is_path(thing: &Thing, path: &str) -> bool {
    matches!(thing, Thing::Defined(it) if is_same(&it.path, path))
}
