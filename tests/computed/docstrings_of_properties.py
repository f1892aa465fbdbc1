# A property of a class of its own keeps its docstring as an attribute, which is set like any other.
def refused(made):
    try:
        made()
    except Exception as error:
        return type(error).__name__, str(error)
    return "fits"
class Slotted(property):
    "A property."
    __slots__ = ()
class WithSlot(property):
    "A property."
    __slots__ = ("unit",)
class Plain(property):
    "A property."
class Fixed(property):
    @property
    def __doc__(self): return "fixed"
class Guarded(property):
    def __setattr__(self, name, value): raise ValueError(name)
class Initialised(property):
    __slots__ = ()
    def __init__(self, get): super().__init__(get)
def documented(self):
    "Bytes."
def bare(self): pass
def decorated():
    class C:
        @Slotted
        def size(self):
            "Bytes."
def copied():
    class C:
        @Slotted
        def size(self): pass
        @size.getter
        def size(self):
            "Bytes."
def with_setter():
    class C:
        @Plain
        def size(self):
            "Bytes."
        @size.setter
        def size(self, value): pass
class Values:
    v_decorated = refused(decorated), refused(copied), refused(with_setter)
    v_slots = refused(lambda: WithSlot(documented)), refused(lambda: Initialised(documented))
    v_bare = refused(lambda: Slotted(bare)), refused(lambda: Slotted()), refused(lambda: Slotted(doc="Bytes."))
    v_plain = Plain(documented).__doc__, refused(lambda: Plain(bare))
    v_code = refused(lambda: Guarded(documented)), refused(lambda: Fixed(documented))
