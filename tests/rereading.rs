//! Reading again: whatever was edited in between, what comes of going on from an earlier load is what a load from nothing gives.

use std::fmt::Write as _;
use std::fs;
use std::sync::{Arc, Mutex};

use mroscope::Name;
use mroscope::analysis::Analysis;
use mroscope::load::{Earlier, Following, LoadError, Request, load, load_following};
use mroscope::source::{Project, Settled};

use crate::support::random::Random;
use crate::support::sandbox::Sandbox;

/// `shop.cart` and `shop.api` import each other, and only one order gets by; `scripts/` is a root as long as something imports from there.
const PROJECT: &str = "\
--- pyproject.toml
[project]
name = 'shop'
--- shop/__init__.py
from shop.api import Api
--- shop/api.py
from shop.tools import helper
class Api:
    def ask(self):
        return helper()
--- shop/tools.py
from shop.api import Api
class Tool(Api):
    def ask(self):
        class Inner(Api): ...
        return Inner
def helper():
    return Tool
--- shop/cart.py
import abc
from shop.tools import Tool
class Left(Tool): ...
class Right(Tool):
    kind: int = 3
class Both(Left, Right):
    def ask(self):
        return super().ask()
def made():
    class Local(Both): ...
    return Local
--- scripts/start.py
import helpers
class Started(helpers.Helper): ...
--- scripts/helpers.py
class Helper: ...
";

/// The files that are edited.
const FILES: [&str; 6] = [
    "shop/__init__.py",
    "shop/api.py",
    "shop/tools.py",
    "shop/cart.py",
    "scripts/start.py",
    "scripts/helpers.py",
];

/// Texts and what they become, where a file has them.
const EDITS: [(&str, &str); 14] = [
    ("return", "# said\n        return"),
    ("class Both(Left, Right)", "class Both(Right, Left)"),
    ("class Both(Right, Left)", "class Both(Left, Tool, Right)"),
    ("class Both(Left, Tool, Right)", "class Both(Left, Right)"),
    ("class Left", "class Port"),
    ("class Port", "\n\nclass Left"),
    ("kind: int = 3", "kind = property(len)"),
    ("import helpers\n", "import shop as helpers\n"),
    ("import shop as helpers\n", "import helpers\n"),
    ("from shop.tools import helper\n", "helper = len\n"),
    ("helper = len\n", "from shop.tools import helper\n"),
    ("class Inner(Api)", "class Inner(Api, metaclass=type)"),
    (": ...", ":\n    def new(self): ..."),
    ("def ask(self)", "def ask(self, *more"),
];

/// Everything that a load found, in words.
fn said(analysis: &Analysis) -> String {
    let mut said = String::new();
    let mut say = |it: &dyn std::fmt::Debug| writeln!(said, "{it:?}").expect("a text takes it");
    say(&analysis.world);
    for file in &analysis.files {
        say(&(&file.path, &file.shown, &file.text));
    }
    say(&analysis.modules);
    say(&analysis.problems);
    say(&analysis.entry_points);
    say(&analysis.counts());
    for class in analysis.all_classes().filter(|it| !it.is_interpreters()) {
        say(&(class.path(), class.members()));
        say(&analysis.classes.get(class.id()));
        say(&class.place().map(|it| analysis.say_place(it)));
    }
    said
}

/// What a load finds that goes on from an earlier one, what it leaves, and whether it was told of files.
fn again(sandbox: &Sandbox, earlier: Option<Arc<Earlier>>) -> (String, Arc<Earlier>, bool) {
    let request = Request {
        earlier,
        ..request(sandbox)
    };
    let told = std::sync::atomic::AtomicBool::new(false);
    let found = |_: &Project| told.store(true, std::sync::atomic::Ordering::Relaxed);
    let following = Following {
        found: &found,
        ..Following::NOBODY
    };
    let (said, left) = load_following(&request, following, &|_| (), |analysis, _, trials| {
        (said(&analysis), trials.earlier())
    })
    .expect("it is a project");
    (said, left, told.into_inner())
}

fn request(sandbox: &Sandbox) -> Request {
    Request {
        path: sandbox.root(),
        ..Request::default()
    }
}

fn fresh(sandbox: &Sandbox) -> String {
    said(&load(&request(sandbox), &|_| ()).expect("it is a project"))
}

