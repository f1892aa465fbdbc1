"""The metaclass that finds the columns, and what every model is."""

from store.fields import Column, ForeignKey


class ModelMeta(type):  # mro: ModelMeta type object; from: add_column ModelMeta
    """Makes models, and gives each the columns of its bases and its own as `_fields`."""

    models = {}

    def __new__(metaclass, name, bases, namespace):
        made = super().__new__(metaclass, name, bases, namespace)
        fields = {}
        for base in reversed(bases):
            fields.update(getattr(base, "_fields", {}))
        fields.update({key: value for key, value in namespace.items() if isinstance(value, Column)})
        made._fields = fields
        metaclass.models[name] = made
        return made

    def add_column(cls, name, column):
        """What a class statement does for each of its columns, for one that comes later."""
        setattr(cls, name, column)
        column.__set_name__(cls, name)
        cls._fields = {**cls._fields, name: column}


class Model(metaclass=ModelMeta):  # metaclass: ModelMeta; from: __getattr__ Model
    """A row."""

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)

    def __getattr__(self, name):
        """Only for what nothing else has: `invoice.customer` loads what `customer_id` points to."""
        key = type(self)._fields.get(f"{name}_id")
        if not isinstance(key, ForeignKey):
            raise AttributeError(f"{type(self).__name__} has no column and no relation {name!r}")
        return ModelMeta.models[key.to].load(getattr(self, f"{name}_id"))

    @classmethod
    def load(cls, number):
        """Stands for a query."""
        return cls(number=number)
