"""The set is empty again when the tour is over."""

from fleet.registry import Watched


class Truck(metaclass=Watched):  # metaclass: Watched; mro: Truck object; from: __init__ Truck
    """A truck on a tour."""

    def __init__(self, plate):
        self.plate = plate


def tour(plates):
    """The trucks are gone when it returns."""
    return [Truck(plate).plate for plate in plates]


tour(["HB-1", "HB-2", "HB-3"])
