"""Functions that call themselves without an end."""
def f(n): return f(n + 1)
x = f(0)
def g(n):
    return g(n - 1) + g(n - 2) if n > 1 else n
y = g(60)

class Last: ...
