//! The coverage page on a screen: the key that opens it, its tab, the way from a cause to its place and back.

use expect_test::expect;

use crate::screens::SHOP;
use crate::support::tui::Tui;

#[test]
fn a_key_opens_it_and_its_lines_lead_to_places_and_classes() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("C");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
        ▌ ▾ shop              6 │ Coverage  sketch
           ▸ base             3 │  H home   P problems 1  ‹C coverage›
           ▸ cart         ✗ 1 3 ├───────────────────────────────────────────────────────
                                │  6 classes
                                │    ● exact    4  66.7 %
                                │    ◐ assumed  0   0.0 %
                                │    ○ unknown  1  16.7 %
                                │▌   ✗ raise    1  16.7 %
                                │
                                │  why classes are unknown, and how many
                                │    1 `Remote` is not installed in the environment
                                │      that was searched  shop/cart.py:10
                                │      → install `Remote` in the environment,
                                │        or name the environment with --python
                                │      Far  shop.cart  cart.py:10
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter open  [ back  / search  : actions  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("gg<enter>");
    assert!(
        tui.screen().contains("Crossed"),
        "raising classes are problems\n{}",
        tui.screen()
    );
    tui.press("[j<enter>");
    assert!(
        tui.screen().contains("class Far(Remote):"),
        "{}",
        tui.screen()
    );
    tui.press("[G<enter>");
    assert!(tui.screen().contains("○ unknown 1"), "{}", tui.screen());
    tui.press("[<esc>");
    assert!(!tui.screen().contains("Coverage"), "{}", tui.screen());
}

#[test]
fn it_is_the_last_page_one_turns_to() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>{");
    assert!(
        tui.screen().contains("Coverage  sketch"),
        "{}",
        tui.screen()
    );
    tui.press("}");
    assert!(tui.screen().contains("‹mro›"), "{}", tui.screen());
}
