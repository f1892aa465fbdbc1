//! Asking before Python is run: nothing is without a yes, and the page says what came of it.

use std::sync::Arc;

use expect_test::expect;
use mroscope::app::{Effect, Msg};
use mroscope::semantics::{ClassPath, MemberKind};
use mroscope::witness::{Greeting, Live, LiveValue};

use crate::screens::SHOP;
use crate::support::tui::Tui;

/// The members of `Item`, on a screen of 80 by 20 cells.
fn members() -> Tui {
    let mut tui = Tui::sketched(SHOP).sized(80, 20);
    tui.press("/item<enter>m");
    tui
}

fn runs(tui: &Tui) -> usize {
    let is_run = |effect: &&Effect| matches!(effect, Effect::Live(_));
    tui.effects.iter().filter(is_run).count()
}

/// What a Python held, of the version that sketches are made for.
fn held(tui: &Tui, shown: &str) -> Arc<Live> {
    let analysis = tui.state.analysis.as_ref().expect("it was opened");
    let value = |name: &str, shown: &str| LiveValue {
        name: name.to_owned(),
        class: 0,
        kind: MemberKind::Value,
        type_of: ClassPath::new("builtins", "int"),
        shown: Some(shown.to_owned()),
        failure: None,
    };
    Arc::new(Live {
        greeting: Greeting {
            version: format!("{}.0", analysis.world.python),
            ..Greeting::default()
        },
        mro: vec![
            ClassPath::new("shop.cart", "Item"),
            ClassPath::new("builtins", "object"),
        ],
        values: vec![value("stock", shown)],
    })
}

fn answer(tui: &mut Tui, outcome: Result<Arc<Live>, String>) {
    let class = tui.state.class().expect("a class is open").path().clone();
    tui.send(Msg::Live { class, outcome });
}

#[test]
fn the_key_asks_first_and_says_what_would_be_run() {
    let mut tui = members();
    tui.press("!");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              6 │ Item  shop.cart                               ● exact
           ▸ base             3 │  mro ‹members› merge  source  plugins  problems 1 …
           ▾ cart             3 ├───────────────────────────────────────────────────────
              ✗ Crossed         │  7 names, 1 with several definitions, 4 not listed
              Far   ╭─ run Python? ────────────────────────────────────────╮bject's
        ▌     Item  │ start /opt/python/bin/python                         │
                    │ import shop.cart: its code runs as an import runs it │ce       is
                    │ and the __repr__ of what Item holds                  │e.py:12  3
                    │                                                      │e.py:7
                    │ y run it    n leave it                               │
                    ╰──────────────────────────────────────────────────────╯t.py:2
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         y run Python  n leave it
    "#]]
    .assert_eq(&tui.screen());
    assert_eq!(runs(&tui), 0);
}

#[test]
fn only_yes_runs_python() {
    for keys in ["n", "<esc>", "q", "<c-c>"] {
        let mut tui = members();
        tui.press("!").press(keys);
        assert!(
            tui.screen().contains("nothing was run"),
            "{keys}\n{}",
            tui.screen()
        );
        assert!(!tui.screen().contains("run Python?"), "{keys}");
        assert_eq!(tui.effects, [], "{keys}");
    }
    let mut tui = members();
    tui.press("!").press("<enter>jm/x<space>");
    assert!(tui.screen().contains("run Python?"), "{}", tui.screen());
    assert_eq!(runs(&tui), 0);
    tui.press("y");
    assert_eq!(runs(&tui), 1);
    assert!(
        tui.screen().contains("Python is at work"),
        "{}",
        tui.screen()
    );
    tui.press("!y");
    assert_eq!(runs(&tui), 1, "one at a time");
}

#[test]
fn what_it_held_is_a_page_marked_live() {
    let mut tui = members();
    tui.press("!y");
    let live = held(&tui, "3");
    answer(&mut tui, Ok(live));
    let screen = tui.screen();
    assert!(screen.contains("◆ live"), "{screen}");
    assert!(
        screen.contains("live  ≠  v  stock  Item      3"),
        "{screen}"
    );
    tui.press("[").press("]");
    assert!(tui.screen().contains("◆ live"), "{}", tui.screen());
}

#[test]
fn what_went_wrong_is_said_on_the_page() {
    let mut tui = members();
    tui.press("!y");
    answer(
        &mut tui,
        Err("`shop` cannot be imported: \u{1b}[2J".to_owned()),
    );
    assert!(
        tui.screen().contains("cannot be imported: ␛[2J"),
        "{}",
        tui.screen()
    );
    // It can be asked for again.
    tui.press("!y");
    assert_eq!(runs(&tui), 2);
}

#[test]
fn without_an_interpreter_the_cure_is_said_and_nothing_asked() {
    let mut tui = members();
    tui.state.python =
        Err("no Python environment was found; name an interpreter with --python".into());
    tui.press("!");
    assert!(
        tui.screen().contains("name an interpreter with --python"),
        "{}",
        tui.screen()
    );
    assert!(!tui.screen().contains("run Python?"), "{}", tui.screen());
}

#[test]
fn the_question_fits_any_screen() {
    for (width, height) in [(80, 24), (40, 8), (20, 4), (3, 2), (1, 1), (200, 60)] {
        let mut tui = Tui::sketched(SHOP).sized(80, 20);
        tui.press("/item<enter>m!");
        tui.resize(width, height);
        assert!(!tui.screen().is_empty());
        if width >= 40 {
            assert!(tui.screen().contains("y run it"), "{}", tui.screen());
        }
    }
}
