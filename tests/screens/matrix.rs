//! The matrix on the screen: the names stay while one goes from class to class, and a cell leads to its definition.

use std::fmt::Write as _;

use expect_test::expect;

use crate::support::tui::Tui;

/// A line of classes, of which each third overrides what the first has, and each adds a name.
fn tower(height: usize) -> String {
    let mut text = String::from(
        "--- tower/floors.py\nclass Floor0:\n    def open(self): ...\n    def closed_for_repair(self): ...\n",
    );
    for number in 1..height {
        let below = number - 1;
        let _ = writeln!(
            text,
            "class Floor{number}(Floor{below}):\n    def only_{number}(self): ..."
        );
        if number % 3 == 0 {
            text.push_str("    def open(self):\n        super().open()\n");
        }
    }
    text
}

#[test]
fn the_names_stay_where_there_are_more_classes_than_fit() {
    let mut tui = Tui::sketched(&[("tower.floors", &tower(14))]).sized(80, 24);
    tui.press("/floor13<enter>X");
    expect![[r#"
         sketch · 14 classes · ● 14 exact                                   python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ tower            14 │ Floor13  tower.floors                         ● exact
           ▾ floors          14 │  mro  members ‹matrix› merge  source  plugins …
              Floor0            ├───────────────────────────────────────────────────────
              Floor1            │  14 classes of its MRO, 15 names, 1 in several
              Floor10           │  def defines  ↑ calls super()  same text as it hides
              Floor11           │    abs abstract  must define  · inherits
              Floor12           │▌ column 1 of 14: Floor13  tower/floors.py:37
        ▌     Floor13           │
              Floor2            │     name               by  [F…3]  Fl…12  Fl…11  Fl…10
              Floor3            │  m  open                5  ·      same↑  ·      ·
              Floor4            │  m  closed_for_repair   1  ·      ·      ·      ·
              Floor5            │  m  only_1              1  ·      ·      ·      ·
              Floor6            │  m  only_10             1  ·      ·      ·      def
              Floor7            │  m  only_11             1  ·      ·      def
              Floor8            │  m  only_12             1  ·      def
              Floor9            │  m  only_13             1  def
                                │  m  only_2              1  ·      ·      ·      ·
                                │  m  only_3              1  ·      ·      ·      ·
                                │  m  only_4              1  ·      ·      ·      ·
                                │  m  only_5              1  ·      ·      ·      ·
        ────────────────────────┴───────────────────────────────────────────────────────
         enter open  → class  a below  f filter  l why  [ back  / search  ? keys
    "#]]
    .assert_eq(&tui.screen());
    for _ in 0..9 {
        tui.press("<right>");
    }
    expect![[r#"
         sketch · 14 classes · ● 14 exact                                   python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ tower            14 │ Floor13  tower.floors                         ● exact
           ▾ floors          14 │  mro  members ‹matrix› merge  source  plugins …
              Floor0            ├───────────────────────────────────────────────────────
              Floor1            │  14 classes of its MRO, 15 names, 1 in several
              Floor10           │  def defines  ↑ calls super()  same text as it hides
              Floor11           │    abs abstract  must define  · inherits
              Floor12           │▌ column 10 of 14: Floor4  tower/floors.py:13
        ▌     Floor13           │
              Floor2            │     name               by  Fl…r5  [F…4]  Fl…r3  Fl…r2
              Floor3            │  m  open                5  ·      ·      def↑   ·
              Floor4            │  m  closed_for_repair   1  ·      ·      ·      ·
              Floor5            │  m  only_1              1  ·      ·      ·      ·
              Floor6            │  m  only_10             1
              Floor7            │  m  only_11             1
              Floor8            │  m  only_12             1
              Floor9            │  m  only_13             1
                                │  m  only_2              1  ·      ·      ·      def
                                │  m  only_3              1  ·      ·      def
                                │  m  only_4              1  ·      def
                                │  m  only_5              1  def
        ────────────────────────┴───────────────────────────────────────────────────────
         enter open  → class  a below  f filter  l why  [ back  / search  ? keys
    "#]]
    .assert_eq(&tui.screen());
}

#[test]
fn on_a_wide_screen_all_of_them_fit_beside_what_a_cell_leads_to() {
    let mut tui = Tui::sketched(&[("tower.floors", &tower(8))]).sized(200, 60);
    tui.press("/floor7<enter>X<right>gg<down>");
    let screen = tui.screen();
    assert!(screen.contains("column 2 of 8: Floor6"), "{screen}");
    assert!(screen.contains("[Floor6]"), "{screen}");
    assert!(screen.contains("Floor0"), "{screen}");
    tui.press("<enter>");
    assert!(tui.screen().contains("def open"), "{}", tui.screen());
}

#[test]
fn a_key_changes_between_what_is_above_and_what_is_below() {
    let mut tui = Tui::sketched(&[("tower.floors", &tower(5))]).sized(100, 24);
    tui.press("/floor2<enter>X");
    assert!(tui.screen().contains("3 classes of its MRO, "));
    tui.press("a");
    let screen = tui.screen();
    assert!(
        screen.contains("Floor2 and the 2 classes below it, "),
        "{screen}"
    );
}
