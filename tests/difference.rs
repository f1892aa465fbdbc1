//! `analysis::difference`: what changed between two analyses, and for what reason.

mod cpython;

use std::fmt::Write as _;

use expect_test::expect;
use mroscope::analysis::{Comparing, Difference, Named, difference_in};
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::witness::analysis_of;

/// What differs between two texts of one project.
fn differing(before: &str, after: &str) -> Difference {
    differing_in(before, after, &Comparing::default())
}

fn differing_in(before: &str, after: &str, comparing: &Comparing) -> Difference {
    let (before, after) = (Sandbox::new(before), Sandbox::new(after));
    let version = PythonVersion::three(12);
    difference_in(
        &analysis_of(&before.root(), version),
        &analysis_of(&after.root(), version),
        comparing,
    )
}

fn names(all: &[Named]) -> String {
    let names: Vec<&str> = all.iter().map(|it| it.path.qualname.as_str()).collect();
    names.join(" ")
}

/// The whole of it, a line a fact.
fn said(difference: &Difference) -> String {
    let mut said = String::new();
    let mut line = |text: String| {
        let _ = writeln!(said, "{text}");
    };
    for reason in &difference.reasons {
        line(format!("because of {}", reason.class));
        if let Some((before, after)) = &reason.bases {
            line(format!("  bases {} -> {}", names(before), names(after)));
        }
        if let Some((before, after)) = &reason.metaclass {
            line(format!("  metaclass {before} -> {after}"));
        }
        for &index in &reason.structure {
            let change = &difference.changed[index];
            let side = |mro: &Option<Vec<Named>>, raises: &Option<String>| match (mro, raises) {
                (Some(mro), None) => names(mro),
                (_, raises) => raises.clone().unwrap_or_default(),
            };
            line(format!("  {}", change.class));
            let (before, after) = (&change.before, &change.after);
            line(format!("    was {}", side(&before.mro, &before.raises)));
            line(format!("    is  {}", side(&after.mro, &after.raises)));
        }
        for moved in &reason.moved {
            let provider = |it: &Option<Named>| {
                it.as_ref()
                    .map_or("-".to_owned(), |it| it.path.qualname.to_string())
            };
            let classes: Vec<String> = moved
                .classes
                .iter()
                .map(|&it| difference.changed[it].class.to_string())
                .collect();
            line(format!(
                "  {}: {} -> {} in {}",
                moved.provider.name,
                provider(&moved.provider.from),
                provider(&moved.provider.to),
                classes.join(" ")
            ));
        }
    }
    for change in difference.changed.iter().filter(|it| !it.untold.is_empty()) {
        line(format!("untold {} {:?}", change.class, change.untold));
    }
    for (class, _) in &difference.new {
        line(format!("new {class}"));
    }
    for (class, _) in &difference.gone {
        line(format!("gone {class}"));
    }
    for it in &difference.untold {
        line(format!(
            "{} {:?} -> {:?}",
            it.class, it.sureness.0, it.sureness.1
        ));
    }
    let _ = writeln!(
        said,
        "{} compared, {} unknown",
        difference.compared, difference.unknown
    );
    said
}

/// Mixins, and classes below them.
const SHOP: &str = "\
--- shop.py
class Base:
    def save(self): ...
    def load(self): ...
class Audit(Base):
    def save(self): ...
class Stamp(Base):
    def save(self): ...
    def stamp(self): ...
class Order(Audit, Stamp): ...
class Invoice(Order): ...
class Refund(Invoice):
    def load(self): ...
class Aside(Base): ...
";

#[test]
fn nothing_differs_from_itself() {
    let difference = differing(SHOP, SHOP);
    assert!(difference.is_empty());
    expect!["7 compared, 0 unknown\n"].assert_eq(&said(&difference));
}

