//! A framework's rules applied to a project: its registries, filled.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::AtRest;
use crate::plugins::files::modules::File;
use crate::plugins::frameworks::{Framework, Rule};
use crate::plugins::loading::gathered::gathered;
use crate::plugins::loading::loads::Loads;
use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What};
use crate::plugins::rows::collected::of_class;
use crate::plugins::rows::collecting::Collecting;
use crate::plugins::rows::collisions::{
    beneath, by_priority, collide, of_its_object, once, refused, removed, same, unique,
};
use crate::plugins::rows::listed::listed;
use crate::plugins::rows::matching::{Matching, Row};
use crate::plugins::rows::methods::Object;
use crate::plugins::rows::ordered::called;
use crate::plugins::sites::hand::{by_hand, decorators};
use crate::plugins::sites::places::Site;
use crate::plugins::sites::ran::RanCalls;
use crate::plugins::subclasses::deriving;
use crate::semantics::{Leads, Registered, Registry, RegistryKind, RowState, Spotted};

/// The registries of a framework, as a project fills them.
pub(in crate::plugins) fn applied(
    (framework, own_hosts): (&Framework, &[Name]),
    follow: &Follow<'_>,
    (run, ran): (&AtRest<'_, '_>, &RanCalls),
    project: &[Rc<File>],
    all_loaded: &mut FxHashSet<Name>,
) -> Vec<Registry> {
    follow.left_out.take();
    follow.facts.lasting.forget();
    let (mut loads, mut sites) = gathered((framework, own_hosts), follow, run, project);
    // What stands in a registry decides what is registered elsewhere.
    if follow.facts.lasting.is_asked() {
        follow.left_out.take();
        let listed = listed(framework, follow, &loads, project);
        follow.facts.lasting.know(Some(listed));
        (loads, sites) = gathered((framework, own_hosts), follow, run, project);
    }
    all_loaded.extend(loads.modules.iter().cloned());
    let analysis = follow.modules.ground.analysis;
    let version = follow.modules.version_of(&framework.module);
    let ways = framework.registry.iter().flat_map(|it| &it.by);
    let used: Vec<&String> = ways.clone().flat_map(|it| &it.with).collect();
    let taken = ways.map(|it| &it.owner_none).collect();
    let endpoints = framework.registry.iter();
    let mut endpoints = endpoints.filter_map(|it| it.endpoints.as_ref());
    let applying = Applying {
        follow,
        ran,
        matching: Matching::new(follow, version.as_deref())
            .with_used(&used, &sites)
            .with_taken(&taken, &sites)
            .with_endpoints(endpoints.next(), &sites),
        loads: &loads,
        sites: &sites,
        own: project.iter().map(|it| it.name.clone()).collect(),
        collecting: RefCell::default(),
    };
    let rules = framework.registry.iter();
    rules
        .map(|rule| {
            let kind = RegistryKind::Framework(framework.name.clone());
            let mut registry = Registry::new(kind, rule.name.clone());
            registry.key.clone_from(&rule.key);
            if rule.loaded || rule.only_loaded || rule.files.is_some() {
                registry.doubt.clone_from(&loads.doubt);
            }
            registry.rows = applying.rows(framework, rule, analysis);
            let is_of_code =
                !(rule.by.is_empty() && rule.held.is_empty()) || rule.of_setting.is_some();
            if registry.doubt.is_none() && (is_of_code || rule.files.is_some()) {
                registry.doubt.clone_from(&follow.left_out.borrow());
            }
            registry
        })
        .collect()
}

pub(super) struct Applying<'a, 'f> {
    pub(super) follow: &'f Follow<'a>,
    /// What the run has come by.
    pub(super) ran: &'f RanCalls,
    pub(super) matching: Matching<'a, 'f>,
    pub(super) loads: &'f Loads,
    pub(super) sites: &'f [Site],
    /// The modules of the project.
    pub(super) own: FxHashSet<Name>,
    /// Which names count, by registry.
    pub(super) collecting: RefCell<FxHashMap<String, Rc<Collecting>>>,
}

