//! `super()`: hierarchies whose methods log that they ran, and CPython's log for every fall of the coins that decide whether they call on.
//!
//! `MROSCOPE_HIERARCHIES` sets how many programs are made for each interpreter, `MROSCOPE_SEED` which.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use mroscope::analysis::{Along, ClassRef, Leads, Runs, Sure};
use mroscope::semantics::Outcome;
use mroscope::source::PythonVersion;
use serde::Deserialize;

use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::random::Random;
use crate::support::witness::analysis_of;

/// How a definition calls on: `@` is the class, `#` the fall of a coin, `%` one of its bases.
const CALLS: &[&str] = &[
    "super().run()",
    "super(@, self).run()",
    "super(__class__, self).run()",
    "x = super().run()",
    "with nothing(): super().run()",
    "if #: super().run()",
    "if #: pass\n        else: super().run()",
    "# and super().run()",
    "None if # else super().run()",
    "for x in range(#): super().run()",
    "if #: return\n        super().run()",
    "f = lambda: super(@, self).run()\n        if #: f()",
    "def f(): return super(@, self).run()\n        if #: f()",
    "f = super().run\n        if #: f()",
    "try:\n            if #: super().run()\n        finally: pass",
    "if #: %.run(self)",
    "%.run(self)",
    "super(%, self).run()",
    "[0 for x in [super().run()]]",
    "",
];

/// Since 3.12 a comprehension is no function of its own.
const INLINED: &str = "[super().run() for x in range(#)]";

const HEADS: [(&str, &str, &str); 3] = [
    ("", "self", "cls().run()"),
    ("    @classmethod\n", "self", "cls.run()"),
    ("    @functools.wraps(len)\n", "self", "cls().run()"),
];

fn program(seed: u64, number: u64, version: PythonVersion) -> String {
    let mut random = Random::new(seed, number);
    let (decorator, receiver, used) = HEADS[random.below(HEADS.len())];
    let (mut names, mut coins): (Vec<String>, usize) = (vec![], 0);
    let mut text =
        "import contextlib, functools\nLOG = []\nfalls = []\nnothing = contextlib.nullcontext\n"
            .to_owned();
    let _ = writeln!(
        text,
        "def use(cls): {used}\nclass Root:\n{decorator}    def run({receiver}): LOG.append('Root')\n    def hook(self): pass"
    );
    for index in 0..4 + random.below(5) {
        let name = format!("C{index}");
        let wanted = 1 + random.below(2);
        let mut bases = random.sample(&names, wanted);
        if bases.is_empty() {
            bases.push("Root".to_owned());
        }
        let _ = writeln!(text, "try:\n  class {name}({}):", bases.join(", "));
        text.push_str("    x = 1\n");
        if random.percent(30) {
            text.push_str("    def hook(self): return super().hook\n");
        }
        if random.percent(80) {
            let _ = writeln!(
                text,
                "{decorator}    def run({receiver}):\n        LOG.append('{name}')"
            );
            for _ in 0..=random.below(2) {
                let mut call = random.pick(CALLS);
                if version >= PythonVersion::three(12) && random.percent(5) {
                    call = INLINED;
                }
                // A class method is called by the name of a class on that class.
                let is_named = call.contains("%.run");
                // Behind the root there is nothing.
                let is_behind_root = call.starts_with("super(%") && bases[0] == "Root";
                let is_class_method = decorator.contains("classmethod");
                if is_named && is_class_method || is_behind_root || call.contains('#') && coins == 6
                {
                    continue;
                }
                let fall = format!("falls[{coins}]");
                coins += usize::from(call.contains('#'));
                let call = call
                    .replace('@', &name)
                    .replace('#', &fall)
                    .replace('%', &bases[0]);
                let _ = writeln!(text, "        {call}");
            }
        }
        text.push_str("except (TypeError, NameError): pass\n");
        names.push(name);
    }
    let _ = writeln!(text, "NAMES = {names:?}\nCOINS = {coins}");
    text
}

#[derive(Deserialize)]
struct Case {
    case: String,
    classes: BTreeMap<String, Logged>,
}

