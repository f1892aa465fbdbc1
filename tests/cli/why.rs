//! `mroscope why`: the steps of an access, and what is said where there are none.

use expect_test::expect;

use super::ran;

const FIELDS: &str = "\
--- app.py
class Money:
    def __get__(self, obj, owner=None):
        return self if obj is None else 1
    def __set__(self, obj, value):
        raise ValueError('too much')

class Base:
    __slots__ = ()
    price = Money()

class Order(Base):
    __slots__ = ('note',)
    def __getattr__(self, name):
        raise AttributeError(name)

class Plain:
    count = 1
";

#[test]
fn the_steps_of_an_access_are_told_in_order() {
    expect![[r#"
        Order.price  app  ● exact

        obj.price
        1  object.__getattribute__ looks for `price`
        2  Base has it: a data descriptor, which wins over __dict__       app.py:9
        3  Money.__get__ is called ← answers                              app.py:2
        4  runs app:Money.__get__                                         app.py:2
        ● what Money.__get__ returns
        ·  Order.__getattr__  not reached: it is asked for what is found nowhere

        obj.price = value
        1  object.__setattr__ looks for `price`
        2  Base has it: a data descriptor, which wins over __dict__       app.py:9
        3  Money.__set__ is called                                        app.py:4
        4  runs app:Money.__set__                                         app.py:4
        ✗ ValueError: too much

        del obj.price
        1  object.__delattr__ looks for `price`
        2  Base has it: a data descriptor, which wins over __dict__       app.py:9
        3  Money.__delete__ is called
        ✗ AttributeError: __delete__

        Order.price
        1  type.__getattribute__ looks for `price`
        2  no class along the MRO of type has it on the metaclass's side
        3  Base has it: a data descriptor, which wins over __dict__       app.py:9
        4  Money.__get__ is called ← answers                              app.py:2
        5  runs app:Money.__get__                                         app.py:2
        ● what Money.__get__ returns; the class's side answers: type has no `price`

        Order.price = value
        1  type.__setattr__ looks for `price`
        2  no class along the MRO of type has it on the metaclass's side
        3  __dict__ is changed
        ● stored in Order.__dict__

        del Order.price
        1  type.__delattr__ looks for `price`
        2  no class along the MRO of type has it on the metaclass's side
        3  it is not in __dict__
        ✗ AttributeError: type object 'Order' has no attribute 'price'

        super().price from Order
        1  super.__getattribute__ looks for `price`
        2  Base has it: a data descriptor, which wins over __dict__       app.py:9
        3  Money.__get__ is called ← answers                              app.py:2
        4  runs app:Money.__get__                                         app.py:2
        ● what Money.__get__ returns

        super().price from Base
        1  super.__getattribute__ looks for `price`
        2  no later class of the MRO of Order has it
        ✗ AttributeError: 'super' object has no attribute 'price'
        exit 0
    "#]]
    .assert_eq(&ran(FIELDS, "why Order.price"));
}

#[test]
fn what_only_getattr_answers_is_told() {
    expect![[r#"
        Order.missing  app  ● exact

        no class has `missing`, and no instance was seen to have it: only Order.__getattr__ can answer

        obj.missing
        1  object.__getattribute__ looks for `missing`
        2  no class along the MRO of Order has it
        3  instances have no __dict__
        4  AttributeError: Order.__getattr__ is asked   app.py:13
        5  runs app:Order.__getattr__                   app.py:13
        ✗ AttributeError: missing
        exit 0
    "#]]
    .assert_eq(&ran(FIELDS, "why app:Order.missing --access read"));
}

#[test]
fn an_attribute_that_nothing_provides_is_a_mistake() {
    expect![[r#"
        ! error: nothing gives `app:Plain` an attribute `cuont`
        !   hint: did you mean `count`?
        exit 2
    "#]]
    .assert_eq(&ran(FIELDS, "why Plain.cuont"));
}

#[test]
fn what_names_no_attribute_is_a_mistake() {
    let said = [
        "Plain",
        "Plain.",
        "Plain.9",
        ".x",
        "Nowhere.x",
        "app.py:Plain",
    ]
    .map(|target| ran(FIELDS, &format!("why {target}")))
    .concat();
    expect![[r#"
        ! error: `Plain` is no class and an attribute of it
        !   hint: give both, with a dot between them: shop.cart:Cart.total
        exit 2
        ! error: `Plain.` is no class and an attribute of it
        !   hint: give both, with a dot between them: shop.cart:Cart.total
        exit 2
        ! error: nothing gives `app:Plain` an attribute `9`
        !   hint: `9` is no identifier: only getattr(obj, "9") can reach such an attribute, never a dot
        exit 2
        ! error: `.x` is no class and an attribute of it
        !   hint: give both, with a dot between them: shop.cart:Cart.total
        exit 2
        ! error: no class is named `Nowhere`
        exit 2
        ! error: `app.py:Plain` is no class and an attribute of it
        !   hint: give both, with a dot between them: shop.cart:Cart.total
        exit 2
    "#]]
    .assert_eq(&said);
}

#[test]
fn a_property_is_shown_at_its_getter() {
    let files = "--- a.py\nclass A:\n    @property\n    def x(self): return 1\n    @x.setter\n    def x(self, value): ...\n";
    let page = ran(files, "why a:A.x");
    let has_it = page.lines().find(|line| line.contains("A has it"));
    assert!(
        has_it.is_some_and(|line| line.ends_with("a.py:2")),
        "{page}"
    );
}

const INHERITED: &str = "\
--- app.py
import abc
class Base: ...
class Derived(Base):
    pass
class Shape(abc.ABC): ...
class Table(dict):
    def rows(self): ...
class Fault(Exception):
    def cure(self): ...
";

/// The last line of what one access comes to, for a CPython of this version.
fn comes_to(files: &str, target: &str, access: &str, version: &str) -> String {
    let said = ran(
        files,
        &format!("why {target} --access {access} --python-version {version}"),
    );
    let mut lines = said
        .lines()
        .filter(|line| ["●", "✗", "○"].iter().any(|mark| line.starts_with(mark)));
    lines.next_back().unwrap_or(&said).to_owned()
}

#[test]
fn a_class_that_says_nothing_of_hashing_has_no_hash_of_its_own_to_delete() {
    assert_eq!(
        comes_to(INHERITED, "Derived.__hash__", "class", "3.13"),
        "✗ AttributeError: type object 'Derived' has no attribute '__hash__'"
    );
    assert_eq!(
        comes_to(INHERITED, "Derived.__hash__", "class", "3.9"),
        "✗ AttributeError: __hash__"
    );
}

#[test]
fn what_a_metaclass_puts_into_a_class_is_read_and_deleted_as_its_own() {
    assert_eq!(
        comes_to(INHERITED, "Shape._abc_impl", "class", "3.13"),
        "● taken out of Shape.__dict__"
    );
    assert_eq!(
        comes_to(INHERITED, "Shape._abc_impl", "super", "3.13"),
        "✗ AttributeError: 'super' object has no attribute '_abc_impl'"
    );
}

#[test]
fn the_lookup_of_a_builtin_type_is_that_of_object() {
    for version in ["3.9", "3.13"] {
        for target in ["Table.rows", "Fault.cure"] {
            let said = ran(
                INHERITED,
                &format!("why {target} --access read --python-version {version}"),
            );
            assert!(said.contains(", bound to obj"), "{said}");
            assert!(said.ends_with("exit 0\n"), "{said}");
        }
    }
}

const ANNOTATED: &str = "\
--- app.py
from dataclasses import dataclass, field
class Base:
    size = 1
class Order(Base):
    price: int
    note: str
    size: int
    _Order__kept: int
    def pay(self):
        self.price = 3
@dataclass
class Point:
    x: int
    y: list = field(default_factory=list, init=False)
    z: int = field(init=False)
class Odd: ...
setattr(Odd, 'get-price', 1)
setattr(Odd, 'class', 1)
Odd.get_size = 1
";

/// What stands above the accesses.
fn head(target: &str) -> String {
    let said = ran(ANNOTATED, &format!("why {target} --access read"));
    let lines = said.lines().skip(2).take_while(|it| !it.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_name_that_is_only_annotated_is_told_with_its_place() {
    expect![[r#"
        only annotated in Order; no class has a value: AttributeError until it is set  app.py:5
        set on obj in Order.pay  app.py:10
    "#]]
    .assert_eq(&head("Order.price"));
    expect![[r#"
        only annotated in Order; no class or method gives it: AttributeError unless something else sets it  app.py:6
    "#]]
    .assert_eq(&head("Order.note"));
    expect![[r#"
        only annotated in Order; the value is that of Base  app.py:7
    "#]]
    .assert_eq(&head("Order.size"));
    let said = ran(ANNOTATED, "why Order.note --access read");
    assert!(
        said.contains("✗ AttributeError: 'Order' object has no attribute 'note'"),
        "{said}"
    );
}

#[test]
fn fields_are_given_by_the_init_that_dataclass_writes() {
    expect![[r#"
        only annotated in Point; no class has a value: AttributeError until it is set  app.py:13
        set on obj in Point.__init__  app.py:13
    "#]]
    .assert_eq(&head("Point.x"));
    assert!(head("Point.y").contains("set on obj in Point.__init__"));
    assert!(!head("Point.z").contains("set on obj"));
}

#[test]
fn a_name_that_no_dot_reaches_is_asked_for_by_getattr() {
    expect![[r#"
        Odd "get-price"  app  ● exact

        `get-price` is no identifier: only getattr(obj, "get-price") can reach such an attribute, never a dot

        getattr(Odd, "get-price")
        1  type.__getattribute__ looks for `get-price`
        2  no class along the MRO of type has it on the metaclass's side
        3  Odd has it: no descriptor, so __dict__ wins over it ← answers  app.py:17
        4  it is given as it is
        ● the value that Odd has; the class's side answers: type has no `get-price`

        setattr(Odd, "get-price", value)
        1  type.__setattr__ looks for `get-price`
        2  no class along the MRO of type has it on the metaclass's side
        3  __dict__ is changed
        ● stored in Odd.__dict__

        delattr(Odd, "get-price")
        1  type.__delattr__ looks for `get-price`
        2  no class along the MRO of type has it on the metaclass's side
        3  __dict__ is changed
        ● taken out of Odd.__dict__
        exit 0
    "#]]
    .assert_eq(&ran(ANNOTATED, "why Odd.get-price --access class"));
    assert!(ran(ANNOTATED, "why Odd.class").contains("`class` is a keyword"));
    let said = ["3x", "get-size", "x", "getsize"]
        .map(|name| ran(ANNOTATED, &format!("why Odd.{name}")))
        .concat();
    expect![[r#"
        ! error: nothing gives `app:Odd` an attribute `3x`
        !   hint: `3x` is no identifier: only getattr(obj, "3x") can reach such an attribute, never a dot
        exit 2
        ! error: nothing gives `app:Odd` an attribute `get-size`
        !   hint: did you mean `get_size`? `get-size` is no identifier: only getattr(obj, "get-size") can reach such an attribute, never a dot
        exit 2
        ! error: nothing gives `app:Odd` an attribute `x`
        exit 2
        ! error: nothing gives `app:Odd` an attribute `getsize`
        !   hint: did you mean `get_size`?
        exit 2
    "#]].assert_eq(&said);
}

#[test]
fn a_class_of_the_standard_library_is_traced_without_a_project() {
    let said = ran("", "why collections:OrderedDict.popitem --access read");
    assert!(said.contains(", bound to obj"), "{said}");
    assert!(said.ends_with("exit 0\n"), "{said}");
    let said = ran("", "why collections:OrderedDict.popitm");
    assert!(said.contains("did you mean `popitem`?"), "{said}");
    let said = ran("", "why int.real --access class --python-version 3.9");
    assert!(
        said.contains("✗ TypeError: can't set attributes of built-in/extension type 'int'"),
        "{said}"
    );
}

#[test]
fn an_instance_of_a_class_that_makes_others_is_taken_to_be_of_the_class_itself() {
    let said = ran(
        "",
        "why pathlib:Path.exists --access read --python-version 3.13",
    );
    expect![[r#"
        Path.exists  pathlib._local  ● exact

        obj.exists
        1  object.__getattribute__ looks for `exists`
        2  PathBase has it: a non-data descriptor, over which __dict__ wins ← answers
        3  instances have no __dict__
        ● the function of PathBase, bound to obj
        ·  obj  is taken to be of Path itself; Path() may give an instance of a subclass
        exit 0
    "#]]
    .assert_eq(&said);
}

#[test]
fn what_may_be_there_all_the_same_is_not_said_to_be_missing() {
    let files = "--- shop.py\nknown = input()\nclass Base:\n    def save(self): ...\nclass Part(Base):\n    if known:\n        def load(self): ...\nMade = type('Made', (Base,), {known: 1})\ndef given(cls):\n    for name in known:\n        setattr(cls, 'get_' + name, 1)\n    return cls\n@given\nclass Given(Base): ...\n";
    let said = ran(files, "why shop:Part.load");
    assert!(
        said.contains("○ from here on it is not known: `known`"),
        "{said}"
    );
    for target in ["shop:Made.other", "shop:Given.get_x"] {
        let said = ran(files, &format!("why {target}"));
        assert!(said.contains("○ from here on it is not known"), "{said}");
    }
    // The name that is worked out begins with `get_`.
    let said = ran(files, "why shop:Given.set_x");
    assert!(
        said.contains("nothing gives `shop:Given` an attribute `set_x`"),
        "{said}"
    );
}
