//! `mroscope --print`: one frame of the explorer without a terminal. What stands in a frame is for the tests of screens.

use expect_test::expect;

use super::{SHOP, ran};
use crate::support::Sandbox;
use crate::support::shell::Shell;

#[test]
fn keys_lead_to_a_frame_of_the_size_that_was_asked_for() {
    let sandbox = Sandbox::new(SHOP);
    let frame = Shell::new(&sandbox).run("shop --print --keys /order<enter> --size 90x20");
    assert_eq!((frame.code, frame.err.as_str()), (0, ""));
    let lines: Vec<&str> = frame.out.lines().collect();
    assert_eq!(lines.len(), 20);
    assert!(lines.iter().all(|line| line.chars().count() <= 90));
    assert!(frame.out.contains("class Order(Cart)"), "{}", frame.out);
    assert!(!frame.out.contains('\u{1b}'), "{}", frame.out);
}

#[test]
fn a_frame_has_colour_where_it_is_asked_for() {
    let sandbox = Sandbox::new(SHOP);
    let frame = Shell::new(&sandbox).run("shop --print --color always");
    assert!(frame.out.contains("\u{1b}["), "{}", frame.out);
}

#[test]
fn without_a_terminal_the_explorer_says_what_to_do() {
    expect![[r#"
        ! error: the explorer needs a terminal, and the output is none
        !   hint: print a page with `mroscope show`, every class with `mroscope dump`, or one frame with `--print`
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, ""));
}

#[test]
fn what_is_asked_for_in_error_is_said_before_the_screen_is_taken() {
    expect![[r#"
        ! error: `shopp` does not exist
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "shopp"));
    expect![[r#"
        ! error: there are no Python files in `[root]/notes`
        !   hint: name a folder that holds `.py` files, or one such file
        exit 2
    "#]]
    .assert_eq(&ran("--- notes/a.txt\nhello\n", "notes"));
    expect![[r#"
        ! error: there is no Python at `nowhere/python`
        !   hint: name an interpreter such as `.venv/bin/python`, or the folder of an environment
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "shop --python nowhere/python"));
}
