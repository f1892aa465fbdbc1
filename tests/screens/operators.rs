//! The operators page in the explorer: the table of a class, an operation that is typed, what is wrong with one.

use crate::screens::what_if::explored;

const SHOP: &str = "\
--- app/shop.py
class Price:
    def __add__(self, other):
        return NotImplemented

    def __eq__(self, other):
        return True

    def __len__(self):
        return 2

class Discount(Price):
    def __radd__(self, other):
        return 1
";

#[test]
fn the_key_opens_the_table_of_a_class() {
    let tui = explored(SHOP, "/discount<enter>a<esc>");
    let screen = tui.screen();
    for expected in [
        "operators",
        "no __bool__: __len__ from Price",
        "taken back: __eq__ without a",
    ] {
        assert!(screen.contains(expected), "{expected}:\n{screen}");
    }
}

#[test]
fn an_operation_that_is_typed_is_answered_below_it() {
    // The prompt begins with the receiver.
    let tui = explored(SHOP, "/price<enter>a<space>+<space>Discount<enter>");
    let screen = tui.screen();
    for expected in [
        "Price() + Discount()",
        "gives an object of type int",
        "Discount.__radd__",
    ] {
        assert!(screen.contains(expected), "{expected}:\n{screen}");
    }
}

#[test]
fn what_is_wrong_with_an_operation_is_said() {
    for (typed, expected) in [(" + Prise", "no class is named"), (" +", "does not parse")] {
        let tui = explored(
            SHOP,
            &format!("/price<enter>a{}<enter>", typed.replace(' ', "<space>")),
        );
        let screen = tui.screen();
        assert!(screen.contains(expected), "{typed}:\n{screen}");
    }
}
