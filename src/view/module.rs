//! The *module* page: the classes that a module makes, its functions, its names with what they hold, the registries in it, what it imports,
//! and what could not be told. One of its values is read a level deeper on a page of its own.

use std::fmt::Write as _;

use crate::Name;
use crate::analysis::{Analysis, ClassRef, Module, ModuleOrigin};
use crate::semantics::{Bound, ImportedFrom, Inside, ModuleName, ModuleStory, Registry, RowState};
use crate::source::Place;
use crate::view::bounded::{LONGEST, one_line, shortened, value_of_assignment};
use crate::view::words::{self, class_link, count, made_at, place_link, short_place};
use crate::view::{Column, Line, Link, Page, Role, Settings, Span};

/// From so many names on, rows far from where one looks say the name alone.
const MANY: usize = 2_000;
/// How many rows before and behind the line where one looks are whole.
const WHOLE: usize = 900;

/// The page of a module; of what the run tells of it, once it was asked.
pub fn module(
    analysis: &Analysis,
    name: &str,
    story: Option<&ModuleStory>,
    settings: &Settings,
    near: Option<usize>,
) -> Page {
    let module = analysis.module(name);
    let mut page = Page {
        title: vec![Span::new(name, Role::Module)],
        ..Page::default()
    };
    let Some(module) = module else {
        page.push(Line::text(vec![Span::plain(
            "this module is not in the project any more",
        )]));
        return page;
    };
    let making = Making {
        analysis,
        module,
        settings,
        near,
    };
    making.summary(&mut page, story);
    making.trouble(&mut page, story);
    making.modules(&mut page);
    making.classes(&mut page);
    if let Some(story) = story {
        making.registries(&mut page, &story.registries);
        making.names(&mut page, story);
        making.imports(&mut page, story);
    } else {
        page.push(Line::blank());
        page.push(Line::text(vec![Span::faint(
            "its names and what they hold are being gathered",
        )]));
    }
    page
}

/// What one value of a module holds.
pub fn inside(
    analysis: &Analysis,
    name: &str,
    path: &str,
    story: Option<&ModuleStory>,
    settings: &Settings,
) -> Page {
    let mut page = Page {
        title: vec![
            Span::new(path, Role::Value),
            Span::faint(format!("  {name}")),
        ],
        ..Page::default()
    };
    let Some(story) = story else {
        page.push(Line::text(vec![Span::faint("it is being looked into")]));
        return page;
    };
    let Some(inside) = &story.inside else {
        page.push(Line::text(vec![Span::plain(
            "there is nothing to look into under this name",
        )]));
        return page;
    };
    entries(&mut page, analysis, name, inside, settings);
    page
}

/// Lists what a value holds.
fn entries(page: &mut Page, analysis: &Analysis, name: &str, inside: &Inside, settings: &Settings) {
    let mut said = format!(
        "{} of {}",
        inside.kind,
        count(inside.count, "entry", "entries")
    );
    if inside.is_open {
        said.push_str(", and perhaps more than is known");
    }
    if inside.entries.len() < inside.count {
        // Writing to a `String` cannot fail.
        let _ = write!(said, "; the first {} are listed", inside.entries.len());
    }
    if let Some(place) = inside.place {
        // Writing to a `String` cannot fail.
        let _ = write!(said, "  {}", analysis.say_place(place));
    }
    page.push(Line::text(vec![Span::plain(said)]));
    page.push(Line::blank());
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    for entry in &inside.entries {
        let text = entry.shown.as_deref().unwrap_or_default();
        let heard = format!("{} {text}", entry.step);
        if !super::matches(&settings.filter, &heard) {
            continue;
        }
        let (value, link) = said_bound(analysis, &entry.bound, entry.shown.as_ref());
        let deeper = entry
            .holds
            .filter(|_| !matches!(entry.bound, Bound::Class(_)));
        let link = deeper.map_or(link, |_| {
            let path = Name::from(format!("{}{}", inside.path, entry.step));
            Some(Link::Module(Name::from(name), Some(path)))
        });
        let cells = vec![
            vec![Span::plain("  "), Span::new(&entry.step, Role::Plain)],
            vec![value],
            vec![Span::faint(deeper.map_or_else(String::new, |it| {
                format!("{} within", count(it, "entry", "entries"))
            }))],
        ];
        page.push(Line::row(table, cells).to(link));
    }
}

