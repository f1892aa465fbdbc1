class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y):
        self.x = x; self.y = y
def kind(v):
    match v:
        case None: return "none"
        case True: return "true"
        case bool(): return "bool"
        case int(n) if n > 5: return f"big"
        case int() as n: return n
        case str() | bytes(): return "text"
        case [a, b]: return ("pair", a, b)
        case [a, *rest]: return ("seq", a, rest)
        case {"k": k, **rest}: return ("map", k, rest)
        case P(0, y=yy): return ("P0", yy)
        case P(x, y): return ("P", x, y)
        case []: return "empty"
        case _: return "other"
class Values:
    v_a = kind(None); v_b = kind(True); v_c = kind(False); v_d = kind(9); v_e = kind(3); v_f = kind("q"); v_g = kind([1, 2])
    v_h = kind((1, 2, 3)); v_i = kind({"k": 1, "z": 2}); v_j = kind(P(0, 7)); v_k = kind(P(1, 7)); v_l = kind([]); v_m = kind(1.5); v_n = kind({})
    v_o = [kind(v) for v in (b"x", {1}, 7.0, {"k": 1}, (1,), range(2))]
