"""Where something stands in a text."""


class PositionMixin:
    """Line and column, without a dictionary for each instance."""

    __slots__ = ("line", "column")


class SpanMixin:
    """The same, kept wherever the other base keeps its attributes."""

    __slots__ = ()
