//! `show --page across` and `--page beside`: what is asked of a name or of two classes, and what is missing.

use expect_test::expect;

use super::{SHOP, ran};

#[test]
fn a_name_across_all_that_derives_from_its_first_giver() {
    expect![[r#"
        save below Base  shop.base  ● exact

        8 classes have it, from 3 classes; first given by Base  base.py:2
        5 by the order of the MRO alone · 1 definition ends the chain

        m Right.save  for 1 other  calls no super(): Base.save does not run  cart.py:6
            Y       shop.crossed  by the order: ahead of Left.save                                      crossed.py:3

        m Left.save  for 4 others  ↑super  cart.py:3
            Cart    shop.cart     by the order: ahead of Right.save                                     cart.py:7
            X       shop.crossed  by the order: ahead of Right.save                                     crossed.py:2
            Order   shop.order    by the order: ahead of Right.save                                     order.py:3
            Remote  shop.order    by the order: ahead of Right.save; ? what is out of view may give it  order.py:5

        m Base.save  for itself alone  base.py:2
        exit 0
    "#]].assert_eq(&ran(SHOP, "show Cart --page across --name save"));
}

#[test]
fn two_classes_side_by_side() {
    expect![[r#"
        Order beside Right  ● exact

        3 classes in both MROs, 3 only in the first, 0 only in the second; Order derives from Right
        1 name from different classes, 24 from the same; 2 only in the first, 0 only in the second

        = in both  < only in the first  > only in the second
        <  1  Order              order.py:3
        <  2  Cart               cart.py:7
        <  3  Left               cart.py:2
        =  4  Right   1  Right   cart.py:5
        =  5  Base    2  Base    base.py:1
        =  6  object  3  object  interpreter

        what instances are
          the same metaclass and the same layout

        names from different classes
           name  first  second
        m  save  Left   Right

        only Order has
          Item, limit
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "show Order --page beside --with Right"));
}

#[test]
fn what_is_missing_or_misspelled_is_a_mistake() {
    let said = [
        "show Cart --page across",
        "show Cart --page across --name sabe",
        "show Cart --page members --name save",
        "show Cart --page beside",
        "show Cart --page beside --with Odrer",
        "show Cart --page beside --with Cart",
        "show Cart --with Order",
    ]
    .map(|arguments| ran(SHOP, arguments))
    .concat();
    expect![[r#"
        ! error: of which name?
        !   hint: give it: `--page across --name save`
        exit 2
        ! error: no class of the MRO of `shop.cart:Cart` defines `sabe`
        !   hint: did you mean `save`?
        exit 2
        ! error: --name is for the super and across pages
        !   hint: add `--page super` or `--page across`
        exit 2
        ! error: beside which class?
        !   hint: give it: `--page beside --with CreateView`
        exit 2
        ! error: no class is named `Odrer`
        !   hint: did you mean one of these?
        !     shop.order:Order
        !     ast:Or
        !     importlib._abc:Loader
        exit 2
        ! error: `shop.cart:Cart` was named twice
        !   hint: name another class
        exit 2
        ! error: --with is for the beside page alone
        !   hint: add `--page beside`
        exit 2
    "#]]
    .assert_eq(&said);
}

#[test]
fn slots_and_layouts_that_differ_are_said() {
    let files = "--- a.py\nclass Base:\n    __slots__ = ('x',)\nclass Point(Base):\n    __slots__ = ('y',)\nclass Loose(Base): ...\n";
    expect![[r#"
        Point beside Loose  ● exact

        2 classes in both MROs, 1 only in the first, 1 only in the second
        0 names from different classes, 24 from the same; 1 only in the first, 0 only in the second

        = in both  < only in the first  > only in the second
        <  1  Point              a.py:3
        >             1  Loose   a.py:5
        =  2  Base    2  Base    a.py:1
        =  3  object  3  object  interpreter

        what instances are
          instances  no __dict__, no __weakref__  __dict__, __weakref__
          slots      y, x                         x
          layout of  Point                        Base

        names from different classes
          none: what both have, both have from the same class

        only Point has
          y
        exit 0
    "#]]
    .assert_eq(&ran(files, "show Point --page beside --with Loose"));
}

#[test]
fn what_is_wrapped_or_calls_by_name_is_not_said_to_end_the_chain() {
    let files = "\
--- a.py
import functools
def logged(function):
    @functools.wraps(function)
    def inner(self):
        return function(self)
    return inner
class Base:
    def save(self): ...
class Wrapped(Base):
    @logged
    def save(self):
        super().save()
class Named(Base):
    def save(self):
        Base.save(self)
class Stops(Base):
    def save(self): ...
";
    let said = ran(files, "show Base --page across --name save");
    let stops: Vec<&str> = said
        .lines()
        .filter(|it| it.contains("calls no super()"))
        .collect();
    assert_eq!(stops.len(), 1, "{said}");
    assert!(stops[0].contains("Stops.save"), "{said}");
}
