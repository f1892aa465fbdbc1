//! A workbench for class objects: copies of some classes, made anew of other bases by the function that made them.
//!
//! A change makes a class anew, and then all that derive from it, in order of creation. What code of metaclasses and hooks does is not
//! run here.

use rustc_hash::FxHashMap;

use crate::semantics::layout::Declared;
use crate::semantics::{
    Class, ClassId, ClassPath, Classes, LazyMembers, Made, Members, Origin, Outcome, Raised,
    SlotItem, Slots, Standing, TypeNewError, Wanted, type_new,
};
use crate::source::PythonVersion;

/// Copies of some classes, to be made anew of other bases.
pub struct Workbench {
    pub(super) classes: Classes,
    /// The class of the analysis behind each copy.
    originals: Vec<ClassId>,
    copies: FxHashMap<ClassId, ClassId>,
    version: PythonVersion,
    pub(super) made: usize,
    /// Classes whose statements have `__slots__` that hold something, of those that could not be made.
    pub(super) slotted: Vec<ClassId>,
}

/// The copies have no names of their own: nobody asks for them.
struct NoMembers;

impl LazyMembers for NoMembers {
    fn members(&self, _id: ClassId) -> Members {
        Members::default()
    }

    fn is_native(&self, _id: ClassId) -> bool {
        true
    }
}

/// What was there before an edit.
pub(super) type Undo = Vec<(ClassId, Outcome)>;

