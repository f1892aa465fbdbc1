//! What changed, asked of every CPython: both texts are imported, MROs and the dicts along them compared.
#![expect(
    clippy::format_push_string,
    reason = "what was said is put together run by run"
)]

use std::fs;

use mroscope::analysis::{Difference, Named, difference};
use serde_json::{Value, json};

use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::witness::analysis_of;

/// Imports a module in two folders one after the other, and prints what differs, in the words of `ours`.
const ASK: &str = r#"
import importlib, json, sys
HIDE = set("""__dict__ __weakref__ __module__ __doc__ __qualname__ __slots__ __annotations__ __orig_bases__ __parameters__ _abc_impl
__abstractmethods__ __static_attributes__ __firstlineno__ __annotate_func__ __annotations_cache__ __match_args__""".split())
def name(cls):
    return cls and "%s:%s" % (cls.__module__, cls.__qualname__)
def look(folder):
    sys.path.insert(0, folder)
    module = importlib.import_module("shop")
    del sys.modules["shop"], sys.path[0]
    sys.path_importer_cache.clear()
    return {name(it): it for it in vars(module).values() if isinstance(it, type) and it.__module__ == "shop"}
def names(cls):
    return {n for it in cls.__mro__ if it.__module__ == "shop" for n in vars(it)} - HIDE
def provider(cls, n):
    return name(next((it for it in cls.__mro__ if n in vars(it)), None))
one, two = look(sys.argv[1]), look(sys.argv[2])
found = {}
for key in one.keys() & two.keys():
    a, b = one[key], two[key]
    moved = {n: [provider(a, n), provider(b, n)] for n in names(a) | names(b) if provider(a, n) != provider(b, n)}
    if moved or list(map(name, a.__mro__)) != list(map(name, b.__mro__)) or name(type(a)) != name(type(b)):
        found[key] = {"mro": [[name(c) for c in it.__mro__] for it in (a, b)], "metaclass": [name(type(a)), name(type(b))], "moved": moved}
print(json.dumps({"changed": found, "new": sorted(two.keys() - one.keys()), "gone": sorted(one.keys() - two.keys())}))
"#;

