"""Workers in threads."""

import queue
import threading
from contextlib import contextmanager


class Worker(threading.Thread):  # mro: Worker Thread object
    """Takes jobs from its queue until it is told to stop."""

    # from: run Worker; from: start Thread; from: name Thread

    def __init__(self, jobs=None):
        super().__init__(daemon=True)
        self.jobs = jobs or queue.Queue()
        self.lock = threading.Lock()
        self.done = 0

    def run(self):
        """What the thread does."""
        for job in iter(self.jobs.get, None):
            job()
            self.count()

    def count(self):
        """Counts, one thread at a time."""
        with self.lock:
            self.done += 1

    @contextmanager
    def paused(self):
        """Nobody counts inside of it."""
        with self.lock:
            yield self

    def results(self):
        """A generator: nothing of it runs when it is called."""
        while self.done:
            yield self.done

    @property
    def progress(self):
        """Waits for the lock at each read."""
        with self.lock:
            return self.done


class BrokenWorker(threading.Thread):  # mro: BrokenWorker Thread object
    """Does not call `Thread.__init__`, so `start()` raises; and its lock and its queue are those of all."""

    # from: __init__ BrokenWorker; from: start Thread

    lock = threading.Lock()
    jobs = queue.Queue()
    local = threading.local()

    def __init__(self):
        self.done = 0

    def run(self):
        """What the thread does."""
        while job := self.jobs.get():
            job()


class StoppedWorker(Worker):  # mro: StoppedWorker Worker Thread object
    """Keeps an event where `Thread` has a method until Python 3.12, by which `join` notes the end: it raises there."""

    # from[<3.13]: _stop Thread

    def __init__(self):
        super().__init__()
        self._stop = threading.Event()

    def stop(self):
        """Ends the thread."""
        self._stop.set()
        self.jobs.put(None)


class Unsafe:  # mro: Unsafe object
    """Is a context manager of which `__exit__` is missing, and swallows nothing."""

    def __enter__(self):
        return self
