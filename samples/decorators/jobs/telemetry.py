"""Decorators: what becomes of a class after it is made."""

import functools
import inspect
import time

TIMES = []
JOBS = {}


def announced(made):
    """Enters a job in `JOBS`, and forgets to give it back: the name is bound to None."""
    JOBS[f"{made.__module__}.{made.__name__}"] = made


def entered(made):
    """Enters a job in `JOBS`, and gives it back."""
    JOBS[f"{made.__module__}.{made.__name__}"] = made
    return made


def slotted(made):
    """Makes the class *again*, with slots. What was made first is still what `super()` in its methods speaks of."""
    namespace = {key: value for key, value in vars(made).items() if key not in ("__dict__", "__weakref__")}
    namespace["__slots__"] = ()
    return type(made)(made.__name__, made.__bases__, namespace)


def timed(made):
    """Puts a function around each method. That function is no coroutine function, whatever is inside."""
    for name, method in list(vars(made).items()):
        if inspect.isfunction(method):
            setattr(made, name, stopwatch(method))
    return made


def stopwatch(method):
    """For a coroutine function, it stops the time that it takes to make the coroutine: nearly none."""

    def measured(*arguments, **keywords):
        start = time.perf_counter()
        try:
            return method(*arguments, **keywords)
        finally:
            TIMES.append((method.__name__, time.perf_counter() - start))

    return measured


def clocked(made):
    """The same, with a coroutine function around a coroutine function."""
    for name, method in list(vars(made).items()):
        if inspect.iscoroutinefunction(method):
            setattr(made, name, async_stopwatch(method))
        elif inspect.isfunction(method):
            setattr(made, name, functools.wraps(method)(stopwatch(method)))
    return made


def async_stopwatch(method):
    """Stops the time when the work is done."""

    @functools.wraps(method)
    async def measured(*arguments, **keywords):
        start = time.perf_counter()
        try:
            return await method(*arguments, **keywords)
        finally:
            TIMES.append((method.__name__, time.perf_counter() - start))

    return measured
