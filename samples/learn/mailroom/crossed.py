"""What cannot be: two orders of the same two classes at once."""

from mailroom.shelves import Packed, Sorted


class Crossed(Sorted, Packed):  # raises: inconsistent-mro
    pass
