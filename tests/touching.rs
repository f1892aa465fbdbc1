//! What may have changed what: functions handed to somebody who may call them, files that may be there.

use mroscope::analysis::Analysis;
use mroscope::semantics::Standing;
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::witness::analysis_of;

fn assumptions(analysis: &Analysis, name: &str) -> Vec<String> {
    let mut found = analysis.project_classes().filter(|it| it.name() == name);
    let class = found.next().unwrap_or_else(|| panic!("no row for {name}"));
    match class.standing() {
        Standing::Exact => vec![],
        Standing::Assumed(what) => what.iter().map(|it| it.what.clone()).collect(),
    }
}

// With a thread that is quick enough, CPython makes `Threaded` with `Base` among its bases; the others are as they stand there.
#[test]
fn what_a_function_changes_rests_on_those_who_may_call_it() {
    let sandbox = Sandbox::new(
        "--- repo/app.py
import functools, os, threading
import elsewhere
class Base: ...
threaded = []
def fill(): threaded.append(Base)
threading.Thread(target=fill).start()
class Threaded(*threaded): ...
handed = []
def note(event): handed[0:0] = [Base]
elsewhere.run(functools.partial(note, 1))
class Handed(*handed): ...
yielded = []
def each():
    yielded.append(Base)
    yield 1
elsewhere.run(each())
class Yielded(*yielded): ...
read = [Base]
def look(): return read[0]
elsewhere.run(look)
class Read(*read): ...
kept = []
def late(): kept.append(Base)
callbacks = elsewhere.callbacks()
callbacks.append(late)
class Kept(*kept): ...
if not os.path.exists('settings.ini'):
    class Beside(Base): ...
",
    );
    let analysis = analysis_of(&sandbox.path("repo"), PythonVersion::three(13));
    let leaves = |what: &str| vec![format!("`{what}` leaves what it is handed as it was")];
    assert_eq!(assumptions(&analysis, "Threaded"), leaves("Thread"));
    assert_eq!(assumptions(&analysis, "Handed"), leaves("elsewhere.run"));
    assert_eq!(assumptions(&analysis, "Yielded"), leaves("elsewhere.run"));
    for name in ["Read", "Kept"] {
        assert_eq!(assumptions(&analysis, name), Vec::<String>::new(), "{name}");
    }
    assert_eq!(
        assumptions(&analysis, "Beside"),
        ["the program starts in a folder without `settings.ini`"]
    );
}
