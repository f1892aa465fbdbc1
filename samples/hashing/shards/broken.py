"""Keys as they were written first: some have no hash, some have another one tomorrow."""

from dataclasses import dataclass


class Key:  # mro: Key object
    """Hashed by its tenant."""

    # from: __hash__ Key; from: __eq__ Key

    def __init__(self, tenant=""):
        self.tenant = tenant

    def __eq__(self, other):
        return isinstance(other, Key) and self.tenant == other.tenant

    def __hash__(self):
        return hash(self.tenant)  # a text: another number in every process


class RegionKey(Key):  # mro: RegionKey Key object
    """Compares a field more. A class that defines `__eq__` and no `__hash__` gets `__hash__ = None`."""

    # from: __hash__ RegionKey; from: __eq__ RegionKey

    def __init__(self, tenant="", region=""):
        super().__init__(tenant)
        self.region = region

    def __eq__(self, other):
        return super().__eq__(other) and self.region == other.region


@dataclass
class OrderKey:  # mro: OrderKey object
    """A dataclass compares its fields, so it is not hashable either."""

    tenant: str = ""
    number: int = 0


class DigestKey(Key):  # from: __hash__ DigestKey
    """Returns a digest, which is no whole number: `hash(key)` raises."""

    def __hash__(self):
        return f"{len(self.tenant):08x}"


class MovingKey(Key):  # from: __hash__ MovingKey; from: __eq__ Key
    """Hashed by what is changed later: a dict that has it does not find it again."""

    def __init__(self, tenant="", rows=None):
        super().__init__(tenant)
        self.rows = rows or []

    def __hash__(self):
        return hash((self.tenant, len(self.rows)))


class ListKey(Key):  # from: __hash__ ListKey
    """Hashes a list: raises when it is asked, not when the class is made."""

    def __init__(self, tenant="", path=()):
        super().__init__(tenant)
        self.path = list(path)

    def __hash__(self):
        return hash((self.tenant, self.path))
