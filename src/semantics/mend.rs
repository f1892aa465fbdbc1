//! The smallest edits of class statements after which a class can be made, found among class objects alone.
//!
//! What code of metaclasses and hooks does is not run here: whoever shows a mend proves it by a run.

use rustc_hash::FxHashMap;

use crate::semantics::conflict::{Over, core};
use crate::semantics::rearranged::{orders, rearranged};
use crate::semantics::workbench::{Undo, Workbench};
use crate::semantics::{ClassId, Classes, Outcome, Raised};
use crate::source::PythonVersion;

/// Classes that are made on the way to a mend, all attempts together.
const MOST_MADE: usize = 1_200_000;

/// Mends that keep every ancestor that are found before the search ends, and others that are kept.
const MOST_FOUND: usize = 64;
const MOST_OTHERS: usize = 32;

/// A class statement that may be edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editable {
    /// The class that it makes, or would make.
    pub class: ClassId,
    /// What each written base stands for.
    pub bases: Vec<ClassId>,
    /// What `metaclass=` stands for, where it is written.
    pub metaclass: Option<ClassId>,
    /// Whether its `__slots__` hold anything.
    pub has_slots: bool,
}

/// One edit of one class statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The class whose statement it is.
    pub class: ClassId,
    /// The written bases that stay, by position, in their new order.
    pub bases: Option<Vec<usize>>,
    /// Whether `__slots__` becomes `()`.
    pub empties_slots: bool,
    /// The metaclasses that a new one joins, in this order, which the statement then names.
    pub joins: Vec<ClassId>,
}

impl Edit {
    fn of(class: ClassId) -> Self {
        Self {
            class,
            bases: None,
            empties_slots: false,
            joins: vec![],
        }
    }
}

/// Edits after which the class can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The edits, each of another statement.
    pub edits: Vec<Edit>,
    /// Whether no class loses an ancestor.
    pub is_faithful: bool,
    /// The MRO of the class then.
    pub mro: Vec<ClassId>,
    /// How many classes that were there before have another MRO then.
    pub moved: usize,
}

/// Looks for the smallest edits of these statements after which `class` can be made, with every class that was made before.
///
/// One edit first, then two; two only where no single one keeps every ancestor. Those that do come first, and of these those
/// that move the fewest classes.
///
/// ```py
/// class A: ...
/// class B(A): ...
/// class C(A, B): ...  # mended by `class C(B, A)`, and by `class C(B)`, which keeps A as an ancestor
/// ```
pub fn mends(
    classes: &Classes,
    class: ClassId,
    editable: &[Editable],
    below: &[ClassId],
    version: PythonVersion,
) -> Vec<Mend> {
    let wanted = editable
        .iter()
        .flat_map(|it| [Some(it.class), it.metaclass]);
    let wanted = wanted.flatten();
    let wanted = wanted.chain(below.iter().copied()).chain([class]);
    let mut bench = Workbench::new(classes, wanted, version);
    let Some(target) = bench.copy(class) else {
        return vec![];
    };
    let mut known: Vec<Editable> = vec![];
    for it in editable {
        let Some(id) = bench.copy(it.class) else {
            continue;
        };
        let bases = it.bases.iter().map(|base| bench.copy(*base));
        let (Some(bases), metaclass) = (
            bases.collect::<Option<Vec<ClassId>>>(),
            it.metaclass.and_then(|it| bench.copy(it)),
        ) else {
            continue;
        };
        known.push(Editable {
            class: id,
            bases,
            metaclass,
            has_slots: it.has_slots,
        });
    }
    bench.slotted = known
        .iter()
        .filter(|it| it.has_slots)
        .map(|it| it.class)
        .collect();
    let mut search = Search {
        before: bench
            .classes
            .ids()
            .map(|id| bench.classes.mro(id).map(<[ClassId]>::to_vec))
            .collect(),
        asked: bench.bases(target),
        bench,
        target,
        editable: known,
        found: vec![],
        joined: FxHashMap::default(),
        joined_first: None,
        limit: MOST_MADE,
        only_faithful: false,
    };
    search.single();
    if !search.found.iter().any(|mend| mend.is_faithful) {
        search.double();
    }
    let Search {
        mut found, bench, ..
    } = search;
    for mend in &mut found {
        let original = |id: &ClassId| bench.original(*id).unwrap_or(*id);
        mend.mro = mend.mro.iter().map(original).collect();
        for edit in &mut mend.edits {
            edit.class = original(&edit.class);
            edit.joins = edit.joins.iter().map(original).collect();
        }
    }
    found.sort_by_key(|mend| (!mend.is_faithful, mend.edits.len(), mend.moved));
    found
}

