//! Two analyses side by side: which class of one is which of the other, and what differs of a pair.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::difference::{Changed, Comparing, Named, Provider, Side, says_nothing};
use crate::analysis::provider::{ends_of, fits};
use crate::analysis::{Analysis, ClassRef};
use crate::semantics::{ClassId, ClassPath, Origin, Outcome, Raised, Standing};

/// The name of a class as a number that both analyses share.
pub(super) type Face = u32;

/// Two analyses, and who is who.
pub(super) struct Compared<'a> {
    pub(super) before: Half<'a>,
    pub(super) after: Half<'a>,
    faces: Vec<(Cow<'a, ClassPath>, u32)>,
    /// The paths that classes of source have on both sides.
    shared: FxHashSet<ClassPath>,
    /// The class that each face is of, before and after; that of source where the interpreter's table has one, too.
    classes: Vec<(Option<ClassId>, Option<ClassId>)>,
    /// The names of which it differs whether a class has them, for pairs that were asked about.
    deltas: RefCell<Deltas>,
}

/// The names of which it differs whether the class before and the class after have them.
type Deltas = FxHashMap<(ClassId, ClassId), Rc<[Name]>>;

/// One of the two.
pub(super) struct Half<'a> {
    pub(super) analysis: &'a Analysis,
    /// The face of each class.
    faces: Vec<Face>,
    /// The same class of the other analysis.
    twins: Vec<Option<ClassId>>,
    /// What classes are given under names that are not known: what such a name begins and ends with.
    patterns: FxHashMap<ClassId, Vec<(&'a str, &'a str)>>,
}

/// The faces that were given so far.
type Known<'a> = FxHashMap<(Cow<'a, ClassPath>, u32), Face>;

/// Which class has a name, as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    By(ClassId),
    Nowhere,
    Untold,
}

impl<'a> Half<'a> {
    fn new(analysis: &'a Analysis, renamed: Option<&(Name, Name)>, known: &mut Known<'a>) -> Self {
        let classes = &analysis.classes;
        let mut faces = vec![0; classes.len()];
        let mut sharing: FxHashMap<(Cow<'a, ClassPath>, bool), Vec<ClassId>> = FxHashMap::default();
        for id in classes.ids() {
            let path = named_alike(&classes.get(id).path, renamed);
            let kind = (path, classes.is_interpreters(id));
            sharing.entry(kind).or_default().push(id);
        }
        for ((path, _), mut ids) in sharing {
            if ids.len() > 1 {
                ids.sort_by_cached_key(|&id| Reverse(standing_for(analysis, id)));
            }
            for (others, id) in ids.into_iter().enumerate() {
                let next = known.len() as Face;
                let named = (path.clone(), others as u32);
                faces[id.0 as usize] = *known.entry(named).or_insert(next);
            }
        }
        let patterns = classes.own_ids().filter_map(|id| {
            let given = classes.assigned(id).iter();
            let open: Vec<(&str, &str)> = given
                .filter(|it| it.is_pattern && it.on_class)
                .map(|it| ends_of(&it.name))
                .collect();
            (!open.is_empty()).then_some((id, open))
        });
        Self {
            patterns: patterns.collect(),
            twins: vec![None; faces.len()],
            analysis,
            faces,
        }
    }

    pub(super) fn face(&self, id: ClassId) -> Face {
        self.faces[id.0 as usize]
    }

    pub(super) fn mro(&self, id: ClassId) -> &'a [ClassId] {
        self.analysis.classes.mro(id).unwrap_or_default()
    }

    /// Its bases, or those that its statement asked for.
    pub(super) fn bases(&self, id: ClassId) -> &'a [ClassId] {
        match &self.analysis.classes.get(id).outcome {
            Outcome::Created(made) => &made.bases,
            Outcome::Raises(raised) => &raised.bases,
            Outcome::Unknown { .. } => &[],
        }
    }

    pub(super) fn metaclass(&self, id: ClassId) -> Option<ClassId> {
        self.analysis.classes.made(id).map(|made| made.metaclass)
    }

    pub(super) fn raises(&self, id: ClassId) -> Option<String> {
        let class = self.analysis.class(id);
        match class.outcome() {
            Outcome::Raises(raised) => Some(raised.line()),
            _ => class.refused().map(Raised::line),
        }
    }

    /// Whether a namespace has a name; none where that hangs on something.
    fn has(&self, id: ClassId, name: &Name) -> Option<bool> {
        match self.analysis.classes.members(id).get(name) {
            Some(member) if member.maybe.is_some() => None,
            Some(_) => Some(true),
            None => {
                let open = self.patterns.get(&id).into_iter().flatten();
                let may = |&ends: &(&str, &str)| fits(ends, name);
                (!open.into_iter().any(may)).then_some(false)
            }
        }
    }

    fn find(&self, mro: &[ClassId], name: &Name) -> Found {
        for &id in mro {
            match self.has(id, name) {
                Some(true) => return Found::By(id),
                Some(false) => {}
                None => return Found::Untold,
            }
        }
        Found::Nowhere
    }

    /// The names of the namespaces along an MRO that source made.
    fn names(&self, mro: &[ClassId]) -> impl Iterator<Item = &'a Name> {
        let classes = &self.analysis.classes;
        let own = mro.iter().filter(|&&id| !classes.is_interpreters(id));
        let own: Vec<ClassId> = own.copied().collect();
        own.into_iter().flat_map(|id| classes.members(id).keys())
    }
}

