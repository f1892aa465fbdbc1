"""What stands further left has the first say."""

from shop.model import Model
from shop.schedule import Timestamped
from shop.text import Titled


class Shipment(Timestamped, Titled, Model):
    # mro: Shipment Timestamped Titled Model object; from: save Timestamped; from: label Titled
    """A parcel on its way."""
