//! The beside page: two MROs aligned, what stands in another order, what comes from elsewhere.

use expect_test::expect;
use mroscope::view::{Settings, beside};

use super::{CROSSED, DIAMOND};
use crate::support::sketch::sketch;
use crate::support::text::page_at;

fn side_by_side(text: &str, one: &str, other: &str) -> String {
    let analysis = sketch(&[("shop.cart", text)]);
    let named = |name: &str| {
        let id = analysis
            .named("shop.cart", name)
            .expect("it is in the text");
        analysis.class(id)
    };
    page_at(
        &beside(named(one), named(other), &Settings::default(), None),
        90,
    )
}

#[test]
fn mros_are_aligned_on_what_both_have() {
    expect![[r#"
        Both beside Right                                                                  ● exact
        3 classes in both MROs, 2 only in the first, 0 only in the second; Both derives from Right
        2 names from different classes, 5 from the same; 0 only in the first, 0 only in the second

        = in both  < only in the first  > only in the second
        <  1  Both               cart.py:9
        <  2  Left               cart.py:4
        =  3  Right   1  Right   cart.py:6
        =  4  Base    2  Base    cart.py:1
        =  5  object  3  object  interpreter

        what instances are
          the same metaclass and the same layout

        names from different classes
           name  first  second
        m  load  Both   Base
        m  save  Left   Right
    "#]]
    .assert_eq(&side_by_side(DIAMOND, "Both", "Right"));
}

#[test]
fn another_order_and_another_metaclass_are_said() {
    let text = "\
class Meta(type): ...
class Left:
    def go(self): ...
class Right:
    @property
    def go(self): ...
class One(Left, Right): ...
class Two(Right, Left, metaclass=Meta):
    own = 1
";
    expect![[r#"
        One beside Two                                                                     ● exact
        3 classes in both MROs, 1 only in the first, 1 only in the second
        1 name from different classes, 4 from the same; 0 only in the first, 1 only in the second

        = in both  < only in the first  > only in the second  ~ in both, in another order
        <  1  One                cart.py:7
        ~  2  Left               cart.py:2
        >             1  Two     cart.py:8
        =  3  Right   2  Right   cart.py:4
        ~             3  Left    cart.py:2
        =  4  object  4  object  interpreter

        in another order
          Left before Right in the first, behind it in the second

        what instances are
          metaclass  type  Meta

        names from different classes
           name  first  second
        m  go    Left   Right   a method in the first, a property in the second

        only Two has
          own
    "#]]
    .assert_eq(&side_by_side(text, "One", "Two"));
}

#[test]
fn a_class_that_is_not_made_is_said_to_be_compared_by_what_is_known() {
    expect![[r#"
        Crossed beside X                                                         ✗ raises  ● exact
        0 classes in both MROs, 1 only in the first, 4 only in the second
        0 names from different classes, 0 from the same; 1 only in the first, 4 only in the second
        ○ Crossed has no MRO that is known: what is known of its ancestors is compared

        = in both  < only in the first  > only in the second
        <  1  Crossed             cart.py:5
        >              1  X       cart.py:3
        >              2  A       cart.py:1
        >              3  B       cart.py:2
        >              4  object  interpreter

        what instances are
          metaclass  not known  type
          instances  not known  __dict__, __weakref__
          layout of  not known  object

        names from different classes
          none: what both have, both have from the same class

        only Crossed has
          go

        only X has
          __init__, __init_subclass__, __new__, __repr__
    "#]]
    .assert_eq(&side_by_side(CROSSED, "Crossed", "X"));
    expect![[r#"
        X beside X                                                                         ● exact
        both are the same class: choose another one
    "#]]
    .assert_eq(&side_by_side(CROSSED, "X", "X"));
}
