//! Lessons: each is played to its end by keys, with right answers and wrong ones, and every expected answer is asked of every CPython.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use mroscope::Name;
use mroscope::analysis::{Analysis, Target, edited};
use mroscope::app::load::LoadMsg;
use mroscope::app::{Effect, Msg, key};
use mroscope::load::{Query, Reply, Request, load_trying, reply};
use mroscope::source::{EnvironmentWish, PythonVersion};
use mroscope::view::{Ask, Card, CardProof, Dealt, Lesson, deal};
use serde_json::{Value, json};

use crate::support::Sandbox;
use crate::support::python::interpreters;
use crate::support::tui::Tui;

mod screens;
mod terminal;

/// A project that is open, on a screen and to be asked.
pub(crate) struct Open<'a> {
    pub(crate) tui: Tui,
    pub(crate) analysis: Arc<Analysis>,
    /// What tells that it has been read.
    ready: LoadMsg,
    ask: &'a mut dyn FnMut(&Query) -> Reply,
}

impl Open<'_> {
    /// Presses keys; what is asked of the run is answered.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in key::sequence(keys).expect("a test spells keys right") {
            self.tui.send(Msg::Key(key));
            loop {
                let is_ask = |it: &Effect| matches!(it, Effect::Ask(_));
                let Some(at) = self.tui.effects.iter().position(is_ask) else {
                    break;
                };
                let Effect::Ask(question) = self.tui.effects.remove(at) else {
                    continue;
                };
                let answer = Arc::new((self.ask)(&question));
                self.tui.send(Msg::Load(LoadMsg::Answer {
                    generation: 1,
                    question,
                    answer,
                }));
            }
        }
        self
    }

    /// Goes back to the first screen, nothing typed or visited.
    pub(crate) fn begin_anew(&mut self) {
        self.tui = Tui::waiting();
        self.tui.wants_atlas = true;
        self.tui.send(Msg::Load(self.ready.clone()));
    }

    pub(crate) fn screen(&self) -> String {
        self.tui.screen()
    }

    /// The questions that a lesson asks here.
    pub(crate) fn cards(&mut self, lesson: Lesson, about: Option<&str>) -> Vec<Card> {
        let analysis = Arc::clone(&self.analysis);
        let about = about.map(|target| match analysis.find(target) {
            Target::Class(id) => analysis.class(id),
            _ => panic!("{target} is one class"),
        });
        let mut known: Vec<(Query, Reply)> = vec![];
        loop {
            let wanted = {
                let answered = |query: &Query| Some(&known.iter().find(|it| it.0 == *query)?.1);
                let mut ask = Ask::of(&answered);
                match deal(lesson, &analysis, about, &mut ask) {
                    Dealt::Cards(cards) => return cards,
                    Dealt::None(why) => panic!("{lesson:?}: {why}"),
                    Dealt::Waiting => ask.wanted,
                }
            };
            for query in wanted {
                let answer = (self.ask)(&query);
                known.push((query, answer));
            }
        }
    }
}

/// Opens a project.
pub(crate) fn opened<T: Send>(
    path: &Path,
    python: Option<&Path>,
    version: Option<PythonVersion>,
    then: impl FnOnce(Open<'_>) -> T + Send,
) -> T {
    let request = Request {
        path: path.to_owned(),
        environment: EnvironmentWish {
            python: python.map(Path::to_owned),
            ..EnvironmentWish::default()
        },
        version,
        ..Request::default()
    };
    load_trying(&request, &|_| (), |analysis, run, trials| {
        let mut tui = Tui::waiting();
        let analysis = Arc::new(analysis);
        let ready = LoadMsg::ready(1, Arc::clone(&analysis));
        tui.send(Msg::Load(ready.clone()));
        let asked = Arc::clone(&analysis);
        let mut ask = |query: &Query| reply(&asked, run, trials, query);
        then(Open {
            tui,
            analysis,
            ready,
            ask: &mut ask,
        })
    })
    .expect("the folder is a project")
}

pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/learn")
}

