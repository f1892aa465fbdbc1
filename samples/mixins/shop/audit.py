"""Mixins that remember who did what, and keep things from being lost."""


class Auditable:
    """Writes down every save."""

    def save(self):
        self.history().append("saved")
        super().save()

    def history(self):
        return self.__dict__.setdefault("_history", [])


class CreatedBy:
    """Knows who made it."""

    def created_by(self):
        return self.creator


class ModifiedBy:
    """Knows who changed it last."""

    def save(self):
        self.modifier = self.current_user()
        super().save()

    def current_user(self):
        return "nobody"


class ChangeLog:
    """Knows which fields were changed."""

    def changes(self):
        return sorted(self.__dict__)


class SoftDelete:
    """Is hidden, not removed."""

    def delete(self):
        self.deleted = True
        self.save()

    def restore(self):
        self.deleted = False
        self.save()


class Archivable:
    """Can be put away."""

    def archive(self):
        self.archived = True
        self.save()


class Lockable:
    """Can be protected from changes."""

    def save(self):
        if getattr(self, "locked", False):
            raise PermissionError(self.label())
        super().save()

    def lock(self):
        self.locked = True


class Approvable:
    """Waits for somebody to agree."""

    def approve(self):
        self.approved = True

    def reject(self):
        self.approved = False


class Versioned:
    """Counts its versions."""

    def save(self):
        self.version = getattr(self, "version", 0) + 1
        super().save()


class Signed:
    """Carries a signature."""

    def signature(self):
        return hash(self.label())
