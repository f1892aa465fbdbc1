//! `mroscope explain -` and `mroscope explain ci.log` as a shell sees them.

use std::io::Write as _;
use std::process::Stdio;

use expect_test::expect;

use crate::support::Sandbox;
use crate::support::shell::Shell;

const FILES: &str = "\
--- shop/__init__.py
--- shop/models.py
class Account:
    def __init__(self):
        self.balance = 0
    def open(self):
        self.opened = True
class Twice(Account, Account): ...
--- ci.log
test\tRun pytest\t2024-01-01T00:00:00.0000000Z Traceback (most recent call last):
test\tRun pytest\t2024-01-01T00:00:00.0000000Z   File \"/home/runner/work/shop/shop/run.py\", line 3, in <module>
test\tRun pytest\t2024-01-01T00:00:00.0000000Z     Account().opend
test\tRun pytest\t2024-01-01T00:00:00.0000000Z AttributeError: 'Account' object has no attribute 'opend'
--- fine.log
all is well
";

#[test]
fn a_file_that_is_no_python_is_a_log() {
    let sandbox = Sandbox::new(FILES);
    expect![[r#"
        Log  ci.log

        1 exception in 4 lines: 1 explained

        AttributeError: 'Account' object has no attribute 'opend'
          Account  shop.models  shop/models.py:1
          line 4 of the log, raised at /home/runner/work/shop/shop/run.py:3
          no class of its MRO has `opend`: Account object
          did you mean opened, which Account.open gives to an instance?
          go on: mroscope show shop.models:Account --page members
        exit 1
    "#]]
    .assert_eq(&Shell::new(&sandbox).run("explain ci.log").to_string());
    expect![[r#"
        Log  fine.log

        1 line, and no report of an exception in them
        exit 0
    "#]]
    .assert_eq(&Shell::new(&sandbox).run("explain fine.log").to_string());
}

#[test]
fn a_dash_is_standard_input() {
    let sandbox = Sandbox::new(FILES);
    let mut command = Shell::new(&sandbox).command(&["explain", "-", "--json"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary is built before its tests");
    let log = b"Traceback (most recent call last):\n  File \"shop/models.py\", line 6, in <module>\n    class Twice(Account, Account): ...\nTypeError: duplicate base class Account\n\xff\xfe";
    let mut input = child.stdin.take().expect("its input is a pipe");
    input.write_all(log).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let said: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("it is one JSON object");
    let report = &said["reports"][0];
    assert_eq!(report["about"], "creation");
    assert_eq!(report["verdict"], "explained");
    assert_eq!(report["id"], "shop.models:Twice");
    assert_eq!(report["exc"], "TypeError");
    assert_eq!(report["line"], 6);
    assert_eq!(report["frames"][0]["file"], "shop/models.py");
    assert_eq!(report["frames"][0]["text"], "same");
    assert_eq!(said["lines"], 5);
}

#[test]
fn what_cannot_be_done_names_its_cure() {
    let sandbox = Sandbox::new(FILES);
    let shell = Shell::new(&sandbox);
    let ran = shell.run("explain gone.log");
    assert_eq!(ran.code, 2, "{ran}");
    let empty = shell.run("explain -");
    assert_eq!(empty.code, 0, "{empty}");
    assert!(empty.err.contains("2>&1"), "{empty}");
    let nowhere = shell.run("explain ci.log --path nowhere");
    assert_eq!(nowhere.code, 2, "{nowhere}");
    assert!(nowhere.err.contains("nowhere"), "{nowhere}");
}
