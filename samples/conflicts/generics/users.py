"""`Generic` first."""

from typing import Generic

from .repository import Repository, T


class UserRepository(Generic[T], Repository):  # raises: inconsistent-mro
    """`Repository` derives from `Generic`, so `Generic` has to come last."""
