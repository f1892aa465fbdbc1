//! Where keys are looked up: what is asked or typed first, then the page one is on, then everywhere.

use crate::app::areas::Focus;
use crate::app::keymap::Context;
use crate::app::state::State;
use crate::view::{MergeGuess, PageKind};

impl State {
    /// Whether the open page takes the place of the tree, too.
    pub(super) fn takes_the_tree(&self) -> bool {
        matches!(
            self.here().page,
            PageKind::Help | PageKind::Lesson | PageKind::Present
        )
    }

    /// Where keys are looked up now, from the first to the last.
    pub fn contexts(&self) -> &'static [Context] {
        if self.asking.is_some() || self.writing.is_some() {
            return &[Context::Question];
        }
        if self.prompt.is_some() {
            return &[Context::Prompt];
        }
        self.contexts_beneath()
    }

    /// Where keys are looked up while nothing is typed.
    pub fn contexts_beneath(&self) -> &'static [Context] {
        match (self.focus, self.here().page) {
            (Focus::Tree, _) => &[Context::Tree, Context::Everywhere],
            (Focus::Page, PageKind::Members) => {
                &[Context::Members, Context::Page, Context::Everywhere]
            }
            (Focus::Page, PageKind::Descriptors) => {
                &[Context::Descriptors, Context::Page, Context::Everywhere]
            }
            (Focus::Page, PageKind::Lookup) => {
                &[Context::Lookup, Context::Page, Context::Everywhere]
            }
            (Focus::Page, PageKind::Matrix) => {
                &[Context::Matrix, Context::Page, Context::Everywhere]
            }
            (Focus::Page, PageKind::Module) => {
                &[Context::Module, Context::Page, Context::Everywhere]
            }
            (Focus::Page, PageKind::WhatIf) => {
                &[Context::WhatIf, Context::Page, Context::Everywhere]
            }
            (Focus::Page, PageKind::Merge) if self.settings.merge_guess != MergeGuess::Off => &[
                Context::Picks,
                Context::Merge,
                Context::Page,
                Context::Everywhere,
            ],
            (Focus::Page, PageKind::Source) => {
                &[Context::Source, Context::Page, Context::Everywhere]
            }
            (Focus::Page, PageKind::Lesson) if self.here().head.is_none() => {
                &[Context::Picks, Context::Page, Context::Everywhere]
            }
            (Focus::Page, PageKind::Lesson) => &[
                Context::Picks,
                Context::Lesson,
                Context::Page,
                Context::Everywhere,
            ],
            (Focus::Page, PageKind::Present) => {
                &[Context::Present, Context::Page, Context::Everywhere]
            }
            (Focus::Page, PageKind::Merge) => &[Context::Merge, Context::Page, Context::Everywhere],
            (Focus::Page, _) => &[Context::Page, Context::Everywhere],
        }
    }
}
