//! Random programs: what mroscope says of their class statements is what every CPython of this machine does.
//!
//! `MROSCOPE_PROGRAMS` sets how many are made for each interpreter, `MROSCOPE_SEED` which. A difference is made as small
//! as it can be before it is shown.

use mroscope::cpython::Facts;
use mroscope::semantics::{ClassId, Classes, Declared, SlotItem, Wanted, type_new};
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::draft::{Draft, Flavour, MEMBERS};
use crate::support::notation::{Done, Program};
use crate::support::oracle::{Call, Oracle, Row, RowMade, RowRaised};
use crate::support::python::interpreters;
use crate::support::random::Random;
use crate::support::witness::{analysis_of, rows_of};

/// What becomes of the class statement in each line, in words; those whose bases do not exist are left out.
type Answers = Vec<(u32, String)>;

fn number_from(variable: &str, default: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// Holds random programs against every interpreter; `ours` gives mroscope's answers.
fn compare(flavours: &[Flavour], ours: impl Fn(&str, PythonVersion) -> Answers) {
    let seed = number_from("MROSCOPE_SEED", 1);
    let programs = number_from("MROSCOPE_PROGRAMS", 300);
    for interpreter in interpreters() {
        let version = interpreter.version;
        let mut oracle = Oracle::start(&interpreter);
        let mut differs = |draft: &Draft| {
            let text = draft.to_string();
            theirs(&oracle.program("program", &text, &MEMBERS).classes) != ours(&text, version)
        };
        let found = (0..programs)
            .map(|number| Draft::random(seed, number, flavours))
            .find(&mut differs);
        let Some(draft) = found else { continue };
        let text = draft.shrunk(differs).to_string();
        panic!(
            "CPython {}, seed {seed}:\n{text}\nCPython: {:#?}\nmroscope: {:#?}",
            interpreter.full_version,
            theirs(
                &Oracle::start(&interpreter)
                    .program("program", &text, &MEMBERS)
                    .classes
            ),
            ours(&text, version)
        );
    }
}

/// CPython's answers in words.
fn theirs(rows: &[Row]) -> Answers {
    rows.iter()
        .filter_map(|row| {
            let words = match (&row.made, &row.raised) {
                (Some(made), _) => say_made(made),
                // A base that an earlier statement failed to make.
                (None, Some(raised)) if raised.kind == "NameError" => return None,
                (None, Some(raised)) => say_raised(raised),
                (None, None) => return None,
            };
            Some((row.line, words))
        })
        .collect()
}

fn say_made(made: &RowMade) -> String {
    let from: Vec<String> = made
        .from
        .iter()
        .map(|(attribute, class)| format!("{attribute} of {class}"))
        .collect();
    format!(
        "mro {}; bases {}; base {}; metaclass {}; own {}; {}",
        made.mro.join(" "),
        made.bases.join(" "),
        made.base,
        made.metaclass,
        made.own.join(" "),
        from.join(", ")
    )
}

/// The same without its own namespace, to which hooks add things of which not every one is followed.
fn say_all_but_own(made: &RowMade) -> String {
    say_made(&RowMade {
        own: vec![],
        ..made.clone()
    })
}

/// Kind and message; a set in it stands in an order that depends on where in memory things are, and is sorted here.
fn say_raised(raised: &RowRaised) -> String {
    let sorted = |message: &str| -> Option<String> {
        let (before, rest) = message.split_once('{')?;
        let (set, after) = rest.split_once('}')?;
        let mut items: Vec<&str> = set.split(", ").collect();
        items.sort_unstable();
        Some(format!("{before}{{{}}}{after}", items.join(", ")))
    };
    let message = sorted(&raised.message).unwrap_or_else(|| raised.message.clone());
    format!("{}: {message}", raised.kind)
}

/// What `type_new` says of a program of plain class statements.
fn by_type_new(text: &str, version: PythonVersion) -> Answers {
    let program = Program::run(text, version);
    let path = |id| program.classes.get(id).path.to_string();
    let paths = |ids: &[_]| ids.iter().map(|&id| path(id)).collect();
    program
        .statements
        .iter()
        .filter_map(|(line, done)| {
            let words = match done {
                Done::NoBase(_) => return None,
                Done::Raised(error) => {
                    let raised = error.raised(&program.classes, version);
                    format!("{}: {}", raised.kind, raised.message)
                }
                Done::Created(id) => {
                    let made = program.classes.made(*id).expect("it was created");
                    say_made(&RowMade {
                        mro: paths(&made.mro),
                        metaclass: path(made.metaclass),
                        base: made.best_base.map_or_else(String::new, path),
                        bases: paths(&made.bases),
                        own: program
                            .classes
                            .members(*id)
                            .keys()
                            .map(ToString::to_string)
                            .collect(),
                        from: MEMBERS
                            .iter()
                            .filter_map(|name| {
                                let found =
                                    mroscope::semantics::find_in_mro(*id, name, &program.classes)?;
                                Some(((*name).to_owned(), path(found.on)))
                            })
                            .collect(),
                    })
                }
            };
            Some((*line, words))
        })
        .collect()
}

#[test]
fn type_new_makes_the_classes_that_cpython_makes() {
    compare(&Flavour::SIMPLE, by_type_new);
}

/// Random calls of `type.__new__` with classes of the interpreter's table as bases.
fn random_calls(classes: &Classes, count: u64) -> Vec<Call> {
    let seed = number_from("MROSCOPE_SEED", 1);
    // Importing these talks to the user, opens windows or tests the interpreter; `_pydatetime` plays at being in C;
    // what `turtle` derives from depends on whether `tkinter.tix` was imported, which changes the bases of its classes.
    let unwanted = [
        "antigravity",
        "this",
        "idlelib",
        "turtledemo",
        "test",
        "tkinter",
        "turtle",
        "__main__",
        "_pydatetime",
    ];
    let quiet = |module: &str| {
        let top = module.split('.').next().unwrap_or_default();
        !unwanted.contains(&top) && !top.starts_with("_test")
    };
    let paths = |of: &dyn Fn(ClassId) -> bool| -> Vec<String> {
        classes
            .ids()
            .filter(|&id| of(id))
            .map(|id| &classes.get(id).path)
            .filter(|path| quiet(&path.module) && !path.qualname.contains(['<', '#']))
            .map(ToString::to_string)
            .collect()
    };
    let all = paths(&|_| true);
    let solid = paths(&|id| classes.made(id).is_some_and(|made| made.solid_base == id));
    (0..count)
        .map(|number| {
            let mut random = Random::new(seed, number);
            let mut bases = {
                let count = random.below(3);
                random.sample(&all, count)
            };
            if bases.is_empty() || random.percent(50) {
                bases.extend({
                    let count = 1 + random.below(2);
                    random.sample(&solid, count)
                });
            }
            Call {
                bases,
                slots: [None, None, Some(vec![]), Some(vec!["a".to_owned()])][random.below(4)]
                    .clone(),
            }
        })
        .collect()
}

/// What `type_new` says of such a call.
fn say_call(call: &Call, facts: &Facts, classes: &Classes) -> String {
    let bases: Vec<ClassId> = call
        .bases
        .iter()
        .filter_map(|path| path.split_once(':'))
        .filter_map(|(module, qualname)| facts.class(module, qualname))
        .collect();
    let items: Option<Vec<SlotItem>> = call.slots.as_ref().map(|names| {
        let names = names.iter();
        names
            .map(|name| SlotItem::Name(name.as_str().into()))
            .collect()
    });
    let id = ClassId(classes.len() as u32);
    let wanted = Wanted {
        name: "X",
        metaclass: classes.type_(),
        slots: items.as_deref().map_or(Declared::Absent, Declared::Items),
        binds: &|_| false,
        mro: None,
        version: facts.version(),
    };
    match type_new(id, &wanted, &bases, classes) {
        Ok(made) => {
            let path = |id: ClassId| classes.get(id).path.to_string();
            let mro: Vec<String> = made.mro[1..].iter().map(|&id| path(id)).collect();
            format!(
                "mro {}; base {}; metaclass {}",
                mro.join(" "),
                made.best_base.map_or_else(String::new, path),
                path(made.metaclass)
            )
        }
        Err(error) => {
            let raised = error.raised(classes, facts.version());
            format!("{}: {}", raised.kind, raised.message)
        }
    }
}

/// What CPython says of it; nothing where the error is one of a hook in the library.
fn say_call_row(row: &Row) -> Option<String> {
    match (&row.made, &row.raised) {
        (Some(made), _) => Some(format!(
            "mro {}; base {}; metaclass {}",
            made.mro[1..].join(" "),
            made.base,
            made.metaclass
        )),
        (None, Some(raised)) => raised.reason().map(|_| say_raised(raised)),
        (None, None) => None,
    }
}

#[test]
fn classes_of_the_interpreter_fit_together_as_its_table_says() {
    let mut wrong = vec![];
    for interpreter in interpreters() {
        let Some(facts) = Facts::of(interpreter.version) else {
            continue;
        };
        let classes = facts.classes();
        let calls = random_calls(&classes, number_from("MROSCOPE_PROGRAMS", 300));
        let rows = Oracle::start(&interpreter).derive(&calls);
        let mut compared = 0;
        for (call, row) in calls.iter().zip(&rows) {
            let Some(theirs) = row.as_ref().and_then(say_call_row) else {
                continue;
            };
            compared += 1;
            let ours = say_call(call, &facts, &classes);
            if ours != theirs {
                wrong.push(format!(
                    "CPython {}: {call:?}\n  CPython:  {theirs}\n  mroscope: {ours}",
                    interpreter.full_version
                ));
            }
        }
        assert!(compared * 3 > calls.len(), "only {compared} were compared");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Mroscope's answers for programs that lie in one folder; the name of each is that of its file.
fn by_mroscope(programs: &[(String, Draft)], version: PythonVersion) -> Vec<Vec<Row>> {
    let files: String = programs
        .iter()
        .map(|(name, draft)| ["--- ", name.as_str(), ".py\n", &draft.to_string()].concat())
        .collect();
    let sandbox = Sandbox::new(&files);
    let rows = rows_of(&analysis_of(&sandbox.root(), version), &MEMBERS);
    programs
        .iter()
        .map(|(name, _)| {
            let rows = rows.iter().filter(|row| row.module == *name);
            rows.cloned().collect()
        })
        .collect()
}

/// The first class statement of which the two do not say the same.
fn difference(theirs: &[Row], ours: &[Row], say_made: fn(&RowMade) -> String) -> Option<String> {
    let say = |row: &Row| match (&row.made, &row.raised) {
        (Some(made), _) => say_made(made),
        (None, Some(raised)) => say_raised(raised),
        (None, None) => "unknown".to_owned(),
    };
    theirs.iter().find_map(|row| {
        let own = ours.iter().find(|own| own.line == row.line);
        let own = own.map_or("no class".to_owned(), say);
        let their = say(row);
        (own != their).then(|| format!("line {}\n  CPython:  {their}\n  mroscope: {own}", row.line))
    })
}

/// Whether some statement uses a name that is not bound: in a real project it is bound out of view.
fn is_nameless(rows: &[Row]) -> bool {
    rows.iter().any(|row| {
        let raised = row.raised.as_ref();
        raised.is_some_and(|raised| raised.kind == "NameError")
    })
}

/// What the whole program says of random programs, from their text on: what it does not know is a difference, too.
fn compare_whole(flavours: &[Flavour], say: fn(&RowMade) -> String) {
    let seed = number_from("MROSCOPE_SEED", 1);
    let count = number_from("MROSCOPE_PROGRAMS", 60);
    for interpreter in interpreters() {
        let version = interpreter.version;
        if Facts::of(version).is_none() {
            continue;
        }
        let mut oracle = Oracle::start(&interpreter);
        let mut ask =
            |name: &str, draft: &Draft| oracle.program(name, &draft.to_string(), &MEMBERS);
        let programs: Vec<(String, Draft)> = (0..count)
            .map(|number| {
                let name = format!("program{number}");
                let draft = Draft::random(seed, number, flavours);
                let draft = draft.settled(seed, number, |draft| {
                    let answer = ask(&name, draft);
                    let may_stay = !is_nameless(&answer.classes);
                    Some((*answer.failed.first()?, may_stay))
                });
                (name, draft)
            })
            .collect();
        let all = by_mroscope(&programs, version);
        for ((name, draft), ours) in programs.into_iter().zip(all) {
            if difference(&ask(&name, &draft).classes, &ours, say).is_none() {
                continue;
            }
            let mut differs = |draft: &Draft| {
                let answer = ask(&name, draft);
                let is_settled = answer.failed.len() < 2 && !is_nameless(&answer.classes);
                let ours = by_mroscope(&[(name.clone(), draft.clone())], version);
                difference(&answer.classes, &ours[0], say).filter(|_| is_settled)
            };
            let small = draft.shrunk(|draft| differs(draft).is_some());
            panic!(
                "CPython {}, seed {seed}, {name}:\n{small}\n{}",
                interpreter.full_version,
                differs(&small).unwrap_or_default()
            );
        }
    }
}

#[test]
fn mroscope_makes_the_classes_that_cpython_makes() {
    compare_whole(&Flavour::SIMPLE, say_made);
}

#[test]
fn mroscope_follows_names_hooks_and_the_library_to_the_classes_or_errors_that_cpython_makes() {
    let flavours = [
        Flavour::Names,
        Flavour::Typing,
        Flavour::Special,
        Flavour::Hooks,
        Flavour::OddMeta,
    ];
    compare_whole(&flavours, say_all_but_own);
}

#[test]
fn programs_of_every_flavour_are_python() {
    let Some(interpreter) = interpreters().pop() else {
        return;
    };
    let mut oracle = Oracle::start(&interpreter);
    let mut made = 0;
    for number in 0..200 {
        let text = Draft::random(2, number, &Flavour::ALL).to_string();
        let rows = oracle.program("program", &text, &[]).classes;
        assert!(!rows.is_empty(), "nothing was made of:\n{text}");
        made += rows.iter().filter(|row| row.made.is_some()).count();
    }
    assert!(made > 500, "only {made} classes were made");
}
