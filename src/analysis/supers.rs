//! Where `super().name` leads: which class of an object's MRO gives the name behind the one in which the call is written.
//!
//! The method that makes the call does not decide that, nor does the class it stands in: the object's class does. So all of this is asked of
//! the receiver's class, along whose MRO the search goes (`super_getattro`).

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::provider::{ends_of, fits};
use crate::analysis::{Analysis, ClassRef, Definition, Sureness};
use crate::semantics::{ClassId, ClassPath, MemberOrigin, mangle};
use crate::source::{Place, PythonVersion};
use crate::syntax::{After, Method, SuperSite};

/// How sure something is that is said of one receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// What CPython does.
    Exact,
    /// What CPython does if the assumptions of the receiver's class hold, or those named beside it.
    Assumed,
    /// It cannot be told.
    Unknown,
}

/// An attribute that a method reads from `super()`, for one receiver.
#[derive(Debug, Clone, Copy)]
pub struct SuperRead<'a> {
    /// The class in whose body the method stands.
    pub class: ClassRef<'a>,
    /// The method.
    pub method: &'a Method,
    /// The place.
    pub site: &'a SuperSite,
    /// The class behind which the search starts.
    pub after: ClassRef<'a>,
    /// Where it leads.
    pub leads: Leads<'a>,
    /// How sure that is.
    pub sure: Sure,
}

/// Where a search along an MRO leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads<'a> {
    /// This class has the name.
    To(ClassRef<'a>),
    /// No class has it: `AttributeError`.
    Nowhere,
}

/// The MRO of a receiver, ready to be searched again and again.
#[derive(Debug)]
pub struct Along<'a> {
    /// The receiver's class.
    pub class: ClassRef<'a>,
    /// Its MRO; what is known of it, where it cannot be known whole.
    pub mro: Vec<ClassRef<'a>>,
    /// How sure that is.
    pub sure: Sure,
    position: FxHashMap<ClassId, usize>,
    /// Positions of classes that may have names which are not known.
    open: Vec<usize>,
    /// Whether comprehensions are no functions of their own.
    inlines: bool,
}

impl<'a> Along<'a> {
    /// Prepares the MRO of a class.
    pub fn of(class: ClassRef<'a>) -> Self {
        let mro = class.known_ancestry();
        let sureness = mro.iter().map(|it| match it.sureness() {
            Sureness::Exact => Sure::Exact,
            Sureness::Assumed(_) => Sure::Assumed,
            Sureness::Unknown(_) | Sureness::Raises => Sure::Unknown,
        });
        let version = class.analysis().world.python.parse::<PythonVersion>();
        let is_open = |at: &usize| {
            mro[*at]
                .assigned()
                .iter()
                .any(|it| it.is_pattern && it.on_class)
        };
        Self {
            sure: sureness.max().unwrap_or(Sure::Unknown),
            position: mro.iter().map(|it| it.id()).zip(0..).collect(),
            open: (0..mro.len()).filter(is_open).collect(),
            // PEP 709.
            inlines: version.is_ok_and(|it| it >= PythonVersion::three(12)),
            class,
            mro,
        }
    }

    /// Where a class stands.
    pub fn position(&self, class: ClassRef<'_>) -> Option<usize> {
        self.position.get(&class.id()).copied()
    }

    /// Whether a place works in the version that is asked about.
    pub(super) fn works(&self, site: &SuperSite) -> bool {
        self.inlines || !site.is_inlined
    }

    /// How sure it is that no class at one of these positions has the name, under which it is not listed.
    ///
    /// A name that code works out begins and ends as it is written. Where nothing of it is written, it is taken not to be this one, unless
    /// code is seen to give this one to a class of the MRO.
    pub(super) fn without(&self, among: Range<usize>, name: &str) -> Sure {
        let mut sure = Sure::Exact;
        for &at in self.open.iter().filter(|at| among.contains(at)) {
            let given = self.mro[at].assigned().iter();
            for given in given.filter(|it| it.is_pattern && it.on_class) {
                match ends_of(&given.name) {
                    ("", "") if self.is_given(name) => return Sure::Unknown,
                    ("", "") => sure = Sure::Assumed,
                    ends if fits(ends, name) => return Sure::Unknown,
                    _ => {}
                }
            }
        }
        sure
    }

