//! A file as seen from a class: where each `self.x`, `cls.x` and `super().x` of its methods leads when the object is one of that class.
//!
//! The class of the object decides, not the class the method stands in (`_PyObject_GenericGetAttrWithDict`, `type_getattro`,
//! `super_getattro`). What instances are given is what methods are seen to give them.

use rustc_hash::FxHashMap;

use crate::analysis::{Along, ClassRef, Definition, Leads, Sure};
use crate::semantics::{DescriptorKind, Origin, mangle};
use crate::source::{FileId, Place};
use crate::syntax::ReceiverRead;

/// An attribute that a method reads from its receiver or from `super()`, for one class of the receiver.
#[derive(Debug, Clone)]
pub struct Seen<'a> {
    /// The expression.
    pub place: Place,
    /// Where it leads.
    pub leads: SeenAt<'a>,
    /// How sure that is.
    pub sure: Sure,
}

/// Where reading an attribute leads.
#[derive(Debug, Clone, Copy)]
pub enum SeenAt<'a> {
    /// To this definition.
    Defined(Definition<'a>),
    /// To what a method of the class gives the object, or the class: here.
    Given {
        /// The class of the method.
        class: ClassRef<'a>,
        /// The method's name; empty where it is not known.
        method: &'a str,
        /// The place.
        place: Place,
    },
    /// To this method, which goes by this name and is asked for names that nothing else has: `__getattr__`, `__getattribute__`.
    Asked(Definition<'a>, &'static str),
    /// Nothing has it.
    Nowhere,
}

/// Attributes that every object or class has: they say nothing about this one.
const OF_ALL: [&str; 8] = [
    "__class__",
    "__dict__",
    "__doc__",
    "__module__",
    "__name__",
    "__qualname__",
    "__mro__",
    "__bases__",
];

impl<'a> ClassRef<'a> {
    /// Where everything leads that methods in a file read from their receivers and from `super()`, in order of the source, when they are
    /// called on an object of this class. Classes that are none of its MRO are left out.
    pub fn seen_in(self, file: FileId) -> Vec<Seen<'a>> {
        let along = Along::of(self);
        let by_name: FxHashMap<u32, ClassRef<'a>> = (along.mro.iter().rev())
            .filter_map(|&it| match it.origin() {
                Origin::Statement { name, .. } if name.file == file => Some((name.start, it)),
                _ => None,
            })
            .collect();
        if by_name.is_empty() {
            return vec![];
        }
        let mut seen: Vec<Seen<'a>> = vec![];
        let reads = along.reads().into_iter();
        for read in reads.filter(|it| it.class.place().is_some_and(|it| it.file == file)) {
            let name = mangle(read.class.name(), &read.site.name);
            let leads = match read.leads {
                Leads::Nowhere => SeenAt::Nowhere,
                Leads::To(class) => match class.members().get(&name) {
                    Some(member) => SeenAt::Defined(Definition { class, member }),
                    None => SeenAt::Nowhere,
                },
            };
            seen.push(Seen {
                place: Place {
                    file,
                    start: read.site.start,
                    end: read.site.end,
                },
                leads,
                sure: read.sure,
            });
        }
        let metaclass = self.metaclass().map(Along::of);
        for read in self.analysis().receiver_reads(file) {
            let Some(&class) = by_name.get(&read.class_at) else {
                continue;
            };
            let name = mangle(class.name(), &read.name);
            if OF_ALL.contains(&name.as_str()) {
                continue;
            }
            let found = if read.of_class {
                of_class(&along, metaclass.as_ref(), &name, &read)
            } else {
                of_instance(&along, &name, &read)
            };
            let Some((leads, sure)) = found else { continue };
            let (start, end) = (read.start, read.end);
            let place = Place { file, start, end };
            seen.push(Seen { place, leads, sure });
        }
        seen.sort_by_key(|it| (it.place.start, it.place.end));
        seen
    }
}

/// Where `obj.name` leads (`_PyObject_GenericGetAttrWithDict`); none where writing it calls nothing.
fn of_instance<'a>(
    along: &Along<'a>,
    name: &str,
    read: &ReceiverRead,
) -> Option<(SeenAt<'a>, Sure)> {
    let name_of_hook = if read.is_written {
        "__setattr__"
    } else {
        "__getattribute__"
    };
    if let (Some(hook), _) = along.first(name_of_hook)
        && !hook.class.is_interpreters()
    {
        return Some((SeenAt::Asked(hook, name_of_hook), along.sure));
    }
    let (found, sure) = along.first(name);
    let is_data = |it: &Definition<'_>| it.member.descriptor == DescriptorKind::Data;
    if let Some(found) = found.filter(is_data) {
        return Some((SeenAt::Defined(found), sure));
    }
    if read.is_written {
        return None;
    }
    let given = given(along, name, false).or_else(|| match found {
        Some(_) => None,
        None => given(along, name, true),
    });
    if let Some(given) = given {
        return Some((given, sure));
    }
    Some(or_asked(along, found, name, sure))
}

/// Where `C.name` leads (`type_getattro`); none where writing it calls nothing.
fn of_class<'a>(
    along: &Along<'a>,
    metaclass: Option<&Along<'a>>,
    name: &str,
    read: &ReceiverRead,
) -> Option<(SeenAt<'a>, Sure)> {
    let metaclass = metaclass?;
    let (by_metaclass, sure_of_metaclass) = metaclass.first(name);
    let is_data = |it: &Definition<'_>| it.member.descriptor == DescriptorKind::Data;
    if let Some(found) = by_metaclass.filter(is_data) {
        return Some((SeenAt::Defined(found), along.sure.max(sure_of_metaclass)));
    }
    if read.is_written {
        return None;
    }
    let (found, sure) = along.first(name);
    let sure = sure.max(sure_of_metaclass);
    if found.is_none() {
        if let Some(given) = given(along, name, true) {
            return Some((given, sure));
        }
        if by_metaclass.is_some() {
            return Some(or_asked(metaclass, by_metaclass, name, sure));
        }
        return Some(or_asked(metaclass, None, name, sure));
    }
    Some(or_asked(along, found, name, sure))
}

/// The definition, or whoever is asked where there is none.
fn or_asked<'a>(
    along: &Along<'a>,
    found: Option<Definition<'a>>,
    name: &str,
    sure: Sure,
) -> (SeenAt<'a>, Sure) {
    if let Some(found) = found {
        return (SeenAt::Defined(found), sure);
    }
    match along.first("__getattr__") {
        // `__getattr__` is looked up on the type, and not asked for itself.
        (Some(hook), _) if name != "__getattr__" => (SeenAt::Asked(hook, "__getattr__"), sure),
        _ => (SeenAt::Nowhere, sure),
    }
}

/// What the first class of the MRO gives its instances, or itself, under a name.
fn given<'a>(along: &Along<'a>, name: &str, to_class: bool) -> Option<SeenAt<'a>> {
    along.mro.iter().find_map(|&class| {
        let assigned = class.assigned().iter();
        let mut wanted = assigned.filter(|it| !it.is_pattern && it.name == name);
        let found = wanted.find(|it| it.on_class == to_class)?;
        Some(SeenAt::Given {
            class,
            method: &found.method,
            place: found.place,
        })
    })
}
