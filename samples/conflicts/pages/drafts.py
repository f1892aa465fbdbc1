"""One side."""

from .traits import Owned, Timestamped


class Draft(Timestamped, Owned):  # mro: Draft Timestamped Owned object
    """Says that `Timestamped` comes first."""
