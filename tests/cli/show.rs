//! `mroscope show`: each page as a shell sees it.

use expect_test::expect;

use super::{SHOP, ran};

#[test]
fn the_linearization_is_the_first_page() {
    expect![[r#"
        Order  shop.order  ● exact

        class Order(Cart)  shop/order.py:3

           class   module      gives  hidden  place
        1  Order   shop.order      ·       ·  order.py:3
        2  Cart    shop.cart       2       ·  cart.py:7
        3  Left    shop.cart       1       ·  cart.py:2
        4  Right   shop.cart       ·       1  cart.py:5
        5  Base    shop.base       1       1  base.py:1
        6  object  builtins       23       ·  interpreter

        instances  __dict__ · __weakref__ · hashable · not abstract

        why each comes before the next
        1  Order  derives from Cart                  order.py:3
        2  Cart   derives from Left                  cart.py:7
        3  Left   before Right in the bases of Cart  cart.py:7
        4  Right  derives from Base                  cart.py:5
        5  Base   derives from object                base.py:1
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "show Order"));
}

#[test]
fn members_can_be_filtered_and_sorted() {
    expect![[r#"
        Order  shop.order  ● exact

        33 names, 1 with several definitions, 29 not listed
        by class: inherited private special, not object's

           name   given by                      place      is
        k  Item   Cart                          cart.py:8
        v  limit  Cart                          cart.py:9  10
        m  save   Left ↑super Right hides Base  cart.py:3
        m  load   Base                          base.py:3
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "show Order --page members --sort class"));
    expect![[r#"
        Order  shop.order  ● exact

        33 names, 1 with several definitions, 32 not listed
        by name: inherited private special, not object's  only sav

           name  given by                      place      is
        m  save  Left ↑super Right hides Base  cart.py:3
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "show Order --page members --filter sav"));
    expect![[r#"
        Cart  shop.cart  ● exact

        33 names, 1 with several definitions, 31 not listed
        by name: private special, not inherited object's

           name   given by  place      is
        k  Item   Cart      cart.py:8
        v  limit  Cart      cart.py:9  10
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "show Cart --page members --own"));
}

#[test]
fn the_source_is_printed_with_its_lines() {
    expect![[r#"
        Left  shop.cart  ● exact

        shop/cart.py
        2  class Left(Base):
        3      def save(self):
        4          super().save()
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "show Left --page source"));
}

