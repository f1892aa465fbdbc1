"""Classes that are made, which the modules beside this one derive from."""


class Amount(int):  # mro: Amount int object
    """A number."""


class Label(str):  # mro: Label str object
    """A text."""


class MissingFile(OSError, KeyError):  # base: OSError
    """`KeyError` adds no fields to those of `Exception`, `OSError` does: they fit."""


class Cents(int):
    """Instances of `int` vary in size."""
