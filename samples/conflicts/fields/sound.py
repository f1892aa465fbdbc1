"""Classes that are made, which the modules beside this one derive from."""


class Point:  # base: object
    __slots__ = ("x", "y")


class Colour:  # base: object
    __slots__ = ("red", "green", "blue")


class Kelvin(int):  # base: int
    __slots__ = ()


class Loose:  # base: object
    """Its instances have a `__dict__`."""


class Watched(Point):  # base: Point
    __slots__ = ("__weakref__",)


class Noted(Watched):  # base: Watched
    """Gets a `__dict__` behind the `__weakref__`."""


class Marked(Watched):  # base: Watched
    """So does this."""