impl Applying<'_, '_> {
    fn rows(
        &self,
        framework: &Framework,
        rule: &Rule,
        analysis: &crate::analysis::Analysis,
    ) -> Vec<Registered> {
        let mut rows: Vec<Row> = vec![];
        if rule.loaded {
            rows.extend(self.loaded(rule));
        }
        rows.extend(deriving(analysis, &rule.deriving).into_iter().map(row));
        rows.extend(rule.held.iter().flat_map(|it| self.of_held(it)));
        if let Some(files) = &rule.files {
            rows.extend(self.files(files));
        }
        if let Some(by) = &rule.in_classes {
            rows.extend(self.in_classes(by, analysis));
        }
        rows.extend(rule.lines.iter().flat_map(|it| self.lines(it)));
        if let Some(setting) = &rule.of_setting {
            rows.extend(self.of_setting(setting, analysis));
        }
        if let Some(derived) = &rule.derived {
            rows.extend(self.derived(derived));
        }
        let declared = analysis.entry_points.iter();
        for entry in declared.filter(|it| rule.entry_points.contains(&it.group)) {
            let (module, qualname) = crate::plugins::value_parts(&entry.value);
            let thing = self.follow.dotted(module, qualname);
            let leads = self.matching.leads(&thing, &entry.value);
            let mut registered = Registered::new(Some(entry.name.clone()), leads);
            registered.at = Some(Spotted::File(entry.path.clone(), entry.line));
            registered.distribution = (!entry.is_project).then(|| entry.distribution.clone());
            registered.by = format!("entry point of {}", entry.group);
            if let Some(error) = self.follow.modules.fails(module) {
                registered.state = RowState::Dead(error);
            }
            rows.push(row(registered));
        }
        let prefixes = rule
            .prefix
            .as_ref()
            .map(|it| self.matching.prefixes(it, self.sites, self.ran));
        let mut met: FxHashSet<String> = FxHashSet::default();
        let mut held: Vec<Waiting> = vec![];
        let mut refusals: Vec<(Row, String)> = vec![];
        let registered = rule.classes.as_ref();
        let registered = registered.map_or_else(Vec::new, |it| self.classes(rule, it));
        let collected = rule.collected.as_ref();
        let collected = collected.map_or_else(Vec::new, |it| self.collected(rule, it));
        let projects = self.projects(rule);
        let first = rule.in_turn.then(|| firsts(self.sites));
        for (at, site) in self.sites.iter().enumerate() {
            let file = &site.scope.file;
            if !self.counts(rule, &site.root, self.own.contains(&site.root)) {
                continue;
            }
            // A framework looks at what a module has, not at what its functions have made.
            let in_call = site.scope.frames.iter().any(|it| it.is_call);
            let is_of_decorator = site.is_returned && site.bound.is_none() && !rule.namespace;
            let is_made = rule.namespace && in_call && site.is_executed();
            // A class that a function makes is one of the module that calls it.
            let is_of_made =
                || is_made && class_around(site).is_some_and(|it| collected.contains(&it));
            if site.is_returned != is_made && !is_of_decorator && !is_of_made() {
                continue;
            }
            for mut gone in self.matching.rows(&rule.removes, site) {
                if gone.registered.state != RowState::Alive && self.is_put_back(&gone, rule, site) {
                    continue;
                }
                of_its_object(&mut gone, rule);
                removed(
                    &mut rows,
                    &gone,
                    rule,
                    (file.line(site.start), site.is_executed()),
                );
            }
            for refusal in self.matching.rows(&rule.refuses, site) {
                refusals.push((refusal, format!("{}:{}", file.shown, file.line(site.start))));
            }
            let in_class = site.scope.frames.iter().any(|it| it.is_class);
            let unsure = self.loads.unsure.get(&site.root);
            for mut row in self.matching.rows(&rule.by, site) {
                of_its_object(&mut row, rule);
                let is_of_class = rule.collected.is_some() && in_class;
                if is_of_class {
                    let of = (class_around(site), row.defined.as_ref());
                    let state = of_class(self.follow, &registered, &collected, of);
                    // Taken out again, or refused: as if nobody had registered it.
                    if let RowState::Dead(_) = state {
                        continue;
                    }
                    if state != RowState::Alive {
                        row.registered.state = state;
                    }
                } else if rule.modules
                    && !self.loads.is_registered(&file.name)
                    && !self.is_imported_by_registered(&row, file)
                {
                    let why = "counts where its module is registered";
                    row.registered.state = RowState::Unknown(String::from(why));
                }
                if !is_of_class && rule.classes.is_some() && row.registered.state == RowState::Alive
                {
                    row.registered.state = self.of_method(site, &registered);
                }
                if row.registered.state == RowState::Alive
                    && let Some(state) = self.of_projects(rule, site, &projects)
                {
                    row.registered.state = state;
                }
                if rule.only_executed
                    && row.registered.state == RowState::Alive
                    && let Some(function) = site.waits_for()
                {
                    let why = format!("registered when `{function}` is called");
                    row.registered.state = RowState::Unknown(why);
                }
                let is_absent = !self.loads.has(&site.root);
                let never = self.loads.never.get(&site.root).filter(|_| is_absent);
                if let (Some(why), RowState::Alive) = (never, &row.registered.state) {
                    row.registered.state = RowState::NeverImported(why.clone());
                }
                if let (Some(why), RowState::Alive) = (unsure, &row.registered.state) {
                    row.registered.state = RowState::Unknown(why.clone());
                }
                let perhaps = self.loads.perhaps_reached.get(&site.root);
                let is_own = self.own.contains(&site.root);
                if let Some(why) = perhaps.filter(|_| is_absent && !is_own)
                    && row.registered.state == RowState::Alive
                {
                    row.registered.state = RowState::Unknown(why.clone());
                }
                let taken = framework.registry.iter().find_map(|it| it.prefix.as_ref());
                if let Some(prefix) = taken {
                    self.matching
                        .called_for(&mut row, site, prefix, (self.sites, self.ran));
                }
                if let (Some(prefixes), Some(first)) = (&prefixes, &first) {
                    let object = site.taken().or(row.object.as_ref());
                    let own = first.get(&place(site)).copied().unwrap_or(at);
                    row.turn = self.matching.turn(prefixes, object.map(|it| &**it), own);
                }
                if let Some((file, start, end)) = &site.reason {
                    row.registered.at = Some(file.spot(*start, *end));
                    row.registered.distribution = self.follow.modules.distribution(file);
                    row.is_brought = self.is_kept_in(rule, file);
                }
                if rule.namespace && !is_of_class && !self.is_looked_at(rule, &site.root) {
                    held.push(Waiting {
                        row,
                        module: site.root.clone(),
                        bound: site.bound.clone(),
                    });
                    continue;
                }
                let others = if is_of_class && row.registered.state == RowState::Alive {
                    self.of_others(&registered, &mut row)
                } else {
                    vec![]
                };
                let bound = site.bound.as_deref();
                met.extend(row.defined.as_ref().map(|it| met_as(it, bound)));
                match (&prefixes, &rule.prefix) {
                    (Some(taken), Some(prefix)) => {
                        rows.extend(self.matching.prefixed(row, prefix, taken));
                    }
                    _ => rows.push(row),
                }
                rows.extend(others);
            }
        }
        for way in rule.by.iter().filter(|it| !it.named.is_empty()) {
            rows.extend(self.named(&way.named));
            let mut met: FxHashSet<&str> = FxHashSet::default();
            let is_in = |it: &&Object| !matches!(it.1, RowState::Dead(_));
            for (class, state, known_as) in registered.iter().filter(is_in) {
                let is_another = !met.insert(&class.path);
                let mut all = self.methods(&way.named, class, state);
                if let Some(known_as) = known_as.as_ref().filter(|_| is_another) {
                    let of = format!("{} {known_as}", class.path);
                    for row in &mut all {
                        row.of = Some(of.clone());
                    }
                }
                rows.extend(all);
            }
        }
        rows.extend(self.stand_ins(rule, &collected));
        if rule.namespace {
            rows.extend(self.namespaces(rule, &met, &held));
            for mut row in held.into_iter().map(|it| it.row) {
                let leads = &row.registered.leads;
                if !rows.iter().any(|it| it.registered.leads == *leads) {
                    let why = "counts where a module has it that is loaded";
                    row.registered.state = RowState::Unknown(String::from(why));
                    rows.push(row);
                }
            }
        }
        if rule.settings.is_some() {
            let collecting = self.collecting(rule);
            for row in &mut rows {
                let defined = row.defined.as_ref();
                if row.is_brought
                    || defined.is_some_and(|it| self.is_of_registered(&registered, it))
                {
                    continue;
                }
                let file = defined.and_then(|it| it.file.as_ref());
                if let RowState::Alive | RowState::Unknown(_) = row.registered.state
                    && let Some(file) = file.filter(|it| it.is_project)
                    && (!self.loads.has(&file.name) || collecting.is_found(file))
                    && let Some(state) = collecting.leaves_out(&file.path)
                {
                    row.registered.state = state;
                }
            }
        }
        if let Some(order) = &rule.order {
            let mut known = FxHashMap::default();
            if !order.phases.is_empty() {
                // Who registers an object is called in an order itself.
                let mut without = rows.clone();
                self.in_turn((framework, rule, order), &mut without, &known);
                known = called(&without);
            }
            self.in_turn((framework, rule, order), &mut rows, &known);
        }
        self.with_ran(rule, analysis, &mut rows);
        refused(&mut rows, &refusals);
        if rule.in_turn {
            rows.sort_by(|one, other| one.turn.cmp(&other.turn));
        }
        if let Some(usual) = rule.usual_priority {
            by_priority(&mut rows, usual);
        }
        once(&mut rows, rule);
        beneath(&mut rows);
        same(&mut rows, analysis);
        if rule.unique {
            unique(&mut rows);
        }
        collide(&mut rows, rule, analysis);
        rows.into_iter().map(Row::told).collect()
    }

