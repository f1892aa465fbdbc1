"""A slot more, and instances can be watched."""

from fleet.registry import Watched


class Sensor(metaclass=Watched):  # metaclass: Watched; mro: Sensor object; from: __weakref__ Sensor
    """A thermometer in a trailer."""

    __slots__ = ("number", "__weakref__")

    def __init__(self, number):
        self.number = number


FRONT = Sensor(1)
