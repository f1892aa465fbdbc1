//! `mroscope check`: a line for every fault of a project, for editors and for those who watch over a repository.

mod baseline;
mod format;

pub(super) use format::OutputFormat;

use std::fmt::Write as _;
use std::path::PathBuf;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::analysis::{Analysis, Fate, held, say_fates, say_versions};
use crate::cli::args::{CheckArguments, FailOn};
use crate::cli::check::baseline::Baseline;
use crate::cli::check::format::Said;
use crate::cli::ending::{Ending, Stop};
use crate::cli::lock::LockFile;
use crate::cli::session::Session;
use crate::cli::versions::load_each;
use crate::source::{PythonVersion, resolved};
use crate::view::{self, Fault, Severity};

/// Prints the faults, and how many there are; finding one is told by the exit code. Where several versions are asked about, each fault is
/// printed once, with those it holds for.
pub(super) fn check(
    session: &mut Session<'_>,
    arguments: &CheckArguments,
    versions: Option<&[PythonVersion]>,
) -> Result<Ending, Stop> {
    let lock = LockFile::find(&arguments.path)?;
    let lock = lock.filter(|lock| !lock.pins.is_empty());
    let baseline = arguments.baseline.as_deref().map(Baseline::read);
    let mut baseline = baseline.transpose()?;
    let (mut found, classes, behind) = match versions {
        None => {
            let analysis = session.load(&arguments.path)?;
            let faults = faults(&analysis, arguments, lock.as_ref()).into_iter();
            let said = faults.map(|fault| Said {
                fault,
                versions: None,
            });
            let counts = analysis.counts();
            (said.collect(), counts.classes, counts.not_reached)
        }
        Some(versions) => {
            let (said, classes) = in_versions(session, arguments, versions, lock.as_ref())?;
            (said, classes, 0)
        }
    };
    if let Some(path) = &arguments.write_baseline {
        Baseline::write(path, found.iter().map(|it| &it.fault))?;
        let faults = view::count(found.len(), "fault", "faults");
        session.message(&format!("{faults} written to `{}`", path.display()))?;
        return Ok(Ending::Done);
    }
    let all = found.len();
    if let Some(baseline) = &mut baseline {
        found.retain(|it| !baseline.takes(&it.fault));
    }
    let known = Known {
        count: all - found.len(),
        gone: baseline.map_or(0, |it| it.left()),
    };
    let format = arguments.output_format;
    for said in &found {
        let line = format.line(said, &session.folder);
        let line = match format {
            OutputFormat::Json => line,
            OutputFormat::Text | OutputFormat::Github => view::safe(&line).into_owned(),
        };
        session.streams.line(&line)?;
    }
    let classes = view::count(classes, "class", "classes");
    let asked = match versions {
        Some(versions) => {
            let all = say_versions(versions, &vec![true; versions.len()]).unwrap_or_default();
            format!(", for Python {}", all.trim_start_matches("on "))
        }
        None => String::new(),
    };
    if found.is_empty() {
        let holds = match (known.count, lock) {
            (0, None) => String::from("each class statement makes one"),
            (0, Some(lock)) => {
                let pins = view::count(lock.pins.len(), "pin holds", "pins hold");
                format!("each class statement makes one; {pins}")
            }
            _ => String::from("no fault is new"),
        };
        session.message(&format!("{classes}, and {holds}{}{asked}", known.said()))?;
        return Ok(Ending::Done);
    }
    let behind = match behind {
        0 => String::new(),
        behind => format!(
            "; no import comes to {}, since another statement raises first",
            view::count(behind, "class statement", "class statements")
        ),
    };
    let word = if known.count > 0 { "new " } else { "" };
    let faults = view::count(
        found.len(),
        &format!("{word}fault"),
        &format!("{word}faults"),
    );
    session.message(&format!(
        "{faults} in {classes}{behind}{}{asked}",
        known.said()
    ))?;
    let fails = |it: &Said| match arguments.fail_on {
        FailOn::Warning => true,
        FailOn::Error => it.fault.severity() == Severity::Error,
        FailOn::Never => false,
    };
    Ok(if found.iter().any(fails) {
        Ending::Found
    } else {
        Ending::Done
    })
}

