import functools
import math
import operator
import posixpath
import string
import textwrap
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
def each(function, *rows):
    return tuple(raised(function, *row) for row in rows)
numbers = (0, 1, -1, 7, -12, True, 10 ** 30, -2 ** 70, 0.0, -0.0, 2.5, -0.75, 1e300, 3j, 1 + 2j)
class Numbers:
    added = tuple(raised(operator.add, a, b) for a in numbers for b in numbers)
    subtracted = tuple(raised(operator.sub, a, b) for a in numbers for b in numbers)
    multiplied = tuple(raised(operator.mul, a, b) for a in numbers for b in numbers)
    divided = tuple(raised(operator.truediv, a, b) for a in numbers[:13] for b in numbers[:13])
    floored = tuple(raised(operator.floordiv, a, b) for a in numbers[:13] for b in numbers[:13])
    rest = tuple(raised(operator.mod, a, b) for a in numbers[:13] for b in numbers[:13])
    compared = tuple((a < b, a <= b, a == b, a != b) for a in numbers[:13] for b in numbers[:13])
    powers = tuple(raised(operator.pow, a, b) for a in (0, 2, -3, 2.5, -0.5, 0.0) for b in (0, 1, 2, 5, -1, -2, 0.5, 10))
    bits = tuple((a & b, a | b, a ^ b) for a in (5, -6, True) for b in (3, False, -2))
    shifts = each(operator.lshift, (1, 70), (-3, 2), (0, 10 ** 9), (1, -1)), each(operator.rshift, (2 ** 70, 68), (-1, 1000), (5, -1))
    unary = tuple((-a, +a) for a in numbers), tuple(~a for a in numbers[:8])
    truth = tuple(bool(a) for a in numbers), tuple(not a for a in numbers)
    hashes = tuple(hash(a) for a in numbers[:13]), hash((1, 2.5, (3,))), hash(())
    kinds = each(operator.add, (1, "a"), ("a", 1), (b"a", "a"), ((), []), ([], ()), ({}, {}), (None, 1), (len, 1))
    other = each(operator.mul, ("ab", 3), (2, b"x"), ((1,), 2), ([1], -1), ("a", "b"), ([1], 2.0), (3, None))
    less = each(operator.lt, (1, "a"), ([1], [None]), ((1, 2), (1, 3)), ([], [1]), ({1}, {1, 2}), (None, None), (1j, 2))
    rounded = each(round, (2.5,), (3.5,), (-2.5,), (2.675, 2), (1234567, -3), (1250, -2), (0.5,), (1e20,), (2.5, -1), (25.0, -1), ("a",), (2.5, "a"))
    powered = each(pow, (3, -1, 7), (2, 10), (2, 100, 13), (2, 3, 0), (2, -1, 4), (5, 3, -7))
    both = each(divmod, (7, 2), (-7, 2), (7, -2), (7.5, 2), (-7.5, 2), (1, 0), (1.0, 0), (1, "a"))
    sizes = each(abs, (-3,), (-2.5,), (3 + 4j,), (True,), ("a",))
    bases = each(int, ("ff", 16), (" 12_0 ",), ("0x1f", 0), ("-0b11", 0), ("z", 36), ("abc",), ("1__0",), ("",), ("9", 8), (2.9,), (-2.9,), ("a", 99), ([],), (None,))
    floats = each(float, ("1e3",), (" -2.5 ",), ("1_0.5",), ("inf",), ("abc",), ("1_",), (3,), ([],), ("",))
    complexes = each(complex, ("1+2j",), ("3",), ("-j",), ("1e2-2.5j",), (1, 2), (1j, 2), ("x",), (1, "a"))
    written = each(bin, (10,), (-3,), (2.5,)), each(oct, (8,), (-9,)), each(hex, (255,), (-2 ** 40,), ("a",))
    letters = each(chr, (97,), (0x20AC,), (-1,), (1114112,)), each(ord, ("a",), ("€",), (b"x",), ("ab",), (3,))
    lengths = each(len, ("abc",), (b"ab",), ((1, 2),), (5,), (None,), (len,))
    long = refused(str, 10 ** 4400), refused(int, "1" * 4400)
    parts = (3).real, (3).imag, True.numerator, (7).denominator, (2.5).real, (2.5).imag, (1 + 2j).real, (1 - 2j).imag
    methods = (
        (255).bit_length(), (-256).bit_length(), (5).conjugate(), (5).as_integer_ratio(), (2.5).as_integer_ratio(), (2.0).is_integer(),
        (2.5).is_integer(), (0.1).hex(), (-1.5).hex(), float.fromhex("0x1.8p3"), float.fromhex("-1.8"), (258).to_bytes(3, "big"),
        (258).to_bytes(3, "little"), (-2).to_bytes(2, "big", signed=True), int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\xff\xfe", "little", signed=True),
        (3).__add__(4), (3).__add__("a"), (3).__radd__(2.5), (2.5).__lt__(3), int.__mul__(3, 4), "ab".__len__(), (-7).__neg__(), (2.5).__eq__("a"),
    )
    missing = each(getattr, (3, "foo"), ("a", "bar"), (2.5, "x"), ((), "y"))
    wrong = each((255).to_bytes, (1, "x"), (0, "big")), each((-1).to_bytes, (1, "big"))
    nan = float("nan")
    unequal = nan == nan, nan != nan, nan < 1
    three = 3
    same = three is three, None is None, None is three
    chained = 1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, 3 > 2 >= 2 != 1
