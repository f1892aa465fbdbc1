"""A class that its decorator makes again, of the same name, with a metaclass."""


class Meta(type):
    pass


def add_metaclass(metaclass):
    def wrapper(cls):
        names = cls.__dict__.copy()
        names.pop("__dict__", None)
        names.pop("__weakref__", None)
        return metaclass(cls.__name__, cls.__bases__, names)
    return wrapper


@add_metaclass(Meta)
class Again:
    pass
