//! C3: the order, the refusals, and the steps that the merge page shows.

use std::fmt::Write;

use expect_test::expect;
use mroscope::semantics::{Turn, linearize};

use super::{LATEST, check};
use crate::support::notation::Program;

#[test]
fn a_diamond_puts_the_shared_base_last() {
    check(
        "class Base: ...
class Left(Base): ...  # mro: Left Base object
class Right(Base): ...
class Both(Left, Right): ...  # mro: Both Left Right Base object",
    );
}

#[test]
fn a_class_without_bases_derives_from_object() {
    check("class A: ...  # mro: A object; base: object");
    check("class A(): ...  # mro: A object");
    check("class A(object): ...  # mro: A object");
}

#[test]
fn a_base_before_what_derives_from_it_has_no_order() {
    check(
        "class A: ...
class B(A): ...
class C(A, B): ...  # raises: inconsistent-mro
class D(B, A): ...  # mro: D B A object
class E(object, A): ...  # raises: inconsistent-mro",
    );
}

#[test]
fn two_bases_that_order_a_third_pair_differently_have_no_order() {
    check(
        "class A: ...
class B: ...
class X(A, B): ...
class Y(B, A): ...
class Z(X, Y): ...  # raises: inconsistent-mro",
    );
}

#[test]
fn the_order_of_the_bases_holds_for_their_ancestors() {
    check(
        "class O: ...
class A(O): ...
class B(O): ...
class C(O): ...
class D(O): ...
class E(O): ...
class K1(C, A, B): ...  # mro: K1 C A B O object
class K2(B, D, E): ...
class K3(A, D): ...
class Z(K1, K3, K2): ...  # mro: Z K1 C K3 A K2 B D E O object",
    );
}

#[test]
fn a_base_twice_is_refused_before_anything_is_merged() {
    check(
        "class A: ...
class B(A): ...
class C(A, B, A): ...  # raises: duplicate-base",
    );
}

/// Writes each turn of a merge: what is left of the lists, and what happened.
fn steps(text: &str, bases: &[&str]) -> String {
    let program = Program::run(text, LATEST);
    let bases: Vec<_> = bases.iter().map(|base| program.id(base)).collect();
    let mut said = String::new();
    let result = linearize(
        program.classes.object(),
        &bases,
        |base| program.classes.mro(base).unwrap_or_default(),
        |step| {
            let lists: Vec<String> = step
                .lists
                .iter()
                .map(|list| format!("[{}]", program.say(list)))
                .collect();
            let turn = match step.turn {
                Turn::Rejected {
                    candidate,
                    list,
                    in_tail_of,
                } => format!(
                    "{} of {list} rejected, in tail of {in_tail_of}",
                    program.name(candidate)
                ),
                Turn::Taken { class, list } => format!("{} of {list} taken", program.name(class)),
                Turn::Stuck => "stuck".to_owned(),
            };
            writeln!(said, "{}: {turn}", lists.join(" ")).expect("text can be written to");
        },
    );
    let end = match result {
        Ok(mro) => program.say(&mro[1..]),
        Err(error) => error.raised(&program.classes, LATEST).message,
    };
    said + &end
}

#[test]
fn the_observer_sees_every_head_that_is_looked_at() {
    expect![[r"
        [Left Base object] [Right Base object] [Left Right]: Left of 0 taken
        [Base object] [Right Base object] [Right]: Base of 0 rejected, in tail of 1
        [Base object] [Right Base object] [Right]: Right of 1 taken
        [Base object] [Base object] []: Base of 0 taken
        [object] [object] []: object of 0 taken
        Left Right Base object"]]
    .assert_eq(&steps(
        "class Base: ...
class Left(Base): ...
class Right(Base): ...",
        &["Left", "Right"],
    ));
}

#[test]
fn the_observer_sees_where_the_merge_gets_stuck() {
    expect![[r"
        [A object] [B A object] [A B]: A of 0 rejected, in tail of 1
        [A object] [B A object] [A B]: B of 1 rejected, in tail of 2
        [A object] [B A object] [A B]: A of 2 rejected, in tail of 1
        [A object] [B A object] [A B]: stuck
        Cannot create a consistent method resolution order (MRO) for bases A, B"]]
    .assert_eq(&steps("class A: ...\nclass B(A): ...", &["A", "B"]));
}
