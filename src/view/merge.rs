//! The *merge* page: C3 step by step, replayed by the function that made the MRO.

use crate::analysis::ClassRef;
use crate::semantics::{ClassId, Outcome, Raised, Turn, linearize};
use crate::view::explanation::{error, explain};
use crate::view::mends::Mends;
use crate::view::words::{self, Names, class_link};
use crate::view::{Column, Line, Page, Role, Settings, Span};

/// One entry of the MRO being found: the lists as they stand, the heads refused, the head taken.
struct Round {
    /// What is left of each list.
    lists: Vec<Vec<ClassId>>,
    /// Heads that stand in a tail: the head, its list, the list whose tail has it.
    refused: Vec<(ClassId, usize, usize)>,
    /// The head that stands in none, and its list; none where the merge is stuck.
    taken: Option<(ClassId, usize)>,
}

/// Returns how many steps the merge of a class has, so that one can be chosen; 0 where it has none to show.
pub fn merge_steps(class: ClassRef<'_>) -> usize {
    asked(class).map_or(0, |bases| rounds(class, &bases).len())
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
    let told = Telling {
        class,
        bases: &bases,
        names: Names::of(
            rounds[0]
                .lists
                .iter()
                .flatten()
                .map(|&id| class.analysis().class(id)),
        ),
    };
    let last = if let Some(step) = settings.merge_step {
        let step = step.clamp(1, rounds.len());
        told.step(&mut page, &rounds, step);
        step == rounds.len()
    } else {
        told.all(&mut page, &rounds);
        true
    };
    if last {
        told.end(&mut page, &rounds, raised);
    }
    page
}

/// The bases that are merged, where they are known.
fn asked(class: ClassRef<'_>) -> Option<Vec<ClassId>> {
    match class.outcome() {
        Outcome::Created(made) => Some(made.bases.clone()),
        Outcome::Raises(raised) => {
            let all_exist = raised
                .bases
                .iter()
                .all(|&base| class.analysis().classes.mro(base).is_some());
            Some(if all_exist {
                raised.bases.clone()
            } else {
                vec![]
            })
        }
        Outcome::Unknown { .. } => None,
    }
}

fn rounds(class: ClassRef<'_>, bases: &[ClassId]) -> Vec<Round> {
    let classes = &class.analysis().classes;
    let mut rounds: Vec<Round> = vec![];
    let mut refused = vec![];
    let outcome = linearize(
        class.id(),
        bases,
        |base| classes.mro(base).unwrap_or_default(),
        |step| {
            let taken = match step.turn {
                Turn::Rejected {
                    candidate,
                    list,
                    in_tail_of,
                } => {
                    refused.push((candidate, list, in_tail_of));
                    return;
                }
                Turn::Taken { class, list } => Some((class, list)),
                Turn::Stuck => None,
            };
            rounds.push(Round {
                lists: step.lists.iter().map(|list| list.to_vec()).collect(),
                refused: std::mem::take(&mut refused),
                taken,
            });
        },
    );
    // Whether it succeeded is in the last round; the MRO itself is the class's.
    drop(outcome);
    rounds
}

struct Telling<'a> {
    class: ClassRef<'a>,
    bases: &'a [ClassId],
    names: Names,
}

impl<'a> Telling<'a> {
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

    /// One step whole: what is taken already, the lists, each head looked at, the head taken.
    fn step(&self, page: &mut Page, rounds: &[Round], step: usize) {
        let round = &rounds[step - 1];
        page.push(Line::text(vec![
            Span::new(format!("step {step} of {}", rounds.len()), Role::Heading),
            Span::faint("  a head that stands in no tail is taken"),
        ]));
        page.heading("taken");
        let mut taken = vec![self.class.id()];
        taken.extend(
            rounds[..step - 1]
                .iter()
                .filter_map(|round| Some(round.taken?.0)),
        );
        let mut spans = vec![Span::plain("  ")];
        spans.extend(self.list(&taken, |_| None));
        page.push(Line::text(spans));
        page.heading("lists");
        let table = page.table(vec![Column::right(0), Column::left(0), Column::left(1)]);
        for (index, list) in round.lists.iter().enumerate() {
            page.push(Line::row(
                table,
                vec![
                    vec![Span::faint(format!("  {}", index + 1))],
                    self.bracketed(list, round),
                    vec![Span::faint(self.origin(index))],
                ],
            ));
        }
        page.heading("looked at");
        self.looked_at(page, round);
    }

    /// A list with its head in the role of what becomes of it.
    fn bracketed(&self, list: &[ClassId], round: &Round) -> Vec<Span> {
        let head = |position: usize| {
            let id = list[position];
            if position > 0 {
                None
            } else if round.taken.is_some_and(|(taken, _)| taken == id) {
                Some(Role::Taken)
            } else if round.refused.iter().any(|&(refused, _, _)| refused == id) {
                Some(Role::Rejected)
            } else {
                None
            }
        };
        let mut spans = vec![Span::new("[", Role::Operator)];
        spans.extend(self.list(list, head));
        spans.push(Span::new("]", Role::Operator));
        spans
    }

    /// Where a list comes from.
    fn origin(&self, list: usize) -> String {
        match self.bases.get(list) {
            Some(&base) => format!("MRO of {}", self.names.text(self.named(base))),
            None => "the written bases".to_owned(),
        }
    }

    fn looked_at(&self, page: &mut Page, round: &Round) {
        let table = page.table(vec![Column::left(0), Column::left(0), Column::left(0)]);
        for &(candidate, list, tail) in &round.refused {
            page.push(
                Line::row(
                    table,
                    vec![
                        vec![Span::plain("  "), self.names.span(self.named(candidate))],
                        vec![Span::faint(format!("head of list {}", list + 1))],
                        vec![Span::new(
                            format!("refused: it stands in the tail of list {}", tail + 1),
                            Role::Rejected,
                        )],
                    ],
                )
                .to(class_link(self.named(candidate))),
            );
        }
        let Some((taken, list)) = round.taken else {
            page.push(Line::text(vec![Span::new(
                "  stuck: every head stands in some tail",
                Role::Error,
            )]));
            return;
        };
        page.push(
            Line::row(
                table,
                vec![
                    vec![Span::plain("  "), self.names.span(self.named(taken))],
                    vec![Span::faint(format!("head of list {}", list + 1))],
                    vec![Span::new("taken: it stands in no tail", Role::Taken)],
                ],
            )
            .to(class_link(self.named(taken))),
        );
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
