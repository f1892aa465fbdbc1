//! Which class of an interpreter is which class of ours: by the statement that made it, and by the names it is bound to.
//!
//! A class says little about where it comes from, and that little can be wrong: `__module__` and `__qualname__` can be
//! assigned. What cannot be assigned are the lines at which the functions of its body begin, and the names modules bind it to.
//! Where several statements, or one that ran several times, cannot be told apart, nothing is paired.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Analysis, ClassRef};
use crate::semantics::{ClassId, ClassPath, Origin, Outcome};
use crate::witness::SaidClass;

/// Who is who.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Our class, by the position of theirs.
    pub(super) ours: FxHashMap<usize, ClassId>,
    /// Classes of ours that one of theirs was found for.
    pub(super) paired: FxHashSet<ClassId>,
    /// Positions of theirs whose class of ours is that of another: the statement ran again, or a metaclass makes two of one.
    pub(super) again: FxHashSet<usize>,
    /// Positions of theirs that several of ours, with different answers, could be.
    pub(super) untold: Vec<usize>,
    /// Positions of theirs that none of ours can be.
    pub(super) missing: Vec<usize>,
}

/// Lines of a class of ours, from 1: its first decorator, the last of its body.
pub(super) fn lines(class: ClassRef<'_>) -> Option<(u32, u32)> {
    let place = class.place()?;
    let file = class.analysis().file(place.file);
    let first = match class.origin() {
        Origin::Statement { first, .. } => *first,
        Origin::Call(_) | Origin::Interpreter => place.start,
    };
    Some((file.line(first), file.line(place.end)))
}

/// Pairs the classes of the project.
pub(super) fn pair(analysis: &Analysis, theirs: &[SaidClass]) -> Pairs {
    let mut by_path: FxHashMap<(&str, &str), Vec<ClassRef<'_>>> = FxHashMap::default();
    for class in analysis.project_classes() {
        let path = class.path();
        by_path
            .entry((&path.module, &path.qualname))
            .or_default()
            .push(class);
    }
    let own: Vec<usize> = (0..theirs.len()).filter(|&at| theirs[at].own).collect();
    let named: FxHashMap<usize, Vec<ClassRef<'_>>> = own
        .iter()
        .map(|&at| (at, named(analysis, &theirs[at], &by_path)))
        .collect();
    let mut pairs = Pairs::default();
    let mut open = vec![];
    // What modules bind is what everybody means.
    for at in own {
        let bound = bound(analysis, &theirs[at]).find(|it| {
            named[&at].contains(it)
                && !pairs.paired.contains(&it.id())
                && !is_contradicted(&theirs[at], *it)
        });
        match bound {
            Some(class) => pairs.add(at, class),
            None => open.push(at),
        }
    }
    // Of those that have the name, the ones whose statement has the lines. One that nothing else can be, before one of several.
    let candidates: FxHashMap<usize, Vec<ClassRef<'_>>> = open
        .iter()
        .map(|&at| (at, held(&theirs[at], &named[&at])))
        .collect();
    open.sort_by_key(|at| (candidates[at].len(), *at));
    for at in open {
        let all = &candidates[&at];
        let free: Vec<ClassRef<'_>> = all
            .iter()
            .copied()
            .filter(|it| !pairs.paired.contains(&it.id()))
            .collect();
        if free.is_empty() && !all.is_empty() {
            pairs.again.insert(at);
        }
        let some = if free.is_empty() { all } else { &free };
        match some.split_first() {
            Some((first, others)) if others.iter().all(|it| say_the_same(*first, *it)) => {
                pairs.add(at, *first);
            }
            Some(_) => pairs.untold.push(at),
            None => {
                let bound = bound(analysis, &theirs[at]).find(|it| {
                    !pairs.paired.contains(&it.id()) && matches!(it.origin(), Origin::Call(_))
                });
                match bound.or_else(|| interpreters(analysis, &theirs[at])) {
                    Some(class) => pairs.add(at, class),
                    None if theirs[at].stray => {}
                    None => pairs.missing.push(at),
                }
            }
        }
    }
    pairs.untold.sort_unstable();
    pairs.missing.sort_unstable();
    pairs
}

impl Pairs {
    fn add(&mut self, at: usize, class: ClassRef<'_>) {
        self.ours.insert(at, class.id());
        self.paired.insert(class.id());
    }
}

