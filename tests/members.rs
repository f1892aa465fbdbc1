//! Members of classes: names and kinds are those of every CPython here, also where decorators, the standard library or code that a
//! program writes for itself make them; what instances are given is what they have.
#![expect(
    clippy::format_push_string,
    reason = "programs are put together line by line"
)]

use std::collections::BTreeMap;

use mroscope::analysis::{Analysis, ClassRef};
use mroscope::semantics::MemberKind;

use crate::support::python::{Interpreter, interpreters};
use crate::support::sandbox::Sandbox;
use crate::support::witness::analysis_of;

/// Programs whose classes are asked for what they hold. Each runs on all versions.
const PROGRAMS: &str = r#"
from dataclasses import dataclass, field, InitVar
from typing import ClassVar
@dataclass
class Plain:
    x: int
    y: int = 3
    z: list = field(default_factory=list)
    w: int = field(default=1, repr=False)
    v: ClassVar[int] = 3
    i: InitVar[int] = 0
@dataclass(order=True, frozen=True)
class Ordered:
    x: int
@dataclass(unsafe_hash=True, eq=False, repr=False, init=False)
class Bare:
    x: int
@dataclass
class Own:
    x: int
    def __repr__(self): return ''
    def __hash__(self): return 1
@dataclass(frozen=True)
class Below(Ordered):
    y: int = 1
made = Plain(1, w=9)
class Read:
    x = made.x
    y = made.y
    w = made.w
--
from functools import total_ordering
@total_ordering
class Least:
    def __le__(self, other): ...
    def __eq__(self, other): ...
@total_ordering
class Greatest:
    def __gt__(self, other): ...
--
import ctypes, unittest
class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_int, 3)]
class Node(ctypes.Structure):
    pass
Node._fields_ = [("next", ctypes.POINTER(Node))]
class Either(ctypes.Union):
    _fields_ = [("a", ctypes.c_int)]
class Case(unittest.TestCase):
    def test_it(self): ...
class Below(Case):
    pass
--
import inspect
class Query:
    def get(self): ...
    async def aget(self): ...
    @classmethod
    def make(cls): ...
    def _hidden(self): ...
class Manager:
    @classmethod
    def methods(cls, of):
        return {name: method for name, method in inspect.getmembers(of, predicate=inspect.isfunction) if not name.startswith('_')}
    @classmethod
    def of(cls, query):
        return type('Made', (cls,), {'query': query, **cls.methods(query)})
class Objects(Manager.of(Query)):
    pass
--
import functools
class Kinds:
    def plain(self): ...
    def generator(self): yield
    async def coroutine(self): ...
    async def stream(self): yield
    @classmethod
    def made(cls): ...
    @staticmethod
    def alone(): ...
    @property
    def read(self): ...
    @functools.cached_property
    def cached(self): ...
    @functools.singledispatchmethod
    def on(self, x): ...
    part = functools.partialmethod(plain, 1)
    @functools.lru_cache
    def kept(self): ...
    named = lambda self: 1
    class Inner: ...
    value: int = 1
    only: str
    __private = 2
class Slotted:
    __slots__ = ('a', '__b')
class Loud(property): ...
class ClassOnly(classmethod): ...
class Subclassed:
    @Loud
    def read(self): ...
    @ClassOnly
    def make(cls): ...
--
import contextlib
class Managed:
    @contextlib.contextmanager
    def one(self): yield
    @contextlib.asynccontextmanager
    async def other(self): yield
--
def compared(cls):
    cls.__eq__ = lambda self, other: True
    return cls
@compared
class Late: ...
class Early:
    def __eq__(self, other): return True
--
from functools import wraps
class Wrapper:
    def __init__(self, function, names):
        self.function = function
        self.names = names
    def made(self, cls):
        function, [name] = self.function, self.names
        if function.__code__.co_argcount != 2 or function.__code__.co_varnames[1] != name:
            raise RuntimeError(name)
        @wraps(function)
        def wrapped(self, other): ...
        return wrapped
