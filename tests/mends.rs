//! Class statements that raise: that the fewest statements at fault are these, and that each edit mends them, is asked of every CPython.
//!
//! `MROSCOPE_MENDS` sets how many random programs are made for each interpreter, `MROSCOPE_SEED` which.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use mroscope::analysis::{Analysis, Fate};
use mroscope::load::{Explanation, Fates, Request, explained, fates, load_trying};
use mroscope::semantics::{Core, Over};
use mroscope::source::PythonVersion;

use crate::support::Sandbox;
use crate::support::oracle::{Oracle, Row, RowMade};
use crate::support::python::interpreters;
use crate::support::random::Random;

/// The names that class bodies bind.
const MEMBERS: [&str; 3] = ["m0", "m1", "m2"];

const SLOTS: [&str; 3] = ["()", "('a',)", "('b', 'c')"];

/// A class statement on a line of its own.
#[derive(Debug, Clone)]
struct Stated {
    name: String,
    bases: Vec<String>,
    metaclass: Option<String>,
    slots: Option<&'static str>,
    members: Vec<&'static str>,
}

impl Stated {
    fn line(&self) -> String {
        let mut arguments = self.bases.clone();
        arguments.extend(self.metaclass.iter().map(|it| format!("metaclass={it}")));
        let mut body: Vec<String> = vec![];
        body.extend(self.slots.map(|slots| format!("__slots__ = {slots}")));
        body.extend(self.members.iter().map(|name| format!("{name} = 1")));
        if body.is_empty() {
            body.push(String::from("pass"));
        }
        format!(
            "class {}({}): {}",
            self.name,
            arguments.join(", "),
            body.join("; ")
        )
    }
}

fn text_of(program: &[Stated]) -> String {
    program.iter().map(|it| it.line() + "\n").collect()
}

/// A random program of which the last statement raises, as CPython says; none where the attempt gave none.
fn program(round: u64, random: &mut Random, oracle: &mut Oracle) -> Option<Vec<Stated>> {
    let mut made: Vec<Stated> = vec![];
    let has_metaclasses = round % 3 == 1;
    let has_layouts = round % 3 == 2;
    if has_metaclasses {
        for name in ["M0", "M1"] {
            made.push(Stated {
                name: name.to_owned(),
                bases: vec![String::from("type")],
                metaclass: None,
                slots: None,
                members: vec![],
            });
        }
    }
    let first = made.len();
    for number in 0..random.below(9) + 5 {
        let names: Vec<String> = made[first..].iter().map(|it| it.name.clone()).collect();
        let mut bases: Vec<String> = vec![];
        for _ in 0..random.below(4) {
            if !names.is_empty() {
                let base = names[random.below(names.len())].clone();
                if !bases.contains(&base) || random.percent(8) {
                    bases.push(base);
                }
            }
        }
        if has_layouts && random.percent(25) {
            bases.push(random.pick(&["dict", "list", "Exception"]).to_owned());
        }
        made.push(Stated {
            name: format!("C{number}"),
            bases,
            metaclass: (has_metaclasses && random.percent(40))
                .then(|| random.pick(&["M0", "M1"]).to_owned()),
            slots: (has_layouts && random.percent(33)).then(|| SLOTS[random.below(SLOTS.len())]),
            members: MEMBERS.into_iter().filter(|_| random.percent(33)).collect(),
        });
    }
    let rows = oracle.program("program", &text_of(&made), &MEMBERS).classes;
    let failing = rows.iter().position(|row| row.raised.is_some())?;
    made.truncate(failing + 1);
    Some(made)
}

/// What mroscope says of the statement that raises in a module `program`.
fn explain(text: &str, version: PythonVersion) -> Option<(Explanation, Told)> {
    let sandbox = Sandbox::new(&format!("--- program.py\n{text}"));
    let request = Request {
        path: sandbox.root(),
        version: Some(version),
        ..Request::default()
    };
    load_trying(&request, &|_| (), |analysis, run, trials| {
        let raising = analysis
            .project_classes()
            .find(|class| class.raises().is_some())?
            .id();
        let found = explained(&analysis, run, trials, &[raising]).pop()?;
        let mut told = Told::of(&analysis, &found);
        told.fates = fates(&analysis, run, trials, &[raising]).pop()?;
        Some((found, told))
    })
    .expect("the folder is a project")
}

