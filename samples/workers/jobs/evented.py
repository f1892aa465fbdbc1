"""Workers in an event loop."""

import asyncio
from contextlib import asynccontextmanager


class Worker:  # mro: Worker object
    """Every method that waits is a coroutine function: calling it runs nothing until it is awaited."""

    def __init__(self, jobs=()):
        self.jobs = list(jobs)
        self.done = 0

    async def run(self):
        """Runs all jobs."""
        async for job in self:
            await job()

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.jobs:
            raise StopAsyncIteration
        return self.jobs.pop()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await asyncio.sleep(0)

    def __await__(self):
        return self.run().__await__()

    async def stream(self):
        """An asynchronous generator: to be gone through by `async for`, not awaited."""
        for job in self.jobs:
            yield await job()

    @asynccontextmanager
    async def paused(self):
        """Nobody works inside of it."""
        yield self

    @staticmethod
    async def sleep(seconds=0):
        """Waits."""
        await asyncio.sleep(seconds)


class Audited(Worker):  # mro: Audited Worker object
    """Overrides coroutine functions by functions: what awaits them fails, and the checks of the base do not run."""

    # from: run Audited; from: __anext__ Audited; from: __aenter__ Audited

    def run(self):
        """Gives None: `await worker` raises."""
        return None

    def __anext__(self):
        return None

    def __aenter__(self):
        return self


class Blocking(Worker):  # mro: Blocking Worker object
    """Can be entered by `with` only: `async with` finds no `__aexit__`."""

    # from: __aexit__ Blocking

    __aexit__ = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return True