/// What a baseline has to do with the faults.
struct Known {
    /// How many of them stand in it.
    count: usize,
    /// How many stand in it and are there no more.
    gone: usize,
}

impl Known {
    fn said(&self) -> String {
        let mut said = String::new();
        if self.count > 0 {
            let _ = write!(said, "; {} in the baseline", self.count);
        }
        if self.gone > 0 {
            let gone = view::count(self.gone, "fault", "faults");
            let _ = write!(said, "; {gone} of the baseline mended: write it anew");
        }
        said
    }
}

/// The faults of a project, and the pins that do not hold.
fn faults(analysis: &Analysis, arguments: &CheckArguments, lock: Option<&LockFile>) -> Vec<Fault> {
    let mut faults = view::faults(analysis);
    let Some(lock) = lock else { return faults };
    // A part of a project does not have the classes of the others.
    let is_whole = lock.path.parent() == Some(resolved(&arguments.path).as_path());
    for placed in &lock.pins {
        let is_part = analysis.module(&placed.pin.class().module).is_some();
        if is_whole || is_part {
            let now = held(&placed.pin, analysis);
            faults.extend(view::pin_fault(&placed.pin, &now, (&lock.path, placed.at)));
        }
    }
    faults.sort_by(|a, b| (&a.path, a.at).cmp(&(&b.path, b.at)));
    faults
}

/// What comes of the classes of one version, by their places.
type Fates = FxHashMap<(PathBuf, (u32, u32)), Fate>;

/// Where a fault is, what kind it is, and what of its words tells it from others there.
type Key = (PathBuf, Option<(u32, u32)>, &'static str, String);

/// Loads the project for each version; each fault, and how many classes the newest has.
fn in_versions(
    session: &Session<'_>,
    arguments: &CheckArguments,
    versions: &[PythonVersion],
    lock: Option<&LockFile>,
) -> Result<(Vec<Said>, usize), Stop> {
    let mut seen: IndexMap<Key, (Fault, Vec<bool>), FxBuildHasher> = IndexMap::default();
    let mut fates: Vec<Fates> = vec![];
    let mut classes = 0;
    load_each(
        &session.loader(),
        &arguments.path,
        versions,
        |_, analysis| {
            for fault in faults(&analysis, arguments, lock) {
                // The same fault is worded otherwise by other versions; two pins of one class are two.
                let words = match fault.name {
                    "pin" => fault.message.clone(),
                    _ => String::new(),
                };
                let key = (fault.path.clone(), fault.at, fault.name, words);
                let known = seen
                    .entry(key)
                    .or_insert_with(|| (fault.clone(), vec![false; versions.len()]));
                known.0 = fault;
                if let Some(holds) = known.1.get_mut(fates.len()) {
                    *holds = true;
                }
            }
            fates.push(view::fates(&analysis));
            classes = analysis.counts().classes;
        },
    )?;
    let mut found: Vec<(Fault, Vec<bool>)> = seen.into_values().collect();
    found.sort_by(|(a, _), (b, _)| (&a.path, a.at).cmp(&(&b.path, b.at)));
    let found = found.into_iter().map(|(fault, holds)| {
        let place = fault.at.map(|at| (fault.path.clone(), at));
        let is_of_class = fates
            .iter()
            .any(|it| place.as_ref().is_some_and(|place| it.contains_key(place)));
        let versions = if is_of_class && fault.name != "pin" {
            let all: Vec<(PythonVersion, Fate)> = versions
                .iter()
                .zip(&holds)
                .zip(&fates)
                .filter_map(|((&version, &holds), fates)| {
                    let fate = place.as_ref().and_then(|place| fates.get(place).copied());
                    match (holds, fate.unwrap_or(Fate::Absent)) {
                        (true, _) => Some((version, Fate::Raises)),
                        // Another fault of the same statement has a line of its own.
                        (false, Fate::Raises) => None,
                        (false, fate) => Some((version, fate)),
                    }
                })
                .collect();
            say_fates(&all)
        } else {
            say_versions(versions, &holds).unwrap_or_default()
        };
        Said {
            fault,
            versions: Some(versions),
        }
    });
    Ok((found.collect(), classes))
}