    /// Whether code that nobody is seen to call takes something out for a while alone: the class, or the function, in which it stands puts
    /// it back.
    fn is_put_back(&self, gone: &Row, rule: &Rule, site: &Site) -> bool {
        let around = |it: &Site| it.scope.frames.first().map(|it| it.qualname.clone());
        let Some(own) = around(site) else {
            return false;
        };
        let file = &site.scope.file.name;
        let beside = self.sites.iter().filter(|it| {
            it.scope.file.name == *file
                && it.start != site.start
                && around(it).as_ref() == Some(&own)
        });
        let mut back = beside.flat_map(|it| self.matching.rows(&rule.by, it));
        back.any(|it| {
            let (it, gone) = (&it.registered, &gone.registered);
            (&it.key, &it.leads) == (&gone.key, &gone.leads)
        })
    }

    /// Whether what a module does counts for a registry.
    fn counts(&self, rule: &Rule, module: &Name, is_project: bool) -> bool {
        let is_loaded = self.loads.has(module);
        if rule.only_loaded {
            // Where nothing is known to be loaded, what the project has is all there is to say.
            return is_loaded || self.loads.modules.is_empty() && is_project;
        }
        let was_loaded = rule.keeps && self.loads.was_loaded(module);
        is_loaded || is_project || was_loaded || rule.reached || self.loads.hosts.contains(module)
    }

