"""A job that says neither when it runs nor who answers for it."""

from jobs.base import Job


class Cleanup(Job):  # raises: TypeError
    """Empties the temporary folders. The metaclass refuses it."""

    def run(self):
        return "clean"
