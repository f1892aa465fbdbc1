"""The same, made for arrays."""

from measures.arrays import Array


class Grid(Array):  # mro: Grid Array object
    """The readings of two sensors."""

    # from: __add__ Array; from: __radd__ Array

    def __init__(self, *elements):
        super().__init__(*elements or (1.0, 2.0))


class Quantity:  # mro: Quantity object
    """`__array_ufunc__ = None`: arrays give way, and `array + quantity` is one quantity whose value is an array."""

    # from: __radd__ Quantity; from: __array_ufunc__ Quantity

    __array_ufunc__ = None

    def __init__(self, value=0.0, unit="m"):
        self.value = value
        self.unit = unit

    def __add__(self, other):
        return Quantity(self.value + getattr(other, "value", other), self.unit)

    def __radd__(self, other):
        return Quantity(other + self.value, self.unit)

    def __float__(self):
        return float(self.value)


class Step(int):  # mro: Step int object
    """Stays a step, and may be used as an index, since it is an `int`."""

    # from: __add__ Step; from: __radd__ Step; from: __index__ int

    def __add__(self, other):
        total = super().__add__(other)
        return total if total is NotImplemented else Step(total)

    __radd__ = __add__
