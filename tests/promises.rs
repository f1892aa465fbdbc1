//! What the `README.md` of each sample promises: its commands are run, and what stands below them is on the page.
//!
//! A promise is a block of `console`. A line that begins with `$ mroscope` is run in the root of the repository; the lines below it stand in what is
//! printed, one after the other. `…` on a line of its own stands for any lines, within a line for any text; blanks in a row count as one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A command, and the lines that are promised of it.
struct Promise<'a> {
    command: &'a str,
    lines: Vec<&'a str>,
}

fn promises(text: &str) -> Vec<Promise<'_>> {
    let mut found: Vec<Promise<'_>> = vec![];
    let mut is_inside = false;
    for line in text.lines() {
        let line = line.trim();
        if let Some(kind) = line.strip_prefix("```") {
            is_inside = kind == "console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| is_inside) {
            found.push(Promise {
                command,
                lines: vec![],
            });
        } else if is_inside && !line.is_empty() {
            let last = found.last_mut().expect("a command stands before its lines");
            last.lines.push(line);
        }
    }
    found
}

fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a line is as promised.
fn fits(line: &str, promised: &str) -> bool {
    let promised = squeezed(promised);
    let mut parts = promised.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in between {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// The first promised line that does not stand where it should.
fn broken<'a>(printed: &[String], promised: &[&'a str]) -> Option<&'a str> {
    let mut at = 0;
    let mut is_free = false;
    for &line in promised {
        if line == "…" {
            is_free = true;
            continue;
        }
        let reach = if is_free { printed.len() } else { at + 1 };
        let found = (at..reach.min(printed.len())).find(|&index| fits(&printed[index], line));
        match found {
            Some(index) => at = index + 1,
            None => return Some(line),
        }
        is_free = false;
    }
    None
}

fn keeps_what_it_promises(sample: &str) {
    let path = root().join("samples").join(sample).join("README.md");
    let text = std::fs::read_to_string(&path).expect("each sample says what it is about");
    let binary = Path::new(env!("CARGO_BIN_EXE_mroscope"));
    let folder = binary.parent().expect("it stands in a folder");
    let promises = promises(&text);
    assert!(promises.len() > 1, "{sample} promises too little");
    assert!(
        promises.iter().any(|it| it.command.contains("--keys")),
        "{sample} says no keys"
    );
    let home = tempfile::tempdir().expect("a folder can be made");
    let mut faults = String::new();
    for promise in promises {
        assert!(
            promise.command.starts_with("mroscope ") && !promise.lines.is_empty(),
            "{}",
            promise.command
        );
        let output = Command::new("sh")
            .args(["-c", promise.command])
            .current_dir(root())
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
            .env("HOME", home.path())
            .output()
            .expect("there is a shell");
        let printed = String::from_utf8_lossy(&output.stdout);
        let printed: Vec<String> = printed
            .lines()
            .map(squeezed)
            .filter(|it| !it.is_empty())
            .collect();
        if let Some(line) = broken(&printed, &promise.lines) {
            let said = String::from_utf8_lossy(&output.stderr);
            write!(
                faults,
                "$ {}\n  promised: {line}\n  printed:\n    {}\n{said}\n",
                promise.command,
                printed.join("\n    ")
            )
            .expect("a string takes it");
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// The samples that are questions, a test each.
macro_rules! samples {
    ($($name:ident)*) => {
        const ALL: &[&str] = &[$(stringify!($name)),*];

        $(#[test]
        fn $name() {
            keeps_what_it_promises(stringify!($name));
        })*
    };
}

samples! {
    containers
    decorators
    descriptors
    fluent
    generated
    hashing
    instances
    mixins
    money
    numbers
    orm
    packaged
    plugins
    reprs
    routes
    schema
    typos
    workers
}

#[test]
fn every_sample_that_says_what_it_is_about_is_asked() {
    let folders = std::fs::read_dir(root().join("samples")).expect("there are samples");
    let mut names: Vec<String> = folders
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.join("README.md").exists())
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    assert_eq!(names, ALL);
}

#[test]
fn a_promise_is_told_from_what_is_printed() {
    assert!(fits("a b c", "a …"));
    assert!(fits("a b c", "… c"));
    assert!(fits("a b c", "a … c"));
    assert!(!fits("a b c", "a … d"));
    assert!(!fits("a b c", "b"));
    let printed = ["one", "two", "three"].map(String::from);
    assert_eq!(broken(&printed, &["…", "two"]), None);
    assert_eq!(broken(&printed, &["one", "three"]), Some("three"));
    assert_eq!(broken(&printed, &["one", "…", "three"]), None);
}

/// A question of a sample is answered with few keys: what a reader types after `mroscope`.
#[test]
fn what_a_readme_asks_of_the_explorer_takes_at_most_twelve_keys() {
    for sample in ALL {
        let readme = root().join("samples").join(sample).join("README.md");
        let text = std::fs::read_to_string(&readme).expect("each sample says what it is about");
        for promise in promises(&text) {
            let Some((_, keys)) = promise.command.split_once("--keys '") else {
                continue;
            };
            let keys = keys.split('\'').next().unwrap_or_default();
            let keys = mroscope::app::key::sequence(keys).expect("the keys can be read");
            assert!(keys.len() <= 12, "{sample}: {}", promise.command);
        }
    }
}
