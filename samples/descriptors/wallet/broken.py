"""An account whose fields get into each other's way."""

from wallet.fields import Field, Positive


class Shared(Positive):  # from: __get__ Shared; from: check Positive
    """Keeps its value on itself: one for all accounts."""

    value = 0

    def __get__(self, instance, owner=None):
        return self.value

    def __set__(self, instance, value):
        self.value = self.check(value)


class Keyed(Positive):  # from: __set_name__ Keyed
    """Is told its key, and trusts that nobody else has it."""

    def __init__(self, key):
        self.key = key

    def __set_name__(self, owner, name):
        self.name = name


class Forgetful(Field):  # from: __set__ Field; from: __get__ Forgetful
    """Meant to compute once. It has a `__set__`, so what stands on the instance never answers."""

    def __init__(self, compute):
        self.compute = compute

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.compute(instance)
        return value


class Checked:  # mro: Checked object
    """Has `__set__` alone: a read gives what stands on the instance, or the descriptor itself."""

    def __set_name__(self, owner, name):
        self.name = name

    def __set__(self, instance, value):
        if not value:
            raise ValueError(f"{self.name} is empty")
        instance.__dict__[self.name] = value


class Account:  # mro: Account object
    """`price` and `cost` share a key, `limit` is one for all, `total` is computed at each read."""

    # from: price Account; from: limit Account

    price = Keyed("_price")
    cost = Keyed("_price")
    limit = Shared()
    owner = Checked()

    def __init__(self, price=2, cost=1):
        self.price = price
        self.cost = cost

    def total(self):
        """What it comes to."""
        return self.price + self.cost

    total = Forgetful(total)
