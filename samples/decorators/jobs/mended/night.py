"""Decorators that give back the class that they were given, and wrap what is async in what is async."""

from jobs.base import Nightly
from jobs.telemetry import clocked, entered


class Cleanup(Nightly):  # mro: Cleanup Nightly Job object; from: owner Nightly
    """Empties the temporary folders."""

    def run(self):
        return "clean"


@entered
class Backup(Nightly):  # mro: Backup Nightly Job object
    """Copies everything."""

    def run(self):
        return "copied"


class RemoteBackup(Backup):  # mro: RemoteBackup Backup Nightly Job object
    """Copies everything, far away."""


@entered
class Report(Nightly):  # mro: Report Nightly Job object
    """Has its slots from the beginning."""

    __slots__ = ()

    def run(self):
        return f"{super().owner}: all is well"


@clocked
class Upload(Nightly):  # mro: Upload Nightly Job object; from: run Upload
    """Sends the backups away."""

    async def run(self):
        return "sent"

    def size(self):
        return 0
