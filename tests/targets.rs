//! What a target given by a person stands for.

use mroscope::analysis::{Analysis, Target};

use crate::support::sketch::sketch;

fn project() -> Analysis {
    sketch(&[
        (
            "shop.cart",
            "class Cart:\n    def add(self): ...\nclass Item: ...\n",
        ),
        ("shop.order", "class Order(Cart): ...\nclass Item: ...\n"),
    ])
}

/// What a target stands for, in one line.
fn found(target: &str) -> String {
    let analysis = project();
    match analysis.find(target) {
        Target::Class(id) => analysis.class(id).path().to_string(),
        Target::Ambiguous(ids) => {
            let paths: Vec<String> = ids
                .into_iter()
                .map(|id| analysis.class(id).path().to_string())
                .collect();
            format!("one of {}", paths.join(", "))
        }
        Target::Unknown(near) => {
            let near: Vec<String> = near.iter().map(ToString::to_string).collect();
            format!("unknown, near {}", near.join(", "))
        }
    }
}

#[test]
fn a_class_is_named_by_module_and_name_with_a_colon_or_a_dot() {
    assert_eq!(found("shop.cart:Cart"), "shop.cart:Cart");
    assert_eq!(found("shop.cart.Cart"), "shop.cart:Cart");
    assert_eq!(found(" shop.cart:Cart "), "shop.cart:Cart");
}

#[test]
fn a_name_that_only_one_class_has_is_enough() {
    assert_eq!(found("Cart"), "shop.cart:Cart");
    assert_eq!(found("cart.Item"), "shop.cart:Item");
    assert_eq!(found("object"), "builtins:object");
}

#[test]
fn a_name_of_several_classes_gives_them_all() {
    assert_eq!(found("Item"), "one of shop.cart:Item, shop.order:Item");
}

#[test]
fn a_line_of_a_file_stands_for_the_class_around_it() {
    assert_eq!(found("shop/cart.py:2"), "shop.cart:Cart");
    assert_eq!(found("cart.py:3"), "shop.cart:Item");
    assert_eq!(
        found("shop/cart.py:99"),
        "unknown, near shop.cart:Cart, shop.cart:Item"
    );
    assert_eq!(found("shop/card.py:1"), "unknown, near ");
}

#[test]
fn a_name_imported_elsewhere_is_found_there_too() {
    let mut analysis = project();
    let cart = analysis.named("shop.cart", "Cart").expect("it is there");
    analysis.modules[1].names.insert("Basket".into(), cart);
    assert_eq!(analysis.find("shop.order:Basket"), Target::Class(cart));
    assert_eq!(analysis.find("shop.order.Basket"), Target::Class(cart));
}

#[test]
fn what_is_not_there_has_near_matches_the_project_first() {
    assert_eq!(found("shop.cart:Crat"), "unknown, near shop.cart:Cart");
    assert_eq!(found("Ordr"), "unknown, near shop.order:Order");
    assert_eq!(found("Zebra"), "unknown, near ");
    assert_eq!(found(""), "unknown, near ");
    assert_eq!(found(":"), "unknown, near ");
}