def takes(*names):
    return lambda function: Wrapper(function, names)
def unwrapped(cls):
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Wrapper):
            setattr(cls, name, value.made(cls))
    return cls
@unwrapped
class Decorated:
    @takes('other')
    def add(self, other): ...
--
def written(function):
    code = function.__code__
    names = ', '.join(code.co_varnames[:code.co_argcount])
    text = 'def %(name)s(%(names)s):\n    return inner(%(names)s)\n' % dict(name=function.__name__, names=names)
    scope = {'inner': function}
    exec(compile(text, '<made>', 'exec'), scope)
    return scope[function.__name__]
class Written:
    @written
    def total(self, tax): ...
    kinds = eval('[1, 2]')
for name in ('id', 'name'):
    setattr(Written, f'find_by_{name}', lambda self: None)
--
from collections import defaultdict, namedtuple
from typing import NamedTuple
class Facts(dict):
    def __init__(self, rules):
        self.rules = rules
    def tell(self, key):
        if key in self:
            return False
        self[key] = True
        return True
rules = defaultdict(set)
rules['a'].update(['b', 'c'])
class Told:
    pass
facts = Facts(rules)
for key in ['a', 'd']:
    if facts.tell(key):
        for more in sorted(rules[key], key=lambda it: -ord(it)):
            facts.tell(more)
for key in facts:
    setattr(Told, 'is_' + key, True)
class Point(NamedTuple):
    x: int
    y: int = 2
at = Point(1)
class Placed:
    x, y = at
    both = at._replace(x=5)
Pair = namedtuple('Pair', 'left right', defaults=[7])
class Paired:
    right = Pair(1).right
--
class Meta(type):
    def __new__(meta, name, bases, namespace):
        namespace = {key: value for key, value in namespace.items() if key != 'gone'}
        namespace['added'] = property(lambda self: 1)
        return super().__new__(meta, name, bases, namespace)
class Made(metaclass=Meta):
    gone = 1
    kept = 2
class Told(type):
    def __new__(meta, name, bases, namespace):
        namespace = {key: value for key, value in namespace.items() if not hasattr(value, 'contribute')}
        return super().__new__(meta, name, bases, namespace)
class Giver:
    contribute = 1
class Kept(metaclass=Told):
    flag, names, text, table, group, size = True, [], '', {}, {1}, 1.5
    given = Giver()
    @property
    def read(self): ...
class Hook:
    def __init_subclass__(cls, **keywords):
        cls.table = dict(keywords)
        del cls.dropped
class Hooked(Hook, a=1):
    dropped = 1
"#;

/// Names that the versions themselves differ in, and that other tests ask for.
const PASSED_OVER: [&str; 9] = [
    "__annotations__",
    "__annotate_func__",
    "__annotations_cache__",
    "__firstlineno__",
    "__static_attributes__",
    "__doc__",
    "__dict__",
    "__weakref__",
    "__module__",
];

/// Runs every program named on the command line, and prints what its classes hold.
const ASK: &str = r"
import functools, json, sys, types
def kind(value):
    t = type(value)
    if t is types.FunctionType:
        flags = value.__code__.co_flags
        return ('async_generator' if flags & 0x200 else 'async_function' if flags & 0x80
                else 'generator' if flags & 0x20 else 'function')
    for of, word in ((type, 'class'), (classmethod, 'classmethod'), (staticmethod, 'staticmethod'),
                     (property, 'property'), (functools.cached_property, 'cached_property')):
        if issubclass(t, of):
            return word
    if t is types.MemberDescriptorType:
        return 'slot'
    if t in (types.WrapperDescriptorType, types.BuiltinFunctionType, types.MethodDescriptorType):
        return 'builtin_method'
    names = {n for k in t.__mro__ for n in vars(k)}
    if '__set__' in names or '__delete__' in names:
        return 'data_descriptor'
    return 'descriptor' if '__get__' in names else 'value'