    /// Whether a framework looks at what a module has.
    fn is_looked_at(&self, rule: &Rule, module: &Name) -> bool {
        self.loads.has(module)
            || rule.keeps && self.loads.was_loaded(module)
            || self.is_named_so(rule, module)
    }

    /// Whether a framework looks at a module's file because of its name.
    pub(super) fn is_named_so(&self, rule: &Rule, module: &Name) -> bool {
        let file = self.follow.modules.source(module);
        file.is_some_and(|file| self.collecting(rule).has_file(&file))
    }

    /// Which names count for a registry.
    pub(super) fn collecting(&self, rule: &Rule) -> Rc<Collecting> {
        let mut known = self.collecting.borrow_mut();
        let named = known.entry(rule.name.clone());
        let made = || Rc::new(Collecting::new(rule, self.follow));
        Rc::clone(named.or_insert_with(made))
    }

    /// What a row says of a thing.
    pub(super) fn leads(&self, thing: &Thing) -> Leads {
        self.matching.leads(thing, "")
    }

    fn loaded(&self, rule: &Rule) -> Vec<Row> {
        let collecting = rule.settings.as_ref().map(|_| self.collecting(rule));
        let left_out = |module: &Name| {
            let collecting = collecting.as_ref()?;
            let file = self.follow.modules.source(module)?;
            let is_found = file.is_project && collecting.is_found(&file);
            collecting.leaves_out(&file.path).filter(|_| is_found)
        };
        let rows = self.loads.rows.iter().map(|it| {
            let module = Thing::Module(it.module.clone());
            let leads = match &it.leads {
                Some(thing) => self.matching.leads(thing, &it.key),
                None => self.matching.leads(&module, &it.key),
            };
            let mut registered = Registered::new(Some(it.key.clone()), leads);
            registered.at.clone_from(&it.spot);
            registered.distribution.clone_from(&it.distribution);
            registered.by.clone_from(&it.by);
            registered.state = match &it.missing {
                Some(why) if self.loads.is_path_open && !it.is_refused => RowState::Unknown(
                    format!("{why}, unless it stands where `sys.path` is made to lead"),
                ),
                Some(why) if it.is_refused => RowState::Refused(why.clone()),
                Some(why) => RowState::Dead(why.clone()),
                None => match self.loads.unsure.get(&it.module) {
                    Some(why) => RowState::Unknown(why.clone()),
                    None => left_out(&it.module).unwrap_or(RowState::Alive),
                },
            };
            row(registered)
        });
        rows.collect()
    }