fn theirs(interpreter: &Interpreter, before: &Sandbox, after: &Sandbox) -> Value {
    let output = interpreter
        .command()
        .args(["-B", "-c", ASK])
        .arg(before.root())
        .arg(after.root())
        .output()
        .expect("the interpreter starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).expect("the question prints JSON")
}

fn ours(difference: &Difference) -> Value {
    let said = |named: &Option<Named>| named.as_ref().map(ToString::to_string);
    let list = |all: &[Named]| -> Vec<String> { all.iter().map(ToString::to_string).collect() };
    let changed = difference.changed.iter().map(|it| {
        let moved = it.providers.iter().map(|provider| {
            let pair = json!([said(&provider.from), said(&provider.to)]);
            (provider.name.to_string(), pair)
        });
        let value = json!({
            "mro": [
                it.before.mro.as_deref().map(list),
                it.after.mro.as_deref().map(list),
            ],
            "metaclass": [said(&it.before.metaclass), said(&it.after.metaclass)],
            "moved": moved.collect::<serde_json::Map<String, Value>>(),
        });
        (it.class.to_string(), value)
    });
    let paths = |all: &[(Named, _)]| -> Vec<String> {
        all.iter().map(|(named, _)| named.to_string()).collect()
    };
    json!({
        "changed": changed.collect::<serde_json::Map<String, Value>>(),
        "new": paths(&difference.new),
        "gone": paths(&difference.gone),
    })
}

/// What is done to a class of the program, by turns: its bases in another order, one fewer, another one, a name more, a name fewer, a metaclass.
const TURNS: usize = 6;

/// The classes of a program: bases, names, whether a metaclass of their own is given.
type Program = Vec<(Vec<usize>, Vec<usize>, bool)>;

fn text(program: &Program) -> String {
    let mut text =
        String::from("import collections\nclass Meta(type): ...\nclass Other(Meta): ...\n");
    for (number, (bases, names, meta)) in program.iter().enumerate() {
        let mut arguments: Vec<String> = bases.iter().map(|it| format!("C{it}")).collect();
        if bases.is_empty() && number % 3 == 1 {
            arguments.push("collections.OrderedDict".to_owned());
        }
        if *meta {
            arguments.push("metaclass=Meta".to_owned());
        }
        text.push_str(&format!(
            "class C{number}({}):\n    pass\n",
            arguments.join(", ")
        ));
        for name in names {
            text.push_str(&format!("    def {}(self): ...\n", NAMES[*name]));
        }
    }
    text
}

const NAMES: [&str; 6] = ["save", "load", "__hash__", "__eq__", "update", "close"];

fn program(random: &mut crate::support::random::Random) -> Program {
    let mut program: Program = vec![];
    for number in 0..12 {
        let mut bases = vec![];
        // In falling order no two bases can contradict one another.
        for base in (0..number).rev() {
            if bases.len() < 3 && random.percent(20) {
                bases.push(base);
            }
        }
        let names = (0..NAMES.len()).filter(|_| random.percent(25)).collect();
        program.push((bases, names, number == 0 && random.percent(50)));
    }
    program
}

fn changed(program: &Program, random: &mut crate::support::random::Random) -> Program {
    let mut changed = program.clone();
    for _ in 0..2 {
        let number = random.below(changed.len());
        let (bases, names, meta) = &mut changed[number];
        match random.below(TURNS) {
            0 => bases.reverse(),
            1 => drop(bases.pop()),
            2 if number > 0 => *bases = vec![random.below(number)],
            3 => names.push(random.below(NAMES.len())),
            4 => drop(names.pop()),
            _ => *meta ^= bases.is_empty() && number % 3 != 1,
        }
    }
    changed
}

#[test]
fn what_changed_in_random_programs_is_what_changed_in_every_cpython() {
    let interpreters = interpreters();
    let mut compared = 0;
    for number in 0..30 {
        let mut random = crate::support::random::Random::new(18, number);
        let one = program(&mut random);
        let two = changed(&one, &mut random);
        let before = Sandbox::new(&format!("--- shop.py\n{}", text(&one)));
        let after = Sandbox::new(&format!("--- shop.py\n{}", text(&two)));
        // Each program is asked of one of them.
        let Some(interpreter) = interpreters.get(number as usize % interpreters.len().max(1))
        else {
            return;
        };
        let check = interpreter
            .command()
            .args(["-B", "-c", "import runpy, sys; runpy.run_path(sys.argv[1])"])
            .arg(after.path("shop.py"))
            .output()
            .expect("the interpreter starts");
        if !check.status.success() {
            continue;
        }
        let difference = difference(
            &analysis_of(&before.root(), interpreter.version),
            &analysis_of(&after.root(), interpreter.version),
        );
        let (ours, theirs) = (ours(&difference), theirs(interpreter, &before, &after));
        assert_eq!(
            ours,
            theirs,
            "program {number}:\n{}\nthen\n{}",
            fs::read_to_string(before.path("shop.py")).unwrap_or_default(),
            fs::read_to_string(after.path("shop.py")).unwrap_or_default()
        );
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}

/// Prints the classes of a module that it makes itself: their MROs in qualified names, and their metaclasses.
const MROS: &str = r#"
import importlib, json, sys
module = importlib.import_module(sys.argv[1])
made = {n: it for n, it in vars(module).items() if isinstance(it, type) and it.__module__ == module.__name__ and it.__qualname__ == n}
print(json.dumps({n: [[c.__qualname__ for c in it.__mro__], type(it).__qualname__] for n, it in made.items()}))
"#;

#[test]
fn what_changed_in_the_standard_library_is_what_changed_between_two_cpythons() {
    let interpreters = interpreters();
    let (Some(old), Some(new)) = (interpreters.first(), interpreters.last()) else {
        return;
    };
    let ask = |interpreter: &Interpreter, question: &str, module: &str| -> String {
        let output = interpreter
            .command()
            .args(["-B", "-c", question, module])
            .output()
            .expect("the interpreter starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{module}: {said}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let library = "import sysconfig; print(sysconfig.get_path('stdlib'))";
    let (before, after) = (ask(old, library, ""), ask(new, library, ""));
    let mut known = 0;
    for module in [
        "unittest.mock",
        "argparse",
        "ipaddress",
        "fractions",
        "configparser",
        "selectors",
    ] {
        let file = format!("{}.py", module.replace('.', "/"));
        let difference = difference(
            &analysis_of(&std::path::Path::new(&before).join(&file), old.version),
            &analysis_of(&std::path::Path::new(&after).join(&file), new.version),
        );
        let theirs = [old, new].map(|it| -> Value {
            serde_json::from_str(&ask(it, MROS, module)).expect("the question prints JSON")
        });
        let names = theirs[0]
            .as_object()
            .into_iter()
            .flat_map(serde_json::Map::keys);
        for name in names.filter(|name| theirs[1].get(name).is_some()) {
            let class = Named {
                path: mroscope::semantics::ClassPath::new(module, name.as_str()),
                other: 0,
            };
            if difference.untold.iter().any(|it| it.class == class) {
                continue;
            }
            known += 1;
            let change = difference.of(&class);
            let said = change.is_some_and(|it| it.is_mro() || it.is_metaclass());
            assert_eq!(said, theirs[0][name] != theirs[1][name], "{class}");
        }
    }
    assert!(known > 60, "{known}");
}
