//! What `mroscope check` says: a line for every fault, in the form that compilers have and editors read.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Analysis, ClassRef, Fate, ModuleOrigin, Problem, ProblemKind};
use crate::semantics::Outcome;
use crate::source::{FileId, Place};

/// A fault, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// Line and column, counted from one; none for a file that could not be read.
    pub at: Option<(u32, u32)>,
    /// What kind of fault it is, by a name that does not change: `duplicate-base`, `raises`, `unreadable`.
    pub name: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where code of another raises it.
    pub raised_at: Option<String>,
}

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A program that gets there goes on, or the fault is there because of another one.
    Warning,
    /// A program that gets there fails.
    Error,
}

impl Severity {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Fault {
    /// How bad it is: an entry point that leads nowhere fails only whoever loads it, a class whose base cannot be made is mended with its
    /// base, and a file that no import finds fails nobody.
    pub fn severity(&self) -> Severity {
        match self.name {
            "dead-entry-point" | "base-cannot-be-made" | "hidden" => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Its path, told from a folder where it lies below that.
    pub fn shown_path(&self, folder: &Path) -> PathBuf {
        let path = self.path.strip_prefix(folder).unwrap_or(&self.path);
        path.to_owned()
    }

    /// `models.py:12:7: duplicate-base: …`, the path told from a folder where it lies below that.
    pub fn line(&self, folder: &Path) -> String {
        let path = self.shown_path(folder);
        let at = self
            .at
            .map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
        format!("{}{at}: {}: {}", path.display(), self.name, self.said())
    }

    /// What is wrong, and where code of another raises it.
    pub fn said(&self) -> String {
        match &self.raised_at {
            Some(at) => format!("{} ({at})", self.message),
            None => self.message.clone(),
        }
    }
}

/// The faults of a project: files that could not be used whole, entry points that lead nowhere, class statements that raise; by path and line.
pub fn faults(analysis: &Analysis) -> Vec<Fault> {
    let files = analysis.problems.iter().map(|it| of_file(it, analysis));
    let mut faults: Vec<Fault> = files.collect();
    let own = OwnFiles::of(analysis);
    // Statements of the project with which a class statement of its own ends: what has led to that is told with it.
    let mut led: Vec<Place> = vec![];
    for class in analysis.project_classes() {
        if let Some(fault) = of_class(class, &own) {
            led.extend(class.raises().and_then(|it| it.led_by));
            faults.push(fault);
        }
    }
    let others = analysis.modules.iter();
    let others = others.filter(|it| it.origin != ModuleOrigin::Project);
    for &id in others.flat_map(|it| &it.classes) {
        let class = analysis.class(id);
        let Some(at) = class.called_from() else {
            continue;
        };
        let is_told = |it: &Place| it.file == at.file && it.start <= at.start && at.end <= it.end;
        if !led.iter().any(is_told) {
            faults.extend(of_class(class, &own));
        }
    }
    faults.sort_by(|a, b| (&a.path, a.at).cmp(&(&b.path, b.at)));
    faults
}

fn of_file(problem: &Problem, analysis: &Analysis) -> Fault {
    let path = match problem.file {
        Some(file) => analysis.file(file).path.clone(),
        None => match &problem.location {
            Some(path) => path.clone(),
            None => analysis.world.root.join(&problem.path),
        },
    };
    Fault {
        path,
        at: problem.line.map(|line| (line, 1)),
        name: match problem.kind {
            ProblemKind::Unreadable => "unreadable",
            ProblemKind::Hidden => "hidden",
            ProblemKind::Undecodable => "undecodable",
            ProblemKind::Syntax => "syntax",
            ProblemKind::EntryPoint => "dead-entry-point",
        },
        message: problem.message.clone(),
        raised_at: None,
    }
}

/// The files of a project's own modules.
struct OwnFiles(FxHashSet<FileId>);

impl OwnFiles {
    fn of(analysis: &Analysis) -> Self {
        Self(
            analysis
                .project_modules()
                .filter_map(|it| it.file)
                .collect(),
        )
    }
}

fn of_class(class: ClassRef<'_>, own: &OwnFiles) -> Option<Fault> {
    let raised = class.raises()?;
    let by = match class.outcome() {
        Outcome::Raises(_) => "",
        _ => "the decorator of ",
    };
    // A program that stands ready for it works as it is.
    if raised.is_awaited || raised.is_caught {
        return None;
    }
    let analysis = class.analysis();
    let (path, at) = match raised.led_by.or(class.called_from()) {
        Some(place) => shown(place, analysis),
        None => place_of(class)?,
    };
    let is_of_others = |it: &Place| !own.0.contains(&it.file);
    let raised_at = raised.at.or(class.place()).filter(is_of_others);
    let qualname = &class.path().qualname;
    let (name, message) = match raised.inherited_from {
        Some(base) => (
            "base-cannot-be-made",
            format!(
                "`{qualname}` derives from `{}`, which cannot be made",
                analysis.class(base).path().qualname
            ),
        ),
        None => (
            raised.reason.as_ref().map_or("raises", |it| it.name()),
            format!("{by}`{qualname}` raises {}", raised.line()),
        ),
    };
    Some(Fault {
        path,
        at: Some(at),
        name,
        message,
        raised_at: raised_at.map(|it| analysis.say_place(it)),
    })
}

/// The file, line and column of what makes a class.
pub(super) fn place_of(class: ClassRef<'_>) -> Option<(PathBuf, (u32, u32))> {
    Some(shown(class.place()?, class.analysis()))
}

fn shown(place: Place, analysis: &Analysis) -> (PathBuf, (u32, u32)) {
    let file = analysis.file(place.file);
    let at = file.line_column(place.start);
    (file.path.clone(), (at.line, at.column))
}

/// What comes of each class of a project, by the place where it is made; of one that is made several times, the worst.
pub fn fates(analysis: &Analysis) -> FxHashMap<(PathBuf, (u32, u32)), Fate> {
    let mut fates = FxHashMap::default();
    let own = OwnFiles::of(analysis);
    for class in analysis.project_classes() {
        let Some(place) = place_of(class) else {
            continue;
        };
        let fate = match class.outcome() {
            _ if of_class(class, &own).is_some() => Fate::Raises,
            _ if class.not_reached().is_some() => Fate::NotReached,
            Outcome::Unknown { .. } => Fate::Unknown,
            Outcome::Created(_) | Outcome::Raises(_) => Fate::Works,
        };
        let is_worse = |known: Fate| fate == Fate::Raises || known == Fate::Works;
        let known = fates.entry(place).or_insert(fate);
        if is_worse(*known) {
            *known = fate;
        }
    }
    fates
}
