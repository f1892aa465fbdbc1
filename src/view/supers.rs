//! The *super* page: how a call of a method runs through its definitions, as seen from the object's class.
//!
//! Without a name it lists the names of which several definitions take part.

mod body;
mod fits;

use std::fmt::Write as _;

use crate::Name;
use crate::analysis::{Along, Body, ByName, Chain, ChainLink, ClassRef, Ends, Hop, Runs, Sure};
use crate::semantics::MemberOrigin;
use crate::source::Place;
use crate::syntax::{Condition, ConditionKind, Reached};
use crate::view::bounded::one_line;
use crate::view::words::{self, Names, class_link, count, place_link, short_place};
use crate::view::{Column, Line, Link, Page, Role, Settings, Span};

/// A call that goes on: its line, where it leads, on what it hangs, the link.
type Onward = (u32, Vec<Span>, Vec<Span>, Option<Link>);

/// Longest condition that is written out, in characters.
const LONGEST_CONDITION: usize = 60;

/// Says how calls of a method go through its definitions; without a name, which names have several.
pub fn supers(class: ClassRef<'_>, name: Option<&str>, settings: &Settings) -> Page {
    let Some(name) = name.filter(|it| !it.is_empty()) else {
        return listed(class, settings);
    };
    let mut page = words::about(class);
    page.title = vec![
        Span::new(
            format!("{}.{name}", class.path().qualname),
            words::class_role(class),
        ),
        Span::faint(format!("  as seen from {}", class.path())),
    ];
    let Some(chain) = class.chain(name) else {
        page.push(Line::text(vec![Span::plain(format!(
            "no class of its MRO defines `{name}`"
        ))]));
        return page;
    };
    page.standing = standing(class, chain.sure);
    if chain.sure == Sure::Unknown {
        page.push(Line::text(vec![
            Span::new("○ ", Role::Unknown),
            Span::plain("not all of this is known: what is out of view may come between"),
        ]));
    }
    let ribbon = Ribbon {
        class,
        name,
        chain: &chain,
        names: Names::of(chain.links.iter().map(|it| it.definition.class)),
        complaints: fits::complaints(class, name, &chain),
    };
    ribbon.push(&mut page);
    body::push(&mut page, name, &chain, &ribbon.names);
    page
}

/// Whether the name is one of which there is a ribbon to show: some class defines it as something that runs.
pub fn has_ribbon(class: ClassRef<'_>, name: &str) -> bool {
    let chain = class.chain(name);
    let mut links = chain.iter().flat_map(|it| &it.links);
    links.any(|it| !matches!(it.body, Body::Value | Body::Open))
}

/// How sure the answer is, in the words of the class's own.
fn standing(class: ClassRef<'_>, sure: Sure) -> Vec<Span> {
    match sure {
        Sure::Exact => words::standing(class.sureness()),
        Sure::Assumed => match class.sureness() {
            crate::analysis::Sureness::Exact => vec![Span::new("◐ assumed", Role::Assumed)],
            other => words::standing(other),
        },
        Sure::Unknown => vec![Span::new("○ unknown", Role::Unknown)],
    }
}

/// What the rows of a ribbon share.
struct Ribbon<'r, 'a> {
    class: ClassRef<'a>,
    name: &'r str,
    chain: &'r Chain<'a>,
    names: Names,
    /// By the definition, and the offset of the call: why its arguments do not fit.
    complaints: Vec<(usize, u32, String)>,
}