/// How likely it is that a class is the one that its path means, of several that share it: what the module binds before what it does not,
/// what an import left behind that failed last; statements before calls, which a function may make by the dozen; what was made later
/// before what was made earlier.
pub(super) fn standing_for(analysis: &Analysis, id: ClassId) -> (bool, bool, bool, ClassId) {
    let class = analysis.classes.get(id);
    let module = analysis.module_of(id);
    let bound = module.and_then(|module| module.names.get(&class.path.qualname));
    (
        bound == Some(&id),
        module.is_some(),
        matches!(class.origin, Origin::Statement { .. }),
        id,
    )
}

/// A path, with the name of its module or package that it has after.
fn named_alike<'a>(path: &'a ClassPath, renamed: Option<&(Name, Name)>) -> Cow<'a, ClassPath> {
    let Some((before, after)) = renamed else {
        return Cow::Borrowed(path);
    };
    match path.module.strip_prefix(before.as_str()) {
        Some(rest) if rest.is_empty() || rest.starts_with('.') => {
            let module = format!("{after}{rest}");
            Cow::Owned(ClassPath::new(module, path.qualname.clone()))
        }
        _ => Cow::Borrowed(path),
    }
}

impl<'a> Compared<'a> {
    pub(super) fn new(before: &'a Analysis, after: &'a Analysis, comparing: &Comparing) -> Self {
        let mut known = FxHashMap::default();
        let mut before = Half::new(before, comparing.renamed.as_ref(), &mut known);
        let mut after = Half::new(after, None, &mut known);
        let key = |half: &Half<'_>, id: ClassId| {
            let classes = &half.analysis.classes;
            (half.face(id), classes.is_interpreters(id))
        };
        let there: FxHashMap<(Face, bool), ClassId> = before
            .analysis
            .classes
            .ids()
            .map(|id| (key(&before, id), id))
            .collect();
        for id in after.analysis.classes.ids() {
            if let Some(&twin) = there.get(&key(&after, id)) {
                after.twins[id.0 as usize] = Some(twin);
                before.twins[twin.0 as usize] = Some(id);
            }
        }
        let mut faces: Vec<((Cow<'_, ClassPath>, u32), Face)> = known.into_iter().collect();
        faces.sort_unstable_by_key(|(_, face)| *face);
        let mut classes = vec![(None, None); faces.len()];
        // The interpreter's come first.
        for id in before.analysis.classes.ids() {
            classes[before.face(id) as usize].0 = Some(id);
        }
        for id in after.analysis.classes.ids() {
            classes[after.face(id) as usize].1 = Some(id);
        }
        let shared = faces
            .iter()
            .filter(|((_, others), face)| {
                let (one, other) = classes[*face as usize];
                *others == 0 && one.is_some() && other.is_some()
            })
            .map(|((path, _), _)| path.clone().into_owned())
            .collect();
        Self {
            classes,
            shared,
            before,
            after,
            faces: faces.into_iter().map(|(named, _)| named).collect(),
            deltas: RefCell::default(),
        }
    }

    pub(super) fn twin_after(&self, before: ClassId) -> Option<ClassId> {
        self.before.twins[before.0 as usize]
    }

    pub(super) fn twin_before(&self, after: ClassId) -> Option<ClassId> {
        self.after.twins[after.0 as usize]
    }

    /// Whether some class of a path is there before and after.
    pub(super) fn is_on_both(&self, face: Face) -> bool {
        let path = &self.faces[face as usize].0;
        self.shared.contains(path.as_ref())
    }

    pub(super) fn named(&self, face: Face) -> Named {
        let (path, others) = &self.faces[face as usize];
        Named {
            path: path.clone().into_owned(),
            other: *others,
        }
    }

    pub(super) fn ids(&self, face: Face) -> (Option<ClassId>, Option<ClassId>) {
        self.classes[face as usize]
    }

    pub(super) fn named_before(&self, id: ClassId) -> Named {
        self.named(self.before.face(id))
    }

    pub(super) fn named_after(&self, id: ClassId) -> Named {
        self.named(self.after.face(id))
    }

    /// Whether two lists name the same classes.
    pub(super) fn are_same(&self, before: &[ClassId], after: &[ClassId]) -> bool {
        before.len() == after.len()
            && before
                .iter()
                .zip(after)
                .all(|(&one, &other)| self.before.face(one) == self.after.face(other))
    }

    pub(super) fn is_metaclass_same(&self, before: ClassId, after: ClassId) -> bool {
        let before = self.before.metaclass(before).map(|it| self.before.face(it));
        before == self.after.metaclass(after).map(|it| self.after.face(it))
    }

    /// The names of which it differs whether the class has them, sorted.
    pub(super) fn delta(&self, before: ClassId, after: ClassId) -> Rc<[Name]> {
        if let Some(known) = self.deltas.borrow().get(&(before, after)) {
            return Rc::clone(known);
        }
        let names: BTreeSet<&Name> = if self.is_one_of_one_table(before, after) {
            BTreeSet::new()
        } else {
            let all = self.before.analysis.classes.members(before).keys();
            let all = all.chain(self.after.analysis.classes.members(after).keys());
            all.filter(|name| {
                !says_nothing(name) && self.before.has(before, name) != self.after.has(after, name)
            })
            .collect()
        };
        let delta: Rc<[Name]> = names.into_iter().cloned().collect();
        let mut deltas = self.deltas.borrow_mut();
        deltas.insert((before, after), Rc::clone(&delta));
        delta
    }

    /// Whether both are the same class of the same table, whose namespace need not be read for that.
    fn is_one_of_one_table(&self, before: ClassId, after: ClassId) -> bool {
        let is_tables = |analysis: &Analysis, id| {
            let class = analysis.classes.get(id);
            analysis.classes.is_interpreters(id) && class.standing == Standing::Exact
        };
        before == after
            && self.before.analysis.world.python == self.after.analysis.world.python
            && is_tables(self.before.analysis, before)
            && is_tables(self.after.analysis, after)
    }

    /// What changed of a class that is known on both sides.
    pub(super) fn changed(&self, before: ClassId, after: ClassId) -> Option<Changed> {
        let (old, new) = (self.before.mro(before), self.after.mro(after));
        let is_same = self.are_same(old, new);
        let names: FxHashSet<&Name> = if is_same {
            // The same classes in the same order: a name can move only where one of them got or lost it.
            let mut some = FxHashSet::default();
            for (&one, &other) in old.iter().zip(new) {
                let delta = self.delta(one, other);
                if delta.is_empty() {
                    continue;
                }
                let own = self.before.names(old).chain(self.after.names(new));
                some.extend(own.filter(|name| delta.binary_search(name).is_ok()));
            }
            some
        } else if old.is_empty() || new.is_empty() {
            FxHashSet::default()
        } else {
            let all = self.before.names(old).chain(self.after.names(new));
            all.filter(|name| !says_nothing(name)).collect()
        };
        let (mut providers, mut untold) = (vec![], vec![]);
        for name in names {
            let face = |half: &Half<'_>, found| match found {
                Found::By(id) => Some(half.face(id)),
                Found::Nowhere | Found::Untold => None,
            };
            let (from, to) = (self.before.find(old, name), self.after.find(new, name));
            let (one, other) = (face(&self.before, from), face(&self.after, to));
            if from == Found::Untold || to == Found::Untold {
                if (from == Found::Untold) != (to == Found::Untold) {
                    untold.push(name.clone());
                }
            } else if one != other {
                providers.push(Provider {
                    name: name.clone(),
                    from: one.map(|it| self.named(it)),
                    to: other.map(|it| self.named(it)),
                });
            }
        }
        let is_metaclass_same =
            old.is_empty() || new.is_empty() || self.is_metaclass_same(before, after);
        let is_changed = !is_same
            || !is_metaclass_same
            || !providers.is_empty()
            || self.before.raises(before) != self.after.raises(after);
        if !is_changed {
            return None;
        }
        providers.sort();
        untold.sort();
        Some(Changed {
            class: self.named_before(before),
            before: self.side(&self.before, before),
            after: self.side(&self.after, after),
            providers,
            untold,
        })
    }

    fn side(&self, half: &Half<'_>, id: ClassId) -> Side {
        let named = |ids: &[ClassId]| -> Vec<Named> {
            ids.iter().map(|&it| self.named(half.face(it))).collect()
        };
        let class: ClassRef<'_> = half.analysis.class(id);
        Side {
            id,
            mro: class.made().map(|made| named(&made.mro)),
            bases: named(half.bases(id)),
            metaclass: half.metaclass(id).map(|it| self.named(half.face(it))),
            raises: half.raises(id),
            sureness: class.sureness(),
        }
    }
}
