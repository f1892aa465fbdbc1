"""A metaclass of a metaclass that hands out the class of another statement: what a decorator raises is not of that one."""
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
    def __call__(cls, *args, **kwds):
        begun('Meta.__call__')
        raise TypeError("%s is not meant to be instantiated" % cls.__name__)
# --
def drawable(cls):
    begun('drawable')
    cls.default = cls()
    return cls
# --
class Polygon(metaclass=Meta):
    pass
# --
@drawable
class Ellipse(Polygon):
    pass