/// What something is bound to, in words, and where that leads.
fn said_bound(analysis: &Analysis, bound: &Bound, shown: Option<&Name>) -> (Span, Option<Link>) {
    match bound {
        Bound::Class(id) => {
            let class = analysis.class(*id);
            (words::class_span(class), class_link(class))
        }
        Bound::Module(name) => {
            let link = analysis.module(name).map(|it| it.name.clone());
            let link = link.map(|name| Link::Module(name, None));
            (Span::new(name, Role::Module), link)
        }
        Bound::Function(head) => {
            let head = head.as_deref().unwrap_or("function");
            (Span::new(one_line(head, LONGEST), Role::Method), None)
        }
        Bound::Value(class) => {
            let text = match (shown, class) {
                (Some(shown), _) => shortened(shown, LONGEST),
                (None, Some(class)) => format!("an object of {}", said_type(analysis, *class)),
                (None, None) => String::from("not known"),
            };
            let role = if shown.is_some() {
                Role::Value
            } else {
                Role::Faint
            };
            (Span::new(text, role), None)
        }
        Bound::Unknown(gap) => {
            let text = format!("not known: {}", analysis.say_gap(gap));
            (Span::new(one_line(&text, LONGEST), Role::Unknown), None)
        }
    }
}

/// `dict`, `queue.Queue`
fn said_type(analysis: &Analysis, class: crate::semantics::ClassId) -> String {
    let path = analysis.class(class).path();
    if path.module == "builtins" {
        return path.qualname.to_string();
    }
    format!("{}.{}", path.module, path.qualname)
}

/// What the parts of a page share.
struct Making<'a> {
    analysis: &'a Analysis,
    module: &'a Module,
    settings: &'a Settings,
    near: Option<usize>,
}

impl<'a> Making<'a> {
    fn is_wanted(&self, text: &str) -> bool {
        super::matches(&self.settings.filter, text)
    }

