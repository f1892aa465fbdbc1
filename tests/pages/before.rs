//! The why-before page: what forces the order of two classes, or what chose it.

use expect_test::expect;
use mroscope::view::why_before;

use super::DIAMOND;
use crate::support::sketch::sketch;
use crate::support::text::page_at;

/// Why one class stands before another in the MRO of a class of `shop.cart`.
fn why(text: &str, class: &str, one: &str, other: &str) -> String {
    let analysis = sketch(&[("shop.cart", text)]);
    let named = |name: &str| {
        let mro = analysis.class(analysis.named("shop.cart", class).expect("it is there"));
        let mut mro = mro.known_ancestry().into_iter();
        mro.find(|it| it.name() == name).expect("it is in the MRO")
    };
    let class = analysis.class(analysis.named("shop.cart", class).expect("it is there"));
    page_at(&why_before(class, named(one), named(other)), 90)
}

#[test]
fn what_is_forced_names_each_statement_with_its_place() {
    expect![[r#"
        why Left before Right                                                              ● exact
        this statement forces it  in the MRO of Both
        1  Left before Right in the bases of Both  class Both(Left, Right)  cart.py:9
    "#]]
    .assert_eq(&why(DIAMOND, "Both", "Left", "Right"));
    expect![[r#"
        why Both before Base                                                               ● exact
        2 statements force it, one after the other  in the MRO of Both
        1  Both derives from Left  class Both(Left, Right)  cart.py:9
        2  Left derives from Base  class Left(Base)         cart.py:4
    "#]]
    .assert_eq(&why(DIAMOND, "Both", "Base", "Both"));
}

const WIDE: &str = "\
class Root: ...
class Left(Root): ...
class Other: ...
class Wide(Left, Other): ...
class Below(Wide): ...
class Pair(Left, Other): ...
class Late: ...
class Mixed(Late, Other): ...
class Behind(Left, Mixed): ...
";

#[test]
fn what_nothing_forces_names_the_step_of_the_merge_that_chose() {
    expect![[r#"
        why Root before Other                                                              ● exact
        no statement demands it: with Other before Root every base list would hold as well;
          the merge chose  in the MRO of Wide
        1  step 2 of the merge for Wide takes Root,             class Wide(Left, Other)  cart.py:4
           the head of the MRO of Left
        2  Other could have been taken too, but heads a list    class Other              cart.py:3
           further right, the MRO of Other
        the merge, step by step
    "#]]
    .assert_eq(&why(WIDE, "Wide", "Root", "Other"));
    expect![[r#"
        why Root before Other                                                              ● exact
        no statement demands it: with Other before Root every base list would hold as well;
          the merge chose  in the MRO of Below
        1  step 2 of the merge for Wide takes Root,             class Wide(Left, Other)  cart.py:4
           the head of the MRO of Left
        2  Other could have been taken too, but heads a list    class Other              cart.py:3
           further right, the MRO of Other
        Below keeps the order of Wide, from which it derives
    "#]]
    .assert_eq(&why(WIDE, "Below", "Root", "Other"));
    expect![[r#"
        why Root before Other                                                              ● exact
        no statement demands it: with Other before Root every base list would hold as well;
          the merge chose  in the MRO of Behind
        1  step 2 of the merge for Behind takes Root,         class Behind(Left, Mixed)  cart.py:9
           the head of the MRO of Left
        2  Other has to wait: it stands behind Mixed in the   class Mixed(Late, Other)   cart.py:8
           MRO of Mixed
        the merge, step by step
    "#]]
    .assert_eq(&why(WIDE, "Behind", "Root", "Other"));
}

#[test]
fn one_class_twice_asks_for_another() {
    expect![[r#"
        why Root before Root                                                               ● exact
        both are the same class: choose another one of the MRO
    "#]]
    .assert_eq(&why(WIDE, "Wide", "Root", "Root"));
}

#[test]
fn a_class_without_an_mro_has_no_order_to_explain() {
    let analysis = sketch(&[("shop.cart", super::CROSSED)]);
    let named = |name: &str| analysis.class(analysis.named("shop.cart", name).expect("it is"));
    let page = why_before(named("Crossed"), named("Crossed"), named("A"));
    expect![[r#"
        Crossed                                                                           ✗ raises
        Crossed: the class has no MRO that is known, so there is no order to explain
    "#]]
    .assert_eq(&page_at(&page, 90));
}
