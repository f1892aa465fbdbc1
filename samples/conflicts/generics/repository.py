"""Where things are kept."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Repository(Generic[T]):
    """Keeps things of one type."""


class Cached(Repository[T]):
    """Keeps them in memory, too."""
