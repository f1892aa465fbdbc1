class Celsius(int):  # raises: slots-conflict
    """Instances of `int` vary in size: there is no place for a field behind them."""

    __slots__ = ("unit",)
