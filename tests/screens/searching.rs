//! Searching for classes, and on a page.

use expect_test::expect;

use crate::screens::SHOP;
use crate::support::tui::Tui;

/// The names of the hits, best first.
fn hits(query: &str) -> Vec<String> {
    let mut tui = Tui::sketched(SHOP).sized(60, 24);
    tui.press("/").press(query);
    tui.screen()
        .lines()
        .skip(3)
        .take_while(|line| line.len() > 3 && !line.starts_with('─'))
        .filter_map(|line| line.trim_start_matches(['▌', ' ']).split(' ').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_search_shows_its_hits_as_one_types_and_the_page_of_the_selected_one() {
    let mut tui = Tui::sketched(SHOP).sized(110, 16);
    tui.press("/ed");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ✗ 1 raise · ○ 1 unknown                                         python 3.13
        ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
         / ed                                                                                                  3 of 9
        ▌ Priced                                    shop.base │ Priced  shop.base                             ● exact
          Audited                                   shop.base │  class Priced(Base)  shop/base.py:11
          Crossed                                   shop.cart │
                                                              │     class   module     gives  hidden  place
                                                              │  1  Priced  shop.base      2       ·  base.py:11
                                                              │  2  Base    shop.base      ·       1  base.py:1
                                                              │  3  object  builtins       4       ·  interpreter
                                                              │
                                                              │  instances  __dict__ · __weakref__ · hash not known ·
                                                              │    not abstract
                                                              │
        ──────────────────────────────────────────────────────┴───────────────────────────────────────────────────────
         enter open  ↓ next  ↑ previous  esc leave
    "#]].assert_eq(&tui.screen());
}

#[test]
fn the_name_itself_comes_before_what_begins_with_it_and_that_before_scattered_letters() {
    assert_eq!(hits("base")[0], "Base");
    assert_eq!(hits("a")[0], "Audited");
    assert_eq!(hits("type")[0], "type");
}

#[test]
fn words_match_in_any_order_by_name_or_by_module() {
    assert_eq!(hits("item cart"), ["Item"]);
    assert_eq!(hits("cart item"), ["Item"]);
    assert_eq!(hits("base priced"), ["Priced"]);
}

#[test]
fn the_projects_classes_come_before_the_interpreters() {
    let found = hits("e");
    let object = found.iter().position(|name| name == "object");
    let item = found.iter().position(|name| name == "Item");
    assert!(item.is_some() && item < object, "{found:?}");
}

#[test]
fn erasing_letters_finds_again_what_they_had_shut_out() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/itemxx");
    assert!(
        tui.screen().contains("no class has these letters"),
        "{}",
        tui.screen()
    );
    tui.press("<bs><bs>");
    assert!(tui.screen().contains("▌ Item"), "{}", tui.screen());
    tui.press("<c-u>");
    assert!(
        tui.screen().contains("a few letters of the name"),
        "{}",
        tui.screen()
    );
}

#[test]
fn next_match_goes_through_what_was_found() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/ed<enter>");
    let title = |tui: &Tui| tui.state.class().map(|class| class.name().to_owned());
    assert_eq!(title(&tui).as_deref(), Some("Priced"));
    tui.press("n");
    assert_eq!(title(&tui).as_deref(), Some("Audited"));
    assert!(tui.screen().contains("2 of 3 found"), "{}", tui.screen());
    tui.press("NN");
    assert_eq!(title(&tui).as_deref(), Some("Crossed"));
}

#[test]
fn leaving_a_search_changes_nothing() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/item<enter>");
    let before = tui.screen();
    tui.press("/priced<esc>j");
    let after = tui.press("k").screen();
    assert_eq!(before.lines().next(), after.lines().next());
    assert!(after.contains("Item  shop.cart"), "{after}");
}

#[test]
fn the_members_page_narrows_to_what_matches() {
    let mut tui = Tui::sketched(SHOP).sized(80, 16);
    tui.press("/item<enter>mfsav");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ✗ 1 raise · ○ 1 unknown           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              6 │ Item  shop.cart                               ● exact
           ▸ base             3 │  mro ‹members› merge  source  plugins  prob 1  cov
           ▾ cart             3 ├───────────────────────────────────────────────────────
              ✗ Crossed         │  7 names, 1 with several definitions, 6 not listed
              Far               │  +inherited +private +dunder -object   by name  only
        ▌     Item              │    sav
                                │
                                │     name  given by                      place      is
                                │▌ m  save  Audited ↑super Priced ↑super  base.py:7
                                │▌          Base
                                │
                                │
        ────────────────────────┴───────────────────────────────────────────────────────
         filter: sav                                              enter keep  esc clear
    "#]]
    .assert_eq(&tui.screen());
    tui.press("<enter>");
    assert!(tui.screen().contains("filter: sav"), "{}", tui.screen());
    tui.press("<esc>");
    assert!(tui.screen().contains("total"), "{}", tui.screen());
}

#[test]
fn on_a_source_page_find_goes_from_line_to_line() {
    let mut tui = Tui::sketched(SHOP);
    tui.press("/base<enter>s<enter>fsuper<enter>");
    let line = |tui: &Tui| tui.state.here().line;
    let first = line(&tui);
    tui.press("n");
    let second = line(&tui);
    assert!(first < second, "{first:?} {second:?}");
    tui.press("N");
    assert_eq!(line(&tui), first);
    assert!(tui.roles().contains("match"), "{}", tui.roles());
    tui.press("<esc>fnowhere<enter>");
    assert!(
        tui.screen().contains("`nowhere` is not on this page"),
        "{}",
        tui.screen()
    );
}

#[test]
fn a_class_that_is_named_comes_before_others_whose_names_have_the_words() {
    assert_eq!(hits("base Priced")[0], "Priced");
    assert_eq!(hits("shop.base.Priced")[0], "Priced");
    assert_eq!(hits("base:Priced")[0], "Priced");
    assert_eq!(hits("shop.base:pri")[0], "Priced");
}
