//! Modules that cannot be imported, and what imports them; names that code writes from elsewhere; functions that nobody has called. What is
//! said to be exact is held against what every CPython of this machine has once it has imported the modules that it can.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use mroscope::semantics::{Outcome, Standing};
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::witness::analysis_of;

/// Imports each module that is named, and tells the classes that it has made, by module and name.
const ASK: &str = "\
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    try:
        module = importlib.import_module(name)
    except BaseException as error:
        print('!', name, type(error).__name__)
        continue
    for bound, value in vars(module).items():
        if isinstance(value, type) and value.__module__ == name:
            print(name + ':' + value.__qualname__, *[it.__name__ for it in value.__mro__])
";

/// How each class of a project is known, a line each.
fn said(sandbox: &Sandbox, version: PythonVersion) -> BTreeMap<String, String> {
    let analysis = analysis_of(&sandbox.root(), version);
    let told = analysis.project_classes().map(|class| {
        let mro: Vec<&str> = class
            .mro()
            .unwrap_or_default()
            .iter()
            .map(|it| it.name())
            .collect();
        let said = match (class.outcome(), class.standing()) {
            (Outcome::Created(_), Standing::Exact) => mro.join(" "),
            (Outcome::Created(_), Standing::Assumed(all)) => {
                let all: Vec<&str> = all.iter().map(|it| it.what.as_str()).collect();
                format!("{} if {}", mro.join(" "), all.join("; "))
            }
            (Outcome::Raises(raised), _) => format!("raises: {}", raised.kind),
            (Outcome::Unknown { because, .. }, _) => {
                format!("not known: {}", because[0].why.say())
            }
        };
        (class.path().to_string(), said)
    });
    told.collect()
}

/// What is exact is what CPython has; and all of it is as it is written here.
pub(crate) fn holds(files: &str, modules: &[&str], expected: &Expect) {
    let sandbox = Sandbox::new(files);
    for interpreter in interpreters() {
        let output = interpreter
            .command()
            .args(["-c", ASK])
            .arg(sandbox.root())
            .args(modules)
            .output()
            .expect("a CPython that was found can be started");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let theirs: BTreeMap<&str, &str> =
            text.lines().filter_map(|it| it.split_once(' ')).collect();
        for (class, ours) in said(&sandbox, interpreter.version) {
            let module = class.split(':').next().unwrap_or_default();
            // It may be installed where nobody has looked.
            let is_lacking = text.contains(&format!("! {module} ModuleNotFoundError"));
            let is_exact = !ours.contains(" if ") && !ours.contains(':');
            // What stands before the place where a module ends is made, and goes with it.
            let is_gone = class.contains("<locals>") || class.ends_with(":Before");
            if is_exact && !is_lacking && !is_gone {
                assert_eq!(
                    Some(ours.as_str()),
                    theirs.get(class.as_str()).copied(),
                    "{class} on CPython {}: {text}",
                    interpreter.full_version
                );
            }
        }
    }
    let mut all = String::new();
    for (class, ours) in said(&sandbox, PythonVersion::three(11)) {
        let _ = writeln!(all, "{class}: {ours}");
    }
    expected.assert_eq(&all);
}

