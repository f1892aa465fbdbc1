"""`__slots__`: which base's layout is extended, and when instances have a `__dict__` all the same."""


class Point:  # base: object
    """Two fields, and no room for anything else."""

    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Point3(Point):  # base: Point
    """A field more behind those of `Point`."""

    __slots__ = ("z",)

    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


class Movable:  # base: object
    """A mixin without fields: it fits anywhere."""

    __slots__ = ()

    def move(self, dx, dy):
        self.x += dx
        self.y += dy


class Coloured:  # base: object
    """A mixin without `__slots__`: its instances have a `__dict__`."""

    colour = "black"


class Turtle(Movable, Point):  # base: Point
    # mro: Turtle Movable Point object; from: move Movable; from: x Point
    """The layout is that of `Point`, though `Movable` comes first."""

    __slots__ = ("heading",)


class Dot(Coloured, Point):  # base: Point
    # mro: Dot Coloured Point object
    """Gets a `__dict__` from `Coloured`, whatever `__slots__` says."""

    __slots__ = ()


class Corner(Point3, Point):  # base: Point3
    # from: z Point3; from: y Point
    """Two layouts fit together when one is that of an ancestor of the other."""


class Label(Point, str):  # raises: layout-conflict
    """Text has its own place for everything."""
