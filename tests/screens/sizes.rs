//! Every page at every size: nothing panics, and the selected line is to be seen.

use mroscope::app::Msg;
use mroscope::app::areas::Areas;
use mroscope::app::mouse::{Mouse, MouseKind};

use crate::screens::SHOP;
use crate::support::random::Random;
use crate::support::tui::Tui;

const SIZES: [(u16, u16); 12] = [
    (20, 5),
    (30, 7),
    (40, 10),
    (55, 12),
    (56, 9),
    (60, 15),
    (80, 24),
    (100, 30),
    (139, 40),
    (140, 40),
    (170, 50),
    (200, 60),
];

/// The row of the screen on which the selected line of the page begins, if the page is there at all.
fn page_row(tui: &Tui) -> Option<u16> {
    let state = &tui.state;
    let areas: Areas = state.areas();
    if areas.page.area() == 0 {
        return None;
    }
    let row = state.shown.first_row(state.here().line?);
    let shown = row.checked_sub(state.here().top)?;
    Some(areas.page.y + shown as u16)
}

fn assert_selection_is_seen(tui: &Tui, what: &str) {
    let areas = tui.state.areas();
    let screen = tui.screen();
    assert_eq!(
        screen.lines().count(),
        usize::from(tui.state.size.height),
        "{what}"
    );
    if areas.page.area() > 0 && tui.state.prompt.is_none() {
        let row = page_row(tui).unwrap_or(u16::MAX);
        assert!(
            (areas.page.y..areas.page.bottom()).contains(&row),
            "{what}: the selected line of the page is out of sight\n{screen}"
        );
    }
    if areas.tree.area() > 0 && tui.state.prompt.is_none() {
        let tree = &tui.state.tree;
        let height = usize::from(areas.tree.height);
        assert!(
            (tree.top..tree.top + height).contains(&tree.cursor()),
            "{what}: the selected row of the tree is out of sight\n{screen}"
        );
    }
}

#[test]
fn every_page_at_every_size_shows_its_selected_line() {
    for (width, height) in SIZES {
        for class in ["item", "crossed", "far"] {
            for page in ["L", "m", "M", "s", "p", "P", "C", "?"] {
                let mut tui = Tui::sketched(SHOP).sized(width, height);
                tui.press(&format!("/{class}<enter>{page}"));
                for keys in [
                    "j", "jjj", "G", "k", "<c-u>", "gg", "<tab>", "G", "t", "<pgup>",
                ] {
                    tui.press(keys);
                    assert_selection_is_seen(
                        &tui,
                        &format!("{width}x{height} {class} {page} {keys}"),
                    );
                }
            }
        }
    }
}

#[test]
fn a_change_of_size_keeps_the_selected_line_in_sight() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>G");
    for (width, height) in SIZES.into_iter().rev().chain(SIZES) {
        tui.resize(width, height);
        assert_selection_is_seen(&tui, &format!("{width}x{height}"));
    }
}

#[test]
fn a_screen_of_no_size_is_no_trouble() {
    let mut tui = Tui::sketched(SHOP);
    for (width, height) in [(0, 0), (1, 1), (0, 9), (9, 0), (2, 3), (5, 2)] {
        tui.resize(width, height);
        tui.press("jG?<esc>/x<esc>gg");
        assert_eq!(
            tui.screen().lines().count(),
            usize::from(if width == 0 { 0 } else { height })
        );
    }
}

#[test]
fn whatever_is_pressed_nothing_panics() {
    const KEYS: [&str; 67] = [
        "j", "k", "<down>", "<up>", "<c-d>", "<c-u>", "<pgdn>", "<pgup>", "gg", "G", "h", "l",
        "<left>", "<right>", "<tab>", "<enter>", "<enter>", "<enter>", "<bs>", "[", "]", "<esc>",
        "/", "f", "n", "N", "1", "2", "3", "4", "5", "6", "7", "?", "{", "}", "t", "zc", "vi",
        "vp", "vs", "vo", "o", "<space>", "r", "R", "e", "y", "gm", "<c-l>", "<c-z>", "a", "it",
        "é", "<c-w>", "<home>", "<end>", "<f5>", "s", "O", "x", "B", ">", "<lt>", "za", "L", "X",
    ];
    for seed in 0..30 {
        let mut random = Random::new(seed, 0);
        let (width, height) = SIZES[random.below(SIZES.len())];
        let mut tui = Tui::sketched(SHOP).sized(width, height);
        let mut pressed = String::new();
        for step in 0..80 {
            match random.below(12) {
                0 => {
                    let kind = [MouseKind::Click, MouseKind::WheelUp, MouseKind::WheelDown]
                        [random.below(3)];
                    tui.send(Msg::Mouse(Mouse {
                        kind,
                        column: random.below(usize::from(width) + 2) as u16,
                        row: random.below(usize::from(height) + 2) as u16,
                    }));
                    pressed.push_str("(mouse)");
                }
                1 if step % 5 == 0 => {
                    let (width, height) = SIZES[random.below(SIZES.len())];
                    tui.resize(width, height);
                    pressed.push_str("(resize)");
                }
                _ => {
                    let keys = KEYS[random.below(KEYS.len())];
                    tui.press(keys);
                    pressed.push_str(keys);
                }
            }
            let screen = tui.screen();
            assert_eq!(
                screen.lines().count(),
                usize::from(tui.state.size.height),
                "seed {seed}: {pressed}"
            );
        }
    }
}
