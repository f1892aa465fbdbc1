//! Where the names in a line of source lead: to a class, to the statement that binds them, to a module.
//!
//! A name is looked up in the scopes it is read in (language reference, 4.2.2), then along what import statements bring; `self.x`, `cls.x` and `super().x`
//! along the MRO of the class around, or of the one from which one looks. What is not found in what was read leads nowhere.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::analysis::{Analysis, ClassRef, Module, SeenAt};
use crate::semantics::{ClassId, ClassPath, Origin};
use crate::source::{FileId, Place};
use crate::syntax::{FileNames, ImportOf, Means, NamedAt};

/// Modules that hand a name on from one to the next are followed so far.
const FARTHEST: usize = 8;

/// A name in a line that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Offset of its first byte.
    pub start: u32,
    /// Offset behind it.
    pub end: u32,
    /// Where it leads.
    pub to: FollowedTo,
}

/// Where a name leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FollowedTo {
    /// To this class.
    Class(ClassId),
    /// To the statement that binds it.
    Place(Place),
    /// To this module.
    Module(Name),
}

impl Analysis {
    /// The names in a line that lead somewhere, in order, for objects of this class where it is an ancestor of whose source it is.
    pub fn followed(
        &self,
        file: FileId,
        names: &FileNames,
        line: u32,
        from: Option<ClassId>,
    ) -> Vec<Followed> {
        let source = self.file(file);
        let start = source.line_start(line).unwrap_or(0);
        let end = source.line_start(line + 1);
        let range = start..end.unwrap_or(source.text.len() as u32);
        let mut found = self.seen_on(file, line, &range, from);
        let resolver = Resolver {
            analysis: self,
            file,
            names,
            module: self.modules.iter().find(|it| it.file == Some(file)),
            others: RefCell::default(),
        };
        let first = names.read.partition_point(|it| it.start < range.start);
        let read = names.read[first..].iter();
        for read in read.take_while(|it| it.start < range.end) {
            let is_part = |it: &Followed| it.start <= read.start && read.start < it.end;
            if found.iter().any(is_part) {
                continue;
            }
            found.extend(resolver.followed(read));
        }
        let is_here = |it: &Followed| match it.to {
            FollowedTo::Place(place) => place.file == file && source.line(place.start) == line,
            _ => false,
        };
        found.retain(|it| !is_here(it));
        found.sort_by_key(|it| it.start);
        found
    }

    /// The innermost class whose statement has this line.
    pub fn class_at(&self, file: FileId, line: u32) -> Option<ClassId> {
        let source = self.file(file);
        self.all_classes()
            .filter_map(|class| {
                let place = class.place().filter(|it| it.file == file)?;
                let lines = source.line(place.start)..=source.line(place.end);
                let holds = lines.contains(&line);
                holds.then_some((place.end - place.start, class.id()))
            })
            .min()
            .map(|(_, id)| id)
    }

    /// What methods read from their receivers and from `super()` in a line.
    fn seen_on(
        &self,
        file: FileId,
        line: u32,
        range: &Range<u32>,
        from: Option<ClassId>,
    ) -> Vec<Followed> {
        let text = &self.file(file).text;
        let written = text.get(range.start as usize..range.end as usize);
        // Each of them has a dot; other lines need not wait for the file to be read.
        let Some(class) = written
            .filter(|it| it.contains('.'))
            .and_then(|_| self.class_at(file, line))
        else {
            return vec![];
        };
        let class = self.class(class);
        let from = from.map(|it| self.class(it));
        let from = from.filter(|it| it.known_ancestry().contains(&class));
        let seen = from.unwrap_or(class).seen_in(file).into_iter();
        let here = seen.filter(|it| range.contains(&it.place.start));
        here.filter_map(|it| {
            let to = match it.leads {
                SeenAt::Defined(found) | SeenAt::Asked(found, _) => match found.place() {
                    Some(place) => FollowedTo::Place(place),
                    None => FollowedTo::Class(found.class.id()),
                },
                SeenAt::Given { place, .. } => FollowedTo::Place(place),
                SeenAt::Nowhere => return None,
            };
            Some(Followed {
                start: it.place.start,
                end: it.place.end,
                to,
            })
        })
        .collect()
    }
}

struct Resolver<'a, 'n> {
    analysis: &'a Analysis,
    file: FileId,
    names: &'n FileNames,
    module: Option<&'a Module>,
    /// Other files that were read for the names of the line.
    others: RefCell<FxHashMap<FileId, Rc<FileNames>>>,
}