    fn own(&self) -> Vec<ClassRef<'a>> {
        let classes = self.module.classes.iter();
        classes.map(|&id| self.analysis.class(id)).collect()
    }

    fn summary(&self, page: &mut Page, story: Option<&ModuleStory>) {
        let mut said = vec![count(self.module.classes.len(), "class", "classes")];
        if let Some(story) = story {
            let own = || story.names.iter().filter(|it| !it.is_imported);
            let functions = own().filter(|it| matches!(it.bound, Bound::Function(_)));
            said.push(count(functions.count(), "function", "functions"));
            let values = own().filter(|it| is_value(it));
            said.push(count(values.count(), "value", "values"));
            said.push(count(story.registries.len(), "registry", "registries"));
            let collisions: usize = story.registries.iter().map(Registry::collisions).sum();
            if collisions > 0 {
                said.push(count(
                    collisions,
                    "key assigned twice",
                    "keys assigned twice",
                ));
            }
            said.push(count(story.imports.len(), "import", "imports"));
        }
        let kind = match (self.module.package, self.module.file) {
            (true, _) => "package",
            (false, Some(_)) => "module",
            (false, None) => "namespace package",
        };
        let home = match self.module.origin {
            ModuleOrigin::Project => "",
            ModuleOrigin::ThirdParty => " of the environment",
            ModuleOrigin::StandardLibrary => " of the standard library",
        };
        let file = self.module.file.map(|it| self.analysis.file(it));
        let shown = file.map_or_else(String::new, |it| format!("  {}", it.shown));
        let link = self.module.file.map(|file| Link::Source { file, line: 1 });
        page.push(
            Line::text(vec![
                Span::plain(format!("{kind}{home}")),
                Span::faint(shown),
            ])
            .to(link),
        );
        page.push(Line::text(vec![Span::plain(said.join(" · "))]));
    }

    /// What is wrong with it, and what is not known.
    fn trouble(&self, page: &mut Page, story: Option<&ModuleStory>) {
        let analysis = self.analysis;
        let file = self.module.file.map(|it| &analysis.file(it).shown);
        for problem in &analysis.problems {
            if Some(&problem.path) != file {
                continue;
            }
            let line = problem
                .line
                .map_or_else(String::new, |it| format!("line {it}: "));
            let text = format!("✗ {line}{}", problem.message);
            let link = self.module.file.map(|file| Link::Source {
                file,
                line: problem.line.unwrap_or(1),
            });
            page.push(Line::text(vec![Span::new(text, Role::Error)]).to(link));
        }
        for class in self.own() {
            let Some(raised) = class.raises() else {
                continue;
            };
            let text = format!("✗ class {}: {}", class.path().qualname, raised.line());
            page.push(
                Line::text(vec![
                    Span::new(text, Role::Error),
                    Span::faint("  "),
                    made_at(class),
                ])
                .to(class_link(class)),
            );
        }
        let Some(story) = story else { return };
        if let Some((kind, message, place)) = &story.raises {
            let message = message.as_deref().unwrap_or_default();
            let text = format!(
                "✗ importing it raises {kind}: {}",
                one_line(message, LONGEST)
            );
            page.push(self.placed(vec![Span::new(text, Role::Error)], *place));
        }
        for (name, place) in &story.answers {
            let what = match name.as_str() {
                "__getattr__" => " answers for every other name that is asked of the module",
                _ => " says what `dir()` of the module lists",
            };
            let spans = vec![Span::new(name, Role::Method), Span::plain(what)];
            page.push(self.placed(spans, *place));
        }
        if let Some(gap) = &story.more {
            let text = "other names, which are not known, may be there: ";
            let spans = vec![
                Span::new("○ ", Role::Unknown),
                Span::plain(text),
                Span::plain(analysis.say_gap(gap)),
            ];
            page.push(Line::text(spans).to(place_link(analysis, gap.at)));
        }
        for assumption in &story.rests_on {
            let spans = vec![
                Span::new("◐ ", Role::Assumed),
                Span::plain(format!("assumed: {}", assumption.what)),
            ];
            page.push(self.placed(spans, assumption.at));
        }
        let unknown = story
            .names
            .iter()
            .filter(|it| matches!(it.bound, Bound::Unknown(_)));
        let unknown = unknown.count();
        if unknown > 0 {
            let text = format!(
                "what {} bound to could not be followed",
                count(unknown, "name is", "names are")
            );
            page.push(Line::text(vec![
                Span::new("○ ", Role::Unknown),
                Span::plain(text),
            ]));
        }
    }

    fn placed(&self, mut spans: Vec<Span>, place: Option<Place>) -> Line {
        if let Some(place) = place {
            let text = format!("  {}", short_place(self.analysis, place));
            spans.push(Span::faint(text));
        }
        Line::text(spans).to(place_link(self.analysis, place))
    }

    /// The modules of a package.
    fn modules(&self, page: &mut Page) {
        let within = |it: &&Module| {
            let below = it.name.strip_prefix(self.module.name.as_str());
            let below = below.and_then(|it| it.strip_prefix('.'));
            below.is_some_and(|it| !it.contains('.') && self.is_wanted(it))
        };
        let within: Vec<&Module> = self.analysis.modules.iter().filter(within).collect();
        if within.is_empty() {
            return;
        }
        page.heading("modules");
        let table = page.table(vec![Column::left(0), Column::left(1), Column::left(2)]);
        for module in within {
            let name = module.name.rsplit('.').next().unwrap_or_default();
            let classes = match module.classes.len() {
                0 => String::new(),
                number => count(number, "class", "classes"),
            };
            let kind = if module.package { "package" } else { "" };
            let cells = vec![
                vec![Span::plain("  "), Span::new(name, Role::Module)],
                vec![Span::plain(classes)],
                vec![Span::faint(kind)],
            ];
            let link = Link::Module(module.name.clone(), None);
            page.push(Line::row(table, cells).to(Some(link)));
        }
    }

    fn classes(&self, page: &mut Page) {
        let own = self.own();
        let wanted: Vec<ClassRef<'_>> = own
            .into_iter()
            .filter(|it| self.is_wanted(&it.path().qualname))
            .collect();
        if wanted.is_empty() {
            return;
        }
        page.heading("classes");
        let table = page.table(vec![
            Column::left(0),
            Column::left(0),
            Column::left(2),
            Column::left(1),
        ]);
        let is_long = wanted.len() > MANY;
        for class in wanted {
            if is_long && self.is_far(page) {
                let name = &class.path().qualname;
                page.push(
                    Line::named(table, "  ", name, words::class_role(class)).to(class_link(class)),
                );
                continue;
            }
            let standing = words::standing(class.sureness());
            let mark = standing.first().map(|it| {
                let mark = it.text.chars().take(1).collect::<String>();
                Span::new(format!("  {mark}"), it.role)
            });
            let statement = words::statement(class);
            let bases = statement.split_once('(').map_or("", |(_, it)| it);
            page.push(
                Line::row(
                    table,
                    vec![
                        mark.into_iter().collect(),
                        vec![words::class_span(class)],
                        vec![Span::faint(match bases {
                            "" => String::new(),
                            bases => format!("({}", one_line(bases, 60)),
                        })],
                        vec![made_at(class)],
                    ],
                )
                .to(class_link(class)),
            );
        }
    }

    fn registries(&self, page: &mut Page, registries: &[Registry]) {
        let name = |it: &Registry| {
            let of = it.name.split_once(':').map(|(_, name)| name);
            of.unwrap_or(&it.name).to_owned()
        };
        let wanted: Vec<&Registry> = registries
            .iter()
            .filter(|it| self.is_wanted(&it.name))
            .collect();
        if wanted.is_empty() {
            return;
        }
        page.heading("registries");
        let table = page.table(vec![
            Column::left(0),
            Column::left(0),
            Column::left(1),
            Column::left(2),
        ]);
        for registry in wanted {
            let alive = registry.rows.iter();
            let alive = alive
                .filter(|it| matches!(it.state, RowState::Alive))
                .count();
            let key = match registry.key.as_str() {
                "" => String::new(),
                key => format!("key: {key}"),
            };
            page.push(
                Line::row(
                    table,
                    vec![
                        vec![Span::plain("  "), Span::new(name(registry), Role::Value)],
                        vec![Span::plain(count(alive, "plugin", "plugins"))],
                        vec![Span::faint(registry.kind.say())],
                        vec![Span::faint(key)],
                    ],
                )
                .to(Some(Link::Registry(registry.name.clone()))),
            );
            for row in &registry.rows {
                let (mark, why, role) = match &row.state {
                    RowState::Replaced(why) => ("!", why, Role::Warning),
                    RowState::WithoutKey(why) => ("-", why, Role::Assumed),
                    RowState::Unknown(why) => ("?", why, Role::Unknown),
                    _ => continue,
                };
                let cells = super::atlas::cells(self.analysis, row);
                let mut spans = vec![Span::new(format!("    {mark} "), role)];
                if let Some(key) = &row.key {
                    spans.push(Span::plain(format!("{key}  ")));
                }
                spans.extend(cells.into_iter().nth(1).into_iter().flatten());
                spans.push(Span::faint(match &row.at {
                    Some(at) => format!("  {}", super::atlas::place(self.analysis, at)),
                    None => String::new(),
                }));
                spans.push(Span::plain(format!("  {why}")));
                page.push(Line::text(spans).to(super::atlas::link_of(self.analysis, row)));
            }
        }
    }

    fn is_far(&self, page: &Page) -> bool {
        self.near
            .is_some_and(|near| near.abs_diff(page.lines.len()) > WHOLE)
    }

    /// Functions first, then values; what is imported stands below.
    fn names(&self, page: &mut Page, story: &ModuleStory) {
        let analysis = self.analysis;
        let own = |it: &&ModuleName| !it.is_imported && self.is_wanted(&it.name);
        let functions: Vec<&ModuleName> = story
            .names
            .iter()
            .filter(own)
            .filter(|it| matches!(it.bound, Bound::Function(_)))
            .collect();
        let values: Vec<&ModuleName> = story
            .names
            .iter()
            .filter(own)
            .filter(|it| is_value(it) || self.is_alias(it))
            .collect();
        let is_long = functions.len() + values.len() > MANY;
        for (heading, names) in [("functions", functions), ("names", values)] {
            if names.is_empty() {
                continue;
            }
            page.heading(heading);
            let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
            for name in names {
                if is_long && self.is_far(page) {
                    page.push(
                        Line::named(table, "  ", &name.name, Role::Plain)
                            .to(place_link(analysis, name.place)),
                    );
                    continue;
                }
                page.push(self.name(table, name));
            }
        }
    }

    fn name(&self, table: usize, name: &ModuleName) -> Line {
        let analysis = self.analysis;
        let (mut value, mut link) = said_bound(analysis, &name.bound, name.shown.as_ref());
        if let (Bound::Value(_), None, Some(place)) = (&name.bound, &name.shown, name.place)
            && let Some(text) = value_of_assignment(analysis.text_of(place))
        {
            value = Span::new(format!("computed: {text}"), Role::Faint);
        }
        let mut spans = vec![value];
        if let Some(condition) = name.maybe {
            let text = one_line(analysis.text_of(condition), LONGEST);
            spans.push(Span::new(format!("  hangs on `{text}`"), Role::Unknown));
        }
        if name.holds.is_some() && !matches!(name.bound, Bound::Class(_) | Bound::Function(_)) {
            let module = self.module.name.clone();
            link = Some(Link::Module(module, Some(name.name.clone())));
        }
        let role = match &name.bound {
            Bound::Function(_) => Role::Method,
            Bound::Class(id) => words::class_role(analysis.class(*id)),
            _ => Role::Value,
        };
        let place = name
            .place
            .map_or_else(String::new, |it| short_place(analysis, it));
        let cells = vec![
            vec![Span::plain("  "), Span::new(&name.name, role)],
            spans,
            vec![Span::faint(place)],
        ];
        Line::row(table, cells)
            .to(link.or_else(|| place_link(analysis, name.place)))
            .about(&name.name)
    }

    /// Whether a name is another one for a class than that of its statement.
    fn is_alias(&self, name: &ModuleName) -> bool {
        match &name.bound {
            Bound::Class(id) => self.analysis.class(*id).name() != name.name,
            Bound::Module(_) => true,
            _ => false,
        }
    }

    fn imports(&self, page: &mut Page, story: &ModuleStory) {
        let wanted = story.imports.iter().filter(|it| {
            let text = format!("{} {}", it.from, it.names.join(" "));
            self.is_wanted(&text)
        });
        let wanted: Vec<_> = wanted.collect();
        if wanted.is_empty() {
            return;
        }
        page.heading("imports");
        let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
        for import in wanted {
            let (from, role) = match import.found {
                Some(ImportedFrom::Project) => ("yours", Role::Plain),
                Some(ImportedFrom::Installed) => ("environment", Role::Plain),
                Some(ImportedFrom::StandardLibrary) => ("standard library", Role::Faint),
                None => ("not imported: not found, or not come to", Role::Unknown),
            };
            let known = self.analysis.module(&import.from);
            let link = known.map(|it| Link::Module(it.name.clone(), None));
            let names = one_line(&import.names.join(", "), LONGEST);
            let cells = vec![
                vec![Span::plain("  "), Span::new(&import.from, Role::Module)],
                vec![Span::plain(names)],
                vec![
                    Span::new(from, role),
                    Span::faint(format!("  {}", short_place(self.analysis, import.place))),
                ],
            ];
            let link = link.or_else(|| place_link(self.analysis, Some(import.place)));
            page.push(Line::row(table, cells).to(link));
        }
    }
}

/// Whether a name is bound to what is no class, function or module.
fn is_value(name: &ModuleName) -> bool {
    matches!(name.bound, Bound::Value(_) | Bound::Unknown(_))
}
