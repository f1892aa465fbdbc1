//! The across page: who gives a name to each class below the one that first gives it.

use std::fmt::Write as _;

use expect_test::expect;
use mroscope::analysis::{Analysis, ClassRef};
use mroscope::view::{Settings, across};

use crate::support::sketch::sketch;
use crate::support::text::page_at;

const MODELS: &str = "\
import abc
class Base:
    def save(self): ...
class Audited(Base):
    def save(self): super().save()
class Priced(Base):
    def save(self): ...
class Outside:
    def save(self): ...
class Item(Audited, Priced): ...
class Plain(Base): ...
class Odd(Outside, Base): ...
class Gift(Item): ...
class Draft(Base, abc.ABC):
    @abc.abstractmethod
    def save(self): ...
class Letter(Draft): ...
class Far(Remote, Base): ...
";

fn said(analysis: &Analysis, class: &str, name: &str, filter: &str) -> String {
    let class = analysis
        .named("shop.cart", class)
        .expect("it is in the text");
    let settings = Settings {
        filter: filter.to_owned(),
        ..Settings::default()
    };
    page_at(
        &across(analysis.class(class), Some(name), &settings, None),
        90,
    )
}

#[test]
fn the_odd_ones_stand_first_and_each_class_below_its_giver() {
    let analysis = sketch(&[("shop.cart", MODELS)]);
    let page = said(&analysis, "Base", "save", "");
    expect![[r#"
        save below Base  shop.cart                                                         ● exact
        10 classes have it, from 5 classes; first given by Base  cart.py:3
        3 by the order of the MRO alone · 1 from outside of the branch ·
          2 definitions end the chain

        m Outside.save  for 1 other  does not derive from Base  calls no super():
          Base.save does not run  cart.py:9
            Odd    shop.cart  by the order: ahead of Base.save    cart.py:12

        m Audited.save  for 2 others  ↑super  cart.py:5
            Item   shop.cart  by the order: ahead of Priced.save  cart.py:10
            Gift   shop.cart  by the order: ahead of Priced.save  cart.py:13

        m Priced.save  for itself alone  calls no super(): Base.save does not run  cart.py:7

        m Draft.save  for itself alone  cart.py:16

        m Base.save  for 2 others  cart.py:3
            Plain  shop.cart                                      cart.py:11
            Far    shop.cart  ? what is out of view may give it   cart.py:18
    "#]]
    .assert_eq(&page);
    assert_eq!(
        page,
        said(&analysis, "Gift", "save", ""),
        "from wherever in the branch"
    );
}

#[test]
fn a_filter_leaves_the_classes_that_match() {
    let analysis = sketch(&[("shop.cart", MODELS)]);
    expect![[r#"
        save below Base  shop.cart                                                         ● exact
        10 classes have it, from 5 classes; first given by Base  cart.py:3
        3 by the order of the MRO alone · 1 from outside of the branch ·
          2 definitions end the chain

        m Audited.save  for 2 others  ↑super  cart.py:5
            Gift  shop.cart  by the order: ahead of Priced.save  cart.py:13
    "#]]
    .assert_eq(&said(&analysis, "Base", "save", "gift"));
    expect![[r#"
        save below Base  shop.cart                                                         ● exact
        10 classes have it, from 5 classes; first given by Base  cart.py:3
        3 by the order of the MRO alone · 1 from outside of the branch ·
          2 definitions end the chain

        nothing matches the filter
    "#]]
    .assert_eq(&said(&analysis, "Base", "save", "nothing"));
}

#[test]
fn a_name_that_no_class_has_is_said_to_be_none() {
    let analysis = sketch(&[("shop.cart", MODELS)]);
    expect![[r#"
        Base  shop.cart                                                                    ● exact
        no class of its MRO defines `load`
    "#]]
    .assert_eq(&said(&analysis, "Base", "load", ""));
}

#[test]
fn each_class_has_the_giver_that_its_own_mro_finds() {
    // Every third class overrides, every fifth has two bases, and a line of classes is deep.
    let mut text = String::from("class C0:\n    def save(self): ...\n");
    for at in 1..400_usize {
        let bases = match at % 5 {
            0 => format!("C{}, C{}", at / 2 + 1, at / 3),
            _ => format!("C{}", at.saturating_sub(1 + at % 3)),
        };
        let body = if at % 3 == 0 {
            "def save(self): ..."
        } else {
            "..."
        };
        let _ = writeln!(text, "class C{at}({bases}):\n    {body}");
    }
    let analysis = sketch(&[("m", &text)]);
    let root = analysis.class(analysis.named("m", "C0").expect("it is there"));
    let across = root.across("save").expect("it has the name");
    let below = root.descendants();
    let is_below = |it: &ClassRef<'_>| *it == root || below.contains(it);
    let mut seen = 0;
    for giver in &across.givers {
        for to in giver
            .to
            .iter()
            .map(|it| it.class)
            .chain([giver.definition.class])
        {
            let winner = to.winner("save").expect("it has the name");
            assert_eq!(winner.class, giver.definition.class, "{to:?}");
            seen += usize::from(is_below(&to));
        }
        for to in &giver.to {
            let later = to.class.definitions("save").into_iter().skip(1);
            let classes = &analysis.classes;
            let giver = giver.definition.class.id();
            let mut beside = later.filter(|it| !classes.is_subclass(giver, it.class.id()));
            assert_eq!(to.ahead_of, beside.next().map(|it| it.class), "{to:?}");
        }
    }
    assert_eq!(seen, below.len() + 1);
    assert!(across.givers.iter().any(|it| it.by_order() > 0));
}

#[test]
fn a_page_of_many_classes_says_far_from_the_cursor_no_more_than_their_names() {
    let mut text = String::from("class Base:\n    def save(self): ...\n");
    for at in 0..1_500 {
        let _ = writeln!(text, "class C{at}(Base): ...");
    }
    let analysis = sketch(&[("m", &text)]);
    let root = analysis.class(analysis.named("m", "Base").expect("it is there"));
    let page = across(root, Some("save"), &Settings::default(), Some(0));
    let plain = |text: &str| {
        let mut lines = page.lines.iter().map(mroscope::view::Line::plain);
        lines.find(|it| it.contains(text)).unwrap_or_default()
    };
    assert!(plain("C10  ").contains("m.py:13"), "{}", plain("C10  "));
    assert_eq!(plain("C1400").trim(), "C1400");
}
