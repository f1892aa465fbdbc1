//! `type.__new__`: of several faults the first that CPython finds is the one it reports.

use mroscope::semantics::{ClassId, Declared, TypeNewError, Wanted, type_new};

use super::{LATEST, check};
use crate::support::notation::Program;

#[test]
fn the_metaclass_comes_first() {
    check(
        "class M(type): ...
class N(type): ...
class A(metaclass=M): ...
class B(metaclass=N): ...
class C(A, A, B, bool): ...  # raises: metaclass-conflict",
    );
}

#[test]
fn then_the_bases_before_the_slots() {
    check("class A(int, str): __slots__ = ('a',)  # raises: layout-conflict");
    check("class A(bool): __slots__ = 1  # raises: unacceptable-base");
}

#[test]
fn then_the_slots_before_the_order() {
    check(
        "class A: ...
class B(A): ...
class C(A, B): __slots__ = ('1',)  # raises: slots-conflict
class D(A, A): __slots__ = ('1',)  # raises: slots-conflict",
    );
}

#[test]
fn then_a_base_twice_before_the_order() {
    check(
        "class A: ...
class B(A): ...
class C(A, B, B): ...  # raises: duplicate-base",
    );
}

/// Makes a class under a metaclass whose own `mro()` returns these classes.
fn with_mro(text: &str, bases: &[&str], mro: &[&str]) -> Result<String, TypeNewError> {
    let program = Program::run(text, LATEST);
    let id = ClassId(program.classes.len() as u32);
    let find = |name: &&str| if **name == *"C" { id } else { program.id(name) };
    let own: Vec<ClassId> = mro.iter().map(find).collect();
    let wanted = Wanted {
        name: "C",
        metaclass: program.classes.type_(),
        slots: Declared::Absent,
        binds: &|_| false,
        mro: Some(&own),
        version: LATEST,
    };
    let bases: Vec<ClassId> = bases.iter().map(find).collect();
    let made = type_new(id, &wanted, &bases, &program.classes)?;
    Ok(program.say(&made.mro[1..]))
}

#[test]
fn a_metaclass_may_order_the_mro_itself() {
    let text = "class A: ...\nclass B(A): ...";
    assert_eq!(
        with_mro(text, &["A", "B"], &["C", "B", "object"]),
        Ok("B object".into())
    );
}

#[test]
fn but_not_bring_in_another_layout() {
    let text = "class S: __slots__ = ('s',)";
    let error = with_mro(text, &[], &["C", "S", "object"]);
    assert!(matches!(error, Err(TypeNewError::UnsuitableMro(_))));
    assert_eq!(
        with_mro(text, &["S"], &["C", "object"]),
        Ok("object".into())
    );
}

#[test]
fn nor_leave_the_mro_empty() {
    assert_eq!(with_mro("", &[], &[]), Err(TypeNewError::EmptyMro));
}
