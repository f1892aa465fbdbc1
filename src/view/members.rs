//! The *members* page: every name a class has, which class of the MRO provides it, and which definitions it hides.
//!
//! Name and class are those of `inspect.classify_class_attrs`: the first class of the MRO whose own namespace has it. Beside them stand
//! the attributes that methods give to instances.

mod given;

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::analysis::{Along, Analysis, ChainLink, ClassRef, Definition};
use crate::evaluate::{Limits, Values};
use crate::semantics::{ClassId, Closes, MemberKind, Outcome, Wraps};
use crate::view::bounded::{LONGEST, one_line, shortened};
use crate::view::explanation::error;
use crate::view::seen::Elsewhere;
use crate::view::words::{self, Names, class_link, count, kind_letter, place_link, short_place};
use crate::view::{Column, Line, MemberSettings, Page, Role, Settings, Sort, Span};

/// The longest value that a line of its own shows, in characters: half a screen.
const LONGEST_BELOW: usize = 1000;

/// From so many names on, rows far from where one looks say the name alone.
const MANY: usize = 2_000;

/// How many rows before and behind the line where one looks are whole. A screen has to fit in several times.
const WHOLE: usize = 900;

/// The definitions of a name, the winner first.
type Group<'d, 'a> = &'d [(&'a Name, Definition<'a>)];

/// Lists the members of a class; their values as the run has shown them within other limits, where it has been asked to.
///
/// Whoever looks at the lines around `near` alone need not wait for the others: of a class with many thousand names, those rows are whole.
pub fn members(
    class: ClassRef<'_>,
    settings: &Settings,
    values: Option<&Values>,
    near: Option<usize>,
) -> Page {
    let mut page = words::about(class);
    let ancestry = class.known_ancestry();
    let definitions = definitions(&ancestry);
    let by_name: Vec<Group<'_, '_>> = definitions.chunk_by(|a, b| a.0 == b.0).collect();
    let listed = listed(class, &ancestry, &by_name, settings);
    let mut given = given::given(class, &ancestry, settings);
    page.push(summary(&by_name, listed.len(), given::count_of(&ancestry)));
    page.push(switches(settings));
    page.lines.extend(limits(class, settings));
    let unsure = match class.outcome() {
        Outcome::Created(_) => false,
        Outcome::Raises(raised) => {
            page.push(error(class, raised));
            page.push(Line::text(vec![Span::plain(
                "no class comes of this statement; these are the names its body binds",
            )]));
            false
        }
        Outcome::Unknown { .. } => {
            page.push(Line::text(vec![
                Span::new("○ ", Role::Unknown),
                Span::plain(
                    "not all its ancestors are known: what is marked ? may come from another one",
                ),
            ]));
            true
        }
    };
    if by_name
        .iter()
        .any(|group| group[0].1.member.maybe.is_some())
    {
        page.push(Line::text(vec![
            Span::new("○ ", Role::Unknown),
            Span::plain(
                "what is marked ? may be absent: it hangs on a condition that cannot be decided",
            ),
        ]));
    }
    page.push(Line::blank());
    if listed.is_empty() && given.is_empty() {
        page.push(Line::text(vec![Span::plain(
            if class.raises().is_some() && by_name.is_empty() {
                "nothing to list: no name of its body is known; it may not have run before the exception"
            } else {
                "nothing to list: the filter and the switches leave no name"
            },
        )]));
        return page;
    }
    let rows = Rows {
        class,
        along: Along::of(class),
        names: Names::of(ancestry.iter().copied()),
        unsure,
        values,
        has_lines_for_values: settings.members.detail > 0,
        elsewhere: Elsewhere::of(class, settings),
    };
    if let Some(line) = rows.gone(&by_name) {
        page.lines.insert(1, line);
    }
    // What goes first when it gets narrow: the place, to which the line leads anyhow, then the value; kind, name and definitions never.
    let table = page.table(vec![
        Column::left(0),
        Column::left(0),
        Column::left(0),
        Column::left(2),
        Column::left(1),
    ]);
    page.push(Line::head(table, &["", "name", "given by", "place", "is"]));
    let near = near.filter(|_| listed.len() > MANY);
    // In each order what instances are given comes after what the class has.
    let position = positions(&ancestry);
    let sort = settings.members.sort;
    let order = |name: &Name, class: ClassRef<'_>| match sort {
        Sort::Name | Sort::Kind => (0, name.clone()),
        Sort::Class => {
            let position = position.get(&class.id()).copied();
            (position.unwrap_or(0), name.clone())
        }
    };
    given.sort_by_cached_key(|it| order(it.name, it.class));
    let mut given = given.into_iter().peekable();
    let winner = |name: &Name| {
        let at = by_name.binary_search_by_key(&name, |group| group[0].0);
        at.ok().map(|at| by_name[at][0].1)
    };
    page.lines.reserve(listed.len());
    for definitions in listed {
        while sort != Sort::Kind
            && let Some(one) = given.next_if(|it| {
                let (name, definition) = definitions[0];
                order(it.name, it.class) < order(name, definition.class)
            })
        {
            page.push(one.row(table, &rows.names, winner(one.name)));
        }
        if near.is_some_and(|near| near.abs_diff(page.lines.len()) > WHOLE) {
            page.push(rows.bare(table, definitions[0]));
            continue;
        }
        page.push(rows.row(table, definitions));
        page.lines.extend(rows.value_below(definitions[0]));
    }
    for one in given {
        page.push(one.row(table, &rows.names, winner(one.name)));
    }
    page
}

