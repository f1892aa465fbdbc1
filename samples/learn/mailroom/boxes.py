"""What a box has: a data descriptor, one that is none, a plain value, and an answer for every other name."""


class Grams:
    """A data descriptor: it has `__set__`."""

    def __get__(self, obj, owner=None):
        return 250

    def __set__(self, obj, value):
        raise AttributeError("weighed, not told")


class Colour:
    """No data descriptor: it has `__get__` alone."""

    def __get__(self, obj, owner=None):
        return "brown"


class Box:  # mro: Box object
    grams = Grams()
    colour = Colour()
    sides = 6

    @property
    def kilos(self):
        return self.grams / 1000

    def fold(self):
        return "flat"


class LabelledBox(Box):  # mro: LabelledBox Box object
    # from: sides Box; from: colour LabelledBox
    colour = "white"

    def __getattr__(self, name):
        return "no " + name
