"""`ABCMeta.__new__` takes what `super().__new__` gives for a class, whatever it is."""
from abc import ABCMeta
from begun import begun
class Made(type):
    def __new__(mcls, name, bases, namespace, **kwds):
        begun('Made.__new__')
        return None
# --
class Both(ABCMeta, Made):
    pass
# --
class First(metaclass=Both):
    pass
