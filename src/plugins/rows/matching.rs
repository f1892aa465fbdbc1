//! Sites held against the rules of a framework: which of them register something, under which key, and what.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::plugins::entry_points::nowhere;
use crate::plugins::frameworks::By;
use crate::plugins::names::calls::instance_of;
use crate::plugins::names::calls::keyword;
use crate::plugins::names::follow::{Defined, Follow, Instance, Scope, Thing, What, is_same};
use crate::plugins::names::versions::numbers;
use crate::plugins::rows::endpoints::Named;
use crate::plugins::rows::keys::{made_with, split};
use crate::plugins::rows::leads::{stands_for, text_of};
use crate::plugins::sites::arguments::argument;
use crate::plugins::sites::places::Site;
use crate::semantics::{Leads, NamedSort, Registered, RowState};
use crate::syntax::{Expr, ExprKind};

/// A row, and what its place among the others depends on.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) registered: Registered,
    /// The object it is registered with; none where that is one for all, or not known.
    pub(super) object: Option<Rc<Instance>>,
    /// What is registered.
    pub(super) defined: Option<Rc<Defined>>,
    /// The class of the object whose method that is, where several objects have it.
    pub(super) of: Option<String>,
    /// Whether a module that is looked at has imported it.
    pub(super) is_brought: bool,
    /// Whether it stands there only where nothing else has its key.
    pub(super) is_beneath: bool,
    /// When it is called, where its call says so.
    pub(super) priority: Option<i64>,
    /// What it is made with in a round of a loop, which tells it from what the other rounds make.
    pub(super) round: Option<String>,
    /// What it is the same as under its key, where the rule says that one of each alone is there.
    pub(super) same_as: Option<String>,
    /// When it gets there, where the order follows from what is executed.
    pub(super) turn: Vec<usize>,
    /// The path of what its key is, where that is no text: two classes of one name are two keys.
    pub(super) keyed: Option<String>,
}

impl Row {
    /// What a registry holds of it.
    pub(super) fn told(self) -> Registered {
        let mut registered = self.registered;
        if let Some(of) = &self.of {
            let name = of.split_once(':').map_or(&**of, |it| it.1);
            registered.by = format!("{}, of {name}", registered.by);
        }
        registered
    }

    /// The path of the object it is registered with; empty where that is one for all, or not known.
    pub(super) fn owner(&self) -> &str {
        self.object.as_ref().map_or("", |it| &it.object)
    }
}

/// Holds sites against rules.
pub(in crate::plugins) struct Matching<'a, 'f> {
    pub(super) follow: &'f Follow<'a>,
    /// The version of the framework, where it is installed.
    pub(super) version: Option<Vec<u32>>,
    /// Objects of which methods are called that ways ask for.
    used: FxHashSet<String>,
    /// Keywords of calls that take an object in, by keyword and object: whether they are `None`.
    taken_with: FxHashMap<(String, String), bool>,
    /// Functions that rules lead to by a name.
    pub(super) endpoints: Named<'f>,
}

impl<'a, 'f> Matching<'a, 'f> {
    pub(in crate::plugins) fn new(follow: &'f Follow<'a>, version: Option<&str>) -> Self {
        Self {
            follow,
            version: version.map(numbers),
            used: FxHashSet::default(),
            taken_with: FxHashMap::default(),
            endpoints: Named::default(),
        }
    }

    /// The same, with the objects of which any of these methods is called.
    pub(super) fn with_used(mut self, methods: &[&String], sites: &[Site]) -> Self {
        for site in sites {
            if let Thing::Instance(it) = &site.callee
                && methods.contains(&&it.attributes)
            {
                self.used.insert(it.object.clone());
            }
        }
        self
    }

    /// The same, with what calls say of the objects they take in by these keywords.
    pub(super) fn with_taken(mut self, keywords: &FxHashSet<&String>, sites: &[Site]) -> Self {
        for name in keywords.iter().filter(|it| !it.is_empty()) {
            for site in sites {
                if let Some(call) = site.arguments()
                    && let Some(first) = call.arguments.first()
                    && let Some(given) = keyword(call, name)
                    && let Thing::Instance(taken) = self.follow.settled(first, &site.scope)
                {
                    let is_none = self.is_literal_none(given, &site.scope);
                    let key = ((*name).clone(), taken.object.clone());
                    self.taken_with.insert(key, is_none);
                }
            }
        }
        self
    }

