"""Every truck that was ever made stays: memory grows by one for each request."""

from fleet.registry import Counted


class Truck(metaclass=Counted):  # metaclass: Counted; mro: Truck object; from: __init__ Truck
    """A truck on a tour."""

    def __init__(self, plate):
        self.plate = plate


class Trailer(Truck):  # metaclass: Counted; mro: Trailer Truck object
    """Has a list of its own, as `Counted.__init__` runs for each class."""


def tour(plates):
    """The trucks are gone when it returns. They should be."""
    return [Truck(plate).plate for plate in plates]


tour(["HB-1", "HB-2", "HB-3"])
