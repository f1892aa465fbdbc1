//! One step of the merge: what happens in it in a sentence, what was taken before, the lists, each head that is looked at. Or the question what
//! it takes, until that is answered.

use crate::semantics::ClassId;
use crate::view::merge::{Round, Telling};
use crate::view::settings::MergeGuess;
use crate::view::words::class_link;
use crate::view::{Column, LessonLink, Line, Link, Page, Role, Span};

/// The rule by which a head is taken.
pub(in crate::view) const RULE: &str = "the leftmost head that stands in no tail is taken";

/// How many refused heads the sentence above a step names.
const MOST_REFUSED: usize = 2;

impl Telling<'_> {
    /// One step whole, or the question what it takes. Returns whether its answer is told.
    pub(super) fn step(
        &self,
        page: &mut Page,
        rounds: &[Round],
        step: usize,
        guess: MergeGuess,
    ) -> bool {
        let round = &rounds[step - 1];
        let picked = match guess {
            MergeGuess::Off => None,
            MergeGuess::Asked => Some(None),
            MergeGuess::Picked(at) => Some(Some(at)),
        };
        let is_right = |at: usize| round.heads().get(at).copied() == round.taken.map(|it| it.0);
        let is_told = picked.is_none_or(|it| it.is_some_and(is_right));
        let heading = Span::new(format!("step {step} of {}: ", rounds.len()), Role::Heading);
        if is_told {
            let mut spans = vec![heading];
            spans.extend(self.verdict(round));
            page.push(Line::text(spans));
        } else {
            page.push(Line::text(vec![heading, Span::plain("what is taken?")]));
        }
        page.push(Line::text(vec![Span::faint(format!("  {RULE}"))]));
        if let Some(before) = step.checked_sub(2).and_then(|at| rounds.get(at)) {
            page.push(Line::text(vec![Span::faint(self.since(before, step - 1))]));
        }
        if let Some(at) = picked.flatten() {
            page.push(self.judged(round, at));
        }
        page.heading("taken");
        let mut taken = vec![self.class.id()];
        let before = rounds[..step - 1].iter();
        taken.extend(before.filter_map(|round| Some(round.taken?.0)));
        let mut spans = vec![Span::plain("  ")];
        spans.extend(self.list(&taken, |_| None));
        page.push(Line::text(spans));
        self.lists(page, round, is_told);
        if is_told {
            page.heading("looked at");
            self.looked_at(page, round);
        } else {
            self.question(page, round);
        }
        is_told
    }

    /// What happens in a step, in a sentence.
    pub(in crate::view) fn verdict(&self, round: &Round) -> Vec<Span> {
        let name = |id: ClassId| self.names.span(self.named(id));
        let mut spans = vec![];
        if round.taken.is_none() {
            spans.push(Span::new("stuck", Role::Error));
            spans.push(Span::plain(", every head stands in a tail: "));
        }
        for (at, &(refused, _, tail)) in round.refused.iter().take(MOST_REFUSED).enumerate() {
            spans.push(match (at, round.taken) {
                (0, Some(_)) => Span::new("refuses ", Role::Rejected),
                (0, None) => Span::plain(""),
                _ => Span::plain(", "),
            });
            spans.push(name(refused));
            let says = if at == 0 && round.taken.is_some() {
                format!(": it stands in the tail of list {}", tail + 1)
            } else {
                format!(" in the tail of list {}", tail + 1)
            };
            spans.push(Span::plain(says));
        }
        if round.refused.len() > MOST_REFUSED {
            let more = round.refused.len() - MOST_REFUSED;
            spans.push(Span::plain(format!(" and {more} more")));
        }
        if let Some((taken, list)) = round.taken {
            if !round.refused.is_empty() {
                spans.push(Span::plain("; "));
            }
            spans.push(Span::new("takes ", Role::Taken));
            spans.push(name(taken));
            spans.push(Span::plain(format!(
                ": head of list {}, in no tail",
                list + 1
            )));
        }
        spans
    }

    /// What changed since the step before: which lists lost their head.
    fn since(&self, before: &Round, number: usize) -> String {
        let Some((taken, _)) = before.taken else {
            return String::new();
        };
        let lost = before.lists.iter().enumerate();
        let lost = lost.filter(|(_, list)| list.first() == Some(&taken));
        let lost: Vec<String> = lost.map(|(at, _)| (at + 1).to_string()).collect();
        let lists = match lost.as_slice() {
            [one] => format!("list {one} has"),
            [firsts @ .., last] => format!("lists {} and {last} have", firsts.join(", ")),
            [] => String::from("no list has"),
        };
        let name = self.names.text(self.named(taken));
        format!("  since step {number} {lists} lost {name}")
    }

    /// The lists. Where the step is told, its head and the entry that refuses one are marked.
    fn lists(&self, page: &mut Page, round: &Round, is_told: bool) {
        page.heading("lists");
        let table = page.table(vec![Column::right(0), Column::left(0), Column::left(1)]);
        for (index, list) in round.lists.iter().enumerate() {
            page.push(Line::row(
                table,
                vec![
                    vec![Span::faint(format!("  {}", index + 1))],
                    self.bracketed(list, index, is_told.then_some(round)),
                    vec![Span::faint(self.origin(index))],
                ],
            ));
        }
        let refuses = |at: usize| round.refused.iter().any(|it| it.2 == at);
        if is_told && (0..round.lists.len()).any(refuses) {
            page.push(Line::text(vec![Span::faint(
                "     ‹so› stands in a tail and refuses that head",
            )]));
        }
    }

    /// A list; with its head in the role of what becomes of it, and marked what in its tail refuses a head.
    fn bracketed(&self, list: &[ClassId], index: usize, round: Option<&Round>) -> Vec<Span> {
        let mut spans = vec![Span::new("[", Role::Operator)];
        for (position, &id) in list.iter().enumerate() {
            if position > 0 {
                spans.push(Span::plain(" "));
            }
            let mut span = self.names.span(self.named(id));
            let Some(round) = round else {
                spans.push(span);
                continue;
            };
            let is_refused = round.refused.iter().any(|it| it.0 == id);
            let refuses = |it: &&(ClassId, usize, usize)| it.0 == id && it.2 == index;
            if position == 0 && round.taken.is_some_and(|(taken, _)| taken == id) {
                span.role = Role::Taken;
            } else if position == 0 && is_refused {
                span.role = Role::Rejected;
            } else if position > 0 && round.refused.iter().any(|it| refuses(&it)) {
                span = Span::new(format!("‹{}›", span.text), Role::Warning);
            }
            spans.push(span);
        }
        spans.push(Span::new("]", Role::Operator));
        spans
    }

    fn looked_at(&self, page: &mut Page, round: &Round) {
        let table = page.table(vec![Column::left(0), Column::left(0), Column::left(0)]);
        let mut row = |id: ClassId, list: usize, says: Span| {
            let cells = vec![
                vec![Span::plain("  "), self.names.span(self.named(id))],
                vec![Span::faint(format!("head of list {}", list + 1))],
                vec![says],
            ];
            page.push(Line::row(table, cells).to(class_link(self.named(id))));
        };
        for &(candidate, list, tail) in &round.refused {
            let says = format!("refused: it stands in the tail of list {}", tail + 1);
            row(candidate, list, Span::new(says, Role::Rejected));
        }
        match round.taken {
            Some((taken, list)) => {
                row(
                    taken,
                    list,
                    Span::new("taken: it stands in no tail", Role::Taken),
                );
            }
            None => page.push(Line::text(vec![Span::new(
                "  stuck: every head stands in some tail",
                Role::Error,
            )])),
        }
    }

    /// The heads, each with its number, and that none can be taken.
    fn question(&self, page: &mut Page, round: &Round) {
        page.heading("which is taken?");
        let table = page.table(vec![Column::left(0), Column::left(0)]);
        let heads = round.heads();
        let named = heads.iter().map(|&id| self.names.span(self.named(id)));
        let none = Span::plain("none: the merge sticks");
        for (at, says) in named.chain([none]).enumerate() {
            let number = Span::new(format!("  {}", at + 1), Role::Key);
            page.push(
                Line::row(table, vec![vec![number], vec![says]])
                    .to(Some(Link::Lesson(LessonLink::Pick(at)))),
            );
        }
    }

    /// Whether an answer was right; of a wrong one, the tail that forbids it.
    fn judged(&self, round: &Round, at: usize) -> Line {
        let picked = round.heads().get(at).copied();
        if picked == round.taken.map(|it| it.0) {
            return Line::text(vec![Span::new("  ✓ right", Role::Exact)]);
        }
        let why = match picked {
            None => String::from("a head is left that stands in no tail"),
            Some(id) => self.forbids(round, id),
        };
        Line::text(vec![Span::new("  ✗ no: ", Role::Error), Span::plain(why)])
    }

    /// Why a head is not taken in a step.
    pub(in crate::view) fn forbids(&self, round: &Round, id: ClassId) -> String {
        let name = self.names.text(self.named(id));
        match (round.tail_with(id), round.taken) {
            (Some(tail), _) => format!("{name} stands in the tail of list {}", tail + 1),
            (None, Some((taken, list))) => {
                let taken = self.names.text(self.named(taken));
                format!(
                    "{name} stands in no tail, but list {} comes before, and so does its head {taken}",
                    list + 1
                )
            }
            (None, None) => format!("{name} is the head of no list"),
        }
    }
}
