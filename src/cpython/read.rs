//! From the records of a table to classes and members as the rest of the program knows them.

use std::sync::OnceLock;

use super::form::{
    ACCEPTS_SUBCLASSES, CALLS_SUPER, ClassHead, HAS_DICT, HAS_WEAKREF, IS_ABSTRACT,
    IS_DATA_DESCRIPTOR, IS_DESCRIPTOR, IS_VARIABLE, MemberForm,
};
use super::module::class_id;
use crate::Name;
use crate::semantics::{
    Class, ClassId, ClassPath, DescriptorKind, Made, Member, MemberOrigin, Origin, Outcome, Shape,
    Slots, Standing,
};

/// A class without its members, which are read when somebody asks.
pub(super) fn class_of(head: &ClassHead) -> Class {
    let has = |flag: u8| head.flags & flag != 0;
    Class {
        path: ClassPath {
            module: head.module.clone(),
            qualname: head.qualname.clone(),
        },
        origin: Origin::Interpreter,
        outcome: Outcome::Created(Made {
            bases: head.bases.iter().copied().map(ClassId).collect(),
            metaclass: ClassId(head.metaclass),
            best_base: head.best_base.map(ClassId),
            solid_base: ClassId(head.solid_base),
            mro: head.mro.iter().copied().map(ClassId).collect(),
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
    }
}

/// A member and its name; ids that `count` classes cannot hold are left out.
pub(super) fn member_of(form: MemberForm, count: usize) -> (Name, Member) {
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
        origin: MemberOrigin::Native,
        place: None,
        type_of: form.type_of.and_then(|id| class_id(id, count)),
        class: form.class.and_then(|id| class_id(id, count)),
        calls_super: has(CALLS_SUPER),
        is_abstract: has(IS_ABSTRACT),
        signature: form.signature,
        shown: form.shown,
    };
    (form.name, member)
}
