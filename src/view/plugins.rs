//! The *plugins* page: everything below a base, what of it can be instantiated, and how the base or a distribution finds it.

use rustc_hash::FxHashSet;

use crate::analysis::ClassRef;
use crate::plugins::{Atlas, DeclaredEntryPoint, Hook, Plugin, Plugins, Ran, Way, plugins as find};
use crate::semantics::{ClassId, Leads, Registered, Registry, RegistryKind};
use crate::view::words::{
    self, Names, class_link, count, made_at, place_link, short_place, thousands,
};
use crate::view::{Column, Line, Link, Page, Role, Settings, Span};

/// From so many classes on, rows far from where one looks say the class alone.
const MANY: usize = 1_000;

/// How many rows before and behind the line where one looks are whole. A screen has to fit in several times.
const WHOLE: usize = 600;

/// Lists what plugs into a class. Whoever looks at the lines around `near` alone need not wait for the others: of a base with thousands of
/// classes below it, those rows are whole.
pub fn plugins(base: ClassRef<'_>, settings: &Settings, near: Option<usize>) -> Page {
    let mut page = words::about(base);
    let found = find(base);
    summary(&mut page, base, &found);
    registers(&mut page, base, &found);
    entry_points(&mut page, &found, settings);
    classes(&mut page, &found.classes, settings, near);
    page
}

fn summary(page: &mut Page, base: ClassRef<'_>, found: &Plugins<'_>) {
    if found.classes.is_empty() {
        page.push(Line::text(vec![
            Span::plain("no class that was read derives from "),
            Span::new(&base.path().qualname, words::class_role(base)),
        ]));
        return;
    }
    let ready = found
        .classes
        .iter()
        .filter(|plugin| plugin.lacks.is_empty() && plugin.class.made().is_some())
        .count();
    let direct = found
        .classes
        .iter()
        .filter(|plugin| plugin.distance == 1)
        .count();
    page.push(Line::text(vec![Span::plain(format!(
        "{} below it, {} directly; {} can be instantiated",
        count(found.classes.len(), "class", "classes"),
        thousands(direct),
        thousands(ready),
    ))]));
}

/// Whether the base hears of the classes that derive from it.
fn registers(page: &mut Page, base: ClassRef<'_>, found: &Plugins<'_>) {
    let hooks: &[Hook<'_>] = &found.registers;
    if hooks.is_empty() {
        page.push(Line::text(vec![Span::faint(
            match base.metaclass().filter(|it| it.name() != "type") {
                Some(metaclass) => format!(
                    "it does not hear of them: it has no `__init_subclass__`, and its metaclass `{}` only makes them",
                    metaclass.name()
                ),
                None => String::from("it does not hear of them: it has no `__init_subclass__`, and its metaclass is `type`"),
            },
        )]));
    }
    for hook in hooks {
        let way = match hook.way {
            Way::SubclassHook => runs_for(&found.classes),
            Way::Metaclass => String::from("its metaclass takes part in making each of them: "),
        };
        let analysis = base.analysis();
        let place = hook.member.place;
        page.push(
            Line::text(vec![
                Span::plain(way),
                Span::new(&hook.class.path().qualname, words::class_role(hook.class)),
                Span::new(format!(".{}", hook.name), Role::Method),
                Span::faint(place.map_or_else(String::new, |place| {
                    format!("  {}", short_place(analysis, place))
                })),
            ])
            .to(place_link(analysis, place).or_else(|| class_link(hook.class))),
        );
    }
}

/// For how many of the classes a hook ran.
fn runs_for(classes: &[Plugin<'_>]) -> String {
    let silent = classes
        .iter()
        .filter(|it| matches!(it.hook, Ran::No(_)))
        .count();
    let open = classes.iter().filter(|it| it.hook == Ran::Unknown).count();
    let ran = classes.len() - silent - open;
    match (ran, silent) {
        (0, 0) => String::from("what derives from it is handed to "),
        (_, 0) if open == 0 => String::from("runs for each of them: "),
        _ if open == 0 => format!("ran for {ran} of {}: ", classes.len()),
        _ => format!("ran for {ran}, of {open} that is not known: "),
    }
}

/// The class, and the attribute of it, that an entry point names.
fn leads(declared: &DeclaredEntryPoint<'_>) -> Vec<Span> {
    let mut spans = vec![words::class_span(declared.class)];
    if let Some(attribute) = declared.attribute {
        spans.push(Span::new(format!(".{attribute}"), Role::Method));
    }
    spans
}

fn entry_points(page: &mut Page, found: &Plugins<'_>, settings: &Settings) {
    let wanted: Vec<_> = found
        .entry_points
        .iter()
        .filter(|declared| {
            let entry = declared.entry_point;
            super::matches(
                &settings.filter,
                &format!("{} {} {}", entry.group, entry.name, entry.value),
            )
        })
        .collect();
    if wanted.is_empty() {
        return;
    }
    page.heading("entry points that lead here");
    let table = page.table(vec![
        Column::left(0),
        Column::left(0),
        Column::left(2),
        Column::left(1),
        Column::left(3),
    ]);
    for declared in wanted {
        let entry = declared.entry_point;
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain("  "), Span::plain(&entry.name)],
                    leads(declared),
                    vec![Span::faint(&entry.group)],
                    vec![Span::new(&entry.distribution, Role::Module)],
                    vec![Span::faint(entry.place())],
                ],
            )
            .to(class_link(declared.class)),
        );
    }
}

