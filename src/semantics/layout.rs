//! Where instances keep their fields: the best base, the solid base, and what `__slots__` may add.
//!
//! CPython compares sizes in bytes; here a class counts its own words (slots, `__dict__`, `__weakref__`) in the
//! order in which that version lays them out, which gives the same verdicts without knowing a size in bytes.

use crate::Name;
use crate::semantics::{ClassId, Classes, Made, Shape, Slots, SlotsError, TypeNewError, Wanted};
use crate::source::PythonVersion;

/// What the bases alone decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ground {
    /// `__base__`.
    pub(super) best_base: ClassId,
    /// The solid base of that.
    pub(super) solid_base: ClassId,
}

/// Returns the base whose instance layout the new class extends (`best_base` in CPython's `typeobject.c`).
///
/// Goes through the bases from the left and checks each in two ways before it looks at the next: whether it accepts
/// subclasses at all, and whether its layout and the best one so far are one below the other.
///
/// ```py
/// class A(int): ...
/// class B(list, A): ...  # TypeError: multiple bases have instance lay-out conflict
/// ```
pub(super) fn best_base(bases: &[ClassId], classes: &Classes) -> Result<Ground, TypeNewError> {
    let mut best: Option<Ground> = None;
    for &base in bases {
        let Some(made) = classes.made(base) else {
            continue; // only what exists has a layout
        };
        if !made.accepts_subclasses {
            return Err(TypeNewError::UnacceptableBase(base));
        }
        let candidate = Ground {
            best_base: base,
            solid_base: made.solid_base,
        };
        match best {
            Some(best) if classes.is_subclass(best.solid_base, candidate.solid_base) => {}
            Some(best) if !classes.is_subclass(candidate.solid_base, best.solid_base) => {
                return Err(TypeNewError::LayoutConflict {
                    first: best.best_base,
                    second: base,
                });
            }
            _ => best = Some(candidate),
        }
    }
    let object = classes.object();
    Ok(best.unwrap_or(Ground {
        best_base: object,
        solid_base: object,
    }))
}

/// What the class body said with `__slots__`, before anybody checked it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared<'a> {
    /// Nothing.
    Absent,
    /// These items, in the order in which iterating gives them; a lone string is one item.
    Items(&'a [SlotItem]),
    /// Something that cannot be iterated; the name of its type.
    NotIterable(&'a str),
}

/// One item of `__slots__`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotItem {
    /// A string, as written: not mangled.
    Name(Name),
    /// Something else; the name of its type.
    NotString(Name),
}

/// What instances of the new class get beyond those of its best base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) shape: Shape,
    pub(super) slots: Slots,
}

/// Checks `__slots__` and finds what instances have room for (`type_new_slots` in CPython's `typeobject.c`).
///
/// ```py
/// class A: __slots__ = ("a",)
/// class B: ...
/// class C(A, B): __slots__ = ()  # has a `__dict__`: the other bases' are added
/// ```
pub(super) fn room(
    wanted: &Wanted<'_>,
    best_base: ClassId,
    bases: &[ClassId],
    classes: &Classes,
) -> Result<Room, SlotsError> {
    let below = shape_of(best_base, classes);
    let may_add = Shape {
        dict: !below.dict,
        weakref: !below.weakref && !below.variable,
        variable: false,
    };
    let (added, slots) = match wanted.slots {
        Declared::Absent => (may_add, Slots::Absent),
        Declared::NotIterable(type_name) => return Err(SlotsError::NotIterable(type_name.into())),
        Declared::Items(items) => {
            if !items.is_empty() && below.variable {
                return Err(SlotsError::VariableSize { base: best_base });
            }
            let mut added = asked_for(items, may_add)?;
            let names = slot_names(wanted, items)?;
            for &base in bases.iter().filter(|&&base| base != best_base) {
                let shape = shape_of(base, classes);
                added.dict |= may_add.dict && shape.dict;
                added.weakref |= may_add.weakref && shape.weakref;
            }
            (added, Slots::Names(names))
        }
    };
    Ok(Room {
        shape: Shape {
            dict: below.dict || added.dict,
            weakref: below.weakref || added.weakref,
            variable: below.variable,
        },
        slots,
    })
}

/// Looks through the items as written: each must be an identifier, `__dict__` and `__weakref__` new and once.
fn asked_for(items: &[SlotItem], may_add: Shape) -> Result<Shape, SlotsError> {
    let mut added = Shape::default();
    for item in items {
        let name = match item {
            SlotItem::Name(name) => name,
            SlotItem::NotString(type_name) => return Err(SlotsError::NotString(type_name.clone())),
        };
        match name.as_str() {
            "__dict__" if !may_add.dict || added.dict => return Err(SlotsError::DictTwice),
            "__dict__" => added.dict = true,
            "__weakref__" if !may_add.weakref || added.weakref => {
                return Err(SlotsError::WeakrefTwice);
            }
            "__weakref__" => added.weakref = true,
            name if !is_identifier(name) => return Err(SlotsError::NotIdentifier(name.into())),
            _ => {}
        }
    }
    Ok(added)
}

