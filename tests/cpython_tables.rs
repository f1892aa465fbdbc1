//! The embedded tables are what each CPython on this machine says of itself.
//!
//! With `MROSCOPE_WRITE_TABLES=1` they are not compared but made anew, from every CPython that is found.

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use mroscope::Name;
use mroscope::cpython::{Facts, Global, pack};
use mroscope::semantics::{
    ClassId, Classes, Declared, Members, TypeNewError, Wanted, most_derived, type_new,
};

use crate::support::python::{self, Interpreter};

const COLLECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cpython/collect.py");
const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cpython/facts");

/// What an interpreter answers when `collect.py` runs in it.
fn ask(interpreter: &Interpreter, arguments: &[&str]) -> String {
    let output = interpreter
        .command()
        .args(["-S", COLLECT])
        .args(arguments)
        .output()
        .expect("an interpreter that answered once starts again");
    assert!(output.status.success(), "{interpreter:?}: {output:?}");
    String::from_utf8(output.stdout).expect("collect.py writes UTF-8")
}

/// Runs `check` for every interpreter, all at once: most of the time goes by in them.
fn each_interpreter(check: impl Fn(&Interpreter) + Sync) {
    let interpreters = python::interpreters();
    thread::scope(|scope| {
        for interpreter in &interpreters {
            scope.spawn(|| check(interpreter));
        }
    });
}

#[test]
fn a_table_says_what_its_interpreter_says_of_itself() {
    if env::var_os("MROSCOPE_WRITE_TABLES").is_some() {
        write_tables();
        return;
    }
    each_interpreter(|interpreter| {
        let Some(table) = Facts::of(interpreter.version) else {
            return;
        };
        let bytes = pack(&ask(interpreter, &[])).expect("what collect.py writes is packed");
        let asked = Arc::new(Facts::decode(&bytes).expect("what was packed is read"));
        let told = Told::of(&table);
        let now = Told::of(&asked);
        let differences = told.differences(&now);
        let same_build = constant(&table, "sys", "version") == constant(&asked, "sys", "version");
        if same_build && table.platform() == asked.platform() {
            assert_eq!(differences, Vec::<String>::new(), "{interpreter:?}");
            return;
        }
        report(interpreter, &table, &differences);
        for (path, class) in &told.classes {
            let Some(other) = now.classes.get(path) else {
                continue;
            };
            if path.starts_with("builtins:") || table.full_version() == asked.full_version() {
                assert_eq!(class["mro"], other["mro"], "{path} in {interpreter:?}");
            }
        }
    });
}

#[test]
fn asking_twice_gives_the_same_answer() {
    if let Some(interpreter) = python::interpreters().pop() {
        assert!(
            ask(&interpreter, &[]) == ask(&interpreter, &[]),
            "{interpreter:?}"
        );
    }
}

#[test]
fn classes_can_be_bases_of_one_class_where_their_tables_say_so() {
    each_interpreter(|interpreter| {
        let Some(facts) = Facts::of(interpreter.version) else {
            return;
        };
        let answer = ask(interpreter, &["--attempts", "20000"]);
        let attempts: Attempts = serde_json::from_str(&answer).expect("attempts are JSON");
        assert!(attempts.pairs.len() > 10_000, "{interpreter:?}");
        assert!(attempts.own.len() > 2_000, "{interpreter:?}");
        let classes = facts.classes();
        let mut wrong = vec![];
        for (first, second, verdict) in &attempts.pairs {
            let (Some(a), Some(b)) = (find(&facts, first), find(&facts, second)) else {
                continue; // another build of this version
            };
            let said = layout_verdict(&[a, b], &facts, &classes);
            if said != Some(verdict.as_str()) {
                wrong.push(format!("{first:?} {second:?}: {verdict}, not {said:?}"));
            }
        }
        for (class, verdict) in &attempts.own {
            let Some(id) = find(&facts, class) else {
                continue;
            };
            let made = classes.made(id).expect("an interpreter's class exists");
            if (made.solid_base == id) != (verdict == "conflict") {
                wrong.push(format!("{class:?} beside a class with a slot: {verdict}"));
            }
        }
        assert_eq!(wrong, Vec::<String>::new(), "{interpreter:?}");
    });
}

/// What `collect.py --attempts` writes.
#[derive(serde::Deserialize)]
struct Attempts {
    /// Two classes, and what came of both as bases.
    pairs: Vec<(ClassName, ClassName, String)>,
    /// A class, and what came of it beside one that adds a slot to its best base.
    own: Vec<(ClassName, String)>,
}

type ClassName = (String, String);

fn find(facts: &Facts, (module, qualname): &ClassName) -> Option<ClassId> {
    facts.class(module, qualname)
}

/// What mroscope says of these bases' layout, in the words of `collect.py`.
fn layout_verdict(bases: &[ClassId], facts: &Facts, classes: &Classes) -> Option<&'static str> {
    let metaclass = most_derived(classes.type_(), bases, classes).ok()?;
    let wanted = Wanted {
        name: "Attempt",
        metaclass,
        slots: Declared::Absent,
        binds: &|_| false,
        mro: None,
        version: facts.version(),
    };
    let id = ClassId(u32::try_from(classes.len()).ok()?);
    Some(match type_new(id, &wanted, bases, classes) {
        Err(TypeNewError::LayoutConflict { .. }) => "conflict",
        Err(TypeNewError::UnacceptableBase(_)) => "unacceptable",
        _ => "fits",
    })
}

