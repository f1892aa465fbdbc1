"""The ways in which a format makes itself known."""

FORMATS = {}


def register(key):
    """A decorator: the format is in the table under this key, and otherwise as it was."""

    def enter(made):
        FORMATS[key] = made
        return made

    return enter


class Format:
    """Whoever derives from it is a format; no more needs to be said."""

    separator = " "

    def write(self, rows):
        """The rows as a text."""
        return "\n".join(self.separator.join(row) for row in rows)


class Keyed(Format):  # from: __init_subclass__ Keyed
    """Whoever derives from it with `key=` is in the table under that key."""

    def __init_subclass__(cls, key=None, **keywords):
        super().__init_subclass__(**keywords)
        if key is not None:
            FORMATS[key] = cls


def all_formats(base=Format):
    """Every class below a base, however far."""
    for below in base.__subclasses__():
        yield below
        yield from all_formats(below)
