"""A near miss: the class statement raises."""

from stock.checked import Record


class Crate(Record):  # raises: NameError
    """`quantitiy` is no field. Without the check, every crate would have had 0 pieces."""

    article = ""
    quantitiy = 12
