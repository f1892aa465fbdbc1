//! How things get into a registry of a framework: which calls and decorators, under which key, and what they lead to.

use serde::Deserialize;

/// One way into a registry.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word of its own in the files"
)]
pub(in crate::plugins) struct By {
    /// Functions that are called, or decorate: `module:qualname`.
    pub(in crate::plugins) call: Vec<String>,
    /// Classes whose methods do.
    pub(in crate::plugins) on: Vec<String>,
    /// The methods; an empty one is the call of the instance itself.
    pub(in crate::plugins) method: Vec<String>,
    /// Functions at module level whose name begins so.
    pub(in crate::plugins) named: String,
    /// `decorator` or `call`, where only one of them counts.
    pub(in crate::plugins) when: String,
    /// How many positional arguments there are, where that matters.
    pub(in crate::plugins) arguments: Option<usize>,
    /// Only where the call has none of these keywords, and unpacks nothing.
    pub(in crate::plugins) without: Vec<String>,
    /// Only where the call has this keyword.
    pub(in crate::plugins) having: String,
    /// Only where the call has this keyword, and what it says is true.
    pub(in crate::plugins) having_true: String,
    /// Only where this argument says this text: `["argument 0", "markers"]`.
    pub(in crate::plugins) saying: Vec<String>,
    /// It sets an attribute of what it decorates, which nobody finds where that is a static method or a class method.
    pub(in crate::plugins) marks: bool,
    /// Not where what would be registered is a text: the call gives a decorator.
    pub(in crate::plugins) no_text: bool,
    /// Whether the registry is the object's for which the function around is called: that of a callback that waits to be taken in.
    pub(in crate::plugins) of_taken: bool,
    /// Whether the registry is the object's that the call makes, rather than of the one whose method it is.
    pub(in crate::plugins) of_made: bool,
    /// The object that it is registered with, where a function is called rather than a method of it: `keyword site`.
    pub(in crate::plugins) of: Vec<String>,
    /// The key: the first of these that there is. `argument 0`, `keyword name`, `name` of what is registered, `attribute name` of it, `drawn name` of the first argument,
    /// `made name` and `given name` of the call that made it (its first argument, too; the keyword alone),
    /// `named argument 0` (a text, or the first argument of the call that makes it), `last keyword folder` (the last part of a path), `arguments` (a row each), `all arguments` (in one key; without any there is none),
    /// `underscored Meta.model` (the name of what the class has there that is registered; `underscored self` its own), `declared` (each name in its body),
    /// `other arguments` (all but the first), `others` (the same, a row each), `called` (whose method it is), `asked NAME` (what this method of it says of the first argument, where a program's own class has it); several in one text stand side by side.
    pub(in crate::plugins) key: Vec<String>,
    /// What is registered: `decorated`, `argument 1`, `keyword function`, `text argument 1 argument 2` (a path), `path module:name`, `instance module:class`,
    /// `class module argument 0` (a class that the framework makes there, of that name).
    pub(in crate::plugins) leads: Vec<String>,
    /// The keyword of the call that makes what is registered, which says what that stands for: `Command("daily", callback=run)`.
    pub(in crate::plugins) stands_for: String,
    /// Where the call says what it is the same as, under one key, as what another call registers: that is there once. Where it says nothing,
    /// what is registered says so itself.
    pub(in crate::plugins) same_as: Vec<String>,
    /// What stands before each key,
    pub(in crate::plugins) before: String,
    /// and behind it.
    pub(in crate::plugins) behind: String,
    /// Characters at the first of which the key ends.
    pub(in crate::plugins) until: String,
    /// What stands between the parts of a key; a space where nothing is said.
    pub(in crate::plugins) between: String,
    /// Where the call says when it is called: `argument 2`, `keyword priority`.
    pub(in crate::plugins) priority: Vec<String>,
    /// With these objects a text that is a key names a class: classes of the object whose method is called, or of the first argument.
    pub(in crate::plugins) names_classes: Vec<String>,
    /// Whether an attribute that a class has from another one is its own, where it is a key.
    pub(in crate::plugins) own_attributes: bool,
    /// Whether its keys are texts: an object is none.
    pub(in crate::plugins) texts: bool,
    /// Whether a key of several parts counts where the first one alone is known: `?` stands for the others.
    pub(in crate::plugins) partial: bool,
    /// Where this keyword of the call, or of the call that made what is registered, is `None`, nothing is registered.
    pub(in crate::plugins) unless_none: String,
    /// The same keyword, of the call that made the object whose method is called or of one that takes the object in: only where it is `None`,
    pub(in crate::plugins) owner_none: String,
    /// or only where it is not.
    pub(in crate::plugins) owner_unless_none: String,
    /// An argument that lists what is registered, or maps keys to it: a row each, `pairs keyword listeners` where each is a tuple of its
    /// key and what is registered, for the object that the call makes, `argument 1 of argument 0` where that is one of the call that
    /// makes an argument; `other arguments`: all but the first; `keywords`: each keyword of the call; `members`: the functions
    /// of the module or class that is the first argument; `directives of class argument 0`: what that attribute of the class lists or maps.
    pub(in crate::plugins) each: String,
    /// The attribute of that class whose text stands before the keys of what it maps: `name`.
    pub(in crate::plugins) within: String,
    /// How the names of these members begin.
    pub(in crate::plugins) begins: String,
    /// Nothing is registered where a setting names another class in the place of the first argument: the attribute that names the setting, and
    /// the object that keeps it (`Meta.swappable django.conf:settings`).
    pub(in crate::plugins) swapped: String,
    /// Methods one of which has to be called on what is registered, too.
    pub(in crate::plugins) with: Vec<String>,
    /// Whether ways after this one are tried, too, where it fits.
    pub(in crate::plugins) also: bool,
    /// It stands there only where nothing else has its key, whichever of them came first.
    pub(in crate::plugins) beneath: bool,
    /// How names are changed into keys: `lower`, `dashes`.
    pub(in crate::plugins) change: Vec<String>,
    /// Endings that names lose, from this version of the framework on.
    pub(in crate::plugins) strip: Vec<String>,
    /// That version.
    pub(in crate::plugins) strip_since: String,
}
