//! The problems page: files that could not be used whole, and class statements that raise.

use expect_test::expect;
use mroscope::analysis::{Problem, ProblemKind};
use mroscope::view::problems;

use super::{CROSSED, DIAMOND};
use crate::support::sketch::sketch;
use crate::support::text::page_at;

#[test]
fn a_project_without_any_says_so() {
    let analysis = sketch(&[("shop.cart", DIAMOND)]);
    expect![[r#"
        Problems  sketch
        ● every file could be read, and every class statement makes a class
    "#]]
    .assert_eq(&page_at(&problems(&analysis), 90));
}

#[test]
fn files_stand_before_class_statements_each_with_its_place() {
    let mut analysis = sketch(&[("shop.cart", CROSSED)]);
    analysis.problems = vec![
        Problem {
            kind: ProblemKind::Syntax,
            path: "shop/broken.py".to_owned(),
            line: Some(3),
            message: "expected `:`".to_owned(),
            file: None,
            location: None,
        },
        Problem {
            kind: ProblemKind::Undecodable,
            path: "shop/latin.py".to_owned(),
            line: None,
            message: "byte 0xe9 is not UTF-8".to_owned(),
            file: None,
            location: None,
        },
    ];
    expect![[r#"
        Problems  sketch
        2 files could not be used whole, 1 class statement raises

        files
        shop/broken.py:3  expected `:`            not all of it is Python
        shop/latin.py     byte 0xe9 is not UTF-8  not decodable

        class statements that raise, by cause
          no consistent MRO  1
            shop/cart.py:5  Crossed  TypeError: Cannot create a consistent method resolution order
                            (MRO) for bases A, B
    "#]]
    .assert_eq(&page_at(&problems(&analysis), 90));
}
