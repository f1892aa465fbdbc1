//! The what-if page at work: typing a head, completing names in it, going back to an earlier one; copying and writing an edit.

use crate::analysis::{Analysis, ClassRef, EditedFile, edited, patch, to_write};
use crate::app::areas::Focus;
use crate::app::location::{ClassAt, Location};
use crate::app::prompt::TextLine;
use crate::app::state::{Prompt, State};
use crate::app::tree::Thing;
use crate::app::update::Effect;
use crate::load::{Explanation, Query, Reply};
use crate::semantics::ClassId;
use crate::view::{self, Link, PageKind};

/// How many names are offered for one that is being typed.
const OFFERED: usize = 50;

/// The names that complete the one being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    names: Vec<String>,
    at: usize,
}

impl Completions {
    /// The first of some names; none where there are none.
    pub(super) fn of(names: Vec<String>) -> Option<(Self, String)> {
        let first = names.first()?.clone();
        Some((Self { names, at: 0 }, first))
    }

    /// The next of them.
    pub(super) fn next(self) -> Option<(Self, String)> {
        let at = (self.at + 1) % self.names.len().max(1);
        let name = self.names.get(at)?.clone();
        Some((Self { at, ..self }, name))
    }
}

impl State {
    /// Opens the what-if page of the class one is on, with its head to be typed over. From an edit that mends a class it begins with that edit.
    pub(super) fn begin_what_if(&mut self) {
        let Some(analysis) = self.analysis.clone() else {
            return;
        };
        if self.here().page == PageKind::WhatIf && self.focus == Focus::Page {
            let head = self.here().head.clone().unwrap_or_default();
            self.type_head(&head);
            return;
        }
        let of_tree = match self.tree.selected().map(|row| &row.thing) {
            Some(Thing::Class(id)) if self.focus == Focus::Tree => Some(*id),
            _ => None,
        };
        let of_mend = self.mend_here().and_then(|(explanation, number)| {
            let [edit] = explanation.mends.get(number)?.edits.as_slice() else {
                return None;
            };
            let head = view::said_edit(analysis.class(edit.class), edit);
            let head = head.strip_prefix("class ")?.to_owned();
            analysis.what_if(edit.class, &head).ok()?;
            Some((edit.class, head))
        });
        let here = of_tree.or_else(|| self.class().map(ClassRef::id));
        let (class, head) = match (of_mend, here) {
            (Some(found), _) => found,
            (None, Some(id)) => (id, view::head_of(analysis.class(id))),
            (None, None) => {
                self.say("choose a class first");
                return;
            }
        };
        let class = analysis.class(class);
        if !class.is_editable() {
            self.say("only class statements of the project can be tried with other bases");
            return;
        }
        self.heads.clear();
        self.leave_place();
        self.history.go(Location {
            head: Some(head.clone()),
            ..Location::new(PageKind::WhatIf, Some(ClassAt::of(class)))
        });
        self.focus_on(Focus::Page);
        self.type_head(&head);
    }

    fn type_head(&mut self, head: &str) {
        self.heads.push(head.to_owned());
        self.completions = None;
        self.history.here_mut().is_being_typed = true;
        let mut line = TextLine::holding(head);
        if head.ends_with(')') {
            line.left();
        }
        self.prompt = Some(Prompt::WhatIf(line));
    }

    /// Takes in what was typed.
    pub(super) fn head_typed(&mut self) {
        if let Some(Prompt::WhatIf(line)) = &self.prompt {
            let head = line.text().to_owned();
            let place = self.history.here_mut();
            place.head = Some(head);
            (place.line, place.top) = (None, 0);
        }
    }

    /// What was typed stands: a run is asked what it says.
    pub(super) fn head_done(&mut self) {
        self.completions = None;
        let place = self.history.here_mut();
        place.is_being_typed = false;
        if self.heads.last() == place.head.as_ref() {
            self.heads.pop();
        }
    }

    /// Goes back to the head before this one.
    pub(super) fn undo_head(&mut self) {
        match self.heads.pop() {
            Some(head) => {
                let place = self.history.here_mut();
                place.head = Some(head);
                (place.line, place.top) = (None, 0);
            }
            None => self.say("this is the head that one began with"),
        }
    }

