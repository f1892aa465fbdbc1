"""The same with keys that have no hash: the import ends here."""

from shards import broken


class BrokenRoutes:  # raises: TypeError
    """A dict asks its keys for their hash while it is made."""

    by_key = {broken.OrderKey("acme", 1): "archive"}
