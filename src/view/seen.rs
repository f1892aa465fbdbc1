//! Reading an ancestor *as seen from* a class that derives from it: what its pages and its source say then.

use crate::analysis::{Along, ChainLink, ClassRef, Definition, Seen, SeenAt, Sure, Sureness};
use crate::semantics::ClassId;
use crate::source::FileId;
use crate::view::words::{
    self, class_link, class_role, class_span, kind_letter, place_link, short_place,
};
use crate::view::{Body, Line, Link, Page, PageKind, Role, Settings, Span};

/// The class from which pages about a class are read, where that is another one and derives from it.
pub fn receiver<'a>(class: ClassRef<'a>, settings: &Settings) -> Option<ClassRef<'a>> {
    let from = class.analysis().class(settings.seen_from?);
    let derives = from != class && from.known_ancestry().contains(&class);
    derives.then_some(from)
}

/// The class that a page is about: calls and lookups are about the receiver.
pub fn subject<'a>(page: PageKind, class: ClassRef<'a>, settings: &Settings) -> ClassRef<'a> {
    match page {
        PageKind::Super | PageKind::Lookup => receiver(class, settings).unwrap_or(class),
        _ => class,
    }
}

/// Says in the title of a page about a class from which class it is read, and where the class stands in that one's MRO.
pub fn say_seen_from(page: &mut Page, kind: PageKind, class: ClassRef<'_>, settings: &Settings) {
    let Some(from) = settings.seen_from else {
        return;
    };
    let from = class.analysis().class(from);
    if from == class {
        page.title.truncate(1);
        page.title.push(Span::faint("  others are seen from here"));
        return;
    }
    let Some(from) = receiver(class, settings) else {
        page.title.push(Span::faint(format!(
            "  no ancestor of {}",
            from.path().qualname
        )));
        return;
    };
    match kind {
        // It says so itself.
        PageKind::Super => {}
        PageKind::Lookup => page.title.push(Span::faint("  as seen from it")),
        _ => {
            page.title.truncate(1);
            page.title.push(Span::faint("  as seen from "));
            page.title.push(class_span(from));
            // What is said here rests on both.
            if from.sureness() != Sureness::Exact {
                page.standing = words::about(from).standing;
            }
        }
    }
    if !matches!(kind, PageKind::Super | PageKind::Lookup) {
        page.lines.insert(0, standing_in(class, from));
        page.lines.insert(1, Line::blank());
    }
}

/// Says in the title of a file from which class it is read.
pub(super) fn say_file_seen_from(page: &mut Page, from: ClassRef<'_>) {
    page.title.push(Span::faint("  as seen from "));
    page.title.push(class_span(from));
}

/// Where a class stands in the MRO of another one, and between which.
fn standing_in(class: ClassRef<'_>, from: ClassRef<'_>) -> Line {
    let mro = from.known_ancestry();
    let at = mro.iter().position(|it| *it == class).unwrap_or(0);
    let mut said = vec![
        Span::plain(match from.sureness() {
            Sureness::Unknown(_) => format!("{} of {} that are known for ", at + 1, mro.len()),
            _ => format!("{} of {} for ", at + 1, mro.len()),
        }),
        class_span(from),
    ];
    if let Some(next) = mro.get(at + 1) {
        said.push(Span::faint(", super() looks next in "));
        said.push(class_span(*next));
    }
    Line::text(said).to(class_link(from))
}

/// Longer files are not read anew: that takes longer than a frame.
const MOST_TEXT: usize = 600 << 10;

/// Puts below each line of source where what it reads from `self`, `cls` and `super()` leads for this class.
pub(super) fn put_leads(page: &mut Page, file: FileId, from: ClassRef<'_>) {
    let analysis = from.analysis();
    let source = analysis.file(file);
    if source.text.len() > MOST_TEXT {
        let said = "this file is too long to say where each of its reads leads";
        let place = page.lines.len().min(1);
        page.lines
            .insert(place, Line::text(vec![Span::new(said, Role::Warning)]));
        return;
    }
    let seen = from.seen_in(file);
    let mut seen = seen.iter().peekable();
    let mut lines = Vec::with_capacity(page.lines.len() * 2);
    for line in page.lines.drain(..) {
        let number =
            if let (Body::Source(_), Some(Link::Source { line, .. })) = (&line.body, &line.link) {
                *line
            } else {
                lines.push(line);
                continue;
            };
        lines.push(line);
        let mut here: Vec<Line> = vec![];
        while let Some(one) = seen.next_if(|it| source.line(it.place.start) <= number) {
            let said = lead(one, from);
            if source.line(one.place.start) == number && !here.contains(&said) {
                here.push(said);
            }
        }
        lines.append(&mut here);
    }
    page.lines = lines;
}

/// Where one attribute leads.
fn lead(seen: &Seen<'_>, from: ClassRef<'_>) -> Line {
    let analysis = from.analysis();
    let text = analysis.text_of(seen.place);
    let written = || Span::plain(crate::view::one_line(read(text), LONGEST));
    let mut said = vec![Span::new("      ↳ ", Role::Rule)];
    let (to, mut name) = (link_of(seen, from), None);
    match seen.leads {
        SeenAt::Defined(found) => {
            if text.starts_with("super") {
                said.push(Span::faint("super() "));
            }
            said.extend(owner(found));
            name = name_of(text);
            said.push(Span::plain(format!(".{}", name.unwrap_or_default())));
            said.extend(place_of(found));
        }
        SeenAt::Given {
            class,
            method,
            place,
        } => {
            said.push(written());
            said.push(Span::faint(" set by "));
            said.push(class_span(class));
            if !method.is_empty() {
                said.push(Span::plain(format!(".{method}")));
            }
            said.push(Span::faint(format!("  {}", short_place(analysis, place))));
        }
        SeenAt::Asked(hook, hook_name) => {
            said.push(written());
            said.push(Span::faint(" asks "));
            said.extend(owner(hook));
            said.push(Span::plain(format!(".{hook_name}")));
            said.extend(place_of(hook));
        }
        SeenAt::Nowhere => {
            said.push(written());
            said.push(Span::new(
                format!("  nothing of {} has it", from.name()),
                Role::Warning,
            ));
        }
    }
    match seen.sure {
        Sure::Exact => {}
        Sure::Assumed => said.push(Span::new("  ◐", Role::Assumed)),
        Sure::Unknown => said.push(Span::new("  ?", Role::Unknown)),
    }
    let line = Line::text(said).to(to);
    match name {
        Some(name) => line.about(&crate::Name::from(name)),
        None => line,
    }
}

