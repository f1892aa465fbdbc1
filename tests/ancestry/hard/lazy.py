"""A module whose names are made when somebody asks."""
import importlib

_TABLE = {"Late": ("plain", "A")}


def __getattr__(name):
    if name in _TABLE:
        module, attribute = _TABLE[name]
        return getattr(importlib.import_module("." + module, __package__), attribute)
    raise AttributeError(name)
