"""`Generic` last."""

from typing import Generic

from .repository import Cached, T


class TeamRepository(Cached[T], Generic[T]):  # mro: TeamRepository Cached Repository Generic object
    """It need not be named at all."""