    /// The rows that a site stands for by one of these ways; the first that fits.
    pub(super) fn rows(&self, ways: &[By], site: &Site) -> Vec<Row> {
        let fitting = ways.iter().filter(|by| self.fits(by, site));
        let mut found = vec![];
        for by in fitting {
            if let Some(rows) = self.by(by, site) {
                found.extend(rows);
                if !by.also {
                    break;
                }
            }
        }
        found
    }

    /// Whether something calls or is decorated by what a way names.
    fn fits(&self, by: &By, site: &Site) -> bool {
        let given = site.arguments().map(|it| it.arguments.len());
        if by
            .arguments
            .is_some_and(|wanted| given.unwrap_or(0) != wanted)
        {
            return false;
        }
        let keywords = site.arguments().map_or(&[][..], |it| &it.keywords);
        let is_barred = |it: &Option<crate::Name>| {
            it.as_ref()
                .is_none_or(|name| by.without.iter().any(|it| *it == **name))
        };
        if !by.without.is_empty() && keywords.iter().any(|it| is_barred(&it.0)) {
            return false;
        }
        let has = |(name, _): &(Option<crate::Name>, Expr)| name.as_deref() == Some(&*by.having);
        if !by.having.is_empty() && !keywords.iter().any(has) {
            return false;
        }
        let given = site.arguments().and_then(|it| keyword(it, &by.having_true));
        let is_true = |it: &Expr| self.follow.decide(it, &site.scope) == Some(true);
        if !by.having_true.is_empty() && !given.is_some_and(is_true) {
            return false;
        }
        if let [part, wanted] = &by.saying[..] {
            let said = argument(part, site).and_then(|it| self.follow.text(it, &site.scope));
            if said.as_deref() != Some(wanted) {
                return false;
            }
        }
        if by.marks && is_lost(site) {
            return false;
        }
        if !by.owner_none.is_empty() && !self.is_owner_none(&by.owner_none, &site.callee)
            || !by.owner_unless_none.is_empty()
                && self.is_owner_none(&by.owner_unless_none, &site.callee)
        {
            return false;
        }
        match by.when.as_str() {
            "decorator" if site.decorated.is_none() => return false,
            "call" if site.decorated.is_some() => return false,
            _ => {}
        }
        match &site.callee {
            Thing::Defined(it) => by.call.iter().any(|path| {
                let is_class = matches!(it.what, What::Class(_));
                is_same(path, &it.path) || is_class && self.follow.is_a(&it.path, path)
            }),
            Thing::Instance(it) => {
                let whole = match it.attributes.as_str() {
                    "" => it.object.clone(),
                    attributes => format!("{}.{attributes}", it.object),
                };
                by.call.iter().any(|path| is_same(path, &whole))
                    || by.method.contains(&it.attributes)
                        && by.on.iter().any(|class| self.follow.is_a(&it.class, class))
            }
            _ => false,
        }
    }

