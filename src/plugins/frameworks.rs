//! What is known of frameworks: one file of data each, below `frameworks/`. Code knows the patterns, no framework's name.

mod by;
mod endpoints;
mod kept;
mod ran;
mod resolving;
mod told;
mod urls;

use serde::Deserialize;

use crate::syntax::FunctionDef;
pub(super) use by::By;
pub(super) use endpoints::{Attribute, Endpoints, ForClasses, StandsFor};
pub(super) use kept::{Derived, Files, InClasses, Lines, Lists, OfSetting};
pub(super) use ran::{KeptIn, Ran, RanTaking};
use told::ToldVariable;
use urls::Urls;

pub use ran::watched;
pub use told::told_in;
pub use urls::named_by_url;

/// The files, in the order in which the atlas shows what they find.
const FILES: [&str; 12] = [
    include_str!("frameworks/django.toml"),
    include_str!("frameworks/wagtail.toml"),
    include_str!("frameworks/flask.toml"),
    include_str!("frameworks/blinker.toml"),
    include_str!("frameworks/flask_socketio.toml"),
    include_str!("frameworks/click.toml"),
    include_str!("frameworks/typer.toml"),
    include_str!("frameworks/pluggy.toml"),
    include_str!("frameworks/pytest.toml"),
    include_str!("frameworks/sphinx.toml"),
    include_str!("frameworks/sqlalchemy.toml"),
    include_str!("frameworks/stevedore.toml"),
];

/// A framework.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Framework {
    /// What it is called.
    pub(super) name: String,
    /// The top-level module by which programs import it.
    pub(super) module: String,
    /// Words one of which a file of the project has where it uses the framework; its module's name where none are given.
    pub(super) words: Vec<String>,
    /// What gives instances of its classes.
    pub(super) makes: Vec<Makes>,
    /// Classes of which a program makes the object that all is registered with.
    pub(super) programs: Vec<String>,
    /// Functions that it calls with objects of its own.
    pub(super) parameters: Vec<Parameter>,
    /// How the names of functions begin that it calls.
    pub(super) hooks: Vec<String>,
    /// Calls that run all functions of a name.
    pub(super) dispatch: Vec<Dispatch>,
    /// Methods that it calls for each class that has them.
    pub(super) for_classes: Vec<ForClasses>,
    /// Names that stand for objects of its own.
    pub(super) objects: Vec<StandsFor>,
    /// Objects of its own that keep settings.
    pub(super) values: Vec<Values>,
    /// Calls that ask whether something is loaded.
    pub(super) asks: Vec<Asks>,
    /// Calls that give a class by its name.
    pub(super) named: Vec<Named>,
    /// Calls that give the objects which say more of packages.
    pub(super) packages: Option<Packaging>,
    /// Calls that give the classes of a registry.
    pub(super) lists: Vec<Lists>,
    /// What its classes give in the place of objects that stand in them.
    pub(super) reads: Vec<Read>,
    /// Calls by which it is handed functions that it calls.
    pub(super) callbacks: Vec<Callback>,
    /// Objects of its own that hold another one.
    pub(super) attributes: Vec<Attribute>,
    /// How programs are known that others write plugins for.
    pub(super) hosts: Option<Hosts>,
    /// Functions that give what a text names by its path: `import_string("shop.receivers.connect")`.
    pub(super) paths: Vec<String>,
    /// Functions that import what a URL names.
    pub(super) urls: Vec<Urls>,
    /// Where files of settings say what an environment variable holds.
    pub(super) variables: Vec<ToldVariable>,
    /// Which modules it imports.
    pub(super) load: Vec<Load>,
    /// Its registries.
    pub(super) registry: Vec<Rule>,
}

/// Installed programs that use the framework to be added to: their own code says what is loaded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Hosts {
    /// Words one of which a module has that makes markers for plugins.
    pub(super) words: Vec<String>,
    /// Top-level modules of programs that a file of their own is about.
    pub(super) known_otherwise: Vec<String>,
}

/// Calls, or decorators, of these give an instance.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Makes {
    /// Functions: `module:qualname`.
    pub(super) call: Vec<String>,
    /// Classes whose methods do.
    pub(super) on: Vec<String>,
    /// These methods.
    pub(super) method: Vec<String>,
    /// The class of the instance.
    pub(super) is: String,
    /// The keyword of the call that names another class.
    pub(super) class: String,
}

