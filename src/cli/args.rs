//! What can be typed: arguments and subcommands. The doc comments are the help.

mod difference;
mod find;
mod learn;
mod lock;
mod op;
mod plugins;
mod why;

pub(super) use difference::DiffArguments;
pub(super) use find::FindArguments;
pub(super) use learn::{LearnArguments, PresentArguments};
pub(super) use lock::LockArguments;
pub(super) use op::OpArguments;
pub(super) use plugins::PluginsArguments;
pub(super) use why::{AccessName, WhyArguments};

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app::mistake::suggest;
use crate::cli::check::OutputFormat;
use crate::cli::explain_log::LogSource;
use crate::evaluate::Limits;
use crate::semantics::is_identifier;

/// Explore the class hierarchies and MROs of a Python project, without running it.
#[derive(Debug, Parser)]
#[command(
    name = "mroscope",
    version,
    before_help = "Examples:
  mroscope                                       explore the project in this folder
  mroscope mro django.views.generic:ListView     print an MRO
  mroscope show ListView --page members          print where each name comes from
  mroscope show app/views.py:31 --page source    print the class around a line
  mroscope why ListView.get                      say what Python does to get at an attribute
  mroscope dump src > classes.jsonl              write every class for another program",
    after_help = "Exit codes: 0 done, 1 done and something was found (a class that raises, a problem), 2 could not be done.
Your code is read, never imported or run, unless you ask for it: `mroscope verify`, `mroscope snapshot` and `mroscope live` start Python.",
    max_term_width = 100
)]
pub struct Arguments {
    /// What to do; without it, PATH is explored.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Folder or file to explore [default: this folder].
    pub path: Option<PathBuf>,

    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the help of the whole"
    )]
    pub frame: FrameArguments,

    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the help of the whole"
    )]
    pub world: WorldArguments,
}

/// Keys to begin with, and one frame instead of a terminal.
#[derive(Debug, Args)]
#[command(next_help_heading = "Exploring")]
pub struct FrameArguments {
    /// Press these keys first: `/cart<enter>jj`.
    #[arg(
        long,
        value_name = "KEYS",
        requires = "print",
        allow_hyphen_values = true
    )]
    pub keys: Option<String>,

    /// Size of the frame in cells.
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "80x24", requires = "print", value_parser = size)]
    pub size: (u16, u16),

    /// Print one frame instead of taking the terminal.
    #[arg(long)]
    pub print: bool,
}

/// What every subcommand heeds.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct WorldArguments {
    /// Interpreter or virtual environment whose packages are searched [default: found from PATH, `VIRTUAL_ENV`, `.venv`].
    #[arg(long, global = true, value_name = "PATH")]
    pub python: Option<PathBuf>,

    /// Version of Python to answer for: `3.13`; for `check` also several: `3.9..3.14` [default: that of the environment].
    #[arg(long, global = true, value_name = "X.Y")]
    pub python_version: Option<String>,

    /// `sys.platform` to answer for: linux, darwin, win32.
    #[arg(long, global = true, value_name = "NAME")]
    pub platform: Option<String>,

    /// Theme: a built-in one, or a file in your themes folder.
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,

    /// Configuration: a TOML file to read instead of those found, or `KEY=VALUE` to lay over them; may be repeated.
    #[arg(long, global = true, value_name = "FILE|KEY=VALUE")]
    pub config: Vec<String>,

    /// How much of a value is shown, by the limits of `reprlib.Repr`: `maxlist=12,maxstring=60`; may be repeated.
    #[arg(long, global = true, value_name = "LIMIT=NUMBER", value_delimiter = ',', value_parser = limit)]
    pub repr: Vec<(&'static str, usize)>,

    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

/// When something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set or TERM is dumb; always with `FORCE_COLOR` or `CLICOLOR_FORCE`.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a page about a class.
    Show(ShowArguments),
    /// Print the MRO of a class, a class a line.
    Mro(MroArguments),
    /// Say what Python does to get at an attribute, step by step; or why one class stands before another.
    Why(WhyArguments),
    /// Say what Python does for an operator, a builtin function or a statement: which methods are asked, in which order.
    Op(OpArguments),
    /// Write one JSON line for every class of a project.
    Dump(DumpArguments),
    /// Say why a class statement raises, which statements cannot all hold, and which small edits mend it.
    Explain(ExplainArguments),
    /// Say what a class, and all below it, would be with other bases.
    #[command(name = "what-if")]
    WhatIf(WhatIfArguments),
    /// List what is registered in a project: registries, entry points, what frameworks find; of all kinds, or like a word.
    Plugins(PluginsArguments),
    /// List the classes that are as terms ask: `'overrides:save -calls:super under:Model'`.
    Find(FindArguments),
    /// List files that could not be used whole, and class statements that raise.
    Problems(ProblemsArguments),
    /// Print a line for every class statement that raises, and for every file that could not be used whole.
    Check(CheckArguments),
    /// Write down where names come from and which MROs classes have, for `check` to hold the project to.
    Lock(LockArguments),
    /// Say what changed between two revisions, folders, environments or versions of Python.
    Diff(DiffArguments),
    /// Say how much of a project is known, what keeps the rest from being known, and what helps.
    Coverage(CoverageArguments),
    /// Start Python, import the modules of a project, and compare every class with mroscope's answer.
    Verify(VerifyArguments),
    /// Start Python and let it describe the compiled modules that are installed: from then on they are known.
    Snapshot(SnapshotArguments),
    /// Start Python, import the module of a class, and show what its attributes hold there.
    Live(LiveArguments),
    /// Play the lessons: on a sample, or on the classes of a project.
    Learn(LearnArguments),
    /// Show the merge of a class large, a slide at a time.
    Present(PresentArguments),
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Make the interpreter's tables.
    #[command(hide = true, subcommand)]
    Facts(FactsCommand),
}