/// Text as it stands on a screen that folds its lines.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Plays a lesson to its end: to each question every wrong answer first where `errs`, then the right one.
fn play(open: &mut Open<'_>, lesson: Lesson, cards: &[Card], errs: bool) {
    for card in cards {
        let screen = squeezed(&open.screen());
        let asked = squeezed(&card.question);
        assert!(screen.contains(&asked), "{asked}\n{}", open.screen());
        let right = card.right().expect("one answer is right");
        let count = card.picks.iter().filter(|it| it.is_right).count();
        assert_eq!(count, 1, "{card:?}");
        assert!(card.picks.len() > 1, "{card:?}");
        open.press("<space>");
        let screen = open.screen();
        assert!(screen.contains("answer it first"), "{screen}");
        if errs {
            open.press("?");
            assert!(
                squeezed(&open.screen()).contains("hint: "),
                "{}",
                open.screen()
            );
            for at in (0..card.picks.len()).filter(|at| *at != right) {
                open.press(&(at + 1).to_string());
                let screen = open.screen();
                assert!(screen.contains(&format!("✗ not {}: ", at + 1)), "{screen}");
                assert!(!card.picks[at].why.is_empty(), "{card:?}");
                assert!(!screen.contains("✓ right"), "{screen}");
            }
        }
        open.press(&(right + 1).to_string());
        let screen = open.screen();
        assert!(
            screen.contains("the next question") || screen.contains("what was learnt"),
            "{screen}"
        );
        open.press("<space>");
    }
    let screen = open.screen();
    let right = if errs { 0 } else { cards.len() };
    let done = format!("{right} of {} right at the first try", cards.len());
    assert!(screen.contains(&done), "{done}\n{screen}");
    let kept = open.tui.effects.iter().rev().find_map(|it| match it {
        Effect::Keep(progress) => progress.best(lesson),
        _ => None,
    });
    assert_eq!(kept.map(|it| it.1), Some(cards.len()), "{lesson:?}");
    assert!(kept >= Some((right, cards.len())), "{lesson:?}: {kept:?}");
}

#[test]
fn each_lesson_is_played_to_its_end_on_the_sample_with_right_and_wrong_answers() {
    let version = Some(PythonVersion::three(13));
    opened(&sample(), None, version, |mut open| {
        open.press("T");
        assert!(
            open.screen().contains("the merge by hand"),
            "{}",
            open.screen()
        );
        for lesson in Lesson::ALL {
            let cards = open.cards(lesson, None);
            assert!(cards.len() > 1, "{lesson:?} has {} questions", cards.len());
            for errs in [true, false] {
                open.press(&lesson.number().to_string());
                play(&mut open, lesson, &cards, errs);
                // What was asked is on a page that the end leads to.
                open.press("<esc>");
                assert!(open.screen().contains("Lessons"), "{}", open.screen());
            }
        }
        let screen = open.screen();
        assert_eq!(screen.matches("✓ ").count(), Lesson::ALL.len(), "{screen}");
    });
}

#[test]
fn a_lesson_about_a_class_asks_of_that_class_alone_or_says_why_not() {
    let version = Some(PythonVersion::three(13));
    opened(&sample(), None, version, |mut open| {
        open.press("/Gift<enter>T");
        let screen = open.screen();
        for said in [
            "about mailroom.parcels:Gift",
            "Gift is made: there is no conflict",
            "no operator that is",
        ] {
            assert!(screen.contains(said), "{said}\n{screen}");
        }
        let cards = open.cards(Lesson::WhichMethod, Some("mailroom.parcels:Gift"));
        assert!(
            cards.iter().all(|it| it.class.name() == "Gift"),
            "{cards:?}"
        );
        open.press("3");
        play(&mut open, Lesson::WhichMethod, &cards, false);
        // The page that shows what was learnt.
        open.press("<enter>");
        assert!(open.screen().contains("‹memb"), "{}", open.screen());
        open.press("[");
        assert!(
            open.screen().contains("right at the first try"),
            "{}",
            open.screen()
        );
        open.press("<esc>T8");
        assert!(
            squeezed(&open.screen()).contains("cannot be played here: Gift is made"),
            "{}",
            open.screen()
        );
    });
}