sys.path.insert(0, sys.argv[1])
for module in sys.argv[2:]:
    namespace = vars(__import__(module))
    for name, value in namespace.items():
        if isinstance(value, type) and value.__module__ == module:
            print(json.dumps([module + ':' + name, {k: kind(v) for k, v in vars(value).items()}]))
";

/// What each class holds: names and kinds.
type Held = BTreeMap<String, BTreeMap<String, String>>;

fn asked(interpreter: &Interpreter, sandbox: &Sandbox, modules: &[String]) -> Held {
    let ran = interpreter
        .command()
        .args(["-c", ASK])
        .arg(sandbox.root())
        .args(modules)
        .output()
        .expect("the interpreter starts");
    assert!(
        ran.status.success(),
        "under {}: {}",
        interpreter.full_version,
        String::from_utf8_lossy(&ran.stderr)
    );
    String::from_utf8_lossy(&ran.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a class a line"))
        .collect()
}

fn word(kind: MemberKind) -> String {
    let said = serde_json::to_value(kind).expect("a kind has a name");
    said.as_str().unwrap_or_default().to_owned()
}

fn said(class: ClassRef<'_>) -> BTreeMap<String, String> {
    let members = class.members().iter();
    members
        .map(|(name, member)| (name.to_string(), word(member.kind)))
        .collect()
}

fn compared(held: &BTreeMap<String, String>) -> BTreeMap<&str, &str> {
    held.iter()
        .filter(|(name, _)| !PASSED_OVER.contains(&name.as_str()))
        // Which of them a version adds to an enumeration, a protocol or a named tuple is `tests/creation`'s part.
        .map(|(name, kind)| (name.as_str(), kind.as_str()))
        .collect()
}

fn class_of<'a>(analysis: &'a Analysis, path: &str) -> ClassRef<'a> {
    analysis
        .project_classes()
        .filter(|class| class.path().to_string() == path)
        .last()
        .unwrap_or_else(|| panic!("no class {path}"))
}

#[test]
fn names_and_kinds_are_those_of_every_cpython() {
    let mut files = String::new();
    let mut modules = vec![];
    for (number, program) in PROGRAMS.split("--\n").enumerate() {
        let module = format!("program{number}");
        files += &format!("--- {module}.py\n{program}");
        modules.push(module);
    }
    let sandbox = Sandbox::new(&files);
    for interpreter in interpreters() {
        let analysis = analysis_of(&sandbox.root(), interpreter.version);
        for (path, held) in asked(&interpreter, &sandbox, &modules) {
            let said = said(class_of(&analysis, &path));
            assert_eq!(
                compared(&said),
                compared(&held),
                "{path} under {}",
                interpreter.full_version
            );
        }
    }
}

/// Expressions whose value mroscope does not work out, or may not: their class it knows.
const RESULTS: &[&str] = &[
    "'%s' % object()",
    "'a' + str(id(1))",
    "f'{id(1)}'",
    "', '.join(map(str, [id(1)]))",
    "str(id(1)).encode()",
    "str(id(1)).partition('1')",
    "str(id(1)).split('1')",
    "str(id(1)).isdigit()",
    "str(id(1)).find('1')",
    "str.maketrans({})",
    "b'%d' % id(1) + b''",
    "int(id(1)) * 2",
    "id(1) / 3",
    "id(1) // 2.0",
    "repr(object())",
    "hash(object())",
    "len(str(id(1)))",
    "sorted({id(1), id(2)})",
    "isinstance(id(1), int)",
    "[id(1)] * id(0) if False else [1]",
    "threading.RLock()",
    "threading.Lock()",
    "time.time()",
    "time.monotonic_ns()",
    "textwrap.dedent('  ' + str(id(1)))",
    "inspect.cleandoc(str(id(1)))",
    "json.dumps([id(1)])",
    "os.getcwd()",
    "os.urandom(4)",
    "math.sqrt(id(1))",
    "uuid.uuid4()",
    "re.compile('a')",
    "struct.calcsize('i')",
    "platform.node()",
];

