//! What operators, built-in functions and statements call: random small classes full of special methods, and CPython's answer.
//!
//! `MROSCOPE_OPERATIONS` sets how many programs are made for each interpreter, `MROSCOPE_SEED` which.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use mroscope::evaluate::statements_of;
use mroscope::load::{Request, load_then};
use mroscope::source::PythonVersion;
use serde::Deserialize;

use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::random::Random;

/// Methods that go together, as one part of a class: `~` is its name, `@` a value, `?` another class.
const METHODS: &[&[&str]] = &[
    &[
        "__add__(self, other): return @",
        "__add__(self, other): return NotImplemented",
        "__add__(self, other): return super().__add__(other)",
        "__add__(self, other): return @ if isinstance(other, ?) else NotImplemented",
        "__add__(self): return self",
    ],
    &[
        "__radd__(self, other): return @",
        "__radd__(self, other): return NotImplemented",
        "__radd__(self, other): return self.__add__(other)",
        "__radd__(self, other): raise ValueError('right')",
    ],
    &[
        "__mul__(self, other): return @",
        "__mul__(self, other): return NotImplemented",
        "__mul__(self, other): return other.__rmul__(self)",
    ],
    &[
        "__rmul__(self, other): return @",
        "__rmul__(self, other): return super().__rmul__(other)",
        "__rmul__(self, other): return NotImplemented",
    ],
    &[
        "__iadd__(self, other): return self",
        "__iadd__(self, other): return NotImplemented",
    ],
    &[
        "__pow__(self, other, modulus=None): return NotImplemented",
        "__pow__(self, other): return @",
    ],
    &[
        "__divmod__(self, other): return NotImplemented",
        "__rdivmod__(self, other): return @",
    ],
    &[
        "__or__(self, other): return NotImplemented",
        "__ror__(self, other): return @",
    ],
    &[
        "__eq__(self, other): return isinstance(other, ?)",
        "__eq__(self, other): return NotImplemented",
        "__eq__(self, other): return super().__eq__(other)",
        "__eq__(self, other): raise TypeError('never equal')",
    ],
    &[
        "__hash__(self): return 7",
        "__hash__(self): return hash('~')",
        "__hash__(self): return 'x'",
        "__hash__(self): return super().__hash__()",
    ],
    &[
        "__ne__(self, other): return not self == other",
        "__ne__(self, other): return super().__ne__(other)",
    ],
    &[
        "__lt__(self, other): return True",
        "__lt__(self, other): return NotImplemented",
        "__lt__(self, other): return super().__lt__(other)",
    ],
    &[
        "__gt__(self, other): return False",
        "__gt__(self, other): return other < self",
        "__gt__(self, other): return NotImplemented",
    ],
    &[
        "__len__(self): return 2",
        "__len__(self): return 0",
        "__len__(self): return -1",
        "__len__(self): raise TypeError('no length')",
    ],
    &[
        "__bool__(self): return True",
        "__bool__(self): return 1",
        "__bool__(self): return len(self) > 1",
    ],
    &[
        "__iter__(self): return iter((1, 2))",
        "__iter__(self): return 3",
        "__iter__(self): return super().__iter__()",
        "__iter__(self): return self",
    ],
    &["__next__(self): raise StopIteration"],
    &[
        "__contains__(self, item): return item",
        "__contains__(self, item): return super().__contains__(item)",
    ],
    &[
        "__getitem__(self, key): return [1, 2][key]",
        "__getitem__(self, key): return super().__getitem__(key)",
        "__getitem__(self, key): raise KeyError(key)",
    ],
    &[
        "__setitem__(self, key, value): super().__setitem__(key, value)",
        "__setitem__(self, key, value): pass",
    ],
    &[
        "__delitem__(self, key): raise KeyError(key)",
        "__delitem__(self, key): pass",
    ],
    &["__missing__(self, key): return @"],
    &[
        "__reversed__(self): return iter((2, 1))",
        "__reversed__(self): return super().__reversed__()",
    ],
    &[
        "__length_hint__(self): return 2",
        "__length_hint__(self): return 'x'",
        "__length_hint__(self): return NotImplemented",
    ],
    &[
        "__int__(self): return 3",
        "__int__(self): return 'x'",
        "__int__(self): raise ValueError('no number')",
    ],
    &[
        "__index__(self): return 1",
        "__index__(self): return 1.5",
        "__index__(self): raise TypeError('no index')",
    ],
    &["__float__(self): return 1.5", "__float__(self): return 1"],
    &[
        "__complex__(self): return 1j",
        "__complex__(self): return 1",
    ],
    &["__trunc__(self): return 2", "__floor__(self): return 1"],
    &[
        "__round__(self, digits=None): return @",
        "__abs__(self): return @",
        "__neg__(self): return NotImplemented",
    ],
    &[
        "__str__(self): return '~'",
        "__str__(self): return 3",
        "__str__(self): return super().__str__()",
    ],
    &[
        "__repr__(self): return '~()'",
        "__repr__(self): return None",
        "__repr__(self): return super().__repr__()",
    ],
    &[
        "__format__(self, spec): return super().__format__(spec)",
        "__format__(self, spec): return spec",
    ],
    &[
        "__bytes__(self): return b'x'",
        "__bytes__(self): return 'x'",
    ],
    &[
        "__call__(self, *args): return @",
        "__enter__(self): return self",
    ],
    &["__exit__(self, *error): return None"],
    &["__getattribute__(self, name): return super().__getattribute__(name)"],
];

