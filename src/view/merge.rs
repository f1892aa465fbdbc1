//! The *merge* page: C3 step by step, replayed by the function that made the MRO.

mod rounds;
mod step;

pub(in crate::view) use rounds::{Round, asked, rounds};
pub(in crate::view) use step::RULE;

use crate::analysis::ClassRef;
use crate::semantics::{ClassId, Outcome, Raised};
use crate::view::explanation::{error, explain};
use crate::view::mends::Mends;
use crate::view::words::{self, Names, class_link};
use crate::view::{Column, Line, Page, Role, Settings, Span};

/// Returns how many steps the merge of a class has, so that one can be chosen; 0 where it has none to show.
pub fn merge_steps(class: ClassRef<'_>) -> usize {
    asked(class).map_or(0, |bases| rounds(class, &bases).len())
}

/// Returns how many answers there are to the question what a step takes: each head, and that the merge sticks.
pub fn merge_answers(class: ClassRef<'_>, step: usize) -> usize {
    let rounds = asked(class).map_or_else(Vec::new, |bases| rounds(class, &bases));
    let round = rounds.get(step.saturating_sub(1));
    round.map_or(0, |round| round.heads().len() + 1)
}

/// Shows the merge: the step asked for, or all of them.
pub(super) fn merge(class: ClassRef<'_>, settings: &Settings) -> Page {
    let mut page = words::about(class);
    let Some(bases) = asked(class) else {
        page.push(Line::text(vec![Span::plain(
            "there is no merge to show: not all bases of this class are known",
        )]));
        return page;
    };
    let rounds = rounds(class, &bases);
    let raised = match class.outcome() {
        Outcome::Raises(raised) => Some(raised),
        Outcome::Created(_) | Outcome::Unknown { .. } => None,
    };
    if rounds.is_empty() {
        page.push(match raised {
            Some(raised) => error(class, raised),
            None => Line::text(vec![Span::plain("it has no bases: nothing is merged")]),
        });
        if let Some(raised) = raised {
            explain(&mut page, class, raised, Mends::NotSought);
        }
        return page;
    }
    let told = Telling::of(class, &bases, &rounds[0]);
    let last = if let Some(step) = settings.merge_step {
        let step = step.clamp(1, rounds.len());
        let is_told = told.step(&mut page, &rounds, step, settings.merge_guess);
        step == rounds.len() && is_told
    } else {
        told.all(&mut page, &rounds);
        true
    };
    if last {
        told.end(&mut page, &rounds, raised);
    }
    page
}

/// What a merge is told of.
pub(in crate::view) struct Telling<'a> {
    pub(in crate::view) class: ClassRef<'a>,
    pub(in crate::view) bases: &'a [ClassId],
    pub(in crate::view) names: Names,
}

impl<'a> Telling<'a> {
    /// Prepares to tell of a merge that begins with these lists.
    pub(in crate::view) fn of(class: ClassRef<'a>, bases: &'a [ClassId], first: &Round) -> Self {
        let ids = first.lists.iter().flatten();
        let names = Names::of(ids.map(|&id| class.analysis().class(id)).chain([class]));
        Self {
            class,
            bases,
            names,
        }
    }

    fn named(&self, id: ClassId) -> ClassRef<'a> {
        self.class.analysis().class(id)
    }

    fn list(&self, ids: &[ClassId], role: impl Fn(usize) -> Option<Role>) -> Vec<Span> {
        let mut spans = vec![];
        for (position, &id) in ids.iter().enumerate() {
            if position > 0 {
                spans.push(Span::plain(" "));
            }
            let mut span = self.names.span(self.named(id));
            if let Some(role) = role(position) {
                span.role = role;
            }
            spans.push(span);
        }
        spans
    }

    /// Where a list comes from.
    pub(in crate::view) fn origin(&self, list: usize) -> String {
        match self.bases.get(list) {
            Some(&base) => format!("MRO of {}", self.names.text(self.named(base))),
            None => "the written bases".to_owned(),
        }
    }

    /// All steps, one below the other: the lists once, then what is refused and taken.
    fn all(&self, page: &mut Page, rounds: &[Round]) {
        page.push(Line::text(vec![Span::new(
            words::count(rounds.len(), "step", "steps"),
            Role::Heading,
        )]));
        page.heading("lists");
        let lists = page.table(vec![Column::right(0), Column::left(0), Column::left(1)]);
        for (index, list) in rounds[0].lists.iter().enumerate() {
            let mut spans = vec![Span::new("[", Role::Operator)];
            spans.extend(self.list(list, |_| None));
            spans.push(Span::new("]", Role::Operator));
            page.push(Line::row(
                lists,
                vec![
                    vec![Span::faint(format!("  {}", index + 1))],
                    spans,
                    vec![Span::faint(self.origin(index))],
                ],
            ));
        }
        page.heading("steps");
        let table = page.table(vec![
            Column::right(0),
            Column::left(0),
            Column::left(0),
            Column::left(0),
        ]);
        for (index, round) in rounds.iter().enumerate() {
            let mut number = Some(index + 1);
            let mut row = |id: ClassId, list: usize, says: Span| {
                let number = number
                    .take()
                    .map_or_else(String::new, |number| format!("  {number}"));
                Line::row(
                    table,
                    vec![
                        vec![Span::faint(number)],
                        vec![self.names.span(self.named(id))],
                        vec![Span::faint(format!("head of list {}", list + 1))],
                        vec![says],
                    ],
                )
                .to(class_link(self.named(id)))
            };
            for &(candidate, list, tail) in &round.refused {
                let says = format!("refused: it stands in the tail of list {}", tail + 1);
                page.push(row(candidate, list, Span::new(says, Role::Rejected)));
            }
            if let Some((taken, list)) = round.taken {
                page.push(row(taken, list, Span::new("taken", Role::Taken)));
            } else {
                page.push(Line::text(vec![Span::new(
                    "  stuck: every head stands in some tail",
                    Role::Error,
                )]));
            }
        }
    }

    /// What came of it.
    fn end(&self, page: &mut Page, rounds: &[Round], raised: Option<&Raised>) {
        if let Some(raised) = raised {
            page.push(Line::blank());
            page.push(error(self.class, raised));
            explain(page, self.class, raised, Mends::NotSought);
            return;
        }
        let mut merged = vec![self.class.id()];
        merged.extend(rounds.iter().filter_map(|round| Some(round.taken?.0)));
        page.heading("MRO");
        let mut spans = vec![Span::plain("  ")];
        let mro: Vec<ClassId> = self
            .class
            .known_ancestry()
            .into_iter()
            .map(ClassRef::id)
            .collect();
        spans.extend(self.list(&mro, |_| None));
        page.push(Line::text(spans));
        if merged != mro {
            page.push(Line::text(vec![Span::new(
                "  its metaclass has an `mro()` of its own, which answers this instead of what the merge gives",
                Role::Warning,
            )]));
        }
    }
}
