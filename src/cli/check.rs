//! `mroscope check`: a line for every fault of a project, for editors and for those who watch over a repository.

use std::path::PathBuf;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::analysis::{Analysis, Fate, held, say_fates, say_versions};
use crate::cli::args::CheckArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::lock::LockFile;
use crate::cli::session::Session;
use crate::cli::versions::load_each;
use crate::source::{PythonVersion, resolved};
use crate::view::{self, Fault};

/// Prints the faults, and how many there are; finding one is told by the exit code. Where several versions are asked about, each fault is
/// printed once, with those it holds for.
pub(super) fn check(
    session: &mut Session<'_>,
    arguments: &CheckArguments,
    versions: Option<&[PythonVersion]>,
) -> Result<Ending, Stop> {
    let lock = LockFile::find(&arguments.path)?;
    let lock = lock.filter(|lock| !lock.pins.is_empty());
    let (lines, classes, not_reached) = match versions {
        None => {
            let analysis = session.load(&arguments.path)?;
            let faults = faults(&analysis, arguments, lock.as_ref());
            let lines: Vec<String> = faults
                .iter()
                .map(|fault| fault.line(&session.folder))
                .collect();
            let counts = analysis.counts();
            (lines, counts.classes, counts.not_reached)
        }
        Some(versions) => {
            let (lines, classes) = in_versions(session, arguments, versions, lock.as_ref())?;
            (lines, classes, 0)
        }
    };
    let behind = match not_reached {
        0 => String::new(),
        behind => format!(
            "; no import comes to {}, since another statement raises first",
            view::count(behind, "class statement", "class statements")
        ),
    };
    for line in &lines {
        session.streams.line(&view::safe(line))?;
    }
    let classes = view::count(classes, "class", "classes");
    let asked = match versions {
        Some(versions) => {
            let all = say_versions(versions, &vec![true; versions.len()]).unwrap_or_default();
            format!(", for Python {}", all.trim_start_matches("on "))
        }
        None => String::new(),
    };
    if lines.is_empty() {
        let pins = lock.map_or_else(String::new, |lock| {
            format!(
                "; {}",
                view::count(lock.pins.len(), "pin holds", "pins hold")
            )
        });
        session.message(&format!(
            "{classes}, and each class statement makes one{pins}{asked}"
        ))?;
        return Ok(Ending::Done);
    }
    let found = view::count(lines.len(), "fault", "faults");
    session.message(&format!("{found} in {classes}{behind}{asked}"))?;
    Ok(Ending::Found)
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

/// Loads the project for each version; a line for each fault, and how many classes the newest has.
fn in_versions(
    session: &Session<'_>,
    arguments: &CheckArguments,
    versions: &[PythonVersion],
    lock: Option<&LockFile>,
) -> Result<(Vec<String>, usize), Stop> {
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
    let lines = found.into_iter().map(|(fault, holds)| {
        let place = fault.at.map(|at| (fault.path.clone(), at));
        let is_of_class = fates
            .iter()
            .any(|it| place.as_ref().is_some_and(|place| it.contains_key(place)));
        let said = if is_of_class && fault.name != "pin" {
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
        format!("{} ({said})", fault.line(&session.folder))
    });
    Ok((lines.collect(), classes))
}
