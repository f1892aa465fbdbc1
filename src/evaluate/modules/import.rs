//! Imports: dotted names → modules, as the import system would find and run them.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use crate::Name;
use crate::evaluate::machine::run::{Eval, Home, ModuleState, Run, Stage};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Dict, ModuleIx, Object, Value};
use crate::evaluate::modules::finders::Turn;
use crate::evaluate::modules::first_imports::better_order;
use crate::evaluate::modules::source_files::shown_path;
use crate::semantics::{Assumption, Why};
use crate::source::{LOADED_AT_START, Located, Place, PythonVersion, is_standard_library};

/// Imports in one another.
const IMPORT_DEPTH: usize = 400;

impl Run<'_, '_> {
    /// Imports a module by its absolute name, its packages first, and returns it.
    pub(crate) fn import(&mut self, dotted: &str, at: Option<Place>) -> Eval<ModuleIx> {
        let twin = self.twin_of(dotted, at);
        let ix = self.imported(twin.as_deref().unwrap_or(dotted), at)?;
        self.note_import(ix);
        self.import_that_raises(ix, at)?;
        Ok(ix)
    }

    /// The module that is meant by a name which is another's for other files.
    pub(super) fn twin_of(&self, dotted: &str, at: Option<Place>) -> Option<Name> {
        if !self.world.own.has_twins() {
            return None;
        }
        let running = || self.module(*self.running.last()?).file;
        let file = at.map(|it| it.file).or_else(running)?;
        let importer = &self.library.file(file).path;
        self.world.own.twin(dotted, importer).cloned()
    }

    /// What a file finds under a name of a package that other files find something else under: `tests.unit` of its own project.
    pub(crate) fn twin_in(
        &self,
        package: ModuleIx,
        name: &str,
        at: Option<Place>,
    ) -> Option<Value> {
        if !self.world.own.has_twins() || self.module(package).file.is_some() {
            return None;
        }
        let full = format!("{}.{name}", self.module(package).name);
        let twin = self.twin_of(&full, at)?;
        self.loaded.get(&twin).map(|&ix| self.module_value(ix))
    }

    fn imported(&mut self, dotted: &str, at: Option<Place>) -> Eval<ModuleIx> {
        // No folders are so deep in one another.
        if dotted.split('.').count() > IMPORT_DEPTH {
            let message = format!("No module named '{dotted}'");
            return Err(self.throw(self.known.module_not_found, message, at));
        }
        if let Some(&importer) = self.running.last() {
            self.imports.insert((importer, Name::from(dotted)));
        }
        if let Some(&ix) = self.loaded.get(dotted) {
            // What it has may rest on something that was not known when it ran: had it run just now, that would count as well.
            let module = self.module(ix);
            if module.stage == Stage::Done && module.file.is_some() && !module.is_certain {
                self.unknowns += 1;
            }
            return Ok(ix);
        }
        let (parent, last) = match dotted.rsplit_once('.') {
            Some((package, last)) => {
                let ix = self.imported(package, at)?;
                self.note_import(ix);
                self.import_that_raises(ix, at)?;
                (Some(ix), last)
            }
            None => (None, dotted),
        };
        // Importing the package may have imported it.
        if let Some(&ix) = self.loaded.get(dotted) {
            return Ok(ix);
        }
        let ix = self.import_new(dotted, parent, last, at)?;
        if let Some(parent) = parent {
            self.bind_in_package(parent, &Name::from(last), ix);
        }
        Ok(ix)
    }

    /// Imports these modules for themselves, in this order, as soon as what the environment runs at its start has run.
    pub(crate) fn import_all(&mut self, modules: &[&Name]) {
        self.start_up();
        for module in modules {
            if self.better_order.is_some() {
                return;
            }
            self.import_as_root(module);
        }
        // What comes after that imports in no order of ours.
        self.roots.clear();
    }

