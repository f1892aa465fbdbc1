"""Mixins about time."""


class Timestamped:
    """Knows when it was saved."""

    def save(self):
        self.saved_at = self.now()
        super().save()

    def now(self):
        return 0


class Expiring:
    """Ends some day."""

    def is_expired(self):
        return self.expires_at < self.now()


class Scheduled:
    """Begins some day."""

    def is_due(self):
        return self.due_at <= self.now()


class Recurring:
    """Begins again and again."""

    def next_time(self):
        return self.due_at + self.period


class Dated:
    """Belongs to a day."""

    def day(self):
        return self.date


class Delayed:
    """May be late."""

    def delay(self):
        return max(0, self.now() - self.due_at)


class Reminding:
    """Speaks up before it begins."""

    def remind(self):
        return f"{self.label()} soon"


class Seasonal:
    """Is there at one time of the year only."""

    def in_season(self, month):
        return month in self.season


class Renewable:
    """Can be made to last longer."""

    def renew(self):
        self.expires_at += self.period


class Historic:
    """Is old enough to be left alone."""

    def is_historic(self):
        return self.age() > 3650
