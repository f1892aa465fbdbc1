"""Queries that never change: each call gives a new one of the same class."""


class Query:  # mro: Query object
    """What was derived from a query stays as it was."""

    __slots__ = ("conditions", "order", "table")

    def __init__(self, table="", conditions=(), order=None):
        self.table = table
        self.conditions = tuple(conditions)
        self.order = order

    def where(self, condition):
        """The same with a condition more."""
        return type(self)(self.table, (*self.conditions, condition), self.order)

    def order_by(self, column):
        """The same in another order."""
        return type(self)(self.table, self.conditions, column)

    def __and__(self, condition):
        return self.where(condition)


class OrderQuery(Query):  # mro: OrderQuery Query object
    """Adds a method of its own."""

    # from: where Query; from: conditions Query

    __slots__ = ()

    def open(self):
        """Only what is open."""
        return self.where("open")


class Paged:  # mro: Paged object
    """Makes queries of the class that is asked."""

    def __init__(self, table="", page=1):
        self.table = table
        self.page = page

    def next(self):
        """The page behind it."""
        return type(self)(self.table, self.page + 1)

    def __rshift__(self, pages):
        return type(self)(self.table, self.page + pages)


class PagedOrders(Paged):  # mro: PagedOrders Paged object
    """Stays one."""

    # from: next Paged; from: __rshift__ Paged

    def totals(self):
        """A method that is there on each page."""
        return []
