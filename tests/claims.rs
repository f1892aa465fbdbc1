//! What the samples claim, asked of two witnesses: mroscope, and every CPython of this machine.
//!
//! A claim is a comment at a class statement (see `support/claims.rs`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mroscope::cpython::Facts;
use mroscope::semantics::TypeNewError;
use mroscope::source::PythonVersion;

use crate::support::claims::{Claim, What, claims_of};
use crate::support::oracle::{Oracle, Row, RowRaised};
use crate::support::python::interpreters;
use crate::support::witness::{analysis_of, rows_of};

/// A sample project: its folder, and its modules with what they claim.
struct Sample {
    root: PathBuf,
    modules: BTreeMap<String, Vec<Claim>>,
}

/// Every folder in `samples/`, or the `src` in it: what names of modules begin at.
fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut roots: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("there are samples")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.is_dir())
        .collect();
    roots.sort();
    roots
        .into_iter()
        .map(|folder| {
            let source = folder.join("src");
            let root = if source.is_dir() { source } else { folder };
            let mut modules = BTreeMap::new();
            read_modules(&root, "", &mut modules);
            Sample { root, modules }
        })
        .collect()
}

/// Reads the Python files below a folder; `prefix` is the package that the folder is, with a dot.
fn read_modules(folder: &Path, prefix: &str, modules: &mut BTreeMap<String, Vec<Claim>>) {
    for entry in fs::read_dir(folder).expect("it can be listed") {
        let path = entry.expect("it can be listed").path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            read_modules(&path, &format!("{prefix}{stem}."), modules);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            let text = fs::read_to_string(&path).expect("it can be read");
            let name = match &*stem {
                "__init__" => prefix.trim_end_matches('.').to_owned(),
                stem => format!("{prefix}{stem}"),
            };
            modules.insert(name, claims_of(&text));
        }
    }
}

impl Sample {
    /// The attributes that some claim speaks of.
    fn attributes(&self) -> Vec<&str> {
        let claims = self.modules.values().flatten();
        claims
            .filter_map(|claim| match &claim.what {
                What::From { attribute, .. } => Some(&**attribute),
                _ => None,
            })
            .collect()
    }
}

/// What is claimed, in words.
fn wanted(what: &What) -> String {
    match what {
        What::Mro(names) => format!("mro: {}", names.join(" ")),
        What::Metaclass(name) => format!("metaclass: {name}"),
        What::Base(name) => format!("base: {name}"),
        What::Raises(name) => format!("raises: {name}"),
        What::From { attribute, class } => format!("from: {attribute} {class}"),
    }
}

/// `Item` of `shop.cart:Cart.Item`.
fn simple(path: &str) -> &str {
    path.rsplit([':', '.']).next().unwrap_or(path)
}

/// What CPython says to a claim, in the words of a claim.
fn say(row: &Row, what: &What) -> String {
    let made = match (&row.made, &row.raised) {
        (Some(made), _) => made,
        (None, Some(raised)) => return say_raised(raised),
        (None, None) => return "nothing".to_owned(),
    };
    match what {
        What::Mro(_) => {
            let names: Vec<&str> = made.mro.iter().map(|path| simple(path)).collect();
            format!("mro: {}", names.join(" "))
        }
        What::Metaclass(_) => format!("metaclass: {}", simple(&made.metaclass)),
        What::Base(_) => format!("base: {}", simple(&made.base)),
        What::Raises(_) => "raises nothing".to_owned(),
        What::From { attribute, .. } => match made.from.get(attribute) {
            Some(class) => format!("from: {attribute} {}", simple(class)),
            None => format!("from: {attribute} is nowhere"),
        },
    }
}

fn say_raised(raised: &RowRaised) -> String {
    match raised.reason() {
        Some(name) => format!("raises: {name}"),
        None => format!("raises: {}", raised.kind),
    }
}

#[test]
fn every_sample_claims_something() {
    let samples = samples();
    let names: Vec<String> = samples
        .iter()
        .map(|sample| {
            sample
                .root
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    for name in ["conflicts", "diamond", "metaclasses", "mixins", "slots"] {
        assert!(names.iter().any(|found| found == name), "no sample {name}");
    }
    for sample in &samples {
        let claims = sample.modules.values().flatten().count();
        assert!(claims > 0, "{} claims nothing", sample.root.display());
    }
}

#[test]
fn a_claim_about_raising_has_a_name_that_mroscope_uses() {
    let names: Vec<&str> = TypeNewError::NAMES.to_vec();
    for sample in samples() {
        for claim in sample.modules.values().flatten() {
            if let What::Raises(name) = &claim.what {
                let is_exception = name.ends_with("Error");
                assert!(
                    is_exception || names.contains(&&**name),
                    "{name} is none of {names:?}"
                );
            }
        }
    }
}

/// The claims of a sample that a witness contradicts, each with what the witness says.
fn contradicted(
    sample: &Sample,
    rows: &[Row],
    version: PythonVersion,
    witness: &str,
) -> Vec<String> {
    let mut wrong = vec![];
    for (module, claims) in &sample.modules {
        for claim in claims.iter().filter(|claim| claim.holds_for(version)) {
            let row = rows
                .iter()
                .find(|row| row.module == *module && row.line == claim.class_line);
            let said = row.map_or("no class statement".into(), |row| say(row, &claim.what));
            let wanted = wanted(&claim.what);
            if said != wanted {
                wrong.push(format!(
                    "{module}, line {}: claimed {wanted}, but {witness} says {said}",
                    claim.line
                ));
            }
        }
    }
    wrong
}

#[test]
fn every_cpython_agrees_with_the_samples() {
    let samples = samples();
    let mut wrong = vec![];
    for interpreter in interpreters() {
        let mut oracle = Oracle::start(&interpreter);
        let witness = format!("CPython {}", interpreter.full_version);
        for sample in &samples {
            let names: Vec<String> = sample.modules.keys().cloned().collect();
            let rows = oracle.modules(&sample.root, &names, &sample.attributes());
            wrong.extend(contradicted(sample, &rows, interpreter.version, &witness));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mroscope_agrees_with_the_samples_in_every_version() {
    let samples = samples();
    let mut wrong = vec![];
    for &version in Facts::versions() {
        let witness = format!("mroscope for {version}");
        for sample in &samples {
            let analysis = analysis_of(&sample.root, version);
            let rows = rows_of(&analysis, &sample.attributes());
            wrong.extend(contradicted(sample, &rows, version, &witness));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