/// A class, and where to look for it.
#[derive(Debug, Args)]
pub struct TargetArguments {
    /// `pkg.mod:Class`, `pkg.mod.Class`, `Class` where only one has that name, or `path.py:LINE`.
    pub target: String,

    /// The project [default: this folder; a module it does not have is looked for in the environment].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// Print JSON in the form of `dump`.
    #[arg(long)]
    pub json: bool,
}

impl TargetArguments {
    /// The project's path.
    pub fn path(&self) -> &Path {
        self.path.as_deref().unwrap_or(Path::new("."))
    }
}

/// What is to be shown, and where to look for it.
#[derive(Debug, Args)]
pub struct ShowTarget {
    /// `pkg.mod:Class`, `pkg.mod.Class`, `Class` where only one has that name, `path.py:LINE`, or a module [default: the project].
    #[arg(default_value = "", hide_default_value = true)]
    pub target: String,

    /// The project [default: this folder; a module it does not have is looked for in the environment].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// Print JSON in the form of `dump`.
    #[arg(long)]
    pub json: bool,
}

impl ShowTarget {
    /// The project's path.
    pub fn path(&self) -> &Path {
        self.path.as_deref().unwrap_or(Path::new("."))
    }
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub struct ShowArguments {
    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the help of the whole"
    )]
    pub target: ShowTarget,

    /// Which page.
    #[arg(long, default_value = "mro", value_name = "PAGE")]
    pub page: PageName,

    /// The method that the super page is about, or the name of the across page; of a module, the value that is looked into: `LANGUAGES`, `site.kept['csv']`.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Read the page for objects of this class, which derives from the one it is about.
    #[arg(long, value_name = "CLASS")]
    pub seen_from: Option<String>,

    /// Of members, matrix, across, beside, descriptors and plugins, only those that contain these letters in this order.
    #[arg(
        long,
        default_value = "",
        value_name = "LETTERS",
        hide_default_value = true
    )]
    pub filter: String,

    /// The second class of the beside page.
    #[arg(long, value_name = "CLASS")]
    pub with: Option<String>,

    /// Order of the members.
    #[arg(long, default_value = "name", value_name = "BY")]
    pub sort: SortName,

    /// List what only `object` provides, too.
    #[arg(long)]
    pub object: bool,

    /// Leave out what another class provides.
    #[arg(long)]
    pub own: bool,

    /// The matrix of all that derives from the class, in place of its MRO.
    #[arg(long)]
    pub below: bool,
}

