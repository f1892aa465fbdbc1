"""A pool that has both kinds, and keeps them in class attributes."""

import asyncio
import queue
import threading

from jobs import evented, threaded


class Pool:  # mro: Pool object
    """All members here are one for every pool, made when the module is imported."""

    # from: jobs Pool; from: lock Pool

    jobs = queue.Queue(maxsize=100)
    lock = threading.RLock()
    ready = threading.Event()
    slots = threading.Semaphore(4)
    kinds = (threaded.Worker, evented.Worker)
    numbers = (number * number for number in range(1000))

    async def start(self):
        """Starts them."""
        await asyncio.gather(*[kind().run() for kind in self.kinds[1:]])

    def close(self):
        """Waits until all have ended."""
        with self.lock:
            self.jobs.join()
            self.ready.wait()


class Closing(Pool):  # mro: Closing Pool object
    """Closes when its `with` ends, and says so."""

    # from: close Pool; from: __exit__ Closing

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()
        return False
