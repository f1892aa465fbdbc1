//! `mroscope why CLASS --before FIRST SECOND`: the order of two classes of an MRO, and what is said to names that are not there.

use expect_test::expect;

use super::{SHOP, ran};

#[test]
fn the_statements_that_force_the_order_are_printed() {
    expect![[r#"
        why Left before Base  ● exact

        this statement forces it  in the MRO of Order
        1  Left derives from Base  class Left(Base)  cart.py:2
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "why Order --before Left Base"));
    expect![[r#"
        why Cart before Base  ● exact

        2 statements force it, one after the other  in the MRO of Order
        1  Cart derives from Left  class Cart(Left, Right)  cart.py:7
        2  Left derives from Base  class Left(Base)         cart.py:2
        ! Base stands behind Cart
        exit 1
    "#]]
    .assert_eq(&ran(SHOP, "why Order --before shop.base:Base Cart"));
}

#[test]
fn programs_get_the_steps_and_the_choice() {
    expect![[r#"
        {"id":"shop.order:Order","first":"shop.cart:Left","second":"shop.cart:Right","forced":true,"steps":[{"first":"shop.cart:Left","second":"shop.cart:Right","says":"bases","by":"shop.cart:Cart","file":"shop/cart.py","line":7}],"chosen":null}
        exit 0
    "#]].assert_eq(&ran(SHOP, "why Order --before Left Right --json"));
    let chosen = "--- a.py\nclass Root: ...\nclass Left(Root): ...\nclass Other: ...\nclass Wide(Left, Other): ...\n";
    expect![[r#"
        {"id":"a:Wide","first":"a:Root","second":"a:Other","forced":false,"steps":null,"chosen":{"by":"a:Wide","step":2,"list":"a:Left","other":"later","other_list":"a:Other","head":null}}
        exit 0
    "#]].assert_eq(&ran(chosen, "why Wide --before Root Other --json"));
}

#[test]
fn what_is_not_in_the_mro_is_a_mistake_with_what_is_near() {
    let said = [
        "why Order --before Left Bsae",
        "why Order --before Left Left",
        "why Crossed --before Left Right",
        "why Nowhere --before Left Right",
        "why Order --before Left",
        "why Order --before Left Right --access read",
    ]
    .map(|arguments| ran(SHOP, arguments))
    .concat();
    expect![[r#"
        ! error: `Bsae` is not in the MRO of `shop.order:Order`
        !   hint: did you mean `Base`?
        exit 2
        ! error: `shop.cart:Left` was named twice
        !   hint: name two classes of the MRO
        exit 2
        ! error: `shop.crossed:Crossed` has no MRO that is known
        !   hint: `mroscope show shop.crossed:Crossed` says why
        exit 2
        ! error: no class is named `Nowhere`
        exit 2
        ! error: 2 values required for '--before <FIRST> <SECOND>' but 1 was provided
        !
        ! Usage: mroscope why [OPTIONS] <TARGET>
        !
        ! For more information, try '--help'.
        exit 2
        ! error: the argument '--before <FIRST> <SECOND>' cannot be used with '--access <WAY>'
        !
        ! Usage: mroscope why --before <FIRST> <SECOND> <TARGET>
        !
        ! For more information, try '--help'.
        exit 2
    "#]]
    .assert_eq(&said);
}

#[test]
fn what_an_mro_of_its_own_puts_in_order_is_said_to_come_from_it() {
    let files = "\
--- a.py
class Turned(type):
    def mro(cls):
        if cls.__name__ == 'Below':
            return super().mro()
        return [cls, Second, First, object]
class First: ...
class Second: ...
class Odd(First, Second, metaclass=Turned): ...
class Below(Odd): ...
";
    expect![[r#"
        why Second before First  ● exact

        this statement forces it  in the MRO of Odd
        1  Odd puts Second before First: its metaclass has an `mro()` of its own  class Odd(First, Second, metaclass=Turned)  a.py:8
        exit 0
    "#]].assert_eq(&ran(files, "why Odd --before Second First"));
    expect![[r#"
        why Second before First  ● exact

        this statement forces it  in the MRO of Below
        1  Odd puts Second before First: its metaclass has an `mro()` of its own  class Odd(First, Second, metaclass=Turned)  a.py:8
        exit 0
    "#]].assert_eq(&ran(files, "why Below --before Second First"));
}
