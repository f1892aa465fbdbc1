"""`__init_subclass__` that reads the names of a class and asks whether they were meant."""

KNOWN = ("article", "quantity", "location", "supplier")


def near(name):
    """The fields that are written with the same letters."""
    return [known for known in KNOWN if set(known) == set(name)]


class Record:  # from: __init_subclass__ Record; metaclass: type
    """A row of the warehouse. It may have the fields in `KNOWN`, and methods, and nothing else."""

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        for name, value in vars(cls).items():
            if name.startswith("_") or callable(value):
                continue
            if name not in KNOWN:
                meant = near(name)
                hint = f": did you mean {meant[0]}?" if meant else ""
                raise NameError(f"{cls.__name__} has no field {name}{hint}")


class Journal:  # from: __init_subclass__ Journal
    """A mixin that writes down every class below it, under a topic."""

    topics = {}

    def __init_subclass__(cls, topic="general", **keywords):
        super().__init_subclass__(**keywords)
        Journal.topics.setdefault(topic, []).append(cls.__name__)


class Box(Record):  # mro: Box Record object; from: quantity Box
    """Something in a box."""

    article = ""
    quantity = 0
    location = "A-1"


class Pallet(Journal, Box, topic="heavy"):  # mro: Pallet Journal Box Record object
    """Both hooks run: the first hands on to the second."""

    supplier = ""
