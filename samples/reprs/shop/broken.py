"""Models whose representation holds that of everything below them, and of what is above them."""

from dataclasses import dataclass, field


@dataclass
class Scan:  # mro: Scan object
    """A page of a letter: its picture stands in every log line that names it."""

    page: int = 1
    pixels: bytes = bytes(range(256)) * 500


@dataclass
class Letter:
    """A letter of four pages: half a megabyte of pixels, and three times that as text."""

    sender: str = "someone"
    scans: list = field(default_factory=lambda: [Scan(page) for page in range(4)])


class Model:
    """Shows all that it holds."""

    def __init__(self, **fields):
        self.__dict__.update(fields)

    def __repr__(self):
        held = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({held})"


class Customer(Model):  # mro: Customer Model object
    """Knows its orders."""

    # from: __repr__ Model


class Order(Model):  # mro: Order Model object
    """Knows its customer, who knows its orders: `repr(order)` does not end."""

    # from: __repr__ Model


class Money:
    """Formats itself by itself: `f"{self}"` asks `__str__`, which is `__repr__` here."""

    def __init__(self, cents=0):
        self.cents = cents

    def __repr__(self):
        return f"<Money {self}>"


class Secret(str):  # mro: Secret str object
    """Hidden from `print`, but not from a list, a dataclass or a log that shows it by `repr`."""

    # from: __str__ Secret; from: __repr__ str

    def __str__(self):
        return "***"


class Token:
    """Returns what is no text: `repr(token)` raises, also while another error is reported."""

    def __init__(self, value=None):
        self.value = value

    def __repr__(self):
        return self.value


COLOURS = [f"colour {number}" for number in range(10_000)]
PALETTE = {name: name.upper() for name in COLOURS}


class Catalogue:
    """Holds values whose representations are long, and one that holds itself."""

    colours = COLOURS
    palette = PALETTE
    blank = "-" * 500_000
    numbers = range(1_000_000)
    grid = [[0] * 1000] * 1000
    tree = {"leaf": 1}
    tree["root"] = tree
