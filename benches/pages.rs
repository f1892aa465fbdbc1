//! How long a page takes from the key that opens it to the painted screen, beside a frame of 16 ms: in projects that are made to be too much.
//!
//! `cargo bench --bench pages` writes them to a temporary folder: 500 classes that a metaclass makes, 100 models of 20 descriptors each, a
//! class with 25,000 methods. Each page is opened several times, coming from another one; the median and the worst are printed. Beside them
//! stands what a key costs that changes a what-if on a base of 1,000 classes, and the page of a class that raises among them: 50 ms each;
//! and of a project with 100 plugins of each kind `mroscope plugins` from the shell, 1 s, its atlas, and each of three letters typed there.
//!
//! `MROSCOPE_BENCH_PATH` names a real project to be measured instead, `MROSCOPE_BENCH_PYTHON` its environment: the class with the most names
//! over its MRO, the one with the longest MRO, and the one that most classes derive from.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark is started from the shell, writes what it measures, and answers there"
)]

use std::env;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mroscope::analysis::{Analysis, ClassRef};
use mroscope::app::keymap::Keymap;
use mroscope::app::load::LoadMsg;
use mroscope::app::location::{ClassAt, Location};
use mroscope::app::{Begins, Effect, Msg, Start, State, key};
use mroscope::evaluate::AtRest;
use mroscope::load::{Query, Reply, Request, atlas_of, load_trying};
use mroscope::semantics::ClassPath;
use mroscope::source::EnvironmentWish;
use mroscope::tui::Theme;
use mroscope::tui::paint;
use mroscope::view::PageKind;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// How often each page is opened.
const TURNS: usize = 9;

/// What a page may take.
const FRAME: Duration = Duration::from_millis(16);

/// What a what-if and an explanation may take.
const ANSWER: Duration = Duration::from_millis(50);

/// What is measured on a base with 1,000 classes below it, and on a class that raises: as above.
const ANSWERS: [(&str, &str, &str); 3] = [
    (
        "what if, a key",
        "WideBase",
        "w<c-u>WideBase(MixinB, MixinA|)",
    ),
    (
        "what if, undone",
        "WideBase",
        "w<c-u>WideBase(MixinB, MixinA)<enter>|u",
    ),
    ("explanation", "Crossed", "m|L"),
];

/// What the atlas of 100 plugins of each kind may take from the shell.
const SHELL: Duration = Duration::from_secs(1);

/// What is measured on 100 plugins of each kind.
const REGISTRIES: [(&str, &str); 6] = [
    ("atlas", "m|A"),
    ("a registry", "A/routes<enter>|"),
    ("first letter", "Af|m"),
    ("second letter", "Afm|a"),
    ("third letter", "Afma|d"),
    ("search", "/ma|d"),
];

/// The pages, by what is pressed to open them from the class's linearization; before the bar is what is pressed without being measured.
const PAGES: [(&str, &str); 26] = [
    ("linearization", "m|L"),
    ("members", "|m"),
    ("members, all", "mvovs|vp"),
    ("members, filter", "mf|9"),
    ("members, wider", "m|+"),
    ("matrix", "m|X"),
    ("matrix, below", "X|a"),
    ("descriptors", "m|d"),
    ("lookup", "mG|l"),
    ("super", "m|S"),
    ("super, a name", "mG|S"),
    ("super, its own", "mgg|S"),
    ("creation", "m|c"),
    ("costs", "m|$"),
    ("merge", "|M"),
    ("source", "|s"),
    ("source, seen", "F|s"),
    ("source, a name", "sj|j"),
    ("across", "mG|x"),
    ("why before", "LO|j"),
    ("beside", "BLj|B"),
    ("members, seen", "Fj<enter>L|m"),
    ("plugins", "|p"),
    ("atlas", "m|A"),
    ("atlas, a letter", "Afma|d"),
    ("module", "m<tab>h|<enter>"),
];

