//! Why before, on the screen: a class of the MRO is marked, and below the list stands what is so for the selected one.

use std::fmt::Write as _;

use expect_test::expect;

use crate::screens::SHOP;
use crate::support::tui::Tui;

#[test]
fn below_the_list_stands_why_the_marked_class_is_before_the_selected_one() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>Ljj");
    let list = tui.state.areas().page;
    tui.press("O").press("j");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              6 │ Item  shop.cart                               ● exact
           ▸ base             3 │ ‹mro› members  merge  source  plugins  problems 1 …
           ▾ cart             3 ├───────────────────────────────────────────────────────
              ✗ Crossed         │  class Item(Audited, Priced)  shop/cart.py:1
              Far               │
        ▌     Item              │       class    module     gives  hidden  place
                                │    1  Item     shop.cart      1       ·  cart.py:1
                                │  ◆ 2  Audited  shop.base      1       ·  base.py:6
                                │▌   3  Priced   shop.base      1       1  base.py:11
                                │    4  Base     shop.base      ·       1  base.py:1
                                │    5  object   builtins       4       ·  interpreter
                                │
                                │  instances  __dict__ · __weakref__ ·
                                │    hash not known · not abstract
                                │
                                ├───────────────────────────────────────────────────────
                                │ why Audited before Priced                     ● exact
                                │  this statement forces it  in the MRO of Item
                                │  1  Audited before Priced in the bases of   cart.py:1
                                │     Item
        ────────────────────────┴───────────────────────────────────────────────────────
         enter open  O why before  esc unmark  [ back  / search  : actions  ? keys
    "#]]
    .assert_eq(&tui.screen());
    assert!(tui.state.areas().page.height < list.height);
    tui.press("j");
    assert!(
        tui.screen().contains("Audited derives from Base"),
        "{}",
        tui.screen()
    );
    tui.press("<esc>");
    assert_eq!(tui.state.areas().page, list, "it goes with the mark");
}

#[test]
fn the_same_key_on_another_class_opens_the_whole_of_it_and_back_keeps_the_mark() {
    let mut tui = Tui::sketched(SHOP).sized(120, 40);
    tui.press("/item<enter>LjjOjjO");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise                                                   python 3.13
        ────────────────────────────────────┬───────────────────────────────────────────────────────────────────────────────────
          ▾ shop                          6 │ why Audited before Base                                                   ● exact
            ▸ base                        3 │  mro   members  ‹why before›  merge   source   plugins  │ problems 1   coverage
            ▾ cart                        3 ├───────────────────────────────────────────────────────────────────────────────────
                ✗ Crossed                   │  this statement forces it  in the MRO of Item
                Far                         │▌ 1  Audited derives from Base  class Audited(Base)  base.py:6
        ▌       Item                        │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
                                            │
        ────────────────────────────────────┴───────────────────────────────────────────────────────────────────────────────────
         enter go to  M merge  L mro  [ back  / search  : actions  ? keys
    "#]].assert_eq(&tui.screen());
    tui.press("j<enter>");
    assert!(
        tui.state.here().file.is_some(),
        "a step leads to its statement"
    );
    tui.press("[[");
    assert!(tui.screen().contains("◆ 2"), "{}", tui.screen());
    tui.press("kO");
    assert!(!tui.screen().contains('◆'), "{}", tui.screen());
}

#[test]
fn the_list_is_marked_and_scrolled_as_long_as_it_is() {
    let mut text = String::from("class Floor0: ...\n");
    for at in 1..40 {
        let _ = writeln!(text, "class Floor{at}(Floor{}): ...", at - 1);
    }
    let mut tui = Tui::sketched(&[("tower", &text)]);
    tui.press("/floor39<enter>LjO");
    for _ in 0..39 {
        tui.press("j");
        let areas = tui.state.areas();
        let row = tui
            .state
            .shown
            .first_row(tui.state.here().line.expect("one is selected"));
        let shown = row - tui.state.here().top;
        assert!(shown < usize::from(areas.page.height), "{}", tui.screen());
        assert!(areas.page.height >= 5);
    }
    assert!(
        tui.screen().contains("why Floor39 before Floor0"),
        "{}",
        tui.screen()
    );
}

#[test]
fn a_class_without_an_mro_says_so() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/crossed<enter>LO");
    assert!(
        tui.screen().contains("Crossed has no MRO that is known"),
        "{}",
        tui.screen()
    );
}
