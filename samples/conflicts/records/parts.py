"""Each part keeps its fields in slots of its own."""

from .record import Record


class Priced(Record):  # mro: Priced Record object
    """What it costs."""

    __slots__ = ("price", "currency")

    def total(self, count):
        return count * self.price


class Stocked(Record):  # mro: Stocked Record object
    """Where it is."""

    __slots__ = [
        "shelf",  # from 1
    ]
