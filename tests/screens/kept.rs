//! What the reader keeps at hand, and what the mouse can point at: marks, a pinned page, the divider, the menu, the footer.

use mroscope::app::keymap::Keymap;
use mroscope::app::mouse::{Mouse, MouseKind};
use mroscope::app::saved::Saved;
use mroscope::app::{Begins, Msg, Start, State};
use ratatui::layout::Size;

use crate::screens::SHOP;
use crate::support::sketch::sketch;
use crate::support::tui::Tui;

fn at(tui: &mut Tui, kind: MouseKind, (column, row): (u16, u16)) {
    tui.send(Msg::Mouse(Mouse { kind, column, row }));
}

/// Where a word stands on the screen: column and row.
fn place_of(tui: &Tui, word: &str) -> (u16, u16) {
    let screen = tui.screen();
    let row = screen.lines().position(|line| line.contains(word));
    let row = row.unwrap_or_else(|| panic!("{word} is not on the screen\n{screen}"));
    let line = screen.lines().nth(row).unwrap_or_default();
    let before = line.find(word).map_or("", |at| &line[..at]);
    (before.chars().count() as u16, row as u16)
}

/// The first column of the page's title.
fn divider(tui: &Tui) -> usize {
    let screen = tui.screen();
    let line = screen.lines().nth(3).unwrap_or_default();
    line.chars()
        .position(|it| matches!(it, '│' | '├'))
        .unwrap_or(0)
}

#[test]
fn marked_pages_are_listed_and_gone_back_to() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("gb");
    assert!(tui.screen().contains("nothing is marked; `b` marks a page"));
    tui.press("/item<enter>mb");
    assert!(
        tui.screen().contains("is marked; `g b` lists the marks"),
        "{}",
        tui.screen()
    );
    tui.press("/cart<enter>Lgb");
    let screen = tui.screen();
    assert!(
        screen.contains("Marked") && screen.contains("Item"),
        "{screen}"
    );
    tui.press("<enter>");
    let screen = tui.screen();
    assert!(
        screen.contains("‹members›") && screen.contains("Item"),
        "{screen}"
    );
    tui.press("b");
    assert!(tui.screen().contains("is marked no longer"));
}

#[test]
fn a_pinned_page_stays_beside_the_others() {
    let mut tui = Tui::sketched(SHOP).sized(200, 30);
    tui.press("/item<enter>mzp");
    assert!(tui.screen().contains("stays at the right"));
    tui.press("/cart<enter>L");
    let title = |tui: &Tui| tui.screen().lines().nth(2).unwrap_or_default().to_owned();
    assert!(title(&tui).matches("Item").count() >= 1, "{}", tui.screen());
    tui.press("zp");
    assert!(tui.screen().contains("no page is pinned any longer"));
}

#[test]
fn the_divider_moves_by_key_and_by_mouse_and_leaves_room_for_both() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/item<enter>");
    let usual = divider(&tui);
    tui.press("z+");
    assert_eq!(divider(&tui), usual + 4);
    tui.press("z-z-");
    assert_eq!(divider(&tui), usual - 4);
    let (column, row) = (divider(&tui) as u16, 6);
    at(&mut tui, MouseKind::Click, (column, row));
    at(&mut tui, MouseKind::Drag, (50, row));
    assert_eq!(divider(&tui), 50);
    // However often it is moved, both panes can be read.
    for _ in 0..40 {
        tui.press("z+");
    }
    assert!(divider(&tui) <= 84, "{}", tui.screen());
    at(&mut tui, MouseKind::Click, (20, 5));
    at(&mut tui, MouseKind::Drag, (30, 5));
    assert!(divider(&tui) > 50, "only the divider is dragged");
}

#[test]
fn the_menu_lists_what_can_be_done_with_what_the_mouse_points_at() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/item<enter>m");
    at(&mut tui, MouseKind::Menu, (50, 6));
    let screen = tui.screen();
    assert!(
        screen.contains("actions here") && screen.contains("copy"),
        "{screen}"
    );
    tui.press("<esc>.");
    assert!(tui.screen().contains("actions here"));
    tui.press("descr<enter>");
    assert!(tui.screen().contains("‹descriptors›"), "{}", tui.screen());
}

#[test]
fn a_click_on_a_key_of_the_footer_does_what_it_says() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/item<enter>");
    let place = place_of(&tui, "members ");
    let footer = tui.screen().lines().count() as u16 - 1;
    let line = tui.screen().lines().last().unwrap_or_default().to_owned();
    let before = line.find("members").map_or("", |at| &line[..at]);
    assert!(place.1 <= footer);
    at(
        &mut tui,
        MouseKind::Click,
        (before.chars().count() as u16, footer),
    );
    assert!(tui.screen().contains("‹members›"), "{}", tui.screen());
}

#[test]
fn themes_are_shown_while_they_are_selected() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("gt");
    assert_eq!(tui.state.theme(), Some("dark"), "{}", tui.screen());
    tui.press("<down>");
    assert_eq!(tui.state.theme(), Some("light"));
    tui.press("<esc>");
    assert_eq!(
        tui.state.theme(),
        None,
        "what was only looked at is not kept"
    );
    tui.press("gtlig<enter>");
    assert_eq!(tui.state.theme(), Some("light"));
    assert!(
        tui.screen().contains("theme = \"light\""),
        "{}",
        tui.screen()
    );
}

#[test]
fn what_was_read_and_marked_is_there_the_next_time() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/item<enter>mb/cart<enter>Lz+gtlig<enter>");
    let wide = divider(&tui);
    let kept = serde_json::to_string(&tui.state.saved()).expect("it is plain data");
    let saved: Saved = serde_json::from_str(&kept).expect("it is read as it was written");
    assert_eq!(saved, tui.state.saved());
    let start = Start {
        project: "shop".to_owned(),
        keymap: Keymap::default(),
        size: Size::new(100, 24),
        python: Err(String::new()),
        themes: vec!["light".to_owned()],
        begins: Begins {
            saved,
            ..Begins::default()
        },
    };
    let mut again = Tui {
        state: State::new(start),
        effects: vec![],
        wants_atlas: false,
    };
    again.ready(1, sketch(SHOP));
    let screen = again.screen();
    assert!(screen.contains("lately"), "{screen}");
    assert_eq!(divider(&again), wide);
    assert_eq!(again.state.theme(), Some("light"));
    again.press("gb<enter>");
    let screen = again.screen();
    assert!(
        screen.contains("‹members›") && screen.contains("Item"),
        "{screen}"
    );
}

#[test]
fn the_tree_follows_to_a_module_that_is_opened_from_elsewhere() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/module:base<enter>");
    let screen = tui.screen();
    assert!(screen.contains("‹module›"), "{screen}");
    let marked = screen.lines().find(|line| line.starts_with('▌'));
    assert!(marked.is_some_and(|line| line.contains("base")), "{screen}");
}
