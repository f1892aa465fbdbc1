//! What functions that nobody calls find all the same: fixtures, what `parametrize` lists, what methods set on their receivers, globals that
//! a function sets. Every CPython runs the tests of the project, by a small runner that goes by pytest's rules, and tells which classes they make.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use mroscope::semantics::{Outcome, Standing};
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::witness::analysis_of;

/// A stand-in for pytest: marks, and nothing else.
const PYTEST: &str = "
--- pytest.py
def fixture(function=None, **options):
    def mark(function):
        inner = getattr(function, '__func__', function)
        inner.fixture_of = options
        return function
    return mark if function is None else mark(function)
class param:
    def __init__(self, *values, id=None): self.values = values
class mark:
    def usefixtures(*names):
        def decorate(it):
            it.uses = names
            return it
        return decorate
    usefixtures = staticmethod(usefixtures)
    def parametrize(names, values, **options):
        def decorate(it):
            it.lists = getattr(it, 'lists', []) + [decorate.list]
            return it
        decorate.list = names, values, options.get('indirect', False)
        return decorate
    parametrize = staticmethod(parametrize)
";

/// Runs the tests of modules, each with the first of what it may be handed, and tells the MRO of every class that a function makes.
const RUN: &str = "\
import builtins, glob, importlib, importlib.metadata, inspect, sys
sys.path.insert(0, sys.argv[1])
installed = glob.glob(sys.argv[1] + '/.venv/lib/*/site-packages')
sys.path.extend(installed)
build = builtins.__build_class__
def noting(*arguments, **keywords):
    made = build(*arguments, **keywords)
    if '<locals>' in made.__qualname__:
        print(made.__module__ + ':' + made.__qualname__, *[it.__name__ for it in made.__mro__])
    return made
builtins.__build_class__ = noting
def fixtures(holder):
    return {
        getattr(it, '__func__', it).fixture_of.get('name', name): it
        for name, it in vars(holder).items()
        if hasattr(getattr(it, '__func__', it), 'fixture_of')
    }
def marks(holder):
    held = vars(holder).get('pytestmark', [])
    return [it.list for it in (held if isinstance(held, list) else [held])]
def run(function, places, owner, receiver, params={}):
    known, params = {}, dict(params)
    function = getattr(function, '__func__', function)
    around = [sys.modules[function.__module__], *(owner.__mro__ if owner else [])]
    marked = [it for holder in around for it in marks(holder)]
    if hasattr(function, 'fixture_of'):
        marked = []
    for names, values, indirect in getattr(function, 'lists', []) + getattr(owner, 'lists', []) + marked:
        first = getattr(values[0], 'values', None) or [values[0]]
        names = [it.strip() for it in names.split(',')]
        listed = zip(names, first[0] if len(names) > 1 and len(first) == 1 else first)
        for name, value in listed:
            to = params if indirect is True or indirect and name in indirect else known
            to[name] = value
    given = []
    for index, name in enumerate(inspect.signature(function).parameters):
        if index == 0 and owner is not None:
            given.append(receiver)
        elif name in known:
            given.append(known[name])
        elif name == 'request':
            own = function.fixture_of.get('name', function.__name__)
            param = params[own] if own in params else function.fixture_of.get('params', [None])[0]
            asks = {'param': param, 'cls': type(of_test), 'instance': of_test}
            given.append(type('request', (), asks))
        else:
            found = next(it[name] for it in places if name in it and it[name] is not function)
            inside = owner and any(found is it for of in owner.__mro__ for it in vars(of).values())
            place = owner if inside else None
            given.append(run_fixture(found, places, place, receiver, params))
    return function(*given)
def run_fixture(found, places, place, receiver, params={}):
    value = run(found, places, place, receiver, params)
    return next(value) if inspect.isgenerator(value) else value
conftest = importlib.import_module('conftest')
plugins = []
for distribution in importlib.metadata.distributions(path=installed):
    for point in distribution.entry_points:
        plugins.append(fixtures(importlib.import_module(point.value)))
