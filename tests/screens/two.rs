//! A name across classes and two classes side by side, on the screen.

use expect_test::expect;

use crate::screens::SHOP;
use crate::support::tui::Tui;
use mroscope::view::PageKind;

#[test]
fn a_name_of_the_members_is_followed_across_all_that_have_it() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>mfsave<enter>x");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              6 │ save below Base  shop.base                    ● exact
           ▸ base             3 │  mro  members ‹across› lookup  merge  source …
           ▾ cart             3 ├───────────────────────────────────────────────────────
              ✗ Crossed         │▌ 4 classes have it, from 3 classes;
              Far               │▌   first given by Base  base.py:2
        ▌     Item              │  1 by the order of the MRO alone
                                │
                                │  m Audited.save  for 1 other  ↑super  base.py:7
                                │      Item  by the order:                    cart.py:1
                                │            ahead of Priced.save
                                │
                                │  m Base.save  for itself alone  base.py:2
                                │
                                │  m Priced.save  for itself alone  ↑super  base.py:13
                                │
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  f filter  l why  S super  [ back  / search  : actions  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("ggjj<enter>");
    let here = tui.state.here();
    assert_eq!(
        here.page,
        PageKind::Linearization,
        "a class leads to itself"
    );
    tui.press("[");
    assert_eq!(tui.state.here().page, PageKind::Across);
}

#[test]
fn the_matrix_and_the_search_lead_to_the_same_page() {
    for keys in ["/item<enter>Xfsave<enter>jx", "/Item.save<enter>x"] {
        let mut tui = Tui::sketched(SHOP);
        tui.press(keys);
        let screen = tui.screen();
        assert!(screen.contains("save below Base"), "{keys}\n{screen}");
    }
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>Lx");
    assert!(
        tui.screen().contains("select a name first"),
        "{}",
        tui.screen()
    );
}

#[test]
fn two_classes_are_picked_one_after_the_other() {
    let mut tui = Tui::sketched(SHOP).sized(120, 40);
    tui.press("/item<enter>B");
    assert!(
        tui.screen().contains("Item is the first"),
        "{}",
        tui.screen()
    );
    tui.press("/priced<enter>B");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise                                                   python 3.13
        ────────────────────────────────────┬───────────────────────────────────────────────────────────────────────────────────
          ▾ shop                          6 │ Item beside Priced                                                        ● exact
            ▾ base                        3 │  mro   members  ‹beside›  merge   source   plugins  │ problems 1   coverage
                Audited                     ├───────────────────────────────────────────────────────────────────────────────────
                Base                        │  3 classes in both MROs, 2 only in the first, 0 only in the second;
                Priced                      │    Item derives from Priced
            ▾ cart                        3 │  1 name from different classes, 5 from the same; 1 only in the first,
                ✗ Crossed                   │    0 only in the second
                Far                         │
        ▌       Item                        │  = in both  < only in the first  > only in the second
                                            │▌ <  1  Item                cart.py:1
                                            │  <  2  Audited             base.py:6
                                            │  =  3  Priced   1  Priced  base.py:11
                                            │  =  4  Base     2  Base    base.py:1
                                            │  =  5  object   3  object  interpreter
                                            │
                                            │  what instances are
                                            │    the same metaclass and the same layout
                                            │
                                            │  names from different classes
                                            │     name  first    second
                                            │  m  save  Audited  Priced
                                            │
                                            │  only Item has
                                            │    total
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
         enter open  f filter  L mro  [ back  / search  : actions  ? keys
    "#]].assert_eq(&tui.screen());
    tui.press("[");
    assert_eq!(tui.state.here().page, PageKind::Linearization);
    tui.press("BB");
    assert!(
        tui.screen().contains("is not set beside another one"),
        "{}",
        tui.screen()
    );
}

#[test]
fn rows_of_the_tree_and_of_a_page_can_be_picked() {
    let mut tui = Tui::sketched(SHOP);
    // The tree's cursor is on Item; on the page it is on Priced.
    tui.press("/item<enter><tab>B<tab>LggjjjB");
    let screen = tui.screen();
    assert!(screen.contains("Item beside Priced"), "{screen}");
}
