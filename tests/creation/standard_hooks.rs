//! What `Generic`, `Protocol` and `ABCMeta` add to the classes made under them.

use mroscope::semantics::{MemberOrigin, Members, add_standard_hooks};

use super::VERSIONS;
use crate::support::notation::Program;

/// The names that the hooks add to the class `C`, and the versions, from 3.9, that do it so.
fn added(text: &str) -> [String; 6] {
    VERSIONS.map(|version| {
        let program = Program::run(text, version);
        let mut own = Members::default();
        let owns = |class, name: &str| program.classes.members(class).contains_key(name);
        add_standard_hooks(
            &mut own,
            program.made("C"),
            &program.classes,
            version,
            &owns,
        );
        assert!(
            own.values()
                .all(|member| member.origin == MemberOrigin::Created)
        );
        let names: Vec<&str> = own.keys().map(|name| &**name).collect();
        names.join(" ")
    })
}

#[test]
fn a_plain_class_gets_nothing() {
    assert_eq!(added("class C: ..."), VERSIONS.map(|_| String::new()));
}

#[test]
fn a_generic_class_gets_its_parameters() {
    let text = "class B(typing.Generic): ...\nclass C(B): ...";
    assert_eq!(added(text), VERSIONS.map(|_| "__parameters__".to_owned()));
}

#[test]
fn an_abstract_base_class_gets_what_abc_keeps_in_it() {
    assert_eq!(
        added("class C(metaclass=abc.ABCMeta): ..."),
        VERSIONS.map(|_| "__abstractmethods__ _abc_impl".to_owned())
    );
}

#[test]
fn a_protocol_gets_what_each_version_needs_to_check_it() {
    let start =
        "__parameters__ _is_protocol __subclasshook__ __init__ __abstractmethods__ _abc_impl";
    assert_eq!(
        added("class C(typing.Protocol): ..."),
        [
            start.to_owned(),
            start.to_owned(),
            start.to_owned(),
            format!("{start} __annotations__ __protocol_attrs__ __callable_proto_members_only__"),
            format!("{start} __annotations__ __protocol_attrs__"),
            format!("{start} __annotate_func__ __annotations_cache__ __protocol_attrs__"),
        ]
    );
}

#[test]
fn what_implements_a_protocol_is_none() {
    let text = "class P(typing.Protocol): ...\nclass C(P): ...";
    let expected = "__parameters__ _is_protocol __subclasshook__ __abstractmethods__ _abc_impl";
    assert_eq!(added(text), VERSIONS.map(|_| expected.to_owned()));
}

#[test]
fn since_3_11_a_protocol_keeps_the_init_it_inherits() {
    let text = "class P(typing.Protocol):\n    def __init__(self): ...
class C(P, typing.Protocol): ...";
    let has_init = added(text).map(|names| names.contains("__init__"));
    assert_eq!(has_init, [true, true, false, false, false, false]);
}
