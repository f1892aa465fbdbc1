//! What the footer teaches: the few keys that make sense where the cursor is now.

use crate::app::action::Action;
use crate::app::areas::Focus;
use crate::app::clip;
use crate::app::state::{Prompt, State};
use crate::app::tree::{Mode, Thing};
use crate::view::{LessonLink, Link, PageKind};

/// A key and a word for what it does here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The key.
    pub key: String,
    /// What it does.
    pub word: &'static str,
    /// The action.
    pub action: Action,
}

impl Hint {
    /// The key and the word, as they stand in the footer.
    pub fn parts(&self) -> [String; 3] {
        let word = format!(" {} ", self.word);
        [String::from(" "), self.key.clone(), word]
    }

    fn width(&self) -> usize {
        self.parts().iter().map(|it| clip::width(it)).sum()
    }
}

/// As many hints as fit, whole. The last one is kept: it leads to all the others.
pub fn fitting(hints: &[Hint], width: usize) -> Vec<&Hint> {
    let Some((last, others)) = hints.split_last() else {
        return vec![];
    };
    let mut taken = last.width();
    let mut fitting: Vec<&Hint> = others
        .iter()
        .take_while(|hint| {
            taken += hint.width();
            taken <= width
        })
        .collect();
    fitting.push(last);
    fitting
}

/// The action whose hint stands in a column of the footer, where that shows hints.
pub fn at(state: &State, width: u16, column: u16) -> Option<Action> {
    let lists = matches!(
        state.prompt,
        None | Some(Prompt::Search(_) | Prompt::Palette(_))
    );
    let shows_hints = lists && state.notice.is_none() && state.pending.is_empty();
    let hints = hints(state);
    let mut start = 0;
    let fitting = fitting(&hints, usize::from(width)).into_iter();
    let mut fitting = fitting.filter(|_| shows_hints);
    let hint = fitting.find(|hint| {
        start += hint.width();
        usize::from(column) < start
    });
    hint.map(|it| it.action)
}

/// The keys that make sense now, the most useful first.
pub fn hints(state: &State) -> Vec<Hint> {
    let contexts = state.contexts();
    wanted(state)
        .into_iter()
        .filter_map(|(action, word)| {
            Some(Hint {
                key: state.keymap.key_for(contexts, action)?,
                word,
                action,
            })
        })
        .collect()
}

pub(super) fn wanted(state: &State) -> Vec<(Action, &'static str)> {
    if state.asking.is_some() {
        return vec![(Action::Yes, "run Python"), (Action::No, "leave it")];
    }
    if state.writing.is_some() {
        return vec![(Action::Yes, "write"), (Action::No, "leave it")];
    }
    match &state.prompt {
        Some(Prompt::WhatIf(_)) => {
            return vec![
                (Action::Accept, "ask a run"),
                (Action::Down, "complete"),
                (Action::Close, "leave"),
            ];
        }
        Some(Prompt::Operation(_)) => {
            return vec![(Action::Accept, "ask"), (Action::Close, "leave")];
        }
        Some(Prompt::Compare(_)) => {
            return vec![(Action::Accept, "compare"), (Action::Close, "leave")];
        }
        Some(Prompt::Palette(_)) => {
            return vec![
                (Action::Accept, "do it"),
                (Action::Down, "next"),
                (Action::Up, "previous"),
                (Action::Close, "leave"),
            ];
        }
        Some(Prompt::Search(_)) => {
            return vec![
                (Action::Accept, "open"),
                (Action::Complete, "complete"),
                (Action::Down, "next"),
                (Action::Up, "previous"),
                (Action::Close, "leave"),
            ];
        }
        Some(Prompt::Filter(_)) => {
            return vec![(Action::Accept, "keep"), (Action::Close, "clear")];
        }
        None => {}
    }
    if state.analysis.is_none() {
        return vec![(Action::Search, "search"), (Action::Quit, "quit")];
    }
    let mut hints = match state.focus {
        Focus::Tree if state.picked.is_some() => {
            let mut hints = in_tree(state);
            hints.insert(hints.len().min(1), (Action::Beside, "beside"));
            hints
        }
        Focus::Tree => in_tree(state),
        Focus::Page => on_page(state),
    };
    hints.push((Action::Search, "search"));
    hints.push((Action::Palette, "actions"));
    if state.here().page != PageKind::Help {
        hints.push((Action::Help, "keys"));
    }
    hints
}

fn in_tree(state: &State) -> Vec<(Action, &'static str)> {
    let other = match state.tree.mode() {
        Mode::Modules => "relatives",
        Mode::Relatives(_) => "modules",
    };
    match state.tree.selected().map(|row| (&row.thing, row.open)) {
        Some((Thing::Class(_), _)) => vec![
            (Action::Open, "open"),
            (Action::Members, "members"),
            (Action::Source, "source"),
            (Action::SwitchTree, other),
        ],
        Some((Thing::Module { .. }, _)) => vec![
            (Action::Open, "open"),
            (Action::Unfold, "fold"),
            (Action::OtherPane, "page"),
        ],
        Some((Thing::Heading, open)) => vec![
            (
                Action::Open,
                if open == Some(true) { "close" } else { "open" },
            ),
            (Action::OtherPane, "page"),
        ],
        None => vec![(Action::OtherPane, "page")],
    }
}

