"""Models that are documents."""


class DocumentMeta(type):
    """Collects the fields."""


class Document(metaclass=DocumentMeta):
    """A document."""

    def save(self):
        """Writes the document."""
