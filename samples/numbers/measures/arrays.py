"""An array that decides as that of NumPy does who makes a sum, in some lines: a stand-in where there is no NumPy."""


class Array:  # mro: Array object
    """Adds what stands on its right to each element, unless that says that it wants to be asked itself."""

    # from: __add__ Array; from: __array_priority__ Array

    __array_priority__ = 0.0

    def __init__(self, *elements):
        self.elements = list(elements)

    def _gives_way(self, other):
        """NumPy's rule: `__array_ufunc__ = None` opts out, any other one takes part; else the greater priority wins."""
        kind = type(other)
        if hasattr(kind, "__array_ufunc__"):
            return kind.__array_ufunc__ is None
        if not hasattr(kind, "__radd__") or isinstance(other, (int, float)):
            return False
        return getattr(kind, "__array_priority__", -1000.0) > self.__array_priority__

    def __add__(self, other):
        if self._gives_way(other):
            return NotImplemented
        return Array(*[element + other for element in self.elements])

    def __radd__(self, other):
        return Array(*[other + element for element in self.elements])

    def __eq__(self, other):
        return Array(*[element == other for element in self.elements])

    __hash__ = None

    def __bool__(self):
        raise ValueError("the truth of an array with more than one element is ambiguous")

    def __len__(self):
        return len(self.elements)
