"""Readings of a device: arrays of NumPy where it is installed, of the stand-in where it is not."""

from measures.arrays import Array as StandIn

try:
    from numpy import ndarray as Array
except ImportError:
    Array = StandIn


class Readings(StandIn):  # mro: Readings Array object
    """Makes no sum that a quantity can make."""

    # from: __add__ Array; from: __array_priority__ Readings

    __array_priority__ = -1.0


class Channel:  # mro: Channel object
    """Has the readings of one sensor."""

    array = Array
