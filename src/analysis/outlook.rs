//! What stands out in a project: from which classes most derive, which have the longest MRO, where the order of the MRO decides, what code makes.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::analysis::{Analysis, ClassRef, says_nothing};
use crate::semantics::{ClassId, DescriptorKind, MemberKind, Origin};

/// What stands out, each list with the most striking first.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// Classes of the project, or of what it imports, and how many classes of the project derive from them.
    pub derived: Vec<(ClassId, usize)>,
    /// Classes and the length of their MRO, where it is longer than that of a class with one base that derives from `object`.
    pub longest: Vec<(ClassId, usize)>,
    /// Classes, and their names that the order decides.
    pub ordered: Vec<(ClassId, Vec<Decided>)>,
    /// Metaclasses other than `type`, and how many classes of the project they make.
    pub metaclasses: Vec<(ClassId, usize)>,
    /// Classes that a call makes, in order of modules.
    pub called: Vec<ClassId>,
    /// Class statements that raise.
    pub raising: Vec<ClassId>,
    /// How many names of the project's classes hold descriptors: properties and others that are no functions.
    pub descriptors: usize,
}

/// A name that a class has from another one than a search depth first, from left to right, would find: the order of its MRO decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The name.
    pub name: Name,
    /// The class that gives it.
    pub from: ClassId,
    /// The class that such a search would find.
    pub instead_of: ClassId,
}

impl Analysis {
    /// What stands out; worked out when it is first asked for.
    pub fn outlook(&self) -> &Outlook {
        self.outlook.get_or_init(|| self.work_out())
    }

    fn work_out(&self) -> Outlook {
        let mut outlook = Outlook::default();
        let mut derived: FxHashMap<ClassId, usize> = FxHashMap::default();
        let mut made: FxHashMap<ClassId, usize> = FxHashMap::default();
        for class in self.project_classes() {
            if class.raises().is_some() {
                outlook.raising.push(class.id());
            }
            let ancestry = class.known_ancestry();
            for above in ancestry.iter().skip(1) {
                if above.place().is_some() {
                    *derived.entry(above.id()).or_default() += 1;
                }
            }
            if class.mro().is_some() && ancestry.len() > 3 {
                outlook.longest.push((class.id(), ancestry.len()));
            }
            if let Some(metaclass) = class.metaclass().filter(|it| it.name() != "type") {
                *made.entry(metaclass.id()).or_default() += 1;
            }
            if matches!(class.origin(), Origin::Call(_)) {
                outlook.called.push(class.id());
            }
            outlook.descriptors += descriptors(class);
            let decided = decided(class, &ancestry);
            if !decided.is_empty() {
                outlook.ordered.push((class.id(), decided));
            }
        }
        outlook.derived = self.most(derived);
        outlook.metaclasses = self.most(made);
        outlook
            .longest
            .sort_by_key(|&(_, length)| std::cmp::Reverse(length));
        outlook
            .ordered
            .sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
        outlook
    }

    fn most(&self, counts: FxHashMap<ClassId, usize>) -> Vec<(ClassId, usize)> {
        let mut most: Vec<(ClassId, usize)> = counts.into_iter().collect();
        most.sort_by_cached_key(|&(id, count)| {
            let path = self.class(id).path();
            (std::cmp::Reverse(count), path.to_string())
        });
        most
    }
}

/// How many names of a class's own namespace hold descriptors that are no functions.
fn descriptors(class: ClassRef<'_>) -> usize {
    let is_one = |kind: MemberKind, descriptor: DescriptorKind| {
        matches!(
            kind,
            MemberKind::Property
                | MemberKind::CachedProperty
                | MemberKind::DataDescriptor
                | MemberKind::Descriptor
        ) || kind == MemberKind::Value
            && matches!(descriptor, DescriptorKind::Data | DescriptorKind::NonData)
    };
    let members = class.members().iter();
    let found = members.filter(|(_, it)| is_one(it.kind, it.descriptor));
    found.count()
}

/// The names of a class that the order of its MRO decides.
fn decided(class: ClassRef<'_>, mro: &[ClassRef<'_>]) -> Vec<Decided> {
    if class.bases().len() < 2 || class.mro().is_none() {
        return vec![];
    }
    let mut deep = vec![];
    let mut seen = FxHashSet::default();
    let mut next: Vec<ClassRef<'_>> = class.bases().into_iter().rev().collect();
    while let Some(above) = next.pop() {
        if seen.insert(above.id()) {
            deep.push(above);
            next.extend(above.bases().into_iter().rev());
        }
    }
    // Where both orders are one, no name can differ.
    let others = &mro[1..];
    if deep == others {
        return vec![];
    }
    let is_written = |it: &&ClassRef<'_>| !it.is_interpreters();
    let mut first: FxHashMap<&Name, ClassId> = FxHashMap::default();
    for above in deep.iter().filter(is_written) {
        for name in above.members().keys() {
            first.entry(name).or_insert(above.id());
        }
    }
    let mut taken: FxHashSet<&Name> = class.members().keys().collect();
    let mut decided = vec![];
    for above in others.iter().filter(is_written) {
        for name in above.members().keys() {
            if !taken.insert(name) || says_nothing(name) {
                continue;
            }
            if let Some(&instead_of) = first.get(name).filter(|&&it| it != above.id()) {
                decided.push(Decided {
                    name: name.clone(),
                    from: above.id(),
                    instead_of,
                });
            }
        }
    }
    decided.sort_by(|one, other| one.name.cmp(&other.name));
    decided
}
