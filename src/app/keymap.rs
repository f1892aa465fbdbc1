//! `Keymap`: which keys ask for what, where. `keymap.toml` beside this file is the default, and its comments the manual.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::app::action::{Action, Group};
use crate::app::key::{self, Key};
use crate::app::mistake::{Mistake, suggest};
use crate::view::HelpGroup;

const DEFAULT: &str = include_str!("keymap.toml");
/// What a key file says to take a key away.
const NONE: &str = "none";

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// Anywhere but in a prompt.
    Everywhere,
    /// The tree has the cursor.
    Tree,
    /// A page has the cursor.
    Page,
    /// The members page has the cursor.
    Members,
    /// The descriptors page has the cursor.
    Descriptors,
    /// The lookup page has the cursor.
    Lookup,
    /// The matrix page has the cursor.
    Matrix,
    /// The page of a module has the cursor.
    Module,
    /// The what-if page has the cursor.
    WhatIf,
    /// The merge page has the cursor.
    Merge,
    /// A page of source has the cursor.
    Source,
    /// A question is asked, and its answers have numbers.
    Picks,
    /// A lesson has the cursor.
    Lesson,
    /// The presenter has the cursor.
    Present,
    /// Something is being typed.
    Prompt,
    /// It is asked whether Python may be run.
    Question,
}

impl Context {
    const ALL: [Self; 16] = [
        Self::Everywhere,
        Self::Tree,
        Self::Page,
        Self::Members,
        Self::Descriptors,
        Self::Lookup,
        Self::Matrix,
        Self::Module,
        Self::WhatIf,
        Self::Merge,
        Self::Source,
        Self::Picks,
        Self::Lesson,
        Self::Present,
        Self::Prompt,
        Self::Question,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Tree => "tree",
            Self::Page => "page",
            Self::Members => "members",
            Self::Descriptors => "descriptors",
            Self::Lookup => "lookup",
            Self::Matrix => "matrix",
            Self::Module => "module",
            Self::WhatIf => "what-if",
            Self::Merge => "merge",
            Self::Source => "source",
            Self::Picks => "picks",
            Self::Lesson => "lesson",
            Self::Present => "present",
            Self::Prompt => "prompt",
            Self::Question => "question",
        }
    }
}

/// Which keys ask for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bound: BTreeMap<Context, BTreeMap<Vec<Key>, Action>>,
}

/// What the keys pressed so far stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// This.
    Action(Action),
    /// Nothing yet; more keys may follow.
    Pending,
    /// Nothing.
    Unbound,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut keymap = Self {
            bound: BTreeMap::new(),
        };
        let laid = keymap.lay(DEFAULT);
        debug_assert_eq!(
            laid,
            Ok(()),
            "a test holds the default to be free of mistakes"
        );
        keymap
    }
}

impl Keymap {
    /// The default with a key file of the user's laid over it.
    pub fn with(text: &str) -> Result<Self, Mistake> {
        let mut keymap = Self::default();
        keymap.lay(text)?;
        Ok(keymap)
    }

    /// What `keys` stand for, looked up in `contexts` from the first to the last.
    pub fn lookup(&self, contexts: &[Context], keys: &[Key]) -> Found {
        for context in contexts {
            let Some(bound) = self.bound.get(context) else {
                continue;
            };
            if let Some(&action) = bound.get(keys) {
                return Found::Action(action);
            }
            if bound.keys().any(|sequence| sequence.starts_with(keys)) {
                return Found::Pending;
            }
        }
        Found::Unbound
    }

    /// What can follow `keys`: the rest of each sequence, and what it asks for.
    pub fn continuations(&self, contexts: &[Context], keys: &[Key]) -> Vec<(String, Action)> {
        let mut found = vec![];
        for bound in contexts
            .iter()
            .filter_map(|context| self.bound.get(context))
        {
            for (sequence, &action) in bound {
                if sequence.len() > keys.len() && sequence.starts_with(keys) {
                    found.push((key::label(&sequence[keys.len()..]), action));
                }
            }
        }
        found
    }

    /// The key people are told for an action: the one bound first in the most special context, shortest first.
    pub fn key_for(&self, contexts: &[Context], action: Action) -> Option<String> {
        contexts.iter().find_map(|context| {
            self.bound
                .get(context)?
                .iter()
                .filter(|(keys, bound)| {
                    **bound == action && self.lookup(contexts, keys) == Found::Action(action)
                })
                .min_by_key(|(keys, _)| (keys.len(), plainness(keys), keys.as_slice()))
                .map(|(keys, _)| key::label(keys))
        })
    }

