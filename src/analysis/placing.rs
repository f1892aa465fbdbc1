//! Where a file and a line of another machine, or of another revision, are in this project, and which class stands there.

use crate::analysis::{Analysis, ClassRef};
use crate::semantics::{ClassId, Origin};
use crate::source::FileId;

/// A line that somebody else speaks of, found in a file of this project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The file.
    pub file: FileId,
    /// The line, from 1: the one that was named, or that to which its text has moved.
    pub line: u32,
    /// Whether the file has the text that was quoted.
    pub text: SpotText,
}

/// Whether a file has the text that somebody quotes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpotText {
    /// Nothing was quoted.
    NotTold,
    /// On that line.
    Same,
    /// On another line.
    Moved,
    /// Nowhere.
    Gone,
}

impl Analysis {
    /// Finds a line by its path, as far as the end of the path tells: one of another machine may lie in another folder. Where several files
    /// have the same end, the text that is quoted decides.
    pub fn spot(&self, path: &str, line: u32, quoted: Option<&str>) -> Option<Spot> {
        let named: Vec<&str> = parts(path);
        let last = *named.last()?;
        let mut best: Option<(usize, u8, Spot)> = None;
        let mut is_tied = false;
        for (index, file) in self.files.iter().enumerate() {
            if !file.shown.ends_with(last) {
                continue;
            }
            let path = file.path.to_string_lossy();
            let (whole, shown) = (parts(&path), parts(&file.shown));
            let common = named
                .iter()
                .rev()
                .zip(whole.iter().rev())
                .take_while(|(one, other)| one == other)
                .count();
            if common == 0 || is_library(&named) && !is_library(&whole) {
                continue;
            }
            let spot = self.quoted(FileId(index as u32), line, quoted);
            let is_same = common == named.len() || common >= shown.len();
            if !is_same && !matches!(spot.text, SpotText::Same) {
                continue;
            }
            let likeness = match spot.text {
                SpotText::Same => 2,
                SpotText::Moved => 1,
                SpotText::NotTold | SpotText::Gone => 0,
            };
            match &best {
                Some((most, like, _)) if (common, likeness) < (*most, *like) => {}
                Some((most, like, _)) if (common, likeness) == (*most, *like) => is_tied = true,
                _ => {
                    is_tied = false;
                    best = Some((common, likeness, spot));
                }
            }
        }
        best.filter(|_| !is_tied).map(|(_, _, spot)| spot)
    }

    /// Looks for a quoted line in a file, nearest to where it is said to be.
    fn quoted(&self, id: FileId, line: u32, quoted: Option<&str>) -> Spot {
        let spot = |line, text| Spot {
            file: id,
            line,
            text,
        };
        let Some(quoted) = quoted.map(str::trim).filter(|it| !it.is_empty()) else {
            return spot(line, SpotText::NotTold);
        };
        let file = self.file(id);
        let has = |line| file.line_text(line).trim() == quoted;
        if has(line) {
            return spot(line, SpotText::Same);
        }
        let nearest = (1..=file.line_count())
            .filter(|&other| has(other))
            .min_by_key(|other| other.abs_diff(line));
        match nearest {
            Some(other) => spot(other, SpotText::Moved),
            None => spot(line, SpotText::Gone),
        }
    }

    /// The innermost class statement around a line. Of several classes that one statement makes, the last.
    pub fn class_around(&self, file: FileId, line: u32) -> Option<ClassRef<'_>> {
        self.innermost(file, line, &|_, bottom| bottom)
    }

    /// The class statement whose decorators, name or arguments stand on a line: the frame of whoever makes the class.
    pub fn class_headed(&self, file: FileId, line: u32) -> Option<ClassRef<'_>> {
        self.innermost(file, line, &|head, _| head)
    }

    /// The shortest class statement from its first decorator to the line that `until` chooses from the end of its head and its own.
    fn innermost(
        &self,
        file: FileId,
        line: u32,
        until: &dyn Fn(u32, u32) -> u32,
    ) -> Option<ClassRef<'_>> {
        let mut best: Option<(u32, ClassId)> = None;
        for class in self.all_classes() {
            let Origin::Statement {
                place,
                first,
                name,
                arguments,
            } = class.origin()
            else {
                continue;
            };
            if place.file != file {
                continue;
            }
            let text = self.file(file);
            let head = arguments.map_or(name.end, |it| it.end);
            let (top, bottom) = (text.line(*first), text.line(place.end.saturating_sub(1)));
            let last = until(text.line(head), bottom);
            let length = bottom - top;
            if (top..=last).contains(&line) && best.is_none_or(|(shortest, _)| length <= shortest) {
                best = Some((length, class.id()));
            }
        }
        best.map(|(_, id)| self.class(id))
    }

    /// The classes that call themselves so: `Cart`, `shop.cart.Cart`, `Outer.Inner`; those of the project before others, and each path once.
    pub fn classes_called(&self, name: &str) -> Vec<ClassRef<'_>> {
        let simple = name.rsplit('.').next().unwrap_or(name);
        let mut found: Vec<ClassRef<'_>> = self
            .all_classes()
            .filter(|class| class.name() == simple)
            .filter(|class| {
                let path = class.path();
                let whole = format!("{}.{}", path.module, path.qualname);
                whole == name || whole.ends_with(&format!(".{name}"))
            })
            .collect();
        // The last one of a path is what its name means.
        found.reverse();
        let mut seen = rustc_hash::FxHashSet::default();
        found.retain(|class| seen.insert(class.path().clone()));
        found.sort_by_key(|class| (class.home(), class.id()));
        found
    }
}

/// The parts of a path, of whatever system, without the steps that lead nowhere.
fn parts(path: &str) -> Vec<&str> {
    path.split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != ".")
        .collect()
}

/// Whether a path leads into the library of an interpreter or an environment: no file of a project is meant by it.
fn is_library(parts: &[&str]) -> bool {
    parts.windows(2).any(|two| {
        matches!(two[0], "site-packages" | "dist-packages")
            || matches!(two[0], "lib" | "Lib" | "lib64") && two[1].starts_with("python3")
    })
}
