//! Why any class of an MRO stands before any other, held against CPython on random hierarchies: each step is a fact of its classes; what is forced
//! cannot be had the other way round, what is said not to be can.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use mroscope::semantics::{Precedence, Says, precedence};
use serde_json::{Value, json};

use crate::support::python::interpreters;
use crate::support::random::Random;
use crate::support::sketch::sketch;

/// Makes each hierarchy, looks at each answer, and asks for the opposite. Of what is forced a class `Pin(second, first)` is put before the bases of each
/// class that derives from both, all that was written staying so: it has to be refused. Of what is chosen every class gets a base more that asks for
/// one order of all, in which the two stand the other way round: it has to be made.
const WITNESS: &str = r#"
import json, sys

def named(classes, name):
    return object if name == "object" else classes[name]

def opposite(made, statements, top, first, second):
    try:
        pin = type("Pin", (second, first), {})
        anew = {}
        for name, bases in statements:
            old = made.get(name)
            if old is None or old not in top.__mro__:
                continue
            bases = tuple(anew.get(base, base) for base in old.__bases__)
            if old not in (first, second) and issubclass(old, first) and issubclass(old, second):
                bases = (pin,) + bases
            anew[old] = type(name, bases, {}) if bases != old.__bases__ else old
    except TypeError:
        return "refused"
    return "kept"

def other_way_round(top, first, second):
    # One order of all classes that keeps each base list, with the second before the first.
    classes = [it for it in top.__mro__ if it is not object]
    after = {it: set() for it in classes}
    after[second].add(first)
    for it in classes:
        bases = [base for base in it.__bases__ if base is not object]
        after[it].update(bases)
        for at, base in enumerate(bases):
            after[base].update(bases[at + 1:])
    order = []
    while len(order) < len(classes):
        rest = [it for it in classes if it not in order]
        order.append(next(it for it in rest if not any(it in after[other] for other in rest)))
    # Each class is made again with a base more, which asks for just that order.
    anew = {}
    for it in reversed(order):
        above = tuple(anew[other] for other in order if other is not it and issubclass(it, other))
        bases = tuple(anew[base] for base in it.__bases__ if base is not object)
        pin = (type("Pin", above, {}),) if len(above) > 1 else ()
        anew[it] = type(it.__name__, pin + bases or (object,), {})
    mro = anew[top].__mro__
    return mro.index(anew[second]) < mro.index(anew[first])

counts = {"forced": 0, "chosen": 0, "faults": []}
for case in json.load(sys.stdin):
    made = {}
    for name, bases in case["statements"]:
        try:
            made[name] = type(name, tuple(made[base] for base in bases) or (object,), {})
        except (KeyError, TypeError):
            pass
    fault = lambda what, pair: counts["faults"].append([what, pair, case["statements"]])
    seen = set()
    for pair in case["pairs"]:
        top, first, second = (named(made, pair[key]) for key in ("class", "first", "second"))
        if not top.__mro__.index(first) < top.__mro__.index(second):
            fault("order", pair)
        seen.add((top, first, second))
        if pair["steps"] is None:
            counts["chosen"] += 1
            if not other_way_round(top, first, second):
                fault("not chosen", pair)
            continue
        counts["forced"] += 1
        at = first
        for says, by, one, other in pair["steps"]:
            by, one, other = (named(made, it) for it in (by, one, other))
            bases = by.__bases__
            holds = one is at and by in top.__mro__ and other in bases
            if says == "derives":
                holds = holds and by is one
            else:
                holds = holds and one in bases and bases.index(one) < bases.index(other)
            if not holds:
                fault("step", pair)
            at = other
        if at is not second:
            fault("end", pair)
        if opposite(made, case["statements"], top, first, second) != "refused":
            fault("not forced", pair)
    for top in made.values():
        mro = top.__mro__
        for at, first in enumerate(mro):
            for second in mro[at + 1:]:
                if (top, first, second) not in seen:
                    fault("missing", [top.__name__, first.__name__, second.__name__])
