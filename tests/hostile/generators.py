"""Generators of themselves, and without an end."""
def g():
    yield from g()
l = list(g())
def h():
    while True: yield 1
l = list(h())

class Last: ...
