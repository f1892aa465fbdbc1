//! A module at rest: its names and what they hold, its imports, what is not known of it; and one of its values, a level deeper.

use crate::Name;
use crate::evaluate::exact::at_rest::AtRest;
use crate::evaluate::machine::budget::stack_here;
use crate::evaluate::machine::run::{Home, Run};
use crate::evaluate::machine::value::{Code, Function, ModuleIx, Object, Value};
use crate::evaluate::shown::repr::Limits;
use crate::semantics::{
    Bound, Gap, ImportedFrom, Inside, InsideEntry, ModuleImport, ModuleName, ModuleStory, Registry,
};
use crate::source::{FileId, Place};
use crate::syntax::{Block, Imported, StmtKind};

/// How much of what a value holds is shown.
const MOST_ENTRIES: usize = 20_000;
/// How many steps a way into a value may have.
const MOST_STEPS: usize = 32;
/// Characters that all values of a page may have together.
const MOST_SHOWN: usize = 1 << 22;
/// What the import system gives a module (`importlib._bootstrap._init_module_attrs`).
const OF_IMPORTS: [&str; 8] = [
    "__name__",
    "__package__",
    "__file__",
    "__path__",
    "__loader__",
    "__spec__",
    "__cached__",
    "__builtins__",
];
/// Bytes of the head of a function that are looked at.
const MOST_HEAD: usize = 2_000;

impl AtRest<'_, '_> {
    /// What a module holds, and what the value holds that is reached like this from one of its names; none where the run has no such module.
    pub fn module_story(
        &mut self,
        module: &str,
        inside: Option<&str>,
        limits: &Limits,
    ) -> Option<Box<ModuleStory>> {
        self.run.stack_base = stack_here();
        let ix = *self.run.loaded.get(module)?;
        let state = self.run.module(ix);
        if !matches!(
            state.home,
            Home::Project | Home::Installed | Home::Namespace
        ) {
            return None;
        }
        let raises = state.raises.clone().map(|thrown| {
            let class = thrown
                .class
                .map(|it| Name::from(self.run.classes.get(it).path.name()));
            let message = self.run.message_of(&thrown);
            (class.unwrap_or_default(), message, self.known(thrown.at))
        });
        let registries = self.registries_of(module);
        let looking = Looking {
            run: &self.run,
            limits,
            classes: self.classes,
            files: self.files,
        };
        let mut story = looking.story(ix);
        story.raises = raises;
        story.registries = registries;
        story.inside = inside.and_then(|path| looking.inside(ix, path));
        Some(Box::new(story))
    }

    fn known(&self, place: Option<Place>) -> Option<Place> {
        place.filter(|it| it.file.index() < self.files)
    }

    /// The registries whose names begin in a module. They are gathered once: nothing that runs afterwards registers anything.
    fn registries_of(&mut self, module: &str) -> Vec<Registry> {
        if self.gathered.is_none() {
            self.gathered = Some(self.registries());
        }
        let is_here = |it: &&Registry| {
            let name = it.name.split_once(':');
            name.is_some_and(|(of, _)| of == module)
        };
        let gathered = self.gathered.iter().flatten();
        gathered.filter(is_here).cloned().collect()
    }
}

/// What is looked at, and how.
struct Looking<'r, 'w, 's> {
    run: &'r Run<'w, 's>,
    limits: &'r Limits,
    classes: u32,
    files: usize,
}