for name in sys.argv[2:]:
    module = importlib.import_module(name)
    shared = [fixtures(module), fixtures(conftest), *plugins]
    if hasattr(module, 'prepare'):
        module.prepare()
    for bound, value in list(vars(module).items()):
        if bound.startswith('test'):
            of_test = None
            run(value, shared, None, None)
        if isinstance(value, type) and bound.startswith('Test'):
            if hasattr(value, 'prepare'):
                value.prepare(value.make)
            for method in [it for it in dir(value) if it.startswith('test')]:
                receiver = of_test = value()
                if hasattr(receiver, 'setUp'):
                    receiver.setUp()
                places = [fixtures(it) for it in value.__mro__] + shared
                names = {name for it in places for name in it}
                for name in sorted(names):
                    found = next(it[name] for it in places if name in it)
                    uses = getattr(value, 'uses', ()), getattr(getattr(value, method), 'uses', ())
                    if name in uses[0] + uses[1] or found.fixture_of.get('autouse'):
                        run_fixture(found, places, None, None)
                run(getattr(value, method), places, value, receiver)
";

/// How each class that a function makes is known, a line each; what every CPython makes is among them.
fn holds(files: &str, modules: &[&str], expected: &Expect) {
    let sandbox = Sandbox::new(&format!("{PYTEST}{files}"));
    for interpreter in interpreters() {
        let output = interpreter
            .command()
            .args(["-c", RUN])
            .arg(sandbox.root())
            .args(modules)
            .output()
            .expect("a CPython that was found can be started");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(errors, "", "CPython {}", interpreter.full_version);
        let theirs: Vec<(&str, &str)> = text.lines().filter_map(|it| it.split_once(' ')).collect();
        assert!(!theirs.is_empty());
        let ours = said(&sandbox, interpreter.version);
        for (class, mro) in theirs {
            let known: Vec<&str> = ours
                .iter()
                .filter(|it| it.0 == class && !it.1.is_empty())
                .map(|it| it.1.as_str())
                .collect();
            assert!(
                known.is_empty() || known.contains(&mro),
                "{class} is {mro} on CPython {}, here {known:?}",
                interpreter.full_version
            );
        }
    }
    let all = said(&sandbox, PythonVersion::three(11));
    let lines: BTreeSet<String> = all
        .into_iter()
        .map(|(class, mro, rests_on)| format!("{class}: {mro}{rests_on}\n"))
        .collect();
    expected.assert_eq(&lines.into_iter().collect::<String>());
}

/// Each class that a function makes: its path, its MRO, and on what that rests.
fn said(sandbox: &Sandbox, version: PythonVersion) -> Vec<(String, String, String)> {
    let analysis = analysis_of(&sandbox.root(), version);
    let made = analysis.project_classes().filter_map(|class| {
        let path = class.path().to_string();
        if !path.contains("<locals>") || path.starts_with("pytest:") {
            return None;
        }
        let mro = match class.outcome() {
            Outcome::Created(_) => class.mro().unwrap_or_default(),
            _ => vec![],
        };
        let mro: Vec<&str> = mro.iter().map(|it| it.name()).collect();
        let rests_on = match class.standing() {
            _ if mro.is_empty() => String::from("not known"),
            Standing::Exact => String::new(),
            Standing::Assumed(all) => {
                let all: Vec<&str> = all.iter().map(|it| it.what.as_str()).collect();
                format!(" if {}", all.join("; "))
            }
        };
        Some((path, mro.join(" "), rests_on))
    });
    made.collect()
}

