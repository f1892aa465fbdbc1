//! The *atlas* page: every registry of the project, and what is registered in one of them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Analysis;
use crate::plugins::Atlas;
use crate::semantics::{Leads, NamedSort, Registered, Registry, RegistryKind, RowState, Spotted};
use crate::view::words::{self, count};
use crate::view::{Column, Line, Link, Page, Role, Settings, Span};

/// Lists the registries, or what is registered in the one of this name; where the atlas is not drawn yet, says so.
pub fn atlas(
    analysis: &Analysis,
    atlas: Option<&Atlas>,
    name: Option<&str>,
    settings: &Settings,
) -> Page {
    let mut page = Page {
        title: vec![
            Span::new("Atlas", Role::Heading),
            Span::faint(format!("  {}", analysis.world.project)),
        ],
        ..Page::default()
    };
    let Some(atlas) = atlas else {
        page.push(Line::text(vec![Span::faint(
            "being gathered: what is registered, and where",
        )]));
        return page;
    };
    let Some(name) = name else {
        overview(&mut page, analysis, atlas, settings);
        return page;
    };
    if let Some(found) = atlas.registries.iter().find(|it| it.name == name) {
        return of_registry(analysis, found, settings);
    }
    let text = format!("there is no registry `{name}` any more");
    page.push(Line::text(vec![Span::plain(text)]));
    page
}

/// What is registered in one registry.
pub fn of_registry(analysis: &Analysis, registry: &Registry, settings: &Settings) -> Page {
    let mut page = Page {
        title: vec![
            Span::new(&registry.name, Role::Heading),
            Span::faint(format!("  {}", registry.kind.say())),
        ],
        ..Page::default()
    };
    let mut said = vec![Span::plain(counts(registry))];
    if !registry.key.is_empty() {
        said.push(Span::faint(format!("  key: {}", registry.key)));
    }
    if let Some(at) = &registry.at {
        said.push(Span::faint(format!("  {}", place(analysis, at))));
    }
    let link = registry.at.as_ref().and_then(|it| link(analysis, it));
    page.push(Line::text(said).to(link));
    if let Some(doubt) = &registry.doubt {
        page.push(Line::text(vec![
            Span::new("? ", Role::Unknown),
            Span::plain(format!("there may be more: {doubt}")),
        ]));
    }
    let wanted: Vec<&Registered> = registry
        .rows
        .iter()
        .filter(|row| super::matches(&settings.filter, &text_of(analysis, row)))
        .collect();
    legend(&mut page, &wanted);
    page.push(Line::blank());
    rows(&mut page, analysis, &wanted);
    page
}

/// What a search found: rows, each with the registry it stands in.
pub fn found_rows(
    analysis: &Analysis,
    asked: &str,
    found: &[(&Registry, Option<&Registered>)],
) -> Page {
    let mut page = Page {
        title: vec![Span::new(asked, Role::Heading)],
        ..Page::default()
    };
    let registries = found.iter().filter(|it| it.1.is_none()).count();
    page.push(Line::text(vec![Span::plain(format!(
        "{}, {} like it",
        count(registries, "registry", "registries"),
        count(found.len() - registries, "plugin", "plugins"),
    ))]));
    page.push(Line::blank());
    let table = page.table(columns_of_found());
    for (registry, row) in found {
        match row {
            None => {
                let at = registry.at.as_ref();
                let cells = vec![
                    vec![Span::plain("  "), Span::new(&registry.name, Role::Heading)],
                    vec![Span::plain(counts(registry))],
                    vec![Span::faint(registry.kind.say())],
                    vec![],
                    vec![Span::faint(
                        at.map_or_else(String::new, |it| place(analysis, it)),
                    )],
                    vec![],
                ];
                let link = Some(Link::Registry(registry.name.clone()));
                page.push(Line::row(table, cells).to(link));
            }
            Some(row) => {
                let mut cells = cells(analysis, row);
                cells.insert(2, vec![Span::faint(&registry.name)]);
                page.push(Line::row(table, cells).to(link_of(analysis, row)));
            }
        }
    }
    page
}

