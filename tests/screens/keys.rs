//! What keys mean, and how the screen teaches them.

use expect_test::expect;
use mroscope::app::Effect;
use mroscope::app::keymap::Keymap;

use crate::screens::SHOP;
use crate::support::tui::Tui;

#[test]
fn a_sequence_that_has_begun_shows_what_can_follow() {
    let mut tui = Tui::sketched(SHOP).sized(80, 14);
    tui.press("/item<enter>mv");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              6 │ Item  shop.cart                               ● exact
           ▸ base             3 │  mro ‹members› merge  source  plugins  problems 1 …
           ▾ cart             3 ├───────────────────────────────────────────────────────
              ✗ Crossed         │  7 names, 1 with several definitions, 4 not listed
              Far               │  by na╭─ v ──────────────────────────────────────────╮
        ▌     Item              │       │ i  show or hide what is inherited            │
                                │     na│ o  show or hide what only `object` gives     │
                                │▌ v  pr│ p  show or hide names with an underscore     │
                                │  m  sa│ s  show or hide special names, as `__init__` │
                                │       ╰──────────────────────────────────────────────╯
        ────────────────────────┴───────────────────────────────────────────────────────
         v …
    "#]]
    .assert_eq(&tui.screen());
    tui.press("<esc>");
    assert!(
        !tui.screen().contains("╭"),
        "escape puts it away\n{}",
        tui.screen()
    );
}

#[test]
fn a_key_that_means_nothing_says_so() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("<f7>");
    assert!(tui.screen().contains("F7 is not bound"), "{}", tui.screen());
    tui.press("j");
    assert!(!tui.screen().contains("is not bound"), "{}", tui.screen());
}

#[test]
fn help_lists_the_keys_that_are_in_force() {
    let mut tui = Tui::sketched(SHOP).sized(100, 160);
    tui.state.keymap = Keymap::with("[everywhere]\n\"q\" = \"none\"\n\"<c-q>\" = \"quit\"\n")
        .expect("it is right");
    tui.press("?");
    let screen = tui.screen();
    let quit = screen
        .lines()
        .find(|line| line.ends_with(" leave"))
        .unwrap_or(&screen);
    assert!(quit.contains("ctrl-c ctrl-q"), "{quit}");
}

#[test]
fn edit_copy_suspend_and_quit_are_asked_of_the_world() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>mj")
        .press("e")
        .press("y")
        .press("<c-z>")
        .press("gm")
        .press("q");
    assert_eq!(
        tui.effects,
        [
            Effect::Edit {
                path: "shop/base.py".into(),
                line: 7
            },
            Effect::Copy {
                what: "place",
                text: "shop/base.py:7:5".into()
            },
            Effect::Suspend,
            Effect::Mouse(false),
            Effect::Quit
        ]
    );
}

#[test]
fn the_class_in_the_tree_can_be_copied_and_edited() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/priced<enter><tab>y").press("e");
    assert_eq!(
        tui.effects,
        [
            Effect::Copy {
                what: "class",
                text: "shop.base:Priced".into()
            },
            Effect::Edit {
                path: "shop/base.py".into(),
                line: 11
            }
        ]
    );
}
