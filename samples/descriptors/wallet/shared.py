"""Descriptors that wait, or keep things for many instances."""

import threading
from base64 import b64decode, b64encode


class Locked:  # mro: Locked object
    """One lock for all instances: a read waits for whoever writes, on whatever account."""

    def __init__(self):
        self.lock = threading.Lock()

    def __set_name__(self, owner, name):
        self.key = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        with self.lock:
            return instance.__dict__.get(self.key, 0)

    def __set__(self, instance, value):
        with self.lock:
            instance.__dict__[self.key] = value


class Sharded(Locked):  # mro: Sharded Locked object
    """Sixteen locks, one for each share of the instances."""

    # from: __get__ Sharded; from: __set_name__ Locked

    def __init__(self, shards=16):
        self.locks = [threading.Lock() for _ in range(shards)]

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        with self.locks[id(instance) % len(self.locks)]:
            return instance.__dict__.get(self.key, 0)

    def __set__(self, instance, value):
        with self.locks[id(instance) % len(self.locks)]:
            instance.__dict__[self.key] = value


class Coalescing:  # mro: Coalescing object
    """Loads a value once, however many threads ask for it: the others wait for the first."""

    def __init__(self, load):
        self.load = load
        self.lock = threading.Lock()
        self.pending = {}

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        with self.lock:
            first = id(instance) not in self.pending
            done = self.pending.setdefault(id(instance), threading.Event())
        if first:
            instance.__dict__["rate"] = self.load(instance)
            done.set()
        done.wait()
        return instance.__dict__["rate"]


class Secret:  # mro: Secret object
    """Stored as text that is not readable, decoded at each read."""

    def __set_name__(self, owner, name):
        self.key = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return b64decode(instance.__dict__[self.key]).decode()

    def __set__(self, instance, value):
        instance.__dict__[self.key] = b64encode(value.encode())
