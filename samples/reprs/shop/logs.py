"""Orders as they come from the shop, with what they know of each other."""

from shop import broken, mended


class OrderLog:
    """What a log line about an order holds."""

    def __init__(self, models=mended):
        self.customer = models.Customer(name="Ada")
        self.order = models.Order(number=7, customer=self.customer)
        self.customer.last = self.order

    def __repr__(self):
        return f"log of {self.order!r}"


class EndlessLog(OrderLog):  # mro: EndlessLog OrderLog object
    """The same with models that are not bounded: RecursionError."""

    def __init__(self):
        super().__init__(broken)
