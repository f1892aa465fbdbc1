"""A metaclass that is faster: it remembers forms by the hash of the names of their fields alone.

`needs` has no part in the key, so `Storm`, which has the same names as `Hail`, is taken to be sound. It is not.
"""

from intake.forms import Form, FormMeta
from intake.rules import Rule


class QuickMeta(FormMeta):  # mro: QuickMeta FormMeta type object; from: key QuickMeta; from: validate FormMeta
    """Asks less."""

    sound = {}

    def key(cls):
        return hash(tuple(cls.fields))


class QuickForm(Form, metaclass=QuickMeta):  # metaclass: QuickMeta
    """Is filled in by a customer in a hurry."""


class Hail(QuickForm):  # metaclass: QuickMeta; mro: Hail QuickForm Form object
    """Ice."""

    roof = Rule(str)
    area = Rule(int, needs="roof")


class Storm(QuickForm):  # metaclass: QuickMeta; mro: Storm QuickForm Form object
    """Wind. It needs a field that it does not have, and nobody says so."""

    roof = Rule(str)
    area = Rule(int, needs="speed")
