//! What can be reached how: every action by the palette, and by the mouse where it points at something.

use mroscope::app::Msg;
use mroscope::app::action::{Action, Group};
use mroscope::app::areas::Focus;
use mroscope::app::mouse::{Mouse, MouseKind};
use mroscope::source::PythonVersion;
use mroscope::view::PageKind;

use crate::lessons::opened;
use crate::screens::SHOP;
use crate::support::tui::Tui;

/// What asks for an answer, or is asked from where it is shown.
const ANSWERS: [Action; 4] = [Action::Yes, Action::No, Action::Palette, Action::Pick];

#[test]
fn every_action_is_reached_by_its_words_in_the_palette() {
    for action in Action::ALL {
        let about = action.about();
        if about.group == Group::Typing || ANSWERS.contains(&action) {
            continue;
        }
        let mut tui = Tui::sketched(SHOP).sized(100, 130);
        tui.press("/item<enter>:")
            .send(Msg::Paste(about.help.to_owned()));
        let screen = tui.screen();
        assert!(screen.contains(about.help), "{}\n{screen}", about.name);
        // Done from there it does no harm, on whatever page one is.
        tui.press("<enter>");
        assert!(
            tui.state.prompt.is_none() || action != Action::Down,
            "{}",
            tui.screen()
        );
        assert_eq!(tui.screen().lines().count(), 130, "{}", about.name);
    }
}

#[test]
fn every_action_has_a_key() {
    let tui = Tui::sketched(SHOP);
    let bound: Vec<String> = tui
        .state
        .keymap
        .help()
        .into_iter()
        .flat_map(|it| it.rows)
        .map(|it| it.1)
        .collect();
    for action in Action::ALL {
        let help = action.about().help;
        assert!(bound.iter().any(|it| it == help), "{help} has no key");
    }
}

fn mouse(tui: &mut Tui, kind: MouseKind, (column, row): (u16, u16)) {
    tui.send(Msg::Mouse(Mouse { kind, column, row }));
}

/// Where a word stands on the screen, from the left of this column on: column and row.
fn place(tui: &Tui, word: &str, from: u16) -> (u16, u16) {
    let screen = tui.screen();
    for (row, line) in screen.lines().enumerate() {
        let cells: Vec<char> = line.chars().collect();
        let behind: String = cells.iter().skip(usize::from(from)).collect();
        if let Some(at) = behind.find(word) {
            return (from + behind[..at].chars().count() as u16, row as u16);
        }
    }
    panic!("{word} is not on the screen\n{screen}");
}

fn click(tui: &mut Tui, word: &str, from: u16) {
    let at = place(tui, word, from);
    mouse(tui, MouseKind::Click, at);
}

#[test]
fn a_click_on_a_row_of_the_tree_selects_it_and_one_on_its_mark_folds_it() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/item<enter>");
    click(&mut tui, "Far", 0);
    assert_eq!(tui.state.focus, Focus::Tree);
    assert!(tui.screen().contains("Far  shop.cart"), "{}", tui.screen());
    click(&mut tui, "▾ cart", 0);
    assert!(tui.screen().contains("▸ cart"), "{}", tui.screen());
    click(&mut tui, "▸ cart", 0);
    // A second click on a class opens it.
    click(&mut tui, "Item", 0);
    click(&mut tui, "Item", 0);
    assert_eq!(tui.state.focus, Focus::Page, "{}", tui.screen());
}

#[test]
fn a_click_on_a_tab_opens_that_page_at_every_width() {
    for width in [60, 80, 100, 140, 200] {
        let mut tui = Tui::sketched(SHOP).sized(width, 24);
        tui.press("/item<enter>");
        for (word, page) in [
            ("members", PageKind::Members),
            ("merge", PageKind::Merge),
            ("mro", PageKind::Linearization),
        ] {
            let tabs = tui.state.areas().tabs;
            let screen = tui.screen();
            let row: String = screen
                .lines()
                .nth(usize::from(tabs.y))
                .unwrap_or_default()
                .chars()
                .skip(usize::from(tabs.x))
                .collect();
            let at = row
                .find(word)
                .unwrap_or_else(|| panic!("{word} at {width}\n{screen}"));
            let column = tabs.x + row[..at].chars().count() as u16;
            mouse(&mut tui, MouseKind::Click, (column, tabs.y));
            assert_eq!(
                tui.state.here().page,
                page,
                "{word} at {width}\n{}",
                tui.screen()
            );
        }
    }
}

#[test]
fn a_click_on_a_line_selects_it_and_one_more_follows_it() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/item<enter>");
    let page = tui.state.areas().page;
    let (column, row) = place(&tui, "Priced  ", page.x + 2);
    mouse(&mut tui, MouseKind::Click, (column, row));
    assert!(tui.screen().contains("Item  shop.cart"), "{}", tui.screen());
    mouse(&mut tui, MouseKind::Click, (column, row));
    assert!(
        tui.screen().contains("Priced  shop.base"),
        "{}",
        tui.screen()
    );
    // The title lists where one was, the status line leads home.
    let title = tui.state.areas().title;
    mouse(&mut tui, MouseKind::Click, (title.x + 2, title.y));
    assert!(tui.screen().contains("Lately"), "{}", tui.screen());
    mouse(&mut tui, MouseKind::Click, (3, 0));
    assert!(tui.screen().contains("where to look"), "{}", tui.screen());
}

