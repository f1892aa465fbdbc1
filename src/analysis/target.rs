//! What a person means by a target: `pkg.mod:Class`, `pkg.mod.Class`, `Class`, `path.py:LINE`.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Module, ModuleOrigin, Target};
use crate::cpython::{Facts, Global};
use crate::semantics::{ClassId, ClassPath, Origin};

/// How many near matches are offered.
const OFFERED: usize = 5;

/// How alike two names have to be to be offered for one another; 1 is the same.
const ALIKE: f64 = 0.8;

impl Analysis {
    /// Returns the class a target stands for, or those it may stand for, or those spelled much like it.
    pub fn find(&self, target: &str) -> Target {
        let target = target.trim();
        if let Some((path, line)) = place(target) {
            return self.at_line(path, line);
        }
        if let Some((module, qualname)) = target.split_once(':') {
            return match self.named(module.trim(), qualname.trim()) {
                Some(class) => Target::Class(class),
                None => Target::Unknown(self.near(target)),
            };
        }
        // The longest module first: `pkg.mod.Class` is rarely a class nested in something of `pkg`.
        for (dot, _) in target.rmatch_indices('.') {
            if let Some(class) = self.named(&target[..dot], &target[dot + 1..]) {
                return Target::Class(class);
            }
        }
        self.by_ending(target)
    }

    /// The module that a target stands for: by its dotted name, by its file, or by the end of its name where no other module of the project
    /// ends so.
    pub fn module_meant(&self, target: &str) -> Option<&Module> {
        let target = target.trim();
        if let Some(module) = self.module(target) {
            return Some(module);
        }
        let by_file = self.modules.iter().find(|it| {
            it.file.is_some_and(|file| {
                let file = self.file(file);
                target.contains(".py") && is_path(&file.path, &file.shown, target)
            })
        });
        let is_ending = |it: &&Module| {
            let before = it.name.strip_suffix(target);
            before.is_some_and(|before| before.ends_with('.'))
        };
        by_file.or_else(|| {
            let mut ending = self.project_modules().filter(is_ending);
            ending.next().filter(|_| ending.next().is_none())
        })
    }

    /// The class that `qualname` means in a module when its body has run: also one that is imported there.
    pub fn named(&self, module: &str, qualname: &str) -> Option<ClassId> {
        let path = ClassPath::new(module, qualname);
        let (outer, inner) = match qualname.split_once('.') {
            Some((outer, inner)) => (outer, Some(inner)),
            None => (qualname, None),
        };
        let bound = self
            .module(module)
            .and_then(|module| module.names.get(outer).copied());
        let found = match (bound, inner) {
            (Some(class), None) => Some(class),
            (Some(class), Some(inner)) => self.nested(class, inner),
            (None, _) => None,
        };
        found
            .or_else(|| self.by_path(&path).last().copied())
            .or_else(|| {
                let class = self.interpreters(module, outer)?;
                inner.map_or(Some(class), |inner| self.nested(class, inner))
            })
    }

    /// What a module of the interpreter means by a name: `io.StringIO` is made in `_io`.
    fn interpreters(&self, module: &str, name: &str) -> Option<ClassId> {
        let facts = Facts::of(self.world.python.parse().ok()?)?;
        // Ids are only the table's where the analysis began with that table.
        let last = ClassId(facts.class_count().checked_sub(1)? as u32);
        if self.classes.len() <= last.0 as usize || !self.classes.is_interpreters(last) {
            return None;
        }
        match facts.module(module)?.get(name)? {
            Global::Class(class) => Some(*class),
            Global::Module(_)
            | Global::Function(_)
            | Global::Constant(_)
            | Global::Instance { .. } => None,
        }
    }

    /// The class that a dotted name means inside a class.
    fn nested(&self, outer: ClassId, inner: &str) -> Option<ClassId> {
        inner.split('.').try_fold(outer, |outer, name| {
            let class = self.class(outer);
            let member = class.winner(name).and_then(|found| found.member.class);
            member.or_else(|| {
                let path = class.path();
                let below =
                    ClassPath::new(path.module.clone(), format!("{}.{name}", path.qualname));
                self.by_path(&below).last().copied()
            })
        })
    }

