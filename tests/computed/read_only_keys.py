# Keys of a `TypedDict` that may only be read (PEP 705).
from typing import *
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
class Base(TypedDict):
    value: int
    name: ReadOnly[int]
def closed():
    class C(Base):
        value: ReadOnly[int]
def required():
    class C(Base):
        value: Required[ReadOnly[int]]
def opened():
    class C(Base):
        name: int
def other():
    class C(Base):
        other: ReadOnly[int]
class Values:
    vkeys = refused(closed), refused(required), refused(opened), refused(other)
