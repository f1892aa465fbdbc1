"""Keys that are equal with equal hashes, for as long as they live, and a shard that is the same in every process."""

from dataclasses import dataclass
from zlib import crc32


class Key:  # mro: Key object
    """Knows its shard: a checksum, since `hash()` of a text is another one in every process."""

    # from: __hash__ Key; from: __eq__ Key

    __slots__ = ("tenant",)

    def __init__(self, tenant=""):
        self.tenant = tenant

    def __eq__(self, other):
        return isinstance(other, Key) and self.tenant == other.tenant

    def __hash__(self):
        return hash(self.tenant)

    def shard(self, count):
        """On which of so many shards its rows live."""
        return crc32(self.tenant.encode()) % count


class RegionKey(Key):  # mro: RegionKey Key object
    """Compares a field more, and takes the hash that is there: keys that are equal have the same tenant."""

    # from: __hash__ RegionKey; from: __eq__ RegionKey

    __slots__ = ("region",)

    def __init__(self, tenant="", region=""):
        super().__init__(tenant)
        self.region = region

    def __eq__(self, other):
        return isinstance(other, RegionKey) and super().__eq__(other) and self.region == other.region

    __hash__ = Key.__hash__


@dataclass(frozen=True)
class OrderKey:  # mro: OrderKey object
    """Frozen, and so hashed by its fields."""

    tenant: str = ""
    number: int = 0


@dataclass(eq=False)
class SessionKey:  # mro: SessionKey object
    """Equal to itself alone: hashed by `object`."""

    # from: __hash__ object

    number: int = 0
