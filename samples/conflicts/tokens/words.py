"""A string that knows where it stands."""

from .position import PositionMixin


class Word(PositionMixin, str):  # raises: layout-conflict
    """An instance cannot be laid out as both want it."""
