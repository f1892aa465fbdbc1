import re
P = [r"a$", r"^a", r"(?P<x>a)(b)?", r"[^a-z\]]+", r"[]a]", r"a{2}", r"a{,2}b", r"a{x}", r"\bfoo\b", r"(a)\1", r"(?i)FOO", r"[a&&b]", r"[\w.-]+", r"(?<!^)(?=[A-Z])",
 r"\d+(?:\.\d+)*", r"[a-z]?((?:\d|\.)+\d+)(?:\.dev[0-9]+)?", r"((\w+\.)?Annotated\[)?(\w+\.)?ClassVar\[", r"([a-z0-9])([A-Z])", r"a|b|", r".", r"\.", r"\Afoo\Z", r"(?P<q>['\"])(.*?)(?P=q)", r"x*", r"[^\W\d_]+", r"\s+", r"#", r"a b", "a\\ b", r"a-b", r"{}", r"\x41", r"[\b]", r"(?:a|ab)c"]
T = ["", "a", "ba", "aab", "abab", "foo", "FOO", "a foo b", "foobar", "HelloWorldFoo", "1.2.3", "50.0.2.dev1", "ClassVar[int]", "typing.ClassVar[x]", "typing.Annotated[ClassVar[int]]", "a\n", "aa\n", "'x' \"y\"", "a b\tc", "a-b", "{}", "a{x}", "A&b]", "abc", "ab_c9", "#a b"]
def one(p, t):
    out = []
    r = re.compile(p)
    for m in (r.match(t), r.search(t), r.fullmatch(t), re.match(p, t, re.I), re.search(p, t, flags=re.M | re.S)):
        out.append(m and (m.group(), m.groups(), m.span(), m.start(), m.groupdict()))
    return tuple(out)
def bounded(p, t, how):
    out = []
    for at in (0, 1, 2, 9):
        for end in (0, 2, 3, 9):
            m = getattr(re.compile(p), how)(t, at, end)
            out.append(m and (m.span(), m.groups(), m.pos, m.endpos, m.string))
    return out
class Values:
    v_a = tuple(one(p, t) for p in P[:8] for t in T)
    v_b = tuple(one(p, t) for p in P[8:16] for t in T)
    v_c = tuple(one(p, t) for p in P[16:24] for t in T)
    v_d = tuple(one(p, t) for p in P[24:] for t in T)
    v_e = [re.sub("(.)([A-Z][a-z]+)", r"\1_\2", t) for t in T]
    v_f = [re.sub("([a-z0-9])([A-Z])", r"\1_\2", t).lower() for t in T]
    v_g = [re.split(r"[-_. ]", t) for t in T]
    v_h = [re.findall(r"(\w)(\w)", t) for t in T]
    v_i = [re.findall(r"\w", t) for t in T]
    v_j = [re.sub(r"\w", lambda m: m[0].upper() + m.group(), t) for t in T]
    v_k = [re.split(r"([ab])", t, maxsplit=1) for t in T]
    v_l = [re.escape(t) for t in T]
    v_m = [[x.group() for x in re.finditer("o+", t)] for t in T]
    v_n = re.compile(r'''
       (?P<a> \d+ )   # number
       \s* [#] (?P<b> [ab ] )
       ''', re.VERBOSE | re.IGNORECASE).search("12  #A").groupdict()
    v_o = [re.sub(r"(?P<n>o)", r"<\g<n>\g<1>>", t, count=1) for t in T]
    v_bounds = [bounded(p, t, how) for p in (r"a", r"^a", r"(?<=a)b", r"a|ab", r"b$", r"\bb", r"(a)?b") for t in ("aab", "abab", "b")
                for how in ("match", "search", "fullmatch")]
    v_beyond = re.compile("a").match("aa", -5, 100).span()
    v_named = re.compile("a").match("baa", pos=1, endpos=2).span()
