"""The headings of a table are worked out once for each class, and then kept on it. Or so it was meant.

`hasattr` finds what a base has, too: after `Parcel.headings()`, every class below it answers with those of `Parcel`.
"""

from store.fields import Column
from store.model import Model


class Printed(Model):  # from: headings Printed
    """Can be printed as a table."""

    @classmethod
    def headings(cls):
        if not hasattr(cls, "_headings"):
            cls._headings = tuple(name.title() for name in cls._fields)
        return cls._headings


class Parcel(Printed):  # mro: Parcel Printed Model object
    """What is sent."""

    weight = Column(int)


class InsuredParcel(Parcel):  # mro: InsuredParcel Parcel Printed Model object; from: weight Parcel
    """What is sent and paid for if it is lost."""

    value = Column(int)


PARCEL_TABLE = Parcel.headings()
INSURED_TABLE = InsuredParcel.headings()