    fn by(&self, by: &By, site: &Site) -> Option<Vec<Row>> {
        let things = match by.each.as_str() {
            "" => {
                // `site.register(Item, None)`: as if nothing was said, where the framework has something of its own.
                let says = |it: &&String| {
                    argument(it, site).is_none_or(|it| !self.is_literal_none(it, &site.scope))
                };
                let mut said = by.leads.iter().filter(says);
                let led = said.find_map(|it| self.led(it, site));
                let any = || by.leads.iter().find_map(|it| self.led(it, site));
                let led = led.or_else(any)?;
                led.into_iter().map(|it| (it, None)).collect()
            }
            "keywords" => self.by_keywords(site)?,
            "members" => {
                let members = self.members(by, site)?.into_iter();
                members.map(|it| ((it, String::new()), None)).collect()
            }
            "other arguments" => {
                let others = site.arguments()?.arguments.iter().skip(1);
                let others = others.map(|it| (self.thing(it, &site.scope), None));
                others.collect()
            }
            each if let Some(part) = each.strip_prefix("pairs ") => {
                self.pairs(argument(part, site)?, site)?
            }
            each if let Some((sort, of)) = each.split_once(" of class ") => {
                self.had(sort, by, (argument(of, site)?, site))?
            }
            each if let Some((part, of)) = each.split_once(" of ") => {
                self.listed_in(part, (argument(of, site)?, &site.scope))?
            }
            each => {
                let callee = &site.arguments()?.function;
                self.listed(argument(each, site)?, (callee, &site.scope))?
            }
        };
        let is_text = |it: &Thing| {
            let it = self.follow.settle(it.clone(), &site.scope);
            self.follow.text_of(&it).is_some()
        };
        if by.no_text && things.iter().any(|it| is_text(&it.0.0)) {
            return None;
        }
        if !by.unless_none.is_empty()
            && things
                .iter()
                .any(|it| self.is_none(&by.unless_none, site, &it.0.0))
        {
            return None;
        }
        if !by.with.is_empty()
            && !things
                .iter()
                .any(|it| self.used.contains(&object_of(&it.0.0)))
        {
            return None;
        }
        // Of several in one call the first stands for all.
        if let Some((attribute, settings)) = by.swapped.split_once(' ')
            && let Some(first) = argument("argument 0", site)
            && let model = self.follow.expr(first, &site.scope)
            && self.follow.is_swapped(&model, attribute, settings)
        {
            return Some(vec![]);
        }
        let dead = self.is_dead(by, site);
        let mut rows = vec![];
        for ((thing, shown), key) in things {
            let ways = || by.key.iter().find_map(|it| self.keys(it, by, site, &thing));
            let keys = key.map(|it| vec![it]).or_else(ways);
            // A registry whose keys are known only when it runs.
            let keys = keys.unwrap_or_else(|| vec![(None, by.key.is_empty(), None)]);
            for (key, is_known, keyed) in keys {
                let key = key.map(|it| {
                    let end = it.find(|it| by.until.contains(it)).unwrap_or(it.len());
                    format!("{}{}{}", by.before, it[..end].trim_end(), by.behind)
                });
                // A key that only says how an object is written is one of each round's.
                let is_written = key.as_ref() == Some(&shown);
                let of = is_written.then(|| self.told_apart(&thing, site)).flatten();
                let defined = thing.defined().cloned();
                let stands_for = made_with(self.follow, &thing, &by.stands_for);
                let stands_for = stands_for.map(|(it, scope)| self.thing(&it, &scope));
                let (led, written) = stands_for
                    .as_ref()
                    .map_or((&thing, &shown), |it| (&it.0, &it.1));
                let mut registered = Registered::new(key, self.leads(led, written));
                let file = &site.scope.file;
                registered.at = Some(file.spot(site.start, site.end));
                registered.distribution = self.follow.modules.distribution(file);
                registered.by = said(site);
                if let Some(why) = &dead {
                    registered.state = RowState::Dead(why.clone());
                } else if let Some(condition) = site.perhaps {
                    registered.state = RowState::Unknown(format!(
                        "hangs on a condition: line {}",
                        file.line(condition)
                    ));
                }
                if !is_known {
                    let why = "its key is worked out when it runs";
                    registered.state = RowState::Unknown(String::from(why));
                } else if registered.state == RowState::Alive
                    && let Some(function) = waits_for(site)
                {
                    let why = format!("registered when `{function}` is called");
                    registered.state = RowState::Unknown(why);
                }
                let given = by.of.iter().find_map(|it| argument(it, site));
                let object = match (&site.callee, given) {
                    _ if by.of_taken => site.taken().cloned(),
                    (Thing::Instance(it), _) => Some(it.clone()),
                    _ if by.of_made => self.made(site),
                    (_, Some(given)) => {
                        let of = self.follow.settled(given, &site.scope);
                        let of = if let Thing::Instance(it) = of {
                            Some(it)
                        } else {
                            None
                        };
                        if of.is_none() {
                            let why =
                                "with which object it is registered is worked out when it runs";
                            registered.state = RowState::Unknown(String::from(why));
                        }
                        of
                    }
                    _ => None,
                };
                rows.push(Row {
                    round: self.round_of(by, site),
                    same_as: self.same_as(by, site, &registered.leads),
                    registered,
                    object,
                    defined,
                    of,
                    is_brought: false,
                    is_beneath: by.beneath,
                    priority: self.priority(by, site),
                    turn: vec![],
                    keyed,
                });
            }
        }
        Some(rows)
    }

