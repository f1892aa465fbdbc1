//! One name across all that derives from the class that first gives it: which class gives it to each, and where that is not by derivation alone.
//!
//! Whoever gives it is the first class of the MRO whose own namespace has it (`_PyType_Lookup` in CPython's `typeobject.c`), asked of each class.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::analysis::chain::wrappers;
use crate::analysis::{ClassRef, Definition};
use crate::semantics::{ClassId, MemberKind, Outcome};

/// Who gives a name to a class and to all that derives from it.
#[derive(Debug)]
pub struct Across<'a> {
    /// The class that first gives it: the last one of the MRO that has it, `object` only where no other has.
    pub first: Definition<'a>,
    /// How many classes have it: the first and all below it.
    pub classes: usize,
    /// Those that give it, the odd ones first: where the order of an MRO decides or what gives it stands outside, then those that give it to the fewest.
    pub givers: Vec<Giver<'a>>,
}

/// A class that gives the name, and to whom.
#[derive(Debug)]
pub struct Giver<'a> {
    /// The definition.
    pub definition: Definition<'a>,
    /// The classes that have it from there, those that only the order decides first; without the giver.
    pub to: Vec<Receiver<'a>>,
    /// Whether it does not derive from the class that first gives the name.
    pub is_outside: bool,
    /// A definition behind it, in its own MRO or in that of one who has the name from it, which never runs: it calls no `super()`.
    pub stops: Option<ClassRef<'a>>,
}

/// A class that has the name from another one.
#[derive(Debug, Clone, Copy)]
pub struct Receiver<'a> {
    /// The class.
    pub class: ClassRef<'a>,
    /// A class that defines the name too, and from which the giver does not derive: only the order of the MRO puts the giver first.
    pub ahead_of: Option<ClassRef<'a>>,
    /// Whether a class that is out of view may give it instead.
    pub is_perhaps: bool,
}

impl Giver<'_> {
    /// How many of those that have the name from it have it by the order of their MRO.
    pub fn by_order(&self) -> usize {
        self.to.iter().filter(|it| it.ahead_of.is_some()).count()
    }
}

/// The first definition along an MRO, and the one behind it.
#[derive(Clone, Copy)]
struct Pair {
    giver: ClassId,
    next: Option<ClassId>,
    /// The first definition behind it from which the giver does not derive.
    beside: Option<ClassId>,
}

impl<'a> ClassRef<'a> {
    /// Who gives a name to all that derives from the class that first gives it to this one; none where no class of its MRO has it.
    pub fn across(self, name: &str) -> Option<Across<'a>> {
        let analysis = self.analysis();
        let object = analysis.classes.object();
        let definitions = self.definitions(name);
        let is_object = |it: &&Definition<'_>| it.class.id() == object;
        let named = definitions.iter().rev();
        let first = *named
            .clone()
            .find(|it| !is_object(it))
            .or(definitions.last())?;
        let mut walk = Walk {
            class: first.class,
            name,
            has: FxHashMap::default(),
            known: FxHashMap::default(),
        };
        let mut of_giver: FxHashMap<ClassId, Vec<Receiver<'_>>> = FxHashMap::default();
        let mut behind: FxHashMap<ClassId, ClassId> = FxHashMap::default();
        let below = analysis.hierarchy().descendants(first.class.id());
        let classes = below.len() + 1;
        for id in std::iter::once(first.class.id()).chain(below) {
            let Some(pair) = walk.pair(id) else { continue };
            if let Some(next) = pair.next {
                behind.entry(pair.giver).or_insert(next);
            }
            let to = of_giver.entry(pair.giver).or_default();
            if pair.giver != id {
                let class = analysis.class(id);
                to.push(Receiver {
                    class,
                    ahead_of: pair.beside.map(|it| analysis.class(it)),
                    is_perhaps: !matches!(class.outcome(), Outcome::Created(_)),
                });
            }
        }
        let mut givers: Vec<Giver<'_>> = of_giver
            .into_iter()
            .filter_map(|(giver, mut to)| {
                // Those of one kind stay in order of creation.
                to.sort_by_key(|it| it.ahead_of.is_none());
                let class = analysis.class(giver);
                let member = class.members().get(name)?;
                let next = behind.get(&giver).copied();
                let definition = Definition { class, member };
                let next = next.filter(|&it| it != object && stops(definition, name));
                Some(Giver {
                    definition,
                    to,
                    is_outside: !analysis.classes.is_subclass(giver, first.class.id())
                        && !matches!(class.outcome(), Outcome::Unknown { .. }),
                    stops: next.map(|it| analysis.class(it)),
                })
            })
            .collect();
        givers.sort_by_key(|it| {
            let is_odd = it.is_outside || it.by_order() > 0;
            (Reverse(is_odd), it.to.len(), it.definition.class.id())
        });
        Some(Across {
            first,
            classes,
            givers,
        })
    }
}

