"""A module that says what a star takes, in parts."""
from .plain import A

__all__ = ["Starry"]
__all__ += [name for name in ("Second",) if name]


class Starry(A): pass
class Second(A): pass
class Unlisted(A): pass
