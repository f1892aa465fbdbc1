//! Type hints as text, as programs ask for it that look for a prefix.

use expect_test::expect;

use crate::imports::holds;

/// The texts differ from version to version: which base is taken is what every CPython takes.
#[test]
fn a_type_hint_is_shown_as_typing_shows_it() {
    holds(
        "
--- hints.py
from typing import Any, Callable, ClassVar, Dict, Generic, List, Literal, Optional, Tuple, TypeVar, Union
T = TypeVar('T')
class Own(Generic[T]): pass
class A(int if str(Optional[int]) == 'typing.Optional[int]' else str): pass
class B(int if str(Union[int, str, None]) == 'typing.Union[int, str, NoneType]' else str): pass
class C(int if str(Literal['a', 3, None, True]) == '''typing.Literal['a', 3, None, True]''' else str): pass
class D(int if str(List[Own]) == 'typing.List[hints.Own]' else str): pass
class E(int if str(Dict[str, List[int]]) == 'typing.Dict[str, typing.List[int]]' else str): pass
class F(int if str(Callable[[int, str], None]) == 'typing.Callable[[int, str], NoneType]' else str): pass
class G(int if str(Callable[..., Own]) == 'typing.Callable[..., hints.Own]' else str): pass
class H(int if str(list[int]) == 'list[int]' else str): pass
class I(int if str(dict[str, Own]) == 'dict[str, hints.Own]' else str): pass
class J(int if str(Optional[Literal['a']]) == '''typing.Optional[typing.Literal['a']]''' else str): pass
class K(int if str(ClassVar[int]) == 'typing.ClassVar[int]' else str): pass
class L(int if str(Any) == 'typing.Any' else str): pass
class M(int if str(Own[int]) == 'hints.Own[int]' else str): pass
class N(int if str(Tuple[int, ...]) == 'typing.Tuple[int, ...]' else str): pass
class O(int if str(Union[Optional[int], List[str], int]) == 'typing.Union[int, NoneType, typing.List[str]]' else str): pass
class P(int if str(List) == 'typing.List' else str): pass
class Q(int if str(Optional['Own']) == '''typing.Optional[ForwardRef('Own')]''' else str): pass
class R(int if str(List[T]) == 'typing.List[~T]' else str): pass
class S(int if str(Union[Literal['a'], Literal['b']]) == '''typing.Union[typing.Literal['a'], typing.Literal['b']]''' else str): pass
--- bars.py
from typing import Any, List, Literal, Optional
class Before: pass
class A(int if str(int | None) == 'int | None' else str): pass
class B(int if str(int | list[str] | Before) == 'int | list[str] | bars.Before' else str): pass
class C(int if str(Literal['a'] | Literal['b']) == '''typing.Union[typing.Literal['a'], typing.Literal['b']]''' else str): pass
class D(int if str(List[int] | None) == 'typing.Optional[typing.List[int]]' else str): pass
class E(int if str(Optional[int | str]) == 'typing.Union[int, str, NoneType]' else str): pass
class F(int if str(int | Any) == 'int | typing.Any' else str): pass
class G(int if str(None | Before) == 'None | bars.Before' else str): pass
",
        &["hints", "bars"],
        &expect![[r#"
            bars:A: A int object
            bars:B: B int object
            bars:Before: Before object
            bars:C: C int object
            bars:D: D int object
            bars:E: E int object
            bars:F: F int object
            bars:G: G int object
            hints:A: A int object
            hints:B: B int object
            hints:C: C int object
            hints:D: D int object
            hints:E: E int object
            hints:F: F int object
            hints:G: G int object
            hints:H: H int object
            hints:I: I int object
            hints:J: J int object
            hints:K: K int object
            hints:L: L int object
            hints:M: M int object
            hints:N: N int object
            hints:O: O int object
            hints:Own: Own Generic object
            hints:P: P int object
            hints:Q: not known: it depends on a condition that cannot be decided without running
            hints:R: not known: it depends on a condition that cannot be decided without running
            hints:S: S int object
        "#]],
    );
}