/// Makes the tables of every CPython that is found.
fn write_tables() {
    each_interpreter(|interpreter| {
        let bytes = pack(&ask(interpreter, &[])).expect("what collect.py writes is packed");
        let path = Path::new(TABLES).join(format!("{}.facts", interpreter.version));
        fs::write(&path, &bytes).expect("the folder of the tables can be written");
    });
}

/// A table as texts that can be compared, with classes by name instead of by id.
struct Told {
    classes: BTreeMap<String, BTreeMap<String, String>>,
    modules: BTreeMap<String, BTreeMap<String, String>>,
}

impl Told {
    fn of(facts: &Arc<Facts>) -> Self {
        let classes = facts.classes();
        let modules = facts.modules().map(|module| {
            let mut told = BTreeMap::from([
                ("(source)".to_owned(), format!("{:?}", module.source_path())),
                ("(package)".to_owned(), module.is_package().to_string()),
                ("(all)".to_owned(), format!("{:?}", module.all())),
            ]);
            for (name, global) in module.names() {
                told.insert(name.to_string(), told_global(global, &classes));
            }
            (module.name().to_string(), told)
        });
        Self {
            modules: modules.collect(),
            classes: classes
                .ids()
                .map(|id| (path(id, &classes), told_class(id, facts, &classes)))
                .collect(),
        }
    }

    /// Each class and module that is not told alike, with what differs.
    fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = vec![];
        let halves = [
            (&self.classes, &other.classes),
            (&self.modules, &other.modules),
        ];
        for (ours, theirs) in halves {
            for (name, told) in ours {
                let Some(now) = theirs.get(name) else {
                    found.push(format!("{name}: gone"));
                    continue;
                };
                let keys = told
                    .keys()
                    .chain(now.keys().filter(|key| !told.contains_key(*key)));
                for key in keys.filter(|key| told.get(*key) != now.get(*key)) {
                    let (told, now) = (told.get(key), now.get(key));
                    found.push(format!("{name} {key}: {told:?}, now {now:?}"));
                }
            }
            let new = theirs.keys().filter(|name| !ours.contains_key(*name));
            found.extend(new.map(|name| format!("{name}: new")));
        }
        found
    }
}

fn path(id: ClassId, classes: &Classes) -> String {
    classes.get(id).path.to_string()
}

fn paths(ids: &[ClassId], classes: &Classes) -> String {
    let paths: Vec<String> = ids.iter().map(|&id| path(id, classes)).collect();
    paths.join(" ")
}

fn told_class(id: ClassId, facts: &Facts, classes: &Classes) -> BTreeMap<String, String> {
    let made = classes.made(id).expect("an interpreter's class exists");
    let mut told = BTreeMap::from([
        ("mro".to_owned(), paths(&made.mro, classes)),
        ("bases".to_owned(), paths(&made.bases, classes)),
        ("metaclass".to_owned(), path(made.metaclass, classes)),
        ("solid base".to_owned(), path(made.solid_base, classes)),
        (
            "best base".to_owned(),
            made.best_base
                .map_or_else(String::new, |id| path(id, classes)),
        ),
        (
            "layout".to_owned(),
            format!(
                "{:?} {:?} {}",
                made.shape, made.slots, made.accepts_subclasses
            ),
        ),
        (
            "made in C".to_owned(),
            format!("{} {}", facts.is_native(id), facts.is_heap_type(id)),
        ),
        (
            "abstract".to_owned(),
            format!("{:?}", facts.abstract_methods(id)),
        ),
        ("doc".to_owned(), format!("{:?}", facts.doc(id))),
    ]);
    let members: &Members = classes.members(id);
    told.insert(
        "order".to_owned(),
        format!("{:?}", members.keys().collect::<Vec<_>>()),
    );
    let docs: HashMap<Name, String> = facts.member_docs(id).into_iter().collect();
    for (name, member) in members {
        let type_of = member.type_of.map(|id| path(id, classes));
        let class = member.class.map(|id| path(id, classes));
        let text = format!(
            "{:?} {:?} {type_of:?} {class:?} {} {} {:?} {:?} {:?}",
            member.kind,
            member.descriptor,
            member.calls_super,
            member.is_abstract,
            member.signature,
            member.shown,
            docs.get(name),
        );
        told.insert(format!(".{name}"), text);
    }
    told
}

fn told_global(global: &Global, classes: &Classes) -> String {
    match global {
        Global::Class(id) => path(*id, classes),
        Global::Instance {
            class,
            origin,
            mro_entries,
        } => format!(
            "instance of {} {:?} {}",
            path(*class, classes),
            origin.map(|id| path(id, classes)),
            paths(mro_entries, classes)
        ),
        Global::Module(_) | Global::Function(_) | Global::Constant(_) => format!("{global:?}"),
    }
}

fn constant(facts: &Facts, module: &str, name: &str) -> Option<Global> {
    facts.module(module)?.get(name).cloned()
}

#[expect(
    clippy::print_stderr,
    reason = "differences between patch versions are news, not failures"
)]
fn report(interpreter: &Interpreter, table: &Facts, differences: &[String]) {
    eprintln!(
        "{} differs from the table of {} in {} places",
        interpreter.full_version,
        table.full_version(),
        differences.len()
    );
    for difference in differences.iter().take(200) {
        eprintln!("  {difference}");
    }
}