    /// Notes that an import has found a module of the project half made. The first time, an order of imports is looked for in which that does
    /// not happen; where there is one, this run ends here, as another begins.
    pub(super) fn meets_circle(&mut self) {
        self.circles += 1;
        if self.circles == 1 && !self.roots.is_empty() {
            let roots = std::mem::take(&mut self.roots);
            self.better_order = better_order(self.world, self.library.sheets(), &roots);
            if self.better_order.is_some() {
                self.library.pause();
            }
        }
    }

    /// Imports a module of the project for itself: nobody stands ready to catch what it raises.
    pub(crate) fn import_as_root(&mut self, dotted: &str) {
        // A module that raises while a `try` of another imports it is run again here, and goes on after what raises.
        let imported = self.imported(dotted, None);
        if let Ok(ix) = imported {
            self.note_import(ix);
        }
        let Some(located) = self.world.own.module(dotted) else {
            return;
        };
        let Ok(ix) = imported else {
            // A package around it raises, and nobody comes by it; what it says is read all the same.
            if !self.loaded.contains_key(dotted) {
                let _ = self.import_located(dotted, located, Home::Project, None);
            }
            return;
        };
        match self.module(ix).file {
            // Another module may stand in its place, as `_frozen_importlib` does for `importlib._bootstrap`: its file is run all the same.
            None => {
                let _ = self.import_located(dotted, located, Home::Project, None);
                self.loaded.insert(Name::from(dotted), ix);
            }
            // An import finds another file, where a package has changed its `__path__`.
            Some(file) if Some(&*self.library.file(file).path) != located.source() => {
                let name = from_further_out(dotted, located);
                let _ = self.import_located(&name, located, Home::Project, None);
            }
            Some(_) => {}
        }
    }

    fn import_new(
        &mut self,
        dotted: &str,
        parent: Option<ModuleIx>,
        last: &str,
        at: Option<Place>,
    ) -> Eval<ModuleIx> {
        if !LOADED_AT_START.contains(&dotted)
            && let Some(ix) = self.found_by_finder(dotted, parent, Turn::BeforeFiles, at)?
        {
            return Ok(ix);
        }
        if let Some(parent) = parent {
            if self.module(parent).home == Home::Table {
                let is_told = self.world.facts.module(dotted).is_some();
                let own = self.world.own.located(dotted).filter(|_| !is_told);
                return match own {
                    Some(located) => self.import_located(dotted, &located, Home::Project, at),
                    None => self.import_from_table(dotted, at),
                };
            }
            if let Some(gap) = self.module(parent).gap {
                return Ok(self.new_module(dotted, None, Home::Namespace, false, &[], Some(gap)));
            }
            let folders = self.search_path(parent);
            let home = self.module(parent).home;
            let found = match home {
                Home::Project => self
                    .world
                    .project
                    .find_in(&folders, last)
                    .map(|it| (it, Home::Project)),
                _ => None,
            };
            let found = found.or_else(|| {
                self.world
                    .installed
                    .find_in(&folders, last)
                    .map(|it| (it, home))
            });
            // Files of the project that no package gives are read under their names all the same.
            let own = || Some((self.world.own.located(dotted)?, Home::Project));
            return match found.or_else(own) {
                Some((located, home)) => self.import_located(dotted, &located, home, at),
                None => self.found_last(dotted, Some(parent), at),
            };
        }
        let has_table = self.world.facts.module(dotted).is_some();
        if has_table && !self.world.is_standard_library && LOADED_AT_START.contains(&dotted) {
            return self.import_from_table(dotted, at);
        }
        if has_table && self.world.project_is_installed {
            return self.import_from_table(dotted, at);
        }
        if let Some((located, home)) = self.found_along_path(dotted, has_table) {
            return self.import_located(dotted, &located, home, at);
        }
        if has_table {
            return self.import_from_table(dotted, at);
        }
        if let Some(located) = self.world.own.located(dotted) {
            return self.import_located(dotted, &located, Home::Project, at);
        }
        if dotted == "__main__" {
            // The program that runs is always there, and which one that is nobody knows.
            let gap = match self.gap(Why::Input, dotted, at) {
                Value::Gap(gap) => Some(gap),
                _ => None,
            };
            return Ok(self.new_module(dotted, None, Home::Namespace, true, &[], gap));
        }
        if self.world.is_complete {
            return self.found_last(dotted, None, at);
        }
        // It may be installed where we cannot look: the import is taken to succeed, its names are gaps.
        let gap = self.gap(
            Why::NotInstalled {
                module: Name::from(dotted),
            },
            dotted,
            at,
        );
        let Value::Gap(gap) = gap else {
            return Err(self.not_found(dotted, at));
        };
        Ok(self.new_module(dotted, None, Home::Namespace, true, &[], Some(gap)))
    }

