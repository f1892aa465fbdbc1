"""`Product` is priced and taxed; there is nothing to repeat."""

from shop.models import Product
from shop.money import Discounted


class Sale(Discounted, Product):  # from: price Discounted; from: label Titled
    """A product for less."""
