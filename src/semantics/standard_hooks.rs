//! What `typing.Generic`, `typing.Protocol` and `abc.ABCMeta` put into the namespace of a class that is made under them.
//!
//! They are code of the standard library that every project meets, and what they add is the same for every class.

use crate::semantics::namespace::{added, put, put_if_absent, value};
use crate::semantics::{
    ClassId, Classes, DescriptorKind, Made, Member, MemberKind, MemberOrigin, Members,
};
use crate::source::PythonVersion;

/// Adds to the own namespace what those hooks add, in their order. `owns` says whether a class itself has a name: the members of
/// its ancestors may not be there yet.
///
/// ```py
/// class P(Protocol): ...
/// vars(P)  # …, '__parameters__', '_is_protocol', '__subclasshook__', '__init__', '__abstractmethods__', '_abc_impl', …
/// ```
pub fn add_standard_hooks(
    own: &mut Members,
    made: &Made,
    classes: &Classes,
    version: PythonVersion,
    owns: &dyn Fn(ClassId, &str) -> bool,
) {
    let ancestors = made.mro.get(1..).unwrap_or_default();
    let ancestor = |name: &str| is_there(ancestors, "typing", name, classes);
    if ancestor("Generic").is_some() {
        put(own, "__parameters__", created(value(None)));
    }
    let protocol = ancestor("Protocol").filter(|_| ancestor("Generic").is_some());
    let is_protocol = protocol.is_some_and(|protocol| made.bases.contains(&protocol));
    if let Some(protocol) = protocol {
        in_protocol(own, ancestors, protocol, is_protocol, version, owns);
    }
    let metaclasses = classes.mro(made.metaclass).unwrap_or_default();
    if is_there(metaclasses, "abc", "ABCMeta", classes).is_some() {
        put(own, "__abstractmethods__", created(value(None)));
        put(own, "_abc_impl", created(value(None)));
    }
    if is_protocol && version >= PythonVersion::three(12) {
        in_protocol_metaclass(own, version);
    }
}

/// `Protocol.__init_subclass__`.
fn in_protocol(
    own: &mut Members,
    ancestors: &[ClassId],
    protocol: ClassId,
    is_protocol: bool,
    version: PythonVersion,
    owns: &dyn Fn(ClassId, &str) -> bool,
) {
    let shown = if is_protocol { "True" } else { "False" };
    put_if_absent(own, "_is_protocol", || created(value(Some(shown))));
    put_if_absent(own, "__subclasshook__", || {
        created(if version >= PythonVersion::three(12) {
            added(MemberKind::Classmethod, DescriptorKind::NonData)
        } else {
            added(MemberKind::Function, DescriptorKind::NonData)
        })
    });
    if !is_protocol {
        return;
    }
    // Since 3.11 a protocol gets the placeholder only where `__init__` would be that of `Protocol` itself.
    let inherits_init = ancestors
        .iter()
        .take_while(|&&class| class != protocol)
        .any(|&class| owns(class, "__init__"));
    let keeps_inherited = version >= PythonVersion::three(11) && inherits_init;
    if !keeps_inherited {
        put_if_absent(own, "__init__", || {
            created(added(MemberKind::Function, DescriptorKind::NonData))
        });
    }
}

/// `_ProtocolMeta.__init__`, which looks at the annotations and thereby makes sure that there are some.
fn in_protocol_metaclass(own: &mut Members, version: PythonVersion) {
    if version >= PythonVersion::three(14) {
        put_if_absent(own, "__annotate_func__", || created(value(Some("None"))));
        put_if_absent(own, "__annotations_cache__", || created(value(None)));
    } else {
        put_if_absent(own, "__annotations__", || created(value(None)));
    }
    put(own, "__protocol_attrs__", created(value(None)));
    if version == PythonVersion::three(12) {
        put(own, "__callable_proto_members_only__", created(value(None)));
    }
}

fn is_there(among: &[ClassId], module: &str, name: &str, classes: &Classes) -> Option<ClassId> {
    among.iter().copied().find(|&class| {
        let path = &classes.get(class).path;
        classes.is_interpreters(class) && path.module == module && path.qualname == name
    })
}

fn created(member: Member) -> Member {
    Member {
        origin: MemberOrigin::Created,
        ..member
    }
}
