"""The order that people write first: the view, then what is mixed in."""

from .access import LoginMixin
from .base import View


class InvoiceView(View, LoginMixin):  # raises: inconsistent-mro
    """`LoginMixin` derives from `View`, so it has to come before it."""
