//! What class statements run, and what calling the classes runs: random programs full of metaclasses and hooks, and CPython's answer.
//!
//! `MROSCOPE_TIMELINES` sets how many modules are made for each interpreter, `MROSCOPE_SEED` which.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use mroscope::load::{Request, load_then};
use mroscope::semantics::Course;
use mroscope::source::PythonVersion;
use serde::Deserialize;

use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::random::Random;

/// Stands between the statements of a program.
const MARK: &str = "# --\n";

/// Methods of a metaclass; `~` is its name.
const META: &[&[&str]] = &[
    &[
        "@classmethod\ndef __prepare__(mcls, name, bases, **kw):\n    begun('~.__prepare__')\n    return {}",
        "@classmethod\ndef __prepare__(mcls, name, bases, **kw):\n    begun('~.__prepare__')\n    return super().__prepare__(name, bases, **kw)",
        "@classmethod\ndef __prepare__(mcls, name, bases):\n    begun('~.__prepare__')\n    return {'given': name}",
        "@classmethod\ndef __prepare__(mcls, name, bases, **kw):\n    begun('~.__prepare__')\n    return Told()",
        "@classmethod\ndef __prepare__(mcls, name, bases, **kw):\n    begun('~.__prepare__')\n    if len(bases) > 1: raise RuntimeError('too many')\n    return {}",
    ],
    &[
        "def __new__(mcls, name, bases, ns, **kw):\n    begun('~.__new__')\n    return super().__new__(mcls, name, bases, ns, **kw)",
        "def __new__(mcls, name, bases, ns, **kw):\n    begun('~.__new__')\n    ns['extra'] = name\n    return super().__new__(mcls, name, bases, ns)",
        "def __new__(mcls, name, bases, ns):\n    begun('~.__new__')\n    cls = super().__new__(mcls, name, bases, ns)\n    cls.seen = True\n    return cls",
        "def __new__(mcls, name, bases, ns, **kw):\n    begun('~.__new__')\n    if bases and 'x0' not in ns: raise TypeError(name + ' has no x0')\n    return super().__new__(mcls, name, bases, ns)",
        "def __new__(mcls, name, bases, ns, **kw):\n    begun('~.__new__')\n    return name.lower()",
        "def __new__(mcls, name, bases, ns, **kw):\n    begun('~.__new__')\n    return type.__new__(mcls, name, bases, ns)",
    ],
    &[
        "def __init__(cls, name, bases, ns, **kw):\n    begun('~.__init__')\n    super().__init__(name, bases, ns)",
        "def __init__(cls, name, bases, ns):\n    begun('~.__init__')\n    for key in ns: cls.last = key",
    ],
    &[
        "def __call__(cls, *args, **kw):\n    begun('~.__call__')\n    return super().__call__(*args, **kw)",
        "def __call__(cls):\n    begun('~.__call__')\n    return super().__call__()",
        "def __call__(cls, *args):\n    begun('~.__call__')\n    return super().__call__('default', *args)",
    ],
];

/// Parts of a class body; `~` is the name of the class.
const BODY: &[&[&str]] = &[
    &["x0 = F0()", "x0 = F0(1)", "x0 = 1", "x0 = F1()\nx1 = F0()"],
    &["x2 = F0()\nx3 = F0()", "x2 = [F0() for _ in range(2)][0]"],
    &[
        "def __init_subclass__(cls, tag=None, **kw):\n    begun('~.__init_subclass__')\n    super().__init_subclass__(**kw)\n    cls.tag = tag",
        "def __init_subclass__(cls):\n    begun('~.__init_subclass__')\n    super().__init_subclass__()",
        "heirs = []\ndef __init_subclass__(cls, **kw):\n    begun('~.__init_subclass__')\n    super().__init_subclass__(**kw)\n    cls.heirs.append(cls)",
        "def __init_subclass__(cls, **kw):\n    begun('~.__init_subclass__')\n    if cls.__name__.endswith('5'): raise ValueError(sorted(kw))",
    ],
    &[
        "def __init__(self, a=0):\n    begun('~.__init__')\n    self.a = a",
        "def __init__(self, a):\n    begun('~.__init__')\n    super().__init__()\n    self.a = a",
        "def __init__(self, *args):\n    begun('~.__init__')\n    super().__init__(*args)",
    ],
    &[
        "def __new__(cls, *args):\n    begun('~.__new__')\n    return super().__new__(cls)",
        "def __new__(cls, *args):\n    begun('~.__new__')\n    return super().__new__(cls, *args)",
        "def __new__(cls, *args):\n    begun('~.__new__')\n    return [cls]",
        "def __new__(cls, *args):\n    begun('~.__new__')\n    return super().__new__(cls.heirs[-1] if cls.heirs else cls)",
    ],
    &[
        "@abc.abstractmethod\ndef run(self): begun('~.run')",
        "def run(self): begun('~.run')",
    ],
];

