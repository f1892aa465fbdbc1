//! The most derived metaclass.

use super::check;

#[test]
fn a_metaclass_is_inherited() {
    check(
        "class Meta(type): ...  # metaclass: type
class A(metaclass=Meta): ...  # metaclass: Meta
class B(A): ...  # metaclass: Meta",
    );
}

#[test]
fn the_metaclass_of_a_later_base_wins_when_it_is_more_derived() {
    check(
        "class Meta(type): ...
class Special(Meta): ...
class A(metaclass=Meta): ...
class B(metaclass=Special): ...
class C(A, B): ...  # metaclass: Special
class D(int, A): ...  # metaclass: Meta",
    );
}

#[test]
fn the_keyword_takes_part_like_a_base_and_wins_only_by_being_most_derived() {
    check(
        "class Meta(type): ...
class Special(Meta): ...
class A(metaclass=Meta): ...
class B(A, metaclass=type): ...  # metaclass: Meta
class C(A, metaclass=Special): ...  # metaclass: Special",
    );
}

#[test]
fn metaclasses_that_do_not_derive_from_each_other_conflict() {
    check(
        "class M(type): ...
class N(type): ...
class A(metaclass=M): ...
class B(metaclass=N): ...
class C(A, B): ...  # raises: metaclass-conflict
class D(A, metaclass=N): ...  # raises: metaclass-conflict
class Both(M, N): ...
class E(A, B, metaclass=Both): ...  # metaclass: Both",
    );
}

#[test]
fn the_conflict_is_between_the_one_chosen_so_far_and_the_first_that_does_not_fit() {
    use mroscope::semantics::TypeNewError;

    use super::LATEST;
    use crate::support::notation::Program;

    let program = Program::run(
        "class M(type): ...
class N(type): ...
class A(metaclass=M): ...
class Plain: ...
class B(metaclass=N): ...
class C(Plain, A, B): ...",
        LATEST,
    );
    let Some(TypeNewError::MetaclassConflict {
        chosen,
        other,
        through,
    }) = program.error()
    else {
        panic!("there is a conflict");
    };
    assert_eq!(program.say(&[*chosen, *other, *through]), "M N B");
}