    /// Whether some class of the MRO was given the name by code outside of its body.
    fn is_given(&self, name: &str) -> bool {
        let mut members = self.mro.iter().filter_map(|it| it.members().get(name));
        members.any(|it| matches!(it.origin, MemberOrigin::Created | MemberOrigin::Late))
    }

    /// Behind which class of the MRO a place in a class looks; none where that is no class, or none of the MRO: `TypeError`.
    pub(super) fn start(&self, class: ClassRef<'a>, after: &After) -> Option<usize> {
        match after {
            After::Class => self.position(class),
            After::Receiver => Some(0),
            After::Named(name) => self.position(class.meant_by(name)?),
        }
    }

    /// Where a search behind a position leads, and how sure that is.
    pub fn behind(&self, start: usize, name: &str) -> (Leads<'a>, Sure) {
        // `super` objects have their own class (`super_getattro`).
        let from = match name {
            "__class__" => self.mro.len(),
            _ => start + 1,
        };
        let (found, sure) = self.found(from, name);
        (found.map_or(Leads::Nowhere, |it| Leads::To(it.class)), sure)
    }

    /// The first definition of a name along the MRO, and how sure it is that this is the first.
    pub fn first(&self, name: &str) -> (Option<Definition<'a>>, Sure) {
        self.found(0, name)
    }

    /// The definitions of a name, in order of the MRO.
    pub fn definitions(&self, name: &str) -> Vec<(usize, Definition<'a>)> {
        let classes = self.mro.iter().enumerate();
        let defining = classes.filter_map(|(at, &class)| {
            let member = class.members().get(name)?;
            Some((at, Definition { class, member }))
        });
        defining.collect()
    }

    fn found(&self, from: usize, name: &str) -> (Option<Definition<'a>>, Sure) {
        let found =
            (from..self.mro.len()).find_map(|at| Some((at, self.mro[at].members().get(name)?)));
        let end = found.map_or(self.mro.len(), |it| it.0);
        let sure = if found.is_some_and(|it| it.1.maybe.is_some()) {
            Sure::Unknown
        } else {
            self.sure.max(self.without(from..end, name))
        };
        let found = found.map(|(at, member)| Definition {
            class: self.mro[at],
            member,
        });
        (found, sure)
    }

    /// What the methods of the classes of the MRO read from `super()`, in order of the MRO, then of the source.
    pub fn reads(&self) -> Vec<SuperRead<'a>> {
        let mut reads = vec![];
        for &class in &self.mro {
            let from = reads.len();
            for method in class.methods() {
                self.reads_of(class, method, &mut reads);
            }
            reads[from..].sort_by_key(|it| it.site.start);
        }
        reads
    }

    fn reads_of(&self, class: ClassRef<'a>, method: &'a Method, reads: &mut Vec<SuperRead<'a>>) {
        let Some(supers) = &method.supers else { return };
        for site in supers.sites.iter().filter(|it| self.works(it)) {
            let Some(start) = self.start(class, &site.after) else {
                continue;
            };
            let (leads, sure) = self.behind(start, &mangle(class.name(), &site.name));
            reads.push(SuperRead {
                class,
                method,
                site,
                after: self.mro[start],
                leads,
                sure,
            });
        }
    }

    /// Each name that classes of the MRO define, in order of the name, with its definitions in order of the MRO.
    pub fn named(&self) -> Vec<(&'a str, Vec<(usize, Definition<'a>)>)> {
        let mut by_name: FxHashMap<&str, Vec<(usize, Definition<'_>)>> = FxHashMap::default();
        for (at, &class) in self.mro.iter().enumerate() {
            for (name, member) in class.members() {
                let definition = Definition { class, member };
                by_name.entry(name).or_default().push((at, definition));
            }
        }
        let mut named: Vec<_> = by_name.into_iter().collect();
        named.sort_by_key(|it| it.0);
        named
    }
}

