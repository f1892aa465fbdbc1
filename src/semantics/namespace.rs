//! A class's own `__dict__`: what the class statement and `type.__new__` put beside what the body binds, and where.
//!
//! What a metaclass or `__init_subclass__` of the standard library adds after that is `standard_hooks`' part.

use crate::Name;
use crate::semantics::{
    Classes, DescriptorKind, Made, Member, MemberKind, MemberOrigin, Members, Slots,
};
use crate::source::PythonVersion;

/// What has to be known of the making of a class besides the names that its body binds.
#[derive(Debug, Clone, Copy)]
pub struct Making<'a> {
    /// The class as `type.__new__` makes it.
    pub made: &'a Made,
    /// The classes it stands on.
    pub classes: &'a Classes,
    /// The bounded repr of the name of the module whose code runs: `__name__` of its globals.
    pub module: &'a str,
    /// A class statement, or a call.
    pub by: MadeBy<'a>,
    /// Whether some base was replaced by its `__mro_entries__`, as `Generic[T]` is.
    pub has_orig_bases: bool,
    /// Whether it bound `__eq__` and not `__hash__` when it was made.
    pub hides_hash: bool,
    /// Whose rules hold.
    pub version: PythonVersion,
}

/// How `type.__new__` was reached.
#[derive(Debug, Clone, Copy)]
pub enum MadeBy<'a> {
    /// By a class statement, whose code binds some names before and after those of the body.
    Statement {
        /// The line of its first decorator or of the word `class`.
        line: u32,
        /// The bounded repr of its docstring.
        docstring: Option<&'a str>,
        /// Whether its body annotates a name: `x: int`.
        annotates: Annotates,
        /// Whether it is `class C[T]`.
        has_type_parameters: bool,
    },
    /// By a call such as `type("C", (), {})`.
    Call,
}

/// Whether a class body annotates names, and when the annotations are worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Annotates {
    /// It does not.
    No,
    /// When that version does so: since 3.14 when somebody asks (PEP 649).
    WhenUsual,
    /// Never, they stay text: `from __future__ import annotations`.
    AsText,
}

/// The names that are in the namespace of every class statement before its body runs.
///
/// `__slots__` must not repeat them.
pub fn bound_by_statement(version: PythonVersion) -> &'static [&'static str] {
    if version >= PythonVersion::three(13) {
        &[
            "__module__",
            "__qualname__",
            "__firstlineno__",
            "__static_attributes__",
        ]
    } else {
        &["__module__", "__qualname__"]
    }
}

/// Returns the own namespace of a class whose body binds these names, in the order in which CPython has it.
///
/// ```py
/// class C:
///     def __eq__(self, other): ...
///
/// list(vars(C))  # ['__module__', '__eq__', '__dict__', '__weakref__', '__doc__', '__hash__']
/// ```
pub fn own_namespace(body: Members, making: &Making<'_>) -> Members {
    let mut own = Members::default();
    // What a class statement and `type.__new__` add are seldom more than these.
    own.reserve(body.len() + 6);
    before_body(&mut own, making);
    for (name, member) in body {
        own.insert(name, member);
    }
    after_body(&mut own, making);
    in_type_new(&mut own, making);
    own
}

/// What the code of a class statement binds first.
fn before_body(own: &mut Members, making: &Making<'_>) {
    let MadeBy::Statement {
        line,
        docstring,
        annotates,
        has_type_parameters,
    } = making.by
    else {
        return;
    };
    put(own, "__module__", value(Some(making.module)));
    if making.version >= PythonVersion::three(13) {
        put(own, "__firstlineno__", value(Some(&line.to_string())));
    }
    if has_type_parameters {
        put(own, "__type_params__", value(None));
    }
    let eager = making.version < PythonVersion::three(14);
    if annotates == Annotates::AsText || (eager && annotates == Annotates::WhenUsual) {
        put(own, "__annotations__", value(None));
    }
    if docstring.is_some() {
        put(own, "__doc__", value(docstring));
    }
}

