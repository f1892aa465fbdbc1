"""Sensors are many, so they have slots. `Sensor(1)` raises: there is no weak reference to what has no `__weakref__`."""

from fleet.registry import Watched


class Sensor(metaclass=Watched):  # metaclass: Watched; mro: Sensor object
    """A thermometer in a trailer."""

    __slots__ = ("number",)

    def __init__(self, number):
        self.number = number