    /// Every action that has a key, under its heading: what the help page lists.
    pub fn help(&self) -> Vec<HelpGroup> {
        Group::ALL
            .into_iter()
            .map(|group| HelpGroup {
                title: group.title().to_owned(),
                rows: Action::ALL
                    .into_iter()
                    .filter(|action| action.about().group == group)
                    .filter_map(|action| {
                        let keys = self.keys_of(action, group);
                        (!keys.is_empty()).then(|| (keys.join(" "), action.about().help.to_owned()))
                    })
                    .collect(),
            })
            .filter(|group: &HelpGroup| !group.rows.is_empty())
            .collect()
    }

    fn keys_of(&self, action: Action, group: Group) -> Vec<String> {
        let mut keys: Vec<&Vec<Key>> = self
            .bound
            .iter()
            // What moves also moves in a prompt, by keys of its own; listing them would bury the usual ones.
            .filter(|(context, _)| group == Group::Typing || **context != Context::Prompt)
            .flat_map(|(_, bound)| bound)
            .filter(|(_, bound)| **bound == action)
            .map(|(keys, _)| keys)
            .collect();
        keys.sort_by_key(|keys| (plainness(keys), keys.len()));
        keys.dedup();
        keys.iter()
            .map(|keys| key::label(keys).replace(' ', ""))
            .collect()
    }

    /// Lays a key file over what is bound already.
    fn lay(&mut self, text: &str) -> Result<(), Mistake> {
        let file = DeTable::parse(text).map_err(|error| Mistake::not_toml(text, &error))?;
        let mut wanted = vec![];
        for (name, table) in file.get_ref() {
            let context = Context::ALL
                .into_iter()
                .find(|context| context.name() == name.get_ref().as_ref())
                .ok_or_else(|| {
                    Mistake::at(
                        text,
                        &name.span(),
                        format!("`{}` is not a place where keys are bound", name.get_ref()),
                        Some(suggest(
                            name.get_ref(),
                            Context::ALL.iter().map(|c| c.name()),
                        )),
                    )
                })?;
            let DeValue::Table(bindings) = table.get_ref() else {
                return Err(Mistake::at(
                    text,
                    &table.span(),
                    format!("`{}` must be a table", name.get_ref()),
                    Some(format!("write [{}] and the keys below it", name.get_ref())),
                ));
            };
            for (keys, action) in bindings {
                let sequence = key::sequence(keys.get_ref()).map_err(|error| {
                    Mistake::at(
                        text,
                        &keys.span(),
                        error.to_string(),
                        Some("spell keys as `g`, `<enter>`, `<c-d>`, `<a-left>`, `<f1>`".into()),
                    )
                })?;
                if sequence.is_empty() {
                    let message = "a key is missing".to_owned();
                    return Err(Mistake::at(text, &keys.span(), message, None));
                }
                wanted.push((read_action(text, action)?, context, sequence, keys.span()));
            }
        }
        // What is taken away goes first: `gg` may make room for `g` in the same file.
        wanted.sort_by_key(|(action, ..)| action.is_some());
        for (action, context, keys, span) in wanted {
            self.bind(context, keys, action)
                .map_err(|(message, hint)| Mistake::at(text, &span, message, Some(hint)))?;
        }
        Ok(())
    }

    /// Binds or unbinds one sequence. A sequence that begins another would make that one unreachable.
    fn bind(
        &mut self,
        context: Context,
        keys: Vec<Key>,
        action: Option<Action>,
    ) -> Result<(), (String, String)> {
        let bound = self.bound.entry(context).or_default();
        let Some(action) = action else {
            bound.remove(&keys);
            return Ok(());
        };
        let clash = bound.iter().find(|(other, _)| {
            **other != keys && (other.starts_with(&keys) || keys.starts_with(other))
        });
        if let Some((other, held)) = clash {
            let (keys, other) = (key::spell(&keys), key::spell(other));
            return Err((
                format!(
                    "`{keys}` cannot be told from `{other}`, which is bound to `{}`",
                    held.about().name
                ),
                format!(
                    "write \"{other}\" = \"none\" under [{}], or use another key",
                    context.name()
                ),
            ));
        }
        bound.insert(keys, action);
        Ok(())
    }
}