fn main() -> ExitCode {
    match measured() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            println!("a page takes longer than a frame");
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The classes whose pages are opened in the projects that are made to be too much.
const OVERSIZED: [(&str, &str, &str); 5] = [
    ("500 classes of a metaclass", "made", "Made499"),
    ("their base", "made", "MadeBase"),
    ("100 models, 20 descriptors each", "models", "Model99"),
    ("a field of theirs", "models", "CharField"),
    ("25,000 methods", "generated", "Generated"),
];

/// Prints what each page takes; whether none takes longer than a frame.
fn measured() -> Result<bool, Box<dyn std::error::Error>> {
    if let Some(path) = env::var_os("MROSCOPE_BENCH_PATH") {
        return of_project(path.into());
    }
    let folder = tempfile::tempdir()?;
    for (name, text) in [
        ("made.py", made()),
        ("models.py", models()),
        ("generated.py", generated()),
        ("wide.py", wide()),
    ] {
        std::fs::write(folder.path().join(name), text)?;
    }
    let request = Request {
        path: folder.path().to_owned(),
        ..Request::default()
    };
    let theme = Theme::built_in("dark").ok_or("there is no theme")?;
    let is_well = load_trying(&request, &|_| (), |analysis, run, trials| {
        let atlas = Arc::new(Reply::Atlas(Arc::new(atlas_of(&analysis, run, trials))));
        let analysis = Arc::new(analysis);
        let mut is_well = true;
        for (what, module, class) in OVERSIZED {
            println!("{what}");
            let class = ClassPath::new(module, class);
            is_well &= all_pages(&analysis, &theme, run, &atlas, &class, FRAME);
        }
        println!("1,000 classes below one base");
        for (what, class, keys) in ANSWERS {
            let size = Size::new(200, 60);
            let mut explorer = Explorer::open(analysis.clone(), size, &theme, run, &atlas);
            let mut said = format!("  {what:<16}");
            let class = ClassPath::new("wide", class);
            is_well &= explorer.measure(&class, keys, ANSWER, &mut said);
            println!("{said}");
        }
        is_well
    })?;
    Ok(registries(&theme)? && is_well)
}

/// Prints what the atlas of 100 plugins of each kind takes; whether that is little enough.
fn registries(theme: &Theme) -> Result<bool, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    hundred(folder.path())?;
    println!("100 plugins of each kind");
    let mut times = vec![];
    for _ in 0..TURNS {
        let start = Instant::now();
        std::process::Command::new(env!("CARGO_BIN_EXE_mroscope"))
            .args(["plugins", "--path"])
            .arg(folder.path())
            .output()?;
        times.push(start.elapsed());
    }
    times.sort();
    let (median, worst) = (times[TURNS / 2], times[TURNS - 1]);
    let mut is_well = median <= SHELL;
    let mark = if is_well { ' ' } else { '!' };
    println!("  from the shell            {median:>8.1?} worst {worst:>8.1?} {mark}");
    let request = Request {
        path: folder.path().to_owned(),
        ..Request::default()
    };
    is_well &= load_trying(&request, &|_| (), |analysis, run, trials| {
        let atlas = Arc::new(Reply::Atlas(Arc::new(atlas_of(&analysis, run, trials))));
        let analysis = Arc::new(analysis);
        let mut is_well = true;
        let class = ClassPath::new("made", "Made");
        for (what, keys) in REGISTRIES {
            let mut said = format!("  {what:<16}");
            for size in [Size::new(80, 24), Size::new(200, 60)] {
                let mut explorer = Explorer::open(analysis.clone(), size, theme, run, &atlas);
                is_well &= explorer.measure(&class, keys, FRAME, &mut said);
            }
            println!("{said}");
        }
        is_well
    })?;
    Ok(is_well)
}

/// The same for the largest classes of a project.
fn of_project(path: PathBuf) -> Result<bool, Box<dyn std::error::Error>> {
    let request = Request {
        path,
        environment: EnvironmentWish {
            python: env::var_os("MROSCOPE_BENCH_PYTHON").map(PathBuf::from),
            ..EnvironmentWish::default()
        },
        ..Request::default()
    };
    let theme = Theme::built_in("dark").ok_or("there is no theme")?;
    let is_well = load_trying(&request, &|_| (), |analysis, run, trials| {
        let atlas = Arc::new(Reply::Atlas(Arc::new(atlas_of(&analysis, run, trials))));
        let analysis = Arc::new(analysis);
        let mut is_well = true;
        for (what, class) in largest(&analysis) {
            println!("{what}: {}.{}", class.module, class.qualname);
            is_well &= all_pages(&analysis, &theme, run, &atlas, &class, FRAME);
        }
        is_well
    })?;
    Ok(is_well)
}

