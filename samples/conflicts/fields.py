"""`__slots__` that cannot be."""


class Point:  # base: object
    __slots__ = ("x", "y")


class Colour:  # base: object
    __slots__ = ("red", "green", "blue")


class ColouredPoint(Point, Colour):  # raises: layout-conflict
    """Both bases have fields of their own."""


class Counter:  # raises: slots-conflict
    """`total` cannot be a field and a class attribute."""

    __slots__ = ("total",)
    total = 0


class Celsius(int):  # raises: slots-conflict
    """Instances of `int` vary in size: there is no place for a field behind them."""

    __slots__ = ("unit",)


class Kelvin(int):  # base: int
    __slots__ = ()


class Row:  # raises: slots-conflict
    """Fields have names that can be written in Python."""

    __slots__ = ("first name",)


class Loose:  # base: object
    """Its instances have a `__dict__`."""


class Tight(Loose):  # raises: slots-conflict
    """Which cannot be asked for again."""

    __slots__ = ("__dict__",)


class Watched(Point):  # base: Point
    __slots__ = ("__weakref__",)


class Noted(Watched):  # base: Watched
    """Gets a `__dict__` behind the `__weakref__`."""


class Marked(Watched):  # base: Watched
    """So does this."""


class Remarked(Noted, Marked):  # raises[<3.11]: layout-conflict
    # base[>=3.11]: Noted
    """Until Python 3.11 that made a layout of each."""
