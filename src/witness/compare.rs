//! What an interpreter said, held against our answers: what is equal, what differs, what could not be asked and why.
//!
//! Every class of the project that is alive in the interpreter is counted once, in one of five ways: equal, different, not
//! known by us, missing among ours, or not told apart. Classes of ours that were not alive there are counted beside them.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::analysis::{Analysis, ClassRef, Sureness};
use crate::semantics::{ClassId, ClassPath, Origin, Outcome};
use crate::witness::pairing::{Pairs, lines, pair};
use crate::witness::{Failure, Raised, SaidClass, Testimony};

/// A project's answers beside those of an interpreter.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The answers that were held against it.
    pub analysis: &'a Analysis,
    /// Version of the interpreter.
    pub version: String,
    /// How many modules it was asked to import, and how many it did.
    pub modules: (usize, usize),
    /// Classes whose MRO and metaclass are the same, and statements that raise the same.
    pub equal: usize,
    /// How many of these are statements that raise.
    pub equal_raises: usize,
    /// How many of these rest on an assumption.
    pub equal_assumed: usize,
    /// Where the two differ.
    pub differences: Vec<Difference<'a>>,
    /// Classes that the interpreter makes, or refuses to, and of which we say that we cannot know.
    pub incomplete: Vec<ClassRef<'a>>,
    /// Classes of the interpreter that are none of ours, by their own names.
    pub missing: Vec<String>,
    /// Classes of the interpreter that several of ours could be.
    pub untold: Vec<String>,
    /// Classes of ours that could not be asked about.
    pub unasked: Vec<(ClassRef<'a>, Unasked)>,
    /// Modules that were not imported, and why.
    pub failed: BTreeMap<String, Failure>,
}

/// A class about which the two do not agree.
#[derive(Debug)]
pub struct Difference<'a> {
    /// Our class.
    pub class: ClassRef<'a>,
    /// In what.
    pub about: Disagreement,
}

/// Both answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disagreement {
    /// The MRO.
    Mro {
        /// Ours.
        ours: Vec<String>,
        /// The interpreter's.
        theirs: Vec<String>,
    },
    /// The metaclass.
    Metaclass {
        /// Ours.
        ours: String,
        /// The interpreter's.
        theirs: String,
    },
    /// Whether, or what, the statement raises; nothing where it makes a class.
    Raises {
        /// Ours: kind and message.
        ours: Option<(String, String)>,
        /// The interpreter's: kind and message.
        theirs: Option<(String, String)>,
    },
}

/// Why a class of ours was not asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unasked {
    /// Its module could not be imported.
    NotImported,
    /// It is made inside a function that nobody has called, or that has forgotten it.
    Local,
    /// Its statement raised, where our answer rests on an assumption.
    Assumed,
    /// Its module was imported, and it is not there: not reached, replaced, or deleted.
    NotThere,
}

/// What a comparison is about: modules, packages, classes; empty, everything.
pub type Scope<'s> = dyn Fn(&str, &str) -> bool + 's;