    /// The functions of loaded modules whose name begins so.
    fn named(&self, begin: &str) -> Vec<Row> {
        let mut rows = vec![];
        for module in &self.loads.modules {
            let Some(file) = self.follow.modules.source(module) else {
                continue;
            };
            let scope = Scope::of(&file);
            let mut names: Vec<&Name> = file.table.names().collect();
            names.retain(|it| it.starts_with(begin));
            names.sort();
            for name in names {
                let Thing::Defined(defined) = self.follow.name(name, &scope) else {
                    continue;
                };
                if let What::Function(_) = &defined.what {
                    let mut row = self.of_namespace(name.to_string(), &defined, &file);
                    let defines = if file.table.is_certain(name) {
                        Some(true)
                    } else {
                        self.follow.defines(&file, name)
                    };
                    match defines {
                        Some(true) => {}
                        Some(false) if defined.path == format!("{}:{name}", file.name) => continue,
                        _ => {
                            let why = "whether it is defined hangs on a condition";
                            row.registered.state = RowState::Unknown(String::from(why));
                        }
                    }
                    rows.push(row);
                }
            }
        }
        rows
    }

    /// What loaded modules have imported that a rule's decorator marks.
    fn namespaces(&self, rule: &Rule, met: &FxHashSet<String>, held: &[Waiting]) -> Vec<Row> {
        let mut rows = vec![];
        let names = rule.by.iter().flat_map(|it| &it.call);
        let names: FxHashSet<&str> = names
            .filter_map(|it| it.rsplit([':', '.']).next())
            .collect();
        let is_named = |it: &str| names.contains(it);
        let mut met = met.clone();
        let own = self.own.iter().filter(|it| !self.loads.has(it));
        let mut own: Vec<&Name> = own.filter(|it| self.is_looked_at(rule, it)).collect();
        own.sort();
        for module in self.loads.modules.iter().chain(own) {
            let Some(file) = self.follow.modules.source(module) else {
                continue;
            };
            let scope = Scope::of(&file);
            let from = rows.len();
            for name in self.names_in(&file) {
                // What a call in another module has made is met there.
                let made = self.made_under(&file, &name, held);
                if !made.is_empty() {
                    let is_new = |it: &&&Waiting| {
                        let at = &it.row.registered;
                        met.insert(format!("{:?} {:?} {:?}", at.key, at.leads, it.bound))
                    };
                    let new: Vec<&&Waiting> = made.iter().filter(is_new).collect();
                    rows.extend(new.into_iter().map(|it| it.row.clone()));
                    continue;
                }
                let defined = match self.follow.name(&name, &scope) {
                    Thing::Defined(it) => it,
                    Thing::Value(of, value) => {
                        let key = format!("{}:{name}", of.file.name);
                        if of.file.name != file.name
                            && of.frames.is_empty()
                            && met.insert(key)
                            && let Some(site) =
                                by_hand(self.follow, Some(&name), &value, &of, &is_named)
                        {
                            rows.extend(self.matching.rows(&rule.by, &site));
                        }
                        continue;
                    }
                    _ => continue,
                };
                let (What::Function(def), Some(of)) = (&defined.what, &defined.file) else {
                    continue;
                };
                // `buyer = customer` in the module itself is another one.
                let is_own = of.name == file.name && (name == def.name || !rule.namespace);
                if is_own || !met.insert(met_as(&defined, Some(&name))) {
                    continue;
                }
                for mut site in decorators(self.follow, def, of, &defined) {
                    // `from shop import customer as buyer`
                    site.bound = (name != def.name).then(|| name.clone());
                    rows.extend(self.matching.rows(&rule.by, &site));
                }
            }
            // Where it stands itself does not matter.
            let is_kept = || self.collecting(rule).leaves_out(&file.path).is_none();
            if rule.settings.is_some() && (self.loads.has(module) || is_kept()) {
                rows[from..].iter_mut().for_each(|it| it.is_brought = true);
            }
        }
        rows
    }

