//! What stands in the registries of a program: held against what CPython has there once it has imported it, and how it got there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use expect_test::{expect, expect_file};
use mroscope::analysis::Analysis;
use mroscope::load::{Request, load_then};
use mroscope::semantics::{Leads, Registry, RowState, Spotted};
use mroscope::source::PythonVersion;

use crate::support::python::interpreters;

/// The program that tells what CPython holds: for each name a line of JSON, with its keys and what these lead to.
const TELL: &str = r#"
import collections, functools, importlib, inspect, json, sys, types, weakref
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2].split(","):
    module = importlib.import_module(name)

def label(it):
    if isinstance(it, tuple):
        it = [x for x in it if isinstance(x, type) or callable(x)][0]
    it = inspect.unwrap(it)
    if isinstance(it, (type, types.FunctionType)):
        return f"{it.__module__}:{it.__qualname__}"
    if it is None:
        return "None"
    kind = type(it)
    return f"an object of {kind.__module__}.{kind.__qualname__}"

def shown(key):
    return key.__qualname__ if isinstance(key, type) else repr(key)

def entries(it):
    if hasattr(it, "registry") and hasattr(it, "dispatch"):
        it = it.registry
    if isinstance(it, (dict, types.MappingProxyType, weakref.WeakValueDictionary)):
        for key, value in it.items():
            if isinstance(value, (list, dict)):
                for inner, item in entries(value):
                    yield shown(key) + (f", {inner}" if inner else ""), item
            else:
                yield shown(key), label(value)
    else:
        for item in it:
            key = shown(item[0]) if isinstance(item, tuple) and isinstance(item[0], str) else None
            yield key, label(item)

for name in sys.argv[3:]:
    found = module
    for part in name.split(":")[1].split("."):
        found = getattr(sys.modules[name.split(":")[0]] if found is module else found, part)
    told = list(entries(found))
    if isinstance(found, (set, weakref.WeakSet)):
        told.sort(key=str)
    print(json.dumps([name, told]))
"#;

/// Keys, and what they lead to.
type Told = Vec<(Option<String>, String)>;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/registries")
        .join(name)
}

fn registries<T: Send>(
    path: PathBuf,
    version: PythonVersion,
    with: impl FnOnce(&Analysis, Vec<Registry>) -> T + Send,
) -> T {
    let request = Request {
        path,
        version: Some(version),
        ..Request::default()
    };
    load_then(&request, &|_| (), |analysis, run| {
        let found = run.registries();
        with(&analysis, found)
    })
    .expect("the project loads")
}

fn leads(analysis: &Analysis, leads: &Leads) -> String {
    match leads {
        Leads::Class(class) => analysis.class(*class).path().to_string(),
        Leads::Named { path, .. } => path.clone(),
        Leads::Text(text) => text.clone(),
    }
}

fn is_there(state: &RowState) -> bool {
    matches!(state, RowState::Alive | RowState::Unknown(_))
}

/// What stands in each registry in the end, sets in order of their text.
fn alive(analysis: &Analysis, found: &[Registry], unordered: &[&str]) -> BTreeMap<String, Told> {
    let told = found.iter().map(|registry| {
        let rows = registry.rows.iter().filter(|it| is_there(&it.state));
        let rows = rows.map(|it| (it.key.clone(), leads(analysis, &it.leads)));
        let mut rows: Told = rows.collect();
        if unordered.contains(&registry.name.as_str()) {
            rows.sort_by_key(|it| format!("{it:?}"));
        }
        (registry.name.clone(), rows)
    });
    told.collect()
}

/// Holds every registry but virtual subclasses against each CPython.
fn is_what_cpython_holds(path: &str, module: &str, unordered: &[&str]) {
    let at = folder(path);
    for interpreter in interpreters() {
        let ours = registries(at.clone(), interpreter.version, |analysis, found| {
            let found: Vec<Registry> = found
                .into_iter()
                .filter(|it| it.kind != mroscope::semantics::RegistryKind::AbcRegister)
                .collect();
            alive(analysis, &found, unordered)
        });
        assert!(ours.len() > 5, "{ours:#?}");
        let root = if at.is_dir() {
            at.clone()
        } else {
            at.with_file_name("")
        };
        let output = interpreter
            .command()
            .arg("-c")
            .arg(TELL)
            .arg(root)
            .arg(module)
            .args(ours.keys())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stderr(Stdio::inherit())
            .output()
            .expect("the interpreter starts");
        let text = String::from_utf8(output.stdout).expect("it prints text");
        let theirs = text.lines().map(|line| {
            let told: (String, Told) = serde_json::from_str(line).expect("it prints JSON");
            told
        });
        let mut theirs: BTreeMap<String, Told> = theirs.collect();
        for name in unordered {
            if let Some(rows) = theirs.get_mut(*name) {
                rows.sort_by_key(|it| format!("{it:?}"));
            }
        }
        for (name, rows) in ours {
            let version = &interpreter.full_version;
            assert_eq!(
                theirs.get(&name),
                Some(&rows),
                "{name} on CPython {version}"
            );
        }
    }
}

