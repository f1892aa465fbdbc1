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
    assert!(said.contains("Price()+Discount()  exact"), "{said}");
    assert!(said.contains("1  Discount.__radd__"), "{said}");
    assert!(!said.contains("Price.__add__"), "{said}");
    assert!(said.contains("type int"), "{said}");
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
