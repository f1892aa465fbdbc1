//! A new analysis arrives while one reads.

use std::sync::Arc;

use mroscope::analysis::difference;
use mroscope::app::load::LoadMsg;
use mroscope::app::{Effect, Msg};
use mroscope::load::{Query, Reply};
use mroscope::plugins::Atlas;
use mroscope::semantics::{Leads, Registered, Registry, RegistryKind};
use mroscope::view::Reread;

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

fn files_change(tui: &mut Tui, names: &[&str]) {
    tui.send(Msg::Load(LoadMsg::FilesChanged {
        files: names.iter().map(|&name| name.to_owned()).collect(),
    }));
}

/// The project is read again, as the loads do it: the analysis first, then what differs.
fn read_again(tui: &mut Tui, generation: u64, modules: &[(&str, &str)]) {
    let before = tui.state.analysis.clone().expect("it was read before");
    let after = sketch(modules);
    let said = Reread::of(&difference(&before, &after), &after);
    tui.ready(generation, after);
    tui.send(Msg::Load(LoadMsg::Differs { generation, said }));
}

/// The last line of the screen.
fn footer(tui: &Tui) -> String {
    let screen = tui.screen();
    screen.lines().last().unwrap_or_default().trim().to_owned()
}

#[test]
fn files_that_change_are_read_again_while_what_is_open_stands_and_is_marked() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>m");
    let before = tui.screen();
    files_change(&mut tui, &["shop/cart.py"]);
    assert_eq!(tui.effects.pop(), Some(Effect::ReadAgain(2)));
    let screen = tui.screen();
    assert!(screen.contains("↻ reading again"), "{screen}");
    assert_eq!(
        screen.lines().skip(1).collect::<Vec<_>>(),
        before.lines().skip(1).collect::<Vec<_>>(),
        "all but the first line is as it was"
    );
    tui.press("j");
    let moved = tui.state.here().line;
    let mended = SHOP[1].1.replace("(Base, Audited)", "(Audited, Base)");
    read_again(&mut tui, 2, &[SHOP[0], ("shop.cart", &mended)]);
    assert_eq!(tui.state.here().line, moved);
    assert!(
        footer(&tui).starts_with("shop/cart.py: mended: Crossed"),
        "{}",
        tui.screen()
    );
    assert!(!tui.screen().contains('↻'), "{}", tui.screen());
}

#[test]
fn what_has_changed_is_said_the_worst_first() {
    let said = |cart: &str, base: &str| {
        let mut tui = Tui::sketched(SHOP).sized(160, 20);
        files_change(&mut tui, &["shop/base.py", "shop/cart.py"]);
        read_again(&mut tui, 2, &[("shop.base", base), ("shop.cart", cart)]);
        let footer = footer(&tui);
        footer.split("   ").next().unwrap_or_default().to_owned()
    };
    let (base, cart) = (SHOP[0].1, SHOP[1].1);
    assert_eq!(said(cart, base), "2 files: no class has changed");
    assert_eq!(
        said(&cart.replace("Audited, Priced", "Base, Priced"), base),
        "✗ 2 files: raises now: Item"
    );
    assert_eq!(
        said(&cart.replace("Audited, Priced", "Priced, Audited"), base),
        "2 files: another MRO: Item · Item.save comes from elsewhere"
    );
    let more = format!("{cart}\n\nclass New(Item):\n    pass\n");
    assert_eq!(
        said(&more, &base.replace("price = 3", "cost = 3")),
        "2 files: Priced.cost is new · Priced.price is gone · new: New"
    );
}

