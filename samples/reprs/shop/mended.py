"""The same with bounds: what is large is left out, what is nested is shown by its key, what comes again is `...`."""

from dataclasses import dataclass, field
from reprlib import Repr, recursive_repr

short = Repr()
short.maxstring = 40
short.maxother = 60


@dataclass
class Scan:  # mro: Scan object
    """Shows its page only."""

    page: int = 1
    pixels: bytes = field(default=bytes(range(256)) * 500, repr=False)


@dataclass
class Letter:
    """Shows its sender, and how many pages there are."""

    sender: str = "someone"
    scans: list = field(default_factory=lambda: [Scan(page) for page in range(4)], repr=False)

    # from: __repr__ Letter

    def __repr__(self):
        return f"Letter({self.sender!r}, {len(self.scans)} pages)"


class Model:
    """Shows what it holds in short, and itself once."""

    def __init__(self, **fields):
        self.__dict__.update(fields)

    @recursive_repr()
    def __repr__(self):
        held = ", ".join(f"{name}={short.repr(value)}" for name, value in vars(self).items())
        return f"{type(self).__name__}({held})"


class Customer(Model):  # mro: Customer Model object
    """Knows its orders."""


class Order(Model):  # mro: Order Model object
    """Knows its customer."""


class Money:
    """Formats its field."""

    def __init__(self, cents=0):
        self.cents = cents

    def __repr__(self):
        return f"<Money {self.cents}>"


class Secret(str):  # mro: Secret str object
    """Hidden from both."""

    # from: __str__ Secret; from: __repr__ Secret

    def __repr__(self):
        return "Secret(***)"

    __str__ = __repr__