pub(super) fn columns_of_found() -> Vec<Column> {
    vec![
        Column::left(0),
        Column::left(0),
        Column::left(2),
        Column::left(3),
        Column::left(1),
        Column::left(4),
    ]
}

fn overview(page: &mut Page, analysis: &Analysis, atlas: &Atlas, settings: &Settings) {
    let sum = |of: fn(&Registry) -> usize| atlas.registries.iter().map(of).sum::<usize>();
    let mut said = vec![
        count(atlas.registries.len(), "registry", "registries"),
        count(atlas.len(), "plugin", "plugins"),
    ];
    let mut add = |number: usize, one: &str, many: &str| {
        if number > 0 {
            said.push(count(number, one, many));
        }
    };
    add(sum(Registry::collisions), "collision", "collisions");
    add(sum(Registry::dead), "dead", "dead");
    add(
        sum(Registry::never_imported),
        "never imported",
        "never imported",
    );
    page.push(Line::text(vec![Span::plain(said.join(" · "))]));
    if atlas.registries.is_empty() {
        page.push(Line::text(vec![Span::faint(
            "nothing registers anything here in a way that is known",
        )]));
        return;
    }
    page.push(Line::blank());
    let table = page.table(vec![
        Column::left(2),
        Column::left(0),
        Column::right(0),
        Column::left(0),
        Column::left(3),
    ]);
    page.push(Line::head(table, &["", "registry", "plugins", "", "key"]));
    let filter = &settings.filter;
    let mut told: Option<&RegistryKind> = None;
    let mut is_own = atlas.registries.first().is_some_and(Registry::is_own);
    for registry in &atlas.registries {
        let head = format!("{} {}", registry.kind.say(), registry.name);
        let is_it = super::matches(filter, &head);
        let rows: Vec<&Registered> = if filter.is_empty() || is_it {
            vec![]
        } else {
            let rows = registry.rows.iter();
            rows.filter(|row| super::matches(filter, &text_of(analysis, row)))
                .collect()
        };
        if !is_it && rows.is_empty() {
            continue;
        }
        if is_own && !registry.is_own() {
            is_own = false;
            told = None;
            page.heading("of what is installed");
        }
        let kind = if told == Some(&registry.kind) {
            ""
        } else {
            registry.kind.say()
        };
        told = Some(&registry.kind);
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::faint(format!("  {kind}"))],
                    vec![Span::new(&registry.name, role_of(analysis, registry))],
                    vec![Span::plain(registry.rows.len().to_string())],
                    troubles(registry),
                    vec![Span::faint(&registry.key)],
                ],
            )
            .to(Some(Link::Registry(registry.name.clone()))),
        );
        for row in rows {
            let cells = cells(analysis, row);
            let mut key = vec![Span::plain("  ")];
            key.extend(cells[0].iter().cloned());
            let leads = cells[1].clone();
            page.push(
                Line::row(table, vec![vec![], key, vec![], leads, cells[3].clone()])
                    .to(link_of(analysis, row)),
            );
        }
    }
    if told.is_none() {
        page.push(nothing());
    }
}

fn role_of(analysis: &Analysis, registry: &Registry) -> Role {
    match registry.class {
        Some(class) => words::class_role(analysis.class(class)),
        None => Role::Value,
    }
}

/// `12 plugins, 1 collision`
fn counts(registry: &Registry) -> String {
    count(registry.rows.len(), "plugin", "plugins")
}

/// Collisions and the like, in a few words.
fn troubles(registry: &Registry) -> Vec<Span> {
    let mut said = vec![];
    let mut add = |number: usize, text: String, role: Role| {
        if number > 0 {
            if !said.is_empty() {
                said.push(Span::faint(", "));
            }
            said.push(Span::new(text, role));
        }
    };
    let (lost, dead, never) = (
        registry.collisions(),
        registry.dead(),
        registry.never_imported(),
    );
    add(lost, count(lost, "collision", "collisions"), Role::Warning);
    add(dead, format!("{dead} dead"), Role::Error);
    add(never, format!("{never} never imported"), Role::Assumed);
    if registry.doubt.is_some() {
        add(1, String::from("perhaps more"), Role::Unknown);
    }
    said
}

