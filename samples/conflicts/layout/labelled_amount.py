from .sound import Amount, Label


class LabelledAmount(Amount, Label):  # raises: layout-conflict
    """An instance is laid out as an `int` or as a `str`."""