#[test]
fn a_file_that_does_not_compile_has_no_classes_and_whoever_imports_it_fails() {
    holds(
        "
--- broken.py
class A: pass
class B(A): pass
return 3
--- bytes.py
# coding: ascii
class A: pass  # \u{e9}
--- importer.py
class Before: pass
from broken import A
class C(A): pass
class D: pass
--- guarded.py
try:
    from broken import A
except SyntaxError:
    class A(dict): pass
class E(A): pass
try:
    import bytes
except ImportError:
    class F(str): pass
except SyntaxError:
    class F(int): pass
--- narrow.py
try:
    import broken
except ImportError:
    pass
class F: pass
--- far.py
try:
    import importer as it
except SyntaxError:
    it = int
class G(it if it is int else str): pass
--- raises.py
class Before: pass
if not hasattr(Before, 'ready'):
    raise RuntimeError('not ready')
class I: pass
--- texts.py
try:
    exec('class J: return 3')
except SyntaxError:
    class J(list): pass
",
        &[
            "broken", "bytes", "importer", "guarded", "narrow", "far", "texts",
        ],
        &expect![[r#"
            broken:A: not known: its file does not compile
            broken:B: not known: its file does not compile
            far:G: G int object
            guarded:A: A dict object
            guarded:E: E A dict object
            guarded:F: F int object
            importer:Before: Before object
            importer:C: not known: its file does not compile
            importer:D: D object if importing `broken` does not raise `SyntaxError`
            narrow:F: F object if what would raise `SyntaxError` does not
            raises:Before: Before object
            raises:I: I object if what would raise `RuntimeError` does not
            texts:J: J list object
        "#]],
    );
}

#[test]
fn what_other_code_writes_is_not_known_to_a_function_that_nobody_has_called() {
    holds(
        "
--- names.py
import builtins
builtins.Shared = dict
B = None
C = None
D = int
def setup():
    global B
    class New: pass
    B = New
def first():
    global C, D
    class One: pass
    C = One
    D = One
def second():
    global C
    class Two: pass
    C = Two
class Mixin: pass
def test():
    class UsesB(Mixin, B): pass
    class UsesC(Mixin, C): pass
    class UsesD(Mixin, D): pass
    class UsesE(Mixin, E): pass
def late():
    global E
    class E: pass
REGISTRY = {}
class Meta(type):
    def __init__(cls, name, bases, namespace):
        if name in REGISTRY:
            raise TypeError('twice')
        REGISTRY[name] = cls
def one():
    class Twice(metaclass=Meta): pass
def two():
    class Twice(metaclass=Meta): pass
class Case:
    base = None
    def setUp(self):
        self.base = int
    def test(self):
        class OfSelf(self.base): pass
--- user.py
import names
class Uses(Shared): pass
def patch():
    names.Patched = int
def test():
    class OfModule(names.Patched): pass
--- vista.py
from abc import ABC, ABCMeta
from nowhere_at_all import NotInstalled
class Base: pass
class Canvas(Base, NotInstalled): pass
class Meta(type(Canvas), ABCMeta): pass
class Of(Canvas.__class__, ABCMeta): pass
class Scene(Canvas, metaclass=Meta): pass
class Other(ABC, metaclass=Meta): pass
",
        &["names", "user", "vista"],
        &expect![[r#"
            names:Case: Case object
            names:Case.test.<locals>.OfSelf: OfSelf int object if `self.base` is what `setUp` sets
            names:Meta: Meta type object
            names:Mixin: Mixin object
            names:first.<locals>.One: One object
            names:late.<locals>.E: E object
            names:one.<locals>.Twice: Twice object
            names:second.<locals>.Two: Two object
            names:setup.<locals>.New: New object
            names:test.<locals>.UsesB: UsesB Mixin New object if `B` holds by then what a function puts there
            names:test.<locals>.UsesC: not known: it depends on a value that only a run can supply
            names:test.<locals>.UsesD: not known: it depends on a condition that cannot be decided without running
            names:test.<locals>.UsesE: UsesE Mixin E object if `E` holds by then what a function puts there
            names:two.<locals>.Twice: Twice object
            user:Uses: Uses dict object
            user:test.<locals>.OfModule: not known: it depends on a value that only a run can supply
            vista:Base: Base object
            vista:Canvas: not known: `nowhere_at_all` is not installed in the environment that was searched
            vista:Meta: not known: `nowhere_at_all` is not installed in the environment that was searched
            vista:Of: not known: `nowhere_at_all` is not installed in the environment that was searched
            vista:Other: not known: `nowhere_at_all` is not installed in the environment that was searched
            vista:Scene: not known: `nowhere_at_all` is not installed in the environment that was searched
        "#]],
    );
}

#[test]
fn what_code_stands_ready_for_is_no_fault_of_a_project() {
    let sandbox = Sandbox::new(
        "
--- test_faults.py
import contextlib
import unittest
import pytest
class A: pass
class B(A): pass
def test_block():
    with pytest.raises(TypeError):
        class C(A, B): pass
class Case(unittest.TestCase):
    def test_case(self):
        with self.assertRaisesRegex(TypeError, 'MRO'):
            class C(A, B): pass
    def test_function(self):
        def make():
            class C(A, B): pass
        self.assertRaises(TypeError, make)
try:
    class C(A, B): pass
except TypeError:
    pass
with contextlib.suppress(TypeError):
    class D(A, B): pass
def fault():
    class E(A, B): pass
",
    );
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
    let faults: Vec<Option<(u32, u32)>> = mroscope::view::faults(&analysis)
        .iter()
        .map(|it| it.at)
        .collect();
    assert_eq!(faults, [Some((24, 5))]);
}

#[test]
fn a_statement_passes_on_what_it_reads_of_touched_objects_by_objects_alone() {
    holds(
        "
--- lib.py
import elsewhere
class Base: pass
class Other: pass
class Entry:
    def __init__(self, table):
        self.table = table
        self.size = len(table)
class Register:
    entries = []
table = [Base]
elsewhere.setup(table)
def make():
    return Entry(table)
def first():
    return table[0]
def fill():
    if len(table) > 1:
        Register.found = Other
--- objects.py
import lib
entry = lib.make()
lib.Base.entry = lib.make()
class Exact(lib.Base): pass
class Read(entry.table[0]): pass
class Exact2(lib.Base): pass
--- names.py
import lib
base = lib.first()
class Read(base): pass
--- handed.py
import lib
class Exact(lib.Base): pass
kept = []
lib.Entry(lib.table)
class Rests(lib.Base): pass
--- own.py
import lib
bases = []
def fill():
    if len(lib.table) > 1:
        bases.append(lib.Other)
fill()
class Rests(*bases): pass
--- decided.py
import lib
found = []
lib.make().size > 1 and found.append(lib.Other)
class Rests(*found): pass
--- guarded.py
import lib
class Base: pass
try:
    lib.make().size
except AttributeError:
    Base = lib.Other
class Rests(Base): pass
--- cut.py
class A: pass
class B: pass
read, changed, alias, inner = [A], [A], [A], [A]
def slow(items):
    total = 0
    for _ in range(90_000):
        total += len(items) + isinstance(items, list)
    return total
def slow_then_changes(items):
    for _ in range(90_000):
        pass
    items.append(B)
def slow_then_alias(items):
    for _ in range(90_000):
        pass
    others = items
    others.append(B)
def slow_then_inner(items):
    for _ in range(90_000):
        pass
    def later(): items.append(B)
    later()
slow(read)
class Exact(*read): pass
slow_then_changes(changed)
slow_then_alias(alias)
slow_then_inner(inner)
class C(*changed): pass
class D(*alias): pass
class E(*inner): pass
--- natives.py
import gc
class A: pass
kept = [A]
texts = {}
texts.setdefault(open(__file__).read(), kept)
', '.join(str(it) + open(__file__).read() for it in kept)
gc.is_tracked(kept)
class Exact(*kept): pass
",
        &[
            "lib", "objects", "names", "handed", "own", "decided", "guarded", "cut", "natives",
        ],
        &expect![[r#"
            cut:A: A object
            cut:B: B object
            cut:C: C A object if `slow_then_changes`, not followed to its end, changes nothing here; `slow_then_alias`, not followed to its end, changes nothing here; `slow_then_inner`, not followed to its end, changes nothing here; `slow_then_changes` leaves what it is handed as it was
            cut:D: D A object if `slow_then_changes`, not followed to its end, changes nothing here; `slow_then_alias`, not followed to its end, changes nothing here; `slow_then_inner`, not followed to its end, changes nothing here; `slow_then_alias` leaves what it is handed as it was
            cut:E: E A object if `slow_then_changes`, not followed to its end, changes nothing here; `slow_then_alias`, not followed to its end, changes nothing here; `slow_then_inner`, not followed to its end, changes nothing here; `slow_then_inner` leaves what it is handed as it was
            cut:Exact: Exact A object
            decided:Rests: Rests object if `elsewhere.setup` leaves what it is handed as it was
            guarded:Base: Base object
            guarded:Rests: Rests Base object if `elsewhere.setup` leaves what it is handed as it was
            handed:Exact: Exact Base object
            handed:Rests: Rests Base object if `elsewhere.setup` leaves what it is handed as it was
            lib:Base: Base object
            lib:Entry: Entry object
            lib:Other: Other object
            lib:Register: Register object
            names:Read: Read Base object if `elsewhere.setup` leaves what it is handed as it was
            natives:A: A object
            natives:Exact: Exact A object
            objects:Exact: Exact Base object
            objects:Exact2: Exact2 Base object
            objects:Read: Read Base object if `elsewhere.setup` leaves what it is handed as it was
            own:Rests: Rests object if `elsewhere.setup` leaves what it is handed as it was
        "#]],
    );
}

#[test]
fn what_the_interpreter_raises_is_not_what_a_handler_of_other_exceptions_waits_for() {
    // What `attrs.define` comes down to: it makes the class again, with slots.
    holds(
        "
--- remade.py
import inspect
class Unannotated(RuntimeError):
    pass
def remake(cls, guess):
    if guess and not cls.__dict__.get('__annotations__'):
        raise Unannotated
    hash(id(cls)), inspect.signature(cls.__init__).parameters['self']
    try:
        found = inspect.signature(cls.__init__).parameters['self'].default + 1
    except (ValueError, TypeError):
        found = None
    return type(cls)(cls.__name__, cls.__bases__, {'__slots__': (), '__module__': cls.__module__})
def define(cls):
    try:
        return remake(cls, True)
    except Unannotated:
        return remake(cls, False)
@define
class Base:
    x: int
class Derived(Base):
    pass
",
        &["remade"],
        &expect![[r#"
            remade:Base: Base object if the interpreter's functions come to no code that raises the program's own exceptions
            remade:Derived: Derived Base object if the interpreter's functions come to no code that raises the program's own exceptions
            remade:Unannotated: Unannotated RuntimeError Exception BaseException object
        "#]],
    );
}

#[test]
fn what_stands_in_scripts_and_in_methods_that_nobody_calls_says_on_what_it_rests() {
    holds(
        "
--- script.py
class Base: pass
if __name__ == '__main__':
    class Example(Base): pass
    for name in 'ab':
        class Again(Example): pass
class Last(Base): pass
--- fixtures.py
class Shared: pass
class Fixture:
    Basic = Shared
    @classmethod
    def setup(cls):
        class Free: pass
        class Thing(cls.Basic): pass
        Basic = cls.Basic
        class Other(Basic): pass
    def test(self):
        class Mine(self.Basic): pass
",
        &["script", "fixtures"],
        &expect![[r#"
            fixtures:Fixture: Fixture object
            fixtures:Fixture.setup.<locals>.Free: Free object
            fixtures:Fixture.setup.<locals>.Other: Other Shared object if `cls` is `Fixture`, which defines the method
            fixtures:Fixture.setup.<locals>.Thing: Thing Shared object if `cls` is `Fixture`, which defines the method
            fixtures:Fixture.test.<locals>.Mine: Mine Shared object
            fixtures:Shared: Shared object
            script:Again: Again Example Base object if the file is run as a script
            script:Base: Base object
            script:Example: Example Base object if the file is run as a script
            script:Last: Last Base object
        "#]],
    );
}

#[test]
fn a_circle_of_imports_begins_where_cpython_gets_by() {
    let circle = "
--- pk/__init__.py
--- pk/api/__init__.py
--- pk/api/views.py
from pk.views.utils import helper
class Bulk: pass
--- pk/views/__init__.py
from pk.views.mixins import UI
--- pk/views/mixins.py
from pk.api.views import Bulk
class UI(Bulk): pass
--- pk/views/utils.py
def helper(): pass
--- other.py
class Other: pass
";
    holds(
        circle,
        &["pk.views.mixins", "pk.api.views", "other"],
        &expect![[r#"
            other:Other: Other object
            pk.api.views:Bulk: Bulk object if `pk.views.mixins` is imported first
            pk.views.mixins:UI: UI Bulk object if `pk.views.mixins` is imported first
        "#]],
    );
    // Whichever is imported first, the other finds it half made.
    let sandbox = Sandbox::new(
        "
--- a.py
from b import B
class A(B): pass
--- b.py
from a import A
class B: pass
class C(A): pass
",
    );
    let mut all = String::new();
    for (class, ours) in said(&sandbox, PythonVersion::three(11)) {
        let _ = writeln!(all, "{class}: {ours}");
    }
    expect![[r#"
        a:A: A B object
        b:B: B object
        b:C: not known: it depends on itself
    "#]]
    .assert_eq(&all);
}

#[test]
fn what_a_block_is_said_to_raise_is_taken_by_it() {
    holds(
        "
--- waits.py
import pytest
class Final:
    def __init_subclass__(cls):
        raise TypeError('no')
with pytest.raises(TypeError):
    class Refused(Final): pass
class After: pass
with pytest.raises(TypeError):
    class Refused(Final): pass
class Fault(Final): pass
",
        &["waits"],
        &expect![[r#"
            waits:After: After object
            waits:Fault: raises: TypeError
            waits:Final: Final object
            waits:Refused: raises: TypeError
        "#]],
    );
}

#[test]
fn a_loop_in_a_function_that_nobody_calls_makes_some_classes_and_not_all() {
    let sandbox = Sandbox::new(
        "
--- bench.py
def again(cls):
    return type(cls.__name__, (), {})
def plain():
    for _ in range(1_000):
        class Plain: pass
def decorated():
    for _ in range(1_000):
        @again
        class Decorated: pass
def endless():
    while True:
        @again
        class Endless: pass
",
    );
    let all = said(&sandbox, PythonVersion::three(11));
    assert!(all.contains_key("bench:plain.<locals>.Plain"));
    assert!(all.contains_key("bench:decorated.<locals>.Decorated"));
    assert!(all.contains_key("bench:endless.<locals>.Endless"));
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(11));
    assert!(
        analysis.project_classes().count() < 300,
        "{}",
        analysis.project_classes().count()
    );
}

#[test]
fn names_that_a_stub_makes_a_package_give_are_those_the_stub_imports() {
    // What SPEC 1 asks for, as `lazy_loader` does it.
    holds(
        "
--- lazy.py
import ast, importlib, os
def attach_stub(package, file):
    with open(os.path.splitext(file)[0] + '.pyi') as opened:
        tree = ast.parse(opened.read())
    froms = {}
    for node in tree.body:
        for name in node.names:
            froms[name.name] = node.module
    def __getattr__(name):
        return getattr(importlib.import_module(package + '.' + froms[name]), name)
    return __getattr__, lambda: sorted(froms), sorted(froms)
--- sky/__init__.py
import lazy
__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
--- sky/__init__.pyi
from .parts import Star, Moon
--- sky/parts.py
class Star: pass
class Moon(Star): pass
--- uses.py
import sky
from sky import Star
class Sun(Star): pass
class Titan(sky.Moon): pass
",
        &["sky", "sky.parts", "uses"],
        &expect![[r#"
            sky.parts:Moon: Moon Star object
            sky.parts:Star: Star object
            uses:Sun: Sun Star object if `sky.Star` is what the stub beside the module imports
            uses:Titan: Titan Moon Star object if `sky.Star` is what the stub beside the module imports; `sky.Moon` is what the stub beside the module imports
        "#]],
    );
}

#[test]
fn a_method_of_c_that_a_class_holds_is_bound_to_its_instances() {
    holds(
        "
--- bags.py
class Bag(list):
    add = list.append
    first = list.__getitem__
class Apart(dict):
    count = len
bag = Bag()
bag.add(int)
class A(bag.first(0)): pass
class B(Apart.count and Bag): pass
class C(str if bag.count(int) == Apart.count({1: 2}) else int): pass
",
        &["bags"],
        &expect![[r#"
            bags:A: not known: it is computed by code that is not followed
            bags:Apart: Apart dict object
            bags:B: B Bag list object
            bags:Bag: Bag list object
            bags:C: C str object
        "#]],
    );
}
