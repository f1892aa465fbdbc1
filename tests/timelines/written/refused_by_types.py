"""Subclasses of types made in C hand on what these refuse."""
from begun import begun
class Mixin: pass
# --
class Base: pass
# --
class X(Base, Mixin, int):
    def __new__(cls, *args, **kwds):
        begun('X.__new__')
        return super().__new__(cls, "default", *args, **kwds)
    def __init__(self, *a):
        begun('X.__init__')
# --
class Y(int):
    def __new__(cls, *args, **kwds):
        begun('Y.__new__')
        return super().__new__(cls, "default", *args, **kwds)
    def __init__(self, *a):
        begun('Y.__init__')
# --
class Z(int):
    def __new__(cls, *args, **kwds):
        begun('Z.__new__')
        return super().__new__(cls, *args, **kwds)
    def __init__(self, *a):
        begun('Z.__init__')
# --
class Q(type):
    def __call__(cls, *args, **kwds):
        begun('Q.__call__')
        return super().__call__("default", *args)
# --
class W(Base, int, metaclass=Q):
    def __new__(cls, *args, **kwds):
        begun('W.__new__')
        return super().__new__(cls, *args, **kwds)
    def __init__(self, *a):
        begun('W.__init__')
# --
class F(float):
    def __new__(cls, *args, **kwds):
        begun('F.__new__')
        return super().__new__(cls, "default", *args, **kwds)
    def __init__(self, *a):
        begun('F.__init__')
# --
class G(Base, float):
    def __new__(cls, *args, **kwds):
        begun('G.__new__')
        return super().__new__(cls, "default", *args, **kwds)
    def __init__(self, *a):
        begun('G.__init__')
# --
class C(complex):
    def __new__(cls, *args, **kwds):
        begun('C.__new__')
        return super().__new__(cls, "default", *args, **kwds)
# --
class B(bytes):
    def __new__(cls):
        begun('B.__new__')
        return super().__new__(cls, "default")
# --
class S(str):
    def __new__(cls):
        begun('S.__new__')
        return super().__new__(cls, "default")
# --
class T(tuple):
    def __new__(cls, *args, **kwds):
        begun('T.__new__')
        return super().__new__(cls, 5, *args, **kwds)
# --
class FS(frozenset):
    def __new__(cls, *args, **kwds):
        begun('FS.__new__')
        return super().__new__(cls, 5, *args, **kwds)
# --
class I2(int):
    def __new__(cls, *args):
        begun('I2.__new__')
        return int.__new__(cls, [])
# --
class I3(int):
    def __new__(cls, *args):
        begun('I3.__new__')
        return super().__new__(cls, *args, base=2)
# --
class D(dict):
    def __init__(self, *a):
        begun('D.__init__')
        super().__init__(5)
# --
class E(list):
    def __init__(self, *a):
        begun('E.__init__')
        super().__init__(5)
# --
class R(bytearray):
    def __init__(self, *a):
        begun('R.__init__')
        super().__init__("x")
# --
class SE(set):
    def __init__(self, *a):
        begun('SE.__init__')
        super().__init__([[]])