/// The class of the interpreter's table of this name: C code makes classes that say they are from a module written in Python.
fn interpreters<'a>(analysis: &'a Analysis, theirs: &SaidClass) -> Option<ClassRef<'a>> {
    let path = ClassPath::new(theirs.module.as_deref()?, theirs.qualname.as_str());
    let classes = analysis.by_path(&path).iter();
    classes
        .map(|&id| analysis.class(id))
        .find(|class| class.is_interpreters())
}

/// The project's classes that the names of this one are bound to in ours.
fn bound<'a>(
    analysis: &'a Analysis,
    theirs: &'a SaidClass,
) -> impl Iterator<Item = ClassRef<'a>> + 'a {
    theirs.found.iter().filter_map(|(module, name)| {
        let class = analysis.class(*analysis.module(module)?.names.get(name.as_str())?);
        let is_projects = class.home() == crate::analysis::ModuleOrigin::Project;
        is_projects.then_some(class)
    })
}

/// The classes of ours that have its name: in a module it says it is from, in one its functions are from, or as what a module
/// binds under a name where it binds this one. The last helps where a class was told to say that it is from elsewhere.
fn named<'a>(
    analysis: &'a Analysis,
    theirs: &'a SaidClass,
    by_path: &FxHashMap<(&str, &str), Vec<ClassRef<'a>>>,
) -> Vec<ClassRef<'a>> {
    let mut modules: Vec<&str> = theirs.module.as_deref().into_iter().collect();
    for (module, _) in &theirs.lines {
        if !modules.contains(&module.as_str()) {
            modules.push(module);
        }
    }
    let mut named: Vec<ClassRef<'a>> = modules
        .iter()
        .filter_map(|&module| by_path.get(&(module, theirs.qualname.as_str())))
        .flatten()
        .copied()
        .collect();
    let simple = theirs.qualname.rsplit('.').next().unwrap_or_default();
    for class in bound(analysis, theirs) {
        if class.name() == simple && !named.contains(&class) {
            named.push(class);
        }
    }
    named
}

/// Whether theirs begins at another line than a statement of ours, or the functions of theirs are from its module, and none of them from its body.
fn is_contradicted(theirs: &SaidClass, class: ClassRef<'_>) -> bool {
    let Some((first, last)) = lines(class) else {
        return false;
    };
    let is_statement = matches!(class.origin(), Origin::Statement { .. });
    if is_statement && theirs.first.is_some_and(|it| it != first) {
        return true;
    }
    let mut there = theirs
        .lines
        .iter()
        .filter(|(module, _)| class.path().module == module.as_str())
        .peekable();
    is_statement && there.peek().is_some() && there.all(|(_, line)| !(first..=last).contains(line))
}

/// Of classes of ours, those whose statement holds the lines of theirs; all, where lines tell nothing.
fn held<'a>(theirs: &SaidClass, named: &[ClassRef<'a>]) -> Vec<ClassRef<'a>> {
    let holds = |class: &&ClassRef<'a>| {
        let Some((first, last)) = lines(**class) else {
            return false;
        };
        let is_statement = matches!(class.origin(), Origin::Statement { .. });
        match theirs.first {
            Some(line) => is_statement && line == first,
            None => theirs.lines.iter().any(|(module, line)| {
                class.path().module == module.as_str() && (first..=last).contains(line)
            }),
        }
    };
    let held: Vec<ClassRef<'a>> = named.iter().filter(holds).copied().collect();
    if held.is_empty() {
        named.to_vec()
    } else {
        held
    }
}

/// Whether two classes of ours have the same answer, themselves aside.
fn say_the_same(one: ClassRef<'_>, other: ClassRef<'_>) -> bool {
    fn answer(class: ClassRef<'_>) -> (Vec<&ClassPath>, Option<&ClassPath>) {
        let ancestry = class.known_ancestry().into_iter().skip(1);
        (
            ancestry.map(ClassRef::path).collect(),
            class.metaclass().map(ClassRef::path),
        )
    }
    let alike = match (one.outcome(), other.outcome()) {
        (Outcome::Created(_), Outcome::Created(_))
        | (Outcome::Unknown { .. }, Outcome::Unknown { .. }) => true,
        (Outcome::Raises(one), Outcome::Raises(other)) => one.message == other.message,
        _ => false,
    };
    alike && answer(one) == answer(other)
}