/// An object that keeps settings: what a file of the project assigns, or a default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Values {
    /// The object: `module:name`.
    pub(super) object: Vec<String>,
    /// Or any of these classes,
    pub(super) on: Vec<String>,
    /// and this attribute of it.
    pub(super) attribute: String,
    /// Names of the files of the project that set them.
    pub(super) files: Vec<String>,
    /// A name that the module has which sets them.
    pub(super) with: String,
    /// Of several such files the one that this environment variable names.
    pub(super) of: String,
    /// The module of the defaults.
    pub(super) defaults: String,
    /// Methods of these classes that say a default: the name is the first argument, the default the second.
    pub(super) declared: Vec<String>,
    /// Or a mapping that has them.
    pub(super) held: Option<Held>,
    /// It is a mapping; what asks for a key says the default itself: `config.setdefault("SHOP_OPEN", True)`.
    pub(super) keys: bool,
    /// Methods of that mapping that take keys as keywords or in a mapping: `config.update(SHOP_OPEN=True)`,
    pub(super) by_keywords: Vec<String>,
    /// and those that take the attributes of an object.
    pub(super) by_object: Vec<String>,
    /// Words of code that reads settings from elsewhere: where the project has one, nothing is known of a key.
    pub(super) elsewhere: Vec<String>,
}

/// A call through an attribute that runs each function of the project of that name: `manager.hook.name(…)`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Dispatch {
    /// The attribute: `hook`.
    pub(super) through: String,
    /// What decorates the functions: classes of the instance that decorates.
    pub(super) on: Vec<String>,
    /// Methods of what is called that are handed the arguments in a mapping: their keyword for it, and its place.
    pub(super) mapped: Vec<(String, String, usize)>,
    /// Those of them that run what is registered later, too.
    pub(super) lasting: Vec<String>,
    /// Methods that register an object whose methods are run as well.
    pub(super) register: Vec<String>,
    /// Methods that register what entry points of a group name.
    pub(super) loads: Vec<String>,
}

/// A call that asks whether something is loaded, by its name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Asks {
    /// Functions, or methods of objects: `module:qualname`.
    pub(super) call: Vec<String>,
    /// Classes whose methods do.
    pub(super) on: Vec<String>,
    /// These methods.
    pub(super) method: Vec<String>,
    /// Attributes of these classes that hold the names of what was loaded before: `name in app.extensions`.
    pub(super) within: Vec<String>,
    /// It asks whether something is registered: who registers it where it is not comes to the same in either case.
    pub(super) already: bool,
}

/// Calls that give the objects which say more of packages: `apps.get_app_config("shop")`, `apps.get_app_configs()`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Packaging {
    /// Classes whose methods they are.
    pub(super) on: Vec<String>,
    /// The one that gives the object of a label,
    pub(super) one: String,
    /// and the one that gives all.
    pub(super) all: String,
    /// The class of an object, where a package has none of its own.
    pub(super) class: String,
    /// The attribute that is the name of the package,
    pub(super) name: String,
    /// and the one that is its label.
    pub(super) label: String,
}

/// A call that gives a class by its name: `apps.get_model("shop.Item")`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Named {
    /// Classes whose method it is.
    pub(super) on: Vec<String>,
    /// The method.
    pub(super) method: Vec<String>,
    /// Its parameters: the label of a package and the name of the class, which may both stand in the first.
    pub(super) arguments: Vec<String>,
    /// The first is the class's name, and the package the one of which the object says more.
    pub(super) own: bool,
    /// The module of the package that has the class.
    pub(super) inside: String,
}

/// What a class gives in the place of an object that stands in it: a descriptor that the object puts there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Read {
    /// The classes of the object.
    pub(super) of: Vec<String>,
    /// The class of what is given.
    pub(super) is: String,
}

/// A call that hands on a function which is called whatever happens, with an object of the framework's.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Callback {
    /// Classes whose method it is.
    pub(super) on: Vec<String>,
    /// The method; the function is its second argument.
    pub(super) method: Vec<String>,
    /// Only where the first argument is one of these texts; where none are given, the function is the first argument, or what the call decorates.
    pub(super) when: Vec<String>,
    /// It is called where something takes in the object whose method it is.
    pub(super) when_taken: bool,
    /// The class of the first thing that the function is handed.
    pub(super) is: String,
}

/// A parameter of a function that the framework calls.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Parameter {
    /// The name of the function, at module level; one that ends with a star is how the name begins.
    pub(super) function: String,
    /// Which parameter, from 0.
    pub(super) index: usize,
    /// Or the parameter of this name.
    pub(super) name: String,
    /// The class of what it is given.
    pub(super) is: String,
}