#[derive(Deserialize)]
struct Logged {
    ran: BTreeSet<String>,
    always: BTreeSet<String>,
    twice: BTreeSet<String>,
    next: BTreeMap<String, Option<String>>,
}

fn measured(interpreter: &Interpreter, folder: &Path) -> Vec<Case> {
    let output = interpreter
        .command()
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/supers/measure.py"))
        .arg(folder)
        .output()
        .expect("an interpreter that answered once starts again");
    let text = String::from_utf8_lossy(&output.stdout);
    let cases: Result<Vec<Case>, _> = text.lines().map(serde_json::from_str).collect();
    match cases {
        Ok(cases) if output.status.success() => cases,
        _ => panic!("{}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// What is said of a class that CPython's log does not say.
fn faults_of(class: ClassRef<'_>, logged: &Logged) -> Vec<String> {
    let mut faults = vec![];
    let Some(chain) = class.chain("run") else {
        return vec!["no chain".to_owned()];
    };
    if chain.sure == Sure::Unknown {
        faults.push("not known".to_owned());
    }
    let those = |wanted: &dyn Fn(&mroscope::analysis::ChainLink<'_>) -> bool| -> BTreeSet<String> {
        let links = chain.links.iter().filter(|it| wanted(it));
        links
            .map(|it| it.definition.class.name().to_owned())
            .collect()
    };
    let mut hold = |what: &str, ours: BTreeSet<String>, theirs: &BTreeSet<String>| {
        if ours != *theirs {
            faults.push(format!("{what} is {ours:?}, CPython's log {theirs:?}"));
        }
    };
    hold(
        "what runs",
        those(&|it| it.runs_at_all.is_some()),
        &logged.ran,
    );
    hold(
        "what always runs",
        those(&|it| it.runs_at_all == Some(Runs::Always)),
        &logged.always,
    );
    hold("what runs twice", those(&|it| it.times > 1), &logged.twice);
    let along = Along::of(class);
    for (after, theirs) in &logged.next {
        let at = along.mro.iter().position(|it| it.name() == after);
        let ours = at.map(|at| along.behind(at, "hook").0);
        let ours = match ours {
            Some(Leads::To(class)) => Some(class.name().to_owned()),
            Some(Leads::Nowhere) | None => None,
        };
        if ours != *theirs {
            faults.push(format!("behind {after} is {ours:?}, not {theirs:?}"));
        }
    }
    faults
}

#[test]
fn which_definitions_run_is_what_cpython_logs() {
    let number_from = |variable: &str, default: u64| {
        let set = std::env::var(variable).ok();
        set.and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let seed = number_from("MROSCOPE_SEED", 1);
    let count = number_from("MROSCOPE_HIERARCHIES", 150);
    for interpreter in interpreters() {
        let sandbox = Sandbox::new("");
        for number in 0..count {
            let text = program(seed, number, interpreter.version);
            sandbox.write(&format!("case_{number:05}.py"), text);
        }
        let analysis = analysis_of(&sandbox.root(), interpreter.version);
        let (mut faults, mut held) = (vec![], 0);
        for case in measured(&interpreter, &sandbox.root()) {
            for class in analysis.project_classes() {
                if class.path().module != *case.case
                    || matches!(class.outcome(), Outcome::Raises(_))
                {
                    continue;
                }
                let Some(logged) = case.classes.get(class.name()) else {
                    continue;
                };
                held += 1;
                let found = faults_of(class, logged);
                faults.extend(
                    found
                        .iter()
                        .map(|it| format!("{} {}: {it}", case.case, class.name())),
                );
            }
        }
        assert!(
            faults.is_empty(),
            "CPython {}, seed {seed}: {} faults\n{}\n{}",
            interpreter.full_version,
            faults.len(),
            faults
                .iter()
                .take(20)
                .cloned()
                .collect::<Vec<_>>()
                .join("\n"),
            std::fs::read_to_string(sandbox.path(&format!("{}.py", &faults[0][..10])))
                .unwrap_or_default()
        );
        assert!(
            u64::try_from(held).is_ok_and(|it| it > count),
            "{held} classes"
        );
    }
}
