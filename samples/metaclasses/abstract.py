"""Abstract base classes, enums, and classes that keep a list of what derives from them without any metaclass."""

from abc import ABC, ABCMeta, abstractmethod
from enum import Enum, EnumMeta


class Source(ABC):  # metaclass: ABCMeta; mro: Source ABC object
    """Where rows come from."""

    @abstractmethod
    def rows(self):
        """Gives the rows one by one."""


class Table(Source):  # metaclass: ABCMeta
    # from: rows Table
    def __init__(self, rows):
        self._rows = rows

    def rows(self):
        return iter(self._rows)


class Unit(Enum):  # metaclass[<3.11]: EnumMeta; metaclass[>=3.11]: EnumType
    METRE = "m"
    SECOND = "s"


class Codec:  # metaclass: type
    """Knows what derives from it by `__init_subclass__`: no metaclass is needed."""

    known = []

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        Codec.known.append(cls)


class Gzip(Codec):  # mro: Gzip Codec object; metaclass: type
    suffix = ".gz"


class AbstractEnumMeta(ABCMeta, EnumMeta):  # mro[<3.11]: AbstractEnumMeta ABCMeta EnumMeta type object
    # mro[>=3.11]: AbstractEnumMeta ABCMeta EnumType type object
    """Makes enums with abstract methods."""