impl<'a> Ribbon<'_, 'a> {
    fn push(&self, page: &mut Page) {
        // What goes first when it gets narrow: the condition, the place; who and where to never.
        let table = page.table(vec![
            Column::right(0),
            Column::left(0),
            Column::left(2),
            Column::left(0),
            Column::left(0),
            Column::left(1),
        ]);
        page.push(Line::head(
            table,
            &["", "class", "place", "", "goes on", "when"],
        ));
        let mut stopped = None;
        for (at, link) in self.chain.links.iter().enumerate() {
            self.link(page, table, at, link, stopped);
            if link.runs.is_some() && link.ends.is_some() {
                stopped = Some(at);
            }
        }
    }

    fn place(link: &ChainLink<'_>) -> Option<Place> {
        match link.body {
            Body::Def(method) => link.definition.class.place().map(|it| Place {
                file: it.file,
                start: method.name_at,
                end: method.end,
            }),
            _ => link.definition.place(),
        }
    }

    fn link(
        &self,
        page: &mut Page,
        table: usize,
        at: usize,
        link: &ChainLink<'_>,
        stopped: Option<usize>,
    ) {
        let analysis = self.class.analysis();
        let class = link.definition.class;
        let place = Self::place(link);
        let (verdict, role) = self.verdict(at, link);
        let head = |on: Vec<Span>, when: Vec<Span>| {
            let number = match link.runs_at_all {
                Some(_) => Span::plain((at + 1).to_string()),
                None => Span::faint("·"),
            };
            let mut name = self.names.span(class);
            if link.runs_at_all.is_none() {
                name.role = Role::Rejected;
            }
            vec![
                vec![number],
                vec![name],
                vec![match place {
                    Some(place) => Span::faint(short_place(analysis, place)),
                    None => words::made_at(class),
                }],
                vec![Span::new(verdict, role)],
                on,
                when,
            ]
        };
        let to = || place_link(analysis, place).or_else(|| class_link(class));
        let mut rows = self.goes_on(at, link);
        if rows.is_empty() {
            rows.push((self.why_not(at, link, stopped), vec![], None));
        }
        for (number, (on, when, calls)) in rows.into_iter().enumerate() {
            let cells = match number {
                0 => head(on, when),
                _ => vec![vec![], vec![], vec![], vec![], on, when],
            };
            let link = if number == 0 { to() } else { calls.or_else(to) };
            page.push(
                Line::row(table, cells)
                    .to(link)
                    .about(&Name::from(self.name)),
            );
        }
        if let Some(wrapped) = wrapped(link) {
            let cells = vec![
                vec![],
                vec![],
                vec![],
                vec![Span::new("◐", Role::Assumed)],
                vec![Span::plain(wrapped)],
                vec![],
            ];
            page.push(Line::row(table, cells).to(to()));
        }
        for (_, start, complaint) in self.complaints.iter().filter(|it| it.0 == at) {
            let at = place.map(|place| Place {
                start: *start,
                ..place
            });
            let cells = vec![
                vec![],
                vec![],
                vec![],
                vec![Span::new("!", Role::Warning)],
                vec![Span::new(complaint, Role::Warning)],
                vec![],
            ];
            page.push(Line::row(table, cells).to(place_link(analysis, at)));
        }
    }

    /// Whether a definition runs, in a word.
    fn verdict(&self, at: usize, link: &ChainLink<'_>) -> (&'static str, Role) {
        match (link.runs, link.runs_at_all) {
            _ if link.times > 1 => ("runs twice", Role::Warning),
            (None, Some(_)) => ("by name", Role::Warning),
            (None, None) if self.elsewhere(at).is_some() => ("by others", Role::Assumed),
            (None, None) => ("never", Role::Rejected),
            (Some(_), _) if link.ends == Some(Ends::Value) => ("no method", Role::Warning),
            (Some(_), _) if link.ends.is_some() && self.leaves_some(at) => ("stops", Role::Warning),
            (Some(Runs::Always), _) => ("runs", Role::Taken),
            (Some(Runs::Conditional), _) => ("perhaps", Role::Taken),
        }
    }

    /// The first method of another name that reads this one from `super()`, in a class that stands before a definition: it may lead there.
    fn elsewhere(&self, at: usize) -> Option<(ClassRef<'a>, &'a Name)> {
        let target = self.chain.links.get(at)?.definition.class;
        if is_object(target) {
            return None;
        }
        let mro = self.class.mro()?;
        let before = mro.into_iter().take_while(|it| it.id() != target.id());
        before
            .flat_map(|class| class.methods().iter().map(move |method| (class, method)))
            .filter(|(_, method)| method.name != self.name)
            .find(|(_, method)| {
                let sites = method.supers.iter().flat_map(|it| &it.sites);
                sites.into_iter().any(|site| site.name == self.name)
            })
            .map(|(class, method)| (class, &method.name))
    }

    /// Whether definitions behind this one are left without a call.
    fn leaves_some(&self, at: usize) -> bool {
        let mut behind = self.chain.links[at + 1..].iter();
        behind.any(|it| it.runs.is_none() && !is_object(it.definition.class))
    }

    /// Where a definition calls on: a row each, with its conditions and its place.
    fn goes_on(
        &self,
        at: usize,
        link: &ChainLink<'_>,
    ) -> Vec<(Vec<Span>, Vec<Span>, Option<Link>)> {
        let Some(file) = link.definition.class.place().map(|it| it.file) else {
            return vec![];
        };
        let source = self.class.analysis().file(file);
        let to = |start: u32, end: u32| {
            place_link(self.class.analysis(), Some(Place { file, start, end }))
        };
        let mut rows: Vec<Onward> = vec![];
        for hop in &link.hops {
            let line = source.line(hop.site.start);
            let mut on = vec![Span::plain(format!("→ super() at :{line}"))];
            on.extend(self.lands(at, hop));
            let is_read = hop.reached == Reached::Late && hop.site.reached != Reached::Late;
            let when = if is_read {
                vec![Span::plain("late: read, not called on the spot")]
            } else {
                Self::when(hop.reached, &hop.site.conditions, source)
            };
            let link = to(hop.site.start, hop.site.end);
            rows.push((hop.site.start, on, when, link));
        }
        for by in &link.named {
            let line = source.line(by.call.start);
            let mut on = vec![Span::new(
                format!("⇒ {}.{}() at :{line}", by.call.class, self.name),
                Role::Warning,
            )];
            on.extend(self.lands_by_name(by));
            let when = Self::when(by.call.reached, &by.call.conditions, source);
            rows.push((by.call.start, on, when, to(by.call.start, by.call.end)));
        }
        rows.sort_by_key(|it| it.0);
        rows.into_iter().map(|it| (it.1, it.2, it.3)).collect()
    }

    /// Where a call lands, if that is not the definition below.
    fn lands(&self, at: usize, hop: &Hop<'_>) -> Option<Span> {
        match hop.to {
            Some(to) if to == at + 1 => None,
            Some(to) => {
                let class = self.chain.links[to].definition.class;
                Some(Span::plain(format!(", to {}", self.names.text(class))))
            }
            None => Some(Span::new(", nothing has it: AttributeError", Role::Error)),
        }
    }

    fn lands_by_name(&self, by: &ByName<'_>) -> Option<Span> {
        let text = match by.to {
            Some(to) => {
                let class = self.chain.links[to].definition.class;
                if class == by.class {
                    return None;
                }
                format!(", that of {}", self.names.text(class))
            }
            None => ", outside of the MRO".to_owned(),
        };
        Some(Span::new(text, Role::Warning))
    }

    /// On what a call hangs, in words.
    fn when(
        reached: Reached,
        conditions: &[Condition],
        source: &crate::source::SourceFile,
    ) -> Vec<Span> {
        let said: Vec<String> = conditions.iter().map(|it| condition(it, source)).collect();
        let said = said.join(", ");
        match reached {
            Reached::Always => vec![Span::faint("always")],
            Reached::Conditional => vec![Span::plain(said)],
            Reached::Late if said.is_empty() => vec![Span::plain("late: in a function made there")],
            Reached::Late => vec![Span::plain(format!("late: {said}"))],
        }
    }

    /// Why a definition does not call on, or is not called.
    fn why_not(&self, at: usize, link: &ChainLink<'_>, stopped: Option<usize>) -> Vec<Span> {
        if link.runs.is_none() && link.runs_at_all.is_none() {
            let Some(by) = stopped.filter(|&by| by < at) else {
                return vec![Span::faint("no super() leads here")];
            };
            if let Some((class, method)) = self.elsewhere(at) {
                let class = self.names.text(class);
                return vec![Span::plain(format!(
                    "only from {class}.{method}, where that is called"
                ))];
            }
            let by = self.names.text(self.chain.links[by].definition.class);
            return vec![Span::faint(format!("behind {by}, which calls no further"))];
        }
        let mut behind = (at + 1)..self.chain.links.len();
        let leaves = if !self.leaves_some(at) {
            ""
        } else if behind.any(|it| self.elsewhere(it).is_some()) {
            ": what follows runs from another method, or never"
        } else {
            ": what follows never runs"
        };
        // A call by name comes to it, too.
        let by_name = link.runs.is_none() && link.runs_at_all.is_some();
        let ends = link.ends.or(by_name.then_some(match link.body {
            Body::Native => Ends::Builtin,
            Body::Value => Ends::Value,
            Body::Open | Body::Library { calls_super: true } => Ends::Untold,
            Body::Def(_) | Body::Library { calls_super: false } => Ends::NoSuper,
        }));
        let leaves = if by_name { "" } else { leaves };
        let text = match ends {
            Some(Ends::NoSuper) if leaves.is_empty() => "ends here: no super()".to_owned(),
            Some(Ends::NoSuper) => format!("no super(){leaves}"),
            Some(Ends::Builtin) => format!("made in C{leaves}"),
            Some(Ends::Value) => "a value, which is not called".to_owned(),
            Some(Ends::Untold) => "its code is not in view".to_owned(),
            Some(Ends::Nothing | Ends::Loop) | None => String::new(),
        };
        vec![Span::faint(text)]
    }
}

