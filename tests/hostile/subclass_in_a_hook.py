"""A hook that makes a class which runs the hook."""
class A:
    def __init_subclass__(cls):
        class B(A): pass
class C(A): pass

class Last: ...
