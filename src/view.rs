//! WORDS. `Analysis` → pages. Knows no terminal and no colour.

mod across;
mod atlas;
mod before;
mod beside;
mod bounded;
mod check;
mod coverage;
mod creation;
mod descriptors;
mod difference;
mod explanation;
mod found;
mod help;
mod home;
mod instances;
mod lesson;
pub mod letters;
mod linearization;
mod live;
mod lookup;
mod matrix;
mod members;
mod mends;
mod merge;
mod module;
mod near;
mod operators;
mod pins;
mod plugins;
mod present;
mod problems;
mod reread;
mod safe;
mod seen;
mod settings;
mod snapshot;
mod source;
mod supers;
mod text;
mod traceback;
mod verify;
mod what_if;
mod words;

pub use across::across;
pub use atlas::{atlas, found_rows, of_registry, place as spotted, text_of};
pub use before::why_before;
pub use beside::beside;
pub use bounded::{expression, one_line, shortened};
pub use check::{Fault, Severity, fates, faults};
pub use coverage::{cause, coverage, cure};
pub use creation::{costs, creation};
pub use descriptors::descriptors;
pub use difference::{Differing, difference};
pub use explanation::{explanation, kind_of_error, raising};
pub use found::found;
pub use help::{HelpGroup, help};
pub use home::{Visit, home, home_list};
pub use lesson::{
    Ask, Card, Dealt, Lesson, Pick, Played, Progress, Proof as CardProof, cards_as_markdown, deal,
    lesson_none, lesson_page, lesson_waiting, lessons,
};
pub use letters::Fuzzy;
pub use linearization::linearization;
pub use live::{live, live_failed, live_not_run, live_waiting, not_shown};
pub use lookup::{
    Told, is_unheard_of, lookup, near_attribute, say_unheard_of, say_unwritable, untraced,
};
pub use matrix::{matrix, matrix_columns};
pub use members::members;
pub use mends::{Mends, said_edit};
pub use merge::{merge_answers, merge_steps};
pub use module::{inside, module};
pub use near::nearest;
pub use operators::{Expressed, not_operated, operation, operators};
pub use pins::pin_fault;
pub use plugins::{plugins, registered, say_registered};
pub use present::slides;
pub use problems::problems;
pub use reread::Reread;
pub use safe::safe;
pub use seen::{receiver, say_seen_from, subject};
pub use settings::{DETAIL, MatrixSettings, MemberSettings, MergeGuess, Settings, Sort, Way};
pub use snapshot::{SnapshotSaid, snapshot};
pub use source::{SourceLine, fold_source, source_file};
pub use supers::{has_ribbon, supers};
pub use text::{
    Align, Body, Column, HasTab, HomeList, LessonLink, Line, Link, Moves, Page, PageKind, Role,
    Span, Table,
};
pub use traceback::{About, Answer, Verdict, answers, traceback};
pub use verify::{failure, unasked, verify};
pub use what_if::{Proof, head_of, what_if};
pub use words::{class_role, count, kind_letter, standing, thousands};

use crate::analysis::ClassRef;

/// Says what is known of a class, on the page asked for. The *help* page is [`help`]'s: it needs the keys; the *lookup* page is
/// [`lookup`](lookup())'s: it needs what the run has answered.
pub fn page(kind: PageKind, class: ClassRef<'_>, settings: &Settings) -> Page {
    match kind {
        PageKind::Linearization => linearization(class, None),
        // Which two classes are meant has to be said.
        PageKind::Before => why_before(class, class, class),
        PageKind::Beside => beside(class, class, settings, None),
        PageKind::Across => across(class, None, settings, None),
        PageKind::Members => members(class, settings, None, None),
        PageKind::Live => live_not_run(class),
        PageKind::WhatIf => {
            let head = head_of(class);
            let answer = class.analysis().what_if(class.id(), &head);
            what_if(class, &head, &answer, Proof::NotAsked)
        }
        PageKind::Matrix => matrix(class, settings, None),
        PageKind::Descriptors => descriptors(class, settings, None),
        PageKind::Creation => creation(class, None),
        PageKind::Costs => costs(class.analysis(), None),
        PageKind::Operators => operators(class, Expressed::Nothing),
        PageKind::Merge => merge::merge(class, settings),
        PageKind::Lesson => lessons(Some(class), &Progress::default()),
        PageKind::Present => present::present(class, settings),
        PageKind::Source => source::source(class, settings),
        PageKind::Plugins => plugins(class, settings, None),
        PageKind::Module => module(class.analysis(), &class.path().module, None, settings, None),
        PageKind::Atlas => atlas(class.analysis(), None, None, settings),
        PageKind::Home => home(class.analysis(), class.analysis().outlook(), &[]),
        PageKind::Problems => problems(class.analysis()),
        PageKind::Coverage => coverage(class.analysis()),
        PageKind::Lookup => lookup(class, "", Told::Nothing, settings.way),
        // What the other state is has to be asked.
        PageKind::Difference => Page::default(),
        PageKind::Super => supers(class, None, settings),
        PageKind::Help => help(&[], 1),
    }
}

/// How many cells a text takes that is safe to print.
pub(crate) fn text_width(text: &str) -> usize {
    use unicode_width::UnicodeWidthStr;
    text.width()
}

/// Whether a text has every word of the filter.
fn matches(filter: &str, text: &str) -> bool {
    letters::has_all(text, filter)
}