/// Modules that the framework imports.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word of its own in the files"
)]
pub(super) struct Load {
    /// Those that entry points of these groups name.
    pub(super) entry_points: Vec<String>,
    /// Those that a list of texts names: `module:name`, `module:Class.name`.
    pub(super) texts: Vec<String>,
    /// What stands before each of these.
    pub(super) prefix: String,
    /// Those that a module-level name of the project, or of what is loaded, lists.
    pub(super) variables: Vec<String>,
    /// They name entry points of these groups, rather than modules.
    pub(super) through: Vec<String>,
    /// Only in files of these names.
    pub(super) variables_in: Vec<String>,
    /// Only in the module that this environment variable names, where the project says which: `os.environ.setdefault("NAME", "module")`.
    pub(super) variables_of: String,
    /// Those that an option of the command line names, as files of settings give it.
    pub(super) option: Option<CommandOption>,
    /// Such a file, or one of `files`, may put folders on `sys.path`.
    pub(super) search_path: bool,
    /// The folders above the packages that `files` stand in are put there, unless this option says `but`.
    pub(super) folders_on_path: Option<CommandOption>,
    /// What is loaded may name another one that comes with it.
    pub(super) inherits: Option<Inherits>,
    /// In files of these names texts stand that name modules, or what is in them, and that are imported when they are needed.
    pub(super) paths_in: Vec<String>,
    /// Not the texts of these names: what only another program needs.
    pub(super) paths_without: Vec<String>,
    /// Those of the project whose file has one of these names.
    pub(super) files: Vec<String>,
    /// Those that a call names: classes and their methods; the module's name is the first argument.
    pub(super) on: Vec<String>,
    /// The methods.
    pub(super) method: Vec<String>,
    /// The call names a group of entry points, rather than a module.
    pub(super) group: bool,
    /// The call is handed the module itself, rather than its name.
    pub(super) object: bool,
    /// The call is handed an object: the module that makes it.
    pub(super) maker: bool,
    /// How a row says that a variable has named it; as `says` where nothing is said.
    pub(super) says_of_variables: String,
    /// What the modules are, is packages: these modules of each are loaded, too.
    pub(super) submodules: Vec<String>,
    /// A class that says more of each package.
    pub(super) config: Option<Config>,
    /// Whether they have no row of their own.
    pub(super) hidden: bool,
    /// How a row says that it came this way.
    pub(super) says: String,
    /// Only where it is among the modules themselves, and, where it has one, the class that says more of it is this one or derives from it:
    /// `django.contrib.admin` for `admin` modules.
    pub(super) submodules_with: Vec<(String, String, String)>,
}

/// An option of a command line that files of settings at the top of a project give: `addopts = "-p shop.slow"`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct CommandOption {
    /// The files with their sections; the first that has the key counts.
    pub(super) files: Vec<(String, String)>,
    /// The key of the whole command line.
    pub(super) key: String,
    /// The option; what it names stands behind it.
    pub(super) option: String,
    /// How a name begins that is not to be loaded; of folders, the word with which none is put anywhere,
    pub(super) but: String,
    /// and the one with which they are put behind.
    pub(super) behind: String,
    /// Names are refused with this before them, too.
    pub(super) but_before: String,
    /// Names that are refused, and others with them.
    pub(super) but_with: Vec<(String, String)>,
}

/// A file beside what is loaded that names another one to be loaded: in a folder of its name, somewhere below the package or the file that
/// says what is loaded.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Inherits {
    /// What the file is called.
    pub(super) files: Vec<String>,
    /// The section of the file.
    pub(super) section: String,
    /// The key.
    pub(super) key: String,
}

/// A class in a module of a package that says how the package is loaded.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Config {
    /// The module of the package.
    pub(super) module: String,
    /// What the class derives from.
    pub(super) class: Vec<String>,
    /// The attribute that names the package.
    pub(super) name: String,
    /// The attribute that names the key, instead of the last part of the package's name.
    pub(super) key: String,
    /// The attribute that chooses one of several.
    pub(super) default: String,
    /// The method that runs when all are loaded: what it imports is loaded.
    pub(super) hook: String,
    /// Functions that it may call, which import a module of each package that is loaded; its name is an argument.
    pub(super) discovers: Vec<String>,
    /// A method that imports one of the modules of the package, which a class may override, and that module.
    pub(super) imports: Vec<(String, String)>,
}