/// Compares. `scope` says of a module and a qualified name whether it is asked about.
pub fn compare<'a>(
    analysis: &'a Analysis,
    testimony: Testimony,
    scope: &Scope<'_>,
) -> Comparison<'a> {
    let pairs = pair(analysis, &testimony.classes);
    let theirs = &testimony.classes;
    let mut compared = Comparison {
        analysis,
        version: testimony.greeting.version.clone(),
        modules: (
            testimony.imported.len() + testimony.failed.len(),
            testimony.imported.len(),
        ),
        equal: 0,
        equal_raises: 0,
        equal_assumed: 0,
        differences: vec![],
        incomplete: vec![],
        missing: vec![],
        untold: vec![],
        unasked: vec![],
        failed: BTreeMap::new(),
    };
    let names = |at: usize| theirs[at].path();
    let in_scope = |at: &usize| {
        let class = &theirs[*at];
        scope(class.module.as_deref().unwrap_or("?"), &class.qualname)
    };
    let ours_in_scope = |class: ClassRef<'_>| scope(&class.path().module, &class.path().qualname);
    compared.missing = pairs
        .missing
        .iter()
        .copied()
        .filter(in_scope)
        .map(names)
        .collect();
    compared.untold = pairs
        .untold
        .iter()
        .copied()
        .filter(in_scope)
        .map(names)
        .collect();
    let told = Told {
        analysis,
        theirs,
        pairs: &pairs,
    };
    let mut positions: Vec<(&usize, &ClassId)> = pairs.ours.iter().collect();
    positions.sort_unstable();
    for (&at, &id) in positions {
        let class = analysis.class(id);
        if !ours_in_scope(class) {
            continue;
        }
        match told.verdict(at, class) {
            // It need not be that statement which made this one.
            Verdict::Different(_) if pairs.again.contains(&at) => {
                compared.untold.push(names(at));
            }
            Verdict::Untold => compared.untold.push(names(at)),
            verdict => compared.hold(class, verdict),
        }
    }
    let mut asked: FxHashSet<ClassId> = pairs.paired.clone();
    let mut unheld: FxHashSet<ClassId> = FxHashSet::default();
    for failure in testimony.failed.values() {
        let Failure::Raised(raised) = failure else {
            continue;
        };
        let Some(class) = statement_that_raised(analysis, raised) else {
            continue;
        };
        if asked.contains(&class.id()) || !ours_in_scope(class) {
            continue;
        }
        if matches!(class.sureness(), Sureness::Assumed(_)) {
            unheld.insert(class.id());
        } else {
            asked.insert(class.id());
            compared.hold(class, raise_verdict(class, raised));
        }
    }
    for class in analysis.project_classes() {
        if asked.contains(&class.id()) || !ours_in_scope(class) {
            continue;
        }
        let why = if unheld.contains(&class.id()) {
            Unasked::Assumed
        } else if testimony.failed.contains_key(class.path().module.as_str()) {
            Unasked::NotImported
        } else if class.path().qualname.contains("<locals>") {
            Unasked::Local
        } else {
            Unasked::NotThere
        };
        compared.unasked.push((class, why));
    }
    let place = |difference: &Difference<'_>| {
        let place = difference.class.place();
        place.map(|place| (place.file, place.start))
    };
    compared.differences.sort_by_key(place);
    compared.failed = testimony.failed;
    compared
}

/// What came of one class.
enum Verdict {
    Equal,
    EqualRaises,
    Unknown,
    /// Classes of one name have a part in it, and which is which cannot be told.
    Untold,
    Different(Disagreement),
}

impl<'a> Comparison<'a> {
    /// How many classes and failed statements of the interpreter were held against ours.
    pub fn asked(&self) -> usize {
        self.equal
            + self.differences.len()
            + self.incomplete.len()
            + self.missing.len()
            + self.untold.len()
    }

    fn hold(&mut self, class: ClassRef<'a>, verdict: Verdict) {
        match verdict {
            Verdict::Equal | Verdict::EqualRaises => {
                self.equal += 1;
                self.equal_raises += usize::from(matches!(verdict, Verdict::EqualRaises));
                self.equal_assumed += usize::from(matches!(class.sureness(), Sureness::Assumed(_)));
            }
            Verdict::Unknown => self.incomplete.push(class),
            Verdict::Untold => self.untold.push(class.path().to_string()),
            Verdict::Different(about) => self.differences.push(Difference { class, about }),
        }
    }
}

/// Both sides, and who is who.
struct Told<'a> {
    analysis: &'a Analysis,
    theirs: &'a [SaidClass],
    pairs: &'a Pairs,
}

