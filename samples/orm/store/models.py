"""Models that somebody wrote by hand."""

from store.fields import Column, ForeignKey
from store.model import Model


class Customer(Model):  # metaclass: ModelMeta; mro: Customer Model object
    """Who buys."""

    number = Column(int)
    name = Column(str)
    city = Column(str, "Bremen")


class Invoice(Model):  # mro: Invoice Model object; from: total Invoice; from: load Model
    """What is to be paid."""

    number = Column(int)
    total = Column(float, 0.0)
    customer_id = ForeignKey("Customer")


class Reminder(Invoice):  # mro: Reminder Invoice Model object; from: total Invoice; from: fee Reminder
    """What is still to be paid."""

    fee = Column(float, 5.0)
