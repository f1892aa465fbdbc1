"""Two columns that are set after the class was made.

Nobody calls `__set_name__` then: both keep `storage = None`, so that writing one changes the other, and neither
is in `_fields`.
"""

from store.fields import Column
from store.models import Invoice


class CreditNote(Invoice):  # mro: CreditNote Invoice Model object; from: total Invoice
    """What is paid back."""


CreditNote.reason = Column(str, "none")
CreditNote.approver = Column(str, "nobody")
