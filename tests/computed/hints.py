import typing
from typing import Annotated, Callable, ClassVar, Dict, Generic, List, Literal, Optional, TypeVar, Union, get_args, get_origin
T = TypeVar("T")
class G(Generic[T]): pass
def name(x):
    return getattr(x, "__name__", None) or getattr(x, "_name", None) or repr(x)
def origin(x):
    found = get_origin(x)
    return found is Union, found is ClassVar, found is Annotated, found is Literal, found is list, found is dict, found is G, found is Generic, found is None
hints = [int, List[int], Dict[str, int], Optional[int], Union[int, str], Union[int, None], ClassVar[int], Annotated[int, 3], Annotated[List[int], "a"], Literal["a", 1],
         Union[Union[int, str], None, int], Optional[Union[str, None]], list[int], G[int], Generic[T], G, List, None, "int"]
class Values:
    v_origins = [origin(h) for h in hints]
    v_arguments = [get_args(h) for h in hints[:8] + hints[9:14] + hints[16:]]
    v_metadata = (Annotated[int, 3, "b"].__metadata__, get_origin(Annotated[List[int], "a"].__origin__), Annotated[int, 1].__args__)
class Annotates:
    __private: int
    x: "ClassVar[int]"
