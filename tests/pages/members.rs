//! The members page: who provides each name, what loses, and which names are listed.

use expect_test::expect;
use mroscope::view::{MemberSettings, PageKind, Settings, Sort};

use super::{CROSSED, DIAMOND, page, page_with};

const KINDS: &str = "\
class Kinds:
    @property
    def price(self): ...
    @classmethod
    def make(cls): ...
    @staticmethod
    def parse(text): ...
    def _hidden(self): ...
    def __len__(self): ...
    limit = 10
";

fn members(text: &str, class: &str, switches: MemberSettings) -> String {
    let settings = Settings {
        members: switches,
        ..Settings::default()
    };
    page_with(PageKind::Members, text, class, &settings)
}

#[test]
fn each_name_has_the_class_that_provides_it_and_those_it_hides() {
    expect![[r#"
        Both  shop.cart                                                                    ● exact
        7 names, 2 with several definitions, 4 not listed
        by name: inherited private special, not object's

           name   given by                      place       is
        v  color  Right                         cart.py:8   'red'
        m  load   Both hides Base               cart.py:10
        m  save   Left ↑super Right hides Base  cart.py:5
    "#]]
    .assert_eq(&page(PageKind::Members, DIAMOND, "Both"));
}

#[test]
fn letters_stand_for_kinds() {
    expect![[r#"
        Kinds  shop.cart                                                                   ● exact
        10 names, 0 with several definitions, 4 not listed
        by name: inherited private special, not object's

           name     given by  place       is
        m  __len__  Kinds     cart.py:9
        m  _hidden  Kinds     cart.py:8
        v  limit    Kinds     cart.py:10  10
        c  make     Kinds     cart.py:5
        s  parse    Kinds     cart.py:7
        p  price    Kinds     cart.py:3
    "#]]
    .assert_eq(&page(PageKind::Members, KINDS, "Kinds"));
}

#[test]
fn switches_take_names_off_the_list_and_the_page_says_how_many() {
    let switches = MemberSettings {
        private: false,
        special: false,
        ..MemberSettings::default()
    };
    expect![[r#"
        Kinds  shop.cart                                                                   ● exact
        10 names, 0 with several definitions, 6 not listed
        by name: inherited, not private special object's

           name   given by  place       is
        v  limit  Kinds     cart.py:10  10
        c  make   Kinds     cart.py:5
        s  parse  Kinds     cart.py:7
        p  price  Kinds     cart.py:3
    "#]]
    .assert_eq(&members(KINDS, "Kinds", switches));
}

#[test]
fn names_can_stand_in_order_of_the_mro() {
    let switches = MemberSettings {
        object: true,
        sort: Sort::Class,
        ..MemberSettings::default()
    };
    expect![[r#"
        Both  shop.cart                                                                    ● exact
        7 names, 2 with several definitions
        by class: inherited private special object's

           name               given by                      place       is
        m  load               Both hides Base               cart.py:10
        m  save               Left ↑super Right hides Base  cart.py:5
        v  color              Right                         cart.py:8   'red'
        m  __init__           object
        m  __init_subclass__  object
        m  __new__            object
        m  __repr__           object
    "#]]
    .assert_eq(&members(DIAMOND, "Both", switches));
}

#[test]
fn a_filter_that_leaves_nothing_says_so() {
    let settings = Settings {
        filter: "zzz".to_owned(),
        ..Settings::default()
    };
    expect![[r#"
        Both  shop.cart                                                                    ● exact
        7 names, 2 with several definitions, 7 not listed
        by name: inherited private special, not object's  only zzz

        nothing to list: the filter and the switches leave no name
    "#]]
    .assert_eq(&page_with(PageKind::Members, DIAMOND, "Both", &settings));
}

#[test]
fn a_class_that_raises_lists_what_its_body_binds() {
    expect![[r#"
        Crossed  shop.cart                                                                ✗ raises
        1 name, 0 with several definitions
        by name: inherited private special, not object's
        TypeError: Cannot create a consistent method resolution order (MRO) for bases A, B
        no class comes of this statement; these are the names its body binds

           name  given by  place      is
        m  go    Crossed   cart.py:6
    "#]]
    .assert_eq(&page(PageKind::Members, CROSSED, "Crossed"));
}

#[test]
fn what_may_come_from_a_class_out_of_view_is_marked() {
    let text = "\
class Known:
    def run(self): ...
    def stop(self): ...
class Sub(gone.Thing, Known):
    def run(self): ...
";
    expect![[r#"
        Sub  shop.cart                                                                 ○ unknown 1
        6 names, 1 with several definitions, 4 not listed
        by name: inherited private special, not object's
        ○ not all its ancestors are known: what is marked ? may come from another one

           name  given by         place      is
        m  run   Sub hides Known  cart.py:5
        m  stop  Known ?          cart.py:3
    "#]]
    .assert_eq(&page(PageKind::Members, text, "Sub"));
}

#[test]
fn two_classes_of_one_name_are_told_apart_by_module() {
    let analysis = crate::support::sketch::sketch(&[
        ("a", "class Item:\n    def run(self): ...\n"),
        ("b", "class Item(Item):\n    def run(self): ...\n"),
    ]);
    let item = analysis.named("b", "Item").expect("it is there");
    let page = mroscope::view::page(
        PageKind::Members,
        analysis.class(item),
        &Settings::default(),
    );
    expect![[r#"
        Item  b                                                                            ● exact
        5 names, 1 with several definitions, 4 not listed
        by name: inherited private special, not object's

           name  given by             place   is
        m  run   b:Item hides a:Item  b.py:2
    "#]]
    .assert_eq(&crate::support::text::page_at(&page, 90));
}
