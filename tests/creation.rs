//! Class objects one rule at a time, on classes made by hand: mirrors `src/semantics`.

mod descriptor;
mod layout;
mod linearize;
mod lookup;
mod metaclass;
mod namespace;
mod slots;
mod standard_hooks;
mod type_new;
mod wording;

use mroscope::source::PythonVersion;

use crate::support::claims::{What, claims_of};
use crate::support::notation::{Done, Program};

/// Every version that mroscope speaks for.
const VERSIONS: [PythonVersion; 6] = [
    PythonVersion::three(9),
    PythonVersion::three(10),
    PythonVersion::three(11),
    PythonVersion::three(12),
    PythonVersion::three(13),
    PythonVersion::three(14),
];

const LATEST: PythonVersion = PythonVersion::three(14);

/// Runs a program under every version and holds its claims against what came of it.
fn check(text: &str) {
    let claims = claims_of(text);
    assert!(!claims.is_empty(), "nothing is claimed of:\n{text}");
    for version in VERSIONS {
        let program = Program::run(text, version);
        for claim in claims.iter().filter(|claim| claim.holds_for(version)) {
            let said = say(&program, claim.class_line, &claim.what);
            assert_eq!(
                said,
                wanted(&claim.what),
                "line {} under {version} of:\n{text}",
                claim.line
            );
        }
    }
}

fn wanted(what: &What) -> String {
    match what {
        What::Mro(names) => names.join(" "),
        What::Metaclass(name) | What::Base(name) | What::Raises(name) => name.clone(),
        What::From { class, .. } => class.clone(),
    }
}

/// What the program answers to a claim.
fn say(program: &Program, line: u32, what: &What) -> String {
    let (_, done) = program
        .statements
        .iter()
        .find(|(at, _)| *at == line)
        .expect("the claim stands at a class statement");
    let id = match done {
        Done::Created(id) => *id,
        Done::Raised(error) => return error.name().to_owned(),
        Done::NoBase(name) => return format!("no base `{name}`"),
    };
    let made = program.classes.made(id).expect("it was created");
    match what {
        What::Mro(_) => program.say(&made.mro),
        What::Metaclass(_) => program.name(made.metaclass).to_owned(),
        What::Base(_) => program.say(made.best_base.as_slice()),
        What::Raises(_) => "raises nothing".to_owned(),
        What::From { attribute, .. } => {
            mroscope::semantics::find_in_mro(id, attribute, &program.classes)
                .map_or("nowhere", |found| program.name(found.on))
                .to_owned()
        }
    }
}
