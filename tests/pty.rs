//! What only a terminal can show: taking it, giving it back, and everything in between that concerns others too.
#![cfg(unix)]

mod keys;

use std::io::{IsTerminal, Read as _};
use std::sync::Arc;
use std::time::Duration;

use mroscope::app::Begins;
use mroscope::app::keymap::Keymap;
use mroscope::app::load::LoadMsg;
use mroscope::tui::{Environment, Error, Reading, Setup, Theme, ThemeChoice, run};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::screens::SHOP;
use crate::support::session::Session;
use crate::support::sketch::sketch;

/// The explorer on a project made by hand, for the tests below to run on a terminal of theirs. What it does besides is
/// said by a variable, so that the program itself needs no switch that only tests would use.
#[test]
#[ignore = "the tests of this file run it, on a terminal of their own"]
fn explorer() {
    if !std::io::stdout().is_terminal() {
        return;
    }
    let variable = |name| std::env::var(name).ok();
    let wanted = variable("EXPLORER").unwrap_or_default();
    let fault = wanted.clone();
    let outcome = run(Setup {
        project: "shop".to_owned(),
        keymap: Keymap::default(),
        python: Err("there is no interpreter here".to_owned()),
        live: std::sync::Arc::new(|_, _| Err("nothing is run here".to_owned())),
        themes: vec![],
        begins: Begins::default(),
        keep: Box::new(|_| Ok(())),
        keep_session: Box::new(|_| ()),
        theme: if wanted == "by-background" {
            ThemeChoice::ByBackground
        } else {
            ThemeChoice::Theme(Box::new(Theme::built_in("dark").expect("it is built in")))
        },
        keys: vec![],
        environment: Environment {
            visual: variable("VISUAL"),
            no_color: variable("NO_COLOR").is_some(),
            term: variable("TERM"),
            ..Environment::default()
        },
        load: Arc::new(move |reading: Reading| {
            let generation = reading.generation;
            reading.outbox.tell(LoadMsg::Progress {
                generation,
                doing: "reading files",
                done: 1,
                total: 2,
            });
            assert_ne!(fault, "fault-while-reading", "a fault of the reader");
            reading
                .outbox
                .tell(LoadMsg::ready(generation, Arc::new(sketch(SHOP))));
        }),
    });
    match outcome {
        Ok(()) => assert_eq!(wanted.find("fault"), None, "a fault was not noticed"),
        Err(Error::Panicked) => assert!(!wanted.is_empty(), "nobody asked for a fault"),
        Err(error) => panic!("{error}"),
    }
}

/// Starts the explorer in a shell and waits until its project is there.
fn explorer_in_shell(variables: &[(&str, &str)]) -> Session {
    let mut session = Session::shell(variables);
    start(&mut session, "");
    session.wait_for_program("6 classes");
    session
}

fn start(session: &mut Session, redirect: &str) {
    let program = std::env::current_exe().expect("the test is a program");
    session.send(&format!(
        "'{}' --ignored --exact --nocapture pty::explorer {redirect}\r",
        program.display()
    ));
}

#[test]
fn it_starts_quits_and_gives_the_terminal_back() {
    let mut session = explorer_in_shell(&[]);
    assert!(session.ask(vt100::Screen::hide_cursor));
    assert!(session.ask(vt100::Screen::bracketed_paste));
    session.send("q");
    session.wait_for_shell();
}

#[test]
fn ctrl_c_quits_too() {
    let mut session = explorer_in_shell(&[]);
    session.send("\x03");
    session.wait_for_shell();
}

#[test]
fn a_fault_while_reading_leaves_the_terminal_usable_and_is_said_on_it() {
    let mut session = Session::shell(&[("EXPLORER", "fault-while-reading")]);
    start(&mut session, "");
    session.wait_for_text("a fault of the reader");
    session.wait_for_shell();
}

