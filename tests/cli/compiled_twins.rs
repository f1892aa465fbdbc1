//! Compiled modules whose classes and functions take the place of ones with source, as far as no snapshot describes them.

use expect_test::expect;

use super::ran;

/// Without the compiled file, CPython makes `Done` a `dict`: what is asked for in a `try` is not there at first.
#[test]
fn what_a_compiled_module_has_in_place_of_a_class_or_function_is_taken_to_be_like_that_one() {
    let files = "\
--- .venv/pyvenv.cfg
home = /usr/bin
version = 3.13.0
--- .venv/lib/python3.13/site-packages/fast/__init__.py
import sys
def available():
    try:
        from fast import _speedups
        return _speedups
    except ImportError:
        return None
def faster(it):
    sys.modules[__name__].__dict__[it.__name__ + 'Py'] = it
    speedups = available()
    return getattr(speedups, it.__name__) if speedups is not None else it
BasePy = object
@faster
class Base:
    def __init__(self, name): self.name = name
    def key(self):
        try:
            return self._key
        except AttributeError:
            self._key = self.name.upper()
        return self._key
class Specification(BasePy): ...
one = Base('one')
@faster
def find(cls):
    return {'ONE': dict, 'TWO': list}[one.key()]
@faster
class Other: ...
--- .venv/lib/python3.13/site-packages/fast/_speedups.cpython-313-x86_64-linux-gnu.so
--- app.py
import fast
class Both(fast.Specification): ...
class Kept: ...
class Done(fast.find(Kept)): ...
class Plain: ...
";
    expect![[r#"
        Coverage  app.py

        4 classes
          ● exact    2  50.0 %
          ◐ assumed  2  50.0 %
          ○ unknown  0   0.0 %
          ✗ raise    0   0.0 %

        what was assumed, and for how many
          2 what `fast._speedups` has is like what it takes the place of  fast/__init__.py:4
            Done  app              app.py:4
            Both  app  indirectly  app.py:2
        exit 0
    "#]]
    .assert_eq(&ran(files, "coverage app.py"));
    expect![[r#"
        app:Both
        fast:Specification
        fast:Base
        builtins:object
        exit 0
    "#]]
    .assert_eq(&ran(files, "mro app:Both"));
    expect![[r#"
        app:Done
        builtins:dict
        builtins:object
        exit 0
    "#]]
    .assert_eq(&ran(files, "mro app:Done"));
}