#[test]
fn a_test_is_handed_what_the_fixture_of_a_parameter_s_name_gives() {
    holds(
        "
--- conftest.py
import pytest
from shared import from_elsewhere
class Top: pass
@pytest.fixture
def top(): return Top
@pytest.fixture(name='named')
def _named(top):
    class Named(top): pass
    return Named
--- shared.py
import pytest
@pytest.fixture
def from_elsewhere():
    class Elsewhere: pass
    yield Elsewhere
--- test_fixtures.py
import pytest
@pytest.fixture
def named(named):
    class Nearer(named): pass
    yield Nearer
def test_names(named, from_elsewhere):
    class A(named, from_elsewhere): pass
    class Plain: pass
    def inside():
        class Deep(named): pass
    inside()
class Base:
    @pytest.fixture
    def of_class(self):
        class Made(self.kind): pass
        return Made
class TestOne(Base):
    kind = int
    def test_it(self, of_class):
        class B(of_class): pass
class TestTwo(Base):
    kind = str
    @pytest.fixture
    def own(self, of_class): return of_class
    def test_it(self, own):
        class C(own): pass
def helper(named, absent):
    class NotHanded(named): pass
",
        &["test_fixtures"],
        &expect![[r#"
            conftest:_named.<locals>.Named: Named Top object if `top` is what the fixture of that name gives
            shared:from_elsewhere.<locals>.Elsewhere: Elsewhere object
            test_fixtures:Base.of_class.<locals>.Made: Made int object if `self` is that of `TestOne`
            test_fixtures:Base.of_class.<locals>.Made: Made str object if `self` is that of `TestTwo`
            test_fixtures:TestOne.test_it.<locals>.B: B Made int object if `self` is that of `TestOne`; `of_class` is what the fixture of that name gives
            test_fixtures:TestTwo.test_it.<locals>.C: C Made str object if `self` is that of `TestTwo`; `own` is what the fixture of that name gives; `of_class` is what the fixture of that name gives
            test_fixtures:helper.<locals>.NotHanded: not known
            test_fixtures:named.<locals>.Nearer: Nearer Named Top object if `top` is what the fixture of that name gives; `named` is what the fixture of that name gives
            test_fixtures:test_names.<locals>.A: A Nearer Named Top Elsewhere object if `top` is what the fixture of that name gives; `named` is what the fixture of that name gives; `from_elsewhere` is what the fixture of that name gives
            test_fixtures:test_names.<locals>.Plain: Plain object
            test_fixtures:test_names.<locals>.inside.<locals>.Deep: Deep Nearer Named Top object if `top` is what the fixture of that name gives; `named` is what the fixture of that name gives
        "#]],
    );
}

#[test]
fn of_several_values_that_a_test_may_be_handed_the_first_base_is_taken() {
    holds(
        "
--- conftest.py
--- test_lists.py
import pytest
class A: pass
class B: pass
@pytest.mark.parametrize('base, more', [(A, dict), pytest.param(B, list, id='b')])
def test_rows(base, more):
    class C(base, more): pass
@pytest.mark.parametrize('slots', [True, False])
def test_both_sides(slots):
    if slots:
        class S: __slots__ = ()
    else:
        class S: pass
    class D(S): pass
@pytest.fixture(params=['a', 'b'])
def kind(request):
    if request.param == 'a':
        class Kind(A): pass
    else:
        class Kind(B): pass
    yield Kind
def test_params(kind):
    class E(kind): pass
@pytest.mark.parametrize('base', [int, str])
class TestOfClass:
    def test_it(self, base):
        class F(base): pass
def undecided(flag):
    base = A if flag else B
    class G(base): pass
",
        &["test_lists"],
        &expect![[r#"
            test_lists:TestOfClass.test_it.<locals>.F: F int object if `base` is what `parametrize` lists; `base` is the first of the 2 that it may be
            test_lists:kind.<locals>.Kind: Kind A object if `request.param` is what `params` lists
            test_lists:kind.<locals>.Kind: Kind B object if `request.param` is what `params` lists
            test_lists:test_both_sides.<locals>.D: D S object if `slots` is what `parametrize` lists; `S` is the first of the 2 that it may be
            test_lists:test_both_sides.<locals>.S: S object if `slots` is what `parametrize` lists
            test_lists:test_params.<locals>.E: E Kind A object if `request.param` is what `params` lists; `kind` is what the fixture of that name gives; `kind` is the first of the 2 that it may be
            test_lists:test_rows.<locals>.C: C A dict object if `base` is what `parametrize` lists; `more` is what `parametrize` lists; `base` is the first of the 2 that it may be; `more` is the first of the 2 that it may be
            test_lists:undecided.<locals>.G: not known
        "#]],
    );
}

#[test]
fn what_parametrize_lists_counts_wherever_it_stands() {
    holds(
        "
--- conftest.py
import pytest
def each(*rows, names):
    rows = [it if isinstance(it, tuple) else pytest.param(it) for it in rows]
    return pytest.mark.parametrize(names, rows)
def with_list(function):
    return pytest.mark.parametrize('listed', [list, tuple])(function)
@pytest.fixture
def made(request):
    class Made(request.param): pass
    return Made
@pytest.fixture
def further(made):
    class Further(made): pass
    return Further
--- test_marks.py
import pytest
import conftest
class A: pass
class B: pass
pytestmark = [pytest.mark.parametrize('of_module', [A, B])]
both = pytest.mark.parametrize('named', [B, A])
def test_of_module(of_module):
    class C(of_module): pass
@both
def test_named(named):
    class D(named): pass
@conftest.each((A, dict), (B, list), names='base, more')
def test_rows(base, more):
    class E(base, more): pass
@conftest.each(B, A, names='one')
def test_one(one):
    class F(one): pass
@conftest.with_list
def test_list(listed):
    class G(A, listed): pass
@pytest.mark.parametrize('made', [int, str], indirect=True)
def test_indirect(made):
    class H(made): pass
@pytest.mark.parametrize('made, beside', [(dict, A), (list, B)], indirect=['made'])
def test_through(further, beside):
    class I(beside, further): pass
class Above:
    pytestmark = pytest.mark.parametrize('of_class', [A, B])
class TestBelow(Above):
    def test_it(self, of_class):
        class J(of_class): pass
",
        &["test_marks"],
        &expect![[r#"
            conftest:further.<locals>.Further: Further Made dict object if `made` is what `parametrize` lists; `request.param` is the first of the 2 that it may be; `made` is what the fixture of that name gives
            conftest:made.<locals>.Made: Made dict object if `made` is what `parametrize` lists; `request.param` is the first of the 2 that it may be
            conftest:made.<locals>.Made: Made int object if `made` is what `parametrize` lists; `request.param` is the first of the 2 that it may be
            test_marks:TestBelow.test_it.<locals>.J: J A object if `of_class` is what `parametrize` lists; `of_class` is the first of the 2 that it may be
            test_marks:test_indirect.<locals>.H: H Made int object if `made` is what `parametrize` lists; `request.param` is the first of the 2 that it may be; `made` is what the fixture of that name gives
            test_marks:test_list.<locals>.G: G A list object if `listed` is what `parametrize` lists; `listed` is the first of the 2 that it may be
            test_marks:test_named.<locals>.D: D B object if `named` is what `parametrize` lists; `named` is the first of the 2 that it may be
            test_marks:test_of_module.<locals>.C: C A object if `of_module` is what `parametrize` lists; `of_module` is the first of the 2 that it may be
            test_marks:test_one.<locals>.F: F B object if `one` is what `parametrize` lists; `one` is the first of the 2 that it may be
            test_marks:test_rows.<locals>.E: E A dict object if `base` is what `parametrize` lists; `more` is what `parametrize` lists; `base` is the first of the 2 that it may be; `more` is the first of the 2 that it may be
            test_marks:test_through.<locals>.I: I A Further Made dict object if `made` is what `parametrize` lists; `request.param` is the first of the 2 that it may be; `made` is what the fixture of that name gives; `beside` is what `parametrize` lists; `further` is what the fixture of that name gives; `beside` is the first of the 2 that it may be
        "#]],
    );
}

#[test]
fn what_another_method_or_function_sets_before_a_test_is_there() {
    holds(
        "
--- conftest.py
--- test_sets.py
def generate():
    class Generated: pass
    return Generated
class TestSetUp:
    def setUp(self):
        self.Base = generate()
        self.count = 3
    def test_it(self):
        class A(self.Base): pass
        class Plain: pass
class Mapped:
    classes = None
    @classmethod
    def prepare(cls, then):
        cls.classes = {}
        registry = cls.classes
        class _Base:
            def __init_subclass__(cls):
                assert registry is not None
                registry[cls.__name__] = cls
        class Basic(_Base): pass
        cls.Basic = Basic
        then()
    @classmethod
    def make(cls): pass
class TestMapped(Mapped):
    @classmethod
    def make(cls):
        class B(cls.Basic): pass
        class C(B): pass
    def test_it(self):
        class D(self.Basic): pass
class GraphTester:
    def test_graph(self):
        class E(self.Graph): pass
    def test_kind(self):
        class F(self.kind): pass
class TestHeir(GraphTester):
    kind = int
    def setUp(self):
        self.Graph = dict
--- test_globals.py
Base = None
def prepare():
    global Base
    Base = make()
def make():
    class Made: pass
    return Made
def test_it():
    class A(Base): pass
",
        &["test_sets", "test_globals"],
        &expect![[r#"
            test_globals:make.<locals>.Made: Made object
            test_globals:test_it.<locals>.A: A Made object if `Base` holds by then what a function puts there
            test_sets:GraphTester.test_graph.<locals>.E: E dict object if `self` is that of `TestHeir`; `self.Graph` is what `setUp` sets
            test_sets:GraphTester.test_kind.<locals>.F: F int object if `self` is that of `TestHeir`
            test_sets:Mapped.prepare.<locals>.Basic: Basic _Base object if `cls` is `Mapped`, which defines the method
            test_sets:Mapped.prepare.<locals>._Base: _Base object if `cls` is `Mapped`, which defines the method
            test_sets:TestMapped.make.<locals>.B: B Basic _Base object if `cls` is `Mapped`, which defines the method; `cls.Basic` is what `prepare` sets; `cls` is `TestMapped`, which defines the method
            test_sets:TestMapped.make.<locals>.C: C B Basic _Base object if `cls` is `Mapped`, which defines the method; `cls.Basic` is what `prepare` sets; `cls` is `TestMapped`, which defines the method
            test_sets:TestMapped.test_it.<locals>.D: D Basic _Base object if `cls` is `Mapped`, which defines the method; `self.Basic` is what `prepare` sets
            test_sets:TestSetUp.test_it.<locals>.A: A Generated object if `self.Base` is what `setUp` sets
            test_sets:TestSetUp.test_it.<locals>.Plain: Plain object
            test_sets:generate.<locals>.Generated: Generated object
        "#]],
    );
}

#[test]
fn what_a_fixture_sets_on_the_class_of_a_test_is_there() {
    holds(
        "
--- conftest.py
import pytest
class Top: pass
@pytest.fixture
def prepared(request):
    request.cls.Base = Top
    request.instance.More = dict
@pytest.fixture(autouse=True)
def for_all(request):
    class Every: pass
    if request.cls is not None:
        request.cls.every = Every
--- test_uses.py
import pytest
@pytest.mark.usefixtures('prepared')
class TestUses:
    def test_it(self):
        class A(self.Base, self.every): pass
        class B(self.More): pass
class TestAsks:
    def test_it(self, prepared):
        class C(self.Base): pass
    def test_nothing(self):
        class D(self.every): pass
class TestOne:
    @pytest.mark.usefixtures('prepared')
    def test_it(self):
        class E(self.Base): pass
",
        &["test_uses"],
        &expect![[r#"
            conftest:for_all.<locals>.Every: Every object
            test_uses:TestAsks.test_it.<locals>.C: C Top object if `self.Base` is what the fixture `prepared` sets
            test_uses:TestAsks.test_nothing.<locals>.D: D Every object if `self.every` is what the fixture `for_all` sets
            test_uses:TestOne.test_it.<locals>.E: E Top object if `self.Base` is what the fixture `prepared` sets
            test_uses:TestUses.test_it.<locals>.A: A Top Every object if `self.Base` is what the fixture `prepared` sets; `self.every` is what the fixture `for_all` sets
            test_uses:TestUses.test_it.<locals>.B: B dict object if `self.More` is what the fixture `prepared` sets
        "#]],
    );
}

#[test]
fn fixtures_of_installed_plugins_are_found_by_name() {
    holds(
        "
--- .venv/pyvenv.cfg
version = 3.11
--- .venv/lib/python3.11/site-packages/shop_plugin-1.dist-info/METADATA
Metadata-Version: 2.1
Name: shop-plugin
Version: 1
--- .venv/lib/python3.11/site-packages/shop_plugin-1.dist-info/entry_points.txt
[pytest11]
shop = shop_plugin.hooks
--- .venv/lib/python3.11/site-packages/shop_plugin/__init__.py
--- .venv/lib/python3.11/site-packages/shop_plugin/hooks.py
import pytest
from shop_plugin.models import model
@pytest.fixture
def user_model():
    class User: pass
    return User
@pytest.fixture
def near(): return str
--- .venv/lib/python3.11/site-packages/shop_plugin/models.py
import pytest
@pytest.fixture
def model(user_model): return user_model
--- conftest.py
import pytest
@pytest.fixture
def near(): return int
--- test_plugin.py
def test_it(user_model, near):
    class A(user_model): pass
    class B(near): pass
class TestModel:
    def test_it(self, model):
        class C(model): pass
",
        &["test_plugin"],
        &expect![[r#"
            test_plugin:TestModel.test_it.<locals>.C: C User object if `model` is what the fixture of that name gives; `user_model` is what the fixture of that name gives
            test_plugin:test_it.<locals>.A: A User object if `user_model` is what the fixture of that name gives
            test_plugin:test_it.<locals>.B: B int object if `near` is what the fixture of that name gives
        "#]],
    );
}

/// What stands in for a runner of tests until it is there parametrizes nothing: the method of its name that does is meant.
#[test]
fn a_facade_of_parametrize_lists_what_the_runner_behind_it_does() {
    holds(
        "
--- conftest.py
import runner
--- runner.py
import pytest, facade
class Runner:
    def combinations(self, *rows, names=None):
        made = [pytest.param(*it) for it in rows]
        def decorate(function):
            import inspect
            found = names or ', '.join(inspect.getfullargspec(function).args[1:])
            return pytest.mark.parametrize(found, made)(function)
        return decorate
    def nothing(self, *rows): raise NotImplementedError
facade.functions = Runner()
--- facade.py
class Null:
    def combinations(self, *rows, **options): return lambda function: function
functions = Null()
def combinations(*rows, **options):
    return functions.combinations(*rows, **options)
def each(name, kinds):
    return combinations(*[(it,) for it in kinds], names=name)
--- test_facade.py
import conftest
from facade import combinations, each
class A: pass
class B: pass
class TestFacade:
    @combinations((A, 1), (B, 2))
    def test_by_position(self, base, number):
        class C(base): pass
    @combinations((B, 1), (A, 2), names='base, number')
    def test_by_name(self, base, number):
        class D(base): pass
    @each('kind', [int, str])
    def test_each(self, kind):
        class E(kind): pass
",
        &["test_facade"],
        &expect![[r#"
            test_facade:TestFacade.test_by_name.<locals>.D: D B object if `base` is what `parametrize` lists; `base` is the first of the 2 that it may be
            test_facade:TestFacade.test_by_position.<locals>.C: C A object if `base` is what `parametrize` lists; `base` is the first of the 2 that it may be
            test_facade:TestFacade.test_each.<locals>.E: E int object if `kind` is what `parametrize` lists; `kind` is the first of the 2 that it may be
        "#]],
    );
}

/// CPython has one class `Named` here: the function was called, and is not run once more for what others read of it.
#[test]
fn a_function_that_was_called_is_not_run_again_for_the_globals_that_it_sets() {
    let sandbox = Sandbox::new(
        "\
--- prepared.py
Base = None
def prepare():
    global Base, Named
    Base = int
    class Named(Base): pass
prepare()
def test_it():
    class A(Base): pass
",
    );
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(13));
    let classes = analysis.all_classes().filter(|it| !it.is_interpreters());
    let names: Vec<&str> = classes.map(|it| it.path().qualname.as_str()).collect();
    assert_eq!(names, ["Named", "test_it.<locals>.A"]);
}

/// What stands in a branch that no call comes to has a row, and puts nothing in place of what the calls give.
#[test]
fn what_a_branch_would_give_a_global_that_no_call_comes_to_is_not_given() {
    holds(
        "\
--- conftest.py
# None of these are fixtures.
--- test_styles.py
Base = None
def make():
    class Made: pass
    return Made
class TestStyles:
    style = 'made'
    def setUp(self):
        global Base
        if self.style == 'made':
            Base = make()
        elif self.style == 'written':
            class Base: pass
    def test_it(self):
        class A(Base): pass
",
        &["test_styles"],
        &expect![[r#"
            test_styles:TestStyles.test_it.<locals>.A: A Made object if `Base` holds by then what a function puts there
            test_styles:make.<locals>.Made: Made object
        "#]],
    );
}

/// A class is no surer than its bases are.
#[test]
fn what_derives_from_an_assumed_class_is_assumed() {
    let sandbox = Sandbox::new(
        "\
--- heirs.py
import not_installed
class Sure: pass
bases = [Sure]
not_installed.setup(bases)
class Base(*bases): pass
class Heir(Base): pass
class Later(Heir, Sure): pass
Called = type('Called', (Heir,), {})
class Apart(Sure): pass
",
    );
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(13));
    let classes = analysis.all_classes().filter(|it| !it.is_interpreters());
    let assumed = classes.filter_map(|it| match it.standing() {
        Standing::Assumed(what) => Some((it.name().to_owned(), what.len())),
        Standing::Exact => None,
    });
    let assumed: Vec<(String, usize)> = assumed.collect();
    let expected = ["Base", "Heir", "Later", "Called"].map(|it| (it.to_owned(), 1));
    assert_eq!(assumed, expected);
}