struct Search {
    bench: Workbench,
    target: ClassId,
    editable: Vec<Editable>,
    /// The MRO of each class of the bench before any edit.
    before: Vec<Option<Vec<ClassId>>>,
    /// The bases that the failing statement asks for.
    asked: Vec<ClassId>,
    found: Vec<Mend>,
    /// Metaclasses that join others, each made once.
    joined: FxHashMap<Vec<ClassId>, Result<ClassId, Box<Raised>>>,
    /// That of the failing class, where the first of two edits gave it one.
    joined_first: Option<ClassId>,
    /// How many classes may have been made before the search goes on elsewhere.
    limit: usize,
    /// Whether mends are wanted that keep every ancestor, and no others.
    only_faithful: bool,
}

impl Search {
    /// What can be changed in one statement.
    fn options(of: &Editable) -> Vec<Edit> {
        let mut edits: Vec<Edit> = vec![];
        let mut seen: Vec<Vec<ClassId>> = vec![of.bases.clone()];
        for list in rearranged(of.bases.len()) {
            let bases: Vec<ClassId> = list.iter().map(|&at| of.bases[at]).collect();
            if !seen.contains(&bases) {
                seen.push(bases);
                edits.push(Edit {
                    bases: Some(list),
                    ..Edit::of(of.class)
                });
            }
        }
        if of.has_slots {
            edits.push(Edit {
                empties_slots: true,
                ..Edit::of(of.class)
            });
        }
        edits
    }

    /// The metaclasses that one for this statement has to join: those that no other of them derives from.
    fn joined(&self, of: &Editable) -> Vec<Vec<ClassId>> {
        let mut metaclasses: Vec<ClassId> = vec![];
        let of_bases = of.bases.iter().filter_map(|&base| {
            let made = self.bench.classes.made(base)?;
            Some(made.metaclass)
        });
        for metaclass in of_bases.chain(of.metaclass) {
            if !metaclasses.contains(&metaclass) {
                metaclasses.push(metaclass);
            }
        }
        let all = metaclasses.clone();
        metaclasses.retain(|&it| {
            !all.iter()
                .any(|&other| other != it && self.bench.classes.is_subclass(other, it))
        });
        if metaclasses.len() < 2 || metaclasses.len() > 4 {
            return vec![];
        }
        orders(metaclasses.len())
            .into_iter()
            .map(|order| order.into_iter().map(|at| metaclasses[at]).collect())
            .collect()
    }

    fn is_spent(&self) -> bool {
        let faithful = self.found.iter().filter(|it| it.is_faithful);
        self.bench.made >= self.limit || faithful.count() >= MOST_FOUND
    }

    /// Every edit of one statement.
    fn single(&mut self) {
        for at in 0..self.editable.len() {
            let of = self.editable[at].clone();
            let mut edits = Self::options(&of);
            if of.class == self.target {
                edits.extend(self.joins(&of));
            }
            for edit in edits {
                if self.is_spent() {
                    return;
                }
                let (raised, undo) = self.apply(&edit);
                if raised.is_empty() {
                    self.keep(vec![edit]);
                }
                self.bench.undo(undo);
            }
        }
    }

    /// A joined metaclass, in each order, and in one with the bases in another.
    fn joins(&self, of: &Editable) -> Vec<Edit> {
        let joined = self.joined(of);
        let lists = Self::options(of);
        let mut edits = vec![];
        for joins in &joined {
            edits.push(Edit {
                joins: joins.clone(),
                ..Edit::of(of.class)
            });
        }
        for joins in joined {
            for list in lists.iter().filter(|it| it.bases.is_some()) {
                edits.push(Edit {
                    joins: joins.clone(),
                    ..list.clone()
                });
            }
        }
        edits
    }

