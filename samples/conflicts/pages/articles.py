"""The other side, written months later."""

from .traits import Owned, Timestamped


class Article(Owned, Timestamped):  # mro: Article Owned Timestamped object
    """Says that `Owned` comes first."""
