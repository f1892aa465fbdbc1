//! Random programs: what mroscope says of their class statements is what every CPython of this machine does.
//!
//! `MROSCOPE_PROGRAMS` sets how many are made for each interpreter, `MROSCOPE_SEED` which. A difference is made as small
//! as it can be before it is shown.

use mroscope::source::PythonVersion;

use crate::support::draft::{Draft, Flavour, MEMBERS};
use crate::support::notation::{Done, Program};
use crate::support::oracle::{Oracle, Row, RowMade, RowRaised};
use crate::support::python::interpreters;

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
    let programs = number_from("MROSCOPE_PROGRAMS", 400);
    for interpreter in interpreters() {
        let version = interpreter.version;
        let mut oracle = Oracle::start(&interpreter);
        let mut differs = |draft: &Draft| {
            let text = draft.to_string();
            theirs(&oracle.program(&text, &MEMBERS)) != ours(&text, version)
        };
        let found = (0..programs)
            .map(|number| Draft::random(seed, number, flavours))
            .find(&mut differs);
        let Some(draft) = found else { continue };
        let text = draft.shrunk(differs).to_string();
        panic!(
            "CPython {}, seed {seed}:\n{text}\nCPython: {:#?}\nmroscope: {:#?}",
            interpreter.full_version,
            theirs(&Oracle::start(&interpreter).program(&text, &MEMBERS)),
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

fn say_raised(raised: &RowRaised) -> String {
    format!("{}: {}", raised.kind, raised.message)
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

#[test]
fn programs_of_every_flavour_are_python() {
    let Some(interpreter) = interpreters().pop() else {
        return;
    };
    let mut oracle = Oracle::start(&interpreter);
    let mut made = 0;
    for number in 0..200 {
        let text = Draft::random(2, number, &Flavour::ALL).to_string();
        let rows = oracle.program(&text, &[]);
        assert!(!rows.is_empty(), "nothing was made of:\n{text}");
        made += rows.iter().filter(|row| row.made.is_some()).count();
    }
    assert!(made > 500, "only {made} classes were made");
}
