"""The command `ledger`."""

import sys


def exports():
    """What is installed, by name. An entry point that names nothing raises when it is loaded: it is left out."""
    try:
        from importlib.metadata import entry_points

        found = entry_points()
        group = found.select(group="ledger.exports") if hasattr(found, "select") else found.get("ledger.exports", ())
    except ImportError:
        group = ()
    loaded = {}
    for point in group:
        try:
            loaded[point.name] = point.load()
        except (AttributeError, ImportError):
            continue
    return loaded


def main():
    """Prints the exports."""
    for name in sorted(exports()):
        print(name, file=sys.stdout)
