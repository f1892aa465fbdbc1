//! What the compiler does not hold: layers, lists that must be whole, one door for each thing of the outside world.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers; each may use those before it and none after it.
const LAYERS: &[&str] = &[
    "source",
    "syntax",
    "semantics",
    "cpython",
    "evaluate",
    "analysis",
    "plugins",
    "load",
    "traceback",
    "witness",
    "lint",
    "view",
    "app",
    "tui",
    "error",
    "cli",
    "main",
];

/// The rooms of the interpreter on paper, below `src/evaluate`; a room names what stands in those before it. What a room gives to
/// itself alone is `pub(super)`, and the compiler holds that.
const ROOMS: &[&str] = &[
    "machine", "scalar", "shown", "language", "objects", "builtins", "stdlib", "classes",
    "modules", "exact",
];

/// The rooms of the atlas, below `src/plugins`, and the files that stand beside them.
const ROOMS_OF_ATLAS: &[&str] = &["files", "names", "sites", "loading", "rows"];
const BESIDE_ROOMS_OF_ATLAS: &[&str] = &[
    "atlas",
    "entry_points",
    "frameworks",
    "metaclass",
    "setup_file",
    "subclass_hook",
    "subclasses",
];

/// Files that name a later room, each with the reason.
const ROOMS_AHEAD: &[(&str, &str, &str)] = &[
    (
        "machine/run.rs",
        "stdlib",
        "it holds what every room keeps between two statements",
    ),
    (
        "machine/run.rs",
        "classes",
        "it holds what every room keeps between two statements",
    ),
    (
        "machine/run.rs",
        "modules",
        "it holds what every room keeps between two statements",
    ),
    (
        "machine/run.rs",
        "exact",
        "it holds what every room keeps between two statements",
    ),
    (
        "machine/value.rs",
        "language",
        "generators and iterators are values",
    ),
    (
        "machine/journal.rs",
        "language",
        "generators and iterators are values",
    ),
    (
        "scalar/float_text.rs",
        "shown",
        "numbers are written by the rules of `repr`",
    ),
    (
        "scalar/format_spec.rs",
        "shown",
        "numbers are written by the rules of `repr`",
    ),
    (
        "shown/text.rs",
        "language",
        "the methods of a program are run while its values are shown",
    ),
    (
        "language/items.rs",
        "builtins",
        "what a look-up in a dict finds",
    ),
    (
        "classes/class_statement.rs",
        "modules",
        "a class statement knows the module it stands in",
    ),
];

/// Names of other people's crates that may stand only in one place, so that each can be replaced there.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("ruff_python_ast", &["src/syntax/"]),
    ("ruff_python_parser", &["src/syntax/"]),
    ("ruff_text_size", &["src/syntax/"]),
    ("petgraph", &["src/analysis/hierarchy.rs"]),
    ("fuzzy_matcher", &["src/view/letters.rs"]),
    ("notify", &["src/source/watch.rs"]),
    (
        "crossterm",
        &["src/tui/", "src/tui.rs", "src/cli/streams.rs"],
    ),
    (
        "ratatui",
        &["src/tui/", "src/tui.rs", "src/app/", "src/cli/"],
    ),
    ("encoding_rs", &["src/source/"]),
    ("clap", &["src/cli/", "src/cli.rs"]),
    ("rustix", &["src/witness/", "src/source/revision.rs"]),
    ("tempfile", &["src/witness/", "src/source/revision.rs"]),
];

/// Files that may be long, each with the reason.
const LONG: &[(&str, &str)] = &[];

/// More lines than this are two files.
const LONGEST: usize = 700;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the repository with this extension: its path from the root with `/`, and its text.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = vec![];
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == extension) {
                let text = fs::read_to_string(&path).expect("our own files are text");
                found.push((from_root(&path), text));
            }
        }
    }
    found.sort();
    found
}

fn from_root(path: &Path) -> String {
    let inside = path
        .strip_prefix(root())
        .expect("it was found below the root");
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// The text without what stands behind `//`: prose may name what code may not use.
fn code(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    lines.join("\n")
}

/// The layer of a file below `src`: its folder, or its own name.
fn layer(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    Some(inside.split('/').next()?.trim_end_matches(".rs")).filter(|layer| *layer != "lib")
}

/// The layers that some code names behind `crate::` (or `mroscope::`, in `main`).
fn used(code: &str) -> Vec<String> {
    let mut names = vec![];
    for start in ["crate::", "mroscope::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before
                .is_some_and(|before| before.is_alphanumeric() || before == '_' || before == ':')
            {
                continue;
            }
            let rest = &code[at + start.len()..];
            let group = rest
                .strip_prefix('{')
                .and_then(|rest| rest.split('}').next())
                .unwrap_or(rest);
            let is_group = rest.starts_with('{');
            let parts = group.split(',').take(if is_group { usize::MAX } else { 1 });
            names.extend(parts.map(|part| {
                let part = part.trim_start();
                let end = part.find(|c: char| !(c.is_alphanumeric() || c == '_'));
                part[..end.unwrap_or(part.len())].to_owned()
            }));
        }
    }
    names
}