impl Workbench {
    /// Lays out these classes, and all above them, and their metaclasses.
    pub fn new(
        classes: &Classes,
        wanted: impl IntoIterator<Item = ClassId>,
        version: PythonVersion,
    ) -> Self {
        let mut ids: Vec<ClassId> = vec![classes.object(), classes.type_()];
        let mut seen = rustc_hash::FxHashSet::default();
        let mut waiting: Vec<ClassId> = wanted.into_iter().collect();
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            ids.push(id);
            match &classes.get(id).outcome {
                Outcome::Created(made) => {
                    waiting.extend(made.mro.iter().copied());
                    waiting.extend([made.metaclass, made.solid_base]);
                    waiting.extend(made.best_base);
                }
                Outcome::Raises(raised) => {
                    waiting.extend(raised.bases.iter().copied());
                    let error = raised.reason.iter();
                    waiting.extend(error.flat_map(|error| error.classes()));
                }
                Outcome::Unknown { .. } => {}
            }
        }
        ids.sort_unstable();
        ids.dedup();
        let copies: FxHashMap<ClassId, ClassId> = ids
            .iter()
            .enumerate()
            .map(|(at, &id)| (id, ClassId(at as u32)))
            .collect();
        let (theirs, own): (Vec<ClassId>, Vec<ClassId>) =
            ids.iter().partition(|&&id| classes.is_interpreters(id));
        let copy = |id: &ClassId| copied(classes.get(*id), &copies);
        let mut bench = Classes::new(
            theirs.iter().map(copy).collect(),
            std::sync::Arc::new(NoMembers),
        );
        for class in own.iter().map(copy) {
            bench.push(class);
        }
        Self {
            classes: bench,
            originals: ids,
            copies,
            version,
            made: 0,
            slotted: vec![],
        }
    }

    /// The classes as they stand on the bench, under its own ids.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// The class on the bench that stands for one of the analysis.
    pub fn copy(&self, id: ClassId) -> Option<ClassId> {
        self.copies.get(&id).copied()
    }

    /// The class of the analysis that one on the bench stands for; itself for one that was added here.
    pub fn original(&self, id: ClassId) -> Option<ClassId> {
        self.originals.get(id.0 as usize).copied()
    }

    /// Adds a class that is yet to be made.
    pub(super) fn add(&mut self, name: &str) -> ClassId {
        self.classes.push(Class {
            path: ClassPath::new("", name),
            origin: Origin::Interpreter,
            outcome: Outcome::Unknown {
                because: vec![],
                known: vec![],
                metaclass: None,
            },
            members: std::sync::OnceLock::new(),
            assigned: std::sync::OnceLock::new(),
            heard: std::sync::OnceLock::new(),
            annotated: std::sync::OnceLock::new(),
            methods: std::sync::OnceLock::new(),
            standing: Standing::Exact,
            refused: None,
            skips_abc: false,
            abstract_left: None,
            not_reached: None,
            called_from: None,
        })
    }

    /// The bases of a class as they stand: those it has, or those it asked for.
    pub(super) fn bases(&self, id: ClassId) -> Vec<ClassId> {
        match &self.classes.get(id).outcome {
            Outcome::Created(made) => made.bases.clone(),
            Outcome::Raises(raised) => raised.bases.clone(),
            Outcome::Unknown { .. } => vec![],
        }
    }

    /// Makes one class anew.
    ///
    /// `metaclass` is what the statement asks for; what the first base has where it asks for none.
    pub(super) fn remake(
        &mut self,
        id: ClassId,
        bases: &[ClassId],
        metaclass: Option<ClassId>,
        is_emptied: bool,
    ) -> Result<Made, TypeNewError> {
        self.made += 1;
        let object = self.classes.object();
        let first = bases.first().copied().unwrap_or(object);
        let of_first = self.classes.made(first).map(|made| made.metaclass);
        let asked = metaclass.or(of_first).unwrap_or(self.classes.type_());
        let items = if is_emptied {
            Some(vec![])
        } else {
            self.slots_of(id)
        };
        let name = self.classes.get(id).path.name().to_owned();
        type_new(
            id,
            &Wanted {
                name: &name,
                metaclass: asked,
                slots: items.as_deref().map_or(Declared::Absent, Declared::Items),
                binds: &|_| false,
                mro: None,
                version: self.version,
            },
            bases,
            &self.classes,
        )
    }

    /// The items of a class's `__slots__`, as far as its layout tells; none where it has no `__slots__`.
    fn slots_of(&self, id: ClassId) -> Option<Vec<SlotItem>> {
        let Some(made) = self.classes.made(id) else {
            // What they are called does not matter; that there is one does.
            let one = || vec![SlotItem::Name("slot".into())];
            return self.slotted.contains(&id).then(one);
        };
        let Slots::Names(names) = &made.slots else {
            return None;
        };
        let mut items: Vec<SlotItem> = names.iter().cloned().map(SlotItem::Name).collect();
        let of_bases = |has: fn(&Made) -> bool| {
            let mut bases = made.bases.iter();
            bases.any(|&base| self.classes.made(base).is_some_and(has))
        };
        if made.shape.dict && !of_bases(|it| it.shape.dict) {
            items.push(SlotItem::Name("__dict__".into()));
        }
        if made.shape.weakref && !of_bases(|it| it.shape.weakref) {
            items.push(SlotItem::Name("__weakref__".into()));
        }
        Some(items)
    }

    /// The metaclass of a class that none of its bases has: its statement asks for it.
    fn own_metaclass(&self, id: ClassId) -> Option<ClassId> {
        let made = self.classes.made(id)?;
        let has_it = |&base: &ClassId| {
            let base = self.classes.made(base);
            base.is_some_and(|base| self.classes.is_subclass(base.metaclass, made.metaclass))
        };
        (!made.bases.iter().any(has_it)).then_some(made.metaclass)
    }

    /// The same, for good; `asks_for_none` says that the statement asks for no metaclass, whatever the class has now.
    pub fn rebase_asking(
        &mut self,
        id: ClassId,
        bases: &[ClassId],
        metaclass: &dyn Fn(ClassId) -> Option<ClassId>,
        asks_for_none: bool,
    ) {
        let plain = self.classes.type_();
        if asks_for_none && let Outcome::Created(made) = &mut self.classes.get_mut(id).outcome {
            // Its own is forgotten: what the bases bring decides.
            made.metaclass = plain;
        }
        let _ = self.rebase(id, bases, metaclass, false);
    }

    fn put(&mut self, id: ClassId, outcome: Outcome, undo: &mut Undo) {
        let before = std::mem::replace(&mut self.classes.get_mut(id).outcome, outcome);
        undo.push((id, before));
    }

    pub(super) fn undo(&mut self, undo: Undo) {
        for (id, outcome) in undo.into_iter().rev() {
            self.classes.get_mut(id).outcome = outcome;
        }
    }

    /// What derives from a class, in order of creation, as far as it is on the bench; by the bases that are asked for where it could not be made.
    fn below(&self, id: ClassId) -> Vec<ClassId> {
        let mut below: Vec<ClassId> = vec![];
        for other in self.classes.own_ids() {
            // A base that could not be made either has no MRO that tells; it came before.
            let is_below = |base: &ClassId| {
                *base == id || below.contains(base) || self.classes.is_subclass(*base, id)
            };
            let derives = match &self.classes.get(other).outcome {
                Outcome::Created(made) => made.mro.contains(&id),
                Outcome::Raises(raised) => raised.bases.iter().any(is_below),
                Outcome::Unknown { .. } => false,
            };
            if derives && other != id {
                below.push(other);
            }
        }
        below
    }

    /// Changes the bases of a class, and makes it and what derives from it anew, in order of creation. What cannot be made any more raises,
    /// and what derives from that stays as it was.
    ///
    /// `metaclass` says what a statement asks for. Returns what each class that could not be made raised, and what takes it back.
    pub fn rebase(
        &mut self,
        id: ClassId,
        bases: &[ClassId],
        metaclass: &dyn Fn(ClassId) -> Option<ClassId>,
        is_emptied: bool,
    ) -> (Vec<(ClassId, Raised)>, Undo) {
        let mut undo = vec![];
        let mut raised = vec![];
        let below = self.below(id);
        for class in std::iter::once(id).chain(below) {
            let bases = if class == id {
                bases.to_vec()
            } else {
                self.bases(class)
            };
            if bases.iter().any(|&base| self.classes.made(base).is_none()) {
                continue;
            }
            let asked = metaclass(class).or_else(|| self.own_metaclass(class));
            let made = self.remake(class, &bases, asked, is_emptied && class == id);
            let outcome = match made {
                Ok(made) => Outcome::Created(made),
                Err(error) => {
                    let error = Raised {
                        kind: "TypeError".into(),
                        reason: Some(Box::new(error)),
                        bases,
                        ..Raised::default()
                    };
                    raised.push((class, error.clone()));
                    Outcome::Raises(error)
                }
            };
            self.put(class, outcome, &mut undo);
        }
        (raised, undo)
    }
}