const BEGIN: &str = "\
import abc
from begun import begun
class Told(dict):
    def __setitem__(self, key, value):
        begun('Told.__setitem__')
        super().__setitem__(key, value)
# --
class F0:
    def __init__(self, value=None):
        begun('F0.__init__')
    def __set_name__(self, owner, name):
        begun('F0.__set_name__')
        if name == 'x3': raise LookupError(name)
# --
class F1(F0):
    def __set_name__(self, owner, name):
        begun('F1.__set_name__')
        super().__set_name__(owner, name)
# --
class Later:
    def __init__(self, *bases):
        begun('Later.__init__')
        self.bases = bases
    def __mro_entries__(self, bases):
        begun('Later.__mro_entries__')
        return self.bases
# --
def keep(cls):
    begun('keep')
    return cls
def call(cls):
    begun('call')
    return cls()
def mark(tag):
    begun('mark')
    def inner(cls):
        begun('mark.<locals>.inner')
        cls.mark = tag
        return cls
    return inner
# --
";

const DECORATORS: &[&str] = &["@keep", "@call", "@mark(1)"];

fn indented(part: &str, owner: &str) -> String {
    let lines = part.lines().map(|line| format!("    {line}\n"));
    lines.collect::<String>().replace('~', owner)
}

/// Parts of some groups, one of each at most.
fn parts(groups: &[&[&str]], chance: usize, owner: &str, random: &mut Random) -> String {
    let mut text = String::new();
    for group in groups {
        if random.percent(chance) {
            text.push_str(&indented(random.pick(group), owner));
        }
    }
    if text.is_empty() {
        text.push_str("    pass\n");
    }
    text
}

/// A program: metaclasses, and classes that use them.
fn program(seed: u64, number: u64) -> String {
    let mut random = Random::new(seed, number);
    let mut text = BEGIN.to_owned();
    let mut metas = vec![String::from("type"), String::from("abc.ABCMeta")];
    for index in 0..random.below(4) {
        let mut base = metas[random.below(metas.len())].clone();
        let name = format!("M{index}");
        // What `ABCMeta` hands on to by `super()` may be another one of them.
        if random.percent(40) {
            let second = metas[random.below(metas.len())].clone();
            base = format!("{base}, {second}");
        }
        let body = parts(META, 60, &name, &mut random);
        write!(text, "class {name}({base}):\n{body}{MARK}").expect("a string takes it");
        metas.push(name);
    }
    let mut classes: Vec<String> = vec![];
    for index in 0..random.below(6) + 2 {
        let name = format!("C{index}");
        let mut head: Vec<String> = vec![];
        if !classes.is_empty() && random.percent(70) {
            let base = classes[random.below(classes.len())].clone();
            head.push(if random.percent(20) {
                format!("Later({base})")
            } else {
                base
            });
        } else if random.percent(25) {
            head.push(
                random
                    .pick(&["dict", "list", "Exception", "int", "set", "tuple", "float"])
                    .to_owned(),
            );
        }
        if random.percent(40) {
            head.push(format!("metaclass={}", metas[random.below(metas.len())]));
        }
        if random.percent(20) {
            head.push(String::from("tag=3"));
        }
        if random.percent(30) {
            writeln!(text, "{}", random.pick(DECORATORS)).expect("a string takes it");
        }
        let body = parts(BODY, 35, &name, &mut random);
        let head = head.join(", ");
        write!(text, "class {name}({head}):\n{body}{MARK}").expect("a string takes it");
        classes.push(name);
    }
    text
}

#[derive(Deserialize)]
struct Case {
    case: String,
    rows: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    name: String,
    creation: Ran,
    none: Option<Ran>,
    one: Option<Ran>,
}

#[derive(Deserialize, PartialEq, Eq, Debug)]
struct Ran {
    calls: Vec<String>,
    raises: Option<String>,
    msg: Option<String>,
}

impl Ran {
    fn of(course: &Course) -> Self {
        let calls = course.calls().filter(|it| *it != "begun");
        Self {
            calls: calls.map(ToString::to_string).collect(),
            raises: course.raised.as_ref().map(|(kind, _)| kind.to_string()),
            msg: course.raised.as_ref().and_then(|(_, text)| text.clone()),
        }
    }
}

