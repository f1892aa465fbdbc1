"""Special methods that ask for what they are to answer."""
class A:
    def __repr__(self): return repr(self)
    def __str__(self): return str(self)
    def __eq__(self, o): return self == o
    def __hash__(self): return hash(self)
    def __bool__(self): return bool(self)
    def __len__(self): return len(self)
    def __getattr__(self, n): return getattr(self, n)
a=A()
x=repr(a); y=str(a); z= a == a; h = hash(a); b = bool(a); l = len(a); g = a.foo
class C:
    v = a

class Last: ...