/// A class under the ids of the bench, without its names.
fn copied(class: &Class, copies: &FxHashMap<ClassId, ClassId>) -> Class {
    // All that a class names is laid out with it.
    let of = |id: &ClassId| copies.get(id).copied().unwrap_or(ClassId(0));
    let outcome = match &class.outcome {
        Outcome::Created(made) => Outcome::Created(Made {
            bases: made.bases.iter().map(of).collect(),
            metaclass: of(&made.metaclass),
            best_base: made.best_base.as_ref().map(of),
            solid_base: of(&made.solid_base),
            mro: made.mro.iter().map(of).collect(),
            ..made.clone()
        }),
        Outcome::Raises(raised) => Outcome::Raises(Raised {
            bases: raised.bases.iter().map(of).collect(),
            reason: raised.reason.as_ref().map(|it| Box::new(it.under(&of))),
            inherited_from: None,
            ..raised.clone()
        }),
        Outcome::Unknown { .. } => Outcome::Unknown {
            because: vec![],
            known: vec![],
            metaclass: None,
        },
    };
    Class {
        path: class.path.clone(),
        origin: class.origin.clone(),
        outcome,
        members: std::sync::OnceLock::new(),
        assigned: std::sync::OnceLock::new(),
        heard: std::sync::OnceLock::new(),
        annotated: std::sync::OnceLock::new(),
        methods: std::sync::OnceLock::new(),
        standing: Standing::Exact,
        refused: None,
        skips_abc: false,
        abstract_left: None,
        not_reached: None,
        called_from: None,
    }
}
