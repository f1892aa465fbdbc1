//! A chain written as one text: each `super().name()` opened in place, indented, every line with its place.

use crate::analysis::{Body, Chain};
use crate::source::Place;
use crate::view::source::numbered;
use crate::view::words::{Names, class_link, place_link, short_place};
use crate::view::{Body as Said, Line, Page, Role, Span};

/// How many lines are written.
const MOST: usize = 2_000;

/// How many definitions deep one is opened in another.
const DEEPEST: usize = 40;

/// Writes the chain as one text, where it goes on at all.
pub(super) fn push(page: &mut Page, name: &str, chain: &Chain<'_>, names: &Names) {
    let Some(first) = chain.links.first() else {
        return;
    };
    let goes_on =
        first.hops.iter().any(|it| it.to.is_some()) || first.named.iter().any(|it| it.to.is_some());
    if !matches!(first.body, Body::Def(_)) || !goes_on {
        return;
    }
    page.heading("in one body");
    let mut text = Text {
        name,
        chain,
        names,
        opened: vec![false; chain.links.len()],
        lines: vec![],
    };
    text.open(0, 0);
    page.lines.append(&mut text.lines);
}

struct Text<'t, 'a> {
    name: &'t str,
    chain: &'t Chain<'a>,
    names: &'t Names,
    /// Which definitions have been written.
    opened: Vec<bool>,
    lines: Vec<Line>,
}

impl Text<'_, '_> {
    /// Writes a definition, so many deep in others.
    fn open(&mut self, at: usize, depth: usize) {
        let link = &self.chain.links[at];
        let class = link.definition.class;
        let analysis = class.analysis();
        let (Body::Def(method), Some(statement)) = (link.body, class.place()) else {
            self.head(
                at,
                depth,
                if link.runs.is_some() {
                    "  no source in view"
                } else {
                    ""
                },
            );
            return;
        };
        if self.opened[at] {
            self.head(at, depth, "  again, as above");
            return;
        }
        if self.lines.len() > MOST || depth > DEEPEST {
            self.head(at, depth, "  …");
            return;
        }
        self.opened[at] = true;
        self.head(at, depth, "");
        let place = Place {
            file: statement.file,
            start: method.start,
            end: method.end,
        };
        let file = analysis.file(place.file);
        let mut calls: Vec<(u32, usize)> = vec![];
        for hop in &link.hops {
            calls.extend(
                hop.to
                    .map(|to| (file.line(hop.site.end.saturating_sub(1)), to)),
            );
        }
        for by in &link.named {
            calls.extend(
                by.to
                    .map(|to| (file.line(by.call.end.saturating_sub(1)), to)),
            );
        }
        calls.sort_unstable();
        calls.dedup();
        let mut calls = calls.into_iter().peekable();
        for (number, line) in (file.line(place.start)..).zip(numbered(file, place, place.start)) {
            let Said::Source(source) = &line.body else {
                continue;
            };
            let mut spans = source.spans().into_iter();
            let label = spans.next().map_or_else(String::new, |it| it.text);
            let mut said = vec![Span::faint(format!("{:>5}  ", label.trim()))];
            said.extend(bars(depth));
            said.extend(spans);
            self.lines.push(Line::text(said).to(line.link));
            while let Some((_, to)) = calls.next_if(|it| it.0 == number) {
                self.open(to, depth + 1);
            }
        }
    }

    /// The line over a definition: whose it is, and where it stands.
    fn head(&mut self, at: usize, depth: usize, behind: &str) {
        let link = &self.chain.links[at];
        let class = link.definition.class;
        let place = match (link.body, class.place()) {
            (Body::Def(method), Some(it)) => Some(Place {
                file: it.file,
                start: method.name_at,
                end: method.end,
            }),
            _ => link.definition.place(),
        };
        let mut said = vec![Span::plain("       ")];
        said.extend(bars(depth));
        said.push(Span::new("▸ ", Role::Taken));
        said.push(self.names.span(class));
        said.push(Span::plain(format!(".{}", self.name)));
        let whole = place.map_or_else(String::new, |it| short_place(class.analysis(), it));
        said.push(Span::faint(format!("  {whole}{behind}")));
        let to = place_link(class.analysis(), place).or_else(|| class_link(class));
        self.lines.push(Line::text(said).to(to));
    }
}

fn bars(depth: usize) -> Option<Span> {
    (depth > 0).then(|| Span::new("  │ ".repeat(depth), Role::Rule))
}