#[test]
fn what_changes_while_it_is_read_has_it_begin_anew_and_in_the_end_once_more_after_that() {
    let mut tui = Tui::sketched(SHOP);
    // The first begins, and twenty begin it anew.
    for _ in 0..21 {
        files_change(&mut tui, &["shop/cart.py"]);
    }
    let asked = |tui: &mut Tui| {
        let effects = std::mem::take(&mut tui.effects);
        let again = effects.into_iter();
        again
            .filter_map(|it| match it {
                Effect::ReadAgain(generation) => Some(generation),
                _ => None,
            })
            .collect::<Vec<u64>>()
    };
    let begun: Vec<u64> = (2..=22).collect();
    assert_eq!(asked(&mut tui), begun, "each begins it anew");
    files_change(&mut tui, &["shop/base.py"]);
    files_change(&mut tui, &["shop/cart.py"]);
    assert!(asked(&mut tui).is_empty(), "one comes to its end");
    tui.ready(2, sketch(&SHOP[..1]));
    assert!(tui.screen().contains("6 classes"), "it was given up");
    tui.ready(22, sketch(SHOP));
    assert_eq!(asked(&mut tui), [23], "and what came too late is another");
    tui.ready(23, sketch(SHOP));
    assert!(asked(&mut tui).is_empty());
    tui.press("<f5>");
    assert_eq!(asked(&mut tui), [24]);
    tui.send(Msg::Load(LoadMsg::Failed {
        generation: 24,
        message: "`shop` does not exist".into(),
    }));
    let screen = tui.screen();
    assert!(
        screen.contains("6 classes"),
        "what was read stands\n{screen}"
    );
    assert!(screen.contains("could not be read again"), "{screen}");
    tui.press("<c-r>");
    assert_eq!(asked(&mut tui), [25]);
}

#[test]
fn a_selected_line_is_followed_to_where_it_is_after_an_edit() {
    let mut tui = Tui::sketched(SHOP).sized(80, 14);
    tui.press("/item<enter>jjjj");
    let line = |tui: &Tui| {
        let at = tui.state.here().line.expect("a line is selected");
        (tui.state.shown.page.lines[at].plain(), at)
    };
    let (before, at) = line(&tui);
    assert!(before.contains("Base"), "{before}");
    let deeper = SHOP[0]
        .1
        .replace("class Priced(Base)", "class Priced(Money)");
    let deeper = deeper.replace(
        "class Priced",
        "class Money(Base):\n    pass\n\n\nclass Priced",
    );
    tui.ready(2, sketch(&[("shop.base", &deeper), SHOP[1]]));
    let (after, now) = line(&tui);
    assert!(after.contains("Base"), "{after}\n{}", tui.screen());
    assert_eq!(now, at + 1);
}

/// The run says what is registered: two registries of these keys.
fn registered(tui: &mut Tui, generation: u64, keys: &[&str]) {
    let registries = ["shop.base:EXPORTS", "shop.cart:COUPONS"].map(|name| {
        let mut registry = Registry::new(RegistryKind::Dict, name);
        registry.rows = keys
            .iter()
            .map(|key| Registered::new(Some((*key).to_owned()), Leads::Text("export".to_owned())))
            .collect();
        registry
    });
    tui.send(Msg::Load(LoadMsg::Answer {
        generation,
        question: Query::Atlas,
        answer: Arc::new(Reply::Atlas(Arc::new(Atlas {
            registries: registries.into(),
        }))),
    }));
}

#[test]
fn a_page_that_is_asked_again_stands_and_is_marked_until_its_answer_is_there() {
    let mut tui = Tui::sketched(SHOP).sized(100, 20);
    tui.press("A");
    registered(&mut tui, 1, &["csv"]);
    tui.press("j<enter>");
    let before = tui.screen();
    assert!(
        before.contains("shop.cart:COUPONS") && before.contains("csv"),
        "{before}"
    );
    tui.ready(2, sketch(SHOP));
    let screen = tui.screen();
    assert!(screen.contains("↻ page from before"), "{screen}");
    assert_eq!(
        screen.lines().skip(1).collect::<Vec<_>>(),
        before.lines().skip(1).collect::<Vec<_>>(),
        "all but the first line is as it was"
    );
    registered(&mut tui, 2, &["csv", "tsv"]);
    let screen = tui.screen();
    assert!(!screen.contains('↻') && screen.contains("tsv"), "{screen}");
}

#[test]
fn a_page_that_is_left_while_it_stands_is_made_anew_when_one_comes_back() {
    let mut tui = Tui::sketched(SHOP).sized(100, 20);
    tui.press("A");
    registered(&mut tui, 1, &["csv"]);
    tui.ready(2, sketch(SHOP));
    tui.press("/item<enter>");
    assert!(!tui.screen().contains('↻'), "{}", tui.screen());
    tui.press("A");
    assert!(!tui.screen().contains("COUPONS"), "{}", tui.screen());
    registered(&mut tui, 2, &["tsv"]);
    assert!(tui.screen().contains("COUPONS"), "{}", tui.screen());
}

