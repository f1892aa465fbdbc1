"""What a field may be, and whether schemas are checked at all."""

from contextvars import ContextVar

CHECKED = ContextVar("checked", default=True)


class SchemaError(TypeError):
    """A form that could never be filled in."""


class Rule:
    """A field: the type of its value, and the field that it depends on."""

    def __init__(self, kind, needs=None):
        self.kind = kind
        self.needs = needs


class Skipping:
    """`with Skipping():` makes classes unchecked, as migrations need it for forms of the past."""

    def __enter__(self):
        self.token = CHECKED.set(False)

    def __exit__(self, *exception):
        CHECKED.reset(self.token)


def check(name, fields):
    """Raises where a field needs another that the form does not have."""
    for field, rule in fields.items():
        if rule.needs is not None and rule.needs not in fields:
            raise SchemaError(f"{name}.{field} needs {rule.needs}, which {name} does not have")
