//! Edits of class statements, and the files of a project as they would be after them.

use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::{Analysis, ClassRef, ModuleOrigin};
use crate::semantics::{ClassId, Edit, Editable, Origin, Outcome, TypeNewError};
use crate::source::{FileId, Rewritten};
use crate::syntax::{Piece, Rewrite, Statement, class_statement, replaced, rewrite};

/// What is to become of one class statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementEdit {
    /// The class that it makes, or would make.
    pub class: ClassId,
    /// The change.
    pub rewrite: Rewrite,
}

/// A file as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedFile {
    /// The file.
    pub file: FileId,
    /// Where it is.
    pub path: PathBuf,
    /// Its text then.
    pub text: Arc<str>,
}

impl<'a> ClassRef<'a> {
    /// The class statement, piece by piece; none for a class that no statement made, or whose text does not say it.
    pub fn statement(self) -> Option<Statement> {
        let Origin::Statement { name, .. } = self.origin() else {
            return None;
        };
        let file = self.analysis().file(name.file);
        class_statement(&file.text, name.start)
    }

    /// Whether its statement stands in a file of the project, so that it may be edited.
    pub fn is_editable(self) -> bool {
        self.home() == ModuleOrigin::Project && matches!(self.origin(), Origin::Statement { .. })
    }

    /// A piece of the text of its file.
    pub fn written(self, piece: Piece) -> &'a str {
        let file = self.place().map(|place| self.analysis().file(place.file));
        file.map_or("", |file| file.slice(piece.0, piece.1))
    }

    /// What its statement asks for as bases, where each written base stands for one of them; none where it does not.
    pub fn editable(self, statement: &Statement) -> Option<Editable> {
        let bases = match self.outcome() {
            Outcome::Created(made) => &made.bases,
            Outcome::Raises(raised) => &raised.bases,
            Outcome::Unknown { .. } => return None,
        };
        let is_plain = |piece: &Piece| !self.written(*piece).starts_with('*');
        let fits = bases.len() == statement.bases.len() && statement.bases.iter().all(is_plain);
        let asks_for_none = statement.bases.is_empty()
            && bases
                .iter()
                .all(|&base| base == self.analysis().classes.object());
        if !fits && !asks_for_none {
            return None;
        }
        let metaclass = statement.keywords.iter().find_map(|(name, _, value)| {
            (name.as_deref() == Some("metaclass")).then(|| self.written(*value))
        });
        Some(Editable {
            class: self.id(),
            bases: if fits { bases.clone() } else { vec![] },
            metaclass: metaclass.and_then(|text| self.metaclass_named(text, bases)),
            has_slots: statement
                .slots
                .is_some_and(|piece| self.written(piece) != "()"),
        })
    }

    /// The metaclass that a statement asks for by this text.
    fn metaclass_named(self, text: &str, bases: &[ClassId]) -> Option<ClassId> {
        let analysis = self.analysis();
        let of_module = self
            .module()
            .and_then(|module| analysis.named(&module.name, text));
        let dotted = || {
            let (module, name) = text.rsplit_once('.')?;
            analysis.named(module, name)
        };
        // One that no base has is the one that the statement asks for.
        let conflicting = || match self.outcome() {
            Outcome::Raises(raised) => match raised.reason.as_deref() {
                Some(TypeNewError::MetaclassConflict { chosen, .. }) => {
                    let has_it = |base: &ClassId| {
                        let made = analysis.classes.made(*base);
                        made.is_some_and(|made| made.metaclass == *chosen)
                    };
                    (!bases.iter().any(has_it)).then_some(*chosen)
                }
                _ => None,
            },
            _ => None,
        };
        of_module.or_else(conflicting).or_else(dotted)
    }

    /// An edit that was found among class objects as one of the text.
    ///
    /// A metaclass that joins others is written before the statement; each of them by a name that the module has for it, else as the type of a
    /// base that has it. None where that cannot be written.
    pub fn as_text(self, edit: &Edit, statement: &Statement) -> Option<StatementEdit> {
        let mut wanted = Rewrite::default();
        if let Some(positions) = &edit.bases {
            let bases = positions.iter().map(|&at| {
                let piece = statement.bases.get(at)?;
                Some(self.written(*piece).to_owned())
            });
            wanted.bases = Some(bases.collect::<Option<_>>()?);
        }
        if edit.empties_slots {
            wanted.slots = Some(String::from("()"));
        }
        if !edit.joins.is_empty() {
            let names = edit.joins.iter().map(|&id| self.said_here(id, statement));
            let names: Vec<String> = names.collect::<Option<_>>()?;
            let name = self.free_name(&format!("{}Meta", self.name()));
            wanted.insert = Some(format!("class {name}({}):\n    pass\n", names.join(", ")));
            wanted
                .keywords
                .push((String::from("metaclass"), Some(name)));
        }
        Some(StatementEdit {
            class: self.id(),
            rewrite: wanted,
        })
    }

    /// How a metaclass can be written where the statement stands.
    fn said_here(self, metaclass: ClassId, statement: &Statement) -> Option<String> {
        let asked = statement
            .keywords
            .iter()
            .find(|(name, ..)| name.as_deref() == Some("metaclass"))
            .map(|(_, _, value)| self.written(*value));
        let bases = match self.outcome() {
            Outcome::Raises(raised) => &raised.bases,
            Outcome::Created(made) => &made.bases,
            Outcome::Unknown { .. } => return None,
        };
        if let Some(text) = asked
            && self.metaclass_named(text, bases) == Some(metaclass)
        {
            return Some(text.to_owned());
        }
        let mut names = self.module()?.names.iter();
        if let Some((name, _)) = names.find(|&(_, &id)| id == metaclass) {
            return Some(name.to_string());
        }
        let has_it = |id: &ClassId| {
            let made = self.analysis().classes.made(*id);
            made.is_some_and(|made| made.metaclass == metaclass)
        };
        let at = bases.iter().position(has_it)?;
        let piece = statement.bases.get(at)?;
        Some(format!("type({})", self.written(*piece)))
    }

    /// A name that does not stand in its file.
    fn free_name(self, wanted: &str) -> String {
        let text = self
            .place()
            .map_or("", |place| &self.analysis().file(place.file).text);
        let mut name = wanted.to_owned();
        while text.contains(&name) {
            name.push('_');
        }
        name
    }
}

