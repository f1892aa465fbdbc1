//! A class's own `__dict__`, as CPython leaves it.

use mroscope::semantics::{
    Annotates, DescriptorKind, MadeBy, Making, MemberKind, MemberOrigin, Members, own_namespace,
};
use mroscope::source::PythonVersion;

use super::VERSIONS;
use crate::support::notation::Program;

const STATEMENT: MadeBy<'static> = MadeBy::Statement {
    line: 1,
    docstring: None,
    annotates: Annotates::No,
    has_type_parameters: false,
};

/// The own namespace of the class `C` at the end of a program.
fn own(text: &str, by: MadeBy<'_>, version: PythonVersion) -> Members {
    let program = Program::run(text, version);
    let body = program.bodies[&program.id("C")].clone();
    let making = Making {
        made: program.made("C"),
        classes: &program.classes,
        module: "program",
        by,
        has_orig_bases: false,
        hides_hash: body.contains_key("__eq__") && !body.contains_key("__hash__"),
        version,
    };
    own_namespace(body, &making)
}

fn names(members: &Members) -> String {
    let names: Vec<&str> = members.keys().map(|name| &**name).collect();
    names.join(" ")
}

/// The names in the namespace of `C`; of 3.13 and later without what they alone add.
fn check(text: &str, expected: &str) {
    for version in VERSIONS {
        let mut own = own(text, STATEMENT, version);
        let newer = version >= PythonVersion::three(13);
        for name in ["__firstlineno__", "__static_attributes__"] {
            assert_eq!(
                own.shift_remove(name).is_some(),
                newer,
                "{name} under {version}"
            );
        }
        assert_eq!(names(&own), expected, "under {version} of:\n{text}");
    }
}

#[test]
fn an_empty_class_has_what_type_new_adds() {
    check("class C: ...", "__module__ __dict__ __weakref__ __doc__");
}

#[test]
fn what_a_base_has_room_for_is_not_described_again() {
    check("class B: ...\nclass C(B): ...", "__module__ __doc__");
    check("class C(int): ...", "__module__ __dict__ __doc__");
    check("class C(Exception): ...", "__module__ __weakref__ __doc__");
    check("class C(type): ...", "__module__ __doc__");
}

#[test]
fn slots_stand_behind_the_body_in_sorted_order() {
    check(
        "class C: __slots__ = ('b', '__weakref__', 'a'); x = 1",
        "__module__ __slots__ x a b __weakref__ __doc__",
    );
    let own = own("class C: __slots__ = ('__a',)", STATEMENT, VERSIONS[0]);
    let slot = &own["_C__a"];
    assert_eq!(
        (slot.kind, slot.descriptor, slot.origin),
        (MemberKind::Slot, DescriptorKind::Data, MemberOrigin::Slot)
    );
}

#[test]
fn a_class_that_says_when_it_is_equal_can_no_longer_be_hashed() {
    check(
        "class C:\n    def __eq__(self, other): ...",
        "__module__ __eq__ __dict__ __weakref__ __doc__ __hash__",
    );
    let text = "class C:
    def __hash__(self): ...
    def __eq__(self, other): ...";
    check(
        text,
        "__module__ __hash__ __eq__ __dict__ __weakref__ __doc__",
    );
}

#[test]
fn what_the_statement_itself_binds_does_not_stay() {
    check(
        "class C: __qualname__ = 'X'; y = 1",
        "__module__ y __dict__ __weakref__ __doc__",
    );
}

#[test]
fn three_functions_are_wrapped() {
    let text = "class C:
    def __new__(cls): ...
    def __init_subclass__(cls): ...
    def __class_getitem__(cls, item): ...";
    let own = own(text, STATEMENT, VERSIONS[0]);
    let kinds = ["__new__", "__init_subclass__", "__class_getitem__"].map(|name| own[name].kind);
    assert_eq!(
        kinds,
        [
            MemberKind::Staticmethod,
            MemberKind::Classmethod,
            MemberKind::Classmethod
        ]
    );
}

#[test]
fn annotations_stand_in_front_of_the_body_until_3_14_works_them_out_when_asked() {
    let by = MadeBy::Statement {
        line: 1,
        docstring: Some("'Doc.'"),
        annotates: Annotates::WhenUsual,
        has_type_parameters: false,
    };
    let said = VERSIONS.map(|version| names(&own("class C: x = 1", by, version)));
    assert_eq!(
        said[3],
        "__module__ __annotations__ __doc__ x __dict__ __weakref__"
    );
    assert_eq!(
        said[4],
        "__module__ __firstlineno__ __annotations__ __doc__ x __static_attributes__ __dict__ __weakref__"
    );
    assert_eq!(
        said[5],
        "__module__ __firstlineno__ __doc__ x __annotate_func__ __static_attributes__ __dict__ __weakref__"
    );
}

#[test]
fn a_call_of_type_binds_nothing_before_the_body() {
    for version in VERSIONS {
        assert_eq!(
            names(&own("class C: x = 1", MadeBy::Call, version)),
            "x __module__ __dict__ __weakref__ __doc__"
        );
    }
}
