"""Bases whose instances keep their fields in places that do not fit together, and bases that cannot be one."""


class Flag(bool):  # raises: unacceptable-base
    """`True` and `False` are all the instances that `bool` will ever have."""


class Steps(range):  # raises: unacceptable-base
    """Nor can anything derive from `range`."""


class Amount(int):  # mro: Amount int object
    """A number."""


class Label(str):  # mro: Label str object
    """A text."""


class LabelledAmount(Amount, Label):  # raises: layout-conflict
    """An instance is laid out as an `int` or as a `str`."""


class Lookup(dict, list):  # raises: layout-conflict
    """Or as a `dict` or as a `list`."""


class MissingFile(OSError, KeyError):  # base: OSError
    """`KeyError` adds no fields to those of `Exception`, `OSError` does: they fit."""


class Cents(int):
    """Instances of `int` vary in size."""


class Price(Amount, Cents):  # raises[<3.12]: layout-conflict
    # mro[>=3.12]: Price Amount Cents int object
    """Until Python 3.12 each of them kept its `__dict__` in a place of its own."""
