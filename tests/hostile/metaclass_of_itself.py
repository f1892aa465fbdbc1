"""A metaclass that makes its class by making its class."""
class M(type):
    def __new__(m, n, b, d):
        return M(n, b, d)
class C(metaclass=M): pass

class Last: ...
