//! What stands in a registry because a setting of the project lists it, or because of where its file lies.
//!
//! ```python
//! MIDDLEWARE = ["shop.middleware.Timing"]
//! ROOT_URLCONF = "shop.urls"
//! ```

use crate::Name;
use crate::analysis::Analysis;
use crate::evaluate::{Given, Holds, Item, Link, WatchedList};
use crate::plugins::files::modules::{Look, top};
use crate::plugins::frameworks::{Files, InClasses, Lines, OfSetting};
use crate::plugins::loading::standing::{ListedText, listed, setting, standing, texts};
use crate::plugins::names::follow::{Scope, Thing, What};
use crate::plugins::rows::applied::{Applying, row};
use crate::plugins::rows::matching::Row;
use crate::plugins::rows::ran::leads_of;
use crate::semantics::{Leads, Registered, RowState, Spotted};
use crate::source::lines_of;

/// How deep modules whose lists stand in one another are gone into.
const DEEPEST: usize = 12;

impl Applying<'_, '_> {
    /// The files that stand at a place in each package that is loaded, or that a setting lists.
    pub(super) fn files(&self, files: &Files) -> Vec<Row> {
        let mut rows = vec![];
        for it in standing(files, self.loads, self.follow) {
            let source = self.follow.modules.source(&it.module);
            let scope = source.as_ref().map(Scope::of);
            let is_without = match (&source, &scope) {
                (Some(file), Some(scope)) if !files.with.is_empty() => {
                    let has = || self.follow.name(&files.with, scope);
                    !file.table.has(&files.with) && matches!(has(), Thing::Unknown)
                }
                _ => false,
            };
            let leads = match &scope {
                Some(scope) if !files.leads.is_empty() => self.follow.name(&files.leads, scope),
                _ => Thing::Module(it.module.clone()),
            };
            let leads = self.matching.leads(&leads, &it.module);
            let mut registered = Registered::new(Some(it.key), leads);
            let begin = || source.as_ref().map(|file| file.spot(0, 0));
            registered.at = it.at.or_else(begin);
            let of = source.as_ref();
            registered.distribution = of.and_then(|it| self.follow.modules.distribution(it));
            registered.by = it.by;
            if let Look::Missing(message) = self.follow.modules.look(&it.module) {
                let why = format!("ModuleNotFoundError: {message}");
                registered.state = RowState::Dead(why);
            } else if is_without {
                let why = format!("{} has no `{}`", it.module, files.with);
                registered.state = RowState::Dead(why);
            } else if let Some(error) = self.follow.modules.fails(&it.module) {
                registered.state = RowState::Dead(error);
            } else if let Some(why) = self.loads.unsure.get(&it.package) {
                registered.state = RowState::Unknown(why.clone());
            }
            rows.push(row(registered));
        }
        rows
    }

    /// The project's classes whose bodies have a mapping with a key that registers them.
    pub(super) fn in_classes(&self, by: &InClasses, analysis: &Analysis) -> Vec<Row> {
        let rows = analysis.project_classes().filter_map(|class| {
            let path = class.path();
            let thing = self.follow.dotted(&path.module, &path.qualname);
            let Thing::Defined(defined) = &thing else {
                return None;
            };
            let (What::Class(def), Some(file)) = (&defined.what, &defined.file) else {
                return None;
            };
            if !self
                .follow
                .table(file, def.start, &def.body)
                .has(&by.attribute)
            {
                return None;
            }
            let mapping = self.follow.attribute(&thing, &by.attribute);
            let key = self.follow.entry(&mapping, &by.key)?;
            let text = self.follow.text_of(&key);
            let mut registered = Registered::new(
                Some(text.as_deref().unwrap_or("?").to_owned()),
                Leads::Class(class.id()),
            );
            if text.is_none() {
                let why = "its key is worked out when it runs";
                registered.state = RowState::Unknown(String::from(why));
            }
            registered.at = class.place().map(Spotted::Source);
            registered.by = format!("{}[{:?}]", by.attribute, by.key);
            Some(row(registered))
        });
        rows.collect()
    }

    /// The lines of a setting in the first file that has it.
    pub(super) fn lines(&self, by: &Lines) -> Vec<Row> {
        let folder = &self.follow.modules.ground.project.path;
        let mut files = by.files.iter();
        let found = files.find_map(|(file, section)| {
            let lines = lines_of(&folder.join(file), section, &by.key)?;
            Some((file, lines))
        });
        let Some((file, lines)) = found else {
            return vec![];
        };
        let lines = lines.iter().map(|it| it.trim());
        let rows = lines.filter(|it| !it.is_empty()).map(|line| {
            let key = line.split(|it| by.until.contains(it)).next();
            let key = key.unwrap_or_default().trim().to_owned();
            let mut registered = Registered::new(Some(key), Leads::Text(line.to_owned()));
            registered.at = Some(Spotted::File(file.clone(), None));
            registered.by.clone_from(&by.key);
            row(registered)
        });
        rows.collect()
    }