    /// Where a name without dots leads: along the project's roots, then along what is installed.
    ///
    /// A folder without `__init__.py` gives way to a module or package of its name anywhere on the path; where there is none, all the folders
    /// of the path that bear the name are one package (PEP 420).
    fn found_along_path(&self, dotted: &str, has_table: bool) -> Option<(Located, Home)> {
        let ours = self.world.project.find(dotted);
        // What Python is started beside of counts where it is started only.
        let is_elsewhere = |it: &Located| {
            has_table
                && it.source().is_some_and(|it| self.world.own.has_file(it))
                && self.world.own.module(dotted).is_none()
        };
        let ours = match ours {
            Some(Located::Namespace(_)) if has_table => None,
            Some(located) if is_elsewhere(&located) => None,
            ours => ours,
        };
        if has_table {
            return ours.map(|it| (it, Home::Project));
        }
        match (ours, self.world.installed.find(dotted)) {
            (Some(Located::Namespace(mut folders)), Some(Located::Namespace(theirs))) => {
                let others = theirs.into_iter().filter(|it| !folders.contains(it));
                let others: Vec<PathBuf> = others.collect();
                folders.extend(others);
                Some((Located::Namespace(folders), Home::Project))
            }
            (Some(Located::Namespace(_)) | None, Some(theirs)) => Some((theirs, Home::Installed)),
            (ours, _) => ours.map(|it| (it, Home::Project)),
        }
    }

    fn found_last(
        &mut self,
        dotted: &str,
        parent: Option<ModuleIx>,
        at: Option<Place>,
    ) -> Eval<ModuleIx> {
        let found = self.found_by_finder(dotted, parent, Turn::AfterFiles, at)?;
        found.ok_or_else(|| self.not_found(dotted, at))
    }

