//! `mroscope dump`: every class of a project, a JSON line each.

use std::fmt::Write as _;

use expect_test::expect;
use serde_json::Value;

use super::SHOP;
use crate::support::Sandbox;
use crate::support::shell::Shell;

/// The lines, each read as JSON; what stands in `attrs` is as much as a version of Python adds, so tests look at it apart.
fn dumped(files: &str, arguments: &str) -> Vec<Value> {
    let sandbox = Sandbox::new(files);
    let ran = Shell::new(&sandbox).run(arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect()
}

#[test]
fn each_class_has_its_line_in_order_of_module_and_creation() {
    let mut lines = dumped(SHOP, "dump --python-version 3.12");
    let mut text = String::new();
    for line in &mut lines {
        if let Some(object) = line.as_object_mut() {
            object.remove("attrs");
        }
        writeln!(text, "{line}").expect("a string takes it");
    }
    expect![[r#"
        {"id":"shop.base:Base","file":"shop/base.py","line":1,"first":1,"status":"exact","metaclass":"builtins:type","mro":["shop.base:Base","builtins:object"]}
        {"id":"shop.cart:Left","file":"shop/cart.py","line":2,"first":2,"status":"exact","metaclass":"builtins:type","mro":["shop.cart:Left","shop.base:Base","builtins:object"]}
        {"id":"shop.cart:Right","file":"shop/cart.py","line":5,"first":5,"status":"exact","metaclass":"builtins:type","mro":["shop.cart:Right","shop.base:Base","builtins:object"]}
        {"id":"shop.cart:Cart.Item","file":"shop/cart.py","line":8,"first":8,"status":"exact","metaclass":"builtins:type","mro":["shop.cart:Cart.Item","builtins:object"]}
        {"id":"shop.cart:Cart","file":"shop/cart.py","line":7,"first":7,"status":"exact","metaclass":"builtins:type","mro":["shop.cart:Cart","shop.cart:Left","shop.cart:Right","shop.base:Base","builtins:object"]}
        {"id":"shop.crossed:X","file":"shop/crossed.py","line":2,"first":2,"status":"exact","metaclass":"builtins:type","mro":["shop.crossed:X","shop.cart:Left","shop.cart:Right","shop.base:Base","builtins:object"]}
        {"id":"shop.crossed:Y","file":"shop/crossed.py","line":3,"first":3,"status":"exact","metaclass":"builtins:type","mro":["shop.crossed:Y","shop.cart:Right","shop.cart:Left","shop.base:Base","builtins:object"]}
        {"id":"shop.crossed:Crossed","file":"shop/crossed.py","line":4,"first":4,"status":"error","metaclass":null,"exc":"TypeError","msg":"Cannot create a consistent method resolution\norder (MRO) for bases Left, Right","mro":null}
        {"id":"shop.order:Order","file":"shop/order.py","line":3,"first":3,"status":"exact","metaclass":"builtins:type","mro":["shop.order:Order","shop.cart:Cart","shop.cart:Left","shop.cart:Right","shop.base:Base","builtins:object"]}
        {"id":"shop.order:Item","file":"shop/order.py","line":4,"first":4,"status":"exact","metaclass":"builtins:type","mro":["shop.order:Item","builtins:object"]}
        {"id":"shop.order:Remote","file":"shop/order.py","line":5,"first":5,"status":"incomplete","metaclass":null,"mro":["shop.order:Remote","shop.cart:Cart","shop.cart:Left","shop.cart:Right","shop.base:Base","builtins:object"],"note":"`gone`: `gone` is not installed in the environment that was searched (shop/order.py:1)"}
    "#]].assert_eq(&text);
}

#[test]
fn attributes_have_the_class_that_provides_them_and_their_kind() {
    let files = "\
--- kinds.py
import functools
class Meta(type): ...
class Kinds(metaclass=Meta):
    __slots__ = ('slot',)
    def function(self): ...
    def generator(self): yield
    async def coroutine(self): ...
    async def stream(self): yield
    @classmethod
    def make(cls): ...
    @staticmethod
    def parse(text): ...
    @property
    def price(self): ...
    @functools.cached_property
    def total(self): ...
    class Inner: ...
    value = 1
";
    let lines = dumped(files, "dump kinds.py");
    let kinds = lines
        .iter()
        .find(|line| line["id"] == "kinds:Kinds")
        .expect("it is there");
    let mut text = format!("{}\n", kinds["metaclass"]);
    for (name, attribute) in kinds["attrs"].as_object().expect("it is an object") {
        if !name.starts_with("__") || name == "__init__" {
            writeln!(text, "{name} {attribute}").expect("a string takes it");
        }
    }
    expect![[r#"
        "kinds:Meta"
        function ["kinds:Kinds","function"]
        generator ["kinds:Kinds","generator"]
        coroutine ["kinds:Kinds","async_function"]
        stream ["kinds:Kinds","async_generator"]
        make ["kinds:Kinds","classmethod"]
        parse ["kinds:Kinds","staticmethod"]
        price ["kinds:Kinds","property"]
        total ["kinds:Kinds","cached_property"]
        Inner ["kinds:Kinds","class"]
        value ["kinds:Kinds","value"]
        slot ["kinds:Kinds","slot"]
        __init__ ["builtins:object","builtin_method"]
    "#]]
    .assert_eq(&text);
}

#[test]
fn a_decorated_class_has_both_of_its_lines() {
    let files = "\
--- decorated.py
import dataclasses


@dataclasses.dataclass
class Point:
    x: int
";
    let lines = dumped(files, "dump decorated.py");
    assert_eq!(
        (&lines[0]["line"], &lines[0]["first"]),
        (&5.into(), &4.into())
    );
}

#[test]
fn files_are_named_from_their_import_root() {
    let lines = dumped(SHOP, "dump shop");
    assert!(lines.iter().any(|line| line["file"] == "shop/cart.py"));
    let moved = SHOP.replace("--- shop/", "--- src/shop/");
    let lines = dumped(&moved, "dump");
    assert!(lines.iter().any(|line| line["file"] == "shop/cart.py"));
    assert!(lines.iter().any(|line| line["id"] == "shop.cart:Cart"));
}

#[test]
fn problems_are_told_beside_the_data() {
    let files = format!("{SHOP}--- shop/broken.py\nclass Half:\n    def f(self:\n");
    let sandbox = Sandbox::new(&files);
    let ran = Shell::new(&sandbox).run("dump");
    assert_eq!(ran.code, 0);
    expect![[r#"
        1 file could not be used whole; `mroscope problems` lists what is wrong
    "#]]
    .assert_eq(&ran.err);
}