    /// What a setting lists, or the module that it names.
    pub(super) fn of_setting(&self, by: &OfSetting, analysis: &Analysis) -> Vec<Row> {
        let mut rows = vec![];
        if by.list.is_empty() && by.names.is_empty() {
            let all = if by.listed.is_empty() {
                texts(&by.setting, self.follow)
            } else {
                let listed = listed(&by.setting, &by.listed, self.follow);
                let plain = |(text, _, at)| ListedText {
                    text,
                    at,
                    perhaps: None,
                };
                listed.into_iter().map(plain).collect()
            };
            for it in all {
                let mut registered = self.of_path(&it.text, it.text.clone());
                registered.at = Some(it.at);
                if let (Some(why), RowState::Alive) = (it.perhaps, &registered.state) {
                    registered.state = RowState::Unknown(why);
                }
                let name = by.setting.rsplit(['.', ':']).next();
                name.unwrap_or_default().clone_into(&mut registered.by);
                rows.push(row(registered));
            }
            return rows;
        }
        let module = setting(&by.setting, self.follow);
        let Some(module) = module.and_then(|it| self.follow.text_of(&it)) else {
            return rows;
        };
        if let Some(file) = self.follow.modules.source(&module) {
            for name in by.names.iter().filter(|it| file.table.has(it)) {
                let thing = self.follow.in_module(&module, name);
                let registered = if let Some(path) = self.follow.text_of(&thing) {
                    self.of_path(&path, name.clone())
                } else {
                    let leads = self.matching.leads(&thing, name);
                    let mut registered = Registered::new(Some(name.clone()), leads);
                    if let Thing::Unknown = thing {
                        let why = "what stands there is not known";
                        registered.state = RowState::Unknown(String::from(why));
                    }
                    registered
                };
                rows.push(self.in_file(registered, &module));
            }
        }
        if let Some(watched) = by.watched() {
            let around = Around {
                module: Name::from(&*module),
                key: String::new(),
                is_known: true,
                depth: 0,
            };
            self.of_module((by, &watched), &around, analysis, &mut rows);
        }
        rows
    }

    /// A row at the beginning of a module.
    fn in_file(&self, mut registered: Registered, module: &str) -> Row {
        if let Some(file) = self.follow.modules.source(module) {
            registered.at = Some(file.spot(0, 0));
            registered.distribution = self.follow.modules.distribution(&file);
        }
        row(registered)
    }

    /// What a path of a class or function leads to: `shop.middleware.Timing`.
    fn of_path(&self, path: &str, key: String) -> Registered {
        let (module, name) = path.rsplit_once('.').unwrap_or((path, ""));
        let thing = self.follow.dotted(module, name);
        let mut registered = Registered::new(Some(key), self.matching.leads(&thing, path));
        let file = self.follow.modules.source(module);
        if let Look::Missing(message) = self.follow.modules.look(module) {
            let why = format!("ModuleNotFoundError: {message}");
            registered.state = RowState::Dead(why);
        } else if let Some(error) = self.follow.modules.fails(module) {
            registered.state = RowState::Dead(error);
        } else if let Thing::Unknown = thing {
            let why = format!("what `{name}` of {module} is, is not known");
            registered.state = RowState::Unknown(why);
        }
        registered.distribution = file.and_then(|it| self.follow.modules.distribution(&it));
        registered
    }

    /// What the list of a module leads to, and of those that it takes in.
    fn of_module(
        &self,
        (by, watched): (&OfSetting, &WatchedList),
        around: &Around,
        analysis: &Analysis,
        rows: &mut Vec<Row>,
    ) {
        let listed = self.ran.listed(watched, &around.module);
        let is_whole = listed.is_some_and(|it| it.is_whole) && around.depth < DEEPEST;
        if !is_whole {
            self.leave_out(watched, around);
        }
        if around.depth < DEEPEST {
            let items = listed.map_or(&[][..], |it| &it.items);
            self.of_items((by, watched), items, around, analysis, rows);
        }
    }

    fn leave_out(&self, watched: &WatchedList, around: &Around) {
        let (module, list) = (&around.module, &watched.name);
        self.follow
            .leave_out(|| format!("what `{list}` of {module} holds is not known whole"));
    }

    fn of_items(
        &self,
        (by, watched): (&OfSetting, &WatchedList),
        items: &[Item],
        around: &Around,
        analysis: &Analysis,
        rows: &mut Vec<Row>,
    ) {
        for item in items {
            let (own, is_known) = match &item.key {
                Some(Given::Text(text)) => (text.as_str(), true),
                Some(Given::Unknown(text)) => (text.as_str(), false),
                _ => ("?", false),
            };
            let mut inside = Around {
                module: around.module.clone(),
                key: format!("{}{own}", around.key),
                is_known: around.is_known && is_known,
                depth: around.depth,
            };
            match &item.holds {
                Holds::Module(module) => {
                    inside.module.clone_from(module);
                    inside.depth += 1;
                    self.of_module((by, watched), &inside, analysis, rows);
                }
                Holds::Items(items, is_whole) => {
                    if !is_whole {
                        self.leave_out(watched, &inside);
                    }
                    self.of_items((by, watched), items, &inside, analysis, rows);
                }
                Holds::One(given) => {
                    let shown = leads_of(given, analysis);
                    let leads = shown.unwrap_or_else(|| Leads::Text(String::from("?")));
                    let mut registered = Registered::new(Some(inside.key), leads);
                    if let Given::Unknown(_) = given {
                        let why = "what stands there is not known";
                        registered.state = RowState::Unknown(String::from(why));
                    } else if !inside.is_known {
                        let why = "its key is worked out when it runs";
                        registered.state = RowState::Unknown(String::from(why));
                    }
                    let call = item.object.and_then(|it| self.ran.made(&by.made, it));
                    let of_framework = top(&by.made);
                    let is_outside = |it: &&Link| top(&it.module) != of_framework;
                    let link = call.and_then(|it| it.chain.iter().rev().find(is_outside));
                    self.place(&mut registered, link, analysis);
                    rows.push(row(registered));
                }
            }
        }
    }
}

/// What stands around the objects of a list.
struct Around {
    module: Name,
    /// The keys of the objects around,
    key: String,
    /// and whether these are known.
    is_known: bool,
    depth: usize,
}
