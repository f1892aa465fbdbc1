"""Mixins for what is bought and sold."""


class Priced:
    """Has a price."""

    def price(self):
        return self.amount


class Discounted:
    """Is cheaper than it was."""

    def price(self):
        return super().price() * 90 // 100


class Taxed:
    """Costs more than it says."""

    def price(self):
        return super().price() * 119 // 100


class Invoiced:
    """Is on a bill."""

    def bill(self):
        return f"{self.label()}: {self.price()}"


class Payable:
    """Can be paid."""

    def pay(self):
        self.paid = True


class Refundable:
    """Can be paid back."""

    def refund(self):
        self.paid = False


class Shippable:
    """Can be sent."""

    def ship(self, address):
        return f"{self.label()} to {address}"


class Weighed:
    """Has a weight."""

    def weight(self):
        return self.grams


class Stocked:
    """Is in the store or not."""

    def in_stock(self):
        return self.count > 0


class Countable:
    """Can be ordered more than once."""

    def total(self):
        return self.price() * self.quantity
