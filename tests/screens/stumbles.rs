//! Small things over which a newcomer stumbles.

use mroscope::app::Effect;
use mroscope::app::action::{Action, Group};
use mroscope::app::keymap::Keymap;
use mroscope::app::live::Python;

use crate::screens::SHOP;
use crate::support::tui::Tui;

/// Three commands of one name, each in a module of its own, two of which end alike.
const COMMANDS: &[(&str, &str)] = &[
    (
        "site.base",
        "class BaseCommand:\n    def handle(self):\n        pass\n",
    ),
    (
        "site.core.commands.check",
        "class Command(BaseCommand):\n    pass\n",
    ),
    (
        "site.core.commands.inspect",
        "class Command(BaseCommand):\n    pass\n",
    ),
    (
        "site.gis.commands.inspect",
        "class Command(BaseCommand):\n    pass\n",
    ),
];

#[test]
fn classes_of_one_name_are_told_apart_in_every_list() {
    let all = |tui: &Tui, what: &str| {
        let screen = tui.screen();
        // Of two panes the tree is at the left.
        let width = match tui.state.areas().divider.x {
            0 => usize::MAX,
            divider if what == "relatives" => usize::from(divider),
            _ => usize::MAX,
        };
        let rows = screen.lines().map(|it| it.chars().take(width).collect());
        let rows = rows.filter(|it: &String| it.contains("Command ") && !it.contains("BaseC"));
        let mut rows: Vec<String> = rows.collect();
        assert!(rows.len() >= 3, "{what}\n{screen}");
        rows.sort_unstable();
        rows.dedup();
        assert!(rows.len() >= 3, "{what}: two rows say the same\n{screen}");
        // Of a long one the beginning and the end are left.
        for end in ["check", "pect"] {
            assert!(screen.contains(end), "{what}: {end}\n{screen}");
        }
    };
    for (width, height) in [(80, 24), (200, 40)] {
        let mut tui = Tui::sketched(COMMANDS).sized(width, height);
        tui.press("/command");
        all(&tui, "search");
        tui.press("<esc>/basecommand<enter>p");
        all(&tui, "plugins");
        tui.press("Lt");
        all(&tui, "relatives");
        let mut tui = Tui::sketched(COMMANDS).sized(width, height);
        tui.press("/class:check command<enter>/class:core inspect command<enter>/class:gis command<enter>gl");
        all(&tui, "lately");
    }
}

#[test]
fn a_class_that_raises_has_relatives_and_says_why_it_has_no_names() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/crossed<enter>t");
    let screen = tui.screen();
    for said in ["↑ asks for", "Base", "Audited"] {
        assert!(screen.contains(said), "{said}\n{screen}");
    }
    tui.press("m");
    assert!(
        tui.screen().contains("it may not have run"),
        "{}",
        tui.screen()
    );
}

#[test]
fn a_folded_module_says_how_many_of_it_raise() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>zc");
    let screen = tui.screen();
    let row = screen
        .lines()
        .find(|it| it.contains("▸ shop"))
        .unwrap_or_default();
    assert!(row.contains("✗ 1"), "{screen}");
}

#[test]
fn signs_have_a_legend() {
    let mut tui = Tui::sketched(SHOP).sized(80, 220);
    tui.press("/base<enter>p");
    assert!(
        tui.screen()
            .contains("+ can be instantiated, - is abstract"),
        "{}",
        tui.screen()
    );
    tui.press("m");
    assert!(
        tui.screen()
            .contains("by name: inherited private special, not object's"),
        "{}",
        tui.screen()
    );
    tui.press("X");
    assert!(tui.screen().contains("def defines"), "{}", tui.screen());
    tui.press("?");
    let screen = tui.screen();
    for sign in ["◇  ", "?  ", "+  ", "✗  ", "◐  ", "m  "] {
        assert!(screen.contains(sign), "{sign}\n{screen}");
    }
}

#[test]
fn back_is_one_key_on_every_page() {
    for page in [
        "L", "m", "X", "S", "d", "c", "$", "a<esc>", "M", "s", "p", "A", "P", "C", "?", "T", "H",
        "mx",
    ] {
        let mut tui = Tui::sketched(SHOP).sized(120, 24);
        tui.press("/audited<enter>/item<enter>").press(page);
        let screen = tui.screen();
        let footer = screen.lines().last().unwrap_or_default();
        assert!(footer.contains(" [ back "), "{page}\n{screen}");
        assert!(
            !footer.contains("esc back") && footer.matches(" back ").count() == 1,
            "{page}\n{screen}"
        );
        let before = tui.state.here().clone();
        tui.press("[");
        assert!(
            !tui.state.here().same_page(&before),
            "{page}\n{}",
            tui.screen()
        );
    }
}

