//! The search and the palette: what is typed, what it finds, and beside a search the page of the selected hit.

use ratatui::layout::{Position, Rect};

use crate::analysis::TERMS;
use crate::app::State;
use crate::app::areas::{Areas, MARK};
use crate::app::clip;
use crate::app::palette::{Offer, Palette};
use crate::app::search::{Hit, Index, Kind, is_term};
use crate::app::state::Search;
use crate::tui::draw::brush::{Brush, Line, both_ends};
use crate::view::{self, Role, Span, thousands};

pub(super) fn paint(
    state: &State,
    search: &Search,
    areas: &Areas,
    brush: &mut Brush<'_>,
) -> Option<Position> {
    let typed = search.line.text();
    let mut left = vec![Span::new(" / ", Role::Key)];
    left.extend(words(typed));
    let total = state.index().map_or(0, |index| Index::len(index));
    let right = if typed.trim().is_empty() {
        format!("{} names ", thousands(total))
    } else if search.is_pending {
        String::from("… ")
    } else {
        let found = thousands(search.hits.total());
        format!("{found} of {} ", thousands(total))
    };
    brush.spans(
        areas.prompt,
        &both_ends(&left, &[Span::faint(right)], areas.prompt.width),
    );
    hits(state, search, areas.tree, brush);
    Brush::cell(areas.prompt, 3 + search.line.cursor_column())
}

/// What was typed, terms set apart from words of names.
fn words(typed: &str) -> Vec<Span> {
    let words = typed.split_inclusive(' ');
    words
        .map(|word| {
            let role = if is_term(word.trim_end()) {
                Role::Keyword
            } else {
                Role::Plain
            };
            Span::new(word, role)
        })
        .collect()
}

fn hits(state: &State, search: &Search, part: Rect, brush: &mut Brush<'_>) {
    let (Some(index), Some(analysis)) = (state.index(), &state.analysis) else {
        let text = "still reading: `enter` opens what you have typed as soon as it is there";
        brush.line(part, &[Span::faint(text)], Line::Usual);
        return;
    };
    if let Some(wrong) = &search.hits.wrong {
        brush.line(part, &[Span::new(wrong, Role::Warning)], Line::Usual);
        return;
    }
    let typed = search.line.text().trim();
    if search.hits.is_empty() {
        if typed.is_empty() {
            help(part, brush);
        } else if !search.is_pending {
            let text = "nothing has these letters; several words may stand in any order";
            brush.line(part, &[Span::faint(text)], Line::Usual);
        }
        return;
    }
    let width = part.width.saturating_sub(MARK + 1);
    for (place, at) in part.rows().zip(search.top..) {
        let Some(hit) = index.hit(analysis, &search.hits, at) else {
            return;
        };
        let line = if at == search.at {
            Line::Selected
        } else {
            Line::Usual
        };
        brush.line(place, &row(&hit, width), line);
    }
}

/// What can be typed.
fn help(part: Rect, brush: &mut Brush<'_>) {
    let say = |example: &str, text: &str| {
        vec![
            Span::new(format!("{example:<22}"), Role::Keyword),
            Span::faint(format!(" {text}")),
        ]
    };
    let kinds: Vec<String> = Kind::WORDS.iter().map(|it| format!("{}:", it.0)).collect();
    let mut rows = vec![
        vec![Span::plain(
            "letters of a class, a module, a member, a key: several words in any order",
        )],
        vec![],
        say("View.disp", "a name of a class, whoever gives it"),
        say("edit.py:31", "a line of a file"),
        say("member:save", &format!("one kind: {}", kinds.join(" "))),
        vec![],
        vec![Span::plain(
            "classes by what they are; `-` asks for the opposite, `tab` completes",
        )],
        vec![],
    ];
    rows.extend(TERMS.iter().map(|(_, example, text)| say(example, text)));
    for (place, row) in part.rows().zip(&rows) {
        let row = clip::spans_end(row, usize::from(place.width.saturating_sub(MARK)));
        brush.line(place, &row, Line::Usual);
    }
}

/// The sign, the name, who gives it, and at the right where it belongs; each with the letters that matched set apart. The name is the last to
/// lose letters, and then those of its middle.
fn row(hit: &Hit, width: u16) -> Vec<Span> {
    let width = usize::from(width);
    let mut left = vec![hit.sign.clone(), Span::plain(" ")];
    let room = width.saturating_sub(2);
    left.extend(clip::spans_middle(&hit.name, room));
    let mut taken = clip::width_of(&left);
    let said = clip::width_of(&hit.said);
    if said > 0 && taken + 2 + said <= width {
        left.push(Span::plain("  "));
        left.extend(hit.said.iter().cloned());
        taken += 2 + said;
    }
    let room = width.saturating_sub(taken + 2);
    let place = if room >= 8 {
        clip::spans_middle(&hit.place, room)
    } else {
        vec![]
    };
    both_ends(&left, &place, width as u16)
}

/// What a theme looks like.
const SWATCH: [(&str, Role); 6] = [
    ("Class ", Role::Class),
    ("method ", Role::Method),
    ("'text' ", Role::String),
    ("descriptor ", Role::DataDescriptor),
    ("unknown ", Role::Unknown),
    ("error", Role::Error),
];

/// The palette.
pub(super) fn paint_palette(
    state: &State,
    palette: &Palette,
    areas: &Areas,
    brush: &mut Brush<'_>,
) -> Option<Position> {
    let left = [
        Span::new(" : ", Role::Key),
        Span::plain(palette.line.text()),
    ];
    let right = format!("{} {} ", palette.found.len(), palette.subject());
    brush.spans(
        areas.prompt,
        &both_ends(&left, &[Span::faint(right)], areas.prompt.width),
    );
    let part = areas.tree;
    if palette.found.is_empty() {
        let text = format!("none of the {} has these words", palette.subject());
        brush.line(part, &[Span::faint(text)], Line::Usual);
    }
    let contexts = state.contexts_beneath();
    for (place, at) in part.rows().zip(palette.top..) {
        let row = match palette.found.get(at) {
            None => break,
            Some(Offer::Do(action)) => {
                let about = action.about();
                let key = state.keymap.key_for(contexts, *action).unwrap_or_default();
                vec![
                    Span::new(format!("{key:>9}"), Role::Key),
                    Span::plain(format!("  {:<14}", about.short)),
                    Span::faint(format!("  {}", about.help)),
                ]
            }
            Some(Offer::Theme(name)) if at == palette.at => {
                let name = format!("  {}  ", view::safe(name));
                let mut row = vec![Span::plain(name)];
                row.extend(SWATCH.map(|(text, role)| Span::new(text, role)));
                row
            }
            Some(Offer::Theme(name)) => vec![Span::plain(format!("  {}", view::safe(name)))],
        };
        let line = if at == palette.at {
            Line::Selected
        } else {
            Line::Usual
        };
        let room = usize::from(place.width.saturating_sub(MARK));
        brush.line(place, &clip::spans_end(&row, room), line);
    }
    Brush::cell(areas.prompt, 3 + palette.line.cursor_column())
}
