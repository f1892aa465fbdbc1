"""Mixins that say who may do what, and who hears of it."""


class Owned:
    """Belongs to somebody."""

    def can_edit(self, user):
        return user == self.owner


class Shared:
    """Belongs to several people."""

    def can_edit(self, user):
        return user in self.members


class Public:
    """Can be seen by everybody."""

    def can_view(self, user):
        return True


class Private:
    """Can be seen by its owner alone."""

    def can_view(self, user):
        return user == self.owner


class Internal:
    """Can be seen by the staff."""

    def can_view(self, user):
        return user.is_staff


class Exportable:
    """Can leave the house."""

    def export(self):
        return {"kind": self.label(), **super().export()}


class Anonymous:
    """Leaves the house without names."""

    def export(self):
        fields = super().export()
        fields.pop("owner", None)
        return fields


class Cached:
    """Is remembered."""

    def save(self):
        self.__dict__.pop("_cache", None)
        super().save()


class Notifying:
    """Tells those who wait for it."""

    def save(self):
        self.notify("saved")
        super().save()

    def notify(self, what):
        return [(watcher, what) for watcher in self.watchers]


class Limited:
    """Can be used so many times."""

    def use(self):
        self.uses -= 1
