"""Each class looks at what is its own."""

from store.fields import Column
from store.model import Model


class Listed(Model):  # from: headings Listed
    """Can be printed as a table."""

    @classmethod
    def headings(cls):
        if "_headings" not in vars(cls):
            cls._headings = tuple(name.title() for name in cls._fields)
        return cls._headings


class Crate(Listed):  # mro: Crate Listed Model object
    """What is sent."""

    weight = Column(int)


class InsuredCrate(Crate):  # mro: InsuredCrate Crate Listed Model object; from: weight Crate
    """What is sent and paid for if it is lost."""

    value = Column(int)


CRATE_TABLE = Crate.headings()
INSURED_TABLE = InsuredCrate.headings()
