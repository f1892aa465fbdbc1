# What `typing` refuses in the brackets behind its names, and in the annotations that a class body evaluates.
import typing
from typing import *
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
def closed():
    class C(TypedDict, foo=True):
        x: int
def total():
    class C(TypedDict, total=False):
        x: int
def keyword():
    class C(NamedTuple, x=1):
        a: int
def field():
    class C(NamedTuple):
        a: ClassVar[int]
def key():
    class C(TypedDict):
        a: ClassVar[int]
def text_field():
    class C(NamedTuple):
        a: "x y"
def pair_key():
    class C(TypedDict):
        a: (int, str)
def several():
    class C:
        a: ClassVar[int, str]
def head():
    class C:
        def f(self, a: Dict[int]) -> None: ...
def plain_list():
    class C:
        a: list[int, str]
        b: Callable[[int], str]
        c: "ClassVar[int, str]"
def function():
    class C:
        a: NamedTuple[int]
def body_names():
    class C:
        here = __module__ == __name__, __qualname__
    return C
def shadowed():
    class C:
        def list(self): ...
        def other(self) -> list[int]: ...
class Values:
    vsingle = refused(lambda: ClassVar[int, str]), refused(lambda: Final[int, str]), refused(lambda: ClassVar[int,])
    vempty = refused(lambda: ClassVar[()]), refused(lambda: Union[()])
    vcount = refused(lambda: List[int, str]), refused(lambda: Dict[int]), refused(lambda: Type[Any, int])
    vcounts = refused(lambda: Generator[int, str, int, str]), refused(lambda: Iterator[int, str]), refused(lambda: ItemsView[int])
    vnone = refused(lambda: Hashable[int])
    vcontext = refused(lambda: ContextManager[int, bool, str]), refused(lambda: ContextManager[int])
    voptional = refused(lambda: Optional[int, str]), refused(lambda: Optional[List])
    vplain = refused(lambda: List[Optional]), refused(lambda: List[Generic]), refused(lambda: Tuple[int, ClassVar])
    vinner = refused(lambda: Dict[int, ClassVar[int]]), refused(lambda: Union[int, Final[int]])
    vtext = refused(lambda: List["x y"]), refused(lambda: Optional["Final[int"]), refused(lambda: Callable[["x y"], int])
    vcallable = refused(lambda: Callable[int]), refused(lambda: Callable[..., int]), refused(lambda: Callable[[int], (str, int)])
    vtuple = refused(lambda: Tuple[int, ...]), refused(lambda: Tuple[()])
    vannotated = refused(lambda: Annotated[int]), refused(lambda: Annotated[int, "x y"])
    vnever = refused(lambda: NoReturn[int])
    vgeneric = refused(lambda: Generic[int]), refused(lambda: Protocol[int])
    vkeywords = refused(closed), refused(total), refused(keyword)
    vfields = refused(field), refused(key), refused(text_field), refused(pair_key)
    vbodies = refused(several), refused(head), refused(plain_list), refused(function)
    vnames = body_names().here
    vshadowed = refused(shadowed)
