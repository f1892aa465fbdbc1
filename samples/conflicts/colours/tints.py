"""The same beside it."""

from .base import Named


class Tint(Named):  # mro: Tint Named Enum object
    """Shares the methods, not the members."""

    LIGHT = 1
