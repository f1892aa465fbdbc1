//! Names that are not loaded, whoever asks for them: `-p no:doctest` on a command line, `manager.set_blocked("statsd")`.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::plugins::frameworks::{CommandOption, Framework};
use crate::plugins::names::follow::{Follow, Thing};
use crate::plugins::sites::arguments::argument_or;
use crate::plugins::sites::places::Site;
use crate::source::setting;

/// Names that are refused, each with where that is said.
#[derive(Default)]
pub(super) struct Refused(FxHashMap<String, String>);

impl Refused {
    /// Why a name is refused.
    pub(super) fn why(&self, name: &str) -> Option<&String> {
        self.0.get(name)
    }

    /// Adds those that command lines refuse, as files of settings give them (`_pytest.config.PytestPluginManager.consider_pluginarg`).
    pub(super) fn of_options(&mut self, framework: &Framework, follow: &Follow<'_>) {
        for option in framework.load.iter().filter_map(|it| it.option.as_ref()) {
            let Some((file, names)) = given(option, follow) else {
                continue;
            };
            let barred = names.iter().filter_map(|it| barred(option, it));
            for name in barred {
                let why = format!(
                    "refused: `{} {}{name}` in {file}",
                    option.option, option.but
                );
                let with = option.but_with.iter().filter(|it| it.0 == name);
                let with: Vec<&str> = with.map(|it| it.1.as_str()).collect();
                for name in with.into_iter().chain([name]) {
                    self.0.insert(name.to_owned(), why.clone());
                    if !option.but_before.is_empty() && !name.starts_with(&option.but_before) {
                        let longer = format!("{}{name}", option.but_before);
                        self.0.insert(longer, why.clone());
                    }
                }
            }
        }
    }

    /// Adds those that calls refuse, or take out again by their name, which certainly come.
    pub(super) fn of_calls(&mut self, framework: &Framework, follow: &Follow<'_>, sites: &[Site]) {
        let rules = framework.registry.iter();
        for by in rules.filter_map(|it| it.classes.as_ref()) {
            for site in sites {
                if let Thing::Instance(it) = &site.callee
                    && let is_out = by.out.contains(&it.attributes)
                    && (is_out || by.refuses.contains(&it.attributes))
                    && by.on.iter().any(|class| follow.is_a(&it.class, class))
                    && site.perhaps.is_none()
                    && site.is_executed()
                    && let Some(name) = argument_or(site, usize::from(is_out), "name")
                    && let Some(name) = follow.text(name, &site.scope)
                {
                    let file = &site.scope.file;
                    let what = if is_out {
                        "taken out again"
                    } else {
                        "its name is blocked"
                    };
                    let why = format!("{what}: {}:{}", file.shown, file.line(site.start));
                    self.0.insert(name.to_string(), why);
                }
            }
        }
    }
}

/// The name under which a call registers something, as it says itself, or as a method of the class says whose method is called.
pub(super) fn name_said(
    framework: &Framework,
    follow: &Follow<'_>,
    site: &Site,
) -> Option<Arc<str>> {
    if let Some(name) = argument_or(site, 1, "name") {
        return follow.text(name, &site.scope);
    }
    let rules = framework.registry.iter();
    let mut classes = rules.filter_map(|it| it.classes.as_ref());
    let given = (argument_or(site, 0, "plugin"), &site.scope);
    classes.find_map(|by| follow.named_by((&by.names, &by.on), &site.callee, given)?)
}

/// The file of settings that gives a command line, and what stands there behind an option, each time it is there.
pub(super) fn given(option: &CommandOption, follow: &Follow<'_>) -> Option<(String, Vec<String>)> {
    let folder = &follow.modules.ground.project.path;
    let (file, line) = option.files.iter().find_map(|(file, section)| {
        let path = folder.join(file);
        Some((file, setting(&path, section, &option.key)?))
    })?;
    let mut found = vec![];
    let mut words = line.split_whitespace();
    while let Some(word) = words.next() {
        let named = match word.strip_prefix(option.option.as_str()) {
            None => continue,
            Some("") => words.next().unwrap_or_default(),
            Some(behind) => behind,
        };
        if !named.is_empty() {
            found.push(named.to_owned());
        }
    }
    Some((file.clone(), found))
}

/// The name that is refused, where one is.
pub(super) fn barred<'n>(option: &CommandOption, named: &'n str) -> Option<&'n str> {
    let but = Some(option.but.as_str()).filter(|it| !it.is_empty())?;
    named.strip_prefix(but)
}