    /// The texts that an object is made with in a loop, which tell it from those of the other rounds.
    fn told_apart(&self, thing: &Thing, site: &Site) -> Option<String> {
        match thing {
            Thing::Instance(it)
                if is_in_loop(site) && it.attributes.is_empty() && it.of.is_none() =>
            {
                self.follow.made_with_texts(it)
            }
            _ => None,
        }
    }

    /// The texts of a call, in a loop or a function that is called, that gives what is registered:
    /// `listen(table, "after_create", ddl.execute_if(dialect=name))`.
    fn round_of(&self, by: &By, site: &Site) -> Option<String> {
        let mut given = by.leads.iter().filter_map(|it| argument(it, site));
        let mut frames = site.scope.frames.iter();
        let is_again = frames.any(|it| (it.is_round || it.is_called) && !it.given.is_empty());
        match &given.next().filter(|_| is_again)?.kind {
            ExprKind::Call(call) => self.follow.texts_of(call, &site.scope),
            _ => None,
        }
    }

    /// What a call registers is the same as, under one key: what it says itself, or else what is registered, where that is one for all.
    fn same_as(&self, by: &By, site: &Site, leads: &Leads) -> Option<String> {
        by.same_as.first()?;
        let mut given = by.same_as.iter().filter_map(|it| argument(it, site));
        if let Some(given) = given.find(|it| !self.is_literal_none(it, &site.scope)) {
            let text = self.follow.text(given, &site.scope)?;
            return (!text.is_empty()).then(|| format!("{text:?}"));
        }
        match leads {
            Leads::Named { sort, path, .. }
                if *sort == NamedSort::Function && !path.contains("<locals>") =>
            {
                let is_method = path.split_once(':').is_some_and(|it| it.1.contains('.'));
                if !is_method || site.decorated.is_some() {
                    return Some(path.clone());
                }
                let mut given = by.leads.iter().filter_map(|it| argument(it, site));
                let of = self.bound_to(given.next()?, &site.scope)?;
                Some(format!("{path} {of}"))
            }
            _ => None,
        }
    }

    /// The object or class whose method an expression asks for, where that is one for all.
    fn bound_to(&self, given: &Expr, scope: &Scope) -> Option<String> {
        let ExprKind::Attribute(of, _) = &given.kind else {
            return None;
        };
        match self.follow.settled(of, scope) {
            Thing::Defined(it) if matches!(it.what, What::Class(_)) => Some(it.path.clone()),
            Thing::Instance(it) if !it.object.is_empty() && !it.object.contains("<locals>") => {
                Some(format!("{}.{}", it.object, it.attributes))
            }
            _ => None,
        }
    }

    /// When a call says that it is called.
    fn priority(&self, by: &By, site: &Site) -> Option<i64> {
        let mut given = by.priority.iter().filter_map(|it| argument(it, site));
        self.follow.whole(given.next()?, &site.scope)
    }

    /// The object that a call makes, by the name that its statement binds.
    pub(super) fn made(&self, site: &Site) -> Option<Rc<Instance>> {
        let around = site.scope.frames.iter().rev().find(|it| !it.is_round);
        let table = around.map_or(&site.scope.file.table, |it| &it.table);
        let made = match table.name_at(site.start) {
            Some(name) => self.follow.name(name, &site.scope),
            None => self.follow.settled(site.call.as_ref()?, &site.scope),
        };
        match made {
            Thing::Instance(it) => Some(it),
            _ => None,
        }
    }