/// Letters and signs before named keys before keys that are held with others.
fn plainness(keys: &[Key]) -> u8 {
    keys.iter()
        .map(|key| match key.code {
            _ if key.ctrl || key.alt || key.shift => 2,
            key::Code::Char(letter) if letter.is_ascii_digit() => 1,
            key::Code::Char(_) => 0,
            key::Code::Named(_) | key::Code::Function(_) => 1,
        })
        .max()
        .unwrap_or(0)
}

/// Reads the name of an action; none for the word that unbinds.
fn read_action(text: &str, value: &toml::Spanned<DeValue<'_>>) -> Result<Option<Action>, Mistake> {
    let Some(name) = value.get_ref().as_str() else {
        return Err(Mistake::at(
            text,
            &value.span(),
            format!("an action is text, not {}", value.get_ref().type_str()),
            None,
        ));
    };
    if name == NONE {
        return Ok(None);
    }
    Action::named(name).map(Some).ok_or_else(|| {
        let names = Action::ALL.iter().map(|action| action.about().name);
        Mistake::at(
            text,
            &value.span(),
            format!("`{name}` is not an action"),
            Some(suggest(name, names.chain([NONE]))),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        key::sequence(text).expect(text)
    }

    fn mistake(text: &str) -> String {
        let mistake = Keymap::with(text).expect_err("the file has a mistake");
        match &mistake.hint {
            Some(hint) => format!("{mistake}\n  {hint}"),
            None => mistake.to_string(),
        }
    }

    #[test]
    fn the_default_has_no_mistake_and_reaches_every_action() {
        let mut keymap = Keymap {
            bound: BTreeMap::new(),
        };
        assert_eq!(keymap.lay(DEFAULT), Ok(()));
        for action in Action::ALL {
            assert!(
                keymap
                    .bound
                    .values()
                    .any(|bound| bound.values().any(|&held| held == action)),
                "no key asks for {action:?}"
            );
        }
    }

    #[test]
    fn a_sequence_waits_for_its_last_key() {
        let keymap = Keymap::default();
        let tree = [Context::Tree, Context::Everywhere];
        assert_eq!(keymap.lookup(&tree, &keys("g")), Found::Pending);
        assert_eq!(
            keymap.lookup(&tree, &keys("gg")),
            Found::Action(Action::Top)
        );
        assert_eq!(keymap.lookup(&tree, &keys("gx")), Found::Unbound);
        assert_eq!(
            keymap.lookup(&tree, &keys("l")),
            Found::Action(Action::Right)
        );
    }

    #[test]
    fn a_file_of_the_users_is_laid_over_the_default() {
        let keymap = Keymap::with("[everywhere]\n\"q\" = \"none\"\n\"<c-q>\" = \"quit\"\n")
            .expect("it is right");
        let page = [Context::Page, Context::Everywhere];
        assert_eq!(keymap.lookup(&page, &keys("q")), Found::Unbound);
        assert_eq!(
            keymap.lookup(&page, &keys("<c-q>")),
            Found::Action(Action::Quit)
        );
        assert_eq!(
            keymap.lookup(&page, &keys("j")),
            Found::Action(Action::Down)
        );
    }

    #[test]
    fn a_mistake_is_said_with_its_place_and_what_may_have_been_meant() {
        assert_eq!(
            mistake("[everywhere]\n\"q\" = \"quti\"\n"),
            "2:7: `quti` is not an action\n  did you mean `quit`?"
        );
        assert_eq!(
            mistake("[tre]\n\"q\" = \"quit\"\n"),
            "1:2: `tre` is not a place where keys are bound\n  did you mean `tree`?"
        );
        assert_eq!(
            mistake("[tree]\n\"<entre>\" = \"quit\"\n"),
            "2:1: `<entre>` is not a key\n  spell keys as `g`, `<enter>`, `<c-d>`, `<a-left>`, `<f1>`"
        );
        assert_eq!(
            mistake("[everywhere]\n\"g\" = \"quit\"\n"),
            "2:1: `g` cannot be told from `gb`, which is bound to `marked`\n  write \"gb\" = \"none\" under [everywhere], or use another key"
        );
        assert!(
            mistake("[tree\n").starts_with("1:6: "),
            "{}",
            mistake("[tree\n")
        );
        assert!(mistake("[tree]\nq = 3\n").starts_with("2:5: an action is text, not integer"));
    }
}
