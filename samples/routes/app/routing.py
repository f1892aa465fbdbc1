"""The metaclass that registers handlers, and the table that it fills."""


class RouteMeta(type):  # mro: RouteMeta type object; metaclass: type
    """Makes handlers. Whoever states a `path` is in the table from then on."""

    routes = {}

    def __new__(metaclass, name, bases, namespace):
        made = super().__new__(metaclass, name, bases, namespace)
        if "path" in namespace:
            metaclass.routes[f"{made.method} {made.path}"] = made
        return made

    def __call__(cls, request):
        """Makes a handler for one request, and lets it answer at once."""
        return super().__call__(request).answer()


class Handler(metaclass=RouteMeta):  # metaclass: RouteMeta
    """Answers requests to one path. It has none itself, and so it is not in the table."""

    method = "GET"

    def __init__(self, request):
        self.request = request

    def answer(self):
        return f"{self.method} {type(self).path}"


def resolve(method, path):
    """The handler of a request; `LookupError`, which the server answers with 404."""
    try:
        return RouteMeta.routes[f"{method} {path}"]
    except KeyError:
        raise LookupError(f"404: {method} {path}") from None