impl<'a> Resolver<'a, '_> {
    /// A name and as many of its attributes as lead somewhere.
    fn followed(&self, read: &NamedAt) -> Option<Followed> {
        let (name, end) = read.parts.first()?;
        let mut to = match &read.means {
            Means::Module => self.of_file(name),
            Means::Class(at) => self.of_body(*at, name),
            Means::Imported(import) => self.imported(import, self.module?, 0),
        }?;
        let mut end = *end;
        for (name, behind) in &read.parts[1..] {
            let Some(next) = self.attribute(&to, name) else {
                break;
            };
            (to, end) = (next, *behind);
        }
        Some(Followed {
            start: read.start,
            end,
            to,
        })
    }

    /// A name of the file that is read.
    fn of_file(&self, name: &str) -> Option<FollowedTo> {
        let known = match self.module {
            Some(module) => self.in_module(module, self.file, self.names, name, 0),
            None => None,
        };
        known.or_else(|| self.interpreters("builtins", name))
    }

    /// A name of a class body.
    fn of_body(&self, at: u32, name: &str) -> Option<FollowedTo> {
        let is_it = |it: &ClassRef<'_>| match it.origin() {
            Origin::Statement { name, .. } => name.file == self.file && name.start == at,
            _ => false,
        };
        let class = self.analysis.all_classes().find(is_it)?;
        Self::member(class, name)
    }

    fn member(class: ClassRef<'_>, name: &str) -> Option<FollowedTo> {
        let found = class.winner(name)?;
        match (found.member.class, found.place()) {
            (Some(inner), _) => Some(FollowedTo::Class(inner)),
            (None, Some(place)) => Some(FollowedTo::Place(place)),
            (None, None) => None,
        }
    }

    fn attribute(&self, of: &FollowedTo, name: &str) -> Option<FollowedTo> {
        match of {
            FollowedTo::Class(class) => Self::member(self.analysis.class(*class), name),
            FollowedTo::Module(module) => self.of_module(module, name, 0),
            FollowedTo::Place(_) => None,
        }
    }

    /// A name of another module.
    fn of_module(&self, module: &str, name: &str, depth: usize) -> Option<FollowedTo> {
        let Some(known) = self.analysis.module(module) else {
            return self.interpreters(module, name);
        };
        if let Some(&class) = known.names.get(name) {
            return Some(FollowedTo::Class(class));
        }
        match known.file {
            Some(file) if depth < FARTHEST => {
                let read = self.others.borrow().get(&file).cloned();
                let names = read.unwrap_or_else(|| {
                    let names = Rc::new(self.analysis.file_names(file));
                    self.others.borrow_mut().insert(file, Rc::clone(&names));
                    names
                });
                self.in_module(known, file, &names, name, depth)
            }
            _ => self.submodule(known, name),
        }
    }

    fn in_module(
        &self,
        module: &'a Module,
        file: FileId,
        names: &FileNames,
        name: &str,
        depth: usize,
    ) -> Option<FollowedTo> {
        if let Some(&class) = module.names.get(name) {
            return Some(FollowedTo::Class(class));
        }
        if let Some((_, bound)) = module.modules.iter().find(|it| it.0 == name) {
            return Some(FollowedTo::Module(bound.clone()));
        }
        let mut bound = names.bound.iter().rev();
        match bound.find(|it| it.name == name) {
            Some(it) => match &it.import {
                Some(import) => self.imported(import, module, depth + 1),
                None => Some(FollowedTo::Place(Place {
                    file,
                    start: it.start,
                    end: it.end,
                })),
            },
            None => self.submodule(module, name),
        }
    }

    fn submodule(&self, module: &Module, name: &str) -> Option<FollowedTo> {
        let whole = format!("{}.{name}", module.name);
        let known = self.analysis.module(&whole)?;
        Some(FollowedTo::Module(known.name.clone()))
    }

    /// What an import statement of a module brings.
    fn imported(&self, import: &ImportOf, by: &Module, depth: usize) -> Option<FollowedTo> {
        let module = absolute(import, by)?;
        if let Some(name) = &import.name {
            return self.of_module(&module, name, depth);
        }
        let known = self.analysis.module(&module)?;
        Some(FollowedTo::Module(known.name.clone()))
    }

    /// A class that the interpreter or its library brings.
    fn interpreters(&self, module: &str, name: &str) -> Option<FollowedTo> {
        let same = self.analysis.by_path(&ClassPath::new(module, name));
        same.last().map(|&class| FollowedTo::Class(class))
    }
}

/// The dotted name of the module that an import statement names (`importlib._bootstrap._resolve_name`).
fn absolute(import: &ImportOf, by: &Module) -> Option<String> {
    if import.level == 0 {
        return Some(import.module.to_string());
    }
    let mut package: Vec<&str> = by.name.split('.').collect();
    let up = import.level as usize - usize::from(by.package);
    if up >= package.len() {
        return None;
    }
    package.truncate(package.len() - up);
    package.extend((!import.module.is_empty()).then_some(import.module.as_str()));
    (!package.is_empty()).then(|| package.join("."))
}
