"""A mixin whose `__init_subclass__` forgets `super()`. It stands first, so it is the only one that runs."""

from stock.checked import Box, Journal


class Coloured:  # from: __init_subclass__ Coloured
    """Gives each class a colour."""

    def __init_subclass__(cls, **keywords):
        cls.colour = keywords.get("colour", "grey")


class Basket(Coloured, Journal, Box, topic="light"):
    # mro: Basket Coloured Journal Box Record object; from: __init_subclass__ Coloured
    """Is in no journal, and its misspelt field is checked by nobody."""

    suplier = "Miller"