/// Names that are taken back, so that nothing is found behind them.
const EMPTIED: &[&str] = &[
    "__hash__",
    "__iter__",
    "__contains__",
    "__reversed__",
    "__radd__",
    "__eq__",
];

/// What is asked: `$a` and `$b` are objects, `$A` a class.
const ASKED: &[&str] = &[
    "$a + $b",
    "$b + $a",
    "$a + 1",
    "1 + $a",
    "'x' + $a",
    "[1] + $a",
    "$a * $b",
    "$a * 2",
    "2 * $a",
    "[0] * $a",
    "1.5 * $a",
    "'x' % $a",
    "'%s' % $a",
    "'%d' % $a",
    "'%.1f' % $a",
    "'%(k)s' % $a",
    "$a ** $b",
    "pow($a, 2, 3)",
    "pow(2, $a)",
    "divmod($a, 2)",
    "divmod(7, $a)",
    "$a | $b",
    "{} | $a",
    "$a == $b",
    "$a != $b",
    "$a == 1",
    "[$a] == [$b]",
    "$a in [$b]",
    "[1, $a].index($b)",
    "($a,) != ($b,)",
    "$a < $b",
    "$b > $a",
    "$a < 1",
    "[$a] < [$b]",
    "sorted([$a, $b])",
    "max($a, $b)",
    "min($b, $a)",
    "hash($a)",
    "hash(($a, 1))",
    "hash($A)",
    "{$a, $b}",
    "{$a: 1}[$b]",
    "$a in {$b}",
    "$a in {$b: 1}",
    "len($a)",
    "bool($a)",
    "not $a",
    "$a and $b",
    "any([$a, $b])",
    "iter($a)",
    "list($a)",
    "tuple($a)",
    "[*$a]",
    "{**$a}",
    "dict($a)",
    "set($a)",
    "sum($a)",
    "sorted($a)",
    "','.join($a)",
    "bytes($a)",
    "bytearray($a)",
    "list(zip($a, $b))",
    "next($a)",
    "next(iter($a))",
    "1 in $a",
    "'k' in $a",
    "1 in $A",
    "$a[0]",
    "$a['k']",
    "$a[0:1]",
    "$A[0]",
    "[1, 2, 3][$a]",
    "'ab'[$a:]",
    "range($a)",
    "chr($a)",
    "bin($a)",
    "reversed($a)",
    "list(reversed($a))",
    "int($a)",
    "float($a)",
    "complex($a)",
    "complex(1, $a)",
    "round($a)",
    "abs($a)",
    "-$a",
    "~$a",
    "str($a)",
    "repr($a)",
    "repr([$a])",
    "format($a)",
    "format($a, 'x')",
    "f'{$a!r}'",
    "f'{$a:>4}'",
    "$a()",
    "callable($a)",
    "isinstance($a, int)",
    "with($a)",
    "for($a)",
    "unpack($a)",
    "iadd($a; $b)",
    "iadd([1]; $a)",
    "imul($a; 2)",
    "imul([1]; $a)",
    "ior($a; $b)",
    "ipow($a; $b)",
    "setitem($a; 0; 1)",
    "setitem($a; 'k'; 1)",
    "delitem($a; 0)",
    "delitem($a; 'k')",
];