/// What stands where a filter leaves nothing.
fn nothing() -> Line {
    Line::text(vec![Span::plain("  nothing matches the filter")])
}

fn rows(page: &mut Page, analysis: &Analysis, rows: &[&Registered]) {
    if rows.is_empty() {
        page.push(nothing());
        return;
    }
    let has_keys = rows.iter().any(|it| it.key.is_some());
    let table = page.table(vec![
        Column::left(0),
        Column::left(0),
        Column::left(3),
        Column::left(1),
        Column::left(2),
    ]);
    let key = if has_keys { "    key" } else { "" };
    page.push(Line::head(
        table,
        &[key, "leads to", "distribution", "place", ""],
    ));
    let mut keys: FxHashSet<&str> = FxHashSet::default();
    let mut named = rows.iter().filter(|row| only_module(row).is_some());
    let is_shared = named.any(|it| !keys.insert(it.key.as_deref().unwrap_or_default()));
    for row in rows {
        let mut cells = cells(analysis, row);
        if let Some(module) = only_module(row).filter(|_| is_shared) {
            cells[1] = vec![Span::new(module, Role::Module)];
        }
        page.push(Line::row(table, cells).to(link_of(analysis, row)));
    }
}

/// The module of what a row leads to, where its key is the name of that: of one hook, which functions of many modules implement, the module
/// tells one row from another.
fn only_module(row: &Registered) -> Option<&str> {
    let Leads::Named { path, .. } = &row.leads else {
        return None;
    };
    let (module, name) = path.split_once(':')?;
    (Some(name) == row.key.as_deref()).then_some(module)
}

/// Key, what it leads to, distribution, place, and what is to be said of it.
pub(super) fn cells(analysis: &Analysis, row: &Registered) -> Vec<Vec<Span>> {
    let (mark, role, note) = state_of(row);
    let key = row.key.as_deref().unwrap_or_default();
    let leads = match &row.leads {
        Leads::Class(class) => words::class_span(analysis.class(*class)),
        Leads::Named { sort, path, .. } => Span::new(short(path), role_of_sort(*sort)),
        Leads::Text(text) => Span::new(super::bounded::one_line(text, LONGEST), Role::Value),
    };
    let by = super::bounded::one_line(&row.by, LONGEST);
    let mut last = vec![];
    if !note.is_empty() {
        last.push(Span::new(note, role));
    }
    if !by.is_empty() {
        let divider = if last.is_empty() { "" } else { "  " };
        last.push(Span::faint(format!("{divider}{by}")));
    }
    let at = row
        .at
        .as_ref()
        .map_or_else(String::new, |it| place(analysis, it));
    vec![
        vec![Span::new(format!("  {mark} "), role), Span::plain(key)],
        vec![leads],
        vec![match &row.distribution {
            Some(name) => Span::new(name, Role::Module),
            None => Span::faint("yours"),
        }],
        vec![Span::faint(at)],
        last,
    ]
}

/// How long an expression may be in a cell.
const LONGEST: usize = 60;

/// The mark of a row's state, its colour, and what is said of it; nothing of one that is alive.
fn state_of(row: &Registered) -> (&'static str, Role, &str) {
    match &row.state {
        RowState::Alive => (" ", Role::Plain, ""),
        RowState::Dead(why) => ("✗", Role::Error, why),
        RowState::NeverImported(why) => ("·", Role::Assumed, why),
        RowState::Refused(why) => ("·", Role::Assumed, why),
        RowState::Replaced(by) => ("!", Role::Warning, by),
        RowState::WithoutKey(why) => ("-", Role::Assumed, why),
        RowState::Unknown(why) => ("?", Role::Unknown, why),
    }
}

