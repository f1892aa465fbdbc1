"""A key that is taken is refused, where the class is made and not where it is missed."""

from exports.registry import FORMATS, Keyed


class Unique(Keyed):  # from: __init_subclass__ Unique
    """Looks before it enters."""

    def __init_subclass__(cls, key=None, **keywords):
        if key in FORMATS:
            raise KeyError(f"{key} is {FORMATS[key].__name__}")
        super().__init_subclass__(key=key, **keywords)


class QuotedCsv(Unique, key="csv-quoted"):  # mro: QuotedCsv Unique Keyed Format object
    """Puts each cell between quotes."""

    separator = ","
