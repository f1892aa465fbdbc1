//! `mroscope op`: what runs for an operator, and bad input.

use super::ran;

const SHOP: &str = "\
--- shop.py
class Price:
    def __add__(self, other):
        return NotImplemented

class Discount(Price):
    def __radd__(self, other):
        return 1

class Late:
    def __init__(self, day):
        self.day = day
";

#[test]
fn the_reflected_method_of_a_subclass_is_asked_first() {
    let said = ran(SHOP, "op Price+Discount .");
    assert!(said.contains("Price()+Discount()"), "{said}");
    assert!(said.contains("exact"), "{said}");
    assert!(said.contains("gives an object of type int"), "{said}");
    assert!(said.contains("1  Discount.__radd__"), "{said}");
    assert!(
        said.contains("first, as it overrides the other's: gave int"),
        "{said}"
    );
    // What is not asked in this run says how it could end.
    assert!(
        said.contains("Discount.__add__ from Price") || said.contains("Price.__add__"),
        "{said}"
    );
    assert!(said.contains("can end: NotImplemented"), "{said}");
}

const TWO: &str = "\
--- one.py
class A:
    def __add__(self, other):
        return NotImplemented

    __hash__ = None

    def __len__(self):
        return 2

--- two.py
class B:
    def __radd__(self, other):
        raise ValueError('never')
";

#[test]
fn classes_of_two_modules_meet() {
    let said = ran(TWO, "op one:A+two:B .");
    assert!(said.contains("raises ValueError: never"), "{said}");
    assert!(said.contains("A.__add__"), "{said}");
    assert!(said.contains("raised ValueError"), "{said}");
    let said = ran(TWO, "op bool(A) .");
    assert!(said.contains("no such method"), "{said}");
    assert!(said.contains("gave int (whether it is zero)"), "{said}");
}

#[test]
fn the_operators_of_a_class_are_a_page() {
    let said = ran(TWO, "show A --page operators");
    for expected in [
        "A · operators",
        "no __bool__: __len__, true where it is not zero",
        "taken back: __hash__ is None",
        "_ + x",
        "none: ",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn bad_input_is_named() {
    for (asked, expected) in [
        ("Prise+1", "Price"),
        ("Price+", "does not parse"),
        ("1+1", "names no class"),
        ("len(Late)", "raises TypeError"),
    ] {
        let said = ran(SHOP, &format!("op {asked} ."));
        assert!(said.contains(expected), "{asked}: {said}");
        assert!(said.contains("error: "), "{asked}: {said}");
    }
}
