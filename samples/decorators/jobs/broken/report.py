"""A class that is made twice. `Report().run()` raises: `super()` means the first, and `self` is of the second."""

from jobs.base import Nightly
from jobs.telemetry import entered, slotted


@slotted
@entered
class Report(Nightly):  # mro: Report Nightly Job object; metaclass: RequiredMeta
    """Is in `JOBS` as it was before it was made again."""

    def run(self):
        return f"{super().owner}: all is well"
