"""Queries that change themselves."""


class Query:  # mro: Query object
    """Each method changes the query and gives it back: what was derived from it changes, too."""

    conditions = []  # one list for all queries

    def __init__(self, table=""):
        self.table = table

    def where(self, condition):
        """Adds a condition."""
        self.conditions.append(condition)
        return self

    def order_by(self, column):
        """Sets the order, and forgets to give the query back: the chain ends with `None`."""
        self.order = column

    def __getattr__(self, name):
        return lambda *arguments: self.where((name, arguments))


class OrderQuery(Query):  # mro: OrderQuery Query object
    """Adds a method of its own."""

    # from: where Query; from: conditions Query

    def open(self):
        """Only what is open."""
        return self.where("open")


class Paged:  # mro: Paged object
    """Makes a plain query of each: methods of subclasses are lost after the first call."""

    def __init__(self, table="", page=1):
        self.table = table
        self.page = page

    def next(self):
        """The page behind it."""
        return Paged(self.table, self.page + 1)

    def __rshift__(self, pages):
        return Paged(self.table, self.page + pages)


class PagedOrders(Paged):  # mro: PagedOrders Paged object
    """`PagedOrders() >> 1` is no `PagedOrders`."""

    # from: next Paged; from: __rshift__ Paged

    def totals(self):
        """A method that is not there after `next()`."""
        return []
