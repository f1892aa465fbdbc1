//! The *source* page: the class statement as it stands in its file, numbered and highlighted.

mod pieces;

pub use pieces::SourceLine;

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::analysis::{Analysis, ClassRef, ModuleOrigin};
use crate::semantics::Origin;
use crate::source::{FileId, Place, SourceFile};
use crate::view::source::pieces::Pieces;
use crate::view::words::{self, class_link};
use crate::view::{Body, Line, Link, Page, Role, Settings, Span, seen};

/// Shows the source of a class, decorators included.
pub(super) fn source(class: ClassRef<'_>, settings: &Settings) -> Page {
    let mut page = words::about(class);
    let (place, first) = match class.origin() {
        Origin::Statement { place, first, .. } => (*place, *first),
        Origin::Call(place) => (*place, place.start),
        Origin::Interpreter => {
            without_source(&mut page, class);
            return page;
        }
    };
    let file = class.analysis().file(place.file);
    page.push(
        Line::text(vec![Span::faint(&file.shown)]).to(Some(Link::Source {
            file: place.file,
            line: file.line(first),
        })),
    );
    page.lines.extend(numbered(file, place, first));
    if let Some(from) = settings.seen_from {
        seen::put_leads(&mut page, place.file, class.analysis().class(from));
    }
    page
}

/// Shows a whole file: where a place leads that is no class statement's.
pub fn source_file(analysis: &Analysis, id: FileId, settings: &Settings) -> Page {
    let file = analysis.file(id);
    let mut page = Page {
        title: vec![Span::new(&file.shown, Role::Module)],
        ..Page::default()
    };
    let whole = Place {
        file: id,
        start: 0,
        end: file.text.len() as u32,
    };
    page.lines.extend(numbered(file, whole, 0));
    if let Some(from) = settings.seen_from {
        let from = analysis.class(from);
        seen::say_file_seen_from(&mut page, from);
        seen::put_leads(&mut page, id, from);
    }
    page
}

fn without_source(page: &mut Page, class: ClassRef<'_>) {
    page.push(Line::text(vec![Span::plain(
        if class.home() == ModuleOrigin::ThirdParty {
            "a compiled module brings this class; it has no Python source"
        } else {
            "the interpreter brings this class; its source is not in view"
        },
    )]));
    page.push(Line::blank());
    page.push(Line::text(vec![Span::plain(words::statement(class))]).to(class_link(class)));
}

/// Leaves out the lines of bodies that are folded; in their place stands how many there are.
pub fn fold_source(page: &mut Page, file: FileId, hidden: &[RangeInclusive<u32>]) {
    let mut is_hidden = false;
    let mut lines = Vec::with_capacity(page.lines.len());
    let mut shown_for: Option<u32> = None;
    for line in page.lines.drain(..) {
        let number = match (&line.body, &line.link) {
            (Body::Source(_), Some(Link::Source { line, .. })) => Some(*line),
            _ => None,
        };
        if let Some(number) = number {
            let around = hidden.iter().filter(|it| it.contains(&number));
            // Of bodies in one another the outer one is folded.
            let outer = around.min_by_key(|it| *it.start());
            is_hidden = outer.is_some();
            if let Some(outer) = outer
                && shown_for.is_none_or(|it| it < *outer.start())
            {
                shown_for = Some(*outer.end());
                let text = format!(
                    "      ⋯ {}",
                    words::count((outer.end() - outer.start() + 1) as usize, "line", "lines")
                );
                lines.push(Line::text(vec![Span::faint(text)]).to(Some(Link::Source {
                    file,
                    line: *outer.start(),
                })));
            }
        }
        if !is_hidden {
            lines.push(line);
        }
    }
    page.lines = lines;
}

/// The lines from `first` to the end of the place, each with its number.
pub(super) fn numbered(file: &SourceFile, place: Place, first: u32) -> Vec<Line> {
    let (top, bottom) = (file.line(first), file.line(place.end.saturating_sub(1)));
    let start = file.line_start(top).unwrap_or(0);
    let starts: Vec<u32> = (top..=bottom)
        .map(|line| file.line_start(line).unwrap_or(start))
        .collect();
    let pieces = Arc::new(Pieces::new(file.text.clone(), starts, place.end, top));
    (top..=bottom)
        .map(|line| Line {
            body: Body::Source(SourceLine::new(pieces.clone(), line)),
            link: Some(Link::Source {
                file: place.file,
                line,
            }),
            attribute: None,
        })
        .collect()
}