    /// Edits of two statements: the second is one that what fails after the first hangs on.
    fn double(&mut self) {
        let has_any = !self.found.is_empty();
        self.only_faithful = has_any;
        // What fails at first hangs on one of these: without an edit of one of them it goes on failing.
        let target = self.target;
        let error = match &self.bench.classes.get(target).outcome {
            Outcome::Raises(raised) => raised.clone(),
            _ => Raised::default(),
        };
        let concerned = self.concerned(target, &error, has_any);
        // The failing statement comes last: as the second of two it is made once for each of its orders, as the first one with all above it.
        let mut order: Vec<usize> = (0..self.editable.len()).collect();
        order.sort_by_key(|&at| self.editable[at].class == target);
        let first = self
            .editable
            .iter()
            .filter(|it| concerned.contains(&it.class));
        let share = MOST_MADE / first.count().max(1);
        for at in order {
            let of = self.editable[at].clone();
            if !concerned.contains(&of.class) {
                continue;
            }
            // Each statement has its share: one with many orders leaves some for the others.
            self.limit = self.bench.made + share;
            let mut edits = Self::options(&of);
            if of.class == self.target {
                edits.extend(self.joins(&of));
            }
            for edit in edits {
                if self.is_spent() {
                    break;
                }
                let (raised, undo) = self.apply(&edit);
                if let Some((failing, error)) = raised.first().cloned()
                    && !(has_any && self.loses(of.class))
                {
                    self.joined_first = self.joined.get(&edit.joins).and_then(|it| it.clone().ok());
                    self.second(&edit, failing, &error, has_any);
                    self.joined_first = None;
                }
                self.bench.undo(undo);
            }
        }
    }

    /// The second of two edits.
    fn second(&mut self, first: &Edit, failing: ClassId, error: &Raised, has_any: bool) {
        let concerned = self.concerned(failing, error, has_any);
        for at in 0..self.editable.len() {
            let of = self.editable[at].clone();
            if of.class == first.class || !concerned.contains(&of.class) {
                continue;
            }
            // Each pair once, whichever comes first.
            let mut edits = Self::options(&of);
            if of.class == self.target && first.joins.is_empty() {
                edits.extend(self.joins(&of));
            }
            for edit in edits {
                if self.is_spent() {
                    return;
                }
                // Of two edits the lower one may stand on the higher one: they are made in order of creation.
                let (raised, undo) = self.apply(&edit);
                if raised.is_empty() && self.all_made() {
                    let mut edits = vec![first.clone(), edit];
                    edits.sort_by_key(|edit| edit.class);
                    if !self.found.iter().any(|mend| mend.edits == edits) {
                        self.keep(edits);
                    }
                }
                self.bench.undo(undo);
            }
        }
    }

    /// The statements that an error hangs on: its core, and those above it whose choices have a part in it; all above where ancestors may go.
    fn concerned(&self, failing: ClassId, error: &Raised, has_any: bool) -> Vec<ClassId> {
        let classes = &self.bench.classes;
        let mut concerned: Vec<ClassId> = match core(classes, failing, error) {
            Some(core) => core.claims.iter().map(|claim| claim.class).collect(),
            None => vec![],
        };
        concerned.push(failing);
        let everything = !has_any || concerned.len() <= 1;
        let with_those_above =
            core(classes, failing, error).is_none_or(|core| core.over != Over::Orders);
        if everything || with_those_above {
            let from = if everything {
                error.bases.clone()
            } else {
                concerned.clone()
            };
            for base in from {
                concerned.extend_from_slice(classes.mro(base).unwrap_or_default());
            }
        }
        concerned
    }

    /// Whether the class has lost an ancestor that it had.
    fn loses(&self, id: ClassId) -> bool {
        let before = self.before.get(id.0 as usize).and_then(Option::as_ref);
        let now = self.bench.classes.mro(id);
        match (before, now) {
            (Some(before), Some(now)) => before.iter().any(|it| !now.contains(it)),
            _ => false,
        }
    }

