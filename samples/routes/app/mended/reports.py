"""The handlers are made at import and are light; what is heavy is made on the first request."""

from app.routing import Handler


class Report(Handler):  # metaclass: RouteMeta; mro: Report Handler object
    """A handler whose rows are read when they are needed."""

    def answer(self):
        return list(self.rows())

    def rows(self):
        """Gives the rows one by one."""
        raise NotImplementedError


class Turnover(Report):  # mro: Turnover Report Handler object; from: answer Report; from: rows Turnover
    """What was sold."""

    path = "/reports/turnover"

    def rows(self):
        yield from range(3)


class Returns(Report):  # mro: Returns Report Handler object; from: answer Report; from: rows Returns
    """What came back."""

    path = "/reports/returns"

    def rows(self):
        yield from ()
