"""None at import: a name is made when it is first asked for, and kept on the class."""

from ledger.columns import COLUMNS, Repository, getter

KNOWN = frozenset(COLUMNS)


class Lazy(Repository):  # mro: Lazy Repository object; from: __getattr__ Lazy
    """`__getattr__` runs only for what nothing else has."""

    def __getattr__(self, name):
        column = name[len("get_by_"):]
        if not name.startswith("get_by_") or column not in KNOWN:
            raise AttributeError(name)
        setattr(type(self), name, getter(column))
        return getattr(self, name)