/// What the marks of these rows mean, most frequent first, those of one kind together: `? 21  loaded where a function is called`.
fn legend(page: &mut Page, rows: &[&Registered]) {
    let mut told: Vec<Told> = vec![];
    let mut at: FxHashMap<(&str, String), usize> = FxHashMap::default();
    for row in rows {
        let (mark, role, why) = state_of(row);
        if why.is_empty() {
            continue;
        }
        let kind = kind_of(why);
        let ix = *at.entry((mark, kind.clone())).or_insert_with(|| {
            told.push(Told {
                mark,
                role,
                why: why.to_owned(),
                number: 0,
            });
            told.len() - 1
        });
        let known = &mut told[ix];
        known.number += 1;
        if known.why != why {
            known.why = kind;
        }
    }
    told.sort_by_key(|it| std::cmp::Reverse(it.number));
    for it in told.iter().take(MOST_TOLD) {
        page.push(Line::text(vec![
            Span::new(format!("  {} ", it.mark), it.role),
            Span::plain(format!("{}  ", it.number)),
            Span::faint(&it.why),
        ]));
    }
    if let Some(more) = told.len().checked_sub(MOST_TOLD).filter(|it| *it > 0) {
        page.push(Line::text(vec![Span::faint(format!(
            "    {}, in the last column where the screen is wide enough",
            count(more, "other reason", "other reasons"),
        ))]));
    }
}

/// A reason, and for how many rows it holds.
struct Told {
    mark: &'static str,
    role: Role,
    why: String,
    number: usize,
}

/// A reason without what is each row's own: names in it, and what stands behind a colon.
fn kind_of(why: &str) -> String {
    let head = why.split_once(": ").map_or(why, |it| it.0);
    let parts = head.split('`').enumerate();
    let parts: Vec<&str> = parts
        .map(|(at, it)| if at % 2 == 1 { "…" } else { it })
        .collect();
    parts.join("`")
}

/// How many reasons stand above a table.
const MOST_TOLD: usize = 4;

/// The last part of a path: `module:qualname` without its module.
fn short(path: &str) -> &str {
    path.split_once(':').map_or(path, |it| it.1)
}

fn role_of_sort(sort: NamedSort) -> Role {
    match sort {
        NamedSort::Function => Role::Method,
        NamedSort::Class => Role::ThirdParty,
        NamedSort::Module => Role::Module,
        NamedSort::Object => Role::Value,
    }
}

/// All that a filter is held against.
pub fn text_of(analysis: &Analysis, row: &Registered) -> String {
    let leads = match &row.leads {
        Leads::Class(class) => analysis.class(*class).path().to_string(),
        Leads::Named { path, .. } => path.clone(),
        Leads::Text(text) => text.clone(),
    };
    let distribution = row.distribution.as_deref().unwrap_or("yours");
    format!(
        "{} {leads} {distribution}",
        row.key.as_deref().unwrap_or_default()
    )
}

/// A place as people are shown it.
pub fn place(analysis: &Analysis, at: &Spotted) -> String {
    match at {
        Spotted::Source(place) => analysis.say_place(*place),
        Spotted::File(path, Some(line)) => format!("{path}:{line}"),
        Spotted::File(path, None) => path.clone(),
    }
}

fn link(analysis: &Analysis, at: &Spotted) -> Option<Link> {
    match at {
        Spotted::Source(place) => words::place_link(analysis, Some(*place)),
        Spotted::File(..) => None,
    }
}

/// Where a row leads: to the class, or to the source of what is registered, or to where that is said.
pub(super) fn link_of(analysis: &Analysis, row: &Registered) -> Option<Link> {
    let of_leads = match &row.leads {
        Leads::Class(class) => words::class_link(analysis.class(*class)),
        Leads::Named { at, .. } => at.as_ref().and_then(|it| link(analysis, it)),
        Leads::Text(_) => None,
    };
    of_leads.or_else(|| row.at.as_ref().and_then(|it| link(analysis, it)))
}
