"""The colours there are."""

from enum import Enum


class Named(Enum):  # mro: Named Enum object
    """No members: it may be derived from."""

    def label(self):
        """Its name for people."""
        return self.name.title()


class Colour(Named):  # mro: Colour Named Enum object
    """Has members, and so is closed."""

    RED = 1
    GREEN = 2
