"""One more."""

from .base import Colour


class Shade(Colour):  # raises: TypeError
    """What has members cannot be derived from."""

    DARK = 3