/// What breaks the order of the layers in one file, a sentence each.
fn breaches(path: &str, text: &str) -> Vec<String> {
    let Some(own) = layer(path) else {
        return vec![];
    };
    let rank = |layer: &str| LAYERS.iter().position(|known| *known == layer);
    let Some(own_rank) = rank(own) else {
        return vec![format!("{path}: `{own}` is no layer")];
    };
    let code = code(text);
    let mut said: Vec<String> = used(&code)
        .into_iter()
        .filter(|name| rank(name).is_some_and(|rank| rank > own_rank))
        .map(|name| format!("{path}: `{own}` must not use `{name}`"))
        .collect();
    let is_page_of_layer = path.matches('/').count() == 1;
    let way_out = if is_page_of_layer {
        "super::"
    } else {
        "super::super::"
    };
    if code.contains(way_out) && !code.contains("mod tests") {
        said.push(format!(
            "{path}: `{way_out}` leads out of the layer; say `crate::`"
        ));
    }
    said.dedup();
    said
}

#[track_caller]
fn holds(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn each_layer_uses_only_those_before_it() {
    let complaints: Vec<String> = files("src", "rs")
        .iter()
        .flat_map(|(path, text)| breaches(path, text))
        .collect();
    holds(&complaints);
}

/// The room of a file of a layer, and its path from there.
fn room<'p>(path: &'p str, layer: &str) -> Option<(&'p str, &'p str)> {
    let inside = path.strip_prefix("src/")?.strip_prefix(layer)?;
    let inside = inside.strip_prefix('/')?;
    Some((inside.split('/').next()?.trim_end_matches(".rs"), inside))
}

#[test]
fn each_room_of_the_interpreter_names_only_those_before_it() {
    rooms_stand_in_order("evaluate", (ROOMS, &[]), ROOMS_AHEAD);
}

#[test]
fn each_room_of_the_atlas_names_only_those_before_it() {
    rooms_stand_in_order("plugins", (ROOMS_OF_ATLAS, BESIDE_ROOMS_OF_ATLAS), &[]);
}

fn rooms_stand_in_order(
    layer: &str,
    (rooms, beside): (&[&str], &[&str]),
    ahead: &[(&str, &str, &str)],
) {
    let rank = |room: &str| rooms.iter().position(|known| *known == room);
    let mut complaints = vec![];
    let mut met = vec![];
    for (path, text) in files(&format!("src/{layer}"), "rs") {
        let Some((own, inside)) = room(&path, layer) else {
            continue;
        };
        if beside.contains(&own) {
            continue;
        }
        let Some(own_rank) = rank(own) else {
            complaints.push(format!("{path}: `{own}` is no room"));
            continue;
        };
        let code = code(&text);
        for (at, start) in code.match_indices(&format!("crate::{layer}::")) {
            let rest = &code[at + start.len()..];
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
            let other = &rest[..end.unwrap_or(rest.len())];
            if rank(other).is_none_or(|rank| rank <= own_rank) {
                continue;
            }
            let allowed = |(file, room, _): &&(&str, &str, &str)| *file == inside && *room == other;
            match ahead.iter().find(allowed) {
                Some(known) => met.push(known),
                None => complaints.push(format!("{path}: `{own}` must not name `{other}`")),
            }
        }
    }
    let unused = ahead.iter().filter(|known| !met.contains(known));
    complaints.extend(unused.map(|(file, room, _)| format!("{file} names `{room}` no more")));
    complaints.dedup();
    holds(&complaints);
}

#[test]
fn a_use_of_a_later_layer_is_found_however_it_is_written() {
    for text in [
        "use crate::tui::draw;",
        "use crate::{semantics::Class, tui};",
        "fn f() { crate::tui::run(); }",
        "use crate::{\n    semantics,\n    tui::{run, draw},\n};",
    ] {
        assert_eq!(
            breaches("src/app/state.rs", text),
            ["src/app/state.rs: `app` must not use `tui`"],
            "{text}"
        );
    }
    assert_eq!(
        breaches("src/app.rs", "use super::tui;"),
        ["src/app.rs: `super::` leads out of the layer; say `crate::`"]
    );
    for fine in [
        "use crate::view::Page;",
        "// see crate::tui::draw",
        "use crate::Name;",
    ] {
        assert!(breaches("src/app/state.rs", fine).is_empty(), "{fine}");
    }
}