#[test]
fn plugins_lists_what_is_below() {
    expect![[r#"
        Base  shop.base  ● exact

        7 classes below it, 2 directly; 6 can be instantiated
        it does not hear of them: it has no `__init_subclass__`, and its metaclass is `type`

        classes: + can be instantiated, - is abstract
             class   module        away  place
          +  Left    shop.cart        1  cart.py:2
          +  Right   shop.cart        1  cart.py:5
          +  Cart    shop.cart        2  cart.py:7
          +  X       shop.crossed     2  crossed.py:2
          +  Y       shop.crossed     2  crossed.py:3
          +  Order   shop.order       3  order.py:3
          ○  Remote  shop.order       3  order.py:5
        exit 0
    "#]]
    .assert_eq(&ran(SHOP, "show Base --page plugins"));
}

#[test]
fn a_class_that_raises_is_a_finding() {
    expect![[r#"
        Crossed  shop.crossed  ✗ raises

        class Crossed(X, Y)  shop/crossed.py:4

        TypeError: Cannot create a consistent method resolution order (MRO) for bases Left, Right

        these two cannot both hold
          shop/crossed.py:2  class X(Left, Right)  Left before Right
          shop/crossed.py:3  class Y(Right, Left)  Right before Left
          shop/crossed.py:4  class Crossed(X, Y)   keeps them all
          the merge sticks at step 3: Left, Right each stand in a tail
        exit 1
    "#]]
    .assert_eq(&ran(SHOP, "show Crossed"));
}

#[test]
fn a_class_with_a_base_out_of_view_is_a_finding() {
    expect![[r#"
        Remote  shop.order  ○ unknown 1

        class Remote(gone.Client, Cart)  shop/order.py:5

        its MRO cannot be known: 1 thing is out of view
        ○ `gone`: `gone` is not installed in the environment that was searched (shop/order.py:1)

        what is known of its ancestors; what is out of view may stand before any of them
           class   module       gives  hidden  place
        1  Remote  shop.order       ·       ·  order.py:5
        ?  gone    out of view                 order.py:1
        ○  Cart    shop.cart        2       ·  cart.py:7
        ○  Left    shop.cart        1       ·  cart.py:2
        ○  Right   shop.cart        ·       1  cart.py:5
        ○  Base    shop.base        1       1  base.py:1
        ○  object  builtins        23       ·  interpreter
        exit 1
    "#]]
    .assert_eq(&ran(SHOP, "show Remote"));
}

#[test]
fn a_page_that_is_none_is_refused() {
    expect![[r#"
        ! error: invalid value 'mermbers' for '--page <PAGE>'
        !   [possible values: mro, members, lookup, matrix, across, beside, descriptors, creation, costs, operators, super, merge, source, plugins]
        !
        !   tip: a similar value exists: 'members'
        !
        ! For more information, try '--help'.
        exit 2
    "#]]
    .assert_eq(&ran(SHOP, "show Cart --page mermbers"));
}

#[test]
fn an_order_that_a_metaclass_decides_is_said_to_be_its_own() {
    let files = "\
--- meta.py
class Reversed(type):
    def mro(cls):
        own = super().mro()
        return [own[0], *reversed(own[1:-1]), own[-1]]
class A: ...
class B: ...
class C(A, B, metaclass=Reversed): ...
";
    expect![[r#"
        C  meta  ● exact

        class C(A, B, metaclass=Reversed)  meta.py:7
        metaclass Reversed  meta

           class   module    gives  hidden  place
        1  C       meta          ·       ·  meta.py:7
        2  B       meta          ·       ·  meta.py:6
        3  A       meta          ·       ·  meta.py:5
        4  object  builtins     23       ·  interpreter

        instances  __dict__ · __weakref__ · hashable · not abstract

        its metaclass has an `mro()` of its own, which decides the order
        exit 0
    "#]]
    .assert_eq(&ran(files, "show meta:C"));
}

#[test]
fn classes_of_an_import_that_failed_half_way_are_not_listed_twice() {
    let files = "\
--- shop/__init__.py
--- shop/first.py
try:
    import shop.second
except AttributeError:
    pass
import shop.second
--- shop/second.py
import shop
class Base: ...
class Sub(Base): ...
if not hasattr(shop, 'tried'):
    shop.tried = True
    shop.missing
";
    expect![[r#"
        Base  shop.second  ● exact

        1 class below it, 1 directly; 1 can be instantiated
        it does not hear of them: it has no `__init_subclass__`, and its metaclass is `type`

        classes: + can be instantiated, - is abstract
             class  module       away  place
          +  Sub    shop.second     1  second.py:3
        exit 0
    "#]]
    .assert_eq(&ran(files, "show shop.second:Base --page plugins"));
}

const CONDITIONS: &str = "--- shop.py
known = input()
class Base:
    def save(self): ...
class Part(Base):
    if known:
        def load(self): ...
    if known == 'more':
        def save(self): ...
def given(cls):
    for name in known:
        setattr(cls, 'get_' + name, 1)
    return cls
@given
class Given(Base): ...
Made = type('Made', (Base,), {known: 1, 'sure': 2})
";

#[test]
fn names_that_hang_on_a_condition_are_marked_and_say_on_which() {
    expect![[r#"
        Part  shop  ● exact

        31 names, 1 with several definitions, 29 not listed
        by name: inherited private special, not object's
        ○ what is marked ? may be absent: it hangs on a condition that cannot be decided

           name  given by        place      is
        m  load  Part ?          shop.py:6  hangs on `known`  shop.py:5
        m  save  Part ? or Base  shop.py:8  hangs on `known == 'more'`  shop.py:7
        exit 0
    "#]]
    .assert_eq(&ran(CONDITIONS, "show shop:Part --page members"));
}

#[test]
fn names_that_are_not_known_have_a_line_of_their_own() {
    expect![[r#"
        Made  shop  ● exact

        31 names, 0 with several definitions, 29 not listed
        by name: inherited private special, not object's

           name  given by  place       is
        m  save  Base      shop.py:3
        v  sure  Made      shop.py:15  2
        *  {…}   Made      shop.py:15  other names, which are not known, may be there
        exit 0
    "#]]
    .assert_eq(&ran(CONDITIONS, "show shop:Made --page members"));
    expect![[r#"
        Given  shop  ● exact

        30 names, 0 with several definitions, 29 not listed
        by name: inherited private special, not object's

           name        given by  place       is
        *  get_{name}  Given     shop.py:11  set on the class in given
        m  save        Base      shop.py:3
        exit 0
    "#]]
    .assert_eq(&ran(CONDITIONS, "show shop:Given --page members"));
}

#[test]
fn what_a_compiled_module_has_is_another_object_than_what_the_source_makes() {
    let files = "--- core.so
--- shop.py
from core import MISSING
class Meta(type):
    def __new__(meta, name, bases, namespace):
        for key, value in list(namespace.items()):
            if not key.startswith('_') and value is not MISSING:
                del namespace[key]
        return super().__new__(meta, name, bases, namespace)
class Model(metaclass=Meta):
    kept = MISSING
    taken = 3
";
    expect![[r#"
        Model  shop  ◐ assumed 1

        30 names, 0 with several definitions, 28 not listed
        by name: inherited private special, not object's

           name        given by  place      is
        v  __module__  Model     shop.py:7  'shop'
        —  kept        Model     shop.py:9  computed: MISSING
        exit 0
    "#]]
    .assert_eq(&ran(files, "show shop:Model --page members"));
    let said = ran(files, "show shop:Model");
    assert!(
        said.contains("◐ `MISSING` is an object of its own  shop.py:1"),
        "{said}"
    );
}

/// Functions that others have made: one reads the loop's variable when it is called, the other keeps it as a default.
const MADE: &str = "\
--- made.py
class Late: ...
class Kept: ...


def add(late, kept):
    for column in ['id', 'total']:
        def get(self): return self.rows[column]
        setattr(late, f'get_{column}', get)
        def held(self, column=column): return self.rows[column]
        setattr(kept, f'get_{column}', held)


add(Late, Kept)


def named(name):
    return type(name, (Late,), {'label': name})


Report = named('Report')
";

#[test]
fn functions_that_others_have_made_say_what_they_keep() {
    expect![[r#"
        Late  made  ● exact

        31 names, 0 with several definitions, 29 not listed
        by name: inherited private special, not object's

           name       given by  place      is
        m  get_id     Late      made.py:8  column = 'total'  def made.py:7
        m  get_total  Late      made.py:8  column = 'total'  def made.py:7
        exit 0
    "#]]
    .assert_eq(&ran(MADE, "show Late --page members"));
    expect![[r#"
        Kept  made  ● exact

        31 names, 0 with several definitions, 29 not listed
        by name: inherited private special, not object's

           name       given by  place       is
        m  get_id     Kept      made.py:10  column='id'  def made.py:9
        m  get_total  Kept      made.py:10  column='total'  def made.py:9
        exit 0
    "#]]
    .assert_eq(&ran(MADE, "show Kept --page members"));
}
