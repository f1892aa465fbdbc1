//! Walking: the tree, following lines, going back, the mouse.

use expect_test::expect;
use mroscope::app::Msg;
use mroscope::app::mouse::{Mouse, MouseKind};

use crate::screens::SHOP;
use crate::support::tui::Tui;

fn title(tui: &Tui) -> String {
    let spans = &tui.state.shown.page.title;
    spans.iter().map(|span| span.text.as_str()).collect()
}

#[test]
fn walking_in_the_tree_shows_each_class_and_remembers_only_where_one_stopped() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("j<right>j");
    assert_eq!(title(&tui), "Audited  shop.base");
    tui.press("jj");
    assert_eq!(title(&tui), "Priced  shop.base");
    tui.press("<enter>mL");
    tui.press("[[");
    assert_eq!(title(&tui), "Priced  shop.base");
    tui.press("[");
    assert_eq!(
        title(&tui),
        "sketch",
        "the classes passed on the way are no places"
    );
}

#[test]
fn enter_on_an_entry_of_the_mro_opens_that_class_and_back_returns_to_the_line() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>jjj<enter>");
    assert_eq!(title(&tui), "Priced  shop.base");
    tui.press("<bs>");
    assert_eq!(title(&tui), "Item  shop.cart");
    assert_eq!(tui.state.here().line, tui.state.shown.further(0, 3).into());
    tui.press("]");
    assert_eq!(title(&tui), "Priced  shop.base");
}

#[test]
fn the_page_stays_the_same_from_class_to_class() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>m/priced<enter>");
    assert!(tui.screen().contains("‹members›"), "{}", tui.screen());
}

#[test]
fn a_member_leads_to_its_definition_and_that_line_to_its_class() {
    let mut tui = Tui::sketched(SHOP).sized(80, 20);
    tui.press("/item<enter>mj<enter>");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              6 │ shop/base.py
           ▸ base             3 │  mro  members  merge ‹source› plugins  problems 1 …
           ▾ cart             3 ├───────────────────────────────────────────────────────
              ✗ Crossed         │   2      def save(self):
              Far               │   3          pass
        ▌     Item              │   4
                                │   5
                                │   6  class Audited(Base):
                                │▌  7      def save(self):
                                │   8          super().save()
                                │   9
                                │  10
                                │  11  class Priced(Base):
                                │  12      price = 3
                                │  13      def save(self):
                                │  14          super().save()
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  → name  space fold  f find  e edit  F see from  [ back  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("<enter>");
    assert_eq!(title(&tui), "Audited  shop.base");
}

#[test]
fn the_tree_of_relatives_says_which_way_it_goes() {
    let mut tui = Tui::sketched(SHOP).sized(80, 14);
    tui.press("/audited<enter>t");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
        ▌   Audited             │ Audited  shop.base                            ● exact
          ▾ ↑ derives from    1 │ ‹mro› members  merge  source  plugins  problems 1 …
           ▸ Base             1 ├───────────────────────────────────────────────────────
          ▾ ↓ derive from it  1 │▌ class Audited(Base)  shop/base.py:6
             Item               │
                                │     class    module     gives  hidden  place
                                │  1  Audited  shop.base      1       ·  base.py:6
                                │  2  Base     shop.base      ·       1  base.py:1
                                │  3  object   builtins       4       ·  interpreter
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         enter open  m members  s source  t modules  / search  : actions  ? keys
    "#]]
    .assert_eq(&tui.screen());
    tui.press("t");
    assert!(tui.screen().contains("▾ base"), "{}", tui.screen());
}

#[test]
fn the_merge_goes_on_and_back() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>M<space><right>");
    assert!(tui.screen().contains("step 3 of 4"), "{}", tui.screen());
    tui.press("<left>");
    assert!(tui.screen().contains("step 2 of 4"), "{}", tui.screen());
    tui.press("<space><space><space><space>");
    assert!(tui.screen().contains("step 4 of 4"), "{}", tui.screen());
    tui.press("r<left>");
    assert!(tui.screen().contains("step 1 of 4"), "{}", tui.screen());
    tui.press("v");
    assert!(tui.screen().contains("4 steps"), "{}", tui.screen());
    tui.press("R");
    assert!(tui.screen().contains("step 4 of 4"), "{}", tui.screen());
}

#[test]
fn the_end_of_a_merge_that_fails_is_where_it_sticks() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/crossed<enter>MR");
    let screen = tui.screen();
    assert!(screen.contains("stuck, every head stands"), "{screen}");
    assert!(screen.contains("step 1 of 1"), "{screen}");
    // What stands in a tail and refuses is marked by more than its colour.
    assert!(screen.contains("‹Base›"), "{screen}");
}

#[test]
fn what_a_step_takes_is_told_once_it_was_said() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>M<space>i");
    let asked = tui.screen();
    assert!(asked.contains("what is taken?"), "{asked}");
    assert!(!asked.contains("looked at"), "{asked}");
    tui.press("1");
    let wrong = tui.screen();
    assert!(
        wrong.contains("no: Base stands in the tail of list 2"),
        "{wrong}"
    );
    assert!(!wrong.contains("looked at"), "{wrong}");
    tui.press("3");
    assert!(tui.screen().contains("a head is left"), "{}", tui.screen());
    tui.press("9");
    assert!(tui.screen().contains("no such answer"), "{}", tui.screen());
    tui.press("2");
    let right = tui.screen();
    for told in ["✓ right", "looked at", "takes Priced: head of list 2"] {
        assert!(right.contains(told), "{told}\n{right}");
    }
    tui.press("<space>");
    assert!(
        tui.screen().contains("step 3 of 4: what"),
        "{}",
        tui.screen()
    );
    tui.press("Gk<enter>");
    assert!(tui.screen().contains("✓ right"), "{}", tui.screen());
    tui.press("i3");
    assert!(tui.screen().contains("looked at"), "{}", tui.screen());
}

