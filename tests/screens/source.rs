//! The source on the screen: sideways, folded, searched, and followed from name to name.

use expect_test::expect;

use crate::support::tui::Tui;
use mroscope::view::PageKind;

const LONG: &[(&str, &str)] = &[
    (
        "shop.base",
        "class Base:\n    def save(self):\n        pass\n",
    ),
    ("shop.tools", "LIMIT = 1\n\n\ndef helper():\n    return 1\n"),
    (
        "shop.cart",
        "\
from shop.base import Base
from shop.tools import helper

class Item(Base):
    words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

    def save(self):
        '''Saves it.

        With all that belongs to it.
        '''
        super().save()
        return helper()

    def total(self):
        return self.save() or 'a very long text that goes on and on beyond the edge', self.words
",
    ),
];

fn open() -> Tui {
    let mut tui = Tui::sketched(LONG);
    tui.press("/item<enter>s");
    tui
}

#[test]
fn long_lines_are_scrolled_sideways_and_marked_where_they_go_on() {
    let mut tui = open();
    tui.press("j");
    expect![[r#"
         sketch · 2 classes · ● 2 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              2 │ Item  shop.cart                               ● exact
           ▸ base             1 │  mro  members  merge ‹source› plugins  problems 0 …
           ▾ cart             1 ├───────────────────────────────────────────────────────
        ▌     Item              │  shop/cart.py
             tools            0 │▌  4  class Item(Base):
                                │   5      words = ['one', 'two', 'three', 'four', 'fi>
                                │   6
                                │   7      def save(self):
                                │   8          '''Saves it.
                                │   9
                                │  10          With all that belongs to it.
                                │  11          '''
                                │  12          super().save()
                                │  13          return helper()
                                │  14
                                │  15      def total(self):
                                │  16          return self.save() or 'a very long text>
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  → name  space fold  f find  ? keys         → Base  shop/base.py:1
    "#]]
    .assert_eq(&tui.screen());
    tui.press(">");
    expect![[r#"
         sketch · 2 classes · ● 2 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              2 │ Item  shop.cart                               ● exact
           ▸ base             1 │  mro  members  merge ‹source› plugins  problems 0 …
           ▾ cart             1 ├───────────────────────────────────────────────────────
        ▌     Item              │  shop/cart.py
             tools            0 │▌  4  <
                                │   5  <, 'three', 'four', 'five', 'six', 'seven', 'ei>
                                │   6
                                │   7  <
                                │   8  <
                                │   9
                                │  10  <ongs to it.
                                │  11  <
                                │  12  <
                                │  13  <
                                │  14
                                │  15  <
                                │  16  <) or 'a very long text that goes on and on bey>
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  → name  space fold  f find  ? keys         → Base  shop/base.py:1
    "#]]
    .assert_eq(&tui.screen());
    tui.press(">>>>");
    assert!(
        tui.screen().contains("no line on the screen goes on"),
        "{}",
        tui.screen()
    );
    tui.press("<lt><lt><lt><lt><lt>");
    assert!(
        tui.screen().contains("the lines begin here"),
        "{}",
        tui.screen()
    );
    assert_eq!(tui.state.here().left, 0);
}

#[test]
fn names_of_a_line_are_followed_and_back_returns_to_it() {
    let mut tui = open();
    // The first line leads to the file; the next is the class statement.
    tui.press("j");
    assert!(
        tui.screen().contains("→ Base  shop/base.py:1"),
        "{}",
        tui.screen()
    );
    tui.press("<enter>");
    let class = tui.state.here().class.clone().expect("a class is open");
    assert_eq!(class.path.name(), "Base");
    assert_eq!(tui.state.here().page, PageKind::Source);
    tui.press("[");
    assert!(tui.screen().contains("→ Base"), "{}", tui.screen());
    // `return helper()` leads to a function of another file.
    tui.press("fhelper<enter>");
    assert!(tui.screen().contains("match 1 of 1"), "{}", tui.screen());
    tui.press("<right>");
    assert!(
        tui.screen().contains("→ shop/tools.py:4"),
        "{}",
        tui.screen()
    );
    tui.press("<enter>");
    assert_eq!(tui.state.here().file.as_deref(), Some("shop/tools.py"));
    assert!(tui.screen().contains("def helper"), "{}", tui.screen());
}

#[test]
fn the_next_name_of_a_line_is_scrolled_to() {
    let mut tui = open();
    tui.press("G<right>");
    assert!(tui.state.here().left > 0, "{}", tui.screen());
    assert!(tui.screen().contains("self.words"), "{}", tui.screen());
    tui.press("kk<right>");
    assert!(
        tui.screen().contains("no name on this line leads anywhere"),
        "{}",
        tui.screen()
    );
}

#[test]
fn bodies_are_folded_and_unfolded() {
    let mut tui = open();
    tui.press("fSaves<enter> ".trim_end()).press("<space>");
    expect![[r#"
         sketch · 2 classes · ● 2 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              2 │ Item  shop.cart                               ● exact
           ▸ base             1 │  mro  members  merge ‹source› plugins  problems 0 …
           ▾ cart             1 ├───────────────────────────────────────────────────────
        ▌     Item              │  shop/cart.py
             tools            0 │   4  class Item(Base):
                                │   5      words = ['one', 'two', 'three', 'four', 'fi>
                                │   6
                                │▌  7      def save(self):
                                │        ⋯ 6 lines
                                │  14
                                │  15      def total(self):
                                │  16          return self.save() or 'a very long text>
                                │
                                │
                                │
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  → name  space fold  f find  e edit  F see from  [ back  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("<space>");
    assert!(tui.screen().contains("Saves it"), "{}", tui.screen());
    tui.press("za");
    expect![[r#"
         sketch · 2 classes · ● 2 exact                                     python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              2 │ Item  shop.cart                               ● exact
           ▸ base             1 │  mro  members  merge ‹source› plugins  problems 0 …
           ▾ cart             1 ├───────────────────────────────────────────────────────
        ▌     Item              │  shop/cart.py
             tools            0 │   4  class Item(Base):
                                │   5      words = ['one', 'two', 'three', 'four', 'fi>
                                │   6
                                │▌  7      def save(self):
                                │        ⋯ 6 lines
                                │  14
                                │  15      def total(self):
                                │        ⋯ 1 line
                                │
                                │
                                │
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  → name  space fold  f find  e edit  F see from  [ back  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("za");
    assert!(tui.state.here().folds.is_empty());
    tui.press("za");
    tui.press("fbelongs<enter>");
    assert!(
        tui.screen().contains("With all that belongs"),
        "what is folded is found: {}",
        tui.screen()
    );
}

#[test]
fn a_wide_screen_shows_where_the_name_leads() {
    let mut tui = open().sized(190, 30);
    tui.press("j");
    let screen = tui.screen();
    assert!(screen.contains("class Base:"), "{screen}");
    tui.resize(170, 30);
    assert!(!tui.screen().contains("class Base:"), "{}", tui.screen());
}
