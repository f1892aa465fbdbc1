//! The home: the first frame, and where `esc` ends.

use expect_test::expect;

use crate::screens::SHOP;
use crate::support::tui::Tui;

/// A diamond in which the order decides, a metaclass, a property.
const ORDERED: &[(&str, &str)] = &[(
    "shop",
    "class Base:\n    def save(self):\n        pass\n\n\nclass Priced(Base):\n    price = 3\n\n\nclass Audited(Base):\n    def save(self):\n        pass\n\n\nclass Item(Priced, Audited):\n    pass\n",
)];

#[test]
fn the_first_frame_says_what_is_there_and_where_to_look() {
    let tui = Tui::sketched(ORDERED).sized(100, 20);
    expect![[r#"
         sketch · 4 classes · ● 4 exact                                                         python 3.13
        ───────────────────────────────┬────────────────────────────────────────────────────────────────────
        ▌ ▾ shop                     4 │ sketch                                                        home
             Audited                   │ ‹H home›  P problems 0   C coverage
             Base                      ├────────────────────────────────────────────────────────────────────
             Item                      │  1 file · 4 classes
             Priced                    │
                                       │  where to look
                                       │▌ most derived from     Base 3 · Audited 1 · Priced 1
                                       │  longest MRO           Item 5
                                       │  decided by the order  1 name in 1 class
                                       │  raise                 none
                                       │  not known             none: every answer is exact
                                       │  registered            plugins: by which key, where, and who wins
                                       │
                                       │
                                       │
                                       │
        ───────────────────────────────┴────────────────────────────────────────────────────────────────────
         enter open  space fold  tab page  / search  : actions  ? keys
    "#]].assert_eq(&tui.screen());
}

#[test]
fn each_line_opens_a_list_and_escape_comes_back() {
    let mut tui = Tui::sketched(ORDERED).sized(100, 20);
    tui.press("<tab>");
    let home = tui.screen();
    tui.press("j");
    tui.press("j<enter>");
    expect![[r#"
         sketch · 4 classes · ● 4 exact                                                         python 3.13
        ───────────────────────────────┬────────────────────────────────────────────────────────────────────
        ▌ ▾ shop                     4 │ Decided by the order  sketch
             Audited                   │ ‹H home›  P problems 0   C coverage
             Base                      ├────────────────────────────────────────────────────────────────────
             Item                      │  names that would come from another class if the bases were read
             Priced                    │    depth first, from the left
                                       │
                                       │  class  name  comes from  though first is
                                       │▌ Item   save  Audited     Base
                                       │
                                       │
                                       │
                                       │
                                       │
                                       │
                                       │
                                       │
        ───────────────────────────────┴────────────────────────────────────────────────────────────────────
         enter open  f filter  tab tree  [ back  / search  : actions  ? keys
    "#]].assert_eq(&tui.screen());
    tui.press("f nothing<enter>");
    assert!(
        tui.screen().contains("none has these letters"),
        "{}",
        tui.screen()
    );
    tui.press("<esc><esc>");
    assert_eq!(tui.screen().lines().nth(4), home.lines().nth(4));
}

#[test]
fn escape_ends_at_home_wherever_one_is_and_lists_where_one_was() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/item<enter>m/audited<enter>s");
    tui.press("<esc><esc><esc><esc>");
    let screen = tui.screen();
    assert!(screen.contains("where to look"), "{screen}");
    assert!(screen.contains("lately"), "{screen}");
    assert!(screen.contains("Audited  source"), "{screen}");
    assert!(screen.contains("Item     members"), "{screen}");
    tui.press("G<enter>");
    assert!(tui.screen().contains("Item  shop.cart"), "{}", tui.screen());
    tui.press("gl");
    assert!(
        tui.screen().contains("pages that were read"),
        "{}",
        tui.screen()
    );
    tui.press("<esc>H");
    assert!(tui.screen().contains("where to look"), "{}", tui.screen());
}

#[test]
fn where_much_is_not_known_what_would_help_comes_first() {
    let tui = Tui::sketched(&[(
        "shop",
        "class A(Remote):\n    pass\n\n\nclass B(A):\n    pass\n",
    )])
    .sized(100, 20);
    let screen = tui.screen();
    assert!(screen.contains("what would help"), "{screen}");
}