/// A registry of a framework.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word of its own in the files"
)]
pub(super) struct Rule {
    /// What it is called.
    pub(super) name: String,
    /// What its key is, in words.
    pub(super) key: String,
    /// How things get into it.
    pub(super) by: Vec<By>,
    /// Functions of the framework's own by which all of them come, as the run has met them.
    pub(super) ran: Vec<Ran>,
    /// Where objects of the framework's own keep them.
    pub(super) kept: Vec<KeptIn>,
    /// How they get out of it again.
    pub(super) removes: Vec<By>,
    /// Calls that say which keys it does not take.
    pub(super) refuses: Vec<By>,
    /// Whether what is loaded stands in it.
    pub(super) loaded: bool,
    /// Files of loaded packages that stand in it.
    pub(super) files: Option<Files>,
    /// What classes of the project say of themselves, under a key of a mapping in their bodies.
    pub(super) in_classes: Option<InClasses>,
    /// Lines of a file of settings that stand in it.
    pub(super) lines: Option<Lines>,
    /// What a setting lists that stands in it.
    pub(super) of_setting: Option<OfSetting>,
    /// Classes that stand in it because of what they derive from.
    pub(super) derived: Option<Derived>,
    /// Which of several with one key wins: `first`, `last`; where nothing is said, all stand side by side.
    pub(super) wins: String,
    /// Mappings of the framework's own whose entries stand in it from the start.
    pub(super) held: Vec<Held>,
    /// Whether rows stand in the order in which they get there, where that follows from what is executed.
    pub(super) in_turn: bool,
    /// The priority of those that say none: rows of one key stand in the order of their priorities, the least first.
    pub(super) usual_priority: Option<i64>,
    /// Classes of which those that derive from them stand in it.
    pub(super) deriving: Vec<String>,
    /// Whether what is registered again under its key is there once, where the one call says nothing else than the other.
    pub(super) once: bool,
    /// Whether what is registered again is there once, under what the last call says.
    pub(super) unique: bool,
    /// Whether keys are each object's own.
    pub(super) owner: bool,
    /// With `owner`: the objects whose keys stand alone; behind those of any other stands its name.
    pub(super) own: Vec<String>,
    /// What any module does counts that is imported on the way, too.
    pub(super) reached: bool,
    /// What a module's functions do counts only where the module itself is loaded.
    pub(super) modules: bool,
    /// What stands in a class counts only where somebody registers the class, or it is one of these or a base of one.
    pub(super) collected: Option<Collected>,
    /// How objects are registered whose methods count, too: the class, or an instance of it, is the first argument.
    pub(super) classes: Option<Classes>,
    /// Only what loaded modules do counts.
    pub(super) only_loaded: bool,
    /// What a module has registered stays, where its name is refused once it is loaded.
    pub(super) keeps: bool,
    /// What stands for functions that have a meaning by their name alone.
    pub(super) stand_ins: Vec<StandIn>,
    /// What modules that are loaded import by name counts as theirs.
    pub(super) namespace: bool,
    /// With `namespace`: files whose names count as well, where they are loaded at all: `test_*.py`.
    pub(super) also_in: Vec<String>,
    /// What functions do counts only where they are known to be called, also to objects that they have made themselves.
    pub(super) only_executed: bool,
    /// What files of settings say instead.
    pub(super) settings: Option<RuleSettings>,
    /// In which order those with one key are called.
    pub(super) order: Option<Order>,
    /// A text that stands before the keys of an object.
    pub(super) prefix: Option<Prefix>,
    /// How functions get the names by which rows lead to them.
    pub(super) endpoints: Option<Endpoints>,
    /// Classes of what is registered that loads all entry points of the group with which its key begins, those of one name, too.
    pub(super) whole_groups: Vec<String>,
    /// Groups of entry points that are registered here, too.
    pub(super) entry_points: Vec<String>,
}

/// A mapping of a framework's own, written out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Held {
    /// Where it is: `module:qualname`.
    pub(super) object: String,
    /// Each value is a tuple, or a call, of which the first part counts.
    pub(super) first: bool,
}

/// What files of settings at the top of a project, and names of some of its modules, say of a registry.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct RuleSettings {
    /// The files with their sections; the first that has the key counts.
    pub(super) files: Vec<(String, String)>,
    /// The key that says what `also-in` says.
    pub(super) also_in: String,
    /// The key that says how the names of classes begin that are collected, or a pattern of them.
    pub(super) begins: String,
    /// The key that says which files and folders are looked at alone.
    pub(super) only_in: String,
    /// The key that says which folders are not gone into, by patterns of their names,
    pub(super) skips: String,
    /// what it says where nobody says it,
    pub(super) skips_usually: String,
    /// and those beside where one begins of which the files that say what is left out are read all the same.
    pub(super) skips_not: String,
    /// Modules of the project with this file name say what is left out:
    pub(super) ignores_in: String,
    /// under this name paths, from the folder of the module,
    pub(super) ignores: String,
    /// and under this one patterns of paths.
    pub(super) ignores_like: String,
    /// The key of the whole command line, in which these options leave out paths,
    pub(super) line: String,
    pub(super) ignores_option: Vec<String>,
    /// and these patterns of paths.
    pub(super) ignores_like_option: Vec<String>,
}