#[test]
fn crates_that_can_be_replaced_in_one_place_are_named_in_one_place() {
    let mut complaints = vec![];
    for (path, text) in files("src", "rs") {
        let code = code(&text);
        for (name, places) in ONLY_IN {
            let named =
                code.contains(&format!("{name}::")) || code.contains(&format!("use {name};"));
            if named && !places.iter().any(|place| path.starts_with(place)) {
                complaints.push(format!(
                    "{path}: only {} may name `{name}`",
                    places.join(", ")
                ));
            }
        }
        let is_app = layer(&path) == Some("app");
        let beyond = code
            .match_indices("ratatui::")
            .any(|(at, name)| !code[at + name.len()..].starts_with("layout"));
        if is_app && beyond {
            complaints.push(format!("{path}: of `ratatui`, `app` uses `layout` alone"));
        }
    }
    holds(&complaints);
}

#[test]
fn only_those_who_speak_to_people_print() {
    let mut complaints = vec![];
    for (path, text) in files("src", "rs") {
        if matches!(layer(&path), Some("cli" | "tui" | "main")) {
            continue;
        }
        let code = code(&text);
        for stray in [
            "println!",
            "print!",
            "dbg!",
            "io::stdout",
            "io::stderr",
            "process::exit",
        ] {
            if code.contains(stray) {
                complaints.push(format!("{path}: `{stray}` belongs to `cli` and `tui`"));
            }
        }
    }
    holds(&complaints);
}

#[test]
fn every_folder_of_code_has_its_page() {
    let mut complaints = vec![];
    for (path, _) in files("src", "rs") {
        let Some((folder, _)) = path.rsplit_once('/') else {
            continue;
        };
        if folder != "src" && !root().join(format!("{folder}.rs")).is_file() {
            complaints.push(format!("{folder}/ has no {folder}.rs"));
        }
    }
    complaints.dedup();
    holds(&complaints);
}

#[test]
fn every_file_says_why_it_exists() {
    let complaints: Vec<String> = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files(folder, "rs"))
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| format!("{path} does not open with a `//!` sentence"))
        .collect();
    holds(&complaints);
}

#[test]
fn no_file_is_two_files() {
    let mut complaints = vec![];
    for (path, text) in ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files(folder, "rs"))
    {
        let lines = text.lines().count();
        let allowed = LONG.iter().any(|(long, _)| *long == path);
        if lines > LONGEST && !allowed {
            complaints.push(format!(
                "{path} has {lines} lines; what is its second title?"
            ));
        }
    }
    for (path, reason) in LONG {
        let still_long =
            fs::read_to_string(root().join(path)).is_ok_and(|text| text.lines().count() > LONGEST);
        if !still_long {
            complaints.push(format!("{path} needs no exception any more ({reason})"));
        }
    }
    holds(&complaints);
}

#[test]
fn every_test_file_is_run() {
    let mut complaints = vec![];
    for (path, _) in files("tests", "rs") {
        let Some((folder, file)) = path.rsplit_once('/') else {
            continue;
        };
        let module = file.trim_end_matches(".rs");
        if path == "tests/main.rs" {
            continue;
        }
        let list = if folder == "tests" {
            "tests/main.rs".to_owned()
        } else {
            format!("{folder}.rs")
        };
        let text = fs::read_to_string(root().join(&list)).unwrap_or_default();
        let listed = text
            .lines()
            .any(|line| line.trim().trim_start_matches("pub(crate) ") == format!("mod {module};"));
        if !listed {
            complaints.push(format!("{path} is not listed in {list}"));
        }
    }
    holds(&complaints);
}

#[test]
fn every_theme_is_embedded() {
    let painters: String = files("src/tui", "rs")
        .into_iter()
        .chain(files("src/app", "rs"))
        .map(|(_, text)| text)
        .collect();
    let complaints: Vec<String> = files("themes", "toml")
        .into_iter()
        .filter(|(path, _)| !painters.contains(path.as_str()))
        .map(|(path, _)| format!("{path} is in no list of themes"))
        .collect();
    holds(&complaints);
}

#[test]
fn the_changelog_has_a_place_for_what_is_not_released() {
    let text = fs::read_to_string(root().join("CHANGELOG.md")).expect("there is a changelog");
    assert!(
        text.contains("\n## Unreleased\n"),
        "CHANGELOG.md has no `## Unreleased`"
    );
}

#[test]
fn the_readme_sets_up_with_two_commands_and_shows_a_picture_that_is_there() {
    let text = fs::read_to_string(root().join("README.md")).expect("there is a README");
    let set_up = text.split("\n## Set up\n").nth(1).unwrap_or_default();
    let commands = set_up.split("```").nth(1).unwrap_or_default().trim();
    assert_eq!(
        commands,
        "cargo run --release -- samples/mixins\ncargo test"
    );
    let missing: Vec<String> = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.contains("://") && !root().join(link).exists())
        .map(|link| format!("README.md leads to {link}, which is not there"))
        .collect();
    holds(&missing);
}