/// The pages that `show` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PageName {
    /// The MRO, what each class of it gives, and why it has this order.
    #[value(name = "mro", alias = "linearization")]
    Linearization,
    /// Every name, the class that provides it, the definitions it hides.
    Members,
    /// What Python does to get at an attribute; the target is a class, a dot and the attribute.
    Lookup,
    /// The classes of the MRO, or with `--below` all that derive from it, by the names they define.
    Matrix,
    /// Which class gives a name to each class below the one that first gives it: give it with --name.
    Across,
    /// Two classes side by side: give the second with --with.
    Beside,
    /// Each descriptor, which accesses it answers, and what they run, as far as the code shows it.
    Descriptors,
    /// What the class statement runs, step by step, and what calling the class does.
    Creation,
    /// Which metaclass or hook makes how many calls when the project is imported.
    Costs,
    /// Which operators its instances have, from whom, and what they fall back on.
    Operators,
    /// How a call of a method runs through its definitions: give it with --name; without, all that have several.
    Super,
    /// C3, step by step.
    Merge,
    /// The source.
    Source,
    /// Everything below the class, and how it is registered.
    Plugins,
}

/// Orders of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortName {
    /// By name.
    Name,
    /// By the class that provides them, in order of the MRO.
    Class,
    /// By kind.
    Kind,
}

/// Arguments of `mro`.
#[derive(Debug, Args)]
pub struct MroArguments {
    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the help of the whole"
    )]
    pub target: TargetArguments,

    /// Print how C3 gets there, step by step.
    #[arg(long, conflicts_with = "json")]
    pub steps: bool,
}

/// Arguments of `dump`.
#[derive(Debug, Args)]
pub struct DumpArguments {
    /// The project.
    #[arg(default_value = ".")]
    pub path: PathBuf,

    /// Write the values of each class's own attributes, too, as `reprlib` shows them.
    #[arg(long)]
    pub values: bool,

    /// Write what Python does on each access to these attributes, too.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = identifier)]
    pub lookups: Vec<String>,

    /// Write what each class statement runs instead, and what calling what it makes does.
    #[arg(long, conflicts_with_all = ["values", "lookups"])]
    pub creation: bool,
    /// Write where each `super().name` leads for each class, and which definitions of a method run.
    #[arg(long)]
    pub supers: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The project.
    #[arg(default_value = ".")]
    pub path: PathBuf,

    /// How faults are said.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub output_format: OutputFormat,

    /// Pass over the faults that this file holds.
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub baseline: Option<PathBuf>,

    /// Write the faults there are to this file, for `--baseline`.
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,

    /// Which faults the exit code tells: warnings are dead entry points, and classes whose base cannot be made.
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub fail_on: FailOn,
}

/// From which severity on a fault is told by the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum FailOn {
    /// Any fault.
    #[default]
    Warning,
    /// Errors alone.
    Error,
    /// None.
    Never,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A class as `show` takes it; or a project, of which each class statement that raises is explained [default: this folder];
    /// or what a program printed: `-` for standard input, or a file that is no Python.
    pub target: Option<String>,

    /// The project, where TARGET is a class or a log [default: this folder].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// Print a JSON line for each class statement that raises; of a log, one JSON object.
    #[arg(long)]
    pub json: bool,
}

impl ExplainArguments {
    /// The path whose configuration holds.
    pub fn project(&self) -> PathBuf {
        let named = self.target.as_deref().map(PathBuf::from);
        let named = named.filter(|it| it.exists() && self.log().is_none());
        let path = self.path.clone().or(named);
        path.unwrap_or_else(|| PathBuf::from("."))
    }

    /// The log that is asked about, where it is one.
    pub(super) fn log(&self) -> Option<LogSource> {
        self.target.as_deref().and_then(LogSource::of)
    }
}

/// Arguments of `what-if`.
#[derive(Debug, Args)]
#[command(
    after_help = "Bases are looked up where the class statement stands; one that its module does not know is looked for in the project, and the
edit imports it. What is printed is what a run on paper gives with the edited file. Exit codes: 0 every class is made then, 1 one
is not, 2 could not be done."
)]
pub struct WhatIfArguments {
    /// The class as `show` takes it, and the bases and keywords it would have: 'pkg.mod:C(B, A, metaclass=M)'.
    pub head: String,

    /// The project [default: this folder].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// Print the patch alone.
    #[arg(long, conflicts_with_all = ["json", "write"])]
    pub patch: bool,