/// An explanation in words that CPython can be asked about.
struct Told {
    /// Of each statement of the core: the class, and what it says.
    claims: Vec<(String, Vec<String>)>,
    /// Of each mend: the text of the module then, and the MRO.
    mends: Vec<(String, Vec<String>)>,
    /// What comes of it in each version.
    fates: Fates,
}

impl Told {
    fn of(analysis: &Analysis, found: &Explanation) -> Self {
        let path = |id| analysis.class(id).path().to_string();
        let claims = found.core.iter().flat_map(|core| &core.claims);
        let mends = found.mends.iter();
        Self {
            claims: claims
                .map(|claim| {
                    let says = claim.says.iter().map(|&id| path(id)).collect();
                    (path(claim.class), says)
                })
                .collect(),
            mends: mends
                .map(|mend| {
                    let mro = mend.mro.iter().map(|it| it.path.to_string()).collect();
                    (mend.files[0].text.to_string(), mro)
                })
                .collect(),
            fates: vec![],
        }
    }
}

/// The classes that CPython makes of a program.
fn made_of(rows: &[Row]) -> Vec<(&str, &RowMade)> {
    let made = rows.iter();
    made.filter_map(|row| Some((row.name.as_str(), row.made.as_ref()?)))
        .collect()
}

/// Flat classes that demand these orders, and one that demands them all: a program that CPython refuses where they go round in a circle.
fn flat(orders: &[&Vec<String>]) -> String {
    let names: BTreeSet<&String> = orders.iter().copied().flatten().collect();
    let plain = |name: &str| format!("F_{}", name.replace([':', '.'], "_"));
    let mut text = String::new();
    for name in names {
        let _ = writeln!(text, "class {}: pass", plain(name));
    }
    let mut all = vec![];
    for (number, order) in orders.iter().enumerate() {
        let order: Vec<String> = order.iter().map(|it| plain(it)).collect();
        let _ = writeln!(text, "class D{number}({}): pass", order.join(", "));
        all.push(format!("D{number}"));
    }
    let _ = writeln!(text, "class All({}): pass", all.join(", "));
    text
}

fn is_refused(oracle: &mut Oracle, text: &str) -> bool {
    let rows = oracle.program("flat", text, &[]).classes;
    rows.iter().any(|row| row.raised.is_some())
}

/// Holds what a core says of orders against CPython: all of it together cannot be, and without any one of them it can.
fn holds_core(oracle: &mut Oracle, core: &Core, told: &Told, text: &str) {
    if !matches!(core.over, Over::Orders | Over::Choices) {
        return;
    }
    // `object` stands last everywhere: what a builtin class says of it costs nothing, and is left out.
    let says: Vec<&Vec<String>> = told.claims.iter().map(|(_, says)| says).collect();
    let is_whole = core
        .circle
        .iter()
        .all(|link| core.claims.iter().any(|claim| claim.class == link.by));
    if !is_whole {
        return;
    }
    assert!(
        is_refused(oracle, &flat(&says)),
        "these can all hold: {says:?}\n{text}"
    );
    for left_out in 0..says.len() {
        let mut fewer = says.clone();
        fewer.remove(left_out);
        assert!(
            !is_refused(oracle, &flat(&fewer)),
            "{:?} is not needed: {says:?}\n{text}",
            says[left_out]
        );
    }
}

/// Whether some order of the bases of one statement, or one base less, mends the program: asked of CPython, one after the other.
fn has_small_mend(oracle: &mut Oracle, program: &[Stated], before: usize) -> bool {
    for at in 0..program.len() {
        let count = program[at].bases.len();
        let mut lists: Vec<Vec<String>> = vec![];
        for out in 0..count {
            let mut bases = program[at].bases.clone();
            bases.remove(out);
            lists.push(bases);
        }
        for one in 0..count {
            for other in one + 1..count {
                let mut bases = program[at].bases.clone();
                bases.swap(one, other);
                lists.push(bases);
            }
        }
        for bases in lists {
            let mut edited = program.to_vec();
            edited[at].bases = bases;
            let rows = oracle.program("program", &text_of(&edited), &[]).classes;
            if made_of(&rows).len() == before + 1 {
                return true;
            }
        }
    }
    false
}

