"""The columns, as an old mainframe names them, and what every repository is."""

COLUMNS = [f"column{number}" for number in range(25_000)]
SOME = ["account", "amount", "branch", "currency"]


class Repository:
    """Finds rows."""

    def __init__(self, rows=()):
        self.rows = list(rows)

    def find(self, column, value):
        """The rows whose column has the value."""
        return [row for row in self.rows if row.get(column) == value]


def getter(column):
    """A function for one column: each call of this one has a `column` of its own, and the function keeps it."""

    def get(self, value):
        return self.find(column, value)

    get.__name__ = f"get_by_{column}"
    get.__doc__ = f"The rows with that {column}."
    return get
