"""A base whose options are one dict for all: each plugin that adds its own adds it to every other."""

from exports.registry import Format


class Optioned(Format):  # from: options Optioned
    """`cls.options` is found in the base, and `update` changes it there."""

    options = {"encoding": "utf-8"}

    def __init_subclass__(cls, **options):
        super().__init_subclass__()
        cls.options.update(options)


class Latin(Optioned, encoding="latin-1"):  # from: options Optioned
    """Is written in Latin-1. So is everything else now."""


class Modern(Optioned, newline="\n"):  # from: options Optioned
    """Thinks that it is written in UTF-8."""
