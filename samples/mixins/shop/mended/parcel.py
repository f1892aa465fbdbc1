"""Every link of the chain calls the next."""

from shop.audit import Auditable
from shop.model import Model
from shop.schedule import Timestamped


class Traced:
    """Keeps where it has been."""

    def save(self):
        self.places = [*getattr(self, "places", []), self.place]
        super().save()


class Parcel(Traced, Auditable, Timestamped, Model):
    # mro: Parcel Traced Auditable Timestamped Model object; from: save Traced
    """Is traced, audited and stamped."""
