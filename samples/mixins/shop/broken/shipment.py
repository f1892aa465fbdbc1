"""The base first, then what is to be mixed into it: nothing raises, and nothing is mixed in."""

from shop.model import Model
from shop.schedule import Timestamped
from shop.text import Titled


class Shipment(Model, Timestamped, Titled):
    # mro: Shipment Model Timestamped Titled object; from: save Model; from: label Model
    """A parcel on its way. It has no time of its own, as `Model.save` comes first and calls nobody."""