#[test]
fn each_hint_of_the_footer_does_what_its_key_does() {
    for keys in [
        "/item<enter>L",
        "/item<enter>m",
        "/item<enter>M",
        "/item<enter><tab>",
        "H",
        "A",
    ] {
        let mut by_key = Tui::sketched(SHOP).sized(120, 24);
        by_key.press(keys);
        let hints = mroscope::app::hints::hints(&by_key.state);
        for hint in hints {
            let mut tui = Tui::sketched(SHOP).sized(120, 24);
            tui.press(keys);
            let word = format!("{} {} ", hint.key, hint.word);
            let screen = tui.screen();
            let footer = screen.lines().last().unwrap_or_default().to_owned() + " ";
            let Some(at) = footer.find(&word) else {
                continue;
            };
            let column = footer[..at].chars().count() as u16;
            mouse(&mut tui, MouseKind::Click, (column, 23));
            let mut other = Tui::sketched(SHOP).sized(120, 24);
            other.press(keys);
            other.press(
                &hint
                    .key
                    .replace('↑', "<up>")
                    .replace("enter", "<enter>")
                    .replace("esc", "<esc>")
                    .replace("space", "<space>")
                    .replace("tab", "<tab>")
                    .replace('←', "<left>")
                    .replace('→', "<right>"),
            );
            assert_eq!(tui.screen(), other.screen(), "{keys}: {word}");
        }
    }
}

#[test]
fn hits_of_a_search_and_its_hints_are_clicked() {
    let mut tui = Tui::sketched(SHOP).sized(120, 24);
    tui.press("/priced");
    let tree = tui.state.areas().tree;
    mouse(&mut tui, MouseKind::Click, (tree.x + 4, tree.y));
    assert!(
        tui.screen().contains("Priced  shop.base"),
        "{}",
        tui.screen()
    );
    tui.press("/item");
    let beside = tui.state.areas().preview;
    mouse(&mut tui, MouseKind::Click, (beside.x + 4, beside.y + 3));
    assert!(
        tui.state.prompt.is_none() && tui.screen().contains("Item  shop.cart"),
        "{}",
        tui.screen()
    );
    tui.press("/item");
    click(&mut tui, "esc leave", 0);
    assert!(tui.state.prompt.is_none(), "{}", tui.screen());
}

#[test]
fn menus_and_themes_are_chosen_by_a_click() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("gt");
    click(&mut tui, "light", 0);
    assert_eq!(tui.state.theme(), Some("light"));
    tui.press("/item<enter>");
    let page = tui.state.areas().page;
    mouse(&mut tui, MouseKind::Menu, (page.x + 4, page.y + 4));
    click(&mut tui, "every name", 0);
    assert_eq!(tui.state.here().page, PageKind::Members, "{}", tui.screen());
}

#[test]
fn a_click_while_a_filter_is_typed_keeps_it_and_selects() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/item<enter>mfa");
    let page = tui.state.areas().page;
    let (column, row) = place(&tui, "total", page.x);
    mouse(&mut tui, MouseKind::Click, (column, row));
    assert!(tui.state.prompt.is_none());
    assert_eq!(
        tui.state.attribute().map(ToString::to_string).as_deref(),
        Some("total")
    );
    assert_eq!(tui.state.settings.filter, "a");
}

#[test]
fn what_stands_beside_the_page_is_gone_to_by_a_click() {
    let mut tui = Tui::sketched(SHOP).sized(200, 40);
    tui.press("/item<enter>jj");
    let beside = tui.state.areas().preview;
    assert!(beside.width > 0);
    mouse(&mut tui, MouseKind::Click, (beside.x + 4, beside.y + 4));
    assert_eq!(tui.state.here().page, PageKind::Source, "{}", tui.screen());
}

#[test]
fn the_wheel_scrolls_what_it_is_over() {
    let mut tui = Tui::sketched(SHOP).sized(100, 12);
    tui.press("?");
    let page = tui.state.areas().page;
    mouse(&mut tui, MouseKind::WheelDown, (page.x + 4, page.y + 2));
    assert!(tui.state.here().top > 0);
    mouse(&mut tui, MouseKind::WheelUp, (page.x + 4, page.y + 2));
    assert_eq!(tui.state.here().top, 0);
}

#[test]
fn steps_of_a_merge_and_answers_of_a_lesson_are_clicked() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/mixins");
    opened(&path, None, Some(PythonVersion::three(13)), |mut open| {
        open.tui.resize(100, 30);
        open.press("/order<enter>M");
        click(&mut open.tui, "space next", 0);
        assert!(open.screen().contains("step 2 of"), "{}", open.screen());
        click(&mut open.tui, "← previous", 0);
        assert!(open.screen().contains("step 1 of"), "{}", open.screen());
        open.press("T");
        click(&mut open.tui, "the merge by hand", 0);
        click(&mut open.tui, "the merge by hand", 0);
        assert!(open.screen().contains("question 1 of"), "{}", open.screen());
        // Each answer, until one is right.
        for number in 1..5 {
            let screen = open.screen();
            let row = screen.lines().position(|it| {
                it.trim_start_matches(['▌', ' ', '✗'])
                    .starts_with(&format!("{number}  "))
            });
            let Some(row) = row else { break };
            for _ in 0..2 {
                mouse(&mut open.tui, MouseKind::Click, (8, row as u16));
            }
            if open.screen().contains("✓ right") {
                break;
            }
        }
        assert!(open.screen().contains("✓ right"), "{}", open.screen());
        click(&mut open.tui, "space next", 0);
        assert!(open.screen().contains("question 2 of"), "{}", open.screen());
    });
}
