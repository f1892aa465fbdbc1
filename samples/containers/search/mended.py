"""The same containers, which are such."""

from collections.abc import Mapping, Sequence


class Page(Sequence):
    """Two methods; `in`, `reversed`, `index` and `count` come from `Sequence`."""

    # mro: Page Sequence Reversible Collection Sized Iterable Container object
    # from: __len__ Page; from: __contains__ Sequence; from: __iter__ Sequence

    def __init__(self, rows=()):
        self._rows = list(rows)

    def __getitem__(self, index):
        return self._rows[index]

    def __len__(self):
        return len(self._rows)


class Documents(Mapping):
    """Three methods; a loop gives keys, `in` asks for the key alone."""

    # mro: Documents Mapping Collection Sized Iterable Container object; from: __contains__ Mapping; from: get Mapping

    def __init__(self, documents=None):
        self._documents = dict(documents or {})

    def __getitem__(self, key):
        return self._documents[key]

    def __iter__(self):
        return iter(self._documents)

    def __len__(self):
        return len(self._documents)


class Cursor:  # mro: Cursor object
    """Says whether it has rows without counting them."""

    def __init__(self, connection=None):
        self.connection = connection
        self.queries = 0

    def __bool__(self):
        return self.connection is not None

    def __len__(self):
        self.queries += 1
        return 0

    def __iter__(self):
        return iter(())
