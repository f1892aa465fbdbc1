//! What has changed of a project's classes when it was read again, in a line: what a reader would otherwise have to look for.

use crate::Name;
use crate::analysis::{Analysis, Changed, Difference, Named, Reason, Sureness};
use crate::view::safe;

/// How many names are written out; of more there is a count.
const NAMED: usize = 3;

/// What has changed, to be said in a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reread {
    /// What is said, the most important first.
    pub parts: Vec<String>,
    /// Whether a class cannot be made that could be before.
    pub is_bad: bool,
}

impl Reread {
    /// What differs between what was read before and what was read now.
    pub fn of(difference: &Difference, after: &Analysis) -> Self {
        let mut said = Self::default();
        let changed = |is: &dyn Fn(&Changed) -> bool| -> Vec<&Named> {
            let found = difference.changed.iter().filter(|it| is(it));
            found.map(|it| &it.class).collect()
        };
        let mut raising =
            changed(&|it| it.after.raises.is_some() && it.before.raises != it.after.raises);
        let new_and_raising = |it: &&(Named, _)| after.class(it.1).raises().is_some();
        let new = difference.new.iter().filter(new_and_raising);
        raising.extend(new.map(|it| &it.0));
        said.is_bad = !raising.is_empty();
        said.names("raises now", &raising);
        said.names(
            "mended",
            &changed(&|it| it.before.raises.is_some() && it.after.raises.is_none()),
        );
        let is_unknown = |it: &Sureness| matches!(it, Sureness::Unknown(_));
        let untold = |now: bool| -> Vec<&Named> {
            let found = difference.untold.iter();
            let found = found.filter(|it| is_unknown(&it.sureness.1) == now);
            found.map(|it| &it.class).collect()
        };
        said.names("not known now", &untold(true));
        said.names("known now", &untold(false));
        said.names("another MRO", &changed(&Changed::is_mro));
        said.names("another metaclass", &changed(&Changed::is_metaclass));
        said.moved(&difference.reasons);
        let of = |found: &[(Named, crate::semantics::ClassId)]| -> Vec<Named> {
            found.iter().map(|it| it.0.clone()).collect()
        };
        said.counted("new", &of(&difference.new));
        said.counted("gone", &of(&difference.gone));
        said
    }

    /// The whole line, after the names of the files that were changed.
    pub fn line(&self, files: &[String]) -> String {
        let files = match files {
            [] => String::from("read again"),
            [only] => safe(only).into_owned(),
            several => format!("{} files", several.len()),
        };
        if self.parts.is_empty() {
            return format!("{files}: no class has changed");
        }
        format!("{files}: {}", self.parts.join(" · "))
    }

    fn names(&mut self, word: &str, classes: &[&Named]) {
        if classes.is_empty() {
            return;
        }
        let names: Vec<String> = classes.iter().take(NAMED).map(|it| name(it)).collect();
        let more = match classes.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        self.parts
            .push(format!("{word}: {}{more}", names.join(", ")));
    }

    fn counted(&mut self, word: &str, classes: &[Named]) {
        match classes {
            [] => {}
            few if few.len() <= NAMED => self.names(word, &few.iter().collect::<Vec<_>>()),
            many => self.parts.push(format!("{} classes {word}", many.len())),
        }
    }

    /// The names that come from elsewhere, or are new or gone, at the class that is the reason.
    fn moved(&mut self, reasons: &[Reason]) {
        // Whether there is a class that gives the name before, and after.
        let kinds = [
            ((true, true), "comes from elsewhere", "come from elsewhere"),
            ((false, true), "is new", "are new"),
            ((true, false), "is gone", "are gone"),
        ];
        for (is, one, several) in kinds {
            let mut found: Vec<(&Reason, Vec<&Name>)> = vec![];
            for reason in reasons {
                let names = reason.moved.iter().filter(|it| {
                    let provider = &it.provider;
                    is == (provider.from.is_some(), provider.to.is_some())
                });
                let mut names: Vec<&Name> = names.map(|it| &it.provider.name).collect();
                names.sort();
                names.dedup();
                if !names.is_empty() {
                    found.push((reason, names));
                }
            }
            let Some((reason, names)) = found.first() else {
                continue;
            };
            let class = name(&reason.class);
            let mut text = match names.as_slice() {
                [only] => format!("{class}.{} {one}", safe(only)),
                names => format!("{} names of {class} {several}", names.len()),
            };
            match found.len() - 1 {
                0 => {}
                1 => text += ", and of 1 other class",
                more => text = format!("{text}, and of {more} other classes"),
            }
            self.parts.push(text);
        }
    }
}

fn name(class: &Named) -> String {
    safe(&class.path.qualname).into_owned()
}
