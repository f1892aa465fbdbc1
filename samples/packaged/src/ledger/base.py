"""What every export and every audit derives from."""

from abc import ABC, abstractmethod


class Export(ABC):  # mro: Export ABC object; metaclass: ABCMeta
    """Writes entries of the ledger in some form."""

    suffix = ""

    @abstractmethod
    def write(self, entries):
        """Gives the text for these entries."""


class Audit(ABC):  # mro: Audit ABC object
    """Looks for what is wrong."""

    @abstractmethod
    def faults(self, entries):
        """What is wrong with these entries."""
