"""The name is right, the chain is whole, and a keyword that nobody knows reaches `object`, which raises."""

from stock.checked import Box, Journal, Record


class Painted:  # from: __init_subclass__ Painted
    """Gives each class a colour."""

    def __init_subclass__(cls, colour="grey", **keywords):
        super().__init_subclass__(**keywords)
        cls._colour = colour


class Crate(Record):  # mro: Crate Record object; from: quantity Crate
    """Twelve of a kind."""

    article = ""
    quantity = 12


class Basket(Painted, Journal, Box, topic="light"):
    # mro: Basket Painted Journal Box Record object; from: __init_subclass__ Painted
    """Has a colour, is in the journal, and its field is one."""

    supplier = "Miller"


class Barrel(Painted, Box, colour="red"):  # mro: Barrel Painted Box Record object
    """Is red."""
