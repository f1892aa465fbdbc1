"""Containers as they were first written. Each has a method that looks as if it were enough."""

from collections.abc import Sequence


class Hits:  # mro: Hits object
    """Hands everything on to a list. `hits.append(…)` works; `len(hits)` never asks `__getattr__`."""

    def __init__(self, rows=()):
        self._rows = list(rows)

    def __getattr__(self, name):
        if name == "_rows":
            raise AttributeError(name)
        return getattr(self._rows, name)


class Documents:  # mro: Documents object
    """Documents by their key. `for document in documents` asks for key 0, `"k" in documents` does, too."""

    def __init__(self, documents=None):
        self._documents = dict(documents or {})

    def __getitem__(self, key):
        return self._documents[key]


class Feed:  # mro: Feed object
    """Can be asked for any row of an endless feed: a loop over it, or a search in it, does not end."""

    def __getitem__(self, index):
        return f"row {index}"


class Cursor:  # mro: Cursor object
    """Counts its rows by a query. `if cursor:` runs that query, since there is no `__bool__`."""

    def __init__(self, connection=None):
        self.connection = connection
        self.queries = 0

    def __len__(self):
        self.queries += 1
        return 0

    def __iter__(self):
        return iter(())


class Page(Sequence):
    """A page of results that forgot `__len__`: `Page()` raises, the class statement does not."""

    # mro: Page Sequence Reversible Collection Sized Iterable Container object; metaclass: ABCMeta; from: __len__ Sized
    # from: index Sequence; from: __contains__ Sequence; from: __getitem__ Page

    def __init__(self, rows=()):
        self._rows = list(rows)

    def __getitem__(self, index):
        return self._rows[index]


class Sealed(Documents):  # from: __getitem__ Documents; from: __iter__ Sealed
    """Says that it cannot be gone through: `__iter__ = None` raises at once, instead of asking for key 0."""

    __iter__ = None
    __contains__ = None


class Late(Documents):  # mro: Late Documents object
    """Gets its `__len__` on each instance, where `len()` does not look."""

    def __init__(self, documents=None):
        super().__init__(documents)
        self.__len__ = lambda: len(self._documents)