    /// Whether all classes that were made before are made, and the failing one is.
    fn all_made(&self) -> bool {
        let was_made = |id: &ClassId| self.before.get(id.0 as usize).is_some_and(Option::is_some);
        let mut ids = self.bench.classes.own_ids();
        self.bench.classes.made(self.target).is_some()
            && ids.all(|id| !was_made(&id) || self.bench.classes.made(id).is_some())
    }

    /// Makes an edit; the classes that cannot be made then, and what takes it back.
    fn apply(&mut self, edit: &Edit) -> (Vec<(ClassId, Raised)>, Undo) {
        let Some(of) = self.editable.iter().find(|it| it.class == edit.class) else {
            return (vec![], vec![]);
        };
        let bases: Vec<ClassId> = match &edit.bases {
            Some(list) => list.iter().map(|&at| of.bases[at]).collect(),
            None => of.bases.clone(),
        };
        let joined = match edit.joins.as_slice() {
            [] => None,
            joins => match self.join(joins) {
                Ok(joined) => Some(joined),
                Err(error) => return (vec![(edit.class, *error)], vec![]),
            },
        };
        let asked: FxHashMap<ClassId, ClassId> = self
            .editable
            .iter()
            .filter_map(|it| Some((it.class, it.metaclass?)))
            .collect();
        let (first, target) = (self.joined_first, self.target);
        let metaclass = |id: ClassId| {
            joined
                .filter(|_| id == edit.class)
                .or_else(|| first.filter(|_| id == target))
                .or_else(|| asked.get(&id).copied())
        };
        self.bench
            .rebase(edit.class, &bases, &metaclass, edit.empties_slots)
    }

    /// A metaclass that joins others.
    fn join(&mut self, joins: &[ClassId]) -> Result<ClassId, Box<Raised>> {
        if let Some(known) = self.joined.get(joins) {
            return known.clone();
        }
        let joined = self.join_anew(joins);
        self.joined.insert(joins.to_vec(), joined.clone());
        joined
    }

    fn join_anew(&mut self, joins: &[ClassId]) -> Result<ClassId, Box<Raised>> {
        let id = self.bench.add("Joined");
        match self.bench.remake(id, joins, None, false) {
            Ok(made) => {
                self.bench.classes.get_mut(id).outcome = Outcome::Created(made);
                Ok(id)
            }
            Err(error) => Err(Box::new(Raised {
                reason: Some(Box::new(error)),
                ..Raised::default()
            })),
        }
    }

    /// Notes what stands on the bench as a mend.
    fn keep(&mut self, edits: Vec<Edit>) {
        let classes = &self.bench.classes;
        let Some(mro) = classes.mro(self.target) else {
            return;
        };
        // Bases in another order, or fewer, where a joined metaclass is enough, mend nothing more.
        let is_enough = |it: &Mend| {
            let one = &it.edits[0];
            it.edits.len() == 1
                && one.bases.is_none()
                && !one.joins.is_empty()
                && edits
                    .iter()
                    .any(|edit| is_same_set(&edit.joins, &one.joins))
        };
        if self.found.iter().any(is_enough) {
            return;
        }
        let keeps = |id: ClassId| !self.loses(id);
        let above = self.asked.iter().flat_map(|&base| {
            let before = self.before.get(base.0 as usize).and_then(Option::as_ref);
            before.map_or(&[][..], Vec::as_slice)
        });
        let mut above = above.copied();
        let is_faithful = above.all(|it| mro.contains(&it)) && classes.own_ids().all(keeps);
        let others = self.found.iter().filter(|it| !it.is_faithful).count();
        if !is_faithful && (self.only_faithful || others >= MOST_OTHERS) {
            return;
        }
        let moved = classes.own_ids().filter(|id| {
            let before = self.before.get(id.0 as usize).and_then(Option::as_ref);
            before.is_some_and(|before| classes.mro(*id) != Some(before.as_slice()))
        });
        self.found.push(Mend {
            is_faithful,
            mro: mro.to_vec(),
            moved: moved.count(),
            edits,
        });
    }
}

/// Whether two lists have the same classes.
fn is_same_set(one: &[ClassId], other: &[ClassId]) -> bool {
    one.len() == other.len() && one.iter().all(|id| other.contains(id))
}