/// How much there is of a class.
type Measure<'m> = &'m dyn Fn(ClassRef<'_>) -> usize;

/// The classes of a project of which there is most to show, and what there is most of.
fn largest(analysis: &Analysis) -> Vec<(&'static str, ClassPath)> {
    let names = |class: ClassRef<'_>| {
        let ancestors = class.known_ancestry();
        ancestors.iter().map(|it| it.members().len()).sum()
    };
    let sizes: [(&str, Measure<'_>); 3] = [
        ("most names", &names),
        ("longest MRO", &|it| it.known_ancestry().len()),
        ("most descendants", &|it| it.descendants().len()),
    ];
    let mut found: Vec<(&str, ClassPath)> = vec![];
    for (what, size) in sizes {
        let Some(class) = analysis.project_classes().max_by_key(|&it| size(it)) else {
            continue;
        };
        let class = class.path();
        if found.iter().all(|(_, it)| it != class) {
            found.push((what, class.clone()));
        }
    }
    found
}

/// Opens each page of a class several times and prints what that takes; whether none takes longer than it may.
fn all_pages(
    analysis: &Arc<Analysis>,
    theme: &Theme,
    run: &mut AtRest<'_, '_>,
    atlas: &Arc<Reply>,
    class: &ClassPath,
    may_take: Duration,
) -> bool {
    let mut is_well = true;
    for (page, keys) in PAGES {
        let mut said = format!("  {page:<16}");
        for size in [Size::new(80, 24), Size::new(200, 60)] {
            let mut explorer = Explorer::open(analysis.clone(), size, theme, run, atlas);
            is_well &= explorer.measure(class, keys, may_take, &mut said);
        }
        println!("{said}");
    }
    is_well
}

/// The explorer, with what answers it.
struct Explorer<'t, 'r, 'w, 's> {
    state: State,
    theme: &'t Theme,
    run: &'r mut AtRest<'w, 's>,
    atlas: Arc<Reply>,
}

impl<'t, 'r, 'w, 's> Explorer<'t, 'r, 'w, 's> {
    fn open(
        analysis: Arc<Analysis>,
        size: Size,
        theme: &'t Theme,
        run: &'r mut AtRest<'w, 's>,
        atlas: &Arc<Reply>,
    ) -> Self {
        let mut state = State::new(Start {
            project: "bench".to_owned(),
            keymap: Keymap::default(),
            size,
            python: Err(String::new()),
            themes: vec![],
            begins: Begins::default(),
        });
        state.update(Msg::Load(LoadMsg::ready(1, analysis)));
        Self {
            state,
            theme,
            run,
            atlas: atlas.clone(),
        }
    }

    /// Opens a page several times and says what that takes; whether the median is as short as it may be.
    fn measure(
        &mut self,
        class: &ClassPath,
        keys: &str,
        may_take: Duration,
        said: &mut String,
    ) -> bool {
        let mut times: Vec<Duration> = (0..TURNS).map(|_| self.time(class, keys)).collect();
        times.sort();
        let (median, worst) = (times[TURNS / 2], times[TURNS - 1]);
        let mark = if median > may_take { '!' } else { ' ' };
        let Size { width, height } = self.state.size;
        // Writing to a `String` cannot fail.
        let _ = write!(
            said,
            "  {width}x{height} {median:>8.1?} worst {worst:>8.1?} {mark}"
        );
        median <= may_take
    }

    /// How long the keys behind the bar take, on the linearization of a class, with the frame that shows what came of them.
    fn time(&mut self, class: &ClassPath, keys: &str) -> Duration {
        let (before, keys) = keys.split_once('|').unwrap_or(("", keys));
        self.press("<esc><esc>");
        let class = Some(ClassAt::last(class.clone()));
        let begin = Location::new(PageKind::Linearization, class);
        self.state.history.go(begin);
        self.press("<c-l>");
        self.state.settings.members = mroscope::view::MemberSettings::default();
        self.state.settings.matrix = mroscope::view::MatrixSettings::default();
        self.state.seen_from = None;
        self.press(before);
        self.paint();
        let start = Instant::now();
        self.press(keys);
        self.paint();
        start.elapsed()
    }

    fn press(&mut self, keys: &str) {
        for key in key::sequence(keys).unwrap_or_default() {
            self.send(Msg::Key(key));
        }
    }

    fn send(&mut self, msg: Msg) {
        for effect in self.state.update(msg) {
            if let Effect::Find { number, asked } = &effect {
                if let (Some(index), Some(analysis)) = (self.state.index(), &self.state.analysis) {
                    let hits = Arc::new(index.find(analysis, asked));
                    let number = *number;
                    self.send(Msg::Found { number, hits });
                }
                continue;
            }
            // What is asked of other runs comes when it comes, and is not waited for; nor is the drawing of the atlas.
            let (question, answer) = match effect {
                Effect::Ask(Query::AtRest(asked)) => {
                    let answer = Arc::new(Reply::AtRest(self.run.answer(&asked)));
                    (Query::AtRest(asked), answer)
                }
                Effect::Ask(Query::Atlas) => (Query::Atlas, self.atlas.clone()),
                _ => continue,
            };
            self.send(Msg::Load(LoadMsg::Answer {
                generation: 1,
                question,
                answer,
            }));
        }
    }

    fn paint(&self) {
        let Size { width, height } = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        paint(&self.state, self.theme, &mut buffer);
    }
}

/// 500 classes, each with a few members, made by a metaclass that keeps them.
fn made() -> String {
    let mut text = "class Registry(type):\n    known = {}\n    def __new__(mcs, name, bases, names):\n        cls = super().__new__(mcs, name, bases, names)\n        mcs.known[name] = cls\n        cls.label = name.lower()\n        return cls\n\nclass MadeBase(metaclass=Registry):\n    def run(self): ...\n\n".to_owned();
    for number in 0..500 {
        let base = match number % 10 {
            0 => "MadeBase".to_owned(),
            _ => format!("Made{}", number - 1),
        };
        let _ = write!(
            text,
            "class Made{number}({base}):\n    value = [{number}] * 10\n    def run(self):\n        return super().run()\n    def only_{number}(self): ...\n\n"
        );
    }
    text
}

/// 100 models, each with 20 fields that are descriptors.
fn models() -> String {
    let mut text = "class Field:\n    def __set_name__(self, owner, name):\n        self.name = name\n    def __get__(self, obj, owner=None):\n        if obj is None:\n            return self\n        return obj.__dict__[self.name]\n    def __set__(self, obj, value):\n        obj.__dict__[self.name] = value\n\nclass CharField(Field): ...\nclass IntegerField(Field): ...\n\nclass Model:\n    def save(self): ...\n\n".to_owned();
    for model in 0..100 {
        let base = match model % 5 {
            0 => "Model".to_owned(),
            _ => format!("Model{}", model - 1),
        };
        let _ = writeln!(text, "class Model{model}({base}):");
        for field in 0..20 {
            let kind = ["CharField", "IntegerField"][field % 2];
            let _ = writeln!(text, "    field_{model}_{field} = {kind}()");
        }
        text.push('\n');
    }
    text
}

/// A class with 25,000 methods.
fn generated() -> String {
    let mut text = "class Generated:\n".to_owned();
    for number in 0..25_000 {
        let _ = writeln!(
            text,
            "    def get_by_column_{number}(self):\n        return {number}"
        );
    }
    text
}

/// A base of 1,000 classes in lines of ten, two mixins, and a class that raises.
fn wide() -> String {
    let mut text = "class MixinA:\n    def save(self): ...\n    def load(self): ...\n\nclass MixinB:\n    def save(self): ...\n    def load(self): ...\n\nclass WideBase(MixinA, MixinB):\n    def run(self): ...\n\n".to_owned();
    for number in 0..1000 {
        let base = match number % 10 {
            0 => "WideBase".to_owned(),
            _ => format!("Wide{}", number - 1),
        };
        let _ = write!(
            text,
            "class Wide{number}({base}):\n    def run(self): ...\n    def only_{number}(self): ...\n\n"
        );
    }
    text.push_str("class Other(MixinB, MixinA): ...\n\nclass Crossed(Wide999, Other): ...\n");
    text
}

/// Writes a project with 100 plugins of each kind, beside what of frameworks it imports.
fn hundred(folder: &std::path::Path) -> std::io::Result<()> {
    let site = ".venv/lib/python3.12/site-packages";
    let files = [
        (".venv/pyvenv.cfg", String::from("version = 3.12.1\n")),
        (
            "flask/__init__.py",
            String::from("class Flask:\n    def __init__(self, name): ...\n"),
        ),
        (
            "click/__init__.py",
            String::from(
                "def group(name=None): ...\ndef command(name=None): ...\nclass Group: ...\n",
            ),
        ),
        (
            "pytest/__init__.py",
            String::from("def fixture(function=None, *, name=None): ...\n"),
        ),
        ("sphinx/__init__.py", String::new()),
        ("sphinx/application.py", String::from("class Sphinx: ...\n")),
        (
            "pluggy/__init__.py",
            String::from("class HookimplMarker:\n    def __init__(self, project): ...\n"),
        ),
        (
            "django/dispatch.py",
            String::from("class Signal: ...\ndef receiver(signal, **named): ...\n"),
        ),
        ("django/__init__.py", String::new()),
    ];
    let each = |form: &str| -> String {
        (0..100)
            .map(|number| form.replace('#', &number.to_string()))
            .collect()
    };
    let own = [
        ("conf.py", String::from("extensions = ['extension']\n")),
        (
            "pyproject.toml",
            format!(
                "[project]\nname = \"hundred\"\n[project.entry-points.\"hundred.formats\"]\n{}",
                each("format# = \"made:Made#\"\n")
            ),
        ),
        (
            "made.py",
            format!(
                "TABLE = {{}}\nclass Made:\n    def __init_subclass__(cls):\n        TABLE[cls.__name__] = cls\n{}",
                each("class Made#(Made): ...\n")
            ),
        ),
        (
            "decorated.py",
            format!(
                "TASKS = {{}}\ndef task(name):\n    def enter(function):\n        TASKS[name] = function\n        return function\n    return enter\n{}LIST = [{}]\n",
                each("@task('task#')\ndef task#(): ...\n"),
                each("task#, ")
            ),
        ),
        (
            "web.py",
            format!(
                "import click\nfrom flask import Flask\napp = Flask('x')\n{}@click.group()\ndef cli(): ...\n{}",
                each("@app.route('/page#')\ndef page#(): ...\n"),
                each("@cli.command()\ndef command#(): ...\n")
            ),
        ),
        (
            "conftest.py",
            format!(
                "import pytest\n{}",
                each("@pytest.fixture\ndef made_fixture#(): ...\n")
            ),
        ),
        (
            "extension.py",
            format!(
                "class D: ...\ndef setup(app):\n{}",
                each("    app.add_directive('made#', D)\n    app.connect('event', on#)\n")
            ),
        ),
        (
            "hooks.py",
            format!(
                "from pluggy import HookimplMarker\nfrom django.dispatch import Signal, receiver\nimpl = HookimplMarker('x')\nsignal = Signal()\n{}{}",
                each("@impl\ndef made_hook#(): ...\n"),
                each("@receiver(signal)\ndef made_receiver#(**named): ...\n")
            ),
        ),
    ];
    let installed = files.into_iter().map(|(path, text)| match path {
        ".venv/pyvenv.cfg" => (path.to_owned(), text),
        _ => (format!("{site}/{path}"), text),
    });
    let own = own.into_iter().map(|(path, text)| (path.to_owned(), text));
    for (path, text) in installed.chain(own) {
        let path = folder.join(path);
        if let Some(around) = path.parent() {
            std::fs::create_dir_all(around)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}
