"""The audits that come with the ledger."""

from ledger.base import Audit


class Balance(Audit):  # mro: Balance Audit ABC object
    """Whether all entries come to 0."""

    def faults(self, entries):
        return [] if not sum(entries) else ["does not balance"]


class Duplicates(Audit):  # mro: Duplicates Audit ABC object
    """Forgot to say what it looks for: cannot be made."""

    # from: faults Audit