/// The names that become member descriptors: mangled, sorted. None of them may be bound by the body as well.
fn slot_names(wanted: &Wanted<'_>, items: &[SlotItem]) -> Result<Vec<Name>, SlotsError> {
    let mut names = vec![];
    for item in items {
        let SlotItem::Name(name) = item else {
            continue; // refused before
        };
        if matches!(name.as_str(), "__dict__" | "__weakref__") {
            continue;
        }
        let name = mangle(wanted.name, name);
        // The interpreter itself puts these into the namespace and takes them out again.
        let passing = matches!(name.as_str(), "__qualname__" | "__classcell__");
        if !passing && (wanted.binds)(&name) {
            return Err(SlotsError::ConflictsWithClassVariable(name));
        }
        names.push(name);
    }
    names.sort_unstable();
    Ok(names)
}

/// Returns the name under which a class body stores `name` (language reference 6.2.1, "private name mangling").
///
/// ```py
/// class _Box: __lid = 1  # `_Box__lid`
/// ```
pub fn mangle(class_name: &str, name: &str) -> Name {
    let class_name = class_name.trim_start_matches('_');
    let private = name.starts_with("__") && !name.ends_with("__") && !name.contains('.');
    if private && !class_name.is_empty() {
        compact_str::format_compact!("_{class_name}{name}")
    } else {
        name.into()
    }
}

/// Whether a text can be a name: `str.isidentifier()`.
pub fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && characters.all(unicode_ident::is_xid_continue)
}

/// Whether a name is a reserved word (language reference 2.3.1): it can be an attribute's, but not be written behind a dot.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// The same from 3.7 on.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Returns whose instance layout a new class has: its own if it adds fields, else that of its best base
/// (`solid_base` and `extra_ivars` in CPython's `typeobject.c`).
///
/// A `__dict__` and a `__weakref__` do not count as fields. But how CPython leaves them out of account differs:
/// since 3.12 they lie outside of the fields; before, they are taken off the end of the instance, and only
/// `__weakref__` then `__dict__` from the end inwards. A `__dict__` that came *after* a `__weakref__` stays.
///
/// ```py
/// class A: __slots__ = ("__weakref__",)
/// class B(A): ...  # up to 3.10 its `__dict__` makes it a solid base
/// class C(int): ...  # up to 3.11 its `__dict__` makes it a solid base, for the size of an `int` varies
/// ```
pub(super) fn solid_base(
    id: ClassId,
    room: &Room,
    ground: Ground,
    classes: &Classes,
    version: PythonVersion,
) -> ClassId {
    let top = Part {
        shape: room.shape,
        slots: slot_count(&room.slots),
    };
    let mut parts = vec![top];
    let mut next = Some(ground.best_base);
    while let Some(class) = next.filter(|&class| class != ground.solid_base) {
        let Some(made) = classes.made(class) else {
            break;
        };
        parts.push(Part::of(made));
        next = made.best_base;
    }
    let solid = shape_of(ground.solid_base, classes);
    if has_extra_fields(&parts, solid, version) {
        id
    } else {
        ground.solid_base
    }
}

/// What one class of the line down from the solid base has.
#[derive(Debug, Clone, Copy)]
struct Part {
    shape: Shape,
    slots: usize,
}

impl Part {
    fn of(made: &Made) -> Self {
        Self {
            shape: made.shape,
            slots: slot_count(&made.slots),
        }
    }
}

/// Whether the words that `parts` (the newest class first) add to the solid base are more than a `__dict__` and a
/// `__weakref__` at the end.
fn has_extra_fields(parts: &[Part], solid: Shape, version: PythonVersion) -> bool {
    let dict_is_outside = version >= PythonVersion::three(12)
        || (version == PythonVersion::three(11) && !solid.variable);
    let weakref_is_outside = version >= PythonVersion::three(12);
    let mut words = 0;
    let mut dict_at = None;
    let mut weakref_at = None;
    let mut before = solid;
    for part in parts.iter().rev() {
        words += part.slots;
        if part.shape.dict && !before.dict && !dict_is_outside {
            dict_at = Some(words);
            words += 1;
        }
        if part.shape.weakref && !before.weakref && !weakref_is_outside {
            weakref_at = Some(words);
            words += 1;
        }
        before = part.shape;
    }
    if !solid.variable {
        for at in [weakref_at, dict_at].into_iter().flatten() {
            if at + 1 == words {
                words -= 1;
            }
        }
    }
    words != 0
}

fn slot_count(slots: &Slots) -> usize {
    match slots {
        Slots::Absent => 0,
        Slots::Names(names) => names.len(),
    }
}

fn shape_of(class: ClassId, classes: &Classes) -> Shape {
    classes
        .made(class)
        .map_or_else(Shape::default, |made| made.shape)
}
