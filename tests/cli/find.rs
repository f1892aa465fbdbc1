//! `mroscope find`: classes by what they are.

use expect_test::expect;

use super::{SHOP, ran};

#[test]
fn classes_are_found_by_what_they_are() {
    expect![[r#"
        overrides:save in:shop.cart

        2 classes

        class  module     place
        Left   shop.cart  shop/cart.py:2  ● exact
        Right  shop.cart  shop/cart.py:5  ● exact
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "find overrides:save in:shop.cart"));
    expect![[r#"
        mro:Cart -is:raises

        3 classes

        class   module      place
        Cart    shop.cart   shop/cart.py:7   ● exact
        Order   shop.order  shop/order.py:3  ● exact
        Remote  shop.order  shop/order.py:5  ○ unknown 1
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "find -- mro:Cart -is:raises"));
    expect![[r#"
        raises:

        1 class

        class    module        place
        Crossed  shop.crossed  shop/crossed.py:4  ✗ raises
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "find raises:"));
}

#[test]
fn what_cannot_be_asked_is_said_with_what_can() {
    expect![[r#"
        ! error: `is:` does not know `odd`, but exact, assumed, unknown, raises, not-reached, abstract, metaclass, called, project, library
        !   hint: `mroscope find --help` lists what can be asked
        exit 2
    "#]].assert_eq(&ran(SHOP, "find is:odd"));
    expect![[r#"
        ! error: `depth:` wants a number, not `deep`: `depth:>8`
        !   hint: `mroscope find --help` lists what can be asked
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "find depth:deep"));
}

#[test]
fn without_a_class_show_prints_the_home() {
    expect![[r#"
        shop  home

        5 files · 11 classes

        where to look
        most derived from  Base 7 · Left 5 · Right 5
        longest MRO        Order 6 · Cart 5 · X 5
        raise              ✗ 1  Crossed
        not known          ○ 1 class, 1 cause
        registered         plugins: by which key, where, and who wins
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "show --path shop"));
    expect![[r#"
        ! error: of which class?
        !   hint: name a class or module; without one, the project itself is shown
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "show --page members"));
}