    /// The rows that wait for a module to have what a call in another one binds to a name, where this name of a file is that.
    fn made_under<'h>(
        &self,
        file: &Rc<File>,
        name: &Name,
        held: &'h [Waiting],
    ) -> Vec<&'h Waiting> {
        let is_bound = |it: &&Waiting| it.bound.is_some();
        if !held.iter().any(|it| is_bound(&it)) {
            return vec![];
        }
        let Some((of, own)) = self.follow.comes_from(file, name, 0) else {
            return vec![];
        };
        let is_it = |it: &&Waiting| it.module == of.name && it.bound.as_ref() == Some(&own);
        let is_other = of.name != file.name;
        held.iter().filter(|it| is_other && is_it(it)).collect()
    }

    /// The names that a module has, sorted: its own, and those that star imports bring.
    pub(super) fn names_in(&self, file: &Rc<File>) -> Vec<Name> {
        let mut names: Vec<Name> = file.table.names().cloned().collect();
        names.extend(self.starred(file));
        names.sort();
        names
    }

    /// The names that star imports of a file bring.
    fn starred(&self, file: &Rc<File>) -> Vec<Name> {
        let mut names = vec![];
        for (level, module) in &file.table.stars {
            let module = crate::plugins::names::follow::absolute(file, *level, module);
            if let Some(from) = module.and_then(|it| self.follow.modules.source(&it)) {
                let of = from
                    .table
                    .names()
                    .filter(|it| self.follow.gives_all(&from, it));
                names.extend(of.cloned());
            }
        }
        names
    }

    pub(super) fn of_namespace(&self, key: String, defined: &Rc<Defined>, file: &Rc<File>) -> Row {
        let leads = self.matching.leads(&Thing::Defined(defined.clone()), "");
        let mut registered = Registered::new(Some(key), leads);
        registered.at = defined.spot();
        registered.distribution = self.follow.modules.distribution(file);
        registered.by = file.name.to_string();
        let mut made = row(registered);
        made.defined = Some(defined.clone());
        made
    }
}

/// A row that waits for a module that is looked at to have what it is of.
struct Waiting {
    row: Row,
    /// The module that has it.
    module: Name,
    /// The name that a call's result is bound to there.
    bound: Option<Name>,
}

/// The path of the class in which a site stands.
pub(super) fn class_around(site: &Site) -> Option<String> {
    let around = site.scope.frames.iter().rev().find(|it| it.is_class);
    around.map(|it| format!("{}:{}", site.scope.file.name, it.qualname))
}

/// Where a site stands.
fn place(site: &Site) -> (Name, u32) {
    (site.scope.file.name.clone(), site.start)
}

/// The first of the sites at each place, those before others that code comes by which runs from its beginning.
fn firsts(sites: &[Site]) -> FxHashMap<(Name, u32), usize> {
    let mut found: FxHashMap<(Name, u32), usize> = FxHashMap::default();
    for (at, site) in sites.iter().enumerate() {
        let known = found.entry(place(site)).or_insert(at);
        if sites[*known].is_handed() && !site.is_handed() {
            *known = at;
        }
    }
    found
}

/// A function under a name that a module has for it; its own where nothing is said.
fn met_as(defined: &Defined, name: Option<&str>) -> String {
    let own = match &defined.what {
        What::Function(def) => def.name.as_str(),
        _ => "",
    };
    format!("{} {}", defined.path, name.unwrap_or(own))
}

/// A row that stands for itself, of no object.
pub(super) fn row(registered: Registered) -> Row {
    Row {
        registered,
        object: None,
        defined: None,
        of: None,
        is_brought: false,
        is_beneath: false,
        round: None,
        same_as: None,
        priority: None,
        turn: vec![],
        keyed: None,
    }
}
