"""A hook that takes any keyword. `colur="red"` was meant for it, and is lost without a word."""

from stock.checked import Box


class Painted:  # from: __init_subclass__ Painted
    """Gives each class a colour."""

    def __init_subclass__(cls, colour="grey", **ignored):
        super().__init_subclass__()
        cls.colour = colour


class Barrel(Painted, Box, colur="red"):  # mro: Barrel Painted Box Record object
    """Is grey."""