/// Every row with its place and how it came in.
fn listed(path: &str) -> String {
    registries(folder(path), PythonVersion::three(13), |analysis, found| {
        let place = |spotted: &Option<Spotted>| match spotted {
            Some(Spotted::Source(place)) => {
                let file = analysis.file(place.file);
                format!("{}:{}", file.shown, file.line(place.start))
            }
            Some(Spotted::File(path, _)) => path.clone(),
            None => String::from("nowhere"),
        };
        let mut text = String::new();
        for registry in &found {
            let key = &registry.key;
            let key = if key.is_empty() {
                String::new()
            } else {
                format!(", key: {key}")
            };
            let doubt = registry.doubt.as_ref();
            let doubt = doubt.map_or(String::new(), |it| format!(", {it}"));
            let (kind, name, at) = (registry.kind.say(), &registry.name, place(&registry.at));
            let _ = writeln!(text, "{name} {kind}, {at}{key}{doubt}");
            for row in &registry.rows {
                let key = row.key.as_deref().unwrap_or("·");
                let leads = leads(analysis, &row.leads);
                let (at, by) = (place(&row.at), &row.by);
                let state = match &row.state {
                    RowState::Alive => String::new(),
                    RowState::Dead(why) => format!("  DEAD {why}"),
                    RowState::NeverImported(why) => format!("  NEVER IMPORTED {why}"),
                    RowState::Refused(why) => format!("  REFUSED {why}"),
                    RowState::Replaced(why) => format!("  REPLACED {why}"),
                    RowState::WithoutKey(why) => format!("  WITHOUT KEY {why}"),
                    RowState::Unknown(why) => format!("  UNKNOWN {why}"),
                };
                let by = if by.is_empty() {
                    String::new()
                } else {
                    format!("  {by}")
                };
                let _ = writeln!(text, "    {key} {leads}  {at}{by}{state}");
            }
        }
        text
    })
}

#[test]
fn registries_hold_what_they_hold_in_cpython() {
    let unordered = ["shop.registry:SEEN", "shop.registry:WEAKSET"];
    is_what_cpython_holds("", "shop.plugins,hard", &unordered);
}

#[test]
fn what_is_registered_tells_who_put_it_there() {
    expect_file!["registries/shop.txt"].assert_eq(&listed("shop"));
}

#[test]
fn what_goes_out_again_and_who_wins_is_told() {
    expect_file!["registries/hard.txt"].assert_eq(&listed("hard.py"));
}

// `sorted(fields.Char.lookups)` is `['exact', 'lower', 'upper']`, `sorted(fields.Text.lookups)` `['lower']`; what the library itself puts there is
// no registry of the project's.
#[test]
fn what_the_project_puts_into_a_librarys_registry_counts_though_it_is_the_librarys() {
    let files = "\
--- repo/.venv/pyvenv.cfg
version = 3.12.1
--- repo/.venv/lib/python3.12/site-packages/fields.py
class Field:
    @classmethod
    def register(cls, lookup):
        if 'lookups' not in cls.__dict__:
            cls.lookups = {}
        cls.lookups[lookup.name] = lookup
        return lookup
class Char(Field): ...
class Text(Field): ...
class Number(Field): ...
class Lower:
    name = 'lower'
class Upper:
    name = 'upper'
@Char.register
class Exact:
    name = 'exact'
@Number.register
class Odd:
    name = 'odd'
--- repo/shop.py
from fields import Char, Lower, Text, Upper
for field in (Char, Text):
    field.register(Lower)
Char.register(Upper)
";
    let said = crate::frameworks::registry(files, "lookups");
    expect![[r#"
        fields:Char.lookups  in a dict

        3 plugins  key: __name__.lower()  fields.py:5

            key      leads to  distribution  place
            'exact'  Exact     yours         fields.py:15  @Char.register
            'lower'  Lower     yours         shop.py:3     field.register(Lower) in a loop
            'upper'  Upper     yours         shop.py:4     Char.register(Upper)

        fields:Text.lookups  in a dict

        1 plugin  fields.py:5

            key      leads to  distribution  place
            'lower'  Lower     yours         shop.py:3  field.register(Lower) in a loop
        exit 0
    "#]]
    .assert_eq(&said);
}
