from began import began
from numpy import ndarray


class Array(ndarray):
    def __new__(cls):
        began("Array.__new__")
        return ndarray.__new__(cls, (3,))


class Plain: ...


class Both:
    def __add__(self, other):
        began("Both.__add__")
        return "left"

    def __radd__(self, other):
        began("Both.__radd__")
        return "right"


class Refuses(Both):
    __array_ufunc__ = None


class RefusesOnly:
    __array_ufunc__ = None


class Takes(Both):
    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        began("Takes.__array_ufunc__")
        return "ufunc"


class TakesAndLeaves:
    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        began("TakesAndLeaves.__array_ufunc__")
        return NotImplemented


class Higher(Both):
    __array_priority__ = 1000


class Lower(Both):
    __array_priority__ = -5


class Special(Array):
    def __radd__(self, other):
        began("Special.__radd__")
        return "special"


ASKED = '''
Array() + Plain()
Plain() + Array()
Array() + Both()
Both() + Array()
Array() + Refuses()
Refuses() + Array()
Array() * Refuses()
Array() + RefusesOnly()
RefusesOnly() + Array()
Array() + Takes()
Takes() + Array()
Array() * Takes()
Array() - TakesAndLeaves()
Array() + Higher()
Higher() + Array()
Array() + Lower()
Array() + Special()
Special() + Array()
Array() == Refuses()
Array() < RefusesOnly()
'''
