"""Where it waits: two orders of the same two classes, each of which is fine alone."""

from mailroom.parcels import Insured, Tracked


class Sorted(Tracked, Insured):  # mro: Sorted Tracked Insured Item object
    pass


class Packed(Insured, Tracked):  # mro: Packed Insured Tracked Item object
    pass
