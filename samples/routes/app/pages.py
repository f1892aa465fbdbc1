"""Handlers that somebody wrote by hand."""

from app.routing import Handler


class Home(Handler):  # metaclass: RouteMeta; mro: Home Handler object
    # from: answer Home; from: method Handler
    """The front page."""

    path = "/"

    def answer(self):
        return "<h1>Warehouse</h1>"


class Search(Handler):  # from: answer Handler
    """Finds things."""

    path = "/search"


class Upload(Handler):  # from: method Upload
    """Takes a file."""

    path = "/files"
    method = "PUT"