/// What the code of a class statement and `__build_class__` bind last.
fn after_body(own: &mut Members, making: &Making<'_>) {
    if let MadeBy::Statement { annotates, .. } = making.by {
        if annotates == Annotates::WhenUsual && making.version >= PythonVersion::three(14) {
            put(own, "__annotate_func__", value(None));
        }
        if making.version >= PythonVersion::three(13) {
            put(own, "__static_attributes__", value(None));
        }
    }
    if making.has_orig_bases {
        put(own, "__orig_bases__", value(None));
    }
}

/// What `type.__new__` takes out, turns into something else, and adds (`type_new_set_attrs`, `type_ready`).
fn in_type_new(own: &mut Members, making: &Making<'_>) {
    for passing in ["__qualname__", "__classcell__"] {
        own.shift_remove(passing);
    }
    put_if_absent(own, "__module__", || value(Some(making.module)));
    wrap(own, "__new__", MemberKind::Staticmethod);
    wrap(own, "__init_subclass__", MemberKind::Classmethod);
    wrap(own, "__class_getitem__", MemberKind::Classmethod);
    add_slots(own, &making.made.slots);
    let shape = making.made.shape;
    let below = making
        .made
        .best_base
        .and_then(|base| making.classes.made(base));
    if shape.dict && below.is_none_or(|below| !below.shape.dict) {
        put_if_absent(own, "__dict__", getset);
    }
    if shape.weakref && below.is_none_or(|below| !below.shape.weakref) {
        put_if_absent(own, "__weakref__", getset);
    }
    put_if_absent(own, "__doc__", || value(Some("None")));
    if making.hides_hash {
        put_if_absent(own, "__hash__", || value(Some("None")));
    }
}

/// A plain function under one of these names becomes what its protocol needs.
fn wrap(own: &mut Members, name: &str, kind: MemberKind) {
    if let Some(member) = own.get_mut(name)
        && is_function(member.kind)
    {
        member.kind = kind;
        member.descriptor = DescriptorKind::NonData;
    }
}

fn is_function(kind: MemberKind) -> bool {
    matches!(
        kind,
        MemberKind::Function
            | MemberKind::Generator
            | MemberKind::AsyncFunction
            | MemberKind::AsyncGenerator
    )
}

/// Adds a member descriptor for each slot, in sorted order, each once.
fn add_slots(own: &mut Members, slots: &Slots) {
    let Slots::Names(names) = slots else {
        return;
    };
    let place = own.get("__slots__").and_then(|slots| slots.place);
    for name in names {
        put_if_absent(own, name, || Member {
            place,
            origin: MemberOrigin::Slot,
            ..added(MemberKind::Slot, DescriptorKind::Data)
        });
    }
}

pub(super) fn put(own: &mut Members, name: &str, member: Member) {
    own.insert(name.into(), member);
}

pub(super) fn put_if_absent(own: &mut Members, name: &str, member: impl FnOnce() -> Member) {
    own.entry(name.into()).or_insert_with(member);
}

/// A plain value that is shown as this text.
pub(super) fn value(shown: Option<&str>) -> Member {
    Member {
        shown: shown.map(Name::from),
        ..added(MemberKind::Value, DescriptorKind::None)
    }
}

fn getset() -> Member {
    added(MemberKind::Getset, DescriptorKind::Data)
}

/// Something the interpreter adds, of which nothing more is known than its kind.
pub fn added(kind: MemberKind, descriptor: DescriptorKind) -> Member {
    Member {
        kind,
        descriptor,
        maybe: None,
        origin: MemberOrigin::Implicit,
        place: None,
        type_of: None,
        class: None,
        parts: Box::default(),
        wraps: None,
        closes: None,
        calls_super: false,
        is_abstract: false,
        signature: None,
        holds: None,
        shown: None,
    }
}
