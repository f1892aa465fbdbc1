//! Both streams: colour where it is wanted, and an end that is quiet when nobody reads on.

use std::process::Stdio;

use super::SHOP;
use crate::support::Sandbox;
use crate::support::shell::Shell;

fn is_coloured(shell: &Shell, arguments: &str) -> bool {
    shell.run(arguments).out.contains("\u{1b}[")
}

#[test]
fn a_pipe_gets_no_colour_unless_it_is_asked_for() {
    let sandbox = Sandbox::new(SHOP);
    let plain = || Shell::new(&sandbox);
    assert!(!is_coloured(&plain(), "show Cart"));
    assert!(is_coloured(&plain(), "show Cart --color always"));
    assert!(is_coloured(&plain().with("FORCE_COLOR", "1"), "show Cart"));
    assert!(is_coloured(
        &plain().with("CLICOLOR_FORCE", "1"),
        "show Cart"
    ));
    assert!(!is_coloured(&plain().with("FORCE_COLOR", "0"), "show Cart"));
    let both = plain().with("FORCE_COLOR", "1").with("NO_COLOR", "1");
    assert!(!is_coloured(&both, "show Cart"));
    assert!(is_coloured(&both, "show Cart --color always"));
    let never = plain().with("FORCE_COLOR", "1");
    assert!(!is_coloured(&never, "show Cart --color never"));
}

#[test]
fn colour_does_not_change_a_letter() {
    let sandbox = Sandbox::new(SHOP);
    let shell = Shell::new(&sandbox);
    let coloured = shell.run("show Order --page members --color always").out;
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').expect("only colours are written").1;
    }
    plain.push_str(rest);
    let trimmed = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    assert_eq!(
        trimmed(&plain),
        trimmed(&shell.run("show Order --page members").out)
    );
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let sandbox = Sandbox::new(SHOP);
    let shell = Shell::new(&sandbox);
    for arguments in [
        &["dump"][..],
        &["show", "Cart"],
        &["--help"],
        &["completions", "bash"],
    ] {
        let mut child = shell
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary is built before its tests");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends by itself");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn what_a_file_says_never_reaches_the_terminal_as_a_command() {
    let files =
        "--- a.py\nclass A:\n    x = '\u{1b}]0;owned\u{7}\u{9b}2J'\n    class \u{202e}B: ...\n";
    let sandbox = Sandbox::new(files);
    let shell = Shell::new(&sandbox);
    for arguments in [
        "show A --page source",
        "show A --page members",
        "problems",
        "coverage",
        "mro A",
        "--print --keys /a<enter>s",
    ] {
        let ran = shell.run(arguments);
        for text in [ran.out, ran.err] {
            let bad = text
                .chars()
                .find(|&char| char != '\n' && (char.is_control() || char == '\u{202e}'));
            assert_eq!(bad, None, "{arguments}: {text}");
        }
    }
}
