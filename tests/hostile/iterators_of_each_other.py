"""Two classes whose iterators are one another."""
class A:
    def __iter__(self): return B()
class B:
    def __iter__(self): return A()
for x in A(): pass
l = list(A())
a, b = A()

class Last: ...