class Mathematics:
    one = tuple(raised(getattr(math, name), x) for name in ("sqrt", "floor", "ceil", "trunc", "fabs", "degrees", "radians", "isfinite", "isnan", "frexp", "modf")
                for x in (0, 1, 2.5, -2.5, 10 ** 20, "a"))
    whole = each(math.gcd, (12, 18), (0, 5), (-4, 6)), each(math.lcm, (4, 6), (0, 3)), each(math.factorial, (5,), (30,), (-1,), (2.5,))
    more = each(math.comb, (5, 2), (3, 5), (50, 25), (-1, 2)), each(math.perm, (5, 2), (5,), (2, 3)), each(math.isqrt, (17,), (10 ** 20,), (-1,))
    two = each(math.fmod, (7, 3), (-7, 3), (1, 0)), each(math.remainder, (7, 4), (5, 2), (-5, 2)), each(math.copysign, (3, -0.0)), each(math.pow, (2, 0.5), (0, -1), (-8, 1 / 3))
    close = math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 2, rel_tol=0.6), math.isclose(1, 1.1), raised(math.isclose, 1, 1, rel_tol=-1)
    logs = each(math.log, (1,), (8, 2), (0,), (-1,), (10 ** 10,)), each(math.log2, (1024,)), each(math.log10, (1000,))
    sums = math.fsum([0.1] * 10), math.fsum([]), math.prod([2, 3, 7]), math.prod([], start=5), math.hypot(3, 4), math.dist((0, 0), (3, 4))
    near = math.ulp(1.0), math.nextafter(1.0, 2.0), math.ldexp(0.75, 3), math.gamma(5), math.lgamma(3)
    constants = math.pi, math.e, math.tau, math.inf
class Operators:
    table = {"a": 1}
    asked = operator.attrgetter("real", "imag")(5), operator.itemgetter(1, 0)("xy"), operator.methodcaller("split", ",", maxsplit=1)("a,b,c"), operator.itemgetter("a")(table)
    plain = operator.not_([]), operator.truth("a"), operator.is_(None, None), operator.is_not(1, None), operator.index(True), operator.concat([1], [2])
    more = operator.contains("abc", "b"), operator.countOf([1, 2, 1], 1), operator.indexOf("abc", "c"), operator.getitem((4, 5), 1), operator.length_hint([1, 2])
    wrong = each(operator.concat, (1, 2)), each(operator.index, (2.5,)), each(operator.indexOf, ([], 1)), each(operator.contains, (3, 1)), each(operator.neg, ("a",), ([],))
    made = refused(operator.attrgetter, 3), refused(operator.itemgetter), refused(operator.methodcaller, 3)
    has = each(operator.contains, ("abc", 1), (b"abc", b"b"), (b"abc", 98), (b"abc", 300), (b"abc", "a"), (3, 4), (None, 1))
class Functions:
    calls = []
    @functools.lru_cache(maxsize=2)
    def remembered(value, _calls=calls):
        _calls.append(value)
        return value * 2
    twice = remembered(1), remembered(1), remembered(2), remembered(3), remembered(1)
    info = remembered.cache_info().hits, remembered.cache_info().misses, remembered.cache_info().currsize
    done = tuple(calls)
    ordered = sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a))
    key = functools.cmp_to_key(lambda a, b: a - b)
    keys = key(1) < key(2), key(2) == key(2), key(3) <= key(2)
    @functools.singledispatch
    def kind(value):
        return "any"
    @kind.register(int)
    def _(value):
        return "int"
    @kind.register(str)
    def _(value):
        return "str"
    kinds = kind(3), kind("a"), kind(True), kind(2.5), kind.dispatch(int)("x")
    part = functools.partial(int, base=2)
    parts = part("101"), part.args, part.keywords, refused(functools.partial, 3)
