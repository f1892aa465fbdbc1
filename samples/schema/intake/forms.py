"""The metaclass that checks forms, and remembers which sets of fields it has found sound."""

from intake.rules import CHECKED, Rule, check


class FormMeta(type):  # mro: FormMeta type object
    """Makes forms. Two forms with the same fields are checked once."""

    sound = {}

    def __new__(metaclass, name, bases, namespace, *, deferred=False):
        made = super().__new__(metaclass, name, bases, namespace)
        made.fields = {}
        for base in reversed(bases):
            made.fields.update(base.fields)
        made.fields.update({key: value for key, value in namespace.items() if isinstance(value, Rule)})
        if CHECKED.get() and not deferred:
            made.validate()
        return made

    def __init__(cls, name, bases, namespace, *, deferred=False):
        super().__init__(name, bases, namespace)

    def key(cls):
        """Equal for forms whose fields are the same in all that counts."""
        return tuple((name, rule.kind, rule.needs) for name, rule in cls.fields.items())

    def validate(cls):
        """Checks the form, unless one just like it was sound."""
        key = cls.key()
        sound = type(cls).sound
        if key not in sound:
            check(cls.__name__, cls.fields)
            sound[key] = cls.__name__


class Form(metaclass=FormMeta):  # metaclass: FormMeta; mro: Form object
    """Is filled in by a customer."""

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, type(self).fields[name].kind(value))