impl Analysis {
    /// The class that a module or one of its submodules has under the first of these names that is no submodule's.
    fn class_in<'n>(
        &self,
        module: &str,
        parts: &mut impl Iterator<Item = &'n str>,
    ) -> Option<ClassRef<'_>> {
        let mut module = module.to_owned();
        loop {
            let part = parts.next()?;
            let known = self.module(&module);
            if let Some(&class) = known.and_then(|it| it.names.get(part)) {
                return Some(self.class(class));
            }
            // The interpreter's modules are not run.
            if known.is_none()
                && let [.., class] = self.by_path(&ClassPath::new(module.as_str(), part))
            {
                return Some(self.class(*class));
            }
            let submodule = format!("{module}.{part}");
            let bound = known.and_then(|it| it.modules.iter().find(|it| it.0 == part));
            module = bound.map_or(submodule, |it| it.1.to_string());
        }
    }
}

impl<'a> ClassRef<'a> {
    /// The `def` of its body that is the definition of a name, or around which decorators have put it, its own or those of the class; none
    /// where it is something else, was replaced, or is one of several of which it is not known which.
    ///
    /// ```py
    /// @method_decorator(never_cache, name="dispatch")     # sets `LoginView.dispatch` to a wrapper around it
    /// class LoginView(View):
    ///     def dispatch(self, request): return super().dispatch(request)
    /// ```
    pub fn method(self, name: &str) -> Option<&'a Method> {
        let member = self.members().get(name)?;
        let all = self.methods_called(name);
        let bound = Definition {
            class: self,
            member,
        }
        .place();
        let is_bound = |it: &&Method| bound.is_some_and(|place| place.start == it.start);
        let mut real = all.iter().filter(|it| !it.is_aside);
        let first = real.next()?;
        match real.next() {
            None if member.origin == MemberOrigin::Body => Some(first),
            None => {
                let around = member.wraps.as_ref().and_then(|it| it.place);
                let is_around = |at: Place| {
                    let is_here = self.place().is_some_and(|it| it.file == at.file);
                    is_here && (first.start..first.end).contains(&at.start)
                };
                Some(first).filter(|_| around.is_some_and(is_around))
            }
            Some(_) => all.iter().filter(|it| !it.is_aside).find(is_bound),
        }
    }

    /// Each `def` of its body for a name, in order of the source.
    pub fn methods_called(self, name: &str) -> &'a [Method] {
        let methods = self.methods();
        let from = methods.partition_point(|it| it.name.as_str() < name);
        let count = methods[from..].partition_point(|it| it.name == name);
        &methods[from..from + count]
    }

    /// The class that a dotted name means in the methods of the class.
    pub(super) fn meant_by(self, name: &str) -> Option<ClassRef<'a>> {
        if name == self.name() || name == self.path().qualname || name == "__class__" {
            return Some(self);
        }
        let analysis = self.analysis();
        let mut parts = name.split('.');
        let first = parts.next()?;
        let module = self.module()?;
        let mut found = if let Some(&class) = module.names.get(first) {
            analysis.class(class)
        } else {
            let (_, of) = module.modules.iter().find(|it| it.0 == first)?;
            analysis.class_in(of, &mut parts)?
        };
        for part in parts {
            let inner = found.members().get(part)?.class?;
            found = analysis.class(inner);
        }
        Some(found)
    }

    /// What the methods of the classes of its MRO read from `super()` when they are called on its instances; each once.
    pub fn super_reads(self) -> Vec<SuperRead<'a>> {
        let mut seen = FxHashSet::default();
        let mut reads = Along::of(self).reads();
        reads.retain(|it| seen.insert((it.class.id(), it.site.start, it.after.id())));
        reads
    }
}
