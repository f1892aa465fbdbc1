//! The first screens a reader sees.

use expect_test::expect;
use mroscope::app::Msg;
use mroscope::app::load::LoadMsg;

use crate::screens::SHOP;
use crate::support::sketch::sketch;
use crate::support::tui::Tui;

#[test]
fn while_the_project_is_read_the_counts_climb_and_the_keys_work() {
    let mut tui = Tui::waiting();
    tui.send(Msg::Load(LoadMsg::Progress {
        generation: 1,
        doing: "reading files",
        done: 312,
        total: 1860,
    }));
    expect![[r#"
         shop · reading files 312 of 1,860
        ────────────────────────┬───────────────────────────────────────────────────────
          reading…              │ Reading
                                │
                                ├───────────────────────────────────────────────────────
                                │▌ The project is being read; the counts above climb as
                                │▌   files come in.
                                │  Meanwhile `?` shows the keys, and `/` takes the name
                                │    you want to see first.
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
        ────────────────────────┴───────────────────────────────────────────────────────
         / search  q quit
    "#]]
    .assert_eq(&tui.screen());
    tui.press("?");
    assert!(
        tui.screen().contains("Follow and return"),
        "{}",
        tui.screen()
    );
    tui.press("<esc>/item");
    assert!(tui.screen().contains("still reading"), "{}", tui.screen());
    tui.ready(1, sketch(SHOP));
    assert!(
        tui.screen().contains("▌ k Item"),
        "what was typed early is found when it is there\n{}",
        tui.screen()
    );
}

#[test]
fn a_project_opens_on_its_tree() {
    let tui = Tui::sketched(SHOP);
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
        ▌ ▾ shop              6 │ sketch                                           home
           ▸ base             3 │ ‹H home›  P problems 1   C coverage
           ▸ cart         ✗ 1 3 ├───────────────────────────────────────────────────────
                                │  2 files · 6 classes
                                │
                                │  where to look
                                │▌ most derived from  Base 3 · Audited 1 · Priced 1
                                │  longest MRO        Item 5
                                │  raise              ✗ 1  Crossed
                                │  not known          ○ 1 class, 1 cause
                                │  registered         plugins: by which key, where,
                                │                     and who wins
                                │
                                │
                                │
                                │
                                │
                                │
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter open  space fold  tab page  / search  : actions  ? keys
    "#]]
    .assert_eq(&tui.screen());
}

#[test]
fn a_project_without_classes_says_so() {
    let tui = Tui::sketched(&[("empty", "x = 1\n")]);
    assert!(
        tui.screen()
            .contains("No statement of this project makes a class."),
        "{}",
        tui.screen()
    );
}

#[test]
fn a_load_that_fails_says_why() {
    let mut tui = Tui::waiting();
    tui.send(Msg::Load(LoadMsg::Failed {
        generation: 1,
        message: "no Python files below `shop`".into(),
    }));
    assert!(
        tui.screen().contains("✗ no Python files below `shop`"),
        "{}",
        tui.screen()
    );
}

#[test]
fn a_wide_screen_shows_beside_the_page_what_the_line_leads_to() {
    let mut tui = Tui::sketched(SHOP).sized(150, 24);
    tui.press("/item<enter>jj");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise                                                                                 python 3.13
        ────────────────────────────────────┬──────────────────────────────────────────────────────────────┬──────────────────────────────────────────────────
          ▾ shop                          6 │ Item  shop.cart                                      ● exact │ Audited  shop.base                       ● exact
            ▸ base                        3 │ ‹mro› members  merge  source  plugins │ problems 1  coverage │  shop/base.py
            ▾ cart                        3 ├──────────────────────────────────────────────────────────────┤  6  class Audited(Base):
                ✗ Crossed                   │  class Item(Audited, Priced)  shop/cart.py:1                 │  7      def save(self):
                Far                         │                                                              │  8          super().save()
        ▌       Item                        │     class    module     gives  hidden  place                 │
                                            │  1  Item     shop.cart      1       ·  cart.py:1             │
                                            │▌ 2  Audited  shop.base      1       ·  base.py:6             │
                                            │  3  Priced   shop.base      1       1  base.py:11            │
                                            │  4  Base     shop.base      ·       1  base.py:1             │
                                            │  5  object   builtins       4       ·  interpreter           │
                                            │                                                              │
                                            │  instances  __dict__ · __weakref__ · hash not known ·        │
                                            │    not abstract                                              │
                                            │                                                              │
                                            │  why each comes before the next                              │
                                            │  1  Item     derives from Audited                cart.py:1   │
                                            │  2  Audited  before Priced in the bases of Item  cart.py:1   │
                                            │  3  Priced   derives from Base                   base.py:11  │
                                            │  4  Base     derives from object                 base.py:1   │
        ────────────────────────────────────┴──────────────────────────────────────────────────────────────┴──────────────────────────────────────────────────
         enter open  O why before  m members  M merge  s source  [ back  / search  : actions  ? keys
    "#]].assert_eq(&tui.screen());
}

#[test]
fn colour_says_whose_a_class_is_and_marks_say_how_sure_the_answer_is() {
    let mut tui = Tui::sketched(SHOP).sized(80, 14);
    tui.press("/item<enter>");
    expect![[r#"
         cccccc b E EEEEEEE b o o ooooo b q q qqqqqqq b r r rrrrr           bbbbbb bbbb
        DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
          b hhhh              b D dddd  bbbbbbbbb                               o ooooo
           b hhhh             b D ccccc bbbbbbb  bbbbb  bbbbbb  bbbbbbb  bbbbbbbb b b
           b hhhh             b DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
              r rrrrrrr         Dv aaaaa aaaaaaaaaaaaa aaaaaaa  bbbbbbbbbbbbbb
              ddd               D
        b     dddd              D     bbbbb    bbbbbb     bbbbb  bbbbbb  bbbbb
                                D  a  dddd     hhhhhhhhh      a       b  bbbbbbbbb
                                D  a  ddddddd  hhhhhhhhh      a       b  bbbbbbbbb
                                D  a  dddddd   hhhhhhhhh      a       a  bbbbbbbbbb
                                D  a  dddd     hhhhhhhhh      b       a  bbbbbbbbb
        DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD
         vvvvv bb bb  v bbb bbbbbb  v bbbbbbb  v bbbbb  v bbbbbb  v bbbb  v bbbb
        a plain
        b faint
        c heading
        d class
        h module
        o exact
        q unknown
        r error
        v key
        D rule
        E status
    "#]]
    .assert_eq(&tui.roles());
}

#[test]
fn what_is_typed_before_the_project_is_read_is_done_when_it_is() {
    let mut tui = Tui::waiting();
    tui.press("/item<enter>");
    assert!(
        tui.screen().contains("opens `item` when it is read"),
        "{}",
        tui.screen()
    );
    tui.press("mj");
    assert!(
        tui.screen()
            .contains("opens `item`, then presses m j when it is read"),
        "{}",
        tui.screen()
    );
    tui.ready(1, sketch(SHOP));
    let mut late = Tui::sketched(SHOP);
    late.press("/item<enter>mj");
    assert_eq!(tui.screen(), late.screen());
}

#[test]
fn keys_wait_in_order_and_escape_forgets_them() {
    let mut tui = Tui::waiting();
    tui.press("jj<enter>");
    tui.ready(1, sketch(SHOP));
    let mut late = Tui::sketched(SHOP);
    late.press("jj<enter>");
    assert_eq!(tui.screen(), late.screen());
    let mut tui = Tui::waiting();
    tui.press("jj<esc>");
    tui.ready(1, sketch(SHOP));
    assert_eq!(tui.state.tree.cursor(), 0);
}
