# What stands beside type parameters sees the names of the class body around (PEP 695).
class Outer:
    class Private: pass
    class Inner[T](Private, list[T]): pass
    def method[T: Private](self, a: Inner[T]) -> Inner[T]:
        return a
    here = __module__ == __name__, __qualname__
def hidden():
    class C:
        class Private: pass
        def method[T](self):
            return Private
    try:
        return C().method()
    except NameError as error:
        return str(error)
class Values:
    vmro = [it.__name__ for it in Outer.Inner.__mro__]
    vhere = Outer.here
    vhidden = hidden()
