//! Where a file and a line of another machine, or of another revision, are in this project, and which class stands there.

use rustc_hash::{FxHashMap, FxHashSet};

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

/// What is looked up by files, lines and names, of one analysis.
pub struct Places<'a> {
    analysis: &'a Analysis,
    files: FxHashMap<&'a str, Vec<FileId>>,
    statements: FxHashMap<FileId, Vec<Statement>>,
    names: FxHashMap<&'a str, Vec<ClassId>>,
}

/// The lines of a class statement.
struct Statement {
    class: ClassId,
    /// That of its first decorator.
    top: u32,
    /// The last one of its head: decorators, name, arguments.
    head: u32,
    bottom: u32,
}

impl Analysis {
    /// Draws up what is needed to find lines and classes that somebody else names.
    pub fn places(&self) -> Places<'_> {
        Places::of(self)
    }
}

impl<'a> Places<'a> {
    fn of(analysis: &'a Analysis) -> Self {
        let mut files: FxHashMap<&str, Vec<FileId>> = FxHashMap::default();
        for (index, file) in analysis.files.iter().enumerate() {
            if let Some(name) = file.shown.rsplit(['/', '\\']).next() {
                files.entry(name).or_default().push(FileId::at(index));
            }
        }
        let mut statements: FxHashMap<FileId, Vec<Statement>> = FxHashMap::default();
        let mut names: FxHashMap<&str, Vec<ClassId>> = FxHashMap::default();
        for class in analysis.all_classes() {
            names.entry(class.name()).or_default().push(class.id());
            let Origin::Statement {
                place,
                first,
                name,
                arguments,
            } = class.origin()
            else {
                continue;
            };
            let text = analysis.file(place.file);
            let head = arguments.map_or(name.end, |it| it.end);
            statements.entry(place.file).or_default().push(Statement {
                class: class.id(),
                top: text.line(*first),
                head: text.line(head),
                bottom: text.line(place.end.saturating_sub(1)),
            });
        }
        Self {
            analysis,
            files,
            statements,
            names,
        }
    }

    /// The analysis.
    pub fn analysis(&self) -> &'a Analysis {
        self.analysis
    }

    /// Finds a line by its path, as far as the end of the path tells: one of another machine may lie in another folder. Where several files
    /// have the same end, the text that is quoted decides.
    pub fn spot(&self, path: &str, line: u32, quoted: Option<&str>) -> Option<Spot> {
        let named = parts(path);
        let mut best: Option<(usize, u8, Spot)> = None;
        let mut is_tied = false;
        for &id in self.files.get(*named.last()?)? {
            let file = self.analysis.file(id);
            let path = file.path.to_string_lossy();
            let (whole, shown) = (parts(&path), parts(&file.shown));
            let common = in_common(&named, &whole);
            let spot = self.quoted(id, line, quoted);
            let is_same = if is_library(&whole) {
                common == named.len() || common >= shown.len()
            } else {
                match installed(&named) {
                    None => common == named.len() || common >= shown.len(),
                    // The project as it was installed; a module of one file may be another's of that name.
                    Some(inside) => inside.len() > 1 && inside == shown,
                }
            };
            let is_standard =
                is_library(&named) && installed(&named).is_some_and(<[&str]>::is_empty);
            let is_it = is_same || spot.text == SpotText::Same && !is_standard;
            if !is_it || common == 0 {
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
        // What was lost on the way through another encoding cannot be compared.
        let quoted = quoted.filter(|it| !it.contains('\u{fffd}'));
        let Some(quoted) = quoted.map(str::trim).filter(|it| !it.is_empty()) else {
            return spot(line, SpotText::NotTold);
        };
        let file = self.analysis.file(id);
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
    pub fn class_around(&self, file: FileId, line: u32) -> Option<ClassRef<'a>> {
        self.innermost(file, &|it| (it.top..=it.bottom).contains(&line))
    }

    /// The class statement whose decorators, name or arguments stand on a line: the frame of whoever makes the class.
    pub fn class_headed(&self, file: FileId, line: u32) -> Option<ClassRef<'a>> {
        self.innermost(file, &|it| (it.top..=it.head).contains(&line))
    }

    fn innermost(&self, file: FileId, is_it: &dyn Fn(&Statement) -> bool) -> Option<ClassRef<'a>> {
        let statements = self.statements.get(&file)?.iter();
        let best = statements
            .filter(|it| is_it(it))
            .rev()
            .min_by_key(|it| it.bottom - it.top)?;
        Some(self.analysis.class(best.class))
    }

    /// The classes that call themselves so: `Cart`, `shop.cart.Cart`, `Outer.Inner`; those of the project before others, and each path once.
    pub fn classes_called(&self, name: &str) -> Vec<ClassRef<'a>> {
        let simple = name.rsplit('.').next().unwrap_or(name);
        let ids = self.names.get(simple).map_or(&[][..], Vec::as_slice);
        let mut seen = FxHashSet::default();
        // The last one of a path is what its name means.
        let mut found: Vec<ClassRef<'a>> = ids
            .iter()
            .rev()
            .map(|&id| self.analysis.class(id))
            .filter(|class| {
                let path = class.path();
                name == simple || {
                    let whole = format!("{}.{}", path.module, path.qualname);
                    whole == name || whole.ends_with(&format!(".{name}"))
                }
            })
            .filter(|class| seen.insert(class.path()))
            .collect();
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

/// How many parts two paths have in common at their ends.
fn in_common(one: &[&str], other: &[&str]) -> usize {
    one.iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(one, other)| one == other)
        .count()
}

/// What stands behind the folder of installed packages; nothing behind that of the standard library. None for a path that is in neither.
fn installed<'p>(parts: &'p [&'p str]) -> Option<&'p [&'p str]> {
    let packages = |part: &&str| matches!(*part, "site-packages" | "dist-packages");
    if let Some(at) = parts.iter().rposition(packages) {
        return Some(&parts[at + 1..]);
    }
    is_library(parts).then_some(&[])
}

/// Whether a path leads into the library of an interpreter or an environment: no file of a project is meant by it.
fn is_library(parts: &[&str]) -> bool {
    parts.windows(2).any(|two| {
        matches!(two[0], "site-packages" | "dist-packages")
            || matches!(two[0], "lib" | "Lib" | "lib64") && two[1].starts_with("python3")
    })
}
