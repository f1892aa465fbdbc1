"""Iterators without an end."""
import itertools
for x in itertools.count(): pass
l = list(itertools.repeat(1))

class Last: ...