const BUILTIN: &[&str] = &[
    "int", "float", "str", "bytes", "list", "tuple", "dict", "set",
];
const CLASSES: usize = 4;
const LINES: usize = 20;

/// The body of a class: some methods, each of which says that it began.
fn body(owner: &str, random: &mut Random) -> String {
    let mut text = String::from("    pass\n");
    for group in METHODS {
        if !random.percent(14) {
            continue;
        }
        let method = random.pick(group);
        let (head, rest) = method.split_once(": ").expect("a head and a body");
        let name = head.split('(').next().unwrap_or_default();
        let value = random.pick(&["self", "1", "'text'", "C0()"]);
        let other = random.pick(&["C0", "C1", "int", "str", "(int, C2)"]);
        let rest = rest.replace('@', value).replace('?', other);
        let rest = rest.replace('~', owner);
        writeln!(
            text,
            "    def {head}:\n        began('{owner}.{name}')\n        {rest}"
        )
        .expect("a string takes it");
    }
    if random.percent(20) {
        writeln!(text, "    {} = None", random.pick(EMPTIED)).expect("a string takes it");
    }
    text
}

/// A program, and what is asked of it.
fn program(seed: u64, number: u64) -> (String, Vec<String>) {
    let mut random = Random::new(seed, number);
    let mut text = String::from("from began import began\n");
    let has_meta = random.percent(15);
    if has_meta {
        let body = body("Meta", &mut random).replace("C0()", "0");
        write!(text, "class Meta(type):\n{body}").expect("a string takes it");
    }
    for index in 0..CLASSES {
        let mut head: Vec<String> = vec![];
        if index > 0 && random.percent(55) {
            head.push(format!("C{}", random.below(index)));
        } else if random.percent(45) {
            head.push((*random.pick(BUILTIN)).to_owned());
        }
        if has_meta && random.percent(50) {
            head.push(String::from("metaclass=Meta"));
        }
        let name = format!("C{index}");
        let body = body(&name, &mut random);
        write!(text, "class {name}({}):\n{body}", head.join(", ")).expect("a string takes it");
    }
    let mut lines = vec![];
    for _ in 0..LINES {
        let (one, other) = (random.below(CLASSES), random.below(CLASSES));
        let line = random.pick(ASKED);
        let line = line.replace("$a", &format!("C{one}()"));
        let line = line.replace("$b", &format!("C{other}()"));
        lines.push(line.replace("$A", &format!("C{one}")));
    }
    write!(text, "ASKED = '''\n{}\n'''\n", lines.join("\n")).expect("a string takes it");
    (text, lines)
}

#[derive(Deserialize)]
struct Case {
    case: String,
    rows: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    line: String,
    calls: Vec<String>,
    raises: Option<String>,
}

