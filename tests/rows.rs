//! Which classes have a row: those that a loop over a set makes have one each, however many orders there are; those whose names nobody knows
//! have one for each call that makes them. CPython counts the classes.

use std::collections::BTreeMap;

use mroscope::analysis::{Analysis, ClassRef};
use mroscope::semantics::{Outcome, Standing};

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::witness::analysis_of;

fn number_by_name(analysis: &Analysis) -> BTreeMap<String, usize> {
    let mut numbers = BTreeMap::new();
    for class in analysis.project_classes() {
        *numbers.entry(class.name().to_owned()).or_default() += 1;
    }
    numbers
}

fn of_name<'a>(analysis: &'a Analysis, name: &str) -> ClassRef<'a> {
    let mut found = analysis.project_classes().filter(|it| it.name() == name);
    found.next().unwrap_or_else(|| panic!("no row for {name}"))
}

const LOOPS: &str = r#"
kept = []
class Kept(type):
    def __init__(cls, *given):
        super().__init__(*given)
        kept.append(cls)
class Base(metaclass=Kept): ...
made = {}
for name in {"X", "Y", "Z"}:
    made[name] = Kept(name, (Base,), {"label": name.lower()})
for name in {"l", "m"}:
    class Same(Base):
        label = 1
for outer in {"a", "b"}:
    for inner in {"c", "d"}:
        Kept(outer + inner, (Base,), {})
last = Base
for name in {"P", "Q"}:
    last = Kept(name, (last,), {})
class Below(last): ...
for name in sorted({"R", "S"}):
    Kept(name, (Base,), {})
"#;

const COUNT: &str = r#"
import collections, json, sys
sys.path.insert(0, sys.argv[1])
import loops
print(json.dumps(collections.Counter(cls.__name__ for cls in loops.kept)))
"#;

// `Same` is made twice; what `last` is hangs on the order.
#[test]
fn a_class_that_a_loop_makes_in_whatever_order_has_one_row() {
    let sandbox = Sandbox::new("");
    sandbox.write("loops.py", LOOPS);
    for interpreter in interpreters() {
        let output = interpreter
            .command()
            .args(["-c", COUNT])
            .arg(sandbox.root())
            .output()
            .expect("an interpreter that answered once starts again");
        let theirs: BTreeMap<String, usize> = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        let analysis = analysis_of(&sandbox.root(), interpreter.version);
        let mut ours = number_by_name(&analysis);
        ours.remove("Kept");
        assert_eq!(ours, theirs, "CPython {}", interpreter.full_version);
        for name in ["X", "Y", "Z", "Same", "ac", "bd", "R"] {
            let standing = of_name(&analysis, name).standing();
            assert_eq!(*standing, Standing::Exact, "{name}");
        }
        for name in ["P", "Q"] {
            let class = of_name(&analysis, name);
            let is_sure = *class.standing() == Standing::Exact
                && matches!(class.outcome(), Outcome::Created(_));
            assert!(!is_sure, "nobody knows what {name} derives from");
        }
    }
}

#[test]
fn classes_of_unknown_name_have_a_row_for_each_call_that_makes_them() {
    let sandbox = Sandbox::new(
        "--- repo/app.py
import os, types, collections, enum, dataclasses
class Base: ...
for entry in os.listdir('.'):
    type(entry, (Base,), {})
listed = [type(f'{entry}Form', (Base,), {}) for entry in os.listdir('.')]
def make(model):
    return type(model.name, (Base,), {})
made = list(map(make, os.scandir('.')))
lazily = tuple(type(word, (Base,), {}) for word in os.environ)
for key in os.environ:
    types.new_class(key, (Base,))
    collections.namedtuple(key, 'a b')
    enum.Enum(key, 'A B')
    dataclasses.make_dataclass(key, ['a'])
def uncalled(name):
    return type(name, (Base,), {})
",
    );
    let analysis = analysis_of(
        &sandbox.path("repo"),
        mroscope::source::PythonVersion::three(13),
    );
    let numbers = number_by_name(&analysis);
    let named: Vec<(&str, usize)> = numbers.iter().map(|(name, it)| (&**name, *it)).collect();
    assert_eq!(
        named,
        [
            ("Base", 1),
            ("{entry}", 1),
            ("{entry}Form", 1),
            ("{key}", 4),
            ("{word}", 1),
            ("{…}", 1)
        ]
    );
    for class in analysis.project_classes() {
        let is_unknown = matches!(class.outcome(), Outcome::Unknown { .. });
        assert_eq!(is_unknown, class.name() != "Base", "{}", class.path());
    }
    let behind = of_name(&analysis, "{word}").known_behind();
    let behind: Vec<&str> = behind.map(ClassRef::name).collect();
    assert_eq!(behind, ["Base", "object"]);
}