#[test]
fn a_class_that_cannot_exist_shows_the_error_in_place_of_its_mro() {
    let mut tui = Tui::sketched(SHOP).sized(80, 20);
    tui.press("/crossed<enter>");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              6 │ Crossed  shop.cart                           ✗ raises
           ▸ base             3 │ ‹mro› members  merge  source  plugins  problems 1 …
           ▾ cart             3 ├───────────────────────────────────────────────────────
        ▌     ✗ Crossed         │▌ class Crossed(Base, Audited)  shop/cart.py:6
              Far               │
              Item              │  TypeError: Cannot create a consistent method
                                │    resolution order (MRO) for bases Base, Audited
                                │  other versions of Python are being run
                                │
                                │  these two cannot both hold
                                │  class Audited(Base)        Audited before its base
                                │                             Base
                                │  class Crossed(Base,        Base before Audited
                                │  Audited)
                                │    the merge sticks at step 1: Base, Audited each
                                │      stand in a tail
        ────────────────────────┴───────────────────────────────────────────────────────
         enter go to  O why before  m members  M merge  s source  [ back  ? keys
    "#]]
    .assert_eq(&tui.screen());
}

#[test]
fn one_pane_is_shown_where_there_is_room_for_one() {
    let mut tui = Tui::sketched(SHOP).sized(44, 12);
    tui.press("/item<enter>");
    assert!(tui.screen().contains("‹mro›"), "{}", tui.screen());
    tui.press("<tab>");
    assert!(!tui.screen().contains("‹mro›"), "{}", tui.screen());
    assert!(tui.screen().contains("▌       Item"), "{}", tui.screen());
}

fn click(tui: &mut Tui, column: u16, row: u16) {
    let kind = MouseKind::Click;
    tui.send(Msg::Mouse(Mouse { kind, column, row }));
}

/// The cell where a text begins.
fn find(tui: &Tui, text: &str) -> (u16, u16) {
    let screen = tui.screen();
    for (row, line) in screen.lines().enumerate() {
        if let Some(at) = line.find(text) {
            return (line[..at].chars().count() as u16, row as u16);
        }
    }
    panic!("`{text}` is not on the screen\n{screen}");
}

#[test]
fn a_click_selects_and_a_second_one_opens() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>");
    let (column, row) = find(&tui, "Priced ");
    click(&mut tui, column, row);
    assert_eq!(title(&tui), "Item  shop.cart");
    click(&mut tui, column, row);
    assert_eq!(title(&tui), "Priced  shop.base");
    let (column, row) = find(&tui, "memb");
    click(&mut tui, column, row);
    assert!(tui.screen().contains("‹members›"), "{}", tui.screen());
    let (column, row) = find(&tui, "▾ cart");
    click(&mut tui, column, row);
    assert!(tui.screen().contains("▸ cart"), "{}", tui.screen());
}

#[test]
fn the_wheel_scrolls_what_it_is_over() {
    let mut tui = Tui::sketched(SHOP).sized(80, 16);
    tui.press("/item<enter>");
    let wheel = |kind| {
        Msg::Mouse(Mouse {
            kind,
            column: 60,
            row: 8,
        })
    };
    tui.send(wheel(MouseKind::WheelDown));
    assert_eq!(tui.state.here().top, 3);
    assert!(tui.state.here().line > Some(2));
    tui.send(wheel(MouseKind::WheelUp));
    assert_eq!(tui.state.here().top, 0);
}

#[test]
fn the_descriptors_are_a_key_from_the_members() {
    let text = "class Order:\n    @property\n    def total(self):\n        return self.load()\n";
    let mut tui = Tui::sketched(&[("shop", text)]);
    tui.press("/order<enter>md");
    let screen = tui.screen();
    assert!(screen.contains("‹desc"), "{screen}");
    assert!(screen.contains("p  total"), "{screen}");
    tui.press("[");
    assert!(tui.screen().contains("‹memb"), "{}", tui.screen());
}

#[test]
fn of_very_many_members_those_on_the_screen_are_whole() {
    let methods: Vec<String> = (0..5_000)
        .map(|number| format!("    def get_{number:04}(self): ...\n"))
        .collect();
    let methods = methods.concat();
    let text = format!("class Many:\n{methods}");
    let mut tui = Tui::sketched(&[("many", &text)]);
    tui.press("/many<enter>m");
    let is_whole = |tui: &Tui, name: &str| {
        let screen = tui.screen();
        let row = screen.lines().find(|line| line.contains(name));
        row.is_some_and(|row| row.contains("Many  ") && row.contains("many.py:"))
    };
    assert!(is_whole(&tui, "get_0000"), "{}", tui.screen());
    tui.press("G");
    assert!(is_whole(&tui, "get_4999"), "{}", tui.screen());
    tui.press("<pgup><pgup><pgup>");
    let name = tui.state.attribute().cloned().expect("a name is selected");
    assert!(is_whole(&tui, &name), "{}", tui.screen());
    tui.press("s").press("[");
    assert_eq!(tui.state.attribute(), Some(&name), "history keeps the line");
    assert!(is_whole(&tui, &name), "{}", tui.screen());
}

#[test]
fn turning_pages_goes_on_from_whatever_page_is_open() {
    let text = "class Order:\n    @property\n    def total(self):\n        return 1\n";
    let mut tui = Tui::sketched(&[("shop", text)]);
    tui.press("/order<enter>md}");
    assert!(tui.screen().contains("‹merge"), "{}", tui.screen());
    tui.press("m").press("d").press("{");
    assert!(tui.screen().contains("‹memb"), "{}", tui.screen());
}
