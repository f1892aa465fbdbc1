//! What a framework's own functions are handed when the program runs on paper: which of them register something, and what of a call says it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::evaluate::{Watched, WatchedAttribute, WatchedFunction};
use crate::plugins::frameworks::{OfSetting, all};

/// A function of the framework's own by which all comes that stands in a registry, whichever way the program takes there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct Ran {
    /// The functions: `module:qualname`.
    pub(in crate::plugins) call: Vec<String>,
    /// Functions that take it out again, which have the same parameters.
    pub(in crate::plugins) out: Vec<String>,
    /// The key: the first of these of the call's parameters, or of the attributes of what they are handed, that is there: `name`, `cmd.name`. The name
    /// of the function where nothing is said. Of several with spaces between, all stand in the key: `identifier target`.
    pub(in crate::plugins) key: Vec<String>,
    /// What is registered, in the same way.
    pub(in crate::plugins) leads: Vec<String>,
    /// The object it is registered with has to be of one of these classes,
    pub(in crate::plugins) on: Vec<String>,
    /// which is this parameter.
    pub(in crate::plugins) of: String,
}

/// What an object of the framework's keeps in the end, whoever put it there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct KeptIn {
    /// The classes of the object,
    pub(in crate::plugins) on: Vec<String>,
    /// and its attribute, or one of what that is: `cli.commands`.
    pub(in crate::plugins) attribute: String,
    /// The key, where all that stands there has the same,
    pub(in crate::plugins) said: String,
    /// and other keys under which calls put it there,
    pub(in crate::plugins) also: Vec<String>,
    /// or which of the keys of mappings in one another it is, from outside: the first of these that is not `None`.
    pub(in crate::plugins) key: Vec<usize>,
    /// What counts is the `callback` of what is kept.
    pub(in crate::plugins) callback: bool,
    /// Top-level modules whose functions and classes stand there anyway.
    pub(in crate::plugins) without: Vec<String>,
}

/// A function of the framework's own by which one object takes in another.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct RanTaking {
    /// The functions: `module:qualname`.
    pub(in crate::plugins) call: Vec<String>,
    /// The object that is taken in, a parameter,
    pub(in crate::plugins) object: String,
    /// and the text that it was made with.
    pub(in crate::plugins) made: String,
    /// The text that stands before its keys from then on: the first of these that there is.
    pub(in crate::plugins) text: Vec<String>,
    /// The name under which it is taken in.
    pub(in crate::plugins) name: Vec<String>,
}

impl KeptIn {
    /// What the run is asked for.
    pub(in crate::plugins) fn watched(&self) -> WatchedAttribute {
        WatchedAttribute {
            on: self.on.clone(),
            attribute: self.attribute.clone(),
        }
    }
}

/// All functions whose calls the run is to note, with what the registries ask of a call.
pub fn watched() -> Watched {
    static ALL: LazyLock<Watched> = LazyLock::new(|| {
        let mut functions: Vec<WatchedFunction> = vec![];
        let mut programs = vec![];
        let mut attributes: Vec<WatchedAttribute> = vec![];
        let mut add = |paths: &[String], asked: &[&String]| {
            for path in paths {
                let known = functions.iter().position(|it| it.path == *path);
                let at = known.unwrap_or_else(|| {
                    let path = path.clone();
                    functions.push(WatchedFunction {
                        path,
                        asked: vec![],
                    });
                    functions.len() - 1
                });
                for it in asked.iter().filter(|it| !it.is_empty()) {
                    if !functions[at].asked.contains(it) {
                        functions[at].asked.push((*it).clone());
                    }
                }
            }
        };
        let mut lists = vec![];
        for framework in all() {
            for rule in &framework.registry {
                let listing = rule.of_setting.iter();
                let made = listing.clone().filter(|it| !it.made.is_empty());
                made.for_each(|it| add(std::slice::from_ref(&it.made), &[]));
                lists.extend(listing.filter_map(OfSetting::watched));
                attributes.extend(rule.kept.iter().map(KeptIn::watched));
                for it in &rule.ran {
                    let keys = it.key.iter().flat_map(|it| it.split(' '));
                    let keys: Vec<String> = keys.map(str::to_owned).collect();
                    let asked: Vec<&String> =
                        keys.iter().chain(&it.leads).chain([&it.of]).collect();
                    add(&it.call, &asked);
                    add(&it.out, &asked);
                }
                for it in rule.prefix.iter().flat_map(|it| &it.ran) {
                    let asked = it.text.iter().chain(&it.name);
                    let asked: Vec<&String> = asked.chain([&it.object, &it.made]).collect();
                    add(&it.call, &asked);
                }
            }
            // Who makes such an object is about to register things: its steps are lent for that, too.
            let made = framework.programs.iter();
            let made: Vec<String> = made.map(|it| format!("{it}.__init__")).collect();
            add(&made, &[]);
            programs.extend(framework.programs);
        }
        Watched::new(functions, attributes, programs).with_lists(lists)
    });
    ALL.clone()
}
