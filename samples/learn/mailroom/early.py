"""What cannot be: a base before the class that derives from it."""

from mailroom.parcels import Item, Parcel


class Early(Item, Parcel):  # raises: inconsistent-mro
    pass
