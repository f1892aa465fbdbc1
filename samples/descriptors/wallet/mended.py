"""The account, mended; and one that shows every kind of field."""

from functools import cached_property

from wallet.fields import Lazy, Once, OneOf, Positive, ReadOnly
from wallet.shared import Coalescing, Locked, Secret, Sharded


class Account:  # mro: Account object
    """Each field has a key of its own on the instance; `total` is computed once."""

    # from: price Account; from: total Account

    price = Positive()
    cost = Positive()
    limit = Positive()

    def __init__(self, price=2, cost=1):
        self.price = price
        self.cost = cost

    @Lazy
    def total(self):
        """What it comes to."""
        return self.price + self.cost


class Wallet(Account):  # mro: Wallet Account object
    """All kinds."""

    # from: price Account; from: balance Wallet; from: total Account

    bank = ReadOnly("Bank of Nowhere")
    number = Once()
    currency = OneOf("EUR", "USD")
    balance = Locked()
    points = Sharded()
    pin = Secret()

    @Coalescing
    def rate(self):
        """Asks the bank, once."""
        return len(self.bank)

    @cached_property
    def statement(self):
        """Made from several fields, and not made again when one of them changes."""
        return f"{self.number}: {self.balance} {self.currency} at {self.rate}"

    @property
    def worth(self):
        """Made from several fields at each read."""
        return self.balance * self.rate + self.points