#[test]
fn cores_and_mends_are_what_cpython_says() {
    let number = |variable: &str, default: u64| {
        let said = std::env::var(variable).ok();
        said.and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (seed, programs) = (number("MROSCOPE_SEED", 1), number("MROSCOPE_MENDS", 40));
    let mut kinds = BTreeSet::new();
    for interpreter in interpreters() {
        let mut oracle = Oracle::start(&interpreter);
        for round in 0..programs {
            let mut random = Random::new(seed, round);
            let Some(program) = program(round, &mut random, &mut oracle) else {
                continue;
            };
            let text = text_of(&program);
            let before = oracle.program("program", &text, &MEMBERS).classes;
            let target = program.last().expect("one of them raises").name.as_str();
            let (found, told) = explain(&text, interpreter.version)
                .unwrap_or_else(|| panic!("{target} raises\n{text}"));
            let raised = before.last().and_then(|row| row.raised.as_ref());
            let message = raised.map(|it| it.message.clone());
            assert_eq!(Some(found.raised.message.clone()), message, "\n{text}");
            let core = found
                .core
                .as_ref()
                .unwrap_or_else(|| panic!("no core of {target}\n{text}"));
            kinds.insert(format!("{:?}", core.over));
            holds_core(&mut oracle, core, &told, &text);
            let was_made = made_of(&before);
            for (edited, mro) in &told.mends {
                let after = oracle.program("program", edited, &MEMBERS).classes;
                let is_made = made_of(&after);
                let there = is_made.iter().find(|(name, _)| *name == target);
                assert_eq!(
                    there.map(|(_, made)| &made.mro),
                    Some(mro),
                    "after this edit\n{edited}"
                );
                for (name, _) in &was_made {
                    assert!(
                        is_made.iter().any(|(it, _)| it == name),
                        "{name} is not made any more\n{edited}"
                    );
                }
            }
            if found.mends.iter().all(|it| it.edits.len() > 1) {
                assert!(
                    !has_small_mend(&mut oracle, &program, was_made.len()),
                    "a smaller edit mends this\n{text}"
                );
            }
        }
    }
    if !interpreters().is_empty() {
        let wanted = ["Layouts", "Metaclasses", "Orders"];
        for kind in wanted {
            assert!(
                kinds.contains(kind),
                "no program was about {kind}: {kinds:?}"
            );
        }
    }
}

/// Programs of which the last statement raises, and what its first mend has in its text: decorators, fields, slots.
const OF_THE_BODY: [(&str, &str); 7] = [
    (
        "from dataclasses import dataclass\n@dataclass\nclass Basket:\n    items: list = []  # things\n",
        "items: list = field(default_factory=list)  # things",
    ),
    (
        "import dataclasses\n@dataclasses.dataclass\nclass Basket:\n    prices: dict = {'a': 1}\n",
        "prices: dict = dataclasses.field(default_factory=lambda: {'a': 1})",
    ),
    (
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Point: x: int\n@dataclass\nclass Named(Point): name: str\n",
        "@dataclass(frozen=True)\nclass Named(Point)",
    ),
    (
        "from dataclasses import dataclass\n@dataclass(eq=False, order=True)\nclass Price: amount: int\n",
        "@dataclass(order=True)\nclass Price",
    ),
    (
        "import enum\n@enum.unique\nclass Colour(enum.Enum):\n    RED = 1\n    CRIMSON = 1\n",
        "import enum\nclass Colour(enum.Enum)",
    ),
    (
        "class Slotted:\n    __slots__ = ('a', 'b')\n    b = 1\n",
        "__slots__ = ('a',)\n",
    ),
    (
        "import enum\nclass Number(enum.Enum, int): ONE = 1\n",
        "class Number(int, enum.Enum): ONE = 1",
    ),
];

#[test]
fn faults_of_the_body_are_mended_where_one_edit_does() {
    for interpreter in interpreters() {
        let runs = |text: &str| {
            let output = interpreter.command().args(["-c", text]).output();
            output.expect("an interpreter that answered once starts again")
        };
        for (text, wanted) in OF_THE_BODY {
            assert!(!runs(text).status.success(), "CPython takes this\n{text}");
            let (found, told) = explain(text, interpreter.version).expect("it raises");
            let (first, _) = told.mends.first().expect("there is a mend");
            assert!(found.mends[0].is_faithful, "{first}");
            assert!(
                first.contains(wanted),
                "on {}, mended otherwise:\n{first}",
                interpreter.full_version
            );
            for (mended, _) in &told.mends {
                let output = runs(mended);
                assert!(
                    output.status.success(),
                    "on {}: {}\n{mended}",
                    interpreter.full_version,
                    String::from_utf8_lossy(&output.stderr)
                );
            }
        }
    }
}

/// Programs of which the last statement cannot have the layouts of both bases, and the edits, each in the text of a mend, that move a slot: into
/// the class above both, into the one that inherits; with comments, brackets and private names as they are. Behind them a statement that uses it.
const SLOTS_MOVED: [(&str, &[&str], &str); 6] = [
    (
        "class P: __slots__ = ()\nclass A(P): __slots__ = ('a',)\nclass B(P): __slots__ = ('b', 'c')\nclass E(A, B): __slots__ = ()\n",
        &[
            "class P: __slots__ = ('b', 'c')\n",
            "class B(P): __slots__ = ()\n",
        ],
        "e = E(); e.a = e.b = e.c = 1; B().b = 1",
    ),
    (
        "class A: __slots__ = ['a']\nclass B: __slots__ = 'b'\nclass E(A, B):\n    # nothing of its own\n    __slots__ = []  # so far\n",
        &[
            "class B: __slots__ = ()\n",
            "    # nothing of its own\n    __slots__ = ['b']  # so far\n",
        ],
        "e = E(); e.a = e.b = 1",
    ),
    (
        "class P:\n    __slots__ = (\n        'p',  # first\n    )\nclass A(P): __slots__ = 'a', 'x'\nclass B(P): __slots__ = ('b',)\nclass E(A, B): __slots__ = 'e'\n",
        &[
            "    __slots__ = (\n        'p',  # first\n        'b',\n    )\n",
            "class B(P): __slots__ = ()\n",
        ],
        "e = E(); e.a = e.b = e.e = e.p = 1; B().b = 1",
    ),
    (
        "class P: __slots__ = {'p': 'one'}\nclass A(P): __slots__ = {'a': 'two'}\nclass B(P):\n    __slots__ = ('__b',)\n    def set(self): self.__b = 1\nclass E(A, B): __slots__ = ()\n",
        &[
            "class P: __slots__ = {'p': 'one', '_B__b': None}\n",
            "    __slots__ = ()\n    def set",
        ],
        "E().set(); B().set()",
    ),
    (
        "class P: __slots__ = ()\nclass A(P): __slots__ = ('a', '__dict__')\nclass B(P): __slots__ = ('b',)\nclass E(A, B): __slots__ = ()\n",
        &[
            "class P: __slots__ = ('a',)\n",
            "class A(P): __slots__ = ('__dict__',)\n",
        ],
        "e = E(); e.a = e.b = e.c = 1",
    ),
    (
        "class S: __slots__ = ('s',)\nclass E(S, dict): __slots__ = ('e',)\n",
        &[
            "class S: __slots__ = ()\n",
            "class E(S, dict): __slots__ = ('e', 's')\n",
        ],
        "e = E(); e.e = e.s = 1",
    ),
];

#[test]
fn a_slot_moves_to_where_both_layouts_are_one() {
    for interpreter in interpreters() {
        for (text, wanted, used) in SLOTS_MOVED {
            let (found, told) = explain(text, interpreter.version).expect("it raises");
            let is_wanted = |text: &str| wanted.iter().all(|it| text.contains(it));
            let at = told.mends.iter().position(|(text, _)| is_wanted(text));
            let at = at.unwrap_or_else(|| panic!("no such mend of\n{text}: {:#?}", told.mends));
            assert!(found.mends[at].is_faithful);
            assert_eq!(found.mends[at].edits.len(), 2);
            let program = format!("{}\n{used}\n", told.mends[at].0);
            let output = interpreter.command().args(["-c", &program]).output();
            let output = output.expect("an interpreter that answered once starts again");
            assert!(
                output.status.success(),
                "on {}: {}\n{program}",
                interpreter.full_version,
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
}

#[test]
fn versions_in_which_a_statement_raises_are_those_in_which_it_does() {
    let text = "class A(int): pass\nclass B(int): pass\nclass Both(A, B): pass\n";
    let (_, told) = explain(text, PythonVersion::three(9)).expect("it raises there");
    for interpreter in interpreters() {
        let output = interpreter.command().args(["-c", text]).output();
        let output = output.expect("an interpreter that answered once starts again");
        let fate = told
            .fates
            .iter()
            .find(|(version, _)| *version == interpreter.version);
        let wanted = if output.status.success() {
            Fate::Works
        } else {
            Fate::Raises
        };
        assert_eq!(fate.map(|it| it.1), Some(wanted), "{}", interpreter.version);
    }
}