fn measured(interpreter: &Interpreter, folder: &Path) -> Vec<Case> {
    let output = interpreter
        .command()
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/measure.py"))
        .arg(folder)
        .output()
        .expect("an interpreter that answered once starts again");
    let text = String::from_utf8_lossy(&output.stdout);
    let cases: Result<Vec<Case>, _> = text.lines().map(serde_json::from_str).collect();
    cases.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// What is claimed of one line: the calls and the exception; none where it is not known.
type Claims = BTreeMap<(String, String), Option<(Vec<String>, Option<String>)>>;

fn claimed(folder: &Path, version: PythonVersion, asked: &[(String, Vec<String>)]) -> Claims {
    let request = Request {
        path: folder.to_owned(),
        version: Some(version),
        ..Request::default()
    };
    load_then(&request, &|_| (), |_, run| {
        let mut claims = Claims::new();
        for (module, lines) in asked {
            for line in lines {
                let written = line.replace("; ", ", ");
                let ran = run.ran(module, &statements_of(&written, version));
                let ran = ran.filter(|it| it.is_known);
                let claim = ran.map(|ran| {
                    let calls = ran.calls().filter(|(of, ..)| *of == module);
                    let calls = calls.map(|(_, name, _)| name.to_string()).collect();
                    (calls, ran.raised.map(|it| it.kind.to_string()))
                });
                claims.insert((module.clone(), line.clone()), claim);
            }
        }
        claims
    })
    .expect("the folder is a project")
}

fn number_from(variable: &str, default: u64) -> u64 {
    let text = std::env::var(variable).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// How many lines were asked, how many of them are not known, and which are told wrongly.
fn compared(
    interpreter: &Interpreter,
    sandbox: &Sandbox,
    asked: &[(String, Vec<String>)],
) -> (usize, usize, Vec<String>) {
    let claims = claimed(&sandbox.root(), interpreter.version, asked);
    let (mut all, mut unknown, mut faults) = (0, 0, vec![]);
    for case in measured(interpreter, &sandbox.root()) {
        for row in case.rows {
            let key = (case.case.clone(), row.line.clone());
            all += 1;
            match claims.get(&key).cloned().flatten() {
                None => unknown += 1,
                Some(ours) => {
                    let theirs = (row.calls, row.raises);
                    if ours != theirs {
                        faults.push(format!(
                            "{} {}:\n  ours   {ours:?}\n  theirs {theirs:?}",
                            case.case, row.line
                        ));
                    }
                }
            }
        }
    }
    (all, unknown, faults)
}

/// A number that is a `float` and has an index; a set that is an item of a set, and a class of sets with code for `in`.
const WRITTEN: &str = "\
from began import began
class Price(float):
    def __index__(self):
        began('Price.__index__')
        return 65
class Group(set):
    def __contains__(self, item):
        began('Group.__contains__')
        return super().__contains__(item)
class Plain(set): ...
class Odd:
    __hash__ = None
class Real(str):
    def __mod__(self, other):
        return NotImplemented
    def __float__(self):
        began('Real.__float__')
        return 1.5
class Meta(type):
    def __or__(cls, other):
        began('Meta.__or__')
        return NotImplemented
class Asking(metaclass=Meta): ...
class AlsoAsking(metaclass=Meta): ...
class Reflected(type):
    def __ror__(cls, other):
        began('Reflected.__ror__')
        return NotImplemented
class Answering(metaclass=Reflected): ...
";

#[test]
fn subclasses_of_builtin_types_are_taken_as_cpython_takes_them() {
    let lines = [
        "chr(Price())",
        "hex(Price())",
        "Plain() in Group()",
        "Group() in Group()",
        "Plain() in Plain()",
        "Odd() in Group()",
        "Odd() in Plain()",
        "[] in Group()",
        "'%.1f' % Real()",
        "'%s' % Real()",
        // Classes have a `|` of their own since 3.10.
        "Plain | Asking",
        "Asking | Plain",
        "Plain | Odd",
        "Plain | None",
        "Asking | AlsoAsking",
        "Asking | None",
        "None | Asking",
        "Asking | Answering",
        "Answering | Asking",
        "Plain | Answering",
        "Answering | Plain",
        "Answering | Answering",
    ];
    for interpreter in interpreters() {
        let sandbox = Sandbox::new("");
        sandbox.write("began.py", "def began(name): pass\n");
        let text = format!("{WRITTEN}ASKED = '''{}'''\n", lines.join("\n"));
        sandbox.write("case_written.py", text);
        let asked = lines.map(str::to_owned).to_vec();
        let asked = [(String::from("case_written"), asked)];
        let (all, unknown, faults) = compared(&interpreter, &sandbox, &asked);
        let version = &interpreter.full_version;
        assert!(faults.is_empty(), "{version}:\n{}", faults.join("\n"));
        // What a set that is looked for is equal to is not followed.
        assert!(all == lines.len() && unknown <= 4, "{version}: {unknown}");
    }
}

#[test]
fn operations_call_what_cpython_calls() {
    let (seed, count) = (
        number_from("MROSCOPE_SEED", 1),
        number_from("MROSCOPE_OPERATIONS", 60),
    );
    for interpreter in interpreters() {
        let sandbox = Sandbox::new("");
        sandbox.write("began.py", "def began(name): pass\n");
        let mut asked = vec![];
        for number in 0..count {
            let (text, lines) = program(seed, number);
            let module = format!("case_{number:05}");
            sandbox.write(&format!("{module}.py"), text);
            asked.push((module, lines));
        }
        let (all, unknown, faults) = compared(&interpreter, &sandbox, &asked);
        let version = &interpreter.full_version;
        assert!(
            faults.is_empty(),
            "{version}, seed {seed}: {} of {all}\n{}",
            faults.len(),
            faults.join("\n")
        );
        assert!(
            all > count as usize * 10,
            "{version}: only {all} were asked"
        );
        assert!(
            unknown * 50 <= all,
            "{version}, seed {seed}: {unknown} of {all} are not known"
        );
    }
}