/// Whether a definition is a function that calls none of those behind it: it is the `def` of its class, as it is written there, and calls neither
/// `super()` nor a method by the name of a class.
fn stops(definition: Definition<'_>, name: &str) -> bool {
    let member = definition.member;
    let is_function = matches!(
        member.kind,
        MemberKind::Function
            | MemberKind::Generator
            | MemberKind::AsyncFunction
            | MemberKind::AsyncGenerator
            | MemberKind::Classmethod
            | MemberKind::Staticmethod
            | MemberKind::Property
    );
    if !is_function || member.calls_super || member.is_abstract {
        return false;
    }
    definition.class.method(name).is_some_and(|method| {
        let is_itself = definition
            .place()
            .is_some_and(|it| it.start == method.start);
        let calls_by_name = method
            .supers
            .as_ref()
            .is_some_and(|it| !it.named.is_empty());
        is_itself && !calls_by_name && wrappers(method).is_empty()
    })
}

/// A walk over classes in order of creation, which has seen the bases of each before it.
struct Walk<'a, 'n> {
    class: ClassRef<'a>,
    name: &'n str,
    has: FxHashMap<ClassId, bool>,
    known: FxHashMap<ClassId, Pair>,
}

impl Walk<'_, '_> {
    fn has(&mut self, id: ClassId) -> bool {
        let classes = &self.class.analysis().classes;
        let name = self.name;
        *self
            .has
            .entry(id)
            .or_insert_with(|| classes.members(id).contains_key(name))
    }

    fn pair(&mut self, id: ClassId) -> Option<Pair> {
        let classes = &self.class.analysis().classes;
        let pair = match &classes.get(id).outcome {
            Outcome::Created(made) => match made.bases.as_slice() {
                // What has one base has what that has: no need to go along an MRO that may be long.
                [base] if made.mro.get(1) == Some(base) && self.known.contains_key(base) => {
                    let above = self.known[base];
                    if self.has(id) {
                        Some(Pair {
                            giver: id,
                            next: Some(above.giver),
                            beside: None,
                        })
                    } else {
                        Some(above)
                    }
                }
                _ => self.along(&made.mro),
            },
            Outcome::Unknown { known, .. } => self.along(known),
            Outcome::Raises(_) => None,
        };
        if let Some(pair) = pair {
            self.known.insert(id, pair);
        }
        pair
    }

    fn along(&mut self, mro: &[ClassId]) -> Option<Pair> {
        let classes = &self.class.analysis().classes;
        let mut defining = mro.iter().copied().filter(|&id| self.has(id));
        let giver = defining.next()?;
        let next = defining.next();
        let object = classes.object();
        let is_beside = |id: &ClassId| *id != object && !classes.is_subclass(giver, *id);
        let beside = next
            .filter(is_beside)
            .or_else(|| next.and_then(|_| defining.find(is_beside)));
        Some(Pair {
            giver,
            next,
            beside,
        })
    }
}
