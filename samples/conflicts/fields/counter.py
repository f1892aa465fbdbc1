class Counter:  # raises: slots-conflict
    """`total` cannot be a field and a class attribute."""

    __slots__ = ("total",)
    total = 0