/// What a card says, as Python is asked about it.
fn as_question(analysis: &Analysis, card: &Card, at: usize) -> Value {
    let proof = match &card.proof {
        CardProof::Holds(expression) => json!({"holds": expression}),
        CardProof::Begin(functions) => json!({"begin": names(functions)}),
        CardProof::Asks {
            expression,
            functions,
        } => {
            let picked = card.picks.iter().filter_map(|it| it.says.split(',').next());
            let methods = picked.filter_map(|it| it.rsplit('.').next());
            json!({
                "asks": expression,
                "functions": names(functions),
                "methods": methods.collect::<Vec<_>>(),
                "first": card.question.contains("asked first"),
            })
        }
        CardProof::Heads => json!({"heads": heads(analysis, card)}),
    };
    json!({
        "at": at,
        "module": card.class.module.as_str(),
        "qualname": card.class.qualname.as_str(),
        "proof": proof,
    })
}

fn names(functions: &[Name]) -> Vec<&str> {
    functions.iter().map(Name::as_str).collect()
}

/// Each answer of a card that asks for heads: the file as it would be, its path, whether the class is made then.
fn heads(analysis: &Analysis, card: &Card) -> Vec<Value> {
    let Some(&id) = analysis.by_path(&card.class).last() else {
        return vec![];
    };
    let whole = card.picks.iter().filter(|it| it.says.contains('('));
    whole
        .map(|pick| {
            let what_if = analysis
                .what_if(id, &pick.says)
                .expect("the head can be written");
            let files = edited(analysis, &[what_if.edit]).expect("the edit can be made");
            json!({
                "path": files[0].path,
                "text": &*files[0].text,
                "is_made": pick.is_right,
            })
        })
        .collect()
}

/// Asks every question; prints what does not hold.
const ORACLE: &str = r#"
import importlib, json, os, sys
root, questions, setup = json.load(open(sys.argv[1]))
sys.path.insert(0, root)
exec(setup)
def short(name):
    return name if sys.version_info >= (3, 11) else name.rsplit(".", 1)[-1]
def running(run):
    begun = []
    def notice(frame, event, argument):
        if event == "call":
            code = frame.f_code
            begun.append(getattr(code, "co_qualname", code.co_name))
    sys.setprofile(notice)
    try:
        run()
    finally:
        sys.setprofile(None)
    return begun
def in_order(wanted, begun):
    begun = iter(begun)
    return all(short(name) in begun for name in wanted)
def forget():
    for name in [it for it in sys.modules if it.split(".")[0] == top]:
        del sys.modules[name]
    importlib.invalidate_caches()
def asked(question):
    proof = question["proof"]
    module = question["module"]
    if "heads" in proof:
        if not proof["heads"]:
            forget()
            try:
                importlib.import_module(module)
            except TypeError:
                return None
            return "it is made"
        for head in proof["heads"]:
            before = open(head["path"]).read()
            try:
                open(head["path"], "w").write(head["text"])
                forget()
                try:
                    importlib.import_module(module)
                    is_made = True
                except TypeError:
                    is_made = False
            finally:
                open(head["path"], "w").write(before)
            if is_made != head["is_made"]:
                return head["text"]
        return None
    if "begin" in proof:
        forget()
        begun = running(lambda: [exec(setup, {}), importlib.import_module(module)])
        return None if in_order(proof["begin"], begun) else begun
    space = vars(importlib.import_module(module))
    value = None
    for part in question["qualname"].split("."):
        value = space[part] if value is None else getattr(value, part)
    space = {**{it.__qualname__: it for it in value.__mro__}, **space}
    if "holds" in proof:
        return None if eval(proof["holds"], space) is True else proof["holds"]
    def run():
        try:
            eval(proof["asks"], space)
        except Exception:
            pass
    begun = running(run)
    methods = [it for it in begun if it.rsplit(".", 1)[-1] in proof["methods"]]
    is_first = not proof["first"] or methods[:1] == [short(proof["functions"][0])]
    return None if is_first and in_order(proof["functions"], begun) else begun
wrong, missing, right = [], 0, 0
sys.dont_write_bytecode = True
for question in questions:
    top = question["module"].split(".")[0]
    if "heads" not in question["proof"]:
        try:
            importlib.import_module(question["module"])
        except Exception:
            missing += 1
            continue
    try:
        said = asked(question)
    except Exception as error:
        said = repr(error)
    if said is None:
        right += 1
    else:
        wrong.append([question["at"], question["module"], question["qualname"], said])
print(json.dumps([wrong, missing, right]))
"#;

