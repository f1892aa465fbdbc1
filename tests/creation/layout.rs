//! Acceptable bases, best base, layout conflicts.

use super::check;

#[test]
fn some_types_of_the_interpreter_accept_no_subclass() {
    check(
        "class A: ...
class B(bool): ...  # raises: unacceptable-base
class C(A, range): ...  # raises: unacceptable-base
class D(slice): ...  # raises: unacceptable-base
class E(memoryview): ...  # raises: unacceptable-base",
    );
}

#[test]
fn the_best_base_is_the_one_whose_layout_is_extended() {
    check(
        "class Mixin: ...
class Number(Mixin, int): ...  # base: int
class Text(str, Mixin): ...  # base: str
class Plain(Mixin): ...
class Same(Mixin, Plain): ...  # raises: inconsistent-mro
class First(Plain, Mixin): ...  # base: Plain",
    );
}

#[test]
fn two_layouts_that_are_not_one_below_the_other_conflict() {
    check(
        "class A(int, str): ...  # raises: layout-conflict
class B(dict, list): ...  # raises: layout-conflict
class C(OSError, KeyError): ...  # base: OSError
class D(KeyError, ValueError): ...  # base: KeyError",
    );
}

#[test]
fn slots_make_a_layout_of_their_own() {
    check(
        "class A: __slots__ = ('a',)
class B: __slots__ = ('b',)
class C(A, B): ...  # raises: layout-conflict
class Empty: __slots__ = ()
class D(Empty, A): ...  # base: A
class E(A): __slots__ = ('e',)
class F(A, E): ...  # raises: inconsistent-mro
class G(E, A): ...  # base: E",
    );
}

#[test]
fn a_dict_and_weak_references_are_no_layout_of_their_own() {
    check(
        "class A: __slots__ = ('__dict__',)
class B: __slots__ = ('__weakref__',)
class C(A, B): ...  # base: A
class D: ...
class E(D, A, B): ...  # base: D",
    );
}

#[test]
fn up_to_3_10_a_dict_behind_weak_references_is_a_layout_of_its_own() {
    check(
        "class A: __slots__ = ('__weakref__',)
class B(A): ...
class C(A): ...
class D(B, C): ...  # raises[<3.11]: layout-conflict; base[>=3.11]: B",
    );
}

#[test]
fn up_to_3_11_a_dict_makes_a_layout_of_a_type_whose_size_varies() {
    check(
        "class A(int): ...
class B(int): ...
class C(A, B): ...  # raises[<3.12]: layout-conflict; base[>=3.12]: A
class D(int): __slots__ = ()
class E(D, A): ...  # base[<3.12]: A; base[>=3.12]: D",
    );
}

#[test]
fn the_dict_of_a_metaclass_is_that_of_type() {
    check(
        "class M(type): ...
class N(type): ...
class Both(M, N): ...  # base: M",
    );
}

#[test]
fn each_base_is_checked_in_both_ways_before_the_next_is_looked_at() {
    check(
        "class A(int, str, bool): ...  # raises: layout-conflict
class B(int, bool, str): ...  # raises: unacceptable-base",
    );
}
