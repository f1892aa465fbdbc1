from .sound import Loose


class Tight(Loose):  # raises: slots-conflict
    """Which cannot be asked for again."""

    __slots__ = ("__dict__",)
