//! `mroscope show --page descriptors`: what each descriptor answers, and what an access looks like it costs.

use expect_test::expect;

use super::ran;
use crate::support::Sandbox;
use crate::support::shell::Shell;

/// A data descriptor whose name is given by a base, one that only writes, one that keeps what it computes, and the library's.
const SHOP: &str = "\
--- fields.py
import functools, json, threading
from decimal import Decimal
class Named:
    def __set_name__(self, owner, name):
        self.name = name
class Money(Named):
    lock = threading.Lock()
    def __get__(self, instance, owner):
        if instance is None:
            return self
        with self.lock:
            return Decimal(instance.__dict__['_' + self.name])
    def __set__(self, instance, value):
        if value < 0:
            raise ValueError(f'{value} is negative')
        instance.__dict__['_' + self.name] = str(value)
class WriteOnly:
    def __set__(self, instance, value):
        instance._secret = value
class Lazy:
    def __init__(self, make):
        self.make = make
        self.name = make.__name__
    def __get__(self, instance, owner=None):
        value = instance.__dict__[self.name] = self.make(instance)
        return value
--- shop.py
import functools, json
from fields import Lazy, Money, WriteOnly
class AuditMixin:
    price = Money()
    secret = WriteOnly()
class Order(AuditMixin):
    pass
class Cart(AuditMixin):
    __slots__ = ('number',)
    @property
    def rate(self):
        if self._rate is None:
            self._rate = json.loads(open('rates.json').read())
        return self._rate
    @functools.cached_property
    def config(self):
        with open('config') as file:
            return json.load(file)
    @Lazy
    def summary(self):
        return self.describe(1)
    @functools.singledispatchmethod
    def add(self, what): ...
    def describe(self, length): ...
class Plain: ...
";

fn shown(arguments: &str) -> String {
    ran(SHOP, &format!("show --page descriptors {arguments}"))
}

/// What stands under a descriptor's heading.
fn part<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = page
        .find(heading)
        .unwrap_or_else(|| panic!("no `{heading}` in\n{page}"));
    let rest = &page[start..];
    let end = ["\n\n", "\nexit "]
        .iter()
        .filter_map(|it| rest.find(it))
        .min();
    &rest[..end.unwrap_or(rest.len())]
}

