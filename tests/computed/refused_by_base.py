class L(list): pass
class D(dict): pass
class I(int): pass
class F(float): pass
class S(str): pass
class T(tuple): pass
class Z(frozenset): pass
class Y(set): pass
class B(bytes): pass
class Other: pass
class Deep(L): pass
class Left(dict):
    def __init__(self, *given): self.given = given
def how(function, *given):
    try:
        function(*given)
    except Exception as error:
        return type(error).__name__, str(error)
    return "made"
arguments = (), (1,), ("default",), ("default", 1), (None,), ([1, 2],), ([(1, 2)],), (1.5,), ({1: 2},)
class Values:
    vlist = [how(L, *it) for it in arguments]
    vdict = [how(D, *it) for it in arguments]
    vint = [how(I, *it) for it in arguments]
    vfloat = [how(F, *it) for it in arguments]
    vtuple = [how(T, *it) for it in arguments]
    vfrozen = [how(Z, *it) for it in arguments]
    vset = [how(Y, *it) for it in arguments]
    vbytes = [how(B, 1), how(B, "default"), how(B, None)]
    vdeep = [how(Deep, *it) for it in arguments]
    vleft = [how(Left, *it) for it in arguments]
    vother = how(dict.__new__, Other), how(list.__new__, D), how(tuple.__new__, L), how(Exception.__new__, Other)
class Reads:
    def __init__(self): pass
    def ask(self): return super().nothing
class Asked:
    vself = how(Reads().ask)
