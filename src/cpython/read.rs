//! From the records of a table to classes and members as the rest of the program knows them.

use std::sync::OnceLock;

use super::form::{
    ACCEPTS_SUBCLASSES, CALLS_SUPER, ClassHead, HAS_DICT, HAS_WEAKREF, IS_ABSTRACT,
    IS_DATA_DESCRIPTOR, IS_DESCRIPTOR, IS_VARIABLE, MemberForm,
};
use super::module::Ids;
use crate::Name;
use crate::semantics::{
    Class, ClassId, ClassPath, DescriptorKind, Made, Member, MemberOrigin, Origin, Outcome, Shape,
    Slots, Standing,
};

/// A class without its members, which are read when somebody asks. `id` says by which id each class is known.
pub(super) fn class_of(head: &ClassHead, id: &Ids<'_>) -> Class {
    // A class all of whose ancestors are known is the only one that is asked for.
    let id = |at: u32| id(at).unwrap_or(ClassId(at));
    let has = |flag: u8| head.flags & flag != 0;
    Class {
        path: ClassPath {
            module: head.module.clone(),
            qualname: head.qualname.clone(),
        },
        origin: Origin::Interpreter,
        outcome: Outcome::Created(Made {
            bases: head.bases.iter().copied().map(id).collect(),
            metaclass: id(head.metaclass),
            best_base: head.best_base.map(id),
            solid_base: id(head.solid_base),
            mro: head.mro.iter().copied().map(id).collect(),
            shape: Shape {
                dict: has(HAS_DICT),
                weakref: has(HAS_WEAKREF),
                variable: has(IS_VARIABLE),
            },
            slots: match &head.slots {
                Some(names) => Slots::Names(names.clone()),
                None => Slots::Absent,
            },
            accepts_subclasses: has(ACCEPTS_SUBCLASSES),
        }),
        members: OnceLock::new(),
        standing: Standing::Exact,
        assigned: std::sync::OnceLock::new(),
        heard: std::sync::OnceLock::new(),
        annotated: std::sync::OnceLock::new(),
        methods: std::sync::OnceLock::new(),
        refused: None,
        skips_abc: false,
        abstract_left: None,
        not_reached: None,
        called_from: None,
    }
}

/// A member and its name; classes that are not known are left out.
pub(super) fn member_of(form: MemberForm, id: &Ids<'_>) -> (Name, Member) {
    let has = |flag: u8| form.flags & flag != 0;
    let descriptor = if has(IS_DATA_DESCRIPTOR) {
        DescriptorKind::Data
    } else if has(IS_DESCRIPTOR) {
        DescriptorKind::NonData
    } else {
        DescriptorKind::None
    };
    let member = Member {
        kind: form.kind,
        descriptor,
        maybe: None,
        origin: MemberOrigin::Native,
        place: None,
        type_of: form.type_of.and_then(id),
        class: form.class.and_then(id),
        parts: Box::default(),
        wraps: None,
        closes: None,
        calls_super: has(CALLS_SUPER),
        is_abstract: has(IS_ABSTRACT),
        signature: form.signature.map(Box::new),
        holds: None,
        shown: form.shown,
    };
    (form.name, member)
}
