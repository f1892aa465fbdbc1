"""Telemetry that loses `async`: the scheduler asks `iscoroutinefunction`, hears no, and never awaits the upload."""

from jobs.base import Nightly
from jobs.telemetry import timed


@timed
class Upload(Nightly):  # mro: Upload Nightly Job object; from: run Upload
    """Sends the backups away."""

    async def run(self):
        return "sent"

    def size(self):
        return 0