    /// Why what a call names by its path, and what is imported when somebody asks for it, is not there.
    fn is_dead(&self, by: &By, site: &Site) -> Option<String> {
        let mut paths = by.leads.iter().filter_map(|it| it.strip_prefix("text "));
        let parts = paths.find_map(|parts| {
            let texts = split(parts).into_iter();
            let texts = texts.map(|it| self.follow.text(argument(&it, site)?, &site.scope));
            texts.collect::<Option<Vec<Arc<str>>>>()
        })?;
        let whole = parts.join(":");
        let (module, qualname) = whole.split_once(':')?;
        nowhere(self.follow, module, qualname)
    }

    /// What a part of a rule says is registered, each with its text.
    fn led(&self, part: &str, site: &Site) -> Option<Vec<(Thing, String)>> {
        if part == "decorated" {
            let decorated = site.decorated.clone()?;
            return Some(vec![(Thing::Defined(decorated), String::new())]);
        }
        if let Some(parts) = part.strip_prefix("attribute ") {
            let (name, part) = parts.split_once(' ')?;
            let of = self.follow.expr(argument(part, site)?, &site.scope);
            return Some(vec![(self.follow.attribute(&of, name), String::new())]);
        }
        if let Some(path) = part.strip_prefix("path ") {
            let (module, name) = path.split_once(':')?;
            return Some(vec![(self.follow.dotted(module, name), path.to_owned())]);
        }
        if let Some(path) = part.strip_prefix("instance ") {
            let name = path.rsplit([':', '.']).next().unwrap_or(path);
            return Some(vec![(instance_of(path), format!("{name}()"))]);
        }
        if let Some(parts) = part.strip_prefix("class ") {
            let (module, part) = parts.split_once(' ')?;
            let name = self.follow.text(argument(part, site)?, &site.scope)?;
            let made = Defined {
                path: format!("{module}:{name}"),
                what: What::Name,
                file: None,
            };
            return Some(vec![(Thing::Defined(Rc::new(made)), name.to_string())]);
        }
        if part == "callee" {
            return Some(vec![(site.callee.clone(), String::new())]);
        }
        if let Some(parts) = part.strip_prefix("text ") {
            let texts: Vec<Arc<str>> = split(parts)
                .iter()
                .map(|it| self.follow.text(argument(it, site)?, &site.scope))
                .collect::<Option<_>>()?;
            let whole = texts.join(":");
            let (module, qualname) = whole.split_once(':').unwrap_or((&whole, ""));
            return Some(vec![(self.follow.dotted(module, qualname), whole.clone())]);
        }
        if let Some(part) = part.strip_prefix("endpoint of ") {
            return Some(vec![self.of_rule(argument(part, site)?, site)?]);
        }
        if let Some(part) = part.strip_prefix("endpoint ") {
            return Some(vec![self.of_endpoint(argument(part, site)?, site)?]);
        }
        let given = argument(part, site)?;
        if let Some(held) = self.held_endpoint(given, site) {
            return Some(vec![(held, String::new())]);
        }
        Some(vec![self.thing(given, &site.scope)])
    }

    /// Whether a keyword of a call is `None`; where the call has none, that of the call that made what is registered.
    fn is_none(&self, name: &str, site: &Site, of: &Thing) -> bool {
        let own = site.arguments().and_then(|it| keyword(it, name));
        let made = made_with(self.follow, of, name);
        let (value, scope) = match (own, &made) {
            (Some(value), _) => (value, &site.scope),
            (None, Some((value, scope))) => (value, scope),
            (None, None) => return false,
        };
        self.is_literal_none(value, scope)
    }

    /// Whether a keyword is `None` of the call that takes an object in, or else of the call that made it.
    fn is_owner_none(&self, name: &str, callee: &Thing) -> bool {
        let Thing::Instance(of) = callee else {
            return false;
        };
        let taken = (name.to_owned(), of.object.clone());
        if let Some(is_none) = self.taken_with.get(&taken) {
            return *is_none;
        }
        made_with(self.follow, callee, name)
            .is_some_and(|(value, scope)| self.is_literal_none(&value, &scope))
    }

