//! The coverage page: how much is known, what keeps the rest from being known, and what helps.

use expect_test::expect;
use mroscope::load::{Request, load};
use mroscope::source::PythonVersion;
use mroscope::view::{Link, coverage};

use super::DIAMOND;
use crate::support::Sandbox;
use crate::support::sketch::sketch;
use crate::support::text::page_at;

/// The page about a project of these files, so many cells wide.
fn page_of(files: &str, width: u16) -> String {
    let sandbox = Sandbox::new(files);
    let request = Request {
        path: sandbox.root(),
        version: Some(PythonVersion::three(13)),
        platform: Some("linux".to_owned()),
        ..Request::default()
    };
    let analysis = load(&request, &|_| ()).expect("the folder is a project");
    let text = page_at(&coverage(&analysis), width);
    let (title, rest) = text.split_once('\n').expect("a page has lines");
    assert!(title.starts_with("Coverage  "), "{title}");
    rest.to_owned()
}

#[test]
fn causes_stand_in_order_of_the_harm_they_do_each_with_its_cure() {
    let files = "\
--- shop/__init__.py
--- shop/base.py
import random
import gone.client
from absent import Mixin
class Known: ...
class Remote(gone.client.Client): ...
class Nearer(Remote, Known): ...
class Mixed(Mixin, Known): ...
if random.random() > 0.5:
    class Chosen(Known): ...
else:
    class Chosen: ...
class Either(Chosen): ...
--- shop/later.py
from shop.base import Nearer
import gone
class Last(Nearer): ...
class Again(gone.Other): ...
class Both(Last, Again): ...
class Sixth(Again): ...
";
    expect![[r#"
        11 classes
          ● exact    3  27.3 %
          ◐ assumed  0   0.0 %
          ○ unknown  8  72.7 %
          ✗ raise    0   0.0 %

        why classes are unknown, and how many
          6 `gone` is not installed in the environment that was searched  shop/base.py:2
            → install `gone` in the environment, or name the environment with --python
            Remote  shop.base               base.py:5
            Again   shop.later              later.py:4
            Nearer  shop.base   indirectly  base.py:6
            Last    shop.later  indirectly  later.py:3
            Both    shop.later  indirectly  later.py:5
            and 1 more
          1 `absent` is not installed in the environment that was searched  shop/base.py:3
            → install `absent` in the environment, or name the environment with --python
            Mixed  shop.base  base.py:7
          1 `random.random() > 0.5`: it depends on a condition that cannot be decided without running
            shop/base.py:8
            → only a run can tell
            Either  shop.base  base.py:12
    "#]].assert_eq(&page_of(files, 100));
}

#[test]
fn each_way_of_missing_a_name_has_its_own_cure() {
    let files = "\
--- shop/__init__.py
--- shop/fast.cpython-313-x86_64-linux-gnu.so
--- shop/a.py
import winreg
from shop.fast import Vector
from shop.generated import Message
class Key(winreg.Handle): ...
class Order(Message): ...
class Odd(undefined_here): ...
class Point(Vector): ...
";
    expect![[r#"
        4 classes
          ● exact    0    0.0 %
          ◐ assumed  0    0.0 %
          ○ unknown  4  100.0 %
          ✗ raise    0    0.0 %

        why classes are unknown, and how many
          1 `shop.fast` is compiled and has no Python source  shop/a.py:2
            → run `mroscope snapshot shop.fast`: the environment's Python then describes its classes
            Point  shop.a  a.py:7
          1 `shop.generated` cannot be imported, although `shop` is there  shop/a.py:3
            → a build may make it, or another version of the package may have it
            Order  shop.a  a.py:5
          1 `undefined_here`: no binding of this name was found  shop/a.py:6
            → misspelled, or bound only when it runs
            Odd  shop.a  a.py:6
          1 the standard library of Python 3.13 on linux has no `winreg`  shop/a.py:1
            → name a Python that has it with --python-version, or a platform with --platform
            Key  shop.a  a.py:4
    "#]]
    .assert_eq(&page_of(files, 100));
}

#[test]
fn classes_that_look_the_same_share_a_line_and_the_others_are_counted() {
    let files = "\
--- many.py
import gone
for number in range(4):
    class Same(gone.Base): ...
class A(gone.Base): ...
class B(A): ...
class C(B): ...
class D(C): ...
class E(D): ...
class F(E): ...
";
    expect![[r#"
        10 classes
          ● exact     0    0.0 %
          ◐ assumed   0    0.0 %
          ○ unknown  10  100.0 %
          ✗ raise     0    0.0 %

        why classes are unknown, and how many
          10 `gone` is not installed in the environment that was searched  many.py:1
             → install `gone` in the environment, or name the environment with --python
             Same  many  4 times     many.py:3
             A     many              many.py:4
             B     many  indirectly  many.py:5
             C     many  indirectly  many.py:6
             D     many  indirectly  many.py:7
             and 2 more
    "#]]
    .assert_eq(&page_of(files, 80));
}

#[test]
fn what_is_assumed_stands_apart() {
    let text = format!(
        "{DIAMOND}class Guessed(Base): # assumed\n    pass\nclass Far(remote.A):\n    pass\n"
    );
    let analysis = sketch(&[("shop.cart", &text)]);
    expect![[r#"
        Coverage  sketch
        6 classes
          ● exact    4  66.7 %
          ◐ assumed  1  16.7 %
          ○ unknown  1  16.7 %
          ✗ raise    0   0.0 %

        why classes are unknown, and how many
          1 `remote` is not installed in the environment that was searched
            shop/cart.py:13
            → install `remote` in the environment, or name the environment with --python
            Far  shop.cart  cart.py:13

        what was assumed, and for how many
          1 the decorator returns the class it was given  shop/cart.py:11
            Guessed  shop.cart  cart.py:11
    "#]]
    .assert_eq(&page_at(&coverage(&analysis), 80));
}

#[test]
fn a_project_without_gaps_says_so() {
    let analysis = sketch(&[("shop.cart", DIAMOND)]);
    expect![[r#"
        Coverage  sketch
        4 classes
          ● exact    4  100.0 %
          ◐ assumed  0    0.0 %
          ○ unknown  0    0.0 %
          ✗ raise    0    0.0 %

        ● nothing that a class stands on is out of view, and nothing was assumed
    "#]]
    .assert_eq(&page_at(&coverage(&analysis), 80));
    let analysis = sketch(&[("shop.cart", "x = 1\n")]);
    expect![[r#"
        Coverage  sketch
        no statement of this project makes a class
    "#]]
    .assert_eq(&page_at(&coverage(&analysis), 80));
}

#[test]
fn a_cause_leads_to_its_place_and_a_class_to_itself() {
    let analysis = sketch(&[("shop.cart", "class Far(remote.A):\n    pass\n")]);
    let links: Vec<Link> = coverage(&analysis)
        .lines
        .into_iter()
        .filter_map(|line| line.link)
        .collect();
    assert!(
        matches!(&links[..], [Link::Source { line: 1, .. }, Link::Class(path)] if path.name() == "Far"),
        "{links:?}"
    );
}

#[test]
fn what_a_file_says_is_made_safe() {
    let analysis = sketch(&[(
        "shop.cart",
        "class Far(re\u{1b}[31mmote\u{202e}):\n    pass\n",
    )]);
    let text = page_at(&coverage(&analysis), 80);
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    assert!(text.contains("re␛[31mmote‹U+202E›"), "{text}");
}
