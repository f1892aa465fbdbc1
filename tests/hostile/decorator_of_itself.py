"""A decorator that decorates what it is given."""
def d(c):
    return d(c)
@d
class A: pass

class Last: ...
