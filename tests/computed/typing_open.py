# What an alias leaves open, and how many types it is given then.
from collections.abc import Sequence
from typing import *
A = TypeVar("A")
B = TypeVar("B")
Pairs = list[tuple[A, B]]
Items = List[A]
Tree = tuple[A, Sequence["Tree"]]
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
def annotated():
    class C:
        a: Pairs[int, str, int]
def wrong():
    class C:
        a = call(1)
def call(a, *, b): ...
class Values:
    vpairs = refused(lambda: Pairs[int]), refused(lambda: Pairs[int, str]), refused(lambda: Pairs[int, str, int])
    vitems = refused(lambda: Items[int]), refused(lambda: Items[int, int])
    vclosed = refused(lambda: list[int][str]), refused(lambda: Pairs[A, B][int, str])
    vtree = refused(lambda: Tree[int, str])[0]
    vannotated = refused(annotated), refused(wrong)
