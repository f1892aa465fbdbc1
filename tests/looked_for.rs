//! Modules and classes that code looks for: in folders, among the names of a module.

use expect_test::expect;

use crate::imports::holds;

/// `pkgutil.iter_modules`, `walk_packages`; what is no class; the order of a module's own names.
#[test]
fn modules_that_are_looked_for_in_folders_and_classes_among_globals_are_found() {
    holds(
        "
--- shop/__init__.py
--- shop/plugins/__init__.py
--- shop/plugins/b.py
class Plugin: pass
--- shop/plugins/a/__init__.py
--- shop/plugins/a/inner.py
class Plugin: pass
--- shop/found.py
import importlib, pkgutil
import shop.plugins
from types import MethodType
names = [it.name for it in pkgutil.iter_modules(shop.plugins.__path__, 'shop.plugins.')]
deep = [name for _, name, _ in pkgutil.walk_packages(shop.plugins.__path__, 'shop.plugins.')]
class First(importlib.import_module(names[1]).Plugin): pass
class Deep(importlib.import_module(deep[1]).Plugin): pass
class Base: pass
class Below(Base): pass
def below():
    found = {}
    for it in globals().values():
        try:
            is_one = issubclass(it, Base)
        except TypeError:
            continue
        if is_one:
            found[it.__name__] = it
    return found
class Last(list(below().values())[-1]): pass
class Own(int if list(globals())[:3] == ['__name__', '__doc__', '__package__'] else str): pass
class Bound(MethodType(lambda given: given, Below)()): pass
",
        &[
            "shop",
            "shop.plugins",
            "shop.plugins.a",
            "shop.plugins.a.inner",
            "shop.plugins.b",
            "shop.found",
        ],
        &expect![[r#"
            shop.found:Base: Base object
            shop.found:Below: Below Base object
            shop.found:Bound: Bound Below Base object
            shop.found:Deep: Deep Plugin object
            shop.found:First: First Plugin object
            shop.found:Last: Last Below Base object
            shop.found:Own: Own int object
            shop.plugins.a.inner:Plugin: Plugin object
            shop.plugins.b:Plugin: Plugin object
        "#]],
    );
}

/// A member of an enumeration with a data type is hashed as its value is, and equal to it; of one of the library whose value is not known here, neither
/// is.
#[test]
fn a_member_with_a_data_type_is_found_by_its_value() {
    holds(
        "
--- kinds.py
import enum
from http import HTTPStatus
class Status(enum.IntEnum):
    LOST = 404
class Word(str, enum.Enum):
    A = 'a'
class Plain(enum.Enum):
    A = 1
FOUND = {404: int, 'a': str}
class A(FOUND[Status.LOST]): pass
class B(FOUND.get(Word.A)): pass
class C({Status.LOST: float}[404]): pass
class D(list if Word.A in {'a'} else dict): pass
class E(list if Plain.A in {1: 2} else dict): pass
class F(list if HTTPStatus.NOT_FOUND == 404 else dict): pass
class G(list if HTTPStatus.NOT_FOUND in FOUND else dict): pass
class H(FOUND[HTTPStatus.NOT_FOUND]): pass
",
        &["kinds"],
        &expect![[r#"
            kinds:A: A int object
            kinds:B: B str object
            kinds:C: C float object
            kinds:D: D list object
            kinds:E: E dict object
            kinds:F: not known: it depends on a condition that cannot be decided without running
            kinds:G: not known: it depends on a condition that cannot be decided without running
            kinds:H: not known: it depends on a value that only a run can supply
            kinds:Plain: Plain Enum object
            kinds:Status: Status IntEnum int ReprEnum Enum object
            kinds:Word: Word str Enum object
        "#]],
    );
}

/// What is put under a key that is not known may stand in the place of what a dict has.
#[test]
fn a_key_that_is_not_known_may_be_one_that_is_there() {
    holds(
        "
--- kinds.py
import sys
one = {'int': int}
one[sys.argv[-1]] = str
class A(one['int']): pass
two = {'int': int}
two.update({sys.argv[-1]: str})
class B(two['int']): pass
three = {}
three[sys.argv[-1]] = str
three['int'] = int
class C(three['int']): pass
class D(dict(one)['int']): pass
",
        &["kinds"],
        &expect![[r#"
            kinds:A: A int object if `one[sys.argv[-1]] = str` replaces nothing that is there
            kinds:B: B int object if `two.update({sys.argv[-1]: str})` replaces nothing that is there
            kinds:C: C int object
            kinds:D: D int object if `one[sys.argv[-1]] = str` replaces nothing that is there
        "#]],
    );
}
