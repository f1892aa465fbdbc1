//! The *descriptors* page: each descriptor of a class, which accesses it answers, what they look like they cost, what hides what.
//!
//! Functions are descriptors, too; they are counted, and listed where an assignment to the instance hides one.

mod any_other;
mod assigned;
mod below;
mod costs;
mod found;
mod protocol;
mod resolved;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::{Analysis, ClassRef, Definition};
use crate::semantics::{DescriptorKind, HeldBy, MemberKind, Outcome};
use crate::source::Place;
use crate::syntax::Cost;
use crate::view::descriptors::any_other::AnyOther;
use crate::view::descriptors::assigned::By;
use crate::view::descriptors::found::Found;
use crate::view::descriptors::protocol::Method;
use crate::view::words::{self, class_link, count, kind_letter, place_link, short_place};
use crate::view::{Column, Line, Page, Role, Settings, Span};

/// How many descriptors are looked at; a page of more is not read by anybody.
const MOST: usize = 200;

/// Lists the descriptors of a class; with what they hold, once the run at rest was asked.
pub fn descriptors(class: ClassRef<'_>, settings: &Settings, held: Option<&HeldBy>) -> Page {
    let mut page = words::about(class);
    let (mut listed, methods) = listed(class, settings);
    let all = listed.len();
    listed.truncate(MOST);
    let mut found: Vec<Found<'_>> = listed
        .into_iter()
        .map(|named| Found::of(named, held))
        .collect();
    let any_other = AnyOther::of(class).filter(|_| settings.filter.is_empty());
    let costs = Costs::of(class, &found, any_other.as_ref());
    found::settle(&mut found, class, &costs);
    summary(&mut page, class, &settings.filter, all, methods.len());
    let names = found.iter().map(|it| it.name.as_str());
    let names: FxHashSet<&str> = names
        .chain(methods.iter().map(|it| it.0.as_str()))
        .collect();
    let assigned = assigned::assigned(class, &names);
    if !found.is_empty() || any_other.is_some() {
        page.push(Line::blank());
        let table = glance(&mut page, class, &found, &costs);
        if let Some(any_other) = &any_other {
            page.push(any_other.glance(table, &costs));
        }
    }
    hidden_methods(&mut page, class, &methods, &assigned);
    for one in &found {
        let assigned = assigned.get(one.name.as_str());
        one.detail(
            &mut page,
            class,
            &costs,
            assigned.map_or(&[], Vec::as_slice),
        );
    }
    if let Some(any_other) = &any_other {
        any_other.detail(&mut page, &costs);
    }
    if all > MOST {
        let more = all - MOST;
        page.heading(&format!(
            "{more} more are not shown: the filter finds them by name"
        ));
    }
    page
}

/// A name, and the definition of it that wins.
type Named<'a> = (&'a Name, Definition<'a>);

/// The descriptors that win along the MRO, by name, and the methods beside them.
fn listed<'a>(class: ClassRef<'a>, settings: &Settings) -> (Vec<Named<'a>>, Vec<Named<'a>>) {
    let mut seen: FxHashSet<&Name> = FxHashSet::default();
    let mut listed = vec![];
    let mut methods = vec![];
    for ancestor in class.known_ancestry() {
        let is_object = is_object(ancestor);
        for (name, member) in ancestor.members() {
            if !seen.insert(name) || is_object || words::every_class_has(name, member) {
                continue;
            }
            if !super::matches(&settings.filter, name) {
                continue;
            }
            let definition = Definition {
                class: ancestor,
                member,
            };
            if is_method(member.kind) {
                methods.push((name, definition));
            } else if is_descriptor(definition) {
                listed.push((name, definition));
            }
        }
    }
    listed.sort_by_key(|(name, _)| *name);
    (listed, methods)
}

fn is_object(class: ClassRef<'_>) -> bool {
    class.id() == class.analysis().classes.object()
}

