class Meta(type):
    def __new__(cls, name, bases, ns):
        ns.pop('__classcell__', None)
        return super().__new__(cls, name, bases, ns)
class Plain(metaclass=Meta):
    def f(self): return 1
class W(metaclass=Meta):
    def f(self): return __class__
--
class Meta(type):
    def __new__(cls, name, bases, ns):
        return super().__new__(cls, name, bases, dict(ns))
class Handed(metaclass=Meta):
    def f(self): return super().f()
class C:
    __classcell__ = 42
--
class Meta(type):
    def __new__(cls, name, bases, ns):
        made = super().__new__(cls, name, bases, ns)
        type('B', (), ns)
        return made
class A(metaclass=Meta):
    def f(self): return __class__
--
class Once(type):
    made = []
    def __call__(cls, *args):
        if not cls.made: cls.made.append(super().__call__(*args))
        return cls.made[0]
class M(type, metaclass=Once): pass
class A(metaclass=M): pass
class B(metaclass=M):
    def f(self):
        return [super().f() for _ in ()]
--
from typing import NamedTuple
class Pair(NamedTuple):
    left: int
    def f(self): return super().count(1)
--
def none(cls): cls.x = 1
def wrap(cls):
    class W(cls): pass
    return W
@wrap
@none
class C: pass
--
def wrap(cls):
    class W(cls): pass
    return W
@wrap
class C:
    def __init_subclass__(cls, *, layer): pass
--
class Base:
    def __init_subclass__(cls, **named):
        class Inner(int, str): pass
class C(Base): pass
--
def make():
    class Inner(int, str): pass
    return Inner
class C:
    x = make()
--
def reg(cls):
    if not hasattr(cls, 'x'): raise TypeError('%s' % cls.__name__)
    return cls
def make(name, bases, ns): return []
@reg
class C(metaclass=make): pass
--
import typing
class D(type(typing.Union)): pass
--
import string
class T(string.Template):
    delimiter = '$'
    pattern = '('
--
class No:
    def __bool__(self): raise ValueError('no')
class C:
    if No(): x = 1
--
from abc import ABCMeta
class Both(metaclass=ABCMeta):
    __abc_tpflags__ = 96
--
class B: pass
class M(type):
    def mro(cls): return (B,)
class A(metaclass=M): pass
--
class M(type):
    def mro(cls): return 1
class X(metaclass=M): pass
--
class M(type):
    def mro(cls): return [cls, 1]
class X(metaclass=M): pass
--
from dataclasses import dataclass, field
@dataclass
class C:
    x: int = field(metadata=0)
--
from enum import Enum
class U(Enum):
    def __init__(self, *given):
        if any(self.value == it.value for it in self.__class__): raise ValueError('alias')
class Color(U):
    red = 1
    rot = 1
--
from enum import Enum
class S(str, Enum):
    def __new__(cls, *values):
        value = values[0] + 'x'
        member = str.__new__(cls, value)
        member._value_ = value
        return member
class T(S):
    one = '1'
    two = 2
--
class C:
    x: missing_name = 1
--
import enum, typing
class Both(enum.EnumMeta, type(typing.Protocol)): pass
class Reads(typing.Protocol):
    def read(self): ...
class Without(Reads, enum.Enum, metaclass=Both): pass
class With(Reads, enum.Enum, metaclass=Both):
    A = 1
--
from ctypes import Structure, c_int
class Fine(Structure):
    _fields_ = [('x', c_int)]
class Name(Structure):
    _fields_ = []
    _anonymous_ = ['x']
    x = 42
--
class L: pass
class S(L): pass
def anew(cls): return type(cls)(cls.__name__, cls.__bases__, {})
@anew
class F(L, S): pass
