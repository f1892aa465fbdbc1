//! Attribute access: on random programs full of descriptors and hooks, mroscope runs what every CPython of this machine runs, in the
//! same order, and ends with the same exception, or says that it does not know.
//!
//! `MROSCOPE_PROGRAMS` sets how many are made for each interpreter, `MROSCOPE_SEED` which.
#![expect(
    clippy::format_push_string,
    reason = "programs are put together line by line"
)]

use std::collections::BTreeMap;

use mroscope::Name;
use mroscope::analysis::ClassRef;
use mroscope::load::{Request, load_then};
use mroscope::semantics::Access;
use mroscope::source::PythonVersion;
use serde::Deserialize;

use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::random::Random;

/// What came of an access: the functions that ran, and the exception.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Came {
    calls: Vec<String>,
    raised: Option<(String, String)>,
}

/// By class, attribute and access.
type Answers = BTreeMap<String, Came>;

fn number_from(variable: &str, default: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

const ATTRIBUTES: [&str; 3] = ["a", "b", "nowhere"];

/// Descriptors of every kind, which all programs have.
const DESCRIPTORS: &str = "import functools
seen = []

class Get:
    def __get__(self, instance, owner=None):
        seen.append('Get.__get__')
        return 'got'

class GetSet(Get):
    def __set__(self, instance, value):
        seen.append('GetSet.__set__')

class Set:
    def __set__(self, instance, value):
        seen.append('Set.__set__')

class Delete:
    def __get__(self, instance, owner=None):
        seen.append('Delete.__get__')
        if instance is None:
            return self
        raise AttributeError('refused')
    def __delete__(self, instance):
        seen.append('Delete.__delete__')
        raise KeyError('gone')

class NoSet(Get):
    __set__ = None

class Own(property):
    pass

class Asks(property):
    def __get__(self, instance, owner=None):
        seen.append('Asks.__get__')
        return super().__get__(instance, owner)
    def __delete__(self, instance):
        seen.append('Asks.__delete__')
        return property.__delete__(self, instance)

class Bound(classmethod):
    pass

class OnlyOnClass(classmethod):
    def __get__(self, instance, owner=None):
        seen.append('OnlyOnClass.__get__')
        if instance is not None:
            raise AttributeError('only on the class')
        return super().__get__(instance, owner)

class Fills(Own):
    def __get__(self, instance, owner=None):
        seen.append('Fills.__get__')
        return self.fget(instance)
    def __set__(self, instance, value):
        seen.append('Fills.__set__')
        self.fset(instance, value)

";

fn member(random: &mut Random, owner: &str, name: &str) -> String {
    let seen = |what: &str| format!("        seen.append('{owner}.{what}')\n");
    let log = seen(name);
    match random.below(12) {
        0..4 => {
            let kind = random.pick(&["Get", "GetSet", "Set", "Delete", "NoSet"]);
            format!("    {name} = {kind}()\n")
        }
        4 => format!("    {name} = '{owner}'\n"),
        5 => format!("    def {name}(self):\n{log}"),
        6 => {
            let kind = random.pick(&["classmethod", "Bound", "OnlyOnClass"]);
            format!("    {name} = {kind}(Get())\n")
        }
        7 => format!("    {name} = staticmethod(Get())\n"),
        8 => format!(
            "    @functools.cached_property\n    def {name}(self):\n{log}        return 1\n"
        ),
        _ => {
            let ends = ["return 1", "return 1", "raise AttributeError('inside')"];
            let kind = random.pick(&["property", "property", "Own", "Asks", "Fills"]);
            let mut text = format!(
                "    @{kind}\n    def {name}(self):\n{log}        {}\n",
                random.pick(&ends)
            );
            if random.percent(50) {
                text += &format!("    @{name}.setter\n    def {name}(self, value):\n{log}");
            }
            if random.percent(30) {
                text += &format!("    @{name}.deleter\n    def {name}(self):\n{log}");
            }
            text
        }
    }
}

fn hooks(random: &mut Random, owner: &str, default: &str) -> String {
    let mut text = String::new();
    for (method, arguments) in [
        ("__getattribute__", "name"),
        ("__getattr__", "name"),
        ("__setattr__", "name, value"),
        ("__delattr__", "name"),
    ] {
        if !random.percent(14) {
            continue;
        }
        text += &format!(
            "    def {method}(self, {arguments}):\n        seen.append('{owner}.{method}')\n"
        );
        let on = format!("return super().{method}({arguments})");
        let plain = format!("return {default}.{method}(self, {arguments})");
        let ends: Vec<&str> = if method == "__getattr__" {
            vec![
                "raise AttributeError(name)",
                "return 1",
                "if name == 'a':\n            return 1\n        raise AttributeError(f'no {name}')",
                "return self.b if name == 'a' else None",
            ]
        } else {
            vec![
                &on,
                &on,
                &plain,
                "raise AttributeError('never')",
                "return None",
            ]
        };
        text += &format!("        {}\n", random.pick(&ends));
    }
    text
}

/// A program of some classes, with or without a metaclass.
fn program(random: &mut Random) -> String {
    let mut text = DESCRIPTORS.to_owned();
    let has_meta = random.percent(50);
    if has_meta {
        text += "class Meta(type):\n    pass\n";
        for name in ["a", "b"] {
            if random.percent(50) {
                text += &member(random, "Meta", name);
            }
        }
        text += &hooks(random, "Meta", "type");
    }
    let mut names: Vec<String> = vec![];
    for number in 0..=random.below(3) {
        let owner = format!("K{number}");
        let mut bases: Vec<String> = names.last().cloned().into_iter().collect();
        if bases.is_empty() && has_meta && random.percent(60) {
            bases.push("metaclass=Meta".to_owned());
        }
        text += &format!("\nclass {owner}({}):\n    pass\n", bases.join(", "));
        let slots = random
            .percent(25)
            .then(|| *random.pick(&[&"()", &"('b',)"]));
        if let Some(slots) = slots {
            text += &format!("    __slots__ = {slots}\n");
        }
        for name in ["a", "b"] {
            let is_slot = name == "b" && slots == Some("('b',)");
            if !is_slot && random.percent(55) {
                text += &member(random, &owner, name);
            }
        }
        text += &hooks(random, &owner, "object");
        names.push(owner);
    }
    text
}

const SCRIPT: &str = "
import json, os, sys
folder, answers = sys.argv[1], {}
for file in sorted(os.listdir(folder)):
    with open(os.path.join(folder, file)) as opened:
        code = compile(opened.read(), file, 'exec')
    def fresh():
        names = {'__name__': file[:-3]}
        exec(code, names)
        return names
    for owner in [name for name in fresh() if name[0] == 'K']:
        mro = type.mro(fresh()[owner])[:-1]
        supers = ['super_read ' + type.__dict__['__name__'].__get__(above) for above in mro]
        for attribute in sys.argv[2:]:
            for access in ('read', 'read_dict', 'write', 'delete', 'delete_dict', 'class_read', 'class_write', 'class_delete', *supers):
                names = fresh()
                made = names[owner]
                on = made if access.startswith('class') else made()
                if access.endswith('_dict'):
                    try:
                        object.__getattribute__(on, '__dict__')[attribute] = 'instance'
                    except AttributeError:
                        continue
                del names['seen'][:]
                raised = None
                try:
                    if access.startswith('super'):
                        getattr(super(names[access.split()[1]], on), attribute)
                    elif 'read' in access:
                        getattr(on, attribute)
                    elif 'write' in access:
                        setattr(on, attribute, 1)
                    else:
                        delattr(on, attribute)
                except Exception as error:
                    raised = type(error).__name__, str(error)
                answers[f'{file[:-3]}:{owner} {attribute} {access}'] = {'calls': names['seen'], 'raised': raised}
print(json.dumps(answers))
";

fn theirs(interpreter: &Interpreter, sandbox: &Sandbox) -> Answers {
    let output = interpreter
        .command()
        .args(["-c", SCRIPT])
        .arg(sandbox.root())
        .args(ATTRIBUTES)
        .output()
        .expect("an interpreter that answered once starts again");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// Mroscope's answers; none where it says that it does not know.
fn ours(sandbox: &Sandbox, version: PythonVersion) -> BTreeMap<String, Option<Came>> {
    let request = Request {
        path: sandbox.root(),
        version: Some(version),
        ..Request::default()
    };
    let names = ATTRIBUTES.map(Name::from);
    let (analysis, traces) = load_then(&request, &|_| (), |analysis, run| {
        let ids = analysis.project_classes().map(ClassRef::id);
        let traces: Vec<_> = ids.map(|id| (id, run.traces(id, &names))).collect();
        (analysis, traces)
    })
    .expect("the folder is a project");
    let mut answers = BTreeMap::new();
    for (id, traces) in traces {
        let class = analysis.class(id);
        for (attribute, traces) in names.iter().zip(traces.into_iter().flatten()) {
            for trace in traces {
                let start = format!("{}:", class.path().module);
                let calls = trace.calls().map(|call| call.replace(&start, ""));
                let raised = trace.raised.as_ref();
                let came = Came {
                    calls: calls.collect(),
                    raised: raised
                        .map(|it| (it.kind.to_string(), it.message.clone().unwrap_or_default())),
                };
                let key = match trace.access {
                    Access::SuperRead { after } => {
                        let from = analysis.class(after).name();
                        format!("{} {attribute} super_read {from}", class.path())
                    }
                    access => format!("{} {attribute} {}", class.path(), access.name()),
                };
                answers.insert(key, trace.doubt.is_none().then_some(came));
            }
        }
    }
    answers
}

#[test]
fn random_accesses_run_what_python_runs() {
    let seed = number_from("MROSCOPE_SEED", 1);
    let sandbox = Sandbox::new("");
    for number in 0..number_from("MROSCOPE_PROGRAMS", 60) {
        let text = program(&mut Random::new(seed, number));
        sandbox.write(&format!("program{number}.py"), text);
    }
    for interpreter in interpreters() {
        let theirs = theirs(&interpreter, &sandbox);
        let ours = ours(&sandbox, interpreter.version);
        let mut unknown = 0;
        for (access, their) in &theirs {
            match ours.get(access) {
                Some(Some(our)) => assert_eq!(
                    our, their,
                    "CPython {}, seed {seed}: {access}",
                    interpreter.full_version
                ),
                Some(None) => unknown += 1,
                None => panic!("{access} is not traced"),
            }
        }
        let total = theirs.len();
        assert!(
            unknown * 50 < total,
            "{unknown} of {total} accesses are not known"
        );
    }
}

/// What one access comes to: each call, then the exception.
fn came(
    text: &str,
    path: &str,
    attribute: &str,
    access: Access,
    version: PythonVersion,
) -> Option<String> {
    let sandbox = Sandbox::new("");
    sandbox.write("app.py", text);
    let request = Request {
        path: sandbox.root(),
        version: Some(version),
        ..Request::default()
    };
    let path = path.parse().expect("a path has a colon");
    let traces = load_then(&request, &|_| (), |analysis, run| {
        let class = *analysis.by_path(&path).last().expect("the class is there");
        run.traces(class, &[attribute.into()])
    })
    .expect("the folder is a project")?
    .pop()?;
    let trace = traces.iter().find(|trace| trace.access == access)?;
    let mut said: Vec<String> = trace.calls().collect();
    if let Some(raised) = &trace.raised {
        said.push(format!("{}: {}", raised.kind, raised.message.as_deref()?));
    }
    trace.doubt.is_none().then(|| said.join(", "))
}

#[test]
fn what_the_code_on_the_way_does_with_the_unknown_is_not_known() {
    let text = "import unknown\nclass C:\n    @property\n    def x(self):\n        return unknown.value()\n";
    let version = PythonVersion::three(13);
    assert_eq!(came(text, "app:C", "x", Access::Read, version), None);
    assert_eq!(
        came(text, "app:C", "x", Access::Write, version).as_deref(),
        Some("AttributeError: property 'x' of 'C' object has no setter")
    );
}

#[test]
fn an_access_leaves_nothing_behind() {
    let text = "class C:\n    x = 1\nC.x = 2\n";
    let version = PythonVersion::three(13);
    assert_eq!(
        came(text, "app:C", "x", Access::ClassDelete, version).as_deref(),
        Some("")
    );
    assert_eq!(
        came(text, "app:C", "x", Access::ClassRead, version).as_deref(),
        Some("")
    );
}

#[test]
fn a_recursive_hook_comes_to_an_end() {
    let text = "class C:\n    def __getattr__(self, name):\n        return self.other\n";
    assert_eq!(
        came(text, "app:C", "x", Access::Read, PythonVersion::three(13)),
        None
    );
}

#[test]
fn a_metaclass_has_a_word_in_what_a_message_calls_the_class() {
    let text = "\
import functools
class Meta(type):
    def __getattribute__(cls, name):
        return None
class C(metaclass=Meta):
    __slots__ = ()
    @functools.cached_property
    def x(self):
        return 1
";
    let said = came(text, "app:C", "x", Access::Read, PythonVersion::three(13));
    assert_eq!(
        said.as_deref(),
        Some(
            "app:Meta.__getattribute__, TypeError: No '__dict__' attribute on None instance to cache 'x' property."
        )
    );
}

/// What came of these accesses in the words of a page: an exception, or `ok`; `?` where it is not known.
const WRITES: &str = "\
import dataclasses, enum
class Plain:
    '''doc'''
class Slotted:
    __slots__ = ('a',)
class Fault(Exception): ...
class Number(int): ...
class Color(enum.Enum):
    RED = 1
    CRIMSON = 1
    def shade(self): ...
class Right(enum.Flag):
    READ = 1
    WRITE = 2
    BOTH = READ | WRITE
    NEITHER = 0
class Loud(str, enum.Enum):
    title = 'shadows a method of str'
@dataclasses.dataclass(frozen=True)
class Point:
    x: int = 1
class Named(Point): ...
";

const FROZEN: &str = "\
import dataclasses
@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    x: int = 1
class Named(Point): ...
";

const WRITES_SCRIPT: &str = "
import enum, json, sys
answers = {}
def a_member(made):
    return next(iter(made.__members__.values())) if isinstance(made, enum.EnumMeta) else None
def fresh():
    names = {'__name__': 'app'}
    exec(compile(open(sys.argv[1]).read(), 'app.py', 'exec'), names)
    return names
for owner in sys.argv[2].split(','):
    for name in sys.argv[3].split(','):
        for access in ('read', 'write', 'delete', 'class_read', 'class_write', 'class_delete'):
            made = fresh()[owner]
            try:
                on = made if access.startswith('class') else a_member(made) or made()
            except TypeError:
                continue
            try:
                if 'read' in access: getattr(on, name)
                elif 'write' in access: setattr(on, name, 1)
                else: delattr(on, name)
                came = 'ok'
            except Exception as error:
                came = f'{type(error).__name__}: {error}'
            answers[f'app:{owner} {name} {access}'] = came
print(json.dumps(answers))
";

#[test]
fn writes_to_what_the_interpreter_keeps_come_to_what_python_says() {
    let names = [
        "x",
        "y",
        "RED",
        "CRIMSON",
        "shade",
        "READ",
        "BOTH",
        "NEITHER",
        "title",
        "name",
        "value",
        "__members__",
        "nowhere",
        "args",
        "real",
        "numerator",
        "__cause__",
        "__context__",
        "__traceback__",
        "__suppress_context__",
        "__class__",
        "__dict__",
        "__weakref__",
        "__doc__",
        "__module__",
        "__name__",
        "__qualname__",
        "__bases__",
        "__base__",
        "__mro__",
        "__flags__",
        "__basicsize__",
        "__text_signature__",
        "__slots__",
    ];
    let plain = "Plain,Slotted,Fault,Number,Color,Right,Loud,Point,Named";
    for interpreter in interpreters() {
        let mut texts = vec![(WRITES, plain)];
        if interpreter.version >= PythonVersion::three(10) {
            texts.push((FROZEN, "Point,Named"));
        }
        for (text, classes) in texts {
            let sandbox = Sandbox::new("");
            sandbox.write("app.py", text);
            let output = interpreter
                .command()
                .args(["-c", WRITES_SCRIPT])
                .arg(sandbox.root().join("app.py"))
                .args([classes, &names.join(",")])
                .output()
                .expect("an interpreter that answered once starts again");
            let theirs: BTreeMap<String, String> = serde_json::from_slice(&output.stdout)
                .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
            let names = names.map(Name::from);
            let ours = all_accesses(&sandbox, interpreter.version, &names);
            let mut unknown = vec![];
            for (access, their) in &theirs {
                match &ours[access] {
                    Some(our) => assert_eq!(our, their, "{access} {}", interpreter.full_version),
                    None => unknown.push(access.as_str()),
                }
            }
            let (total, unknown) = (theirs.len(), unknown.len());
            assert!(unknown * 4 < total, "{unknown} of {total} are not known");
        }
    }
}

/// What each access comes to; nothing where it depends on the value, or is not known.
fn all_accesses(
    sandbox: &Sandbox,
    version: PythonVersion,
    names: &[Name],
) -> BTreeMap<String, Option<String>> {
    let request = Request {
        path: sandbox.root(),
        version: Some(version),
        ..Request::default()
    };
    let answers = load_then(&request, &|_| (), |analysis, run| {
        let mut answers = BTreeMap::new();
        for class in analysis.project_classes() {
            let of_names = run.traces(class.id(), names);
            for (name, traces) in names.iter().zip(of_names.into_iter().flatten()) {
                for trace in traces {
                    let came = match &trace.raised {
                        None => "ok".to_owned(),
                        Some(raised) => {
                            let message = raised.message.clone().unwrap_or_default();
                            format!("{}: {message}", raised.kind)
                        }
                    };
                    let key = format!("{} {name} {}", class.path(), trace.access.name());
                    answers.insert(key, trace.doubt.is_none().then_some(came));
                }
            }
        }
        answers
    });
    answers.expect("the folder is a project")
}

/// A class that a decorator makes again, by hand: nobody sets the `__class__` cell of its functions.
const MADE_AGAIN: &str = "\
def again(cls):
    names = {name: value for name, value in vars(cls).items() if name not in ('__dict__', '__weakref__')}
    return type(cls)(cls.__name__, cls.__bases__, names)
class A:
    def run(self):
        return 1
@again
class D(A):
    def run(self):
        return super().run()
";

#[test]
fn super_in_a_class_that_was_made_again_is_that_of_the_first() {
    for interpreter in interpreters() {
        let asked = "try:\n    D().run()\nexcept TypeError as error:\n    print(error, end='')\n";
        let output = interpreter
            .command()
            .args(["-c", &format!("{MADE_AGAIN}{asked}")])
            .output()
            .expect("an interpreter that answered once starts again");
        let theirs = String::from_utf8_lossy(&output.stdout).into_owned();
        let sandbox = Sandbox::new("");
        sandbox.write("app.py", MADE_AGAIN);
        let request = Request {
            path: sandbox.root(),
            version: Some(interpreter.version),
            ..Request::default()
        };
        let path = "app:D".parse().expect("a path has a colon");
        let ours = load_then(&request, &|_| (), |analysis, run| {
            let class = *analysis.by_path(&path).last().expect("the class is there");
            let traces = run.traces(class, &["run".into()])?.pop()?;
            let is_super =
                |it: &Access| matches!(it, Access::SuperRead { after } if *after == class);
            let trace = traces.into_iter().find(|it| is_super(&it.access))?;
            trace.doubt.is_none().then_some(trace.raised)?
        })
        .expect("the folder is a project");
        let message = ours.and_then(|it| it.message);
        assert_eq!(
            message.as_deref(),
            Some(theirs.as_str()),
            "CPython {}",
            interpreter.full_version
        );
    }
}