#[test]
fn a_load_that_goes_on_from_an_earlier_one_finds_what_one_from_nothing_does() {
    let sandbox = Sandbox::new(PROJECT);
    let (first, mut left, _) = again(&sandbox, None);
    assert_eq!(first, fresh(&sandbox));
    let mut random = Random::new(21, 0);
    let (mut before, mut changed) = (first, 0);
    for turn in 0..60 {
        let file = random.pick(&FILES);
        let text = fs::read_to_string(sandbox.path(file)).unwrap_or_default();
        let done = if random.percent(10) {
            // It goes, or comes back.
            if fs::remove_file(sandbox.path(file)).is_ok() {
                String::from("removed")
            } else {
                sandbox.write(file, "class Came: ...\n");
                String::from("written")
            }
        } else {
            let start = random.below(EDITS.len());
            let edits = EDITS.iter().cycle().skip(start).take(EDITS.len());
            let fitting = edits.into_iter().find(|it| text.contains(it.0));
            let (from, to) = fitting.unwrap_or(&("", "# nothing\n"));
            sandbox.write(file, text.replacen(from, to, 1));
            format!("{from:?} to {to:?}")
        };
        let (now, next, _) = again(&sandbox, Some(left));
        assert_eq!(now, fresh(&sandbox), "turn {turn}: {file}: {done}");
        changed += usize::from(now != before);
        (left, before) = (next, now);
    }
    assert!(changed > 40, "{changed} edits changed something");
}

#[test]
fn files_are_told_of_again_where_some_have_come_or_gone_or_have_another_name() {
    let sandbox = Sandbox::new(PROJECT);
    let (_, left, told) = again(&sandbox, None);
    assert!(told);
    sandbox.write("shop/api.py", "class Api: ...\n");
    let (_, left, told) = again(&sandbox, Some(left));
    assert!(!told, "the files are the same");
    sandbox.write("shop/more.py", "class More: ...\n");
    let (said, left, told) = again(&sandbox, Some(left));
    assert!(told && said.contains("More"));
    // Nothing imports from `scripts/` any more.
    sandbox.write("scripts/start.py", "class Started: ...\n");
    let (said, _, told) = again(&sandbox, Some(left));
    assert!(told && !said.contains("name: \"helpers\""));
}

#[test]
fn a_file_that_was_written_just_now_is_read_whatever_its_size_and_time() {
    let sandbox = Sandbox::new(PROJECT);
    assert_eq!(Settled::of(&sandbox.path("shop/api.py")), None);
    assert_eq!(Settled::of(&sandbox.path("shop/gone.py")), None);
}

/// What comes of the module that is open before the rest is read: its classes with their MROs, in words; none where nothing is said.
fn first_of(sandbox: &Sandbox, earlier: Option<Arc<Earlier>>, module: &str) -> Option<String> {
    let request = Request {
        earlier,
        ..request(sandbox)
    };
    let module = Name::from(module);
    let heard = Mutex::new(None);
    let first = |analysis: Analysis| {
        let said = mros(&analysis, &module);
        assert!(heard.lock().expect("nobody panics").replace(said).is_none());
    };
    let following = Following {
        first: Some((&module, &first)),
        ..Following::NOBODY
    };
    let whole = load_following(&request, following, &|_| (), |it, _, _| mros(&it, &module));
    let heard = heard.into_inner().expect("nobody panics");
    let whole = whole.expect("it is a project");
    if let Some(heard) = &heard {
        assert_eq!(*heard, whole, "it is as the whole has it");
    }
    heard
}

fn mros(analysis: &Analysis, module: &Name) -> String {
    let classes = analysis.all_classes();
    let classes = classes.filter(|it| it.path().module == *module);
    let said = classes.map(|class| {
        let mro = class.mro().unwrap_or_default();
        let names = mro.iter().map(|it| it.name().to_owned());
        names.collect::<Vec<_>>().join(" ")
    });
    said.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_module_that_is_open_is_there_before_the_rest() {
    let project = "\
--- shop/__init__.py
--- shop/base.py
class Base: ...
class Audited(Base): ...
--- shop/cart.py
from shop.base import Audited
class Item(Audited): ...
--- shop/zoo.py
class Animal: ...
";
    let sandbox = Sandbox::new(project);
    assert_eq!(
        first_of(&sandbox, None, "shop.cart"),
        None,
        "nothing was read before"
    );
    let (_, left, _) = again(&sandbox, None);
    sandbox.write(
        "shop/base.py",
        "class Base: ...\nclass Logged: ...\nclass Audited(Base, Logged): ...\n",
    );
    let heard = first_of(&sandbox, Some(left), "shop.cart");
    assert_eq!(heard.as_deref(), Some("Item Audited Base Logged object"));

    // Where modules import each other, the order of imports decides, and that is known when all are run.
    let sandbox = Sandbox::new(PROJECT);
    let (_, left, _) = again(&sandbox, None);
    sandbox.write("scripts/helpers.py", "class Helper: ...\n# edited\n");
    assert_eq!(first_of(&sandbox, Some(left), "shop.tools"), None);
}

#[test]
fn a_load_that_nobody_wants_any_more_ends_and_says_so() {
    let sandbox = Sandbox::new(PROJECT);
    let (_, left, _) = again(&sandbox, None);
    for earlier in [None, Some(left)] {
        let request = Request {
            earlier,
            ..request(&sandbox)
        };
        let following = Following {
            is_stopped: &|| true,
            ..Following::NOBODY
        };
        let stopped = load_following(&request, following, &|_| (), |_, _, _| ());
        assert!(matches!(stopped, Err(LoadError::Stopped)), "{stopped:?}");
    }
}