/// Whether a class's `__getattribute__`, `__setattr__` or `__delattr__` is that of `object`: the most part of the types made in C have it
/// under their own name.
fn does_as_object(found: Definition<'_>) -> bool {
    const OWN: [&str; 6] = [
        "type",
        "super",
        "module",
        "ModuleType",
        "method",
        "GenericAlias",
    ];
    let is_native = found.class.is_interpreters() && found.member.kind == MemberKind::BuiltinMethod;
    is_object(found.class) || is_native && !OWN.contains(&found.class.name())
}

/// Methods are non-data descriptors: an assignment to the instance hides them from then on, one to the class takes their place.
fn hidden_methods(
    page: &mut Page,
    class: ClassRef<'_>,
    methods: &[Named<'_>],
    assigned: &FxHashMap<&str, Vec<By<'_>>>,
) {
    let hidden = methods.iter().filter_map(|(name, definition)| {
        let found = assigned.get(name.as_str())?;
        Some((name, definition, found))
    });
    let mut has_heading = false;
    for (name, definition, found) in hidden {
        if !has_heading {
            page.heading("methods that an assignment hides");
            has_heading = true;
        }
        for (by, one) in found {
            let analysis = class.analysis();
            let comes_to = if one.on_class {
                format!(": {}", assigned::on_class(class, one, *definition))
            } else {
                String::new()
            };
            let said = format!(
                "  {}.{name}  by {} in {}.{}{comes_to}  {}",
                definition.class.name(),
                assigned::written(one),
                by.name(),
                one.method,
                short_place(analysis, one.place),
            );
            let line = Line::text(vec![Span::new(said, Role::Warning)]);
            page.push(line.to(place_link(analysis, Some(one.place))).about(name));
        }
    }
}

/// What binds to an instance, and does nothing else on an access.
fn is_method(kind: MemberKind) -> bool {
    matches!(
        kind,
        MemberKind::Function
            | MemberKind::Generator
            | MemberKind::AsyncFunction
            | MemberKind::AsyncGenerator
            | MemberKind::Classmethod
            | MemberKind::Staticmethod
            | MemberKind::BuiltinMethod
    )
}

fn is_descriptor(definition: Definition<'_>) -> bool {
    matches!(
        definition.member.descriptor,
        DescriptorKind::Data | DescriptorKind::NonData
    ) && definition.member.kind != MemberKind::Class
}

/// Methods that get at attributes before any descriptor does.
const TAKES_OVER: &[(&str, &str)] = &[
    ("__getattribute__", "read"),
    ("__setattr__", "write"),
    ("__delattr__", "deletion"),
];

fn summary(
    page: &mut Page,
    class: ClassRef<'_>,
    filter: &str,
    descriptors: usize,
    functions: usize,
) {
    let mut said = count(descriptors, "descriptor", "descriptors");
    if descriptors == 0 {
        said = match (filter.is_empty(), class.outcome()) {
            (false, _) => format!("no descriptor matches `{filter}`"),
            (true, Outcome::Unknown { .. }) => "no descriptors in what is known of it".to_owned(),
            (true, _) => "no descriptors".to_owned(),
        };
    }
    if functions > 0 {
        let beside = count(functions, "method", "methods");
        said = format!("{said}, beside {beside}");
    }
    page.push(Line::text(vec![Span::plain(said)]));
    if descriptors > 0 {
        page.push(Line::text(vec![Span::faint(
            "calls are read off the source; keys and locks are what the modules end up with",
        )]));
    }
    if matches!(class.outcome(), Outcome::Raises(_)) {
        page.push(Line::text(vec![Span::new(
            "no class comes of this statement; these are the names its body binds",
            Role::Warning,
        )]));
    }
    for (method, access) in TAKES_OVER {
        let Some(found) = class.winner(method).filter(|it| !does_as_object(*it)) else {
            continue;
        };
        let said = format!("{}.{method} takes over each {access}", found.class.name());
        page.push(
            Line::text(vec![
                Span::new(said, Role::Warning),
                Span::plain("; what stands here is what `object` does when it is called on"),
            ])
            .to(place_link(class.analysis(), found.member.place)),
        );
    }
}

/// What the functions of a page cost, by where they stand.
struct Costs(FxHashMap<Place, Cost>);

impl Costs {
    /// Reads what the functions of a page do, and what these come to.
    fn of(class: ClassRef<'_>, found: &[Found<'_>], any_other: Option<&AnyOther<'_>>) -> Self {
        let mut costs = Self(FxHashMap::default());
        let methods = found.iter().flat_map(|one| {
            let methods = one.protocol.methods().map(|(_, it)| it);
            methods.chain(&one.protocol.around)
        });
        let of_others = any_other.and_then(AnyOther::body);
        let places = methods.filter_map(|it| it.place);
        let places = places.chain(of_others.map(|it| it.0));
        costs.read(class.analysis(), places.collect());
        let bodies = found.iter().flat_map(|one| one.bodies(class));
        below::read(&mut costs, class, bodies.chain(of_others));
        costs
    }

    /// Reads what stands at some places, where that was not done before.
    fn read(&mut self, analysis: &Analysis, mut places: Vec<Place>) {
        places.retain(|it| !self.0.contains_key(it));
        places.sort_unstable();
        places.dedup();
        let costs = analysis.costs(&places);
        let known = places.into_iter().zip(costs);
        self.0
            .extend(known.filter_map(|(at, cost)| Some((at, cost?))));
    }

    fn at(&self, place: Place) -> Option<&Cost> {
        self.0.get(&place)
    }

    fn get(&self, method: Option<&Method<'_>>) -> Option<&Cost> {
        self.0.get(&method?.place?)
    }
}