/// What a framework registers for functions of these names in modules or classes that it looks at.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct StandIn {
    /// The names; none where it is there in any case.
    pub(super) names: Vec<String>,
    /// Where: `module`, `class`, `plain class` (one that derives from none of those that count whatever their name is), `derived class`,
    /// `skipped class` (one that decorators skip as a whole).
    pub(super) within: String,
    /// What stands before the name of the module or class in its key.
    pub(super) before: String,
    /// What it is: the first of these that there is.
    pub(super) leads: Vec<String>,
}

/// Which classes of the files named by `also-in` a framework makes instances of.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Collected {
    /// Those whose name begins so, where no settings say another thing.
    pub(super) begins: String,
    /// Whatever their name is, those that derive from these.
    pub(super) bases: Vec<String>,
    /// Not those that have one of these methods of their own, or inherit one; those that derive from `bases` may.
    pub(super) without: Vec<String>,
    /// Not those that have a false value under this name.
    pub(super) unless: String,
}

/// A call by which an object is registered with all its methods.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Classes {
    /// Classes whose method it is.
    pub(super) on: Vec<String>,
    /// The method.
    pub(super) method: Vec<String>,
    /// Classes of which the framework registers an instance itself.
    pub(super) own: Vec<String>,
    /// The method of the same classes that gives an object a name where the call says none.
    pub(super) names: String,
    /// Methods of the same classes that take an object out again.
    pub(super) out: Vec<String>,
    /// Methods of the same classes that refuse a name from then on.
    pub(super) refuses: Vec<String>,
    /// Modules and classes that the method is handed nowhere are perhaps handed to it by others: what stands in them counts on that condition.
    pub(super) handed: bool,
    /// Classes of markers: like those objects they are made with the name of a project, and count for objects of the same project alone.
    pub(super) markers: Vec<String>,
}

impl Parameter {
    /// Which parameter of a function it is.
    pub(in crate::plugins) fn of(&self, def: &FunctionDef) -> Option<usize> {
        let is_it = match self.function.strip_suffix('*') {
            Some(begin) => def.name.starts_with(begin),
            None => self.function == def.name.as_str(),
        };
        let index = match self.name.as_str() {
            "" => self.index,
            name => def.parameters.iter().position(|it| it.name == name)?,
        };
        (is_it && index < def.parameters.len()).then_some(index)
    }
}

/// The order in which those with one key are called: the last registered first, but for these flags.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Order {
    /// Keywords of a decorator by which one is called before the others.
    pub(super) first: Vec<String>,
    /// … after the others.
    pub(super) last: Vec<String>,
    /// … around them.
    pub(super) around: Vec<String>,
    /// The keyword of the decorator that says another key.
    pub(super) name: String,
    /// Decorators whose keywords count: classes of the instance that decorates.
    pub(super) on: Vec<String>,
    /// What is registered one after the other: `object PATH` of a class of which the framework makes an instance itself, `modules`, `files` (modules
    /// that are loaded because of their file's name), `late files` (those of them that are found when folders are gone through), `hook NAME` (objects that functions of this name register, in the order in which these are called).
    pub(super) phases: Vec<String>,
}

/// A text before the keys of an object: said where it is made, or where another object takes it in.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Prefix {
    /// Classes whose method takes it in; the object is the first argument.
    pub(super) on: Vec<String>,
    /// The method.
    pub(super) method: Vec<String>,
    /// The keyword of both calls.
    pub(super) keyword: String,
    /// The keyword of the call that says the name under which it is taken in: under each what it has is there once more.
    pub(super) naming: String,
    /// Classes of objects that count only where something takes them in.
    pub(super) taken: Vec<String>,
    /// Functions of the framework's own by which they are, as the run has met them.
    pub(super) ran: Vec<RanTaking>,
}

/// All frameworks that are known.
pub(super) fn all() -> Vec<Framework> {
    // A file of ours that is wrong is found by a test; here it only means that the framework is not known.
    let read = FILES.iter().filter_map(|text| toml::from_str(text).ok());
    read.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_about_a_framework_can_be_read() {
        for text in FILES {
            let read: Result<Framework, _> = toml::from_str(text);
            assert!(
                read.as_ref().is_ok_and(|it| !it.registry.is_empty()),
                "{read:?}"
            );
        }
    }
}
