"""`Backup` is a class while the decorator sees it, and `None` ever after."""

from jobs.base import Nightly
from jobs.telemetry import announced


@announced
class Backup(Nightly):  # mro: Backup Nightly Job object; metaclass: RequiredMeta
    """Is in `JOBS`, but the name `Backup` is bound to what the decorator returned."""

    def run(self):
        return "copied"


class RemoteBackup(Backup):  # raises: TypeError
    """`NoneType` takes no arguments: who derives from `Backup` pays for it."""