/// Where each class stands along the MRO.
fn positions(ancestry: &[ClassRef<'_>]) -> FxHashMap<ClassId, usize> {
    let positions = ancestry.iter().enumerate();
    positions
        .map(|(position, class)| (class.id(), position))
        .collect()
}

/// Every definition of every name along the MRO, by name, each name's winner first.
fn definitions<'a>(ancestry: &[ClassRef<'a>]) -> Vec<(&'a Name, Definition<'a>)> {
    let mut definitions: Vec<(&Name, Definition<'_>)> = ancestry
        .iter()
        .flat_map(|&class| {
            let members = class.members().iter();
            members.map(move |(name, member)| (name, Definition { class, member }))
        })
        .collect();
    // Keeps those of one name in the order of the MRO.
    definitions.sort_by_key(|&(name, _)| name);
    definitions
}

fn listed<'d, 'a>(
    class: ClassRef<'a>,
    ancestry: &[ClassRef<'a>],
    by_name: &[Group<'d, 'a>],
    settings: &Settings,
) -> Vec<Group<'d, 'a>> {
    let mut listed: Vec<Group<'_, '_>> = by_name
        .iter()
        .copied()
        .filter(|group| {
            is_wanted(class, group, settings.members)
                && super::matches(&settings.filter, group[0].0)
        })
        .collect();
    match settings.members.sort {
        Sort::Name => {}
        Sort::Class => {
            let position = positions(ancestry);
            listed.sort_by_key(|group| position.get(&group[0].1.class.id()));
        }
        Sort::Kind => listed.sort_by_key(|group| group[0].1.member.kind),
    }
    listed
}

fn is_wanted(class: ClassRef<'_>, group: Group<'_, '_>, switches: MemberSettings) -> bool {
    let (
        name,
        Definition {
            class: winner,
            member,
        },
    ) = group[0];
    let is_object = winner != class && winner.name() == "object" && winner.is_interpreters();
    let is_everywhere = is_object || words::every_class_has(name, member);
    (switches.object || !is_everywhere)
        && (switches.inherited || winner == class)
        && is_shown(name, switches)
}

/// Whether the switches leave a name of this form.
pub(super) fn is_shown(name: &str, switches: MemberSettings) -> bool {
    let is_dunder = name.len() > 4 && name.starts_with("__") && name.ends_with("__");
    (switches.special || !is_dunder) && (switches.private || is_dunder || !name.starts_with('_'))
}

fn summary(by_name: &[Group<'_, '_>], listed: usize, given: usize) -> Line {
    let several = by_name
        .iter()
        .filter(|group| {
            let (name, winner) = group[0];
            group.len() > 1 && !words::every_class_has(name, winner.member)
        })
        .count();
    let mut said = format!(
        "{}, {several} with several definitions",
        count(by_name.len(), "name", "names")
    );
    if given > 0 {
        // Writing to a `String` cannot fail.
        let _ = write!(said, ", {given} set on instances");
    }
    if listed < by_name.len() {
        // Writing to a `String` cannot fail.
        let _ = write!(said, ", {} not listed", by_name.len() - listed);
    }
    Line::text(vec![Span::plain(said)])
}

/// The switches as they are, in words.
fn switches(settings: &Settings) -> Line {
    let switches = settings.members;
    let (mut shown, mut hidden) = (vec![], vec![]);
    for (word, on) in [
        ("inherited", switches.inherited),
        ("private", switches.private),
        ("special", switches.special),
        ("object's", switches.object),
    ] {
        if on {
            shown.push(word);
        } else {
            hidden.push(word);
        }
    }
    if shown.is_empty() {
        shown.push("own names");
    }
    let mut spans = vec![
        Span::faint(format!("by {}: ", switches.sort.word())),
        Span::plain(shown.join(" ")),
    ];
    if !hidden.is_empty() {
        spans.push(Span::faint(format!(", not {}", hidden.join(" "))));
    }
    if !settings.filter.is_empty() {
        spans.push(Span::faint("  only "));
        spans.push(Span::new(&settings.filter, Role::Match));
    }
    Line::text(spans)
}

/// What the rows of the table share.
struct Rows<'a> {
    class: ClassRef<'a>,
    along: Along<'a>,
    names: Names,
    unsure: bool,
    /// What the run has shown within other limits.
    values: Option<&'a Values>,
    /// Whether values have lines of their own.
    has_lines_for_values: bool,
    /// What another class, from which this one is read, has instead.
    elsewhere: Option<Elsewhere<'a>>,
}

impl Rows<'_> {
    /// How many names the class from which one looks gets from elsewhere.
    fn gone(&self, by_name: &[Group<'_, '_>]) -> Option<Line> {
        let elsewhere = self.elsewhere.as_ref()?;
        let gone = by_name
            .iter()
            .filter(|group| !words::every_class_has(group[0].0, group[0].1.member))
            .filter(|group| elsewhere.is_other(group[0].0, group[0].1.class.id()))
            .count();
        Some(Line::text(vec![
            Span::plain(format!("{gone} of them come from elsewhere for ")),
            words::class_span(elsewhere.from()),
        ]))
    }

    /// The name alone.
    fn bare(&self, table: usize, (name, winner): (&Name, Definition<'_>)) -> Line {
        let (letter, role) = kind_letter(winner.member);
        let link = place_link(self.class.analysis(), winner.place());
        Line::named(table, letter, name, role).to(link.or_else(|| class_link(winner.class)))
    }

    fn row(&self, table: usize, definitions: Group<'_, '_>) -> Line {
        let (name, winner) = definitions[0];
        let analysis = self.class.analysis();
        let (letter, mut role) = kind_letter(winner.member);
        let place = winner.place();
        let mut chain = self.chain(definitions);
        let elsewhere = self.elsewhere.as_ref();
        if let Some(other) = elsewhere.and_then(|it| it.other(name, winner.class.id())) {
            role = Role::Rejected;
            for span in &mut chain {
                span.role = Role::Rejected;
            }
            chain.splice(0..0, other.spans());
        }
        let cells = vec![
            vec![Span::new(letter, role)],
            vec![Span::new(name, role)],
            chain,
            vec![Span::faint(place.map_or_else(String::new, |place| {
                short_place(analysis, place)
            }))],
            vec![Span::faint(self.cell(name, winner))],
        ];
        Line::row(table, cells)
            .to(place_link(analysis, place).or_else(|| class_link(winner.class)))
            .about(name)
    }

    /// The value of a definition, within the limits in force.
    fn value<'v>(&'v self, name: &Name, definition: Definition<'v>) -> Option<&'v Name> {
        // That it is a class is said in the first column.
        if definition.member.kind == MemberKind::Class || definition.member.signature.is_some() {
            return None;
        }
        let other = self
            .values
            .and_then(|values| values.get(&definition.class.id()));
        let other = other.and_then(|of_class| of_class.get(name));
        other.or(definition.member.shown.as_ref())
    }

    /// What stands in the last column.
    fn cell(&self, name: &Name, definition: Definition<'_>) -> String {
        if let Some(condition) = definition.member.maybe {
            let analysis = self.class.analysis();
            let text = one_line(analysis.text_of(condition), LONGEST);
            return format!("hangs on `{text}`  {}", short_place(analysis, condition));
        }
        let value = self.value(name, definition);
        said(
            definition,
            value.filter(|_| !self.has_lines_for_values),
            value.is_some(),
        )
    }

    /// The value, where it is to have a line of its own.
    fn value_below(&self, (name, definition): (&Name, Definition<'_>)) -> Option<Line> {
        let value = self
            .value(name, definition)
            .filter(|_| self.has_lines_for_values)?;
        let text = shortened(value, LONGEST_BELOW);
        let line = Line::text(vec![Span::plain("      "), Span::new(text, Role::Value)]);
        Some(line.about(name))
    }

    /// The definition that wins, then those it hides, in order of the MRO: `↑super` where one calls on to the next,
    /// `hides` where the next never runs.
    fn chain(&self, definitions: Group<'_, '_>) -> Vec<Span> {
        let (name, first) = definitions[0];
        let elsewhere = self.elsewhere.as_ref();
        // The class from which one looks decides what comes behind.
        if let Some((definitions, links)) =
            elsewhere.and_then(|it| it.chain_from(name, first.class.id()))
        {
            return self.said_chain(&definitions, &links);
        }
        let links = match definitions {
            [(_, only)] if !only.member.calls_super => vec![],
            _ => {
                let places = definitions.iter();
                let places: Vec<(usize, Definition<'_>)> = places
                    .filter_map(|it| Some((self.along.position(it.1.class)?, it.1)))
                    .collect();
                self.along.chain(name, &places).links
            }
        };
        let definitions: Vec<Definition<'_>> = definitions.iter().map(|it| it.1).collect();
        self.said_chain(&definitions, &links)
    }

    fn said_chain(&self, definitions: &[Definition<'_>], links: &[ChainLink<'_>]) -> Vec<Span> {
        let mut spans = vec![];
        for (position, definition) in definitions.iter().enumerate() {
            let link = links.get(position);
            let name = self.names.span(definition.class);
            if position == 0 {
                spans.push(name);
                let is_perhaps = definition.member.maybe.is_some();
                if is_perhaps || self.unsure && definition.class != self.class {
                    spans.push(Span::new(" ?", Role::Unknown));
                }
            } else {
                spans.push(Span::plain(" "));
                spans.push(Span::new(name.text, Role::Rejected));
            }
            let last = position + 1 == definitions.len();
            if link.is_some_and(ChainLink::calls_super) {
                spans.push(Span::plain(" ↑super"));
            } else if link.is_some_and(|it| it.runs.is_some()) && !last {
                let is_perhaps = definition.member.maybe.is_some();
                spans.push(Span::faint(if is_perhaps { " or" } else { " hides" }));
            }
        }
        spans
    }
}

/// The signature or the value in one line, as far as there is one; for a value that is not known, what it is computed by.
pub(super) fn shown(definition: Definition<'_>) -> String {
    let value = definition.member.shown.as_ref();
    let value = value.filter(|_| definition.member.kind != MemberKind::Class);
    said(definition, value, value.is_some())
}

/// The same with another text for the value, which may stand elsewhere.
fn said(definition: Definition<'_>, value: Option<&Name>, is_known: bool) -> String {
    let member = definition.member;
    let text = match (&member.signature, value) {
        (Some(signature), _) => one_line(signature, LONGEST),
        // White space inside of a repr is part of the value.
        (None, Some(value)) => shortened(value, LONGEST),
        (None, None) if is_known => String::new(),
        (None, None) if member.holds.is_some() => member
            .holds
            .as_deref()
            .map(Name::to_string)
            .unwrap_or_default(),
        (None, None) if is_object(definition) => {
            let class = member
                .type_of
                .map(|it| definition.class.analysis().class(it));
            class.map_or_else(String::new, |it| {
                let path = it.path();
                format!("an object of {}.{}", path.module, path.qualname)
            })
        }
        (None, None) => crate::view::expression(definition.class.analysis(), member)
            .map_or_else(String::new, |source| format!("computed: {source}")),
    };
    let mut words: Vec<String> = vec![];
    if member.is_abstract {
        words.push("abstract".to_owned());
    }
    words.extend(kind_word(member.kind).map(ToOwned::to_owned));
    words.extend(member.wraps.as_deref().map(wrapped));
    if let Some(closes) = &member.closes {
        words.push(closed(definition.class.analysis(), closes));
    }
    // Where wrappers are named, the expression that made them says no more.
    if !text.is_empty() && member.wraps.is_none() {
        words.push(text);
    }
    words.join(" ")
}

/// Whether a value is an object of a class that says more of it than the expression which makes it.
fn is_object(definition: Definition<'_>) -> bool {
    let member = definition.member;
    let class = member
        .type_of
        .map(|it| definition.class.analysis().class(it));
    member.kind == MemberKind::Value && class.is_some_and(|it| it.path().module != "builtins")
}

/// What a call of such a function gives, where that is no plain value.
fn kind_word(kind: MemberKind) -> Option<&'static str> {
    match kind {
        MemberKind::AsyncFunction => Some("async"),
        MemberKind::Generator => Some("generator"),
        MemberKind::AsyncGenerator => Some("async generator"),
        _ => None,
    }
}

/// `wrapper of with_telemetry around process, was async`
fn closed(analysis: &Analysis, closes: &Closes) -> String {
    let mut said: Vec<String> = vec![];
    for (name, value, is_default) in &closes.cells {
        // As Python writes a default, and as an assignment is written.
        let sign = if *is_default { "=" } else { " = " };
        said.push(format!("{name}{sign}{}", one_line(value, 40)));
    }
    let place = short_place(analysis, closes.place);
    match said.as_slice() {
        [] => format!("def {place}"),
        said => format!("{}  def {place}", said.join(", ")),
    }
}

fn wrapped(wraps: &Wraps) -> String {
    let by: Vec<&str> = wraps.by.iter().map(Name::as_str).collect();
    let said = format!("{} around {}", by.join(" around "), wraps.around);
    match (kind_word(wraps.was), wraps.kind.and_then(kind_word)) {
        (was, is) if was == is => said,
        (Some("async"), _) => format!("{said}, was async"),
        (Some("generator"), _) => format!("{said}, was a generator"),
        (Some(was), _) => format!("{said}, was an {was}"),
        (None, _) => format!("{said}, was a plain function"),
    }
}

/// The limits of values, where they are not those of `reprlib`.
fn limits(class: ClassRef<'_>, settings: &Settings) -> Option<Line> {
    let of_load = &class.analysis().world.limits;
    let limits = of_load.widened(settings.members.detail);
    let usual = Limits::default();
    if limits == usual {
        return None;
    }
    let changed: Vec<String> = limits
        .numbers()
        .into_iter()
        .zip(usual.numbers())
        .filter(|(now, before)| now != before)
        .map(|((name, number), _)| format!("{name} {number}"))
        .collect();
    Some(Line::text(vec![Span::faint(format!(
        "values within {}",
        changed.join(", ")
    ))]))
}
