"""The same keyword where nobody takes it: `object.__init_subclass__` refuses it, and this class statement raises."""

from stock.checked import Box


class Bottle(Box, colour="green"):  # raises: TypeError
    """`Record.__init_subclass__` hands on what it does not know."""
