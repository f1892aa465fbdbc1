"""The diamond with nothing around it."""


class Base:  # mro: Base object
    def name(self):
        return "base"


class Left(Base):  # mro: Left Base object
    def name(self):
        return "left, then " + super().name()


class Right(Base):  # mro: Right Base object
    def name(self):
        return "right, then " + super().name()


class Both(Left, Right):  # mro: Both Left Right Base object
    # from: name Left
    """`Both().name()` is "left, then right, then base": `super()` in `Left` goes to `Right`."""
