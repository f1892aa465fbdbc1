def raised(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return type(e).__name__, str(e)
def refused(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return type(e).__name__
texts = ("", "Ab cd", "a,b,c", "  x1\n", "aab", "Straße", "ÀÉ", "1²", "hello World", "\tx\t", "a-b_c9")
def all_of(name, *args):
    return tuple(refused(getattr(text, name), *args) for text in texts)
def of_bytes(name, *args):
    return tuple(refused(getattr(text.encode("latin-1"), name), *args) for text in texts)
class Methods:
    case = tuple(all_of(name) for name in ("lower", "upper", "title", "capitalize", "swapcase", "casefold"))
    kinds = tuple(all_of(name) for name in ("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "islower", "isupper", "istitle", "isidentifier", "isascii", "isprintable"))
    stripped = all_of("strip"), all_of("lstrip"), all_of("rstrip", "bc"), all_of("strip", "a b")
    filled = all_of("center", 7), all_of("center", 8, "*"), all_of("ljust", 7, "."), all_of("rjust", 7), all_of("zfill", 6), all_of("center", 3, "ab"), all_of("ljust", "x")
    signed = "-5".zfill(4), "+5".zfill(4), "--5".zfill(5), "".zfill(2)
    found = all_of("find", "b"), all_of("rfind", "b"), all_of("count", "a"), all_of("index", "b"), all_of("find", "", 3), all_of("find", "b", -3, 4), all_of("count", "")
    starts = all_of("startswith", "a"), all_of("endswith", ("c", "d")), all_of("startswith", "b", 1), all_of("startswith", 3), all_of("startswith", (1,))
    split = all_of("split"), all_of("split", ","), all_of("split", None, 1), all_of("rsplit", None, 1), all_of("rsplit", ",", 1), all_of("split", ""), all_of("splitlines")
    lines = "a\nb\r\nc\x0bd".splitlines(), "a\nb\r\nc".splitlines(True), "\n".splitlines(), "  1  2   3  ".split(maxsplit=1), "  1  2   3  ".rsplit(maxsplit=1)
    cut = all_of("partition", "b"), all_of("rpartition", "b"), all_of("partition", ""), all_of("removeprefix", "A"), all_of("removesuffix", "c")
    replaced = all_of("replace", "a", "xy"), all_of("replace", "", "-"), all_of("replace", "b", "", 1), all_of("replace", 1, 2), all_of("expandtabs"), all_of("expandtabs", 3)
    joined = ",".join(["a", "b"]), "".join(()), raised(",".join, [1]), raised(",".join, 3), "-".join("abc")
    table = str.maketrans("ab", "xy", "c")
    moved = all_of("translate", table), all_of("translate", {97: "AA", 98: None}), str.maketrans({"a": 1})
    encoded = all_of("encode"), all_of("encode", "ascii"), all_of("encode", "ascii", "replace"), all_of("encode", "latin-1"), "é".encode("ascii", "backslashreplace")
    decoded = b"ab".decode(), b"\xc3\xa9".decode("utf-8"), b"\xe9".decode("latin-1"), refused(b"\xff".decode), refused(b"a".decode, "ascii", 3)
    errors = (raised("abc".index, "x"), raised("a".split, ""), raised("a".center, 5, "ab"), raised("a".center, "x"), raised("a".encode, 3) == 3, raised("a".removeprefix, 3),
              raised("a".startswith, 3), raised("a".join, [b""]), raised("é".encode, "ascii"))
    added = "a" + "b", "ab" * 3, 2 * "xy", "x" * -1, "b" in "abc", "" in "", "a" < "b", "a" == b"a"
class Bytes:
    case = tuple(of_bytes(name) for name in ("lower", "upper", "title", "capitalize", "swapcase", "isalpha", "isdigit", "isspace", "isupper", "istitle"))
    cut = of_bytes("split"), of_bytes("split", b","), of_bytes("rsplit", None, 1), of_bytes("partition", b"b"), of_bytes("strip"), of_bytes("splitlines"), of_bytes("strip", "a")
    found = of_bytes("find", b"b"), of_bytes("find", 98), of_bytes("count", b"a"), of_bytes("index", b"b"), of_bytes("startswith", b"a"), of_bytes("find", "a"), of_bytes("find", 300)
    made = bytes(3), bytes([1, 2]), bytes("é", "utf-8"), bytes(b"x"), raised(bytes, -1), raised(bytes, "a"), raised(bytes, [300]), raised(bytes, 2.5), raised(bytes, [1, "a"])
    shown = b"ab\xff".hex(), b"abc".hex("-"), b"abcde".hex("_", 2), b"abcde".hex("_", -2), bytes.fromhex("61 62"), raised(bytes.fromhex, "6"), raised(bytes.fromhex, "zz")
    filled = of_bytes("zfill", 6), of_bytes("center", 7), of_bytes("replace", b"a", b"xy"), of_bytes("join", [b"1", b"2"]), of_bytes("translate", None, b"a")
    formatted = b"%s-%d" % (b"a", 3), b"%5.1f|%x" % (2.25, 255), raised(lambda: b"%s" % 3), raised(lambda: b"%d" % b"a"), b"%r" % ("é",)
class Formats:
    n, x, t = 255, 2.675, "text"
    specs = ("", "d", "5", "<5", "^7", "05", "+", "#x", "#b", "X", ",", "_", "_x", "e", ".2f", "c", "010,", "=+6", "*^9", ".3", "s", "n", "%", "08.2f", "z.1f", "xyz", "=", "5c")
    whole = tuple(raised(format, 255, spec) for spec in specs), tuple(raised(format, -1234567, spec) for spec in specs), tuple(raised(format, True, spec) for spec in specs)
    floats = tuple(raised(format, number, spec) for number in (2.675, -0.0, 1e100, 1234567.891, 1e-7, float("inf"), float("nan"), 100.0)
                   for spec in ("", ".2f", "e", ".0f", "#.0f", "g", ".3g", "#g", "%", ".1%", ",", "010.1f", "+.1e", "G", "d", ".0e", "_.2f", "<10", "=10", " ", "E", ".10"))
    text = tuple(raised(format, "abc", spec) for spec in ("", "5", ">5", "^6", ".2", "*<5", "s", "=5", "+", "#", "05", ",", "d", "5.1s"))
    complexes = tuple(raised(format, 1 + 2j, spec) for spec in ("", ".1f", "e", "10", "05", "=", "d"))
    others = raised(format, None, ""), raised(format, None, "x"), raised(format, [1], ""), raised(format, [1], "5"), raised(format, (1, "a")), raised(format, 3, 4)
    percent = ("%d %s %r" % (3, "a", "b"), "%5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5), "%x %X %#x %o %#o" % (255, 255, 255, 8, 8), "%.2f %e %g %G" % (2.675, 12345.678, 1e-5, 1e10),
               "%s" % None, "%s" % (1,), "%%", "%c%c" % ("a", 98), "%(a)s-%(b)d" % {"a": 1, "b": 2}, "%*d" % (5, 3), "%.*f" % (1, 2.55), "%.3s" % "abcdef", "%5.1s|" % "abc", "%a" % "é",
               "%d" % 2.9, "%i" % True, "%s" % {"a": 1}, "%.3d" % 5, "%10.4d|" % -42)
    refusals = (raised(lambda: "%d" % "a"), raised(lambda: "%x" % 2.5), raised(lambda: "%f" % "a"), raised(lambda: "%s %s" % 1), raised(lambda: "%s" % (1, 2)), raised(lambda: "%y" % 1),
                raised(lambda: "%" % 1), raised(lambda: "%(a)s" % 1), raised(lambda: "%c" % "ab"), raised(lambda: "%*d" % ("a", 1)), raised(lambda: "%(a)s" % {}), raised(lambda: "x" % 1))
    fields = ("{} {}".format(1, "a"), "{1}{0}".format(1, 2), "{a!r:>5}".format(a="x"), "{0.real} {0.imag}".format(3), "{0[1]} {1[k]}".format([1, 2], {"k": 5}), "{{}}".format(),
              "{:{}}".format("a", 5), "{:{w}.{p}f}".format(2.5, w=8, p=2), "{!s}".format(None), "{a}".format_map({"a": 1}), "{:,}".format(1234567), "{!a}".format("é"))
    wrong = (raised("{}".format), raised("{a}".format), raised("{0} {}".format, 1, 2), raised("{".format), raised("}".format), raised("{!x}".format, 1), raised("{0.foo}".format, 1),
             raised("{0[5]}".format, [1]), raised("{a".format, a=1), raised("{:d}".format, "a"))
    joined = f"{n}", f"{n:>6}", f"{n!r}", f"{t!r:>8}", f"{n=}", f"{n = }", f"{x:.{1}f}", f"{n:#{'x'}}", f"{t:{6}}|", f"{n + 1 = :05}", f"{'a' 'b'}", f"{{{n}}}", f"{t=!s}", f"{[1, 'a']}", f"{(1,)}", f"{ {'k': None} }"
    reprs = repr("it's"), repr('"'), repr([1, "a", (2.5,), {}, {"k": [None]}, set(), frozenset(), b"x", True, 1e16, 1 + 2j, ...]), repr(int), repr(len), repr(slice(1, None, 2)), ascii("é\u20ac\n")
    strings = str(1.0), str(b"a"), str([1]), str(None), str(b"\xc3\xa9", "utf-8"), raised(str, 3, "utf-8"), raised(str, "a", "utf-8"), str(), str(ValueError("x")), repr(KeyError("k")), str(KeyError("k"))
class Shown:
    def __init__(self, value): self.value = value
    def __repr__(self): return f"Shown({self.value!r})"
    def __format__(self, spec): return "<" + spec + ">"
    def __bool__(self): return self.value > 1
    def __eq__(self, other): return isinstance(other, Shown) and self.value == other.value
class Plain:
    def __str__(self): return 3
class Vector:
    def __init__(self, x): self.x = x
    def __add__(self, other): return ("add", self.x, other) if other != 0 else NotImplemented
    def __radd__(self, other): return "radd", other
    def __iadd__(self, other):
        self.x += other
        return self
    def __isub__(self, other): return NotImplemented
    def __sub__(self, other): return "sub", other
    def __neg__(self): return -self.x
    def __lt__(self, other): return NotImplemented
    def __len__(self): return self.x
class Below(Vector):
    def __radd__(self, other): return "below", self.x
class Own:
    v = Shown(2)
    shown = repr(v), str(v), f"{v}", f"{v:x}", "{:y}".format(v), "%s %r" % (v, v), str([v]), f"{v!r:>10}", ascii(v)
    false = bool(Shown(1)), not v, (1, 2)[bool(v)], v == Shown(2), v != Shown(2), [v] == [Shown(2)], v == 2
    refused = raised(str, Plain()), raised(lambda: Vector(1) < Vector(2)), raised(lambda: Vector(1) + 0), raised(lambda: Vector(1) * 2), raised(lambda: -Shown(1))
    added = Vector(1) + 2, 3 + Vector(1), Vector(1) + Below(4), -Vector(3), Vector(1) - 2
    w = Vector(1)
    alias = w
    w += 5
    held = w is alias, w.x
    w -= 3
    minus = w
    seen = []
    d = {"a": 1}
    def key(_seen=seen): _seen.append("key"); return "a"
    def value(_seen=seen): _seen.append("value"); return 5
    d[key()] += value()
    order = dict(d), list(seen)
    t = ([1],)
    try:
        t[0] += [2]
    except TypeError as e:
        told = str(e)
    grown = t
class Meta(type):
    def __len__(cls): return 0
    def __add__(cls, other): return "meta", other
class Empty(metaclass=Meta): pass
class OfClasses:
    truth = bool(Empty), not Empty, Empty + 1, raised(lambda: int + 1)
    checks = raised(isinstance, 1, 2), raised(issubclass, 1, int), raised(issubclass, int, 2), isinstance(True, int), raised(isinstance, 1, (str, 3)), isinstance(1, (int, 3))
    counts = raised(len), raised(len, 1, 2), raised(isinstance, 1), raised(getattr, 1), raised(setattr, 1), raised(callable), refused(abs, 1, 2), refused(round), raised(hash, [])
class Values:
    v_methods_case = Methods.case
    v_methods_kinds = Methods.kinds
    v_methods_stripped = Methods.stripped
    v_methods_filled = Methods.filled
    v_methods_signed = Methods.signed
    v_methods_found = Methods.found
    v_methods_starts = Methods.starts
    v_methods_split = Methods.split
    v_methods_lines = Methods.lines
    v_methods_cut = Methods.cut
    v_methods_replaced = Methods.replaced
    v_methods_joined = Methods.joined
    v_methods_moved = Methods.moved
    v_methods_encoded = Methods.encoded
    v_methods_decoded = Methods.decoded
    v_methods_errors = Methods.errors
    v_methods_added = Methods.added
    v_bytes_case = Bytes.case
    v_bytes_cut = Bytes.cut
    v_bytes_found = Bytes.found
    v_bytes_made = Bytes.made
    v_bytes_shown = Bytes.shown
    v_bytes_filled = Bytes.filled
    v_bytes_formatted = Bytes.formatted
    v_formats_t = Formats.t
    v_formats_specs = Formats.specs
    v_formats_whole = Formats.whole
    v_formats_floats = Formats.floats
    v_formats_text = Formats.text
    v_formats_complexes = Formats.complexes
    v_formats_others = Formats.others
    v_formats_percent = Formats.percent
    v_formats_refusals = Formats.refusals
    v_formats_fields = Formats.fields
    v_formats_wrong = Formats.wrong
    v_formats_joined = Formats.joined
    v_formats_reprs = Formats.reprs
    v_formats_strings = Formats.strings
    v_own_shown = Own.shown
    v_own_false = Own.false
    v_own_refused = Own.refused
    v_own_added = Own.added
    v_own_w = Own.w
    v_own_held = Own.held
    v_own_minus = Own.minus
    v_own_d = Own.d
    v_own_order = Own.order
    v_own_t = Own.t
    v_own_told = Own.told
    v_own_grown = Own.grown
    v_ofclasses_truth = OfClasses.truth
    v_ofclasses_checks = OfClasses.checks
    v_ofclasses_counts = OfClasses.counts