    /// Completes the name before the cursor, or puts the next one in its place.
    pub(super) fn complete(&mut self, by: isize) {
        let (Some(analysis), Some(Prompt::WhatIf(line))) = (self.analysis.clone(), &self.prompt)
        else {
            return;
        };
        let next = if let Some(known) = &self.completions {
            let count = known.names.len().max(1);
            let step = by.unsigned_abs() % count;
            let step = if by < 0 { count - step } else { step };
            Some(Completions {
                at: (known.at + step) % count,
                names: known.names.clone(),
            })
        } else {
            let word = line.word().to_owned();
            let names = self
                .class()
                .map_or_else(Vec::new, |class| names_like(&analysis, class, &word));
            (!names.is_empty()).then_some(Completions { names, at: 0 })
        };
        let Some(next) = next else {
            self.say("no class is known whose name begins so");
            return;
        };
        if let (Some(Prompt::WhatIf(line)), Some(name)) =
            (&mut self.prompt, next.names.get(next.at))
        {
            line.replace_word(name);
        }
        let several = next.names.len();
        let at = next.at + 1;
        self.head_typed();
        self.completions = Some(next);
        if several > 1 {
            self.say(format!("{at} of {several} names"));
        }
    }

    /// The explanation that is open, and the mend that the selected line is about.
    fn mend_here(&self) -> Option<(&Explanation, usize)> {
        let Some(Link::Mend { number, .. }) = self.link() else {
            return None;
        };
        let class = self.class()?.id();
        match self.answers.to(&Query::Explain(class))? {
            Reply::Explained(Some(found)) => Some((found, *number)),
            _ => None,
        }
    }

    /// The files as the edit that one is looking at would leave them.
    pub(super) fn edit_here(&self) -> Option<Vec<EditedFile>> {
        let analysis = self.analysis.as_deref()?;
        if let Some((explanation, number)) = self.mend_here() {
            return Some(explanation.mends.get(number)?.files.clone());
        }
        if self.here().page != PageKind::WhatIf || self.focus != Focus::Page {
            return None;
        }
        let head = self.here().head.as_deref()?;
        let what_if = analysis.what_if(self.class()?.id(), head).ok()?;
        let files = edited(analysis, std::slice::from_ref(&what_if.edit))?;
        let differs = |it: &EditedFile| *it.text != *analysis.file(it.file).text;
        Some(files).filter(|files| files.iter().any(differs))
    }

    /// The edit that one is looking at, as a patch.
    pub(super) fn patch_here(&self) -> Option<String> {
        let files = self.edit_here()?;
        Some(patch(self.analysis.as_deref()?, &files))
    }

    /// Asks whether the edit that one is looking at may be written.
    pub(super) fn ask_to_write(&mut self) {
        match (self.edit_here(), self.analysis.as_deref()) {
            (Some(files), Some(analysis)) => self.writing = Some(to_write(analysis, &files)),
            _ => self.say("no edit is selected: go to a mend, or type a what-if with other bases"),
        }
    }

    /// It may.
    pub(super) fn write_out(&mut self) -> Vec<Effect> {
        self.writing.take().map(Effect::Write).into_iter().collect()
    }
}

/// The names of classes that begin so: those that the module of a class knows, then those of the project.
fn names_like(analysis: &Analysis, class: ClassRef<'_>, word: &str) -> Vec<String> {
    let module = class.module();
    let known = module.into_iter().flat_map(|it| it.names.keys());
    let mut names: Vec<String> = known
        .filter(|name| name.starts_with(word))
        .map(ToString::to_string)
        .collect();
    names.sort_unstable();
    let is_of_module = |id: ClassId| analysis.classes.get(id).path.qualname.contains('.');
    let mut others: Vec<String> = analysis
        .project_classes()
        .filter(|other| !is_of_module(other.id()) && other.name().starts_with(word))
        .map(|other| other.name().to_owned())
        .collect();
    others.sort_unstable();
    names.extend(others);
    let mut seen = rustc_hash::FxHashSet::default();
    names.retain(|name| name != class.name() && seen.insert(name.clone()));
    names.truncate(OFFERED);
    names
}
