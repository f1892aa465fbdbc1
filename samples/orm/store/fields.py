"""Descriptors: what a model's columns are."""


class Column:
    """A value of a row. It learns its name from `__set_name__`, which the class statement calls."""

    def __init__(self, kind, default=None):
        self.kind = kind
        self.default = default
        self.storage = None

    def __set_name__(self, owner, name):
        self.storage = f"_{name}"

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return instance.__dict__.get(self.storage, self.default)

    def __set__(self, instance, value):
        instance.__dict__[self.storage] = self.kind(value)


class ForeignKey(Column):  # mro: ForeignKey Column object; from: __get__ Column; from: __init__ ForeignKey
    """The number of a row of another model, which is named, as it may not be there yet."""

    def __init__(self, to):
        super().__init__(int)
        self.to = to
