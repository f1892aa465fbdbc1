"""Models whose bases are not the ones that are written: a metaclass mixes some in."""

from shop.audit import Auditable
from shop.model import Model
from shop.schedule import Timestamped
from shop.text import Titled


class Mixing(type):  # mro: Mixing type object
    """Puts `Auditable` and `Timestamped` before the bases of a model that says `tracked = True`."""

    def __new__(metaclass, name, bases, namespace):
        if namespace.get("tracked"):
            present = {ancestor for base in bases for ancestor in base.__mro__}
            bases = (*(mixin for mixin in (Auditable, Timestamped) if mixin not in present), *bases)
        return super().__new__(metaclass, name, bases, namespace)


class Ticket(Titled, Model, metaclass=Mixing):
    # metaclass: Mixing; mro: Ticket Auditable Timestamped Titled Model object; from: save Auditable
    """What a customer complains about. Nothing in this head says that it is audited."""

    tracked = True


class Note(Titled, Model, metaclass=Mixing):  # mro: Note Titled Model object; from: save Model
    """What somebody jots down."""


class Escalation(Ticket):  # mro: Escalation Ticket Auditable Timestamped Titled Model object; from: save Auditable
    """A ticket for somebody else. It says so again, and there is nothing left to mix in."""

    tracked = True
