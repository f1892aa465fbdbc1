"""Amounts as they were written first: right on their own, wrong beside others."""


class Money:  # mro: Money object
    """Raises where it ought to say that it does not know (`NotImplemented`): the other side is never asked."""

    # from: __add__ Money; from: __lt__ Money

    def __init__(self, cents=0, currency="EUR"):
        self.cents = cents
        self.currency = currency

    def __add__(self, other):
        if not isinstance(other, Money):
            raise TypeError("money and something else")
        return Money(self.cents + other.cents, self.currency)

    def __lt__(self, other):
        return self.cents < other.cents


class Discount:  # mro: Discount object
    """Could be added to money from the right, were it asked."""

    def __init__(self, percent=10):
        self.percent = percent

    def __radd__(self, money):
        return Money(money.cents * (100 - self.percent) // 100, money.currency)


class Tip(Money):  # mro: Tip Money object
    """`Tip() + Tip()` is plain `Money`: the sum is made by the class that is named in `__add__`."""

    # from: __add__ Money; from: __radd__ Tip

    def __radd__(self, other):
        return Tip(self.cents, self.currency)


class Balance(Money):  # mro: Balance Money object
    """`+=` changes the object that others hold, too."""

    # from: __iadd__ Balance

    def __iadd__(self, other):
        self.cents += other.cents
        return self


class Rate(float):  # mro: Rate float object
    """Says that it cannot multiply, and `float` is not asked after it: `rate * 2` raises, `2 * rate` does not."""

    # from: __add__ float; from: __mul__ Rate

    def __mul__(self, other):
        return NotImplemented
