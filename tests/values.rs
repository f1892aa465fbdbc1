//! Values of class attributes: what mroscope shows of random literals is what `reprlib` of every CPython of this machine prints.
//!
//! `MROSCOPE_VALUES` sets how many are made for each interpreter, `MROSCOPE_SEED` which.
#![expect(
    clippy::format_push_string,
    reason = "programs are put together line by line"
)]

use std::collections::BTreeMap;

use mroscope::evaluate::Limits;
use mroscope::load::{Request, load_then};
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::random::Random;
use crate::support::witness::analysis_of;

pub(super) type Values = BTreeMap<String, String>;

fn number_from(variable: &str, default: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// Texts in which something has to be escaped, is long, or is not printable in every Unicode.
const TEXTS: [&str; 16] = [
    "''",
    "'name'",
    r#""it's""#,
    r#""it's \"so\"""#,
    r"'\x00\t\r\n\\\x7f'",
    r"'\u200b\u00ad\u00a0\u3000'",
    r"'\U0001fae0\U0001fae8\u2ffc\U0001c800'",
    r#"b'\x00\xff\'"'"#,
    "b'bytes that go on and on and on and on'",
    r"r'\d+\s*'",
    "'thirty characters, quotes and all'",
    "'joined' ' ' \"to one\"",
    r"'\x01' * 11",
    "'x' * 28",
    "'x' * 29",
    "'é' * 5000",
];

const NUMBERS: [&str; 18] = [
    "0",
    "-1",
    "0xff",
    "1_000_000",
    "10 ** 39",
    "-(10 ** 39)",
    "10 ** 40 + 7",
    "9223372036854775807",
    "-9223372036854775808",
    "1.0",
    "-0.0",
    "1e16",
    "123456789012345.6",
    "1e-5",
    "1e400",
    "-1 - 0j",
    "1.5e300+2.25e-300j",
    "~5",
];

/// Half of a surrogate pair is no character of Rust's.
fn surrogate_free(point: usize) -> usize {
    if (0xd800..0xe000).contains(&point) {
        point & 0xff | 0x80
    } else {
        point
    }
}

fn scalar(random: &mut Random) -> String {
    match random.below(10) {
        0..3 => random.pick(&NUMBERS).to_owned(),
        3..6 => random.pick(&TEXTS).to_owned(),
        6 => random.pick(&["None", "True", "False", "..."]).to_owned(),
        7 => format!("'\\U{:08x}'", surrogate_free(random.below(0x2_ffff) | 0x80)),
        8 => random.below(100_000).to_string(),
        _ => format!("'{}'", "word ".repeat(random.below(8))),
    }
}

fn value(random: &mut Random, depth: usize) -> String {
    if depth == 0 || random.percent(30) {
        return scalar(random);
    }
    let count = random.below(9);
    let mut items: Vec<String> = (0..count).map(|_| value(random, depth - 1)).collect();
    match random.below(6) {
        0 | 1 => format!("[{}]", items.join(", ")),
        2 if count == 1 => format!("({},)", items[0]),
        2 => format!("({})", items.join(", ")),
        3 => {
            let key = random.below(3);
            for item in &mut items {
                let name = match key {
                    0 => format!("'k{}'", random.below(30)),
                    1 => random.pick(&NUMBERS).to_owned(),
                    _ => scalar(random),
                };
                *item = format!("{name}: {item}");
            }
            format!("{{{}}}", items.join(", "))
        }
        4 => {
            let items: Vec<String> = (0..=count).map(|_| random.below(40).to_string()).collect();
            format!("{{{}}}", items.join(", "))
        }
        _ => format!(
            "frozenset(({}{}))",
            "'a', 'c', 'b', ".repeat(count % 2),
            "(), ".repeat(1 - count % 2)
        ),
    }
}

/// A class with so many random attributes.
fn program(seed: u64, count: u64) -> String {
    let mut random = Random::new(seed, 0);
    let mut text = "class Values:\n".to_owned();
    for number in 0..count {
        let depth = random.below(9);
        text += &format!("    v{number} = {}\n", value(&mut random, depth));
    }
    text
}

pub(super) fn theirs(interpreter: &Interpreter, sandbox: &Sandbox, limits: &Limits) -> Values {
    let script = "
import json, reprlib, sys
names = {}
exec(compile(open(sys.argv[1], encoding='utf-8').read(), 'values', 'exec'), names)
for limit, number in json.loads(sys.argv[2]).items():
    setattr(reprlib.aRepr, limit, number)
print(json.dumps({k: reprlib.repr(v) for k, v in vars(names['Values']).items() if k[0] == 'v'}))
";
    let numbers: BTreeMap<&str, usize> = limits.numbers().into_iter().collect();
    let output = interpreter
        .command()
        .args(["-X", "utf8", "-c", script])
        .arg(sandbox.path("values.py"))
        .arg(serde_json::to_string(&numbers).expect("numbers are JSON"))
        .output()
        .expect("an interpreter that answered once starts again");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// What mroscope shows of the attributes of the first class.
fn ours(text: &str, version: PythonVersion) -> Values {
    let sandbox = Sandbox::new("");
    sandbox.write("values.py", text);
    let analysis = analysis_of(&sandbox.root(), version);
    let class = analysis.project_classes().next();
    let class = class.expect("the program has a class");
    let shown = class
        .members()
        .iter()
        .filter_map(|(name, member)| Some((name.to_string(), member.shown.as_ref()?.to_string())));
    shown.collect()
}

/// What a run at rest shows of the attributes of the first class within other limits than those of the load.
pub(super) fn asked(text: &str, version: PythonVersion, limits: &Limits) -> Values {
    let sandbox = Sandbox::new("");
    sandbox.write("values.py", text);
    let request = Request {
        path: sandbox.root(),
        version: Some(version),
        ..Request::default()
    };
    let values = load_then(&request, &|_| (), |analysis, run| {
        let mut classes = analysis.project_classes();
        let first = analysis.project_classes().next();
        let class = classes.find(|it| it.name() == "Values").or(first);
        let class = class.expect("the program has a class").id();
        run.values(class, limits).remove(&class)
    });
    let values = values.expect("the folder is a project").unwrap_or_default();
    let shown = values.into_iter();
    shown
        .map(|(name, shown)| (name.to_string(), shown.to_string()))
        .collect()
}

#[test]
fn within_other_limits_values_are_shown_as_reprlib_shows_them_then() {
    let text = program(number_from("MROSCOPE_SEED", 2), 150);
    let sandbox = Sandbox::new("");
    sandbox.write("values.py", &text);
    let mut uneven = Limits::default();
    for (name, number) in [
        ("maxlevel", 2),
        ("maxlist", 0),
        ("maxdict", 9),
        ("maxstring", 2),
        ("maxlong", 5),
    ] {
        uneven.set(name, number);
    }
    let usual = Limits::default();
    for interpreter in interpreters() {
        for limits in [&usual.widened(2), &usual.widened(-3), &uneven] {
            let theirs = theirs(&interpreter, &sandbox, limits);
            let mut ours = asked(&text, interpreter.version, limits);
            ours.retain(|name, _| theirs.contains_key(name));
            assert_eq!(
                ours, theirs,
                "CPython {}, {limits:?}",
                interpreter.full_version
            );
        }
    }
}

#[test]
fn values_of_many_classes_are_no_work_without_end_however_wide_the_limits() {
    let mut text = "a = 'x' * 100\n".to_owned();
    for _ in 0..4 {
        text += "a = [a] * 10\n";
    }
    text += "class C:\n    x0 = 1\n    for i in range(200):\n        locals()[f'x{i}'] = a\n";
    for number in 1..200 {
        text += &format!("    y{number} = a\n");
    }
    let limits = Limits::default().widened(5);
    let shown = asked(&text, PythonVersion::three(13), &limits);
    let length: usize = shown.values().map(String::len).sum();
    assert!(length < 1 << 23, "{length} characters");
}

#[test]
fn random_values_are_shown_as_reprlib_shows_them() {
    let text = program(
        number_from("MROSCOPE_SEED", 1),
        number_from("MROSCOPE_VALUES", 400),
    );
    let sandbox = Sandbox::new("");
    sandbox.write("values.py", &text);
    for interpreter in interpreters() {
        let (theirs, ours) = (
            theirs(&interpreter, &sandbox, &Limits::default()),
            ours(&text, interpreter.version),
        );
        for (name, their) in &theirs {
            let start = format!("    {name} = ");
            let literal = text.lines().find_map(|line| line.strip_prefix(&start));
            assert_eq!(
                ours.get(name),
                Some(their),
                "CPython {}: {}",
                interpreter.full_version,
                literal.unwrap_or_default()
            );
        }
    }
}

/// What mroscope shows of the attribute `x`.
fn shown(text: &str, version: PythonVersion) -> Option<String> {
    ours(text, version).remove("x")
}

#[test]
fn what_depends_on_hashes_or_addresses_is_not_shown_as_a_value() {
    let newest = PythonVersion::three(13);
    for value in [
        "{1, 'a'}",
        "{frozenset(), 'a'}",
        "object()",
        "lambda: 1",
        "[print]",
        "[unknown]",
        "10 ** 5000",
        r"'\ud800'",
    ] {
        let text = format!("class C:\n    x = {value}\n");
        assert_eq!(shown(&text, newest), None, "{value}");
    }
}

#[test]
fn a_value_is_what_the_class_holds_after_the_module_has_run() {
    let text =
        "class C:\n    x = []\n    for i in (3, 1):\n        x.append(i)\nC.x.append([C.x])\n";
    let expected = "[3, 1, [[3, 1, [[3, 1, [[...]]]]]]]";
    assert_eq!(
        shown(text, PythonVersion::three(13)).as_deref(),
        Some(expected)
    );
}

#[test]
fn a_list_that_holds_a_list_many_times_is_no_work_without_end() {
    let mut text = "a = 'x' * 20\n".to_owned();
    for _ in 0..6 {
        text += "a = [a, a, a, a, a, a]\n";
    }
    text += "class C:\n    x = a\n";
    assert_eq!(shown(&text, PythonVersion::three(13)), None);
}

#[test]
fn the_docstring_of_a_class_loses_its_indentation_since_3_13() {
    let text = "class C:\n    '''One.\n\n    Two.\n      Three.\n    '''\n";
    let doc = |version| ours(text, version).remove("__doc__");
    assert_eq!(
        doc(PythonVersion::three(12)).as_deref(),
        Some(r"'One.\n\n    ... Three.\n    '")
    );
    assert_eq!(
        doc(PythonVersion::three(13)).as_deref(),
        Some(r"'One.\n\nTwo.\n  Three.\n'")
    );
}

#[test]
fn numbers_that_are_another_in_every_process_are_not_shown() {
    let newest = PythonVersion::three(13);
    for value in ["id(object)", "hash('a')", "[hash('a')]"] {
        let text = format!("class C:\n    x = {value}\n");
        assert_eq!(shown(&text, newest), None, "{value}");
    }
    let text = "class C:\n    x = id(object) == id(object), hash('a') in {hash('a')}\n";
    assert_eq!(shown(text, newest).as_deref(), Some("(True, True)"));
}