impl Looking<'_, '_, '_> {
    fn story(&self, ix: ModuleIx) -> ModuleStory {
        let run = self.run;
        let state = run.module(ix);
        let mut story = ModuleStory::default();
        let body = state.file.map(|file| (file, run.library.syntax(file)));
        if let Some((file, syntax)) = &body {
            story.imports = self.imports(ix, *file, &syntax.body);
        }
        let mut left = MOST_SHOWN;
        for (name, binding) in &run.scope(state.scope).names {
            // What the import system puts there, and what a package has of its submodules.
            let is_module = matches!(binding.value, Value::Module(_));
            let is_said = binding.at.is_some() || !is_module && !OF_IMPORTS.contains(&&**name);
            if !is_said || name == "__doc__" && matches!(binding.value, Value::None) {
                continue;
            }
            let place = self.known(binding.at);
            let is_imported = place.is_some_and(|place| {
                let is_around =
                    |it: &ModuleImport| it.place.start <= place.start && place.end <= it.place.end;
                story.imports.iter().any(is_around)
            });
            if let ("__getattr__" | "__dir__", Value::Object(_)) = (name.as_str(), &binding.value) {
                story.answers.push((name.clone(), place));
            }
            let shown = self.shown(&binding.value).filter(|it| it.len() <= left);
            left -= shown.as_ref().map_or(0, Name::len);
            story.names.push(ModuleName {
                name: name.clone(),
                bound: self.bound(&binding.value),
                shown,
                place,
                maybe: self.known(binding.maybe),
                is_imported,
                holds: self.holds(&binding.value),
            });
        }
        let more = state.gap.or(state.open);
        story.more = more.map(|it| self.told(run.told(it)));
        story.rests_on.clone_from(&state.assumptions);
        for assumption in &mut story.rests_on {
            assumption.at = self.known(assumption.at);
        }
        story
    }

    fn known(&self, place: Option<Place>) -> Option<Place> {
        place.filter(|it| it.file.index() < self.files)
    }

    fn told(&self, mut gap: Gap) -> Gap {
        gap.at = self.known(gap.at);
        gap
    }

    /// What a value is.
    fn bound(&self, value: &Value) -> Bound {
        let run = self.run;
        match run.function_within(value) {
            Value::Class(id) if id.0 < self.classes => Bound::Class(*id),
            Value::Module(ix) => Bound::Module(run.module(*ix).name.clone()),
            Value::Native(_) => Bound::Function(None),
            Value::Gap(id) => {
                let class = run.gaps[id.0].class.filter(|it| it.0 < self.classes);
                match class {
                    Some(class) => Bound::Value(Some(class)),
                    None => Bound::Unknown(self.told(run.told(*id))),
                }
            }
            Value::Object(id) => match run.peek(*id) {
                Object::Function(it) => Bound::Function(self.head(it)),
                _ => self.of_class(value),
            },
            _ => self.of_class(value),
        }
    }

    fn of_class(&self, value: &Value) -> Bound {
        let class = self.run.class_of(value);
        Bound::Value(class.filter(|it| it.0 < self.classes))
    }

    /// The parameters of a function, as they are written.
    fn head(&self, function: &Function) -> Option<Name> {
        let Code::Def(def) = &function.code else {
            return Some(Name::const_new("lambda"));
        };
        let text = &self.run.library.file(function.file).text;
        let text = text.get(def.name_at as usize..def.end as usize)?;
        let text = &text[..text.floor_char_boundary(MOST_HEAD)];
        let begin = text.find('(')?;
        let mut depth = 0_usize;
        let mut quote: Option<char> = None;
        for (at, char) in text[begin..].char_indices() {
            match (quote, char) {
                (Some(open), char) if open == char => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(char),
                (None, '(' | '[' | '{') => depth += 1,
                (None, ')' | ']' | '}') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(Name::from(&text[begin..=begin + at]));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// A value in words, as far as it is known.
    fn shown(&self, value: &Value) -> Option<Name> {
        let run = self.run;
        if matches!(
            run.function_within(value),
            Value::Class(_) | Value::Module(_) | Value::Native(_)
        ) || run.function(run.function_within(value)).is_some()
        {
            return None;
        }
        let shown = run.bounded_repr(value, self.limits).map(Name::from);
        shown.or_else(|| run.what_it_is(value))
    }

    /// How many things a value holds, where one can look into it.
    fn holds(&self, value: &Value) -> Option<usize> {
        let run = self.run;
        let count = match value {
            Value::Tuple(items) => items.len(),
            Value::Object(id) => match run.peek(*id) {
                Object::List { items, .. } => items.len(),
                Object::Set { items, .. } => items.len(),
                Object::Dict(dict) if dict.view.is_none() => dict.entries.len(),
                Object::Instance(it) => {
                    let inner = match &it.payload {
                        Some(Value::Object(inner)) => match run.peek(*inner) {
                            Object::List { items, .. } => items.len(),
                            Object::Set { items, .. } => items.len(),
                            Object::Dict(dict) => dict.entries.len(),
                            _ => 0,
                        },
                        Some(Value::Tuple(items)) => items.len(),
                        _ => 0,
                    };
                    let names = it.names.keys().filter(|name| !name.starts_with('<'));
                    inner + names.count()
                }
                _ => 0,
            },
            _ => 0,
        };
        Some(count).filter(|it| *it > 0)
    }

    /// What a value holds, each with the step that leads to it, and whether it may hold more.
    fn entries(&self, value: &Value) -> (Vec<(Name, Value)>, bool) {
        let run = self.run;
        let numbered = |items: &mut dyn Iterator<Item = &Value>| -> Vec<(Name, Value)> {
            let items = items.take(MOST_ENTRIES).enumerate();
            items
                .map(|(at, it)| (Name::from(format!("[{at}]")), it.clone()))
                .collect()
        };
        match value {
            Value::Tuple(items) => (numbered(&mut items.iter()), false),
            Value::Object(id) => match run.peek(*id) {
                Object::List { items, open } => (numbered(&mut items.iter()), *open),
                Object::Set { items, open, .. } => (numbered(&mut items.values()), *open),
                Object::Dict(dict) => {
                    let entries = dict.entries.values().take(MOST_ENTRIES);
                    let entries = entries.enumerate().map(|(at, (key, value))| {
                        let key = match run.bounded_repr(key, self.limits) {
                            Some(key) => format!("[{key}]"),
                            None => match key {
                                Value::Class(class) => {
                                    format!("[{}]", run.classes.get(*class).path.qualname)
                                }
                                _ => format!("[{} {at}]", run.type_name(key)),
                            },
                        };
                        (Name::from(key), value.clone())
                    });
                    (entries.collect(), dict.open)
                }
                Object::Instance(it) => {
                    let (mut entries, is_open) = match &it.payload {
                        // A payload is no object with one of its own.
                        Some(inner @ (Value::Tuple(_) | Value::Object(_)))
                            if !self.is_instance(inner) =>
                        {
                            self.entries(inner)
                        }
                        _ => (vec![], false),
                    };
                    let names = it.names.iter().filter(|(name, _)| !name.starts_with('<'));
                    let names = names.take(MOST_ENTRIES).map(|(name, binding)| {
                        (Name::from(format!(".{name}")), binding.value.clone())
                    });
                    entries.extend(names);
                    (entries, is_open || it.open)
                }
                _ => (vec![], false),
            },
            _ => (vec![], false),
        }
    }

    fn is_instance(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id) if matches!(self.run.peek(*id), Object::Instance(_)))
    }

    /// What the value holds that is reached from a name of the module: `LANGUAGES`, `LANGUAGES[3]`, `site.kept['csv']`.
    fn inside(&self, ix: ModuleIx, path: &str) -> Option<Inside> {
        let run = self.run;
        let end = path.find(['[', '.']).unwrap_or(path.len());
        let (name, mut rest) = path.split_at(end);
        let binding = run.scope(run.module(ix).scope).names.get(name)?;
        let mut value = binding.value.clone();
        for _ in 0..MOST_STEPS {
            if rest.is_empty() {
                break;
            }
            let (entries, _) = self.entries(&value);
            // The longest step that fits: `['a']` before one that begins alike.
            let next = entries
                .into_iter()
                .filter(|(step, _)| rest.starts_with(step.as_str()))
                .max_by_key(|(step, _)| step.len())?;
            rest = &rest[next.0.len()..];
            value = next.1;
        }
        let count = self.holds(&value).filter(|_| rest.is_empty())?;
        let (entries, is_open) = self.entries(&value);
        let mut left = MOST_SHOWN;
        let entries = entries.into_iter().map(|(step, value)| {
            let shown = self.shown(&value).filter(|it| it.len() <= left);
            left -= shown.as_ref().map_or(0, Name::len);
            InsideEntry {
                step,
                bound: self.bound(&value),
                shown,
                holds: self.holds(&value),
            }
        });
        Some(Inside {
            path: Name::from(path),
            kind: Name::from(run.type_name(&value)),
            entries: entries.collect(),
            count,
            is_open,
            place: self.known(binding.at),
        })
    }

    /// The import statements of a module, those inside of `if`, `try` and their like too.
    fn imports(&self, ix: ModuleIx, file: FileId, body: &Block) -> Vec<ModuleImport> {
        let mut found: Vec<ModuleImport> = vec![];
        let mut blocks: Vec<&Block> = vec![body];
        while let Some(block) = blocks.pop() {
            for stmt in block {
                let place = Place {
                    file,
                    start: stmt.start,
                    end: stmt.end,
                };
                match &stmt.kind {
                    StmtKind::Import(imported) => {
                        found.extend(imported.iter().map(|it| self.import(it, place)));
                    }
                    StmtKind::ImportFrom(from) => {
                        let dotted = self.absolute(ix, from.level, &from.module);
                        found.push(ModuleImport {
                            found: self.home_of(&dotted),
                            from: dotted,
                            names: from.names.iter().map(said).collect(),
                            place,
                        });
                    }
                    kind => kind.blocks(&mut |block| blocks.push(block)),
                }
            }
        }
        found.sort_by_key(|it| it.place.start);
        found
    }

    fn import(&self, imported: &Imported, place: Place) -> ModuleImport {
        ModuleImport {
            from: imported.name.clone(),
            names: vec![],
            place,
            found: self.home_of(&imported.name),
        }
    }

    /// The module that a relative import names.
    fn absolute(&self, ix: ModuleIx, level: u32, module: &Name) -> Name {
        let state = self.run.module(ix);
        if level == 0 {
            return module.clone();
        }
        let up = level - u32::from(state.package);
        let mut package: &str = &state.name;
        for _ in 0..up {
            package = package.rsplit_once('.').map_or("", |(parent, _)| parent);
        }
        match (package, module.as_str()) {
            ("", module) => Name::from(module),
            (package, "") => Name::from(package),
            (package, module) => Name::from(format!("{package}.{module}")),
        }
    }

    fn home_of(&self, dotted: &str) -> Option<ImportedFrom> {
        let ix = *self.run.loaded.get(dotted)?;
        let state = self.run.module(ix);
        // One that was not found is noted as one of which nothing is known.
        if state.gap.is_some() && state.file.is_none() {
            return None;
        }
        Some(match state.home {
            Home::Project | Home::Namespace => ImportedFrom::Project,
            Home::Installed => ImportedFrom::Installed,
            Home::Table => ImportedFrom::StandardLibrary,
        })
    }
}

/// A name of an import, with what it is bound to where that is another.
fn said(imported: &Imported) -> Name {
    match &imported.alias {
        Some(alias) if *alias != imported.name => {
            Name::from(format!("{} as {alias}", imported.name))
        }
        _ => imported.name.clone(),
    }
}