    pub(super) fn is_literal_none(&self, value: &Expr, scope: &Scope) -> bool {
        matches!(
            self.follow.settled(value, scope),
            Thing::Value(_, value) if matches!(value.kind, ExprKind::Literal(crate::syntax::Literal::None))
        )
    }

    pub(super) fn thing(&self, expr: &Expr, scope: &Scope) -> (Thing, String) {
        let mut thing = self.follow.expr(expr, scope);
        // What a method of a class gives that only it sees stands for the class: `View.as_view("name")`.
        let is_local = matches!(&thing, Thing::Defined(it) if it.path.contains("<locals>"));
        // `view = View.as_view("name")`
        if is_local
            && let Some((scope, made)) = self.follow.bound_call(expr, scope)
            && let (made @ Thing::Defined(_), _) = self.thing(&made, &scope)
        {
            thing = made;
        }
        // `View.as_view("name")`, `functools.partial(f)`: what the call is made on, or is handed first.
        if let ExprKind::Call(call) = &expr.kind
            && (is_local || matches!(thing, Thing::Value(..) | Thing::Unknown))
            && let ExprKind::Attribute(of, _) = &call.function.kind
            && let Thing::Defined(it) = self.follow.settled(of, scope)
            && (!is_local || matches!(it.what, What::Class(_)))
        {
            thing = Thing::Defined(it);
        }
        // `functools.partial(function, …)`
        if let Thing::Instance(made) = &thing
            && is_same(&made.class, "functools:partial")
            && let Some((scope, call)) = &made.call
            && let ExprKind::Call(call) = &call.kind
            && let Some(first) = call.arguments.first()
        {
            let inner = self.follow.settled(first, scope);
            if let Thing::Defined(_) = inner {
                thing = inner;
            }
        }
        // `signal.connect(self.changed)`
        let thing = match self.follow.settle(thing.clone(), scope) {
            it @ Thing::Defined(_) => it,
            _ => thing,
        };
        let shown = stands_for(expr, &thing, scope);
        (
            thing,
            shown.unwrap_or_else(|| text_of(expr, scope).to_owned()),
        )
    }
}

/// What is registered, and its text.
pub(super) type Held = (Thing, String);

/// Whether a site stands in a loop of which the rounds are known.
/// Whether what a decorator sets of what it decorates is lost: that is a static method, or a class method, which gives its function.
fn is_lost(site: &Site) -> bool {
    let decorators = match site.decorated.as_ref().map(|it| &it.what) {
        Some(What::Function(def)) => &def.decorators[..],
        _ => &[],
    };
    let inside = decorators.iter().filter(|it| it.start > site.start);
    let mut names = inside.filter_map(|it| match &it.kind {
        ExprKind::Name(name) => Some(name.as_str()),
        _ => None,
    });
    names.any(|it| matches!(it, "staticmethod" | "classmethod"))
}

fn is_in_loop(site: &Site) -> bool {
    let mut frames = site.scope.frames.iter();
    frames.any(|it| it.is_round && !it.given.is_empty())
}

/// The path of an object.
fn object_of(thing: &Thing) -> String {
    match thing {
        Thing::Instance(it) => it.object.clone(),
        _ => String::new(),
    }
}

/// The function that has to be called before a site is come by, where the registry lives longer than the call.
fn waits_for(site: &Site) -> Option<String> {
    let is_its_own = match &site.callee {
        // What it is handed, or has made itself.
        Thing::Instance(it) => it.object.is_empty() || it.object.contains("<locals>"),
        _ => false,
    };
    site.waits_for().filter(|_| !is_its_own)
}

/// How a site is written, as short as it can be.
fn said(site: &Site) -> String {
    let (file, start, end) = match &site.reason {
        // Its own words are no help: a function elsewhere does it.
        Some((file, start, end)) if site.start == site.end => (file, *start, *end),
        _ => (&site.scope.file, site.start, site.end),
    };
    let text = file.text.get(start as usize..end as usize);
    let text = text.unwrap_or_default();
    let whole = text.lines().next().unwrap_or_default();
    let short: String = whole.chars().take(60).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    let at = if site.decorated.is_some() { "@" } else { "" };
    let text = format!("{at}{short}{more}");
    text
}
