"""The same, mended."""

from .access import LoginMixin
from .base import TemplateView


class OrderView(LoginMixin, TemplateView):  # mro: OrderView LoginMixin AccessMixin TemplateView View object
    """What is mixed in comes first."""
