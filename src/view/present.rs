//! The *presenter*: the merge of a class for people in the back row. Few lines, much room, a question and its answer at a time.

use crate::analysis::ClassRef;
use crate::semantics::{ClassId, Outcome};
use crate::view::merge::{RULE, Round, Telling, asked, rounds};
use crate::view::words::{self, class_link};
use crate::view::{Line, Page, Role, Settings, Span};

/// How many classes of a list are named.
const MOST: usize = 5;
/// MROs that are longer stand closer together.
const ROOMY: usize = 8;
/// What stands at the left of everything.
const MARGIN: &str = "      ";

/// How many slides a class has: its statement, for each step of the merge the question and the answer, the MRO.
pub fn slides(class: ClassRef<'_>) -> usize {
    let bases = asked(class).unwrap_or_default();
    2 + 2 * rounds(class, &bases).len()
}

/// Shows a slide.
pub(super) fn present(class: ClassRef<'_>, settings: &Settings) -> Page {
    let mut page = Page {
        title: words::about(class).title,
        ..Page::default()
    };
    let bases = asked(class).unwrap_or_default();
    let rounds = rounds(class, &bases);
    let count = 2 + 2 * rounds.len();
    let slide = settings.slide.min(count - 1);
    page.push(Line::blank());
    match (slide.checked_sub(1), rounds.first()) {
        (Some(at), Some(first)) if at < 2 * rounds.len() => {
            let told = Telling::of(class, &bases, first);
            step(&mut page, &told, &rounds, at / 2, at % 2 == 1);
        }
        (None, _) => opening(&mut page, class),
        _ => end(&mut page, class),
    }
    page.push(Line::blank());
    page.push(
        said(vec![Span::faint(format!(
            "{} of {count}   {}",
            slide + 1,
            class.name()
        ))])
        .to(class_link(class)),
    );
    page
}

fn said(spans: Vec<Span>) -> Line {
    Line::text(std::iter::once(Span::plain(MARGIN)).chain(spans).collect())
}

fn roomy(page: &mut Page, spans: Vec<Span>) {
    page.push(said(spans));
    page.push(Line::blank());
}

/// A name with room between its letters, where that fits a line.
fn wide(name: &str) -> String {
    if name.chars().count() > 32 {
        return name.to_owned();
    }
    let letters: Vec<String> = name.chars().map(String::from).collect();
    letters.join(" ")
}

fn opening(page: &mut Page, class: ClassRef<'_>) {
    page.push(Line::blank());
    page.push(Line::blank());
    roomy(page, vec![Span::new(wide(class.name()), Role::Heading)]);
    page.push(Line::blank());
    roomy(
        page,
        vec![Span::new(words::statement(class), words::class_role(class))],
    );
    page.push(Line::blank());
    let asks = match class.outcome() {
        Outcome::Unknown { .. } => "not all of its bases are known: there is no order to show",
        _ => "In which order does Python look through its ancestors?",
    };
    roomy(page, vec![Span::plain(asks)]);
    page.push(Line::blank());
}

/// The lists as they stand, with the question which head is taken or with the answer.
fn step(page: &mut Page, told: &Telling<'_>, rounds: &[Round], at: usize, is_told: bool) {
    let round = &rounds[at];
    let name = |id: ClassId| told.names.text(told.class.analysis().class(id));
    let heading = if is_told {
        told.verdict(round)
    } else {
        vec![Span::new("Which head comes next?", Role::Heading)]
    };
    roomy(page, heading);
    page.push(said(vec![Span::faint(RULE)]));
    page.push(Line::blank());
    let is_close = round.lists.len() > 4;
    for (index, list) in round.lists.iter().enumerate() {
        let mut spans = vec![Span::new(format!("{}    ", index + 1), Role::Key)];
        for (position, &id) in list.iter().take(MOST).enumerate() {
            let refuses = is_told
                && position > 0
                && round.refused.iter().any(|it| it.0 == id && it.2 == index);
            let role = match round.taken {
                _ if refuses => Role::Warning,
                _ if !is_told => Role::Plain,
                Some((taken, _)) if position == 0 && taken == id => Role::Taken,
                _ if position == 0 => Role::Rejected,
                _ => Role::Plain,
            };
            let text = if refuses {
                format!("‹{}›", name(id))
            } else {
                name(id)
            };
            spans.push(Span::new(text, role));
            spans.push(Span::plain("   "));
        }
        if list.len() > MOST {
            spans.push(Span::faint(format!("… {} more", list.len() - MOST)));
        }
        if list.is_empty() {
            spans.push(Span::faint("nothing is left"));
        }
        page.push(said(spans));
        if !is_close {
            page.push(Line::blank());
        }
    }
    if is_close {
        page.push(Line::blank());
    }
    let upto = at + usize::from(is_told);
    let taken = rounds[..upto].iter().filter_map(|it| Some(it.taken?.0));
    let taken: Vec<String> = std::iter::once(told.class.id())
        .chain(taken)
        .map(name)
        .collect();
    let left_out = taken.len().saturating_sub(MOST);
    let mut spans = vec![Span::faint("MRO  ")];
    if left_out > 0 {
        spans.push(Span::faint(format!("… {left_out} before   ")));
    }
    spans.push(Span::new(taken[left_out..].join("   "), Role::Taken));
    page.push(said(spans));
}

/// The MRO, or what is raised in its place.
fn end(page: &mut Page, class: ClassRef<'_>) {
    if let Some(raised) = class.raises() {
        page.push(Line::blank());
        roomy(
            page,
            vec![Span::new("✗ no order keeps them all", Role::Error)],
        );
        roomy(page, vec![Span::new(raised.line(), Role::Error)]);
        return;
    }
    let mro = class.mro().unwrap_or_default();
    let (count, is_roomy) = (mro.len(), mro.len() <= ROOMY);
    roomy(
        page,
        vec![Span::new(
            format!("{}.__mro__", class.name()),
            Role::Heading,
        )],
    );
    for (position, entry) in mro.iter().enumerate().take(2 * ROOMY) {
        page.push(said(vec![
            Span::new(format!("{:>2}   ", position + 1), Role::Key),
            words::class_span(*entry),
        ]));
        if is_roomy {
            page.push(Line::blank());
        }
    }
    if count > 2 * ROOMY {
        page.push(said(vec![Span::faint(format!(
            "… and {} more",
            count - 2 * ROOMY
        ))]));
    }
}
