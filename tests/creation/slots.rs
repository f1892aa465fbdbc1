//! What `__slots__` may say, and what instances have room for.

use mroscope::semantics::{Shape, SlotsError, TypeNewError, mangle};

use super::{LATEST, VERSIONS, check};
use crate::support::notation::Program;

#[test]
fn slots_that_cannot_be_are_refused() {
    check("class A: __slots__ = 1  # raises: slots-conflict");
    check("class A: __slots__ = (1,)  # raises: slots-conflict");
    check("class A: __slots__ = ('1a',)  # raises: slots-conflict");
    check("class A: __slots__ = ('a b',)  # raises: slots-conflict");
    check("class A: __slots__ = ('__dict__', '__dict__')  # raises: slots-conflict");
    check("class A: __slots__ = ('__weakref__', '__weakref__')  # raises: slots-conflict");
    check("class A(int): __slots__ = ('a',)  # raises: slots-conflict");
    check("class A: __slots__ = ('a',); a = 1  # raises: slots-conflict");
    check("class A: __slots__ = ('__module__',)  # raises: slots-conflict");
}

#[test]
fn slots_that_can_be_are_not() {
    check("class A: __slots__ = ('a', 'a')  # base: object");
    check("class A: __slots__ = {'a': 'doc'}  # base: object");
    check("class A: __slots__ = 'a'  # base: object");
    check("class A: __slots__ = ('été', '_x1')  # base: object");
    check("class A: __slots__ = ('__qualname__',)  # base: object");
    check("class A(int): __slots__ = ()  # base: int");
}

#[test]
fn a_dict_that_a_base_has_cannot_be_asked_for_again() {
    check(
        "class A: ...
class B(A): __slots__ = ('__dict__',)  # raises: slots-conflict
class C(A): __slots__ = ('__weakref__',)  # raises: slots-conflict
class D(Exception): __slots__ = ('__weakref__',)  # base: Exception",
    );
}

#[test]
fn the_items_are_looked_through_before_any_is_compared_with_the_body() {
    let program = Program::run("class A: __slots__ = ('a', 1); a = 1", LATEST);
    assert_eq!(
        program.error(),
        Some(&TypeNewError::Slots(SlotsError::NotString("int".into())))
    );
}

#[test]
fn a_private_slot_is_compared_under_its_mangled_name() {
    let program = Program::run("class _A: __slots__ = ('__x',); __x = 1", LATEST);
    assert_eq!(
        program.error(),
        Some(&TypeNewError::Slots(
            SlotsError::ConflictsWithClassVariable("_A__x".into())
        ))
    );
}

#[test]
fn private_names_are_mangled_by_the_class_they_stand_in() {
    assert_eq!(mangle("Box", "__lid"), "_Box__lid");
    assert_eq!(mangle("__Box", "__lid"), "_Box__lid");
    assert_eq!(mangle("Box", "__lid__"), "__lid__");
    assert_eq!(mangle("Box", "_lid"), "_lid");
    assert_eq!(mangle("___", "__lid"), "__lid");
}

/// What instances of the class `C` have room for, the same under every version.
fn shape(text: &str) -> Shape {
    let shapes = VERSIONS.map(|version| Program::run(text, version).made("C").shape);
    assert!(shapes.windows(2).all(|pair| pair[0] == pair[1]));
    shapes[0]
}

const NOTHING: Shape = Shape {
    dict: false,
    weakref: false,
    variable: false,
};

#[test]
fn without_slots_instances_get_a_dict_and_weak_references() {
    assert_eq!(
        shape("class C: ..."),
        Shape {
            dict: true,
            weakref: true,
            ..NOTHING
        }
    );
}

#[test]
fn a_type_whose_size_varies_gives_no_room_for_weak_references() {
    assert_eq!(
        shape("class C(int): ..."),
        Shape {
            dict: true,
            variable: true,
            ..NOTHING
        }
    );
}

#[test]
fn slots_give_what_they_name_and_no_more() {
    assert_eq!(shape("class C: __slots__ = ('a',)"), NOTHING);
    assert_eq!(
        shape("class C: __slots__ = ('a', '__dict__')"),
        Shape {
            dict: true,
            ..NOTHING
        }
    );
}

#[test]
fn other_bases_bring_their_dict_in_spite_of_slots() {
    let text = "class S: __slots__ = ('s',)
class Plain: ...
class C(Plain, S): __slots__ = ()";
    assert_eq!(
        shape(text),
        Shape {
            dict: true,
            weakref: true,
            ..NOTHING
        }
    );
}

#[test]
fn slots_are_kept_mangled_and_sorted_without_the_two_that_are_no_fields() {
    use mroscope::semantics::Slots;

    let program = Program::run("class C: __slots__ = ('b', '__dict__', '__a')", LATEST);
    assert_eq!(
        program.made("C").slots,
        Slots::Names(vec!["_C__a".into(), "b".into()])
    );
}
