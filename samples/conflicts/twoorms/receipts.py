"""The same, mended by a metaclass that is both."""

from .documents import Document, DocumentMeta
from .tables import Table, TableMeta


class TableDocumentMeta(TableMeta, DocumentMeta):
    """Joins the two."""


class Receipt(Table, Document, metaclass=TableDocumentMeta):  # mro: Receipt Table Document object
    """Saves a row: `Table` comes first."""
