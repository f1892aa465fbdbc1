"""Models that are rows of a table."""


class TableMeta(type):
    """Collects the columns."""


class Table(metaclass=TableMeta):
    """A row."""

    def save(self):
        """Writes the row."""