#[test]
fn one_changed_base_is_one_reason_with_all_that_is_below() {
    let after = SHOP.replace("(Audit, Stamp)", "(Stamp, Audit)");
    expect![[r#"
        because of shop:Order
          bases Audit Stamp -> Stamp Audit
          shop:Order
            was Order Audit Stamp Base object
            is  Order Stamp Audit Base object
          shop:Invoice
            was Invoice Order Audit Stamp Base object
            is  Invoice Order Stamp Audit Base object
          shop:Refund
            was Refund Invoice Order Audit Stamp Base object
            is  Refund Invoice Order Stamp Audit Base object
          save: Audit -> Stamp in shop:Order shop:Invoice shop:Refund
        7 compared, 0 unknown
    "#]]
    .assert_eq(&said(&differing(SHOP, &after)));
}

#[test]
fn a_name_that_comes_or_goes_is_a_reason_of_its_own_and_an_overridden_one_moves_nothing() {
    let after = SHOP
        .replace(
            "class Audit(Base):\n    def save(self): ...",
            "class Audit(Base):\n    def load(self): ...",
        )
        .replace(
            "class Aside(Base): ...",
            "class Aside(Base):\n    __hash__ = None\n    'a docstring'",
        );
    expect![[r#"
        because of shop:Audit
          load: Base -> Audit in shop:Audit shop:Invoice shop:Order
          save: Audit -> Base in shop:Audit
          save: Audit -> Stamp in shop:Invoice shop:Order shop:Refund
        because of shop:Aside
          __hash__: object -> Aside in shop:Aside
        7 compared, 0 unknown
    "#]]
    .assert_eq(&said(&differing(SHOP, &after)));
}

#[test]
fn what_can_no_longer_be_made_belongs_to_the_statement_that_was_changed() {
    let before = "\
--- a.py
class A: ...
class B: ...
class X(A, B): ...
class Y(A, B): ...
class Z(X, Y): ...
class Below(Z): ...
";
    let after = before.replace("Y(A, B)", "Y(B, A)");
    expect![[r#"
        because of a:Y
          bases A B -> B A
          a:Y
            was Y A B object
            is  Y B A object
          a:Below
            was Below Z X Y A B object
            is  NameError: its base a:Z cannot be made
          a:Z
            was Z X Y A B object
            is  TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B
        6 compared, 0 unknown
    "#]]
    .assert_eq(&said(&differing(before, &after)));
}

#[test]
fn a_metaclass_belongs_to_the_class_that_was_given_it() {
    let before = "--- a.py\nclass Meta(type): ...\nclass A: ...\nclass B(A): ...\n";
    let after = before.replace("class A:", "class A(metaclass=Meta):");
    expect![[r#"
        because of a:A
          metaclass builtins:type -> a:Meta
          a:A
            was A object
            is  A object
          a:B
            was B A object
            is  B A object
        3 compared, 0 unknown
    "#]]
    .assert_eq(&said(&differing(before, &after)));
}

#[test]
fn nothing_is_claimed_where_a_side_is_not_known() {
    let before = "\
--- a.py
import sys
from gone import Base
class Known: ...
class Lost(Known): ...
class Never(Base): ...
class Perhaps:
    if input():
        def f(self): ...
class Above:
    def f(self): ...
    def get_x(self): ...
class Low(Perhaps, Above): ...
class Open:
    pass
for name in input():
    setattr(Open, f'get_{name}', 1)
class Filled(Open, Above): ...
";
    let after = before
        .replace("Lost(Known)", "Lost(Base)")
        .replace("Low(Perhaps, Above)", "Low(Above, Perhaps)")
        .replace("Filled(Open, Above)", "Filled(Above, Open)");
    expect![[r#"
        because of a:Filled
          bases Open Above -> Above Open
          a:Filled
            was Filled Open Above object
            is  Filled Above Open object
        because of a:Low
          bases Perhaps Above -> Above Perhaps
          a:Low
            was Low Perhaps Above object
            is  Low Above Perhaps object
        untold a:Filled ["get_x"]
        untold a:Low ["f"]
        a:Lost Exact -> Unknown(1)
        6 compared, 1 unknown
    "#]]
    .assert_eq(&said(&differing(before, &after)));
}

#[test]
fn classes_of_one_path_are_paired_from_the_last_one_on() {
    let before = "\
--- a.py
class A: ...
class B(A):
    def f(self): ...
class B(A):
    def g(self): ...
class New(B): ...
class Gone: ...
";
    let after = "\
--- a.py
class A: ...
class B(A):
    def f(self): ...
class B:
    def g(self): ...
class New(B): ...
class Fresh: ...
";
    expect![[r#"
        because of a:B
          bases A -> object
          a:B
            was B A object
            is  B object
          a:New
            was New B A object
            is  New B object
        new a:Fresh
        gone a:Gone
        4 compared, 0 unknown
    "#]]
    .assert_eq(&said(&differing(before, after)));
}

#[test]
fn a_change_of_a_class_is_found_by_its_name() {
    let after = SHOP.replace("Invoice(Order)", "Invoice(Stamp)");
    let difference = differing(SHOP, &after);
    let invoice = Named {
        path: "shop:Invoice".parse().expect("it is a path"),
        other: 0,
    };
    let change = difference.of(&invoice).expect("its bases changed");
    assert!(change.is_mro() && !change.is_metaclass() && !change.is_raises());
    let order = Named {
        path: "shop:Order".parse().expect("it is a path"),
        other: 0,
    };
    assert_eq!(difference.of(&order), None);
}

#[test]
fn a_package_of_another_name_is_compared_by_what_is_in_it() {
    let before = SHOP.replace("shop.py", "shop/a.py");
    let after = SHOP
        .replace("shop.py", "store/a.py")
        .replace("(Audit, Stamp)", "(Stamp)");
    let comparing = Comparing {
        renamed: Some(("shop".into(), "store".into())),
        ..Comparing::default()
    };
    let package = |text: &str, name: &str| format!("{text}--- {name}/__init__.py\n");
    let difference = differing_in(
        &package(&before, "shop"),
        &package(&after, "store"),
        &comparing,
    );
    let changed: Vec<String> = difference
        .changed
        .iter()
        .map(|it| it.class.to_string())
        .collect();
    assert_eq!(
        changed,
        ["store.a:Invoice", "store.a:Order", "store.a:Refund"]
    );
    assert_eq!((difference.new.len(), difference.gone.len()), (0, 0));
}