#[test]
fn the_cost_of_each_is_seen_at_a_glance() {
    let page = shown("shop:Cart --python-version 3.13");
    let glance: Vec<&str> = page.lines().take(13).collect();
    expect![[r#"
        Cart  shop  ● exact

        7 descriptors, beside 1 method
        calls are read off the source; keys and locks are what the modules end up with

           name     is                    a read looks like      cached       kept in
        n  add      singledispatchmethod  no source
        n  config   cached_property       waits, decodes         on instance  config
        S  number   slot                  a field of the object               its slot
        d  price    Money                 lock, 1 call           no           _price
        p  rate     property              waits, decodes         on instance  _rate
        d  secret   WriteOnly             no __get__                          _secret
        n  summary  Lazy                  2 calls                on instance  summary"#]]
    .assert_eq(&glance.join("\n"));
}

#[test]
fn a_data_descriptor_has_its_methods_with_their_classes_and_what_they_run() {
    let page = shown("shop:Cart");
    expect![[r#"
        d price  data descriptor
          given by  AuditMixin, of class fields:Money                          shop.py:4
          has       __get__ Money · __set__ Money · __set_name__ Named
          shadows   an entry "price" in obj.__dict__, which a read never sees
          read      Money.__get__ → with self.lock (lock) → Decimal(…)         fields.py:8
          locks     self.lock  of the descriptor: one for all instances
          cached    no
          kept in   obj.__dict__["_price"]
          write     Money.__set__ → raise ValueError (if value < 0) → str(…)   fields.py:13
          delete    raises AttributeError: __delete__"#]]
    .assert_eq(part(&page, "d price"));
}

#[test]
fn one_that_only_writes_is_not_asked_on_a_read() {
    let page = shown("shop:Cart");
    let part = part(&page, "d secret");
    assert!(
        part.contains("shadows   nothing on a read, since it has no __get__"),
        "{part}"
    );
    assert!(
        part.contains("read      no __get__: obj.__dict__[\"secret\"], or the descriptor itself"),
        "{part}"
    );
}

#[test]
fn the_function_a_descriptor_decorates_counts_where_it_is_called() {
    let page = shown("shop:Cart");
    expect![[r#"
        n summary  non-data descriptor
          given by  Cart, of class fields:Lazy                                            shop.py:19
          has       __get__ Lazy
          shadows   nothing: an entry "summary" in obj.__dict__ is seen first
          read      Lazy.__get__ → self.make(…)                                           fields.py:24
                    Cart.summary → self.describe(…)                                       shop.py:19
          cached    in obj.__dict__["summary"]: from then on the descriptor is not asked
          kept in   obj.__dict__["summary"]
          write     goes to obj.__dict__["summary"], and hides it there"#]]
    .assert_eq(part(&page, "n summary"));
}

#[test]
fn cached_property_held_a_lock_until_3_12() {
    for (version, is_locked) in [("3.9", true), ("3.11", true), ("3.12", false)] {
        let page = shown(&format!("shop:Cart --python-version {version}"));
        let part = part(&page, "n config");
        assert!(
            part.contains("open(…) (waits) → json.load(…) (decodes)"),
            "{part}"
        );
        assert_eq!(
            part.contains("under one lock for all instances"),
            is_locked,
            "{version}"
        );
    }
}

#[test]
fn a_filter_leaves_those_it_matches() {
    let page = shown("shop:Cart --filter PRI");
    assert!(
        page.contains("d price") && !page.contains("summary"),
        "{page}"
    );
}

#[test]
fn what_has_no_descriptors_or_is_no_class_says_so() {
    expect![[r#"
        Plain  shop  ● exact

        no descriptors
        exit 0
    "#]]
    .assert_eq(&shown("shop:Plain"));
    let files = "--- a.py\nclass A(1):\n    @property\n    def x(self): ...\n";
    let page = ran(files, "show a:A --page descriptors");
    assert!(page.contains("no class comes of this statement"), "{page}");
    assert!(page.contains("p x  data descriptor"), "{page}");
}

#[test]
fn who_takes_over_before_any_descriptor_is_named() {
    let files = "--- a.py\nclass A:\n    def __getattribute__(self, name): return 1\n    @property\n    def x(self): ...\n";
    let page = ran(files, "show a:A --page descriptors");
    assert!(
        page.contains("A.__getattribute__ takes over each read"),
        "{page}"
    );
}

#[test]
fn what_stands_in_the_source_is_shown_and_not_obeyed() {
    let files = "--- a.py\nclass A:\n    @property\n    def x(self):\n        if self.y['\x1b[2J']: raise ValueError\n        return self.z['\x1b[2J']\n";
    let page = ran(files, "show a:A --page descriptors");
    assert!(!page.contains('\x1b'), "{page}");
    assert!(page.contains("raise ValueError"), "{page}");
}

#[test]
fn a_page_of_a_thousand_descriptors_is_bounded() {
    let properties: Vec<String> = (0..1000)
        .map(|number| format!("    @property\n    def x{number:04}(self): return self.load()"))
        .collect();
    let many = properties.join("\n");
    let sandbox = Sandbox::new(&format!("--- a.py\nclass A:\n{many}"));
    let page = Shell::new(&sandbox).run("show a:A --page descriptors");
    assert!(page.out.contains("1,000 descriptors"), "{page}");
    assert!(page.out.contains("800 more are not shown"), "{page}");
    assert!(!page.out.contains("x0200"), "{page}");
}

const ASSIGNED: &str = "\
--- a.py
import functools
class Data:
    def __set__(self, instance, value): instance.__dict__['kept'] = check(value)
class Base:
    price = Data()
    def __init__(self, price):
        self.price = price
        self.config = {}
    def reset(self):
        setattr(self, 'total', 0)
        self.__dict__['describe'] = None
class Order(Base):
    @functools.cached_property
    def config(self): return load()
    @property
    def total(self): return self.cursor.execute('…').fetchall()
    @total.setter
    def total(self, value): self.connection.commit()
    @property
    def rate(self): return 1
    def spoil(self): self.rate = 2
    def describe(self): ...
    def _get_pk(self): return self.id
    pk = property(_get_pk, fdel=None)
";

#[test]
fn the_classes_own_assignments_are_held_against_its_descriptors() {
    let page = ran(
        ASSIGNED,
        "show a:Order --page descriptors --python-version 3.13",
    );
    for (heading, line) in [
        (
            "d price",
            "self.price = … in Base.__init__: runs Data.__set__",
        ),
        (
            "n config",
            "self.config = … in Base.__init__: hides it from then on",
        ),
        ("p total", "self.total = … in Base.reset: runs its setter"),
        (
            "p rate",
            "self.rate = … in Order.spoil: raises AttributeError: property 'rate' of 'Order' object has no setter",
        ),
    ] {
        let part = part(&page, heading);
        assert!(part.contains(line), "{line}\n{part}");
    }
    let hidden = part(&page, "methods that an assignment");
    assert!(
        hidden.contains("Order.describe  by self.describe = … in Base.reset  a.py:11"),
        "{hidden}"
    );
}

#[test]
fn the_functions_of_a_property_are_found_where_they_stand() {
    let page = ran(
        ASSIGNED,
        "show a:Order --page descriptors --python-version 3.13",
    );
    expect![[r#"
        p total  data descriptor
          given by  Order, a property                                                                        a.py:15
          shadows   an entry "total" in obj.__dict__, which a read never sees
                    self.total = … in Base.reset: runs its setter                                            a.py:10
          read      its getter → self.cursor.execute(…) (waits) → self.cursor.execute(…).fetchall() (waits)  a.py:15
          cached    no
          write     its setter → self.connection.commit() (waits)                                            a.py:17
          delete    raises AttributeError: property 'total' of 'Order' object has no deleter"#]].assert_eq(part(&page, "p total"));
    expect![[r#"
        p pk  data descriptor
          given by  Order, a property                                                      a.py:24
          shadows   an entry "pk" in obj.__dict__, which a read never sees
          read      its getter  calls nothing                                              a.py:23
          cached    no
          reads     self.id
          write     raises AttributeError: property 'pk' of 'Order' object has no setter
          delete    raises AttributeError: property 'pk' of 'Order' object has no deleter"#]]
    .assert_eq(part(&page, "p pk"));
}

#[test]
fn accessors_without_a_name_or_of_a_subclass_of_property_are_found_too() {
    let files = "--- a.py
import json
from operator import attrgetter
class Rule(property):
    def __get__(self, instance, owner=None):
        return check(self.fget(instance))
class Order:
    total = property(
        lambda self: json.loads(self._total))
    @Rule
    def rate(self): return self.load()
    name = property(attrgetter('_name'))
";
    let page = ran(files, "show a:Order --page descriptors");
    expect![[r#"
        p total  data descriptor
          given by  Order, a property                                                         a.py:7
          shadows   an entry "total" in obj.__dict__, which a read never sees
          read      its getter → json.loads(…) (decodes)                                      a.py:8
          cached    no
          reads     self._total
          write     raises AttributeError: property 'total' of 'Order' object has no setter
          delete    raises AttributeError: property 'total' of 'Order' object has no deleter"#]]
    .assert_eq(part(&page, "p total"));
    expect![[r#"
        p rate  data descriptor
          given by  Order, a property of class a:Rule                                        a.py:9
          has       __get__ Rule
          shadows   an entry "rate" in obj.__dict__, which a read never sees
          read      Rule.__get__ → check(…) → self.fget(…)                                   a.py:4
                    its getter → self.load()                                                 a.py:9
          cached    no
          write     raises AttributeError: property 'rate' of 'Order' object has no setter
          delete    raises AttributeError: property 'rate' of 'Order' object has no deleter"#]]
    .assert_eq(part(&page, "p rate"));
    expect![[r#"
        p name  data descriptor
          given by  Order, a property                                                        a.py:11
          shadows   an entry "name" in obj.__dict__, which a read never sees
          read      its getter  no source to read
          write     raises AttributeError: property 'name' of 'Order' object has no setter
          delete    raises AttributeError: property 'name' of 'Order' object has no deleter"#]]
    .assert_eq(part(&page, "p name"));
}

#[test]
fn what_an_accessor_merely_reads_is_not_said_to_be_kept_there() {
    let files = "--- a.py
class Order:
    def __init__(self):
        self._total = self.__secret = 1
    def change(self):
        self._total = 2
    @property
    def total(self): return self._total
    @property
    def secret(self): return self.__secret
    @property
    def both(self): return self.total + self.other.price
    @property
    def rate(self):
        if self._waiting: self._waiting = None
        return self._rate
    @rate.setter
    def rate(self, value):
        self._cache = None
        self._rate = value
    @property
    def gone(self): return self._gone
    @gone.deleter
    def gone(self): del self._gone
";
    let page = ran(files, "show a:Order --page descriptors");
    let said: Vec<&str> = page
        .lines()
        .map(str::trim)
        .filter(|line| {
            ["p ", "kept in", "reads"]
                .iter()
                .any(|it| line.starts_with(it))
        })
        .collect();
    expect![[r#"
        p  both    property  no call            no      reads total, 1 more
        p  gone    property  no call            no      reads _gone
        p  rate    property  no call            no      _rate
        p  secret  property  no call            no      reads __secret
        p  total   property  no call            no      reads _total
        p both  data descriptor
        reads     self.total, self.other.price
        p gone  data descriptor
        reads     self._gone
        p rate  data descriptor
        kept in   self._rate
        p secret  data descriptor
        reads     self.__secret (set in Order.__init__)
        p total  data descriptor
        reads     self._total (set in Order.__init__ and another method)"#]]
    .assert_eq(&said.join("\n"));
}

#[test]
fn what_class_methods_assign_stands_in_place_of_a_descriptor() {
    let files = "--- a.py
class Meta(type):
    @property
    def tag(cls): return 1
class Order(metaclass=Meta):
    total = property(lambda self: 1)
    tag = property(lambda self: 2)
    def save(self): ...
    @classmethod
    def fix(cls):
        cls.total = 1
        cls.tag = 2
        cls.save = 3
    def __init_subclass__(cls, rate=None):
        if rate: cls.total = rate
class Express(Order): ...
class Careful(type):
    def __setattr__(cls, name, value): ...
class Kept(metaclass=Careful):
    total = property(lambda self: 1)
    @classmethod
    def fix(cls): cls.total = 1
";
    let said = ["Order", "Express", "Kept"].map(|class| {
        let page = ran(files, &format!("show a:{class} --page descriptors"));
        let lines = page.lines().filter(|line| line.contains("cls."));
        lines.map(str::trim).collect::<Vec<_>>().join("\n")
    });
    expect![[r#"
        Order.save  by cls.save = … in Order.fix: replaces it in Order, unless it is called on a subclass  a.py:12
        cls.tag = … in Order.fix: goes to the data descriptor of the metaclass Meta  a.py:11
        cls.total = … in Order.fix: replaces it in Order, unless it is called on a subclass      a.py:10
        cls.total = … in Order.__init_subclass__: a new subclass of Order has that in its place  a.py:14

        Order.save  by cls.save = … in Order.fix: called on Express, it hides that of Order  a.py:12
        cls.tag = … in Order.fix: goes to the data descriptor of the metaclass Meta  a.py:11
        cls.total = … in Order.fix: called on Express, it hides that of Order                      a.py:10
        cls.total = … in Order.__init_subclass__: a new subclass of Express has that in its place  a.py:14

        cls.total = … in Kept.fix: what Careful.__setattr__ makes of it          a.py:21"#]].assert_eq(&said.join("\n\n"));
}

#[test]
fn what_is_made_in_c_is_told_as_that_for_classes_of_the_interpreter_too() {
    let page = ran(
        "",
        "show pathlib:PurePath --page descriptors --python-version 3.12",
    );
    expect![[r#"
        S _drv  data descriptor
          given by  PurePath, made by its __slots__
          shadows   nothing: instances have no __dict__
          read      takes the value from the slot; an empty one raises AttributeError
          kept in   the slot of PurePath
          write     puts the value into the slot
          delete    empties the slot"#]]
    .assert_eq(part(&page, "S _drv"));
    let page = ran(
        "",
        "show collections:OrderedDict --page descriptors --python-version 3.13",
    );
    assert!(!page.contains("takes over"), "{page}");
}
