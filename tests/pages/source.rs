//! The source page: the class as it stands in its file, and nothing in it that a terminal would obey.

use expect_test::expect;
use mroscope::view::{PageKind, Role, Settings};

use super::{DIAMOND, page};
use crate::support::sketch::sketch;

#[test]
fn the_class_is_shown_with_the_numbers_of_its_lines() {
    expect![[r#"
        Left  shop.cart                                                                    ● exact
        shop/cart.py
        4  class Left(Base):
        5      def save(self): super().save()
    "#]]
    .assert_eq(&page(PageKind::Source, DIAMOND, "Left"));
}

#[test]
fn tabs_reach_the_next_stop() {
    expect![[r#"
        Tabbed  shop.cart                                                                  ● exact
        shop/cart.py
        1  class Tabbed:
        2          x = 1   # one
    "#]]
    .assert_eq(&page(
        PageKind::Source,
        "class Tabbed:\n\tx = 1\t# one\n",
        "Tabbed",
    ));
}

#[test]
fn tokens_have_the_roles_of_what_they_are() {
    let text = "class Item:\n    name = 'cup'  # or mug\n";
    let analysis = sketch(&[("shop.cart", text)]);
    let item = analysis.named("shop.cart", "Item").expect("it is there");
    let page = mroscope::view::page(PageKind::Source, analysis.class(item), &Settings::default());
    let role_of = |wanted: &str| {
        page.lines.iter().find_map(|line| match &line.body {
            mroscope::view::Body::Source(line) => {
                let spans = line.spans().into_iter();
                let mut roles = spans.filter(|span| span.text == wanted);
                roles.next().map(|span| span.role)
            }
            _ => None,
        })
    };
    assert_eq!(role_of("class"), Some(Role::Keyword));
    assert_eq!(role_of("Item"), Some(Role::Definition));
    assert_eq!(role_of("'cup'"), Some(Role::String));
    assert_eq!(role_of("# or mug"), Some(Role::Comment));
}

#[test]
fn what_would_move_the_cursor_or_turn_the_text_is_shown_instead() {
    let text = "class Evil:\n    x = '\u{1b}[2J \u{202e}back \u{200b}none \u{9b}'\n";
    expect![[r#"
        Evil  shop.cart                                                                    ● exact
        shop/cart.py
        1  class Evil:
        2      x = '␛[2J ‹U+202E›back ‹U+200B›none ‹U+009B›'
    "#]]
    .assert_eq(&page(PageKind::Source, text, "Evil"));
}

#[test]
fn a_class_of_the_interpreter_has_no_source_to_show() {
    let analysis = sketch(&[]);
    let object = analysis.class(analysis.classes.object());
    let page = mroscope::view::page(PageKind::Source, object, &Settings::default());
    expect![[r#"
        object  builtins                                                                   ● exact
        the interpreter brings this class; its source is not in view

        class object()
    "#]]
    .assert_eq(&crate::support::text::page_at(&page, 90));
}