/// Asks an interpreter; returns how many expectations it confirms.
fn asked(python: &Path, root: &Path, cards: &[Value], setup: &str) -> usize {
    let folder = tempfile::tempdir().expect("tests can write to the temporary folder");
    let file = folder.path().join("questions.json");
    let text = serde_json::to_string(&json!([root, cards, setup])).expect("it is JSON");
    fs::write(&file, text).expect("the questions can be written");
    let output = Command::new(python)
        .args(["-I", "-B", "-c", ORACLE])
        .arg(&file)
        .stdin(Stdio::null())
        .output()
        .expect("the interpreter starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    let wrong = answer[0].as_array().expect("a list");
    assert!(wrong.is_empty(), "{}: {wrong:#?}\n{said}", python.display());
    answer[2].as_u64().unwrap_or(0) as usize
}

/// A copy of a folder with Python files, which may be written to.
fn copied(from: &Path) -> Sandbox {
    let sandbox = Sandbox::new("");
    let package = from.join("mailroom");
    for entry in fs::read_dir(package)
        .expect("the sample is there")
        .flatten()
    {
        let name = entry.file_name().into_string().expect("a plain name");
        if entry.path().extension().is_some_and(|it| it == "py") {
            let text = fs::read_to_string(entry.path()).expect("it is text");
            sandbox.write(&format!("mailroom/{name}"), text);
        }
    }
    sandbox
}

#[test]
fn every_cpython_confirms_every_answer_about_the_sample() {
    for interpreter in interpreters() {
        let sandbox = copied(&sample());
        let version = Some(interpreter.version);
        let questions = opened(&sandbox.root(), None, version, |mut open| {
            let mut questions = vec![];
            for lesson in Lesson::ALL {
                let cards = open.cards(lesson, None);
                let cards = cards.iter().enumerate();
                let asked = cards.map(|(at, card)| {
                    as_question(&open.analysis, card, lesson.number() * 100 + at)
                });
                questions.extend(asked.collect::<Vec<_>>());
            }
            questions
        });
        let confirmed = asked(&interpreter.path, &sandbox.root(), &questions, "");
        assert_eq!(confirmed, questions.len(), "{}", interpreter.full_version);
    }
}

/// The interpreter that has Django.
fn django() -> Option<PathBuf> {
    std::env::var_os("MROSCOPE_DJANGO_PYTHON").map(PathBuf::from)
}

/// A project on Django's classes: what is asked of it is asked of Django, and one class of it cannot be.
const SITE: &str = "\
--- site_of_ours/__init__.py
--- site_of_ours/views.py
from django.views.generic import TemplateView, View

class Page(View, TemplateView):
    pass
";

#[test]
fn each_lesson_is_played_on_django_and_its_python_confirms_the_answers() {
    let Some(python) = django() else { return };
    let output = Command::new(&python)
        .args([
            "-I",
            "-c",
            "import os, django; print(os.path.dirname(django.__file__))",
        ])
        .output()
        .expect("the interpreter starts");
    let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let site = Sandbox::new(SITE);
    let setup = "from django.conf import settings; settings.configure(INSTALLED_APPS=['django.contrib.' + it for it in ('contenttypes', 'auth', 'admin', 'sessions', 'messages')]); import django; django.setup()";
    let on = |path: &Path, lessons: &[Lesson]| {
        opened(path, Some(&python), None, |mut open| {
            let mut questions = vec![];
            open.tui.resize(120, 40);
            open.press("T");
            for &lesson in lessons {
                let cards = open.cards(lesson, None);
                open.press(&lesson.number().to_string());
                play(&mut open, lesson, &cards, true);
                open.press("<esc>");
                let cards = cards.iter().enumerate();
                questions.extend(cards.map(|(at, card)| {
                    as_question(&open.analysis, card, lesson.number() * 100 + at)
                }));
            }
            questions
        })
    };
    let others: Vec<Lesson> = Lesson::ALL
        .into_iter()
        .filter(|it| *it != Lesson::Conflict)
        .collect();
    let questions = on(&folder, &others);
    let root = folder.parent().expect("it is in site-packages");
    let confirmed = asked(&python, root, &questions, setup);
    assert!(confirmed > 20, "{confirmed} of {}", questions.len());
    let questions = on(&site.root(), &[Lesson::Conflict]);
    let confirmed = asked(&python, &site.root(), &questions, setup);
    assert_eq!(confirmed, questions.len());
}
