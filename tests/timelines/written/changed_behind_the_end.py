"""What stands behind the exception that ends a module changes nothing of what was there before: a registry, a class's own name, a closure."""
from begun import begun
class Creator(type):
    made = {}
    def __call__(cls, *args, **kwds):
        begun('Creator.__call__')
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*args, **kwds)
        return cls.made[cls]
# --
class Meta(type, metaclass=Creator):
    made = {}
    def __init__(cls, name, bases, namespace, **kwds):
        begun('Meta.__init__')
        super().__init__(name, bases, namespace)
# --
def first():
    begun('first')
# --
class Single:
    only = None
    def __new__(cls, *args):
        begun('Single.__new__')
        if cls.only is None:
            first()
            cls.only = super().__new__(cls)
        return cls.only
# --
def counter():
    begun('counter')
    count = [0]
    def step():
        begun('counter.<locals>.step')
        count[0] += 1
        return count[0]
    return step
# --
step = counter()
# --
class Counted:
    def __init__(self, *args):
        begun('Counted.__init__')
        for _ in range(step()):
            first()
# --
class Slotted:
    __slots__ = ("colour",)
    colour = 1
# --
class Behind(metaclass=Meta):
    pass
# --
single = Single()
step()
class After(Counted):
    made = Counted()
