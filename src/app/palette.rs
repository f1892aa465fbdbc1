//! The palette: every action by its words, with its key; and the themes, each shown while it is selected.

use crate::app::action::{Action, Group};
use crate::app::hints;
use crate::app::prompt::TextLine;
use crate::app::state::{Prompt, State};
use crate::app::update::Effect;

/// What is typed in the palette, and which actions it leaves.
#[derive(Debug, Default)]
pub struct Palette {
    /// What was typed.
    pub line: TextLine,
    /// What has its words, best first.
    pub found: Vec<Offer>,
    /// Which of them is selected.
    pub at: usize,
    /// The first that is shown.
    pub top: usize,
    /// What it offers.
    subject: Subject,
}

/// What a palette offers.
#[derive(Debug, Default)]
enum Subject {
    /// Every action.
    #[default]
    Actions,
    /// These, which make sense on the selected line.
    Here(Vec<Action>),
    /// Themes, by their names.
    Themes(Vec<String>),
}

/// Something that can be chosen from the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// An action.
    Do(Action),
    /// A theme, by its name.
    Theme(String),
}

impl Palette {
    /// All actions, before a word is typed.
    fn open() -> Self {
        let mut palette = Self::default();
        palette.look();
        palette
    }

    /// All themes, the cursor on the one that is shown now.
    fn of_themes(themes: &[String], now: Option<&str>) -> Self {
        let mut palette = Self {
            subject: Subject::Themes(themes.to_vec()),
            ..Self::default()
        };
        palette.look();
        let at = themes.iter().position(|it| Some(it.as_str()) == now);
        palette.at = at.unwrap_or(0);
        palette
    }

    /// What is chosen from it, in words: `actions`.
    pub fn subject(&self) -> &'static str {
        match self.subject {
            Subject::Actions => "actions",
            Subject::Here(_) => "actions here",
            Subject::Themes(_) => "themes",
        }
    }

    /// The theme that is selected.
    fn theme(&self) -> Option<&str> {
        match self.found.get(self.at)? {
            Offer::Theme(name) => Some(name),
            Offer::Do(_) => None,
        }
    }

    /// Finds the actions again that have every word in their names or in what is said of them.
    pub(super) fn look(&mut self) {
        let typed = self.line.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        (self.at, self.top) = (0, 0);
        if let Subject::Themes(themes) = &self.subject {
            let has_all = |it: &&String| words.iter().all(|word| it.contains(word));
            let found = themes.iter().filter(has_all).cloned();
            self.found = found.map(Offer::Theme).collect();
            return;
        }
        let mut found: Vec<(u8, bool, usize, Action)> = Action::ALL
            .into_iter()
            .filter(|action| is_offered(*action))
            .enumerate()
            .filter_map(|(at, action)| {
                // What makes sense here stands in its own order.
                let at = match &self.subject {
                    Subject::Here(these) => these.iter().position(|it| *it == action)?,
                    _ => at,
                };
                // Whoever moves does so with the keys.
                let is_move = action.about().group == Group::Move;
                Some((rank(action, &words)?, is_move, at, action))
            })
            .collect();
        found.sort();
        self.found = found.into_iter().map(|it| Offer::Do(it.3)).collect();
    }
}

/// Whether an action can be asked for from the palette: what only makes sense while something is typed or asked cannot.
fn is_offered(action: Action) -> bool {
    action.about().group != Group::Typing
        && !matches!(
            action,
            Action::Yes | Action::No | Action::Palette | Action::Pick
        )
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

    /// Opens the list of what can be done with the selected line.
    pub(super) fn open_menu(&mut self) {
        let mut these: Vec<Action> = vec![];
        for (action, _) in hints::wanted(self) {
            if !these.contains(&action) {
                these.push(action);
            }
        }
        for action in [Action::Copy, Action::Edit, Action::Mark, Action::Back] {
            if !these.contains(&action) {
                these.push(action);
            }
        }
        let mut palette = Palette {
            subject: Subject::Here(these),
            ..Palette::default()
        };
        palette.look();
        self.prompt = Some(Prompt::Palette(palette));
    }

    /// Opens the list of themes.
    pub(super) fn choose_theme(&mut self) {
        let themes = Palette::of_themes(&self.themes, self.theme.as_deref());
        self.prompt = Some(Prompt::Palette(themes));
    }

    /// Whether a theme is being chosen.
    pub(super) fn is_choosing_theme(&self) -> bool {
        matches!(
            &self.prompt,
            Some(Prompt::Palette(Palette {
                subject: Subject::Themes(_),
                ..
            }))
        )
    }

    /// The name of the theme to paint with: the one that is selected in the list of themes, or was chosen there; none for the one that the
    /// program began with.
    pub fn theme(&self) -> Option<&str> {
        let selected = match &self.prompt {
            Some(Prompt::Palette(palette)) => palette.theme(),
            _ => None,
        };
        selected.or(self.theme.as_deref())
    }

    /// Does what is selected in the palette.
    pub(super) fn do_selected(&mut self, palette: &Palette) -> Vec<Effect> {
        let action = match palette.found.get(palette.at) {
            Some(Offer::Do(action)) => *action,
            Some(Offer::Theme(name)) => {
                self.say(format!(
                    "the theme is {name} until you leave; `theme = \"{name}\"` in your config.toml keeps it"
                ));
                self.theme = Some(name.clone());
                return vec![];
            }
            None => {
                self.say(format!("none of the {} has these words", palette.subject()));
                return vec![];
            }
        };
        if self.keeps(action, &[]) {
            return vec![];
        }
        self.act(action)
    }
}
