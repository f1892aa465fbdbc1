//! The linearization page: the list, why it has that order, and what stands in its place.

use expect_test::expect;
use mroscope::view::{Link, PageKind, Settings};

use super::{CROSSED, DIAMOND, page};
use crate::support::sketch::sketch;

fn linearization(text: &str, class: &str) -> String {
    page(PageKind::Linearization, text, class)
}

#[test]
fn a_diamond_lists_each_class_once_and_says_why_in_that_order() {
    expect![[r#"
        Both  shop.cart                                                                    ● exact
        class Both(Left, Right)  shop/cart.py:9

           class   module     gives  hidden  place
        1  Both    shop.cart      1       ·  cart.py:9
        2  Left    shop.cart      1       ·  cart.py:4
        3  Right   shop.cart      1       1  cart.py:6
        4  Base    shop.cart      ·       2  cart.py:1
        5  object  builtins       4       ·  interpreter

        instances  __dict__ · __weakref__ · hash not known · not abstract

        why each comes before the next
        1  Both   derives from Left                  cart.py:9
        2  Left   before Right in the bases of Both  cart.py:9
        3  Right  derives from Base                  cart.py:6
        4  Base   derives from object                cart.py:1
    "#]]
    .assert_eq(&linearization(DIAMOND, "Both"));
}

#[test]
fn what_no_statement_demands_is_told_apart_from_what_one_does() {
    let text = "\
class Root: ...
class Mixin: ...
class Left(Mixin, Root): ...
class Right(Root): ...
class Other: ...
class Both(Left, Right, Other): ...
class Wide(Left, Other): ...
";
    expect![[r#"
        Wide  shop.cart                                                                    ● exact
        class Wide(Left, Other)  shop/cart.py:7

           class   module     gives  hidden  place
        1  Wide    shop.cart      ·       ·  cart.py:7
        2  Left    shop.cart      ·       ·  cart.py:3
        3  Mixin   shop.cart      ·       ·  cart.py:2
        4  Root    shop.cart      ·       ·  cart.py:1
        5  Other   shop.cart      ·       ·  cart.py:5
        6  object  builtins       4       ·  interpreter

        instances  __dict__ · __weakref__ · hash not known · not abstract

        why each comes before the next
        1  Wide   derives from Left                                  cart.py:7
        2  Left   derives from Mixin                                 cart.py:3
        3  Mixin  before Root in the bases of Left                   cart.py:3
        4  Root   comes with Left before Other in the bases of Wide  cart.py:7
        5  Other  derives from object                                cart.py:5
    "#]]
    .assert_eq(&linearization(text, "Wide"));
    expect![[r#"
        Both  shop.cart                                                                    ● exact
        class Both(Left, Right, Other)  shop/cart.py:6

           class   module     gives  hidden  place
        1  Both    shop.cart      ·       ·  cart.py:6
        2  Left    shop.cart      ·       ·  cart.py:3
        3  Mixin   shop.cart      ·       ·  cart.py:2
        4  Right   shop.cart      ·       ·  cart.py:4
        5  Root    shop.cart      ·       ·  cart.py:1
        6  Other   shop.cart      ·       ·  cart.py:5
        7  object  builtins       4       ·  interpreter

        instances  __dict__ · __weakref__ · hash not known · not abstract

        why each comes before the next
        1  Both   derives from Left                                  cart.py:6
        2  Left   derives from Mixin                                 cart.py:3
        3  Mixin  comes with Left before Right in the bases of Both  cart.py:6
        4  Right  derives from Root                                  cart.py:4
        5  Root   comes with Left before Other in the bases of Both  cart.py:6
        6  Other  derives from object                                cart.py:5
    "#]]
    .assert_eq(&linearization(text, "Both"));
}

#[test]
fn a_class_that_raises_shows_the_error_and_the_statements_that_cannot_all_hold() {
    expect![[r#"
        Crossed  shop.cart                                                                ✗ raises
        class Crossed(X, Y)  shop/cart.py:5

        TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B

        these two cannot both hold
          shop/cart.py:3  class X(A, B)        A before B
          shop/cart.py:4  class Y(B, A)        B before A
          shop/cart.py:5  class Crossed(X, Y)  keeps them all
          the merge sticks at step 3: A, B each stand in a tail
    "#]]
    .assert_eq(&linearization(CROSSED, "Crossed"));
}

#[test]
fn a_metaclass_conflict_names_both_metaclasses_and_the_base_that_brings_the_second() {
    let text = "\
class One(type): ...
class Two(type): ...
class A(metaclass=One): ...
class B(metaclass=Two): ...
class Meeting(A, B): ...
";
    expect![[r#"
        Meeting  shop.cart                                                                ✗ raises
        class Meeting(A, B)  shop/cart.py:5

        TypeError: MetaclassConflict { chosen: ClassId(3), other: ClassId(4), through:
          ClassId(6) }

        a metaclass has to derive from those of all bases: neither of these does
          shop/cart.py:3  class A(metaclass=One)  brings One  cart.py:1
          shop/cart.py:4  class B(metaclass=Two)  brings Two  cart.py:2
    "#]]
    .assert_eq(&linearization(text, "Meeting"));
}

#[test]
fn what_is_out_of_view_is_never_shown_as_an_mro() {
    let text = "\
class Known: ...
class Sub(gone.Thing, Known):
    def run(self): ...
";
    expect![[r#"
        Sub  shop.cart                                                                 ○ unknown 1
        class Sub(gone.Thing, Known)  shop/cart.py:2

        its MRO cannot be known: 1 thing is out of view
        ○ `gone.Thing`: `gone` is not installed in the environment that was searched
          (shop/cart.py:2)

        what is known of its ancestors; what is out of view may stand before any of them
           class       module       gives  hidden  place
        1  Sub         shop.cart        1       ·  cart.py:2
        ?  gone.Thing  out of view                 cart.py:2
        ○  Known       shop.cart        ·       ·  cart.py:1
        ○  object      builtins         4       ·  interpreter
    "#]]
    .assert_eq(&linearization(text, "Sub"));
}

#[test]
fn an_assumption_is_counted_beside_the_title_and_said_below_the_list() {
    expect![[r#"
        Sure  shop.cart                                                                ◐ assumed 1
        class Sure  shop/cart.py:1

           class   module     gives  hidden  place
        1  Sure    shop.cart      ·       ·  cart.py:1
        2  object  builtins       4       ·  interpreter

        instances  __dict__ · __weakref__ · hash not known · not abstract

        this holds if
        ◐ the decorator returns the class it was given  shop/cart.py:1
    "#]]
    .assert_eq(&linearization("class Sure: # assumed\n    pass\n", "Sure"));
}

#[test]
fn a_metaclass_other_than_type_is_named() {
    let text = "class Meta(type): ...\nclass Model(metaclass=Meta): ...\n";
    expect![[r#"
        Model  shop.cart                                                                   ● exact
        class Model(metaclass=Meta)  shop/cart.py:2
        metaclass Meta  shop.cart

           class   module     gives  hidden  place
        1  Model   shop.cart      ·       ·  cart.py:2
        2  object  builtins       4       ·  interpreter

        instances  __dict__ · __weakref__ · hash not known · not abstract
    "#]]
    .assert_eq(&linearization(text, "Model"));
}

#[test]
fn every_class_of_the_list_leads_to_that_class() {
    let analysis = sketch(&[("shop.cart", DIAMOND)]);
    let both = analysis.named("shop.cart", "Both").expect("it is there");
    let page = mroscope::view::page(
        PageKind::Linearization,
        analysis.class(both),
        &Settings::default(),
    );
    let led_to: Vec<String> = page
        .lines
        .iter()
        .filter_map(|line| match &line.link {
            Some(Link::Class(path)) => Some(path.to_string()),
            _ => None,
        })
        .take(5)
        .collect();
    assert_eq!(
        led_to,
        [
            "shop.cart:Both",
            "shop.cart:Left",
            "shop.cart:Right",
            "shop.cart:Base",
            "builtins:object"
        ]
    );
}
