# Type parameters (PEP 695) stand among the bases as `Generic[…]` would.
from typing import Generic, TypeVar
S = TypeVar("S")
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
def twice():
    class C[T](Generic[S]): ...
def unlisted():
    class C[T](list[S]): ...
def forward():
    class Node[T]:
        def next(self) -> Nowhere: ...
class Pair[A, B]: ...
class Many[*Ts]: ...
class Called[**P]: ...
class Values:
    vtwice = refused(twice), refused(unlisted)
    vcount = refused(lambda: Pair[int])[0], refused(lambda: Pair[int, str]), refused(lambda: Pair[int, str, int])[0]
    vmany = refused(lambda: Many[int]), refused(lambda: Many[int, str]), refused(lambda: Many[()])
    vcalled = refused(lambda: Called[[int]]), refused(lambda: Called[int, str])
    vmro = [it.__name__ for it in Pair.__mro__]
