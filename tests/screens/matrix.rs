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
    expect![[""]].assert_eq(&tui.screen());
    for _ in 0..9 {
        tui.press("<right>");
    }
    expect![[""]].assert_eq(&tui.screen());
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