    /// Make the edit, unless the file has changed since it was read.
    #[arg(long, conflicts_with = "json")]
    pub write: bool,

    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `problems`.
#[derive(Debug, Args)]
pub struct ProblemsArguments {
    /// The project.
    #[arg(default_value = ".")]
    pub path: PathBuf,
}

/// Arguments of `coverage`.
#[derive(Debug, Args)]
pub struct CoverageArguments {
    /// The project.
    #[arg(default_value = ".")]
    pub path: PathBuf,

    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "The interpreter of the environment is started, and imports the modules: their code runs, as far as an import runs it.
It gets a temporary folder for home, no terminal, no input, and limits of time and memory; what a module writes to other
places, or sends over the network, is not held back. The environment's variables are passed on: DJANGO_SETTINGS_MODULE.

Exit codes: 0 nothing differs, 1 something differs, 2 could not be done."
)]
pub struct VerifyArguments {
    /// The project's path, or modules and classes of it [default: all of the project in this folder].
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// The project, where no TARGET is a path.
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// A Python file to run before the imports: `django.setup()` and its like.
    #[arg(long, value_name = "FILE")]
    pub setup: Option<PathBuf>,

    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the help of the whole"
    )]
    pub limits: LimitArguments,

    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

impl VerifyArguments {
    /// The path whose configuration holds.
    pub fn project(&self) -> PathBuf {
        let named = self
            .targets
            .iter()
            .map(PathBuf::from)
            .find(|it| it.exists());
        let path = self.path.clone().or(named);
        path.unwrap_or_else(|| PathBuf::from("."))
    }
}

/// Arguments of `snapshot`.
#[derive(Debug, Args)]
#[command(
    after_help = "The interpreter of the environment is started, and imports the modules, under the limits of `verify`. What it says is kept in
the folder for your data ($XDG_DATA_HOME/mroscope) and used by every run for that environment. Of a module whose file has
changed since, nothing is used; `mroscope coverage` says so."
)]
pub struct SnapshotArguments {
    /// Compiled modules, or packages that have some [default: all that are installed and have no Python source].
    #[arg(value_name = "MODULE")]
    pub modules: Vec<String>,

    /// The project whose environment it is [default: this folder].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the help of the whole"
    )]
    pub limits: LimitArguments,
}

/// Arguments of `live`.
#[derive(Debug, Args)]
#[command(
    after_help = "The interpreter of the environment is started, and imports the module of the class, under the limits of `verify`. Then the
`__repr__` of each value runs, within limits of time and memory of its own; one that raises, hangs or ends the interpreter is
named, and the next one shown.

Exit codes: 0 all is shown and as mroscope says, 1 something is not, 2 could not be done."
)]
pub struct LiveArguments {
    /// A class as `show` takes it; or one attribute: `pkg.mod:Class.attribute`.
    pub target: String,

    /// The project [default: this folder; a module it does not have is looked for in the environment].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// A Python file to run before the import: `django.setup()` and its like.
    #[arg(long, value_name = "FILE")]
    pub setup: Option<PathBuf>,

    /// Seconds for one value.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub value_timeout: u64,

    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the help of the whole"
    )]
    pub limits: LimitArguments,

    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// How long an interpreter that is asked may take.
#[derive(Debug, Args)]
pub struct LimitArguments {
    /// Seconds for one module.
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub module_timeout: u64,

    /// Seconds for all modules together.
    #[arg(long, value_name = "SECONDS", default_value = "900", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub timeout: u64,
}

/// Work on the interpreter's tables.
#[derive(Debug, Subcommand)]
pub enum FactsCommand {
    /// Pack what an interpreter said of itself into a table.
    Pack {
        /// What `collect.py` wrote.
        input: PathBuf,
        /// The table to write.
        output: PathBuf,
    },
}

/// Reads the name of an attribute.
fn identifier(text: &str) -> Result<String, String> {
    if is_identifier(text) {
        Ok(text.to_owned())
    } else {
        Err("give names of attributes, with commas between them: save,delete".to_owned())
    }
}

/// Reads `maxlist=12`.
fn limit(text: &str) -> Result<(&'static str, usize), String> {
    let (name, number) = text.split_once('=').unwrap_or((text, ""));
    let known = Limits::NAMES
        .into_iter()
        .find(|known| *known == name.trim());
    let Some(name) = known else {
        return Err(suggest(name, Limits::NAMES.into_iter()));
    };
    let most = Limits::most(name).unwrap_or(0);
    match number.trim().parse() {
        Ok(number) if number <= most => Ok((name, number)),
        _ => Err(format!(
            "give {name} a whole number up to {most}: {name}=12"
        )),
    }
}

/// Reads `80x24`.
fn size(text: &str) -> Result<(u16, u16), String> {
    let read = || {
        let (width, height) = text.split_once('x')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    };
    match read() {
        Some((width, height)) if width > 0 && height > 0 => Ok((width, height)),
        _ => Err("give width and height in cells: 80x24".to_owned()),
    }
}