/// The decorators around a definition that runs, where they may do something else than call it.
fn wrapped(link: &ChainLink<'_>) -> Option<String> {
    link.runs_at_all?;
    let named: Vec<String> = link
        .wrappers()
        .into_iter()
        .map(|it| match it {
            "?" => "a decorator".to_owned(),
            name => format!("@{name}"),
        })
        .collect();
    let mut by = named.join(", ");
    let member = link.definition.member;
    if by.is_empty()
        && member.origin != MemberOrigin::Body
        && let (Body::Def(_), Some(wraps)) = (link.body, &member.wraps)
    {
        by = wraps.by.join(", ");
    }
    (!by.is_empty()).then(|| format!("taken to be called by {by}"))
}

fn is_object(class: ClassRef<'_>) -> bool {
    class.id() == class.analysis().classes.object()
}

/// A condition as it is written.
fn condition(it: &Condition, source: &crate::source::SourceFile) -> String {
    let text = || one_line(source.slice(it.start, it.end), LONGEST_CONDITION);
    match it.kind {
        ConditionKind::If => format!("if {}", text()),
        ConditionKind::Else => format!("else of if {}", text()),
        ConditionKind::For => format!("for {}", text()),
        ConditionKind::While => format!("while {}", text()),
        ConditionKind::Case => format!("case {}", text()),
        ConditionKind::Try => "in try".to_owned(),
        ConditionKind::And => format!("if {}", text()),
        ConditionKind::Or => format!("unless {}", text()),
        ConditionKind::Comprehension => "in a comprehension".to_owned(),
        ConditionKind::AfterReturn => format!("after return at :{}", source.line(it.start)),
    }
}

