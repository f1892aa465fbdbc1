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
        .filter_map(|line| line.trim_start_matches(['▌', ' ']).split(' ').nth(1))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_search_shows_its_hits_as_one_types_and_the_page_of_the_selected_one() {
    let mut tui = Tui::sketched(SHOP).sized(110, 16);
    tui.press("/ed");
    expect![[r#"
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise                                         python 3.13
        ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
         / ed                                                                                                 3 of 28
        ▌ k Priced                                  shop.base │ Priced  shop.base                             ● exact
          k Audited                                 shop.base │  class Priced(Base)  shop/base.py:11
          k Crossed  ✗ raises                       shop.cart │
                                                              │     class   module     gives  hidden  place
                                                              │  1  Priced  shop.base      2       ·  base.py:11
                                                              │  2  Base    shop.base      ·       1  base.py:1
                                                              │  3  object  builtins       4       ·  interpreter
                                                              │
                                                              │  instances  __dict__ · __weakref__ ·
                                                              │    hash not known · not abstract
                                                              │
        ──────────────────────────────────────────────────────┴───────────────────────────────────────────────────────
         enter open  tab complete  ↓ next  ↑ previous  esc leave
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
        tui.screen().contains("nothing has these letters"),
        "{}",
        tui.screen()
    );
    tui.press("<bs><bs>");
    assert!(tui.screen().contains("▌ k Item"), "{}", tui.screen());
    tui.press("<c-u>");
    assert!(
        tui.screen().contains("letters of a class"),
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
         sketch · 6 classes · ● 4 exact · ○ 1 unknown · ✗ 1 raise           python 3.13
        ────────────────────────┬───────────────────────────────────────────────────────
          ▾ shop              6 │ Item  shop.cart                               ● exact
           ▸ base             3 │  mro ‹members› merge  source  plugins  problems 1 …
           ▾ cart             3 ├───────────────────────────────────────────────────────
              ✗ Crossed         │  7 names, 1 with several definitions, 6 not listed
              Far               │  by name: inherited private special, not object's
        ▌     Item              │    only sav
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

/// What a search shows, on a screen of this width: each row as it stands, blanks drawn together.
fn rows(modules: &[(&str, &str)], width: u16, query: &str) -> Vec<String> {
    let mut tui = Tui::sketched(modules).sized(width, 24);
    tui.press("/").press(query);
    let screen = tui.screen();
    let rows = screen.lines().skip(3);
    rows.take_while(|line| line.len() > 3 && !line.starts_with('─'))
        .map(|line| {
            let line = line.split('│').next().unwrap_or_default();
            let words: Vec<&str> = line.split_whitespace().collect();
            words.join(" ").trim_start_matches("▌ ").to_owned()
        })
        .collect()
}

#[test]
fn members_are_found_by_their_class_and_a_dot_whoever_gives_them() {
    assert_eq!(
        rows(SHOP, 90, "item.sav"),
        ["m Item.save from Audited shop.cart"]
    );
    assert_eq!(rows(SHOP, 90, "item.")[0], "m Item.total shop.cart");
    let found = rows(SHOP, 90, "save");
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(rows(SHOP, 90, "save priced"), ["m Priced.save shop.base"]);
    assert_eq!(rows(SHOP, 90, "member:pri"), ["v Priced.price shop.base"]);
}

#[test]
fn modules_lines_and_rules_are_found_too() {
    assert_eq!(rows(SHOP, 90, "shop.cart")[0], "▤ shop.cart module");
    assert_eq!(rows(SHOP, 90, "module:base"), ["▤ shop.base module"]);
    assert_eq!(rows(SHOP, 90, "cart.py:7"), ["≡ shop/cart.py:7 file"]);
    assert_eq!(
        rows(SHOP, 90, "inconsistent")[0],
        "! inconsistent-mro rule of check"
    );
    let mut tui = Tui::sketched(SHOP);
    tui.press("/cart.py:7<enter>");
    assert!(
        tui.screen().contains("▌ 6  class Crossed") || tui.screen().contains("▌  7"),
        "{}",
        tui.screen()
    );
    tui.press("/module:base<enter>");
    assert!(tui.screen().contains("shop.base"), "{}", tui.screen());
}

#[test]
fn classes_are_found_by_what_they_are() {
    assert_eq!(rows(SHOP, 60, "overrides:save").len(), 2);
    assert_eq!(
        rows(SHOP, 90, "mro:base -is:raises defines:save priced"),
        ["k Priced shop.base"]
    );
    assert_eq!(rows(SHOP, 90, "is:unknown"), ["k Far shop.cart"]);
    assert_eq!(rows(SHOP, 90, "raises:"), ["k Crossed ✗ raises shop.cart"]);
    assert_eq!(rows(SHOP, 90, "length:>4"), ["k Item shop.cart"]);
    assert_eq!(
        rows(SHOP, 90, "is:odd")[0],
        "`is:` does not know `odd`, but exact, assumed, unknown, raises, not-reached, abstract, m"
    );
}

#[test]
fn tab_completes_terms_and_what_stands_behind_their_colon() {
    let mut tui = Tui::sketched(SHOP).sized(90, 24);
    let typed = |tui: &Tui| {
        tui.screen()
            .lines()
            .nth(2)
            .map(|it| it[..40].trim().to_owned())
    };
    tui.press("/ove<tab>");
    assert_eq!(typed(&tui).as_deref(), Some("/ overrides:"));
    tui.press("sa<tab>");
    assert_eq!(typed(&tui).as_deref(), Some("/ overrides:save"));
    tui.press(" under:A<tab>");
    assert_eq!(
        typed(&tui).as_deref(),
        Some("/ overrides:save under:Audited")
    );
    tui.press("<c-u>-is:a<tab><tab>");
    assert_eq!(typed(&tui).as_deref(), Some("/ -is:abstract"));
}

#[test]
fn what_was_read_lately_comes_first_among_equals() {
    let before = hits("d");
    let mut tui = Tui::sketched(SHOP).sized(60, 24);
    tui.press("/crossed<enter>/d");
    let first = |tui: &Tui| tui.screen().lines().nth(3).unwrap_or_default().to_owned();
    assert!(!before[0].contains("Crossed"), "{before:?}");
    assert!(first(&tui).contains("Crossed"), "{}", tui.screen());
}
