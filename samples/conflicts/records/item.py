"""Something that has a price and a place."""

from .parts import Priced, Stocked


class Item(Priced, Stocked):  # raises: layout-conflict
    """Slots of one of the two can be, those of both cannot."""

    __slots__ = ()
