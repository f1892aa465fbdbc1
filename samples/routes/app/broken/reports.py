"""Reports are heavy, so each handler is to be made when it is first asked for.

A module's `__getattr__` runs when somebody reads a name that the module lacks. The router never does: it looks into its
table, in which a handler stands only after it was made. `GET /reports/turnover` is 404 until some other code happens
to read `reports.Turnover`.
"""

from app.routing import Handler

REPORTS = {"Turnover": "/reports/turnover", "Returns": "/reports/returns"}


def __getattr__(name):
    """Makes a handler, once: from then on the module has the name."""
    if name not in REPORTS:
        raise AttributeError(name)
    made = type(name, (Handler,), {"path": REPORTS[name]})
    globals()[name] = made
    return made
