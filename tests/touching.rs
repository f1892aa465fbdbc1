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

// By then CPython may have run any of the methods: what they change is as it was, should none of them have run.
#[test]
fn what_the_methods_of_an_object_change_rests_on_those_who_may_call_them() {
    let sandbox = Sandbox::new(
        "--- repo/app.py
import asyncio
import elsewhere
class Base: ...
class Mixin: ...
class Free: ...
before = [Base]
class Unrelated:
    def __len__(self): before.append(Mixin)
elsewhere.value == Free()
class Before(*before): ...
async def fill(bases): bases.append(Mixin)
gathered = [Base]
async def main(): await asyncio.gather(fill(gathered))
asyncio.run(main())
class Gathered(*gathered): ...
class Made:
    def __init__(self): made.append(Mixin)
made = [Base]
elsewhere.use(Made)
class OfClass(*made): ...
class Sized:
    def __len__(self): asked.append(Mixin)
asked = [Base]
elsewhere.use(Sized())
class OfInstance(*asked): ...
class Equal:
    def __eq__(self, other): compared.append(Mixin)
compared = [Base]
elsewhere.value == Equal()
class Compared(*compared): ...
class Added:
    def __radd__(self, other): added.append(Mixin)
added = [Base]
elsewhere.value + Added()
class Summed(*added): ...
class Read:
    @property
    def value(self): read.append(Mixin)
read = [Base]
getattr(Read(), elsewhere.name, None)
class Named(*read): ...
class Given:
    def __iter__(self): return iter(given.append(Mixin))
given = [Base]
elsewhere.value.extend(Given())
class Extended(*given): ...
",
    );
    let analysis = analysis_of(&sandbox.path("repo"), PythonVersion::three(13));
    assert_eq!(assumptions(&analysis, "Before"), Vec::<String>::new());
    for (name, what) in [
        ("Gathered", "`gather` leaves what it is handed as it was"),
        (
            "OfClass",
            "`elsewhere.use` leaves what it is handed as it was",
        ),
        (
            "OfInstance",
            "`elsewhere.use` leaves what it is handed as it was",
        ),
        (
            "Compared",
            "`==` runs no code that changes what stands around it",
        ),
        (
            "Summed",
            "`+` runs no code that changes what stands around it",
        ),
        (
            "Named",
            "`getattr` runs no code that changes what stands around it",
        ),
        (
            "Extended",
            "`elsewhere.value.extend` runs no code that changes what stands around it",
        ),
    ] {
        assert!(
            assumptions(&analysis, name).iter().any(|it| it == what),
            "{name}: {:?}",
            assumptions(&analysis, name)
        );
    }
}