counts["faults"] = counts["faults"][:3]
print(json.dumps(counts))
"#;

/// Class statements in order: the name, and the bases among those before it.
fn statements(seed: u64) -> Vec<(String, Vec<String>)> {
    let mut random = Random::new(seed, 21);
    let mut known: Vec<String> = vec![];
    let mut statements = vec![];
    for class in 0..10 {
        let count = random.below(4);
        let bases = random.sample(&known, count);
        let name = format!("C{class}");
        known.push(name.clone());
        statements.push((name, bases));
    }
    statements
}

/// A hierarchy, and what is said of each two classes of each MRO.
fn case(seed: u64) -> Value {
    let statements = statements(seed);
    let mut text = String::new();
    for (name, bases) in &statements {
        let _ = writeln!(text, "class {name}({}): ...", bases.join(", "));
    }
    let analysis = sketch(&[("m", &text)]);
    let classes = &analysis.classes;
    let name = |id| analysis.class(id).name();
    let mut pairs = vec![];
    // A class of which a base was not made is none.
    let mut made: Vec<&str> = vec![];
    for (own, bases) in &statements {
        let id = analysis.named("m", own).expect("it is in the text");
        let has_all = bases.iter().all(|it| made.contains(&it.as_str()));
        let Some(mro) = classes.mro(id).filter(|_| has_all) else {
            continue;
        };
        made.push(own);
        for (at, &first) in mro.iter().enumerate() {
            for &second in &mro[at + 1..] {
                let said = precedence(classes, id, first, second).expect("each pair has an answer");
                let steps = match said {
                    Precedence::Forced(demands) => {
                        let steps = demands.iter().map(|it| {
                            let (says, by) = match it.says {
                                Says::Derives => ("derives", it.first),
                                Says::Bases { by } => ("bases", by),
                                Says::Own { .. } => panic!("no metaclass has an mro() here"),
                            };
                            json!([says, name(by), name(it.first), name(it.second)])
                        });
                        Some(steps.collect::<Vec<Value>>())
                    }
                    Precedence::Chosen(choice) => {
                        // The class whose merge it is has both, and no base of it has.
                        let made = classes.made(choice.by).expect("it is in an MRO");
                        let both = |mro: &[_]| mro.contains(&first) && mro.contains(&second);
                        assert!(both(&made.mro));
                        let mut bases = made.bases.iter();
                        assert!(!bases.any(|&base| both(classes.mro(base).unwrap_or_default())));
                        assert_eq!(made.mro.get(choice.step), Some(&first));
                        None
                    }
                };
                pairs.push(json!({
                    "class": name(id),
                    "first": name(first),
                    "second": name(second),
                    "steps": steps,
                }));
            }
        }
        assert_eq!(precedence(classes, id, mro[mro.len() - 1], id), None);
    }
    json!({"statements": statements, "pairs": pairs})
}

#[test]
fn what_forces_an_order_is_so_in_cpython_and_what_nothing_forces_can_be_had_the_other_way_round() {
    let cases: Vec<Value> = (0..200).map(case).collect();
    let asked = Value::from(cases).to_string();
    for interpreter in interpreters() {
        let mut child = interpreter
            .command()
            .args(["-S", "-c", WITNESS])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("an interpreter that answered once starts again");
        let mut questions = child.stdin.take().expect("its input is a pipe");
        questions
            .write_all(asked.as_bytes())
            .expect("the witness listens");
        drop(questions);
        let output = child.wait_with_output().expect("the witness ends");
        let told: Value = serde_json::from_slice(&output.stdout).expect("it says what it saw");
        let count = |key: &str| told[key].as_u64().expect("it counts");
        assert_eq!(told["faults"], json!([]), "{}", interpreter.full_version);
        assert!(count("forced") > 5_000, "{told}");
        assert!(count("chosen") > 100, "{told}");
    }
}
