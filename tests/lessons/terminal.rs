//! The program itself: `mroscope learn` on a terminal, and what it keeps and prints.

use std::fs;

use crate::support::Sandbox;
use crate::support::session::Session;
use crate::support::shell::Shell;

#[test]
fn a_lesson_on_a_terminal_is_kept_for_the_next_time() {
    let folder = tempfile::tempdir().expect("tests can write to the temporary folder");
    let state = folder.path().display().to_string();
    let mut session = Session::shell(&[("XDG_STATE_HOME", &state)]);
    let program = env!("CARGO_BIN_EXE_mroscope");
    session.send(&format!("'{program}' --python-version 3.13 learn\r"));
    session.wait_for_program("whom an operator asks");
    session.send("1");
    session.wait_for_program("question 1 of");
    // Whichever is right, it is among the first four.
    for _ in 0..7 {
        session.send("1234 ");
    }
    session.wait_for_program("right at the first try");
    session.send("q");
    session.wait_for_shell();
    let kept = fs::read_to_string(folder.path().join("mroscope/lessons.txt"));
    let kept = kept.expect("it was kept");
    assert!(kept.contains("\n1 "), "{kept}");
    session.send(&format!("'{program}' learn --list\r"));
    let listed = session.wait_for_text("whom an operator asks");
    assert!(listed.contains(" of 7"), "{listed}");
}

fn run(arguments: &str) -> String {
    let sandbox = Sandbox::new("");
    Shell::new(&sandbox).run(arguments).to_string()
}

#[test]
fn a_lesson_is_printed_as_cards() {
    let printed = run("learn 2 --markdown --python-version 3.13");
    for said in [
        "# Lesson 2: the merge by hand",
        "## 1. Which head does the merge",
        "<details><summary>Answer</summary>",
        "stands in the tail of list",
        "In Python: `",
    ] {
        assert!(printed.contains(said), "{said}\n{printed}");
    }
}

#[test]
fn cards_are_about_the_class_that_is_named() {
    let sandbox = Sandbox::new(
        "--- shop.py\nclass A: ...\nclass B(A): ...\nclass C(A): ...\nclass D(B, C): ...\n",
    );
    let printed = Shell::new(&sandbox).run("learn 1 --markdown --class D .");
    let printed = printed.to_string();
    assert!(
        printed.contains("Which of these stands first in the MRO of D?"),
        "{printed}"
    );
    let refused = Shell::new(&sandbox).run("learn 6 --markdown --class D .");
    let refused = refused.to_string();
    assert!(
        refused.contains("lesson 6 cannot be played here: the metaclass of D is type"),
        "{refused}"
    );
}

#[test]
fn what_is_no_lesson_is_said_to_be_none() {
    for (arguments, said) in [
        ("learn 12", "there is no lesson 12"),
        ("learn --markdown", "which lesson?"),
        ("learn here there", "`here` is not the number of a lesson"),
    ] {
        let printed = run(arguments);
        assert!(printed.contains(said), "{said}\n{printed}");
    }
    let listed = run("learn --list");
    assert!(listed.lines().count() >= 9, "{listed}");
}

#[test]
fn the_presenter_opens_on_a_class_or_on_the_sample() {
    let frame = run("--print --python-version 3.13 --keys <space> present");
    assert!(frame.contains("Which head comes next?"), "{frame}");
    let frame = run("--print present mailroom.parcels:Nothing");
    assert!(!frame.contains("Which head comes next?"), "{frame}");
}

#[test]
fn a_file_of_progress_that_is_none_is_a_message_and_no_failure() {
    let folder = tempfile::tempdir().expect("tests can write to the temporary folder");
    let kept = folder.path().join("mroscope");
    fs::create_dir_all(&kept).expect("tests can make folders in their own");
    fs::write(kept.join("lessons.txt"), "not a lesson\n").expect("a file can be written");
    let state = folder.path().display().to_string();
    let sandbox = Sandbox::new("");
    let shell = Shell::new(&sandbox).with("XDG_STATE_HOME", &state);
    let listed = shell.run("learn --list");
    assert_eq!(listed.code, 0, "{listed}");
    assert!(listed.err.contains("line 1 is no lesson"), "{listed}");
}
