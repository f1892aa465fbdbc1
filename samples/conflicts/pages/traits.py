"""What anything on the site may have."""


class Timestamped:
    """When it was made."""

    def save(self):
        """Notes the time."""


class Owned:
    """Whose it is."""

    def save(self):
        """Notes the owner."""