    /// The innermost class statement around a line of a file.
    fn at_line(&self, path: &str, line: u32) -> Target {
        let mut around: Option<(u32, ClassId)> = None;
        let mut in_file = vec![];
        for class in self.all_classes() {
            let id = class.id();
            let Origin::Statement { place, first, .. } = class.origin() else {
                continue;
            };
            let file = self.file(place.file);
            if !is_path(&file.path, &file.shown, path) {
                continue;
            }
            in_file.push(self.class(id).path().clone());
            let (top, bottom) = (file.line(*first), file.line(place.end.saturating_sub(1)));
            let length = bottom - top;
            if (top..=bottom).contains(&line)
                && around.is_none_or(|(shortest, _)| length <= shortest)
            {
                around = Some((length, id));
            }
        }
        if let Some((_, class)) = around {
            return Target::Class(class);
        }
        in_file.truncate(OFFERED);
        Target::Unknown(in_file)
    }

    /// The classes whose dotted path ends like this: those of the project, else of what it uses, else of the interpreter.
    fn by_ending(&self, ending: &str) -> Target {
        let name = ending.rsplit('.').next().unwrap_or(ending);
        let mut found: FxHashMap<&ClassPath, (ModuleOrigin, ClassId)> = FxHashMap::default();
        for class in self.all_classes() {
            let id = class.id();
            let path = class.path();
            if path.name() != name || !ends_in(path, ending) {
                continue;
            }
            // Where one path is made several times, the last one is what the name means.
            found.insert(path, (class.home(), id));
        }
        let Some(nearest) = found.values().map(|&(home, _)| home).min() else {
            return Target::Unknown(self.near(ending));
        };
        let mut ids: Vec<ClassId> = found
            .into_values()
            .filter_map(|(home, id)| (home == nearest).then_some(id))
            .collect();
        ids.sort_unstable();
        match ids.as_slice() {
            [only] => Target::Class(*only),
            _ => Target::Ambiguous(ids),
        }
    }

    /// Classes whose names are spelled much like the target's, the most alike first.
    fn near(&self, target: &str) -> Vec<ClassPath> {
        let wanted = target.rsplit(['.', ':']).next().unwrap_or(target);
        let dotted = target.replace(':', ".");
        let mut alike: Vec<(f64, String, ClassPath)> = vec![];
        let mut offer = |path: ClassPath, home: ModuleOrigin| {
            let name = path.name();
            let likeness = strsim::jaro_winkler(&name.to_lowercase(), &wanted.to_lowercase());
            if likeness < ALIKE {
                return;
            }
            let said = format!("{}.{}", path.module, path.qualname);
            // Names decide; the way to them and where they live tell equals apart.
            let nearer = match home {
                ModuleOrigin::Project => 0.02,
                ModuleOrigin::ThirdParty => 0.01,
                ModuleOrigin::StandardLibrary => 0.0,
            };
            let way = strsim::jaro_winkler(&said, &dotted) / 10.0;
            alike.push((likeness + way + nearer, said, path));
        };
        for class in self.all_classes() {
            offer(class.path().clone(), class.home());
        }
        for module in &self.modules {
            for name in re_exports(self, module) {
                offer(ClassPath::new(module.name.clone(), name), module.origin);
            }
        }
        alike.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        alike.dedup_by(|one, other| one.1 == other.1);
        alike
            .into_iter()
            .take(OFFERED)
            .map(|(_, _, path)| path)
            .collect()
    }
}

/// The names of a module that mean a class made elsewhere under another name; under its own it is offered where it is made.
fn re_exports<'a>(analysis: &'a Analysis, module: &'a Module) -> impl Iterator<Item = &'a str> {
    module.names.iter().filter_map(|(name, &class)| {
        (analysis.class(class).name() != name).then_some(name.as_str())
    })
}

/// Splits `path.py:12` into path and line.
fn place(target: &str) -> Option<(&str, u32)> {
    let (path, line) = target.rsplit_once(':')?;
    let line = line.parse().ok()?;
    Some((path, line))
}

/// Whether a file is the one a person names: by its whole path, by the end of it, or as it is shown.
fn is_path(path: &Path, shown: &str, named: &str) -> bool {
    let named = named.strip_prefix("./").unwrap_or(named);
    shown == named || path == Path::new(named) || path.ends_with(named)
}

/// Whether `ending` is the whole dotted path, or its end at a dot.
fn ends_in(path: &ClassPath, ending: &str) -> bool {
    let whole = format!("{}.{}", path.module, path.qualname);
    whole
        .strip_suffix(ending)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}