fn measured(interpreter: &Interpreter, folder: &Path) -> Vec<Case> {
    let output = interpreter
        .command()
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/timelines/measure.py"))
        .arg(folder)
        .output()
        .expect("an interpreter that answered once starts again");
    let text = String::from_utf8_lossy(&output.stdout);
    let cases: Result<Vec<Case>, _> = text.lines().map(serde_json::from_str).collect();
    cases.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// What mroscope says: by module and class, of the statement and of both calls.
type Claims = BTreeMap<(String, String), [Option<Course>; 3]>;

fn claimed(folder: &Path, version: PythonVersion) -> Claims {
    let request = Request {
        path: folder.to_owned(),
        version: Some(version),
        ..Request::default()
    };
    load_then(&request, &|_| (), |_, run| {
        let mut claims = Claims::new();
        for index in 0..run.statements() {
            let Some(creation) = run.creation(index) else {
                continue;
            };
            let key = (
                creation.path.module.to_string(),
                creation.path.qualname.to_string(),
            );
            let called = [false, true].map(|with| run.instantiation(index, with));
            let [none, one] = called;
            claims.insert(key, [Some(creation.course), none, one]);
        }
        claims
    })
    .expect("the folder is a project")
}

fn number_from(variable: &str, default: u64) -> u64 {
    let text = std::env::var(variable).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What came of holding modules against CPython.
struct Compared {
    asked: usize,
    unknown: usize,
    faults: Vec<String>,
}

/// Holds the modules of a folder against CPython.
fn compared(interpreter: &Interpreter, sandbox: &Sandbox) -> Compared {
    let claims = claimed(&sandbox.root(), interpreter.version);
    let (mut asked, mut unknown, mut faults) = (0, 0, vec![]);
    for case in measured(interpreter, &sandbox.root()) {
        for row in case.rows {
            let key = (case.case.clone(), row.name.clone());
            let [creation, none, one] = claims.get(&key).cloned().unwrap_or_default();
            let answers = [
                ("statement", Some(row.creation), creation),
                ("()", row.none, none),
                ("(1)", row.one, one),
            ];
            for (what, theirs, ours) in answers {
                let Some(theirs) = theirs else { continue };
                asked += 1;
                match ours {
                    Some(ours) if ours.is_exact => {
                        let ours = Ran::of(&ours);
                        if ours != theirs {
                            faults.push(format!(
                                "{} {} {what}:\n  ours   {ours:?}\n  theirs {theirs:?}",
                                case.case, row.name
                            ));
                        }
                    }
                    _ => unknown += 1,
                }
            }
        }
    }
    Compared {
        asked,
        unknown,
        faults,
    }
}

const BEGUN: &str = "CALLS = []\ndef begun(name):\n    CALLS.append(name)\n";

#[test]
fn class_statements_and_calls_run_what_cpython_runs() {
    let (seed, count) = (
        number_from("MROSCOPE_SEED", 1),
        number_from("MROSCOPE_TIMELINES", 80),
    );
    for interpreter in interpreters() {
        let sandbox = Sandbox::new("");
        sandbox.write("begun.py", BEGUN);
        for number in 0..count {
            sandbox.write(&format!("case_{number:05}.py"), program(seed, number));
        }
        let Compared {
            asked,
            unknown,
            faults,
        } = compared(&interpreter, &sandbox);
        let version = &interpreter.full_version;
        assert!(
            faults.is_empty(),
            "{version}, seed {seed}:\n{}",
            faults.join("\n")
        );
        assert!(
            asked > count as usize * 5,
            "{version}: only {asked} were asked"
        );
        assert!(
            unknown * 33 <= asked,
            "{version}, seed {seed}: {unknown} of {asked} are not known"
        );
    }
}

/// Programs for kinds of which random ones have few: all of it is known, and as in CPython.
#[test]
fn written_programs_run_what_cpython_runs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/timelines/written");
    let sandbox = Sandbox::new("");
    sandbox.write("begun.py", BEGUN);
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("its entries can be read").path();
        let text = std::fs::read_to_string(&path).expect("a program is text");
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy();
        sandbox.write(&format!("case_{name}"), text);
        count += 1;
    }
    assert!(count > 4, "{count} programs");
    for interpreter in interpreters() {
        let Compared {
            asked,
            unknown,
            faults,
        } = compared(&interpreter, &sandbox);
        let version = &interpreter.full_version;
        assert!(faults.is_empty(), "{version}:\n{}", faults.join("\n"));
        assert!(asked > 100, "{version}: only {asked} were asked");
        assert!(
            unknown * 50 <= asked,
            "{version}: {unknown} of {asked} are not known"
        );
    }
}
