//! The plugins page: what is below a base, and how the base hears of it.

use expect_test::expect;
use mroscope::analysis::EntryPoint;
use mroscope::view::{PageKind, Settings};

use super::{DIAMOND, page};
use crate::support::sketch::sketch;
use crate::support::text::page_at;

#[test]
fn every_class_below_a_base_is_listed_with_how_far_it_is() {
    expect![[r#"
        Base  shop.cart                                                                    ● exact
        3 classes below it, 2 directly; 3 can be instantiated
        it does not hear of them: it has no `__init_subclass__`, and its metaclass is `type`

        classes: + can be instantiated, - is abstract
             class  module     away  place
          +  Left   shop.cart     1  cart.py:4
          +  Right  shop.cart     1  cart.py:6
          +  Both   shop.cart     2  cart.py:9
    "#]]
    .assert_eq(&page(PageKind::Plugins, DIAMOND, "Base"));
}

#[test]
fn what_is_still_abstract_cannot_be_instantiated() {
    let text = "\
class Shape(metaclass=ABCMeta):
    @abstractmethod
    def area(self): ...
    @abstractmethod
    def name(self): ...
class Square(Shape):
    def area(self): ...
class Named(Square):
    def name(self): ...
class Mixin:
    @abstractmethod
    def area(self): ...
class Late(Mixin, Named): ...
";
    expect![[r#"
        Shape  shop.cart                                                                   ● exact
        3 classes below it, 1 directly; 2 can be instantiated
        it does not hear of them: it has no `__init_subclass__`, and its metaclass `ABCMeta` only
          makes them

        classes: + can be instantiated, - is abstract
             class   module     away  place
          -  Square  shop.cart     1  cart.py:6   abstract: name
          +  Named   shop.cart     2  cart.py:8
          +  Late    shop.cart     3  cart.py:13
    "#]]
    .assert_eq(&page(PageKind::Plugins, text, "Shape"));
}

#[test]
fn a_subclass_hook_and_a_metaclass_that_run_for_each_are_named() {
    let text = "\
class Meta(type):
    def __new__(mcls, name, bases, namespace): ...
class Command(metaclass=Meta):
    def __init_subclass__(cls): ...
class Run(Command): ...
";
    expect![[r#"
        Command  shop.cart                                                                 ● exact
        1 class below it, 1 directly; 1 can be instantiated
        what derives from it is handed to Command.__init_subclass__  cart.py:4
        its metaclass takes part in making each of them: Meta.__new__  cart.py:2

        classes: + can be instantiated, - is abstract
             class  module     away  place
          +  Run    shop.cart     1  cart.py:5
    "#]]
    .assert_eq(&page(PageKind::Plugins, text, "Command"));
}

#[test]
fn a_class_nothing_derives_from_says_so() {
    expect![[r#"
        Both  shop.cart                                                                    ● exact
        no class that was read derives from Both
        it does not hear of them: it has no `__init_subclass__`, and its metaclass is `type`
    "#]]
    .assert_eq(&page(PageKind::Plugins, DIAMOND, "Both"));
}

#[test]
fn entry_points_that_lead_to_a_class_below_the_base_are_listed() {
    let mut analysis = sketch(&[("shop.cart", DIAMOND)]);
    let entry_point = |name: &str, value: &str| EntryPoint {
        group: "shop.carts".to_owned(),
        name: name.to_owned(),
        value: value.to_owned(),
        distribution: "shop".to_owned(),
        path: "pyproject.toml".to_owned(),
        line: Some(7),
        is_project: true,
        folder: 0,
        listed: 0,
    };
    analysis.entry_points = vec![
        entry_point("left", "shop.cart:Left"),
        entry_point("elsewhere", "shop.other:Left"),
        entry_point("both", "shop.cart:Both [extra]"),
    ];
    let base = analysis.named("shop.cart", "Base").expect("it is there");
    let page = mroscope::view::page(
        PageKind::Plugins,
        analysis.class(base),
        &Settings::default(),
    );
    expect![[r#"
        Base  shop.cart                                                                    ● exact
        3 classes below it, 2 directly; 3 can be instantiated
        it does not hear of them: it has no `__init_subclass__`, and its metaclass is `type`

        entry points that lead here
          left  Left  shop.carts  shop  pyproject.toml:7
          both  Both  shop.carts  shop  pyproject.toml:7

        classes: + can be instantiated, - is abstract
             class  module     away  place
          +  Left   shop.cart     1  cart.py:4
          +  Right  shop.cart     1  cart.py:6
          +  Both   shop.cart     2  cart.py:9
    "#]]
    .assert_eq(&page_at(&page, 90));
}
