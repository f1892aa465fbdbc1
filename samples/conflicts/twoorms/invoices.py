"""One that is to be both."""

from .documents import Document
from .tables import Table


class Invoice(Table, Document):  # raises: metaclass-conflict
    """Neither metaclass derives from the other."""