#[test]
fn a_place_is_copied_as_check_writes_it_and_what_is_copied_has_a_name() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>mjy/item<enter>Lgg<tab>y");
    let copied: Vec<(&str, &str)> = tui
        .effects
        .iter()
        .filter_map(|it| match it {
            Effect::Copy { what, text } => Some((*what, text.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(
        copied,
        [("place", "shop/base.py:7:5"), ("class", "shop.cart:Item")]
    );
}

#[test]
fn an_interpreter_of_another_version_is_said_and_not_asked_for() {
    let mut tui = Tui::sketched(SHOP);
    let python = |version: &str| {
        Ok(Python {
            path: "/opt/python/bin/python".to_owned(),
            version: Some(version.to_owned()),
        })
    };
    tui.state.python = python("3.11");
    tui.press("/item<enter>!");
    let screen = tui.screen();
    assert!(
        screen.contains("it is Python 3.11, the answers are for 3.13: name another with --python"),
        "{screen}"
    );
    assert!(!screen.contains("run Python?"), "{screen}");
    tui.state.python = python("3.13");
    tui.press("!");
    assert!(tui.screen().contains("run Python?"), "{}", tui.screen());
}

#[test]
fn enter_says_so_where_nothing_follows() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>d<enter>");
    assert!(
        tui.screen().contains("this line leads nowhere"),
        "{}",
        tui.screen()
    );
    tui.press("s");
    tui.press("gg<enter>");
    assert!(
        !tui.screen()
            .lines()
            .last()
            .unwrap_or_default()
            .trim()
            .is_empty()
    );
    tui.press("/zzzzqq<enter>");
    assert!(
        tui.screen().contains("nothing was found"),
        "{}",
        tui.screen()
    );
}

#[test]
fn a_filter_takes_letters_with_others_between_them_and_marks_them() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/item<enter>mfttl");
    let screen = tui.screen();
    assert!(
        screen.contains("total") && !screen.contains("price"),
        "{screen}"
    );
    let roles = tui.roles();
    assert!(roles.contains("match"), "{roles}");
    // Two letters far from one another say nothing.
    tui.press("<c-u>tl");
    assert!(!tui.screen().contains("total"), "{}", tui.screen());
}

#[test]
fn a_filter_puts_the_cursor_on_the_best_match() {
    let text = "class Form:\n    def a_save(self):\n        pass\n    def presave(self):\n        pass\n    def save(self):\n        pass\n    def save_all(self):\n        pass\n";
    let mut tui = Tui::sketched(&[("forms", text)]);
    tui.press("/form<enter>mfsave");
    assert_eq!(
        tui.state.attribute().map(ToString::to_string).as_deref(),
        Some("save")
    );
    tui.press("<enter>j");
    assert_eq!(
        tui.state.attribute().map(ToString::to_string).as_deref(),
        Some("save_all")
    );
}

#[test]
fn letters_are_scattered_on_both_sides_of_a_dot() {
    let mut tui = Tui::sketched(SHOP).sized(100, 24);
    tui.press("/itm.ttl<enter>");
    let screen = tui.screen();
    assert!(screen.contains("Item.total"), "{screen}");
}

#[test]
fn whatever_is_offered_is_said_whole_on_a_screen_of_80_columns() {
    for action in Action::ALL {
        let about = action.about();
        if about.group != Group::Typing {
            assert!(
                about.help.chars().count() <= 51,
                "{}: {}",
                about.name,
                about.help
            );
            assert!(
                about.short.chars().count() <= 14,
                "{}: {}",
                about.name,
                about.short
            );
        }
    }
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>:");
    for _ in 0..80 {
        let screen = tui.screen();
        assert!(!screen.contains('…'), "{screen}");
        tui.press("<down>");
    }
}

#[test]
fn keys_that_cannot_be_told_apart_are_named_with_line_and_cure() {
    let text = "[everywhere]\n\"q\" = \"quit\"\n\"g\" = \"down\"\n";
    let mistake = Keymap::with(text).expect_err("`gg` begins so");
    assert_eq!((mistake.line, mistake.column), (3, 1));
    let hint = mistake.hint.unwrap_or_default();
    assert!(
        hint.contains("= \"none\" under [everywhere], or use another key"),
        "{hint}"
    );
}

#[test]
fn no_two_actions_have_one_word() {
    let mut words: Vec<&str> = Action::ALL
        .into_iter()
        .map(Action::about)
        .filter(|it| it.group != Group::Typing && it.group != Group::Move)
        .map(|it| it.short)
        .collect();
    words.sort_unstable();
    let all = words.len();
    words.dedup();
    assert_eq!(words.len(), all, "{words:?}");
}