impl Told<'_> {
    fn verdict(&self, at: usize, class: ClassRef<'_>) -> Verdict {
        let theirs = &self.theirs[at];
        let made = match class.outcome() {
            Outcome::Created(made) => made,
            Outcome::Unknown { .. } => return Verdict::Unknown,
            Outcome::Raises(raised) => {
                return Verdict::Different(Disagreement::Raises {
                    ours: Some((raised.kind.to_string(), raised.message.clone())),
                    theirs: None,
                });
            }
        };
        let is_equal = made.mro.len() == theirs.mro.len()
            && made
                .mro
                .iter()
                .zip(&theirs.mro)
                .all(|(&ours, &theirs)| self.is_same(ours, theirs));
        if !is_equal {
            return match self.told_apart(&made.mro, &theirs.mro) {
                Some((ours, theirs)) => Verdict::Different(Disagreement::Mro { ours, theirs }),
                None => Verdict::Untold,
            };
        }
        if !self.is_same(made.metaclass, theirs.metaclass) {
            let told = self.told_apart(&[made.metaclass], &[theirs.metaclass]);
            return match told.map(|(ours, theirs)| (ours.concat(), theirs.concat())) {
                Some((ours, theirs)) => {
                    Verdict::Different(Disagreement::Metaclass { ours, theirs })
                }
                None => Verdict::Untold,
            };
        }
        Verdict::Equal
    }

    /// The names of classes of ours and of theirs, which are not the same ones. Where the names are, those that several of ours have are
    /// numbered in the order in which they are made: `shop:Cart#2`. None where that does not tell them apart either.
    fn told_apart(&self, ours: &[ClassId], theirs: &[i64]) -> Option<(Vec<String>, Vec<String>)> {
        let told = |is_numbered: bool| -> (Vec<String>, Vec<String>) {
            let of_ours = ours.iter().map(|&id| self.name(id, is_numbered));
            let of_theirs = theirs.iter().map(|&at| self.their_name(at, is_numbered));
            (of_ours.collect(), of_theirs.collect())
        };
        let mut each = [false, true].into_iter().map(told);
        each.find(|(ours, theirs)| ours != theirs)
    }

    fn name(&self, id: ClassId, is_numbered: bool) -> String {
        let path = self.analysis.class(id).path();
        let all = self.analysis.by_path(path);
        let number = all.iter().position(|&it| it == id);
        match number.filter(|_| is_numbered && all.len() > 1) {
            Some(number) => format!("{path}#{}", number + 1),
            None => path.to_string(),
        }
    }

    fn get(&self, at: i64) -> Option<(usize, &SaidClass)> {
        let at = usize::try_from(at).ok()?;
        Some((at, self.theirs.get(at)?))
    }

    fn their_name(&self, at: i64, is_numbered: bool) -> String {
        let Some((at, said)) = self.get(at) else {
            return "?".into();
        };
        match self.pairs.ours.get(&at) {
            Some(&id) => self.name(id, is_numbered),
            None => said.path(),
        }
    }

    /// Whether an ancestor of ours is one of theirs: the class that is paired with it, or another of the same statement; where
    /// nothing is paired, as for what is installed, the class that one of its names means.
    fn is_same(&self, ours: ClassId, theirs: i64) -> bool {
        let Some((at, said)) = self.get(theirs) else {
            return false;
        };
        let class = self.analysis.class(ours);
        if let Some(&paired) = self.pairs.ours.get(&at) {
            let paired = self.analysis.class(paired);
            // C code may make the class that stands in the place of one written in Python, under its name.
            return paired == class
                || (paired.path() == class.path()
                    && (paired.place() == class.place() || class.is_interpreters()));
        }
        let ClassPath { module, qualname } = class.path();
        // The table numbers classes that share a name: `TokenInfo#2`.
        let qualname = qualname.split('#').next().unwrap_or(qualname);
        // One whose `__module__` is no string has only its other name.
        let is_module = said
            .module
            .as_deref()
            .is_none_or(|it| it == module.as_str());
        (is_module && said.qualname == qualname)
            || said
                .found
                .iter()
                .any(|(in_module, name)| in_module == module.as_str() && name == qualname)
    }
}

fn raise_verdict(class: ClassRef<'_>, raised: &Raised) -> Verdict {
    let theirs = (raised.kind.clone(), raised.message.clone());
    let ours = match class.outcome() {
        Outcome::Unknown { .. } => return Verdict::Unknown,
        Outcome::Created(_) => None,
        Outcome::Raises(ours) => Some((ours.kind.to_string(), ours.message.clone())),
    };
    if ours.as_ref() == Some(&theirs) {
        return Verdict::EqualRaises;
    }
    Verdict::Different(Disagreement::Raises {
        ours,
        theirs: Some(theirs),
    })
}

/// The class statement that an exception came out of: the innermost whose own line, not one of its body, is on the way.
fn statement_that_raised<'a>(analysis: &'a Analysis, raised: &Raised) -> Option<ClassRef<'a>> {
    let frames = &raised.frames;
    (0..frames.len()).rev().find_map(|at| {
        let frame = &frames[at];
        let module = analysis.module(frame.0.as_deref()?)?;
        let inner = frames.get(at + 1);
        module
            .classes
            .iter()
            .map(|&id| analysis.class(id))
            .filter(|class| matches!(class.origin(), Origin::Statement { .. }))
            .find(|class| {
                let (Some((first, _)), Some(place)) = (lines(*class), class.place()) else {
                    return false;
                };
                let line = analysis.file(place.file).line(place.start);
                let in_body = inner.is_some_and(|inner| {
                    inner.0 == frame.0
                        && inner.3 == class.name()
                        && (first..=line).contains(&inner.4)
                });
                frame.2 == line && !in_body
            })
    })
}
