class Row:  # raises: slots-conflict
    """Fields have names that can be written in Python."""

    __slots__ = ("first name",)
