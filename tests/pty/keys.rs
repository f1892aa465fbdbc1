//! Every key that the README names, pressed in the program itself on a terminal, and what is to be seen then. The script is
//! `tests/pty_keys.txt`.

use std::fs;
use std::path::Path;

use crate::support::session::Session;

/// What is pressed, and what is to be seen then.
struct Step<'t> {
    line: usize,
    keys: &'t str,
    sees: &'t str,
}

/// The steps of the script.
fn steps() -> Vec<Step<'static>> {
    let lines = include_str!("../pty_keys.txt").lines().enumerate();
    let lines = lines.filter(|(_, it)| !it.trim().is_empty() && !it.starts_with('#'));
    let steps = lines.map(|(at, line)| {
        let (keys, sees) = line.split_once(" ; ").expect("a line has two parts");
        Step {
            line: at + 1,
            keys: keys.trim_end(),
            sees,
        }
    });
    steps.collect()
}

/// What a terminal sends for a key, as the README spells it.
fn sent(key: &str) -> String {
    let sent = match key {
        "enter" => "\r",
        "backspace" => "\x7f",
        "esc" => "\x1b",
        "tab" => "\t",
        "space" => " ",
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "pgup" => "\x1b[5~",
        "pgdn" => "\x1b[6~",
        "f5" => "\x1b[15~",
        key => match key.strip_prefix("ctrl-").and_then(|it| it.bytes().next()) {
            Some(letter) => return char::from(letter.to_ascii_uppercase() & 0x1f).to_string(),
            None => key,
        },
    };
    sent.to_owned()
}

/// The keys of the README's table, sequences whole: `g g`.
fn keys_of_the_readme() -> Vec<String> {
    let text = include_str!("../../README.md");
    let table = text.split("| key | does |").nth(1).expect("it has a table");
    let rows = table.lines().skip(2).take_while(|it| it.starts_with('|'));
    let mut keys = vec![];
    for row in rows {
        let cell = row.split('|').nth(1).unwrap_or_default();
        if cell.contains("arrows") {
            keys.extend(["up", "down", "left", "right"].map(str::to_owned));
        }
        let mut begun = "";
        for (at, key) in cell.split('`').enumerate() {
            match at % 2 {
                // `v` then `i`: the two are one sequence.
                0 => {
                    begun = if key == " then " && begun == "v" {
                        "v "
                    } else {
                        ""
                    }
                }
                _ if begun == "v " || key == "v" && cell.contains("`v` then") => {
                    if key != "v" {
                        keys.push(format!("v {key}"));
                    }
                    begun = "v";
                }
                _ => keys.push(key.to_owned()),
            }
        }
    }
    keys
}

#[test]
fn the_script_presses_every_key_that_the_readme_names() {
    let steps = steps();
    let keys = keys_of_the_readme();
    assert!(keys.len() > 80, "{keys:?}");
    for key in keys {
        let is_pressed = |it: &Step<'_>| it.keys == key;
        assert!(
            steps.iter().any(is_pressed),
            "`{key}` is not in pty_keys.txt"
        );
    }
}

#[test]
fn each_key_of_the_readme_has_its_effect_on_the_screen() {
    let folder = tempfile::tempdir().expect("tests can write to the temporary folder");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mixins/shop");
    copy(&sample, &folder.path().join("mixins/shop"));
    let state = folder.path().join("state").display().to_string();
    let mut session = Session::shell(&[
        ("XDG_STATE_HOME", &state),
        ("XDG_CONFIG_HOME", &state),
        (
            "VISUAL",
            r#"sh -c 'echo "editing $1 at $0"; read done' {line} {file}"#,
        ),
    ]);
    let (program, path) = (env!("CARGO_BIN_EXE_mroscope"), folder.path().display());
    session.send(&format!(
        "'{program}' --python-version 3.13 '{path}/mixins'\r"
    ));
    session.wait_for_program("where to look");
    for Step { line, keys, sees } in steps() {
        let what = format!("line {line} of pty_keys.txt: {keys} ; {sees}");
        let seen = |session: &Session| session.ask(|it| (it.contents(), it.cursor_position()));
        if let Some(text) = sees.strip_prefix("- ") {
            session.wait_for(&what, |it| it.contents().contains(text));
        }
        if sees.starts_with('~') {
            session.settle();
        }
        if let Some(text) = sees.strip_prefix("+ ") {
            // What was there before is still being painted over.
            session.wait_for(&what, |it| !it.contents().contains(text));
        }
        let before = seen(&session);
        match keys.strip_prefix('=') {
            Some(typed) => session.send(typed),
            // Each in a piece of its own, as a person presses them.
            None => keys.split(' ').for_each(|key| session.send(&sent(key))),
        }
        session.wait_for(&what, |screen| match sees.split_at(2.min(sees.len())) {
            ("+ ", text) => screen.contents().contains(text),
            ("@ ", text) => screen.contents().contains(text),
            ("- ", text) => !screen.contents().contains(text),
            ("> ", text) => {
                let contents = screen.contents();
                let mut selected = contents.split('▌').skip(1);
                selected.any(|it| it.trim_start().starts_with(text))
            }
            _ => (screen.contents(), screen.cursor_position()) != before,
        });
    }
    session.wait_for_shell();
}

/// Copies a folder of Python files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("tests can write to the temporary folder");
    for entry in fs::read_dir(from).expect("the sample is there") {
        let entry = entry.expect("it can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}
