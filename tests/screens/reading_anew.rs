//! A new analysis arrives while one reads.

use crate::screens::SHOP;
use crate::support::sketch::sketch;
use crate::support::tui::Tui;

#[test]
fn a_new_reading_keeps_the_class_the_page_and_the_open_branches() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>mj");
    let before = tui.screen();
    tui.ready(2, sketch(SHOP));
    assert_eq!(tui.screen(), before);
}

#[test]
fn a_class_that_is_gone_leaves_a_page_that_says_so() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>");
    tui.ready(2, sketch(&SHOP[..1]));
    let screen = tui.screen();
    assert!(
        screen.contains("This is not in the project any more"),
        "{screen}"
    );
    tui.press("j[");
    assert!(!tui.screen().contains("any more"), "{}", tui.screen());
}

#[test]
fn what_an_older_reading_still_sends_is_dropped() {
    let mut tui = Tui::waiting();
    tui.ready(2, sketch(SHOP));
    tui.ready(1, sketch(&SHOP[..1]));
    assert!(tui.screen().contains("6 classes"), "{}", tui.screen());
}
