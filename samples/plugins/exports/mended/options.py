"""Every class gets a dict of its own."""

from exports.registry import Format


class Optioned(Format):  # from: options Optioned
    """Makes a new dict of what is inherited and what is added."""

    options = {"encoding": "utf-8"}

    def __init_subclass__(cls, **options):
        super().__init_subclass__()
        cls.options = {**cls.options, **options}


class Latin(Optioned, encoding="latin-1"):  # from: options Latin
    """Is written in Latin-1."""


class Modern(Optioned, newline="\n"):  # from: options Modern
    """Is written in UTF-8."""
