//! What a load does not need any more is given back, and small things are small: of most there are hundreds of thousands.

use std::sync::Arc;

use mroscope::evaluate::Limits;
use mroscope::source::{Place, PythonVersion};
use mroscope::syntax::{FunctionDef, StmtKind, parse};

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::values::{asked, theirs};

fn function(text: &str) -> Arc<FunctionDef> {
    let syntax = parse(text, PythonVersion::three(13));
    let first = syntax.body.first().map(|it| &it.kind);
    match first {
        Some(StmtKind::Function(def)) => def.clone(),
        other => panic!("no function: {other:?}"),
    }
}

#[test]
fn a_body_that_is_given_back_is_read_again_where_somebody_asks() {
    let text = "def make(base):\n    note(base)\n    class Made(base): ...\n    return Made\n";
    let def = function(text);
    let (body, for_classes) = (def.body(text), def.body_for_classes(text));
    assert!(
        Arc::ptr_eq(&body, &def.body(text)),
        "it is kept until then: a loop calls it often"
    );
    let (kept, cut) = (Arc::downgrade(&body), Arc::downgrade(&for_classes));
    let before = (format!("{body:?}"), format!("{for_classes:?}"));
    drop((body, for_classes));
    def.give_back();
    assert!(kept.upgrade().is_none() && cut.upgrade().is_none());
    let again = (def.body(text), def.body_for_classes(text));
    assert_eq!(before, (format!("{:?}", again.0), format!("{:?}", again.1)));
}

#[test]
fn a_place_that_may_be_absent_takes_no_more_room_than_one() {
    assert_eq!(size_of::<Option<Place>>(), size_of::<Place>());
}

/// Functions, generators, views and classes that see the names of a call which has ended; calls that end before and behind them.
const KEPT: &str = "
def nothing(*given): return len(given)
def counter(start):
    count = start
    def more(by=1):
        nonlocal count
        count += by
        nothing(count, by)
        return count
    return more
def made(name, size):
    area = size * size
    class Made:
        title = name.upper()
        def area_of(self): return area
        sizes = tuple(nothing(it, size) + size for it in range(3))
    return Made
def late(parts):
    doubled = [nothing(it) * it for it in parts]
    return (it + extra for it in doubled for extra in (0, len(parts)))
def names(a, b):
    c = [lambda: a + it for it in (b, 2)]
    return locals()
def deep(number):
    inner = lambda: number
    return [inner] if number == 0 else [*deep(number - 1), inner]
first, second = counter(1), counter(10)
seen = names(3, 4)
walk = late([1, 2, 3])
begun = next(walk)
class Values:
    v1 = (first(), second(5), first(), second())
    v2 = made('box', 3)().area_of()
    v3 = made('cup', 2).sizes
    v4 = made('tin', 2).title
    v5 = [begun, *walk]
    v6 = (seen['a'], seen['b'], [it() for it in seen['c']])
    v7 = [it() for it in deep(4)]
";

#[test]
fn what_is_seen_of_a_call_stays_when_it_has_ended() {
    let sandbox = Sandbox::new("");
    sandbox.write("values.py", KEPT);
    for interpreter in interpreters() {
        let limits = Limits::default();
        let ours = asked(KEPT, interpreter.version, &limits);
        for (name, their) in theirs(&interpreter, &sandbox, &limits) {
            let version = &interpreter.full_version;
            assert_eq!(ours.get(&name), Some(&their), "{name}, CPython {version}");
        }
    }
}