    /// Whether importing a module imports another too, as far as imports have been made.
    pub(crate) fn comes_with(&self, module: &str, other: ModuleIx) -> bool {
        let mut wanted: Vec<Name> = vec![Name::from(module)];
        let mut seen: FxHashSet<Name> = FxHashSet::default();
        while let Some(name) = wanted.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            if let Some((package, _)) = name.rsplit_once('.') {
                wanted.push(Name::from(package));
            }
            let Some(&ix) = self.loaded.get(&name) else {
                continue;
            };
            if ix == other {
                return true;
            }
            let made = self.imports.iter().filter(|(importer, _)| *importer == ix);
            wanted.extend(made.map(|(_, imported)| imported.clone()));
        }
        false
    }

    /// What an import of a module gives: the module, or what it has put into `sys.modules` in its own place.
    pub(crate) fn module_value(&self, ix: ModuleIx) -> Value {
        let name = &self.module(ix).name;
        self.replaced
            .get(name)
            .cloned()
            .unwrap_or(Value::Module(ix))
    }

    /// Whether the module of this name is neither in the project nor in the interpreter's table nor installed in view.
    pub(crate) fn is_out_of_view(&self, dotted: &str) -> bool {
        let top = dotted.split('.').next().unwrap_or(dotted);
        if self
            .loaded
            .get(top)
            .is_some_and(|&ix| self.module(ix).gap.is_none())
        {
            return false;
        }
        self.world.facts.module(top).is_none()
            && self.world.project.find(top).is_none()
            && self.world.installed.find(top).is_none()
    }

    fn not_found(
        &mut self,
        dotted: &str,
        at: Option<Place>,
    ) -> Box<crate::evaluate::machine::flow::Thrown> {
        let message = format!("No module named '{dotted}'");
        let mut thrown = self.throw(self.known.module_not_found, message, at);
        // What is not installed here, or not built, may be there where the code runs: no class statement ends with it for certain.
        let top = dotted.split('.').next().unwrap_or(dotted);
        thrown.is_certain &= is_standard_library(top);
        thrown
    }

    fn import_from_table(&mut self, dotted: &str, at: Option<Place>) -> Eval<ModuleIx> {
        let facts = self.world.facts.clone();
        let Some(module) = facts.module(dotted) else {
            return Err(self.not_found(dotted, at));
        };
        let ix = self.new_module(dotted, None, Home::Table, module.is_package(), &[], None);
        self.open_described(ix, dotted, at);
        Ok(ix)
    }

    /// The folders a package's submodules are looked for in: what its `__path__` holds now.
    pub(super) fn search_path(&mut self, package: ModuleIx) -> Vec<PathBuf> {
        let scope = self.module(package).scope;
        if let Some(binding) = self.scope(scope).names.get("__path__") {
            let value = binding.value.clone();
            let (items, _) = self.iterate(&value);
            let folders: Vec<PathBuf> = items
                .iter()
                .filter_map(|it| self.str_of(it))
                .map(|it| PathBuf::from(it.as_str()))
                .collect();
            if !folders.is_empty() {
                return folders;
            }
        }
        self.module(package).path.clone()
    }

    pub(super) fn import_located(
        &mut self,
        dotted: &str,
        located: &Located,
        home: Home,
        at: Option<Place>,
    ) -> Eval<ModuleIx> {
        let mut folders = located.folders();
        let package = located.is_package();
        let is_own = match located.source() {
            Some(source) => self.world.own.has_file(source),
            None => home == Home::Project && self.world.is_own(dotted),
        };
        let home = match home {
            _ if is_own => Home::Project,
            Home::Project => Home::Installed,
            home => home,
        };
        let Some(source) = located.source().map(Path::to_path_buf) else {
            if matches!(located, Located::Namespace(_)) {
                return Ok(self.new_module(dotted, None, home, true, &folders, None));
            }
            if self.world.facts.module(dotted).is_some() {
                return self.import_from_table(dotted, at);
            }
            let Value::Gap(gap) = self.no_source(dotted, at) else {
                return Err(self.not_found(dotted, at));
            };
            return Ok(self.new_module(dotted, None, home, package, &folders, Some(gap)));
        };
        let is_compiled = matches!(located, Located::Extension { .. });
        let file = self.library.open(&source, || shown_path(dotted, package));
        let refused = file.and_then(|file| self.refused_at(file));
        let is_undecodable = file.is_none() && self.library.is_undecodable(&source);
        if is_compiled && (file.is_none() || refused.is_some()) {
            let ix = self.new_module(dotted, None, home, package, &folders, None);
            self.give_nothing(ix, self.why_no_source(dotted), at);
            return Ok(ix);
        }
        if (is_undecodable || refused.is_some()) && self.handlers > 0 {
            return Err(self.does_not_compile(refused.or(at)));
        }
        if is_undecodable {
            let ix = self.new_module(dotted, None, home, package, &folders, None);
            self.give_nothing(ix, Why::DoesNotCompile, at);
            self.module_mut(ix).raises = Some(self.does_not_compile(at));
            return Ok(ix);
        }
        let Some(file) = file else {
            return Err(self.throw(
                self.known.import_error,
                format!("cannot read '{dotted}'"),
                at,
            ));
        };
        let first = self.imported_after.get(dotted).cloned();
        if package && self.declares_namespace(file) {
            let mut portions = self.portions(dotted);
            portions.retain(|it| !folders.contains(it));
            folders.extend(portions);
        }
        let ix = self.new_module(dotted, Some((file, &source)), home, package, &folders, None);
        self.module_mut(ix).is_compiled = is_compiled;
        if let Some(first) = first {
            let what = format!("`{first}` is imported first");
            let assumption = Assumption { what, at: None };
            self.module_mut(ix).assumptions.push(assumption);
        }
        let run = self.run_module(ix);
        if is_compiled {
            self.module_mut(ix).raises = None;
            self.module_mut(ix).lacks = None;
        }
        if is_compiled && run.is_err() {
            // The compiled file is what is imported, and need not raise what the source beside it does.
            self.loaded.insert(Name::from(dotted), ix);
            self.module_mut(ix).stage = Stage::Done;
            self.give_nothing(ix, self.why_no_source(dotted), at);
            return Ok(ix);
        }
        run?;
        if refused.is_some() {
            self.leave_uncompiled(ix);
            self.module_mut(ix).raises = Some(self.does_not_compile(refused));
        }
        // A module may put another into `sys.modules` in its own place.
        Ok(self.loaded.get(dotted).copied().unwrap_or(ix))
    }

    pub(super) fn new_module(
        &mut self,
        dotted: &str,
        file: Option<(crate::source::FileId, &Path)>,
        home: Home,
        package: bool,
        path: &[PathBuf],
        gap: Option<crate::evaluate::machine::value::GapId>,
    ) -> ModuleIx {
        let ix = ModuleIx(self.modules.len() as u32);
        let scope = self.push_scope(ScopeKind::Module, None, ix);
        let name = Name::from(dotted);
        let stage = if file.is_some() {
            Stage::Running
        } else {
            Stage::Done
        };
        let saved = std::mem::take(&mut self.journals);
        self.modules.push(ModuleState {
            is_watched: self.world.watched.has_module(&name),
            name: name.clone(),
            file: file.map(|(id, _)| id),
            package,
            path: path.to_vec(),
            scope,
            home,
            is_compiled: false,
            stage,
            gap,
            open: None,
            raises: None,
            lacks: None,
            classes: vec![],
            no_classes: vec![],
            is_certain: false,
            assumptions: vec![],
            history: vec![],
        });
        self.loaded.insert(name.clone(), ix);
        let parent = if package {
            dotted
        } else {
            dotted.rsplit_once('.').map_or("", |(parent, _)| parent)
        };
        // In the order in which CPython sets them (`module_init_dict`, `importlib._bootstrap._init_module_attrs`, `exec`), which
        // `list(globals())` shows.
        let mut names = vec![("__name__", Value::str(dotted))];
        if file.is_some() {
            names.push(("__doc__", Value::None));
        }
        names.push(("__package__", Value::str(parent)));
        let folders = package.then(|| {
            let folders = path.iter().map(|it| Value::str(&it.to_string_lossy()));
            let folders = folders.collect();
            self.list(folders)
        });
        if let Some((_, path)) = file
            && let Some(loader) = self.module_loader(dotted, &path.to_string_lossy())
        {
            names.push(("__loader__", loader.clone()));
            let within = folders.clone().unwrap_or(Value::None);
            let read = (loader, &*path.to_string_lossy(), within);
            names.extend(self.module_spec(ix, Some(read)).map(|it| ("__spec__", it)));
        }
        names.extend(folders.map(|it| ("__path__", it)));
        if let Some((_, path)) = file {
            names.push(("__file__", Value::str(&path.to_string_lossy())));
            names.push(("__cached__", Value::str(&cached(path, self.world.version))));
            let open = Dict {
                open: true,
                ..Dict::default()
            };
            names.push(("__builtins__", self.allocate(Object::Dict(open))));
        }
        for (name, value) in names {
            self.bind(scope, &Name::const_new(name), value, None);
        }
        self.journals = saved;
        ix
    }

    /// Runs a module's body. Where nobody stands ready to catch what it raises, it goes on after the statement.
    pub(super) fn run_module(&mut self, ix: ModuleIx) -> Eval<()> {
        let (file, scope) = (self.module(ix).file, self.module(ix).scope);
        let Some(file) = file else { return Ok(()) };
        if self.running.len() > IMPORT_DEPTH {
            return Ok(());
        }
        let syntax = self.library.syntax(file);
        self.settle_reads();
        let followed = self.touched.suspend();
        let saved_journals = std::mem::take(&mut self.journals);
        let saved_steps = self.grant_module();
        let saved_depth = std::mem::take(&mut self.depth);
        let saved_floor = std::mem::take(&mut self.floor);
        let saved_handlers = std::mem::replace(&mut self.outer_handlers, self.handlers);
        let saved_own_handlers = std::mem::take(&mut self.own_handlers);
        let saved_making = std::mem::take(&mut self.making);
        let saved_loops = std::mem::take(&mut self.loops);
        let saved_callers = std::mem::take(&mut self.callers);
        self.running.push(ix);
        let began = std::mem::replace(&mut self.began_with, (self.undecided, self.unknowns));
        let was_behind = self.is_behind_end();
        let mut failed = None;
        for stmt in &syntax.body {
            if self.better_order.is_some() {
                break;
            }
            match self.exec(stmt, scope) {
                crate::evaluate::machine::flow::Flow::Raise(thrown)
                    if self.handlers > 0 && self.ends_import(&thrown) =>
                {
                    failed = Some(thrown);
                    break;
                }
                crate::evaluate::machine::flow::Flow::Raise(mut thrown) => {
                    let at = self.place(scope, stmt.start, stmt.end);
                    self.note_ended(&thrown);
                    self.is_not_caught(&mut thrown);
                    self.pass_over(ix, &thrown, at);
                    self.go_on_after(stmt, &thrown, scope);
                }
                _ => {}
            }
        }
        self.module_mut(ix).is_certain = self.is_certain_so_far();
        self.running.pop();
        // Where nobody stands ready, the import of who imports this one has ended too.
        if !was_behind && (self.running.is_empty() || self.handlers > 0) {
            self.undo_behind();
        }
        self.began_with = began;
        self.depth = saved_depth;
        self.floor = saved_floor;
        self.outer_handlers = saved_handlers;
        self.own_handlers = saved_own_handlers;
        self.making = saved_making;
        self.loops = saved_loops;
        self.callers = saved_callers;
        self.steps = saved_steps;
        self.journals = saved_journals;
        self.touched.resume(followed);
        self.scope_ends(scope);
        if let Some(thrown) = failed {
            self.module_mut(ix).stage = Stage::Failed;
            let name = self.module(ix).name.clone();
            self.loaded.remove(&name);
            Err(thrown)
        } else {
            self.module_mut(ix).stage = Stage::Done;
            Ok(())
        }
    }
}

/// The name of a module from the folder around its import root.
fn from_further_out(dotted: &str, located: &Located) -> String {
    let path = located.source().map(|it| it.with_extension(""));
    let path = path.unwrap_or_default();
    let path = match located {
        Located::Package { .. } => path.parent().unwrap_or(&path),
        _ => &path,
    };
    let parts: Vec<String> = path
        .components()
        .map(|it| it.as_os_str().to_string_lossy().replace('.', "_"))
        .collect();
    let wanted = dotted.split('.').count() + 1;
    parts[parts.len().saturating_sub(wanted)..].join(".")
}

/// `importlib.util.cache_from_source(path)`.
fn cached(path: &Path, version: PythonVersion) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let (major, minor) = (version.major, version.minor);
    let name = format!("{stem}.cpython-{major}{minor}.pyc");
    path.with_file_name("__pycache__")
        .join(name)
        .to_string_lossy()
        .into_owned()
}
