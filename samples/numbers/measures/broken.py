"""Quantities that are alone in the world."""

from numbers import Real

from measures.arrays import Array


class Grid(Array):  # mro: Grid Array object
    """The readings of two sensors."""

    # from: __add__ Array; from: __radd__ Array

    def __init__(self, *elements):
        super().__init__(*elements or (1.0, 2.0))


class Quantity:  # mro: Quantity object
    """A value with a unit. `array + quantity` is an array: `Quantity.__radd__` is asked once an element."""

    # from: __radd__ Quantity; from: __float__ Quantity

    def __init__(self, value=0.0, unit="m"):
        self.value = value
        self.unit = unit

    def __add__(self, other):
        return Quantity(self.value + getattr(other, "value", other), self.unit)

    def __radd__(self, other):
        return Quantity(other + self.value, self.unit)

    def __float__(self):
        return float(self.value)

    def __int__(self):
        return int(self.value)


class Loud(Quantity):  # from: __array_priority__ Loud; from: __radd__ Quantity
    """Sets `__array_priority__`, and gets its say by it; but an `__array_ufunc__` of a mixin is looked at first."""

    __array_priority__ = 1000.0


class Traced:  # mro: Traced object
    """A mixin that counts what is done with the objects: its `__array_ufunc__` takes part in everything."""

    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        return NotImplemented


class TracedLoud(Traced, Loud):  # mro: TracedLoud Traced Loud Quantity object
    """The priority does not count any more."""

    # from: __array_ufunc__ Traced; from: __array_priority__ Loud


class Ratio(Real):  # metaclass: ABCMeta; from: __complex__ Real; from: __add__ Complex
    """Says that it is a real number, and lacks most of what one needs: `Ratio()` raises."""

    def __init__(self, top=0, bottom=1):
        self.top = top
        self.bottom = bottom

    def __float__(self):
        return self.top / self.bottom


class Step(int):  # mro: Step int object
    """Derives from `int`: `step + 1` is a plain `int`, and `sum(steps)` is, too."""

    # from: __add__ int; from: __radd__ int
