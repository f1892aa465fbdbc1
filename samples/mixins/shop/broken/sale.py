"""A mixin that the base already has, in the other order: this one raises."""

from shop.models import Product
from shop.money import Priced, Taxed


class Sale(Priced, Taxed, Product):  # raises: inconsistent-mro
    """`Product` has `Taxed` before `Priced`, and this wants it the other way round."""