#[test]
fn another_size_is_painted_at_once() {
    let mut session = explorer_in_shell(&[]);
    session.resize(120, 30);
    session.wait_for("a wider screen", |screen| {
        let rows: Vec<String> = screen.rows(0, 120).collect();
        rows[0].trim_end().ends_with("python 3.13") && rows[0].len() > 100
    });
    session.resize(40, 10);
    session.wait_for("a narrow screen", |screen| {
        let rows: Vec<String> = screen.rows(0, 40).collect();
        rows[0].trim_end().ends_with("python 3.13") && rows[9].trim_end().ends_with("? keys")
    });
    session.send("q");
    session.wait_for_shell();
}

#[test]
fn ctrl_z_returns_to_the_shell_and_fg_to_the_same_screen() {
    let mut session = explorer_in_shell(&[]);
    session.send("/item\r");
    let before = session.wait_for_program("Item  shop.cart");
    session.send("\x1a");
    session.wait_for("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("Stopped")
    });
    session.wait_for_shell();
    session.send("fg\r");
    let after = session.wait_for_program("Item  shop.cart");
    // A blank at the end of a line may have been painted or not.
    let line = |screen: &str| screen.lines().nth(2).map(|it| it.trim_end().to_owned());
    assert_eq!(line(&after), line(&before));
    session.send("q");
    session.wait_for_shell();
}

#[test]
fn the_editor_opens_at_the_line_and_the_screen_comes_back() {
    let editor = r#"sh -c 'echo "editing $1 at $0"; read done' {line} {file}"#;
    let mut session = explorer_in_shell(&[("VISUAL", editor)]);
    session.send("/priced\re");
    session.wait_for("the editor", |screen| {
        !screen.alternate_screen() && screen.contents().contains("editing shop/base.py at 11")
    });
    session.send("\r");
    session.wait_for_program("Priced  shop.base");
    session.send("q");
    session.wait_for_shell();
}

#[test]
fn an_editor_that_does_not_exist_is_said() {
    let mut session = explorer_in_shell(&[("VISUAL", "no-such-editor-here")]);
    session.send("/priced\re");
    session.wait_for_program("✗ there is no editor `no-such-editor-here`: $VISUAL names it");
    session.send("q");
    session.wait_for_shell();
}

#[test]
fn no_color_paints_no_colours_and_keeps_weight() {
    let mut session = explorer_in_shell(&[("NO_COLOR", "1")]);
    session.send("/item\r");
    session.wait_for_program("Item  shop.cart");
    session.ask(|screen| {
        let cells = || (0..24).flat_map(|row| (0..80).filter_map(move |at| screen.cell(row, at)));
        for cell in cells() {
            assert_eq!(
                cell.fgcolor(),
                vt100::Color::Default,
                "{:?}",
                cell.contents()
            );
            assert_eq!(
                cell.bgcolor(),
                vt100::Color::Default,
                "{:?}",
                cell.contents()
            );
        }
        assert!(cells().any(vt100::Cell::bold));
        assert!(
            cells().any(vt100::Cell::inverse),
            "the selected line stands out"
        );
    });
    session.send("q");
    session.wait_for_shell();
}

#[test]
fn a_background_that_nobody_tells_gets_a_selection_that_is_legible_on_any() {
    let mut session = explorer_in_shell(&[("EXPLORER", "by-background")]);
    session.send("/item\r");
    session.wait_for_program("Item  shop.cart");
    session.ask(|screen| {
        let row: Vec<_> = (0..80).filter_map(|at| screen.cell(5, at)).collect();
        assert!(
            row.iter().any(|cell| cell.inverse()),
            "{}",
            screen.contents()
        );
        assert!(
            row.iter()
                .all(|cell| cell.bgcolor() == vt100::Color::Default)
        );
    });
    session.send("q");
    session.wait_for_shell();
}

#[test]
fn the_mouse_selects_and_can_be_left_to_the_terminal() {
    let mut session = explorer_in_shell(&[]);
    // A click in SGR form, on the row of `cart`.
    session.send("\x1b[<0;5;5M\x1b[<0;5;5m");
    session.wait_for_program("▾ cart");
    session.send("gm");
    session.wait_for("the mouse left alone", |screen| {
        screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    });
    session.send("gm");
    session.wait_for("the mouse heard", |screen| {
        screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
    });
    session.send("q");
    session.wait_for_shell();
}