#[test]
fn the_class_of_a_value_that_is_not_known_is_the_one_that_it_has() {
    let mut program = String::from(
        "import inspect, json, math, os, platform, re, struct, textwrap, threading, time, uuid\nclass C:\n",
    );
    for (number, result) in RESULTS.iter().enumerate() {
        program += &format!("    r{number} = {result}\n");
    }
    let sandbox = Sandbox::new(&format!("--- results.py\n{program}"));
    let mut wrong = vec![];
    for interpreter in interpreters() {
        let analysis = analysis_of(&sandbox.root(), interpreter.version);
        let class = class_of(&analysis, "results:C");
        let ran = interpreter
            .command()
            .args(["-c", "import sys; sys.path.insert(0, sys.argv[1]); import results\nfor n in range(int(sys.argv[2])):\n    t = type(vars(results.C)[f'r{n}']); print(t.__name__)"])
            .arg(sandbox.root())
            .arg(RESULTS.len().to_string())
            .output()
            .expect("the interpreter starts");
        let names = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert_eq!(names.lines().count(), RESULTS.len(), "{names}");
        for ((number, result), name) in RESULTS.iter().enumerate().zip(names.lines()) {
            let member = &class.members()[format!("r{number}").as_str()];
            let of = member
                .type_of
                .map(|id| analysis.class(id).name().to_owned());
            if of.as_deref() != Some(name) || member.kind != MemberKind::Value {
                let version = &interpreter.full_version;
                wrong.push(format!("{result} under {version}: {of:?} for {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

const GIVEN: &str = r#"
--- given.py
class Base:
    def __init__(self, a):
        self.a = a
        self.__secret, (self.b, *self.c) = 1, (2, 3)
class Order(Base):
    def __init__(self):
        super().__init__(1)
        self.kind = 2
        self.total: int = 3
        self.only: int
        setattr(self, 'late', 1)
        for name in ('x', 'y'):
            setattr(self, f'get_{name}', name)
        self.__dict__['direct'] = 3
        self.__dict__.update(more=1)
        object.__setattr__(self, 'past', 1)
        def inner():
            self.closed = 1
        inner()
        class Other:
            def __init__(self): self.others = 1
        for self.i in range(3): pass
        self.kind += 1
    def __new__(cls):
        it = super().__new__(cls)
        it.fresh = 1
        return it
    @staticmethod
    def alone(self): self.never = 1
    @classmethod
    def build(cls): cls.registry = {}
Order.build()
import sys
for column in sys.argv:
    setattr(Order, f'get_by_{column}', None)
"#;

#[test]
fn what_methods_give_an_instance_is_what_it_has() {
    let sandbox = Sandbox::new(GIVEN);
    for interpreter in interpreters() {
        let analysis = analysis_of(&sandbox.root(), interpreter.version);
        let order = class_of(&analysis, "given:Order");
        let ancestry = order.mro().expect("it is made");
        let given = || ancestry.iter().flat_map(|it| it.assigned());
        let mut names: Vec<&str> = given()
            .filter(|it| !it.on_class && !it.is_pattern)
            .map(|it| it.name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        let ran = interpreter
            .command()
            .args(["-c", "import sys; sys.path.insert(0, sys.argv[1]); import given; print(*sorted(n for n in vars(given.Order()) if not n.startswith('get_')))"])
            .arg(sandbox.root())
            .output()
            .expect("the interpreter starts");
        assert_eq!(
            names.join(" "),
            String::from_utf8_lossy(&ran.stdout).trim(),
            "under {}",
            interpreter.full_version
        );
        let patterns: Vec<(&str, bool)> = given()
            .filter(|it| it.is_pattern)
            .map(|it| (it.name.as_str(), it.on_class))
            .collect();
        assert_eq!(patterns, [("get_{name}", false), ("get_by_{column}", true)]);
        let on_class: Vec<&str> = given()
            .filter(|it| it.on_class && !it.is_pattern)
            .map(|it| it.name.as_str())
            .collect();
        assert_eq!(on_class, ["registry"]);
    }
}
