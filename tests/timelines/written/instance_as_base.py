"""An instance as a base: its class stands in the place of the metaclass, and `__prepare__` is found on the metaclass of that."""
from begun import begun
class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kwds):
        begun('Meta.__prepare__')
        return super().__prepare__(name, bases, **kwds)
# --
class Entity(metaclass=Meta):
    def __init__(self, *args):
        begun('Entity.__init__')
# --
entity = Entity()
# --
class Wrapped(entity):
    pass