#[test]
fn a_signal_to_end_is_heeded_with_the_terminal_given_back() {
    let mut session = explorer_in_shell(&[]);
    session.send("\x1a");
    session.wait_for("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("Stopped")
    });
    session.wait_for_shell();
    session.send("kill %1; fg\r");
    session.wait_for_shell();
}

#[test]
fn a_terminal_that_is_closed_ends_it() {
    let pair = native_pty_system()
        .openpty(PtySize::default())
        .expect("the machine has pseudo-terminals");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mroscope"));
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/mixins"));
    command.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(command).expect("it starts");
    drop(pair.slave);
    let mut screen = pair.master.try_clone_reader().expect("it is read");
    let mut seen = vec![];
    let mut some = [0; 4096];
    while !String::from_utf8_lossy(&seen).contains("\x1b[?1049h") {
        let count = screen.read(&mut some).expect("it paints");
        seen.extend_from_slice(&some[..count]);
    }
    drop((screen, pair.master));
    let (ended, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || ended.send(child.wait().is_ok()));
    let is_over = heard.recv_timeout(Duration::from_secs(30));
    assert_eq!(is_over, Ok(true), "it goes on without a terminal");
}

#[test]
fn without_a_terminal_it_does_not_begin() {
    let outcome = if std::io::stdout().is_terminal() {
        return;
    } else {
        run(Setup {
            project: String::new(),
            keymap: Keymap::default(),
            python: Err(String::new()),
            live: std::sync::Arc::new(|_, _| unreachable!("nobody says yes")),
            begins: Begins::default(),
            keep: Box::new(|_| Ok(())),
            keep_session: Box::new(|_| ()),
            theme: ThemeChoice::ByBackground,
            themes: vec![],
            keys: vec![],
            environment: Environment::default(),
            load: Arc::new(|_| unreachable!("nothing is read without a screen")),
        })
    };
    assert!(matches!(outcome, Err(Error::NotATerminal)));
}

/// The program itself on a folder with one file, in a shell.
fn program_on(text: &str) -> (Session, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("tests can write to the temporary folder");
    std::fs::write(folder.path().join("shop.py"), text).expect("a file can be written");
    let mut session = Session::shell(&[]);
    let (program, path) = (env!("CARGO_BIN_EXE_mroscope"), folder.path().display());
    session.send(&format!("'{program}' '{path}'\r"));
    (session, folder)
}

#[test]
fn an_edit_is_on_the_screen_by_itself_and_what_changed_is_said() {
    let text = "class A: pass\nclass X(A): pass\nclass Crossed(A, X): pass\n";
    let (mut session, folder) = program_on(text);
    session.wait_for_program("✗ 1 raise");
    session.send("/crossed\r");
    session.wait_for_program("✗ raises");
    let edited = text.replace("(A, X)", "(X, A)");
    std::fs::write(folder.path().join("shop.py"), edited).expect("a file can be written");
    let screen = session.wait_for_program("shop.py: mended: Crossed");
    assert!(screen.contains("● exact"), "{screen}");
    std::fs::write(folder.path().join("more.py"), "class New: pass\n").expect("it is written");
    session.wait_for_program("more.py: new: New");
    std::fs::remove_file(folder.path().join("more.py")).expect("it is removed");
    session.wait_for_program("more.py: gone: New");
    session.send("q");
    session.wait_for_shell();
}

#[test]
fn keys_that_come_before_the_first_frame_count() {
    let folder = tempfile::tempdir().expect("tests can write to the temporary folder");
    std::fs::write(folder.path().join("shop.py"), "class Early: pass\n").expect("it is written");
    let mut session = Session::shell(&[]);
    let (program, path) = (env!("CARGO_BIN_EXE_mroscope"), folder.path().display());
    session.send(&format!("'{program}' '{path}'\r/early\rm"));
    session.wait_for_program("‹members›");
    session.send("q");
    session.wait_for_shell();
}
