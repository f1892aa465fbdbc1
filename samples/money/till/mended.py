"""Amounts that leave to others what they do not know, and make sums of their own class."""

from functools import total_ordering


@total_ordering
class Money:  # mro: Money object
    """Says `NotImplemented` to what it does not know, and takes the 0 that `sum` begins with."""

    # from: __add__ Money; from: __radd__ Money; from: __lt__ Money

    __slots__ = ("cents", "currency")

    def __init__(self, cents=0, currency="EUR"):
        self.cents = cents
        self.currency = currency

    def __add__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        if other.currency != self.currency:
            raise ValueError("amounts of two currencies")
        return type(self)(self.cents + other.cents, self.currency)

    def __radd__(self, other):
        return self if other == 0 else NotImplemented

    def __eq__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return (self.cents, self.currency) == (other.cents, other.currency)

    def __lt__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return self.cents < other.cents

    def __hash__(self):
        return hash((self.cents, self.currency))


class Discount:  # mro: Discount object
    """Is asked, since money does not know it."""

    def __init__(self, percent=10):
        self.percent = percent

    def __radd__(self, money):
        return Money(money.cents * (100 - self.percent) // 100, money.currency)


class Tip(Money):  # mro: Tip Money object
    """`Tip() + Tip()` is a tip."""

    __slots__ = ()


class Balance(Money):  # mro: Balance Money object
    """Has no `__iadd__`: `+=` makes a new amount, and who holds the old one keeps it."""

    __slots__ = ()


class Rate(float):  # mro: Rate float object
    """Multiplies as `float` does, and stays a rate."""

    # from: __add__ float; from: __mul__ Rate

    __slots__ = ()

    def __mul__(self, other):
        product = super().__mul__(other)
        return product if product is NotImplemented else Rate(product)


class Account:  # mro: Account object
    """Keeps a balance."""

    def __init__(self, balance=None):
        self.balance = balance or Money()

    def book(self, amount):
        """Adds an amount."""
        self.balance = self.balance + amount