class Paths:
    joined = each(posixpath.join, ("a", "b"), ("a/", "b"), ("a", "/b"), ("a", ""), ("", "b"), ("a", 3))
    split = tuple((posixpath.split(p), posixpath.splitext(p), posixpath.dirname(p), posixpath.basename(p), posixpath.isabs(p))
                  for p in ("/a/b.txt", "x/../y", "", "/", "//a", "a//b/", ".bashrc", "a.tar.gz", "/a/../..", "..", "a/./b"))
    common = posixpath.commonprefix(["/usr/lib", "/usr/local"]), posixpath.commonpath(["/usr/lib", "/usr/local"]), raised(posixpath.commonpath, ["/a", "b"])
    relative = posixpath.relpath("/a/b/c", "/a/d"), posixpath.relpath("/a", "/a")
class Texts:
    template = string.Template("$a-${b} $$ $c")
    filled = template.substitute(a=1, b=2, c="x"), template.safe_substitute(a=1), raised(template.substitute, a=1), raised(string.Template("$ x").substitute)
    words = string.capwords("hello big world"), string.capwords("a-b", "-")
    lines = textwrap.fill("one two three four five", 10), textwrap.wrap("aaa bbbbbbbbbbbb c", 5), textwrap.shorten("hello big wide world", 12)
    inner = textwrap.dedent("  a\n    b\n"), textwrap.indent("a\n\nb", "> "), raised(textwrap.fill, "a b", 0)
class Values:
    v_numbers_added = Numbers.added
    v_numbers_subtracted = Numbers.subtracted
    v_numbers_multiplied = Numbers.multiplied
    v_numbers_divided = Numbers.divided
    v_numbers_floored = Numbers.floored
    v_numbers_rest = Numbers.rest
    v_numbers_compared = Numbers.compared
    v_numbers_powers = Numbers.powers
    v_numbers_bits = Numbers.bits
    v_numbers_shifts = Numbers.shifts
    v_numbers_unary = Numbers.unary
    v_numbers_truth = Numbers.truth
    v_numbers_hashes = Numbers.hashes
    v_numbers_kinds = Numbers.kinds
    v_numbers_other = Numbers.other
    v_numbers_less = Numbers.less
    v_numbers_rounded = Numbers.rounded
    v_numbers_powered = Numbers.powered
    v_numbers_both = Numbers.both
    v_numbers_sizes = Numbers.sizes
    v_numbers_bases = Numbers.bases
    v_numbers_floats = Numbers.floats
    v_numbers_complexes = Numbers.complexes
    v_numbers_written = Numbers.written
    v_numbers_letters = Numbers.letters
    v_numbers_lengths = Numbers.lengths
    v_numbers_long = Numbers.long
    v_numbers_parts = Numbers.parts
    v_numbers_methods = Numbers.methods
    v_numbers_missing = Numbers.missing
    v_numbers_wrong = Numbers.wrong
    v_numbers_unequal = Numbers.unequal
    v_numbers_same = Numbers.same
    v_numbers_chained = Numbers.chained
    v_mathematics_one = Mathematics.one
    v_mathematics_whole = Mathematics.whole
    v_mathematics_more = Mathematics.more
    v_mathematics_two = Mathematics.two
    v_mathematics_close = Mathematics.close
    v_mathematics_logs = Mathematics.logs
    v_mathematics_sums = Mathematics.sums
    v_mathematics_near = Mathematics.near
    v_mathematics_constants = Mathematics.constants
    v_operators_asked = Operators.asked
    v_operators_plain = Operators.plain
    v_operators_more = Operators.more
    v_operators_wrong = Operators.wrong
    v_operators_made = Operators.made
    v_operators_has = Operators.has
    v_functions_twice = Functions.twice
    v_functions_info = Functions.info
    v_functions_done = Functions.done
    v_functions_ordered = Functions.ordered
    v_functions_keys = Functions.keys
    v_functions_kinds = Functions.kinds
    v_functions_parts = Functions.parts
    v_paths_joined = Paths.joined
    v_paths_split = Paths.split
    v_paths_common = Paths.common
    v_paths_relative = Paths.relative
    v_texts_filled = Texts.filled
    v_texts_words = Texts.words
    v_texts_lines = Texts.lines
    v_texts_inner = Texts.inner