#[test]
fn what_is_pressed_on_a_page_that_is_being_worked_out_is_done_when_it_is_there() {
    let mut tui = Tui::sketched(SHOP).sized(100, 20);
    tui.press("Aj<enter>");
    assert!(
        footer(&tui).starts_with("presses j enter when the page is there"),
        "{}",
        tui.screen()
    );
    registered(&mut tui, 1, &["csv"]);
    let screen = tui.screen();
    assert!(
        screen.contains("COUPONS") && screen.contains("csv"),
        "{screen}"
    );

    let mut tui = Tui::sketched(SHOP).sized(100, 20);
    tui.press("Aj<enter><esc>");
    assert!(
        footer(&tui).starts_with("what was to come is forgotten"),
        "{}",
        tui.screen()
    );
    registered(&mut tui, 1, &["csv"]);
    assert!(tui.screen().contains("EXPORTS"), "{}", tui.screen());
}

#[test]
fn the_page_of_a_class_is_made_of_its_module_before_the_rest_is_read() {
    let mut tui = Tui::sketched(SHOP).sized(100, 20);
    tui.press("/item<enter>");
    assert!(!tui.screen().contains("Logged"), "{}", tui.screen());
    files_change(&mut tui, &["shop/cart.py"]);
    assert_eq!(tui.state.module_of_the_page().as_deref(), Some("shop.cart"));
    let edited = SHOP[1].1.replace("(Audited, Priced)", "(Audited, Logged)");
    let edited = format!("class Logged:\n    pass\n\n\n{edited}");
    let first = sketch(&[SHOP[0], ("shop.cart", &edited)]);
    tui.send(Msg::Load(LoadMsg::First {
        generation: 2,
        analysis: Arc::new(first),
    }));
    let screen = tui.screen();
    assert!(screen.contains("Logged"), "{screen}");
    assert!(screen.contains("this module first"), "{screen}");
    assert!(screen.contains("↻ so far ● exact"), "{screen}");
    assert!(
        screen.contains("6 classes"),
        "the rest is as it was\n{screen}"
    );
    // Another page is what it was, and says nothing of it.
    tui.press("/crossed<enter>c");
    assert!(
        !tui.screen().contains("this module first"),
        "{}",
        tui.screen()
    );
    tui.press("[[");
    assert!(tui.screen().contains("Logged"), "{}", tui.screen());
    read_again(&mut tui, 2, &[SHOP[0], ("shop.cart", &edited)]);
    let screen = tui.screen();
    assert!(
        screen.contains("Logged") && screen.contains("7 classes"),
        "{screen}"
    );
    assert!(!screen.contains("this module first"), "{screen}");
    // What comes after the rest is there is not wanted any more.
    tui.send(Msg::Load(LoadMsg::First {
        generation: 2,
        analysis: Arc::new(sketch(SHOP)),
    }));
    assert!(tui.screen().contains("Logged"), "{}", tui.screen());
}

#[test]
fn the_source_of_a_class_is_that_of_its_module_before_the_rest_is_read() {
    let edited = SHOP[1].1.replace("(Audited, Priced)", "(Audited, Logged)");
    let edited = format!("class Logged:\n    pass\n\n\n{edited}");
    for keys in ["/item<enter>s", "/item<enter><enter>"] {
        let mut tui = Tui::sketched(SHOP).sized(100, 20);
        tui.press(keys);
        assert!(tui.screen().contains("‹source›"), "{}", tui.screen());
        files_change(&mut tui, &["shop/cart.py"]);
        tui.send(Msg::Load(LoadMsg::First {
            generation: 2,
            analysis: Arc::new(sketch(&[SHOP[0], ("shop.cart", &edited)])),
        }));
        let screen = tui.screen();
        assert!(screen.contains("Logged"), "{keys}\n{screen}");
        assert!(screen.contains("↻ so far"), "{keys}\n{screen}");
    }
}