/// A line of what is told of one descriptor, with its place at the right.
fn told(
    analysis: &Analysis,
    table: usize,
    label: &str,
    said: Vec<Span>,
    place: Option<Place>,
) -> Line {
    let shown = place.map_or_else(String::new, |place| short_place(analysis, place));
    let cells = vec![
        vec![Span::faint(format!("  {label}"))],
        said,
        vec![Span::faint(shown)],
    ];
    Line::row(table, cells).to(place_link(analysis, place))
}

/// The page's answer: a row a descriptor. Gives the table.
fn glance(page: &mut Page, class: ClassRef<'_>, found: &[Found<'_>], costs: &Costs) -> usize {
    // What goes first when it gets narrow: where values are kept, whether they are cached, the kind; never the name and the cost.
    let table = page.table(vec![
        Column::left(0),
        Column::left(0),
        Column::left(1),
        Column::left(0),
        Column::left(2),
        Column::left(3),
    ]);
    let head = ["", "name", "is", "a read looks like", "cached", "kept in"];
    page.push(Line::head(table, &head));
    for one in found {
        let (letter, role) = kind_letter(one.definition.member);
        let get = costs.get(one.protocol.get.as_ref());
        let read = match get {
            Some(cost) => {
                let direct = [Some(cost), one.around(costs)];
                costs::glance(&direct, &one.below.all, costs)
            }
            None => vec![Span::faint(one.unread())],
        };
        let cached = match (one.definition.member.kind, get) {
            (MemberKind::CachedProperty, _) => "on instance",
            (_, Some(cost)) => costs::cached_glance(cost, one.definition.member.descriptor),
            (_, None) => "",
        };
        let kept = one.kept_glance(costs).unwrap_or_default();
        let cells = vec![
            vec![Span::new(letter, role)],
            vec![Span::new(one.name, role)],
            vec![Span::plain(one.is())],
            read,
            vec![Span::plain(cached)],
            vec![Span::faint(kept)],
        ];
        let link = place_link(class.analysis(), one.definition.place());
        let link = link.or_else(|| class_link(one.definition.class));
        page.push(Line::row(table, cells).to(link).about(one.name));
    }
    table
}