/// Returns the files that these edits change, as they would be; none where one of them cannot be written.
///
/// Of a class statement that makes several classes, one edit stands for all.
pub fn edited(analysis: &Analysis, edits: &[StatementEdit]) -> Option<Vec<EditedFile>> {
    let mut files: Vec<(FileId, Vec<crate::syntax::Replacement>)> = vec![];
    for edit in edits {
        let class = analysis.class(edit.class);
        let (place, statement) = (class.place()?, class.statement()?);
        let text = &analysis.file(place.file).text;
        let changes = rewrite(text, &statement, &edit.rewrite)?;
        match files.iter_mut().find(|(file, _)| *file == place.file) {
            Some((_, known)) => known.extend(changes),
            None => files.push((place.file, changes)),
        }
    }
    let edited = files.into_iter().map(|(id, mut changes)| {
        changes.sort_by_key(|it| it.at);
        let apart = changes.windows(2).all(|two| two[0].at.1 <= two[1].at.0);
        let file = analysis.file(id);
        apart.then(|| EditedFile {
            file: id,
            path: file.path.clone(),
            text: replaced(&file.text, &changes).into(),
        })
    });
    edited.collect()
}

/// Says what differs in files that were edited, as a patch that `git apply` and `patch -p1` take, from the folder of the import root.
pub fn patch(analysis: &Analysis, files: &[EditedFile]) -> String {
    let mut said = String::new();
    for edited in files {
        let file = analysis.file(edited.file);
        let diff = similar::TextDiff::from_lines(&*file.text, &*edited.text);
        let mut unified = diff.unified_diff();
        unified.header(&format!("a/{}", file.shown), &format!("b/{}", file.shown));
        said.push_str(&unified.to_string());
    }
    said
}

/// What was read of edited files, and what they would hold, to be written.
pub fn to_write(analysis: &Analysis, files: &[EditedFile]) -> Vec<Rewritten> {
    let files = files.iter().map(|edited| Rewritten {
        path: edited.path.clone(),
        before: analysis.file(edited.file).text.clone(),
        after: edited.text.clone(),
    });
    files.collect()
}