/// The names of which several definitions take part, those first whose chain stops before its end.
fn listed(class: ClassRef<'_>, settings: &Settings) -> Page {
    let mut page = words::about(class);
    let along = Along::of(class);
    let named = along.named();
    let mut rows: Vec<(&str, Chain<'_>)> = vec![];
    let mut several = 0;
    for (name, definitions) in &named {
        let real = definitions.iter().filter(|it| !is_object(it.1.class));
        let first = definitions.first().map(|it| it.1);
        let is_method = first.is_some_and(|it| it.class.method(name).is_some());
        if real.count() < 2 || !is_method {
            continue;
        }
        several += 1;
        if crate::view::matches(&settings.filter, name) {
            rows.push((name, along.chain(name, definitions)));
        }
    }
    let names = Names::of(along.mro.iter().copied());
    let stops = |chain: &Chain<'_>| {
        let never = chain.links.iter().filter(|it| it.runs_at_all.is_none());
        never.filter(|it| !is_object(it.definition.class)).count()
    };
    let calls = |chain: &Chain<'_>| chain.links.iter().any(ChainLink::to_next);
    let (on, cut) = (
        rows.iter().filter(|it| calls(&it.1)).count(),
        rows.iter()
            .filter(|it| calls(&it.1) && stops(&it.1) > 0)
            .count(),
    );
    let mut said = match several {
        0 => String::from("no method has several definitions"),
        _ => format!(
            "{} with several definitions, {on} of them call super()",
            count(several, "method", "methods")
        ),
    };
    if cut > 0 {
        let leave = if cut == 1 { "leaves" } else { "leave" };
        // Writing to a `String` cannot fail.
        let _ = write!(said, "; {cut} of these {leave} some out");
    }
    page.push(Line::text(vec![Span::plain(said)]));
    page.push(Line::blank());
    // Chains that go on and yet leave some out, then those that go on, then those where the first one alone runs.
    rows.sort_by_key(|(name, chain)| (!calls(chain), stops(chain) == 0, *name));
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    if !rows.is_empty() {
        page.push(Line::head(table, &["name", "runs", "never"]));
    }
    for (name, chain) in rows {
        let mut runs = vec![];
        let mut never = vec![];
        for link in &chain.links {
            let class = link.definition.class;
            if link.runs_at_all.is_none() {
                if !is_object(class) {
                    let gap = if never.is_empty() { "" } else { " " };
                    never.push(Span::new(
                        format!("{gap}{}", names.text(class)),
                        Role::Rejected,
                    ));
                }
                continue;
            }
            if !runs.is_empty() {
                let arrow = match (link.runs, link.times) {
                    (_, 2..) => " ⇉ ",
                    (Some(Runs::Always), _) => " → ",
                    (Some(Runs::Conditional), _) => " ⇢ ",
                    (None, _) => " ⇒ ",
                };
                runs.push(Span::faint(arrow));
            }
            runs.push(names.span(class));
        }
        if chain.sure == Sure::Unknown {
            runs.push(Span::new(" ?", Role::Unknown));
        }
        let cells = vec![vec![Span::new(name, Role::Method)], runs, never];
        page.push(
            Line::row(table, cells)
                .to(Some(Link::Chain(Name::from(name))))
                .about(&Name::from(name)),
        );
    }
    page
}

impl ChainLink<'_> {
    /// Whether it runs and calls on to another definition.
    fn to_next(&self) -> bool {
        self.runs.is_some() && self.hops.iter().any(|it| it.to.is_some())
    }
}
