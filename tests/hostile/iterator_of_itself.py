"""An iterator that asks itself for one."""
class A:
    def __iter__(self): return iter(self)
l = list(A())
for x in A(): pass

class Last: ...