/// The hooks with source that ran while a class was made, in order.
fn made_by(class: ClassRef<'_>) -> String {
    let Some(heard) = class.heard() else {
        return String::new();
    };
    let mut said: Vec<&str> = heard.made_by.iter().map(|it| it.0.as_str()).collect();
    if !heard.is_exact && !said.is_empty() {
        said.push("…");
    }
    said.join(", ")
}

fn classes(page: &mut Page, plugins: &[Plugin<'_>], settings: &Settings, near: Option<usize>) {
    let names = Names::of(plugins.iter().map(|plugin| plugin.class));
    let wanted: Vec<&Plugin<'_>> = plugins
        .iter()
        .filter(|plugin| {
            settings.filter.is_empty()
                || super::matches(&settings.filter, &plugin.class.path().to_string())
        })
        .collect();
    let near = near.filter(|_| wanted.len() > MANY);
    if plugins.is_empty() {
        return;
    }
    page.heading("classes: + can be instantiated, - is abstract");
    if wanted.is_empty() {
        page.push(Line::text(vec![Span::plain(
            "  nothing matches the filter",
        )]));
        return;
    }
    // Where classes have one name, the module is all that tells them apart, and stays.
    let table = page.table(vec![
        Column::left(0),
        Column::left(0),
        Column::whole(if names.are_unlike() { 3 } else { 0 }),
        Column::right(2),
        Column::left(1),
        Column::left(0),
        Column::left(4),
    ]);
    let is_made = plugins.iter().any(|it| !made_by(it.class).is_empty());
    let head = if is_made { "made by" } else { "" };
    page.push(Line::head(
        table,
        &["", "class", "module", "away", "place", "", head],
    ));
    for plugin in wanted {
        let class = plugin.class;
        if near.is_some_and(|near| near.abs_diff(page.lines.len()) > WHOLE) {
            let cells = vec![vec![Span::plain("  ")], vec![words::class_span(class)]];
            page.push(Line::row(table, cells).to(class_link(class)));
            continue;
        }
        let mark = if class.made().is_none() {
            words::standing(class.sureness())[0]
                .text
                .chars()
                .take(1)
                .collect()
        } else if plugin.lacks.is_empty() {
            "+".to_owned()
        } else {
            "-".to_owned()
        };
        let role = if mark == "+" {
            Role::Taken
        } else {
            Role::Faint
        };
        let lacks: Vec<&str> = plugin.lacks.iter().map(crate::Name::as_str).collect();
        let mut notes = vec![];
        if let Ran::No(instead) = plugin.hook {
            notes.push(Span::new("hook did not run", Role::Assumed));
            if let Some(instead) = instead {
                notes.push(Span::faint(format!(
                    ": {}.__init_subclass__ does not call on",
                    instead.name()
                )));
            }
        }
        if !lacks.is_empty() {
            let divider = if notes.is_empty() { "" } else { "; " };
            notes.push(Span::faint(format!(
                "{divider}abstract: {}",
                lacks.join(", ")
            )));
        }
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain("  "), Span::new(mark, role)],
                    vec![words::class_span(class)],
                    vec![Span::new(&class.path().module, Role::Module)],
                    vec![Span::faint(plugin.distance.to_string())],
                    vec![made_at(class)],
                    notes,
                    vec![Span::faint(made_by(class))],
                ],
            )
            .to(class_link(class)),
        );
    }
}

/// What is registered of a class and of those below it, each with the registry it stands in; the mere subclasses of a base are none.
pub fn registered<'a>(
    atlas: &'a Atlas,
    class: ClassRef<'_>,
) -> Vec<(&'a Registry, &'a Registered)> {
    let mut wanted: FxHashSet<ClassId> = class.descendants().iter().map(|it| it.id()).collect();
    wanted.insert(class.id());
    let is_it = |row: &&Registered| matches!(row.leads, Leads::Class(id) if wanted.contains(&id));
    let registries = atlas.registries.iter();
    let registries = registries.filter(|it| it.kind != RegistryKind::Subclasses);
    registries
        .flat_map(|registry| {
            let rows = registry.rows.iter().filter(is_it);
            rows.map(move |row| (registry, row))
        })
        .collect()
}

/// Adds the keys under which a class and those below it are registered, as the atlas has them.
pub fn say_registered(page: &mut Page, class: ClassRef<'_>, atlas: &Atlas, settings: &Settings) {
    let analysis = class.analysis();
    let found: Vec<(&Registry, &Registered)> = registered(atlas, class)
        .into_iter()
        .filter(|(registry, row)| {
            let text = super::atlas::text_of(analysis, row);
            // The page has a table of these.
            registry.kind != RegistryKind::EntryPoints
                && super::matches(&settings.filter, &format!("{} {text}", registry.name))
        })
        .collect();
    if found.is_empty() {
        return;
    }
    page.heading("registered under");
    let table = page.table(super::atlas::columns_of_found());
    for (registry, row) in found {
        let mut cells = super::atlas::cells(analysis, row);
        cells.insert(2, vec![Span::faint(&registry.name)]);
        let link = Link::Registry(registry.name.clone());
        page.push(Line::row(table, cells).to(Some(link)));
    }
}
