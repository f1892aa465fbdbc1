"""The same with a mixin that adds no slots."""

from .position import SpanMixin


class Mark(SpanMixin, str):  # mro: Mark SpanMixin str object
    """Keeps line and column in its dictionary."""
