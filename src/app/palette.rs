//! The palette: every action by its words, with its key.

use crate::app::action::{Action, Group};
use crate::app::prompt::TextLine;
use crate::app::state::{Prompt, State};
use crate::app::update::Effect;

/// What is typed in the palette, and which actions it leaves.
#[derive(Debug, Default)]
pub struct Palette {
    /// What was typed.
    pub line: TextLine,
    /// The actions that have its words, best first.
    pub found: Vec<Action>,
    /// Which of them is selected.
    pub at: usize,
    /// The first that is shown.
    pub top: usize,
}

impl Palette {
    /// All actions, before a word is typed.
    fn open() -> Self {
        let mut palette = Self::default();
        palette.look();
        palette
    }

    /// Finds the actions again that have every word in their names or in what is said of them.
    pub(super) fn look(&mut self) {
        let typed = self.line.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let mut found: Vec<(u8, bool, usize, Action)> = Action::ALL
            .into_iter()
            .filter(|action| is_offered(*action))
            .enumerate()
            .filter_map(|(at, action)| {
                // Whoever moves does so with the keys.
                let is_move = action.about().group == Group::Move;
                Some((rank(action, &words)?, is_move, at, action))
            })
            .collect();
        found.sort();
        self.found = found.into_iter().map(|it| it.3).collect();
        self.at = 0;
        self.top = 0;
    }
}

/// Whether an action can be asked for from the palette: what only makes sense while something is typed or asked cannot.
fn is_offered(action: Action) -> bool {
    action.about().group != Group::Typing
        && !matches!(action, Action::Yes | Action::No | Action::Palette)
}

/// How well an action has the words, the lower the better; none where it lacks one.
fn rank(action: Action, words: &[&str]) -> Option<u8> {
    let about = action.about();
    let (short, help) = (about.short.to_lowercase(), about.help.to_lowercase());
    let group = about.group.title().to_lowercase();
    let mut worst = 0;
    for word in words {
        let rank = if short.starts_with(word) || about.name.starts_with(word) {
            0
        } else if short.contains(word) || about.name.contains(word) {
            1
        } else if help.contains(word) {
            2
        } else if group.contains(word) {
            3
        } else {
            return None;
        };
        worst = worst.max(rank);
    }
    Some(worst)
}

impl State {
    /// Opens the palette.
    pub(super) fn open_palette(&mut self) {
        self.prompt = Some(Prompt::Palette(Palette::open()));
    }

    /// Does what is selected in the palette.
    pub(super) fn do_selected(&mut self, palette: &Palette) -> Vec<Effect> {
        let Some(&action) = palette.found.get(palette.at) else {
            self.say("no action has these words");
            return vec![];
        };
        if self.keeps(action, &[]) {
            return vec![];
        }
        self.act(action)
    }
}
