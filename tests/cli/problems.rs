//! `mroscope problems`: what could not be used whole, and what raises.

use expect_test::expect;

use super::{SHOP, ran};

#[test]
fn a_clean_project_says_so() {
    expect![[r#"
        Problems  shop

        ● every file could be read, and every class statement makes a class
        exit 0
    "#]]
    .assert_eq(&ran("--- shop/a.py\nclass A: ...\n", "problems shop"));
}

#[test]
fn files_and_class_statements_are_listed_with_their_places() {
    let files = format!("{SHOP}--- shop/broken.py\nclass Half:\n    def f(self:\n");
    expect![[r#"
        Problems  shop

        1 file could not be used whole, 1 class statement raises

        files
        shop/broken.py:3  unexpected EOF while parsing  not all of it is Python

        class statements that raise, by cause
          no consistent MRO  1
            shop/crossed.py:4  Crossed  TypeError: Cannot create a consistent method resolution order (MRO) for bases Left, Right
        exit 1
    "#]].assert_eq(&ran(&files, "problems shop"));
}

#[test]
fn a_path_that_is_missing_or_holds_no_python_is_an_error() {
    expect![[r#"
        ! error: `shopp` does not exist
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "problems shopp"));
    expect![[r#"
        ! error: there are no Python files in `[root]/notes`
        !   hint: name a folder that holds `.py` files, or one such file
        exit 2
    "#]]
    .assert_eq(&ran("--- notes/a.txt\nhello\n", "problems notes"));
    expect![[r#"
        ! error: `[root]/a.txt` is not a Python file
        !   hint: name a `.py` file, or a folder that holds some
        exit 2
    "#]]
    .assert_eq(&ran("--- a.txt\nhello\n", "problems a.txt"));
}

#[test]
fn an_interpreter_that_is_not_there_is_an_error() {
    expect![[r#"
        ! error: there is no Python at `nowhere/python`
        !   hint: name an interpreter such as `.venv/bin/python`, or the folder of an environment
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "problems --python nowhere/python"));
    let old = ran(SHOP, "problems --python-version 3.2");
    assert!(
        old.starts_with("! error: Python 3.2 is not known\n!   hint: "),
        "{old}"
    );
    assert!(old.ends_with("exit 2\n"), "{old}");
}

#[test]
fn a_decorator_that_refuses_its_class_is_a_finding_and_said_on_its_page() {
    let files =
        "--- shop/a.py\nfrom functools import total_ordering\n@total_ordering\nclass A: ...\n";
    expect![[r#"
        Problems  shop

        1 class statement raises

        class statements that raise, by cause
          raised by other code  1
            a.py:3  A  its decorator raises ValueError: must define at least one ordering operation: < > <= >=
        exit 1
    "#]].assert_eq(&ran(files, "problems shop"));
    let page = ran(files, "show a:A --path shop");
    assert!(
        page.contains("its decorator raises ValueError: must define"),
        "{page}"
    );
}
