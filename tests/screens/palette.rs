//! The palette: every action by its words.

use mroscope::app::Effect;

use crate::screens::SHOP;
use crate::support::tui::Tui;

#[test]
fn actions_are_found_by_words_and_done() {
    let mut tui = Tui::sketched(SHOP).sized(100, 20);
    tui.press("/item<enter>:matr");
    let screen = tui.screen();
    assert!(screen.contains("X  matrix"), "{screen}");
    tui.press("<enter>");
    assert!(tui.screen().contains("‹matrix›"), "{}", tui.screen());
    tui.press("<c-p>no such action");
    assert!(tui.screen().contains("none of the actions has these words"));
    tui.press("<esc>:read again<enter>");
    assert!(
        tui.effects.contains(&Effect::ReadAgain(2)),
        "{:?}",
        tui.effects
    );
}

#[test]
fn the_palette_lists_every_action_that_is_not_about_typing() {
    let mut tui = Tui::sketched(SHOP).sized(100, 100);
    tui.press(":");
    let screen = tui.screen();
    for word in ["quit", "home", "mro", "what if", "copy", "back"] {
        assert!(screen.contains(word), "{word}\n{screen}");
    }
    assert!(!screen.contains("erase a letter"), "{screen}");
}
