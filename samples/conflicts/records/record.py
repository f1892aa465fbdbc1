"""What all parts derive from: the place where a slot can be that both may have."""


class Record:  # mro: Record object
    """No dictionary for an instance, of which there are many thousand."""

    __slots__ = ()
