"""A base with optional hooks that answers `None` to any name: `hasattr` is true of all of them.

The framework asks `hasattr(plugin, "before_write")`, hears yes, calls it: `'NoneType' object is not callable`.
"""

from exports.registry import Format


class Lenient(Format):  # from: __getattr__ Lenient
    """Does not want to be bothered about hooks that it does not have."""

    def __getattr__(self, name):
        return None


class Report(Lenient):  # mro: Report Lenient Format object; from: after_write Report
    """Has one hook."""

    def after_write(self, text):
        return text.strip()


def run(plugin, rows):
    """What the framework does."""
    if hasattr(plugin, "before_write"):
        rows = plugin.before_write(rows)
    return plugin.write(rows)
