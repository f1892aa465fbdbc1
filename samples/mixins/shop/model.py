"""What every model is."""


class Model:
    """A record that can be kept. Whoever wants a say in `save` calls `super().save()`."""

    def __init__(self, **fields):
        self.__dict__.update(fields)

    def save(self):
        """Keeps the record; the end of every chain of `save`."""

    def delete(self):
        """Removes the record."""

    def can_view(self, user):
        """Whoever asks: a record on its own knows no secrets."""
        return True

    def label(self):
        return type(self).__name__

    def export(self):
        return dict(self.__dict__)