fn on_page(state: &State) -> Vec<(Action, &'static str)> {
    let follow = match state.link() {
        Some(
            Link::Class(_)
            | Link::Page(_)
            | Link::Attribute(_)
            | Link::Chain(_)
            | Link::Registry(_)
            | Link::List(_)
            | Link::Visit(_)
            | Link::Mark(_)
            | Link::Module(..),
        ) => Some((Action::Open, "open")),
        Some(Link::Source { .. } | Link::Mend { .. }) => Some((Action::Open, "go to")),
        Some(Link::Lesson(LessonLink::Begin(_))) => Some((Action::Open, "begin")),
        Some(Link::Lesson(LessonLink::Pick(_))) if state.here().page == PageKind::Lesson => None,
        Some(Link::Lesson(LessonLink::Pick(_))) => Some((Action::Pick, "answer")),
        Some(Link::Lesson(_)) => Some((Action::Open, "go on")),
        None => None,
    };
    let mut hints: Vec<(Action, &'static str)> = match state.here().page {
        PageKind::Merge => vec![
            (Action::StepOn, "next"),
            (Action::StepBack, "previous"),
            (Action::StepFirst, "first"),
            (Action::StepLast, "last"),
            (Action::Predict, "predict"),
        ],
        PageKind::Present => vec![
            (Action::StepOn, "next"),
            (Action::StepBack, "previous"),
            (Action::StepFirst, "first"),
            (Action::Close, "leave"),
        ],
        PageKind::Lesson if state.is_in_lesson() => vec![
            (Action::Pick, "answer"),
            (Action::Hint, "hint"),
            (Action::StepOn, "next"),
            (Action::StepFirst, "again"),
            (Action::Close, "leave"),
        ],
        PageKind::Lesson => vec![],
        PageKind::Members => vec![
            (Action::Lookup, "why"),
            (Action::Super, "super"),
            (Action::Across, "across"),
            (Action::Descriptors, "descriptors"),
            (Action::Live, "live"),
            (Action::Filter, "filter"),
            (Action::Sort, "order"),
            (Action::WiderValues, "wider"),
        ],
        PageKind::Matrix => vec![
            (Action::NextColumn, "class"),
            (Action::Below, "below"),
            (Action::Filter, "filter"),
            (Action::Lookup, "why"),
        ],
        PageKind::Lookup => vec![(Action::NextWay, "next way"), (Action::Members, "members")],
        PageKind::Descriptors => vec![
            (Action::Lookup, "why"),
            (Action::Members, "members"),
            (Action::Filter, "filter"),
        ],
        PageKind::Super => vec![(Action::Super, "all"), (Action::Members, "members")],
        PageKind::Plugins => vec![(Action::Filter, "filter"), (Action::Atlas, "atlas")],
        PageKind::Home => vec![(Action::Filter, "filter"), (Action::OtherPane, "tree")],
        PageKind::Atlas => vec![(Action::Filter, "filter")],
        PageKind::Module => vec![(Action::Filter, "filter"), (Action::WiderValues, "wider")],
        PageKind::Creation => vec![
            (Action::Source, "source"),
            (Action::Costs, "costs"),
            (Action::Linearization, "mro"),
        ],
        PageKind::Help | PageKind::Problems | PageKind::Coverage | PageKind::Costs => vec![],
        PageKind::Operators => vec![
            (Action::Operators, "type"),
            (Action::Members, "members"),
            (Action::Source, "source"),
        ],
        PageKind::Difference => vec![(Action::Compare, "compare")],
        PageKind::Live => vec![(Action::Live, "again"), (Action::Members, "members")],
        PageKind::Source => vec![
            (Action::NextName, "name"),
            (Action::Fold, "fold"),
            (Action::Filter, "find"),
            (Action::Edit, "edit"),
            (Action::SeenFrom, "see from"),
        ],
        PageKind::WhatIf => vec![
            (Action::WhatIf, "type"),
            (Action::Undo, "undo"),
            (Action::Copy, "copy patch"),
            (Action::Write, "write"),
        ],
        PageKind::Linearization if matches!(state.link(), Some(Link::Mend { .. })) => vec![
            (Action::WhatIf, "try it"),
            (Action::Copy, "copy patch"),
            (Action::Write, "write"),
            (Action::Merge, "merge"),
        ],
        PageKind::Across => vec![
            (Action::Filter, "filter"),
            (Action::Lookup, "why"),
            (Action::Super, "super"),
        ],
        PageKind::Beside => vec![(Action::Filter, "filter"), (Action::Linearization, "mro")],
        PageKind::Before => vec![(Action::Merge, "merge"), (Action::Linearization, "mro")],
        PageKind::Linearization if state.here().mark.is_some() => {
            vec![(Action::WhyBefore, "why before"), (Action::Close, "unmark")]
        }
        PageKind::Linearization => vec![
            (Action::WhyBefore, "why before"),
            (Action::Members, "members"),
            (Action::Merge, "merge"),
            (Action::Source, "source"),
        ],
    };
    if let Some(follow) = follow.filter(|_| state.here().page != PageKind::Present) {
        hints.insert(0, follow);
    }
    if state.picked.is_some() {
        hints.insert(hints.len().min(1), (Action::Beside, "beside"));
    }
    if state.seen_from.is_some() {
        hints.retain(|(action, _)| *action != Action::SeenFrom);
        hints.insert(hints.len().min(1), (Action::SeenFrom, "release"));
    }
    let leaves = hints.contains(&(Action::Close, "leave"));
    if state.history.can_go_back() && !leaves {
        hints.push((Action::Back, "back"));
    }
    hints
}