fn link_of(seen: &Seen<'_>, from: ClassRef<'_>) -> Option<Link> {
    let analysis = from.analysis();
    match seen.leads {
        SeenAt::Defined(found) | SeenAt::Asked(found, _) => {
            place_link(analysis, found.place()).or_else(|| class_link(found.class))
        }
        SeenAt::Given { place, .. } => place_link(analysis, Some(place)),
        SeenAt::Nowhere => None,
    }
}

/// The longest expression that a line repeats, in characters.
const LONGEST: usize = 40;

/// An attribute without the arguments it is called with.
fn read(text: &str) -> &str {
    let Some(name) = name_of(text) else {
        return text;
    };
    let at = name.as_ptr() as usize - text.as_ptr() as usize;
    text.get(..at + name.len()).unwrap_or(text)
}

/// The name of an attribute: behind the first dot that is no part of a call's arguments.
fn name_of(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut last = None;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' | '{' => {
                // The call of the attribute itself.
                if depth == 0 && last.is_some() {
                    break;
                }
                depth += 1;
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => last = Some(at + 1),
            _ => {}
        }
    }
    let rest = text.get(last?..)?.trim_start();
    let end = rest
        .find(|it: char| !(it.is_alphanumeric() || it == '_'))
        .unwrap_or(rest.len());
    rest.get(..end).filter(|it| !it.is_empty())
}

/// The kind and the class of a definition.
fn owner(found: Definition<'_>) -> Vec<Span> {
    let (letter, role) = kind_letter(found.member);
    vec![
        Span::new(letter, role),
        Span::plain(" "),
        Span::new(&found.class.path().qualname, class_role(found.class)),
    ]
}

fn place_of(found: Definition<'_>) -> Option<Span> {
    let place = found.place()?;
    let said = short_place(found.class.analysis(), place);
    Some(Span::faint(format!("  {said}")))
}

/// What the class from which one looks has under the names of another one.
pub(super) struct Elsewhere<'a> {
    from: ClassRef<'a>,
    along: Along<'a>,
}

impl<'a> Elsewhere<'a> {
    /// What differs for the class from which pages about this one are read; none where that is this one.
    pub(super) fn of(class: ClassRef<'a>, settings: &Settings) -> Option<Self> {
        let from = receiver(class, settings)?;
        Some(Self {
            from,
            along: Along::of(from),
        })
    }

    /// Who gives the class from which one looks a name, where that is not this one; and whether the one that gives it calls this one's.
    pub(super) fn other(&self, name: &str, than: ClassId) -> Option<Other<'a>> {
        let (found, sure) = self.along.first(name);
        let found = found.filter(|it| it.class.id() != than)?;
        let definitions = self.along.definitions(name);
        let chain = self.along.chain(name, &definitions);
        let mut links = chain.links.iter();
        let own = links.find(|it| it.definition.class.id() == than);
        Some(Other {
            class: found.class,
            calls_it: own.is_some_and(|it| it.runs_at_all.is_some()),
            sure,
        })
    }

    /// Whether another class gives it the name.
    pub(super) fn is_other(&self, name: &str, than: ClassId) -> bool {
        let (found, _) = self.along.first(name);
        found.is_some_and(|it| it.class.id() != than)
    }

    /// The definitions of a name for the class from which one looks, those before this class's left out, and how its calls go.
    pub(super) fn chain_from(
        &self,
        name: &str,
        first: ClassId,
    ) -> Option<(Vec<Definition<'a>>, Vec<ChainLink<'a>>)> {
        let definitions = self.along.definitions(name);
        let at = definitions.iter().position(|it| it.1.class.id() == first)?;
        let mut links = self.along.chain(name, &definitions).links;
        let definitions = definitions.into_iter().skip(at).map(|it| it.1);
        Some((definitions.collect(), links.split_off(at)))
    }

    /// The class from which one looks.
    pub(super) fn from(&self) -> ClassRef<'a> {
        self.from
    }
}

/// The class that gives a name in another one's place.
#[derive(Clone, Copy)]
pub(super) struct Other<'a> {
    /// The class.
    pub(super) class: ClassRef<'a>,
    /// Whether its definition calls on to the one it hides.
    pub(super) calls_it: bool,
    /// How sure it is that it is this one.
    pub(super) sure: Sure,
}

impl Other<'_> {
    /// Who gives the name, before those that would have: `Cart ↑super Model`, `Cart in place of Model`.
    pub(super) fn spans(self) -> Vec<Span> {
        let mut spans = vec![class_span(self.class)];
        if self.sure == Sure::Unknown {
            spans.push(Span::new(" ?", Role::Unknown));
        }
        spans.push(if self.calls_it {
            Span::plain(" ↑super ")
        } else {
            Span::faint(" in place of ")
        });
        spans
    }
}
