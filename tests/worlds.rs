//! Every world: random modules that ask what nobody can decide who only reads, and CPython's answer in each case. What mroscope calls
//! exact must be so in all of them; what is the same in all of them it should know.
//!
//! `MROSCOPE_WORLDS` sets how many modules are made, `MROSCOPE_SEED` which.

use std::collections::BTreeMap;
use std::path::Path;

use mroscope::analysis::ClassRef;
use mroscope::semantics::{Outcome, Standing};
use serde::Deserialize;

use crate::support::Sandbox;
use crate::support::python::{Interpreter, interpreters};
use crate::support::random::Random;
use crate::support::witness::analysis_of;

/// The coin of the module that every program imports: no way to know how it falls.
const COINS: &str = "import random\n\n\ndef coin(number):\n    return random.random() < 0.5\n\n\ndef some(number):\n    return [4] * random.randrange(5)\n";

const BEGIN: &str = "import asyncio, collections, contextlib, dataclasses, enum, functools, itertools, operator, types\nfrom coins import coin, some\nclass A: pass\nclass B: pass\nclass C(A): pass\nn = 3\nm = 1\nxs = [2, 5, 1]\nd = {'a': 1, 'b': 2}\nbases = [A, B]\nX = A\n";

/// What a program does between its class statements. `@` is a condition, `#` a small number, `%` a name of its own.
const BLOCKS: &[&str] = &[
    "if @: n = #",
    "if @:\n    X = B\nelse:\n    X = C",
    "if @: xs.append(#)",
    "if @: del X",
    "if @: d['c'] = #",
    "if @: d.pop('a', None)",
    "n += # if @ else n",
    "@ and xs.append(#)",
    "m = @ or n",
    "r = 0 < n < # != m",
    "xs = [x for x in xs if @ or x > 1]",
    "last = [n := x for x in xs if @]",
    "for x in xs:\n    if @: break\n    n += x\nelse:\n    m = #",
    "for x in xs:\n    if @: continue\n    n += x",
    "for x in xs:\n    n += x\n    if x > # or @: break",
    "while n < 6:\n    n += 1\n    if @: break\n    m += 1",
    "while True:\n    n += 1\n    if n > # or @: break",
    "while m < # and n < 9:\n    m += 1\n    n += m",
    "try:\n    if @: raise ValueError(#)\n    n = #\nexcept ValueError:\n    X = B",
    "try:\n    if @: raise KeyError('k')\n    m = #\nexcept KeyError as error:\n    n = #\nelse:\n    n += 1\nfinally:\n    m += 1",
    "try:\n    d['q']\n    n = 7\nexcept KeyError:\n    m = #",
    "try:\n    int('x')\n    n = 7\nexcept ValueError:\n    m += #",
    "try:\n    assert @\n    n = #\nexcept AssertionError:\n    n = 8",
    "def f%(v):\n    if @: return v\n    xs.append(v)\n    return v + 1\nn = f%(#)",
    "def f%():\n    global X\n    X = B\nif @: f%()",
    "def f%(v):\n    for x in xs:\n        if x > v: return x\n        if @: return -1\n    return 0\nm = f%(#)",
    "def f%(v):\n    x = v\n    if @: del x\n    try:\n        return x\n    except UnboundLocalError:\n        return 9\nn = f%(#)",
    "def f%(v):\n    try:\n        if @: return v\n        return 0\n    finally:\n        xs.append(v)\nm = f%(#)",
    "class P%:\n    x = 1\np = P%()\nif @: p.x = #\nn = p.x",
    "class P%:\n    x = 1\nif @: P%.x = #\nm = P%.x",
    "class P%(A): pass\nif @: P%.__bases__ = (B,)\nX = P%",
    "class S%:\n    def __enter__(self): return self\n    def __exit__(self, kind, value, trace): return kind is ValueError\nwith S%():\n    if @: raise ValueError\n    n = #",
    "n += len(xs)",
    "m = xs[-1] if xs else #",
    "bases = [b for b in bases if b is not B] or [C]",
    "if @:\n    bases = [C, B]",
    "n, m = m, n",
    "it = iter(xs)\nn = next(it, #)\nm = sum(it)",
    "g = (x + 1 for x in xs)\nn = next(g, #)\nxs = list(g)",
    "word = f'{n:02}-{m!r}'\nn = len(word)",
    "xs[0:1] = [#, n]\nxs.reverse()",
    "s = {1, #}\nt = s\ns |= {n}\nm = len(t)",
    "e = {'a': 1} if @ else {'b': 2}\ntry:\n    n = e['a']\nexcept KeyError:\n    X = B",
    "e = [#] if @ else []\ntry:\n    n = e[0]\nexcept IndexError:\n    X = C",
    "e = '3' if @ else 'x'\ntry:\n    n = int(e)\nexcept ValueError:\n    X = B",
    "e = A if @ else None\ntry:\n    e.__bases__\nexcept AttributeError:\n    X = B",
    "e = 3 if @ else 'x'\ntry:\n    m = e + #\nexcept TypeError:\n    X = C",
    "e = 3 if @ else 4\ntry:\n    e()\nexcept TypeError:\n    X = B\nelse:\n    X = C",
    "e = 3 if @ else 9\nm = e - 1\nn = len('ab' * e)",
    "e = 3 if @ else 9\nX = [A, B][e > #]",
    "e = abs if @ else str\nm = len(str(e(-#)))",
    "def f%():\n    m = 0\n    while m < 2000: m += 1\n    xs.append(m)\nf%()",
    "if @ and n > #:\n    X = B",
    "try: coin(0)()\nexcept TypeError: X = B",
    "try: coin(0).missing\nexcept AttributeError: m = #",
    "try: (xs if @ else xs[:1])[#]\nexcept IndexError: m = #",
    "ys = list(iter(lambda: xs.pop() if xs and @ else 0, 0))\nm = len(ys)",
    "if len(xs) == #: X = C",
    "if not (@ or n < #): X = C",
    "() = xs if @ else (xs, xs)[:0]",
    "try: () = xs\nexcept ValueError: m = #",
    "try: a%, b%, c% = xs\nexcept ValueError: m += #",
    "try: n = getattr(n, 'real' if @ else 'no')\nexcept AttributeError: X = B",
    "try: n + ('a' if @ else 1)\nexcept TypeError: X = C",
    "try: m = len(xs if @ else n)\nexcept TypeError: X = B",
    "class E%(enum.Enum):\n    RED = 1\n    GREEN = RED if n > # else 2\nm = len(E%)\nX = A if E%.RED is E%.GREEN else B",
    "with contextlib.ExitStack() as stack%:\n    stack%.callback(xs.append, #)\n    if @: stack%.callback(xs.append, n)\n    n = len(xs)",
    "match n:\n    case n.real if n > #: X = C\n    case _: m = #",
    "match n:\n    case 1 | 2: X = B\n    case int(y) if @: m = y",
    "[xs.append(y) for y in some(1)]",
    "ys = list(map(xs.append, some(0)))\nn = len(xs)",
    "m = sum(y for y in some(1))",
    "any(bases.append(C) for y in some(0))",
    "def g%():\n    for y in some(1):\n        xs.append(y)\n        yield y\nn = len(list(g%()))",
    "def g%():\n    yield from some(0)\n    xs.append(#)\nfor y in g%(): m = y",
    "d.update({'c': y for y in some(2)})",
    "for y in some(1): n += y",
    "for y in some(1):\n    if @: break\n    xs.append(y)\nelse:\n    m = #",
    "ys = sorted(some(0), key=lambda y: xs.append(y) or y)",
    "m = max(some(1), key=lambda y: xs.append(y) or y, default=#)",
    "n = functools.reduce(lambda a, b: xs.append(b) or a, some(1), #)",
    "next(filter(xs.append, some(1)), None)",
    "list(itertools.starmap(lambda a, b: xs.append(a), zip(some(0), xs[:])))",
    "class I%:\n    def __iter__(self): return iter(some(0))\nm = len([xs.append(y) for y in I%()])",
    "class I%:\n    def __init__(self): self.left = some(2)\n    def __iter__(self): return self\n    def __next__(self):\n        if not self.left: raise StopIteration\n        xs.append(#)\n        return self.left.pop()\nm = len(list(I%()))",
    "def c%():\n    for y in some(1): xs.append(y)\n    yield\n    xs.append(#)\nwith contextlib.contextmanager(c%)(): n = #",
    "(xs.append(y) for y in some(1))",
    "it = (xs.append(y) or y for y in [*some(1), 1, 2])\nn = next(it)",
    "xs.extend(some(2))",
    "n, *ys = [*some(1), #]\nm = len(ys)",
    "bases = [A, *[B for y in some(0)][:1]]",
    "m = len({*some(1)})",
    "ys = tuple(xs.pop() for y in some(0))",
    "m = len({y: xs.append(y) for y in some(2)})",
    "[n := n + y for y in some(1)]",
    "x, = some(0) or [#]",
    "while some(1) and n < 5: n += 1",
    "def f%(*given): xs.extend(given)\nf%(*some(0))",
    "m = sum(1 for x in xs for y in some(1) if x > 1)",
    "if any(y > # for y in some(0)): X = C",
    "if all(y > # for y in some(1)): X = B",
    "for i, y in enumerate(some(0)): n = i",
    "for x, y in zip(xs, some(1)): m = x",
    "def f%():\n    global n\n    try:\n        int('x')\n    except ValueError as n: pass\nf%()\nn = globals().get('n', #)",
    "def f%(n):\n    def inner():\n        nonlocal n\n        try:\n            if @: int('x')\n        except ValueError as n: pass\n    inner()\n    try: return n\n    except NameError: return #\nn = f%(n)",
];

/// The same with coroutines, and with code that may run out of view.
const OUT_OF_VIEW: &[&str] = &[
    "async def c%(v):\n    if @: return v\n    xs.append(v)\n    return v + 1\nn = asyncio.run(c%(#))",
    "async def c%(v):\n    xs.append(v)\n    return v\nasync def e%():\n    global n\n    for y in some(1): n = await c%(y)\nasyncio.run(e%())",
    "async def c%(): xs.append(#)\nc = c%()\nif @: asyncio.run(c)\nelse: c.close()",
    "class W%:\n    async def __aenter__(self): return #\n    async def __aexit__(self, kind, value, trace): return kind is ValueError\nasync def c%():\n    async with W%() as y:\n        if @: raise ValueError\n        xs.append(y)\nasyncio.run(c%())",
    "class Y%:\n    def __init__(self): self.left = some(1)\n    def __aiter__(self): return self\n    async def __anext__(self):\n        if not self.left: raise StopAsyncIteration\n        xs.append(#)\n        return self.left.pop()\nasync def e%(): return [y async for y in Y%() if y > 1]\nm = len(asyncio.run(e%()))",
    "async def c%(v): xs.append(v)\nasync def e%(): await asyncio.gather(c%(1), c%(#))\nasyncio.run(e%())",
    "async def e%():\n    yield #\n    if @: xs.append(n)\n    yield n\nasync def c%():\n    async for y in e%(): xs.append(y)\nasyncio.run(c%())",
    "class Q%:\n    def __eq__(self, other):\n        xs.append(#)\n        return True\nsome(0) == Q%()",
    "class Q%:\n    def __radd__(self, other):\n        xs.append(#)\n        return other\nm = len(some(1) + Q%())",
    "class Q%:\n    def __getattr__(self, name):\n        xs.append(#)\n        return name\ngetattr(Q%(), 'ab'[len(some(0)) % 2])",
    "class Q%:\n    def __len__(self):\n        xs.append(#)\n        return 3\nm = len(max(some(0), Q%(), key=lambda it: 0 if it else 1) or 'ab')",
    "class Q%:\n    def __lt__(self, other):\n        global n\n        n = #\n        return True\nsome(0) > Q%()",
];

/// Something is done to one of several things, and it is not known to which, or under which name. `!` is 0 or 1.
const ONE_OF_SEVERAL: &[&str] = &[
    "class P:\n    x = 1\nclass Q:\n    x = 2\nt = P if coin(0) else Q\nt.x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\nsetattr(P if coin(0) else Q, 'x', 5)\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\n[P, Q][!].x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\n{0: P, 1: Q}.get(!).x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q(P): pass\noperator.itemgetter(!)([P, Q]).x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\np, q = P(), Q()\n[p, q][!].__class__.x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\np, q = P(), Q()\n[p, q][!].x = 5\nn = p.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\ndef f(t): t.x = 5\nf([P, Q][!])\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\ntry:\n    del [P, Q][!].x\n    n = P.x\nexcept AttributeError: m = 6",
    "class P:\n    x = 1\nclass Q:\n    x = 2\nt = P if coin(0) else Q\ndel t.x\nn = getattr(P, 'x', 6)",
    "class P:\n    x = 1\nclass Q:\n    x = 2\n[it for it in (P, Q) if coin(0) or it is Q][0].x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\nnext(it for it in (P, Q) if coin(0) or it is Q).x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\nlist(filter(lambda it: coin(0) or it is Q, (P, Q)))[0].x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\nmax(P, Q, key=lambda it: (it is P) == coin(0)).x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\nsorted((P, Q), key=lambda it: (it is P) == coin(0))[0].x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\nfunctools.reduce(lambda a, b: a if coin(0) else b, (P, Q)).x = 5\nn = P.x",
    "class P:\n    x = 1\nclass Q:\n    x = 2\nglobals()['PQ'[!]].x = 5\nn = P.x",
    "class P:\n    ys = [1]\nclass Q(P):\n    ys = [2]\n[P, Q][!].ys.append(5)\nm = len(P.ys)",
    "class P:\n    ys = [1]\nclass Q(P):\n    ys = [2]\nadd = [P, Q][!].ys.append\nadd(5)\nm = len(P.ys)",
    "class P:\n    ys = [1]\n    zs = [2]\ngetattr(P, ('ys', 'zs')[!]).append(5)\nm = len(P.ys)",
    "class P:\n    ys = [1]\n    zs = [2]\noperator.attrgetter(('ys', 'zs')[!])(P).append(5)\nm = len(P.ys)",
    "class P:\n    ys = [1]\n    def add(self): self.ys.append(5)\nclass Q(P):\n    ys = [2]\n[P(), Q()][!].add()\nm = len(P.ys)",
    "class P:\n    x = 1\n    @classmethod\n    def put(cls): cls.x = 5\nclass Q(P):\n    x = 2\n[P, Q][!].put()\nn = P.x",
    "[xs, [9]][!].append(5)",
    "[xs, [9]][!][0] = 5",
    "[xs, [9]][!][:] = [5]",
    "del [xs, [9]][!][:]",
    "t = [xs, [9]][!]\nt += [5]",
    "t = xs if coin(0) else [9]\nt[0] = 5",
    "t = xs if coin(0) else [9]\ndel t[0]",
    "list.append([xs, [9]][!], 5)",
    "operator.iadd([xs, [9]][!], [5])",
    "ys = [xs, [9]]\nys.pop(!).append(5)",
    "ys = [xs, [9]]\nys.sort(key=lambda it: (it is xs) == coin(0))\nys[0].append(5)",
    "ys = {'a': [1], 'b': [2]}\nys['ab'[!]].append(5)\nm = len(ys['a'])",
    "ys = collections.defaultdict(list, {'a': [1]})\nys['ab'[!]].append(5)\nm = len(ys['a'])",
    "i, j = iter([1, 2]), iter([3, 4])\nnext([i, j][!])\nn = next(i)",
    "d['ab'[!]] = 5",
    "d.update({'ab'[!]: 5})",
    "d.setdefault('ac'[!], 5)",
    "d.pop('ab'[!])",
    "e = {'a': 1, 'ab'[!]: 5}\nn = e['a']",
    "e = {'a': 1, **{'ab'[!]: 5}}\nn = e['a']",
    "e = dict({'a': 1}, **{'ab'[!]: 5})\nn = e['a']",
    "n = ({'a': 1} | {'ab'[!]: 5})['a'] if hasattr(dict, '__or__') else 1",
    "globals()['nm'[!]] = 5",
    "globals().update({'nm'[!]: 5})",
    "exec('nm'[!] + ' = 5')",
    "class P:\n    x = 1\nsetattr(P, 'xy'[!], 5)\nn = P.x",
    "class P:\n    x = y = 1\ndelattr(P, 'xy'[!])\nn = getattr(P, 'x', 6)",
    "class P:\n    x = 1\n    locals()['xy'[!]] = 5\n    z = x\nn = P.x\nm = P.z",
    "P = type('P', (), {'x': 1, 'xy'[!]: 5})\nn = P.x",
    "o = types.SimpleNamespace(x=1)\nsetattr(o, 'xy'[!], 5)\nn = o.x",
    "o = types.SimpleNamespace(x=1)\nvars(o)['xy'[!]] = 5\nn = o.x",
    "o = types.ModuleType('o')\no.x = 1\nsetattr(o, 'xy'[!], 5)\nn = o.x",
    "def f(a=1, b=2): return a\nn = f(**{'ab'[!]: 5})",
    "n = functools.partial(lambda a=1, b=2: a, **{'ab'[!]: 5})()",
    "@dataclasses.dataclass\nclass P:\n    a: int = 1\n    b: int = 2\nn = P(**{'ab'[!]: 5}).a",
    "n = functools.reduce(lambda a, b: a, [1, 2], *[[5], []][!])",
    "class P:\n    def __init_subclass__(cls, a=1, b=2): cls.c = a\nclass Q(P, **{'ab'[!]: 5}): pass\nn = Q.c",
    "class M(type):\n    def __new__(m, *of, a=1, b=2):\n        c = super().__new__(m, *of)\n        c.c = a\n        return c\n    def __init__(c, *of, **by): pass\nclass Q(metaclass=M, **{'ab'[!]: 5}): pass\nn = Q.c",
    "class M(type): pass\nclass Q(A, **[{}, {'metaclass': M}][!]): pass\nm = len(type(Q).__name__)",
    "class M(type): pass\nQ = types.new_class('Q', (A,), [{}, {'metaclass': M}][!])\nm = len(type(Q).__name__)",
];

/// Who reads what may have been changed.
const READERS: &str = "class K1([A, B, C][n % 3]):\n    v_n = n\n    v_m = m\n    v_xs = list(xs)\n    v_d = dict(d)\nclass K2([A, B, C][m % 3]):\n    v_n = n\n    v_m = m\n    v_xs = list(xs)\n    v_d = dict(d)\nclass K3([A, B, C][len(xs) % 3]):\n    v_n = n\n    v_m = m\n    v_xs = list(xs)\n    v_d = dict(d)\nclass K4(A if d.get('a', 1) == 1 else B):\n    v_n = n\n    v_m = m\n    v_xs = list(xs)\n    v_d = dict(d)\n";

const CONDITIONS: &[&str] = &[
    "coin(0)",
    "coin(1)",
    "not coin(0)",
    "coin(2)",
    "(n > 2 and coin(1))",
    "(coin(0) or n > 4)",
    "n > 3",
    "'a' in d",
    "len(xs) == 3",
];

const STATEMENTS: &[&str] = &[
    "class K%(globals().get('X', B)):",
    "class K%(A if n > # else B):",
    "class K%(*bases):",
    "class K%([A, B, C][n % 3]):",
    "class K%(A if len(xs) > # else B):",
    "class K%(B if 'c' in d else C):",
    "class K%(B if m == n else A):",
    "class K%:",
];

fn filled(template: &str, random: &mut Random, number: usize) -> String {
    let mut text = String::new();
    let rest = template.chars();
    for letter in rest {
        match letter {
            '@' => text.push_str(random.pick(CONDITIONS)),
            '#' => text.push_str(&random.below(6).to_string()),
            // The operator stands between blanks.
            '%' if !text.ends_with(' ') => text.push_str(&number.to_string()),
            other => text.push(other),
        }
    }
    text
}

/// Whether a program runs code out of view: what is the same in all worlds need not be known of it.
fn has_out_of_view(number: u64) -> bool {
    number % 6 == 5
}

/// A module, and nothing in it that Python 3.9 cannot read where `reads_match` is false.
fn program(seed: u64, number: u64, reads_match: bool) -> String {
    let mut random = Random::new(seed, number);
    let mut text = BEGIN.to_owned();
    for round in 0..2 + random.below(5) {
        for part in 0..=random.below(2) {
            let is_out_of_view = has_out_of_view(number) && random.below(4) == 0;
            let blocks = if is_out_of_view { OUT_OF_VIEW } else { BLOCKS };
            let block = random.pick(blocks);
            if block.starts_with("match") && !reads_match {
                continue;
            }
            text.push_str(&filled(block, &mut random, 10 * round + part));
            text.push('\n');
        }
        let statement = random.pick(STATEMENTS);
        text.push_str(&filled(statement, &mut random, round));
        text.push_str("\n    v_n = n\n    v_m = m\n    v_xs = list(xs)\n    v_d = dict(d)\n");
    }
    text
}

#[derive(Deserialize)]
struct Case {
    case: String,
    worlds: Vec<World>,
}

#[derive(Deserialize)]
struct World {
    raised: bool,
    classes: BTreeMap<String, Told>,
}

#[derive(Deserialize, PartialEq, Eq, Debug)]
struct Told {
    mro: Vec<String>,
    meta: String,
    values: BTreeMap<String, String>,
}

fn measured(interpreter: &Interpreter, folder: &Path) -> Vec<Case> {
    let output = interpreter
        .command()
        .env("PYTHONHASHSEED", "0")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worlds/measure.py"))
        .arg(folder)
        .output()
        .expect("an interpreter that answered once starts again");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout);
    let cases: Result<Vec<Case>, _> = text.lines().map(serde_json::from_str).collect();
    cases.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn number_from(variable: &str, default: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// What is claimed of a class, held against all worlds in which it is made.
fn faults_of(class: ClassRef<'_>, worlds: &[&Told]) -> Vec<String> {
    let name = class.name();
    let mut faults = vec![];
    if let Outcome::Raises(raised) = class.outcome() {
        faults.push(format!("{name} is said to raise {raised:?}"));
    }
    if !matches!(
        (class.outcome(), class.standing()),
        (Outcome::Created(_), Standing::Exact)
    ) {
        return faults;
    }
    let mro = class.mro().unwrap_or_default();
    let mro: Vec<&str> = mro.iter().map(|it| it.name()).collect();
    let members = class.members();
    for world in worlds {
        if world.mro != mro {
            faults.push(format!("{name} is {mro:?}, in a world {:?}", world.mro));
        }
        for (key, theirs) in &world.values {
            let shown = members.get(key.as_str()).and_then(|it| it.shown.as_deref());
            if let Some(shown) = shown
                && shown != theirs
            {
                faults.push(format!("{name}.{key} is {shown}, in a world {theirs}"));
            }
        }
    }
    faults.dedup();
    faults
}

/// What is wrong of what is claimed of the programs in a folder: the program, and the fault; how many classes are the same in all worlds, and how
/// many of these are known.
fn held_against_all_worlds(interpreter: &Interpreter, folder: &Path) -> (Vec<String>, [usize; 2]) {
    let analysis = analysis_of(folder, interpreter.version);
    let (mut certain, mut known) = (0, 0);
    let mut faults = vec![];
    for case in measured(interpreter, folder) {
        let number = case.case.trim_start_matches("case_").parse();
        let is_known = !has_out_of_view(number.expect("a case has a number"));
        let of_case = |class: &ClassRef<'_>| class.path().module == *case.case;
        for class in analysis.project_classes().filter(of_case) {
            let found = case.worlds.iter();
            let worlds: Vec<&Told> = found
                .filter_map(|it| it.classes.get(class.name()))
                .collect();
            let found = faults_of(class, &worlds);
            faults.extend(found.iter().map(|it| format!("{}: {it}", case.case)));
            let is_certain = is_known
                && worlds.len() == case.worlds.len()
                && case.worlds.iter().all(|it| !it.raised)
                && worlds.windows(2).all(|two| two[0].mro == two[1].mro);
            if is_certain {
                certain += 1;
                known += usize::from(
                    matches!(class.outcome(), Outcome::Created(_))
                        && *class.standing() == Standing::Exact,
                );
            }
        }
    }
    (faults, [certain, known])
}

fn text_of_first(faults: &[String], sandbox: &Sandbox) -> String {
    let case = faults.first().and_then(|it| it.get(..10));
    let text = case.map(|it| std::fs::read_to_string(sandbox.path(&format!("{it}.py"))));
    text.and_then(Result::ok).unwrap_or_default()
}

#[test]
fn what_is_called_exact_is_so_whatever_cannot_be_decided() {
    let (seed, count) = (
        number_from("MROSCOPE_SEED", 1),
        number_from("MROSCOPE_WORLDS", 300),
    );
    for interpreter in interpreters() {
        let reads_match = interpreter.version >= mroscope::source::PythonVersion::three(10);
        let sandbox = Sandbox::new("");
        sandbox.write("coins.py", COINS);
        for number in 0..count {
            let text = program(seed, number, reads_match);
            sandbox.write(&format!("case_{number:05}.py"), text);
        }
        let (faults, [certain, known]) = held_against_all_worlds(&interpreter, &sandbox.root());
        assert!(
            faults.is_empty(),
            "CPython {}, seed {seed}: {} faults\n{}\n{}",
            interpreter.full_version,
            faults.len(),
            faults.join("\n"),
            text_of_first(&faults, &sandbox)
        );
        assert!(certain > 0, "no class is the same in all worlds");
        assert!(
            known * 100 >= certain * 75,
            "CPython {}, seed {seed}: {known} of {certain} classes that are the same in all worlds are known",
            interpreter.full_version
        );
    }
}

/// A list that may be longer, a class that may have another attribute, a name that may be bound anew: whoever reads it is not exact.
#[test]
fn what_is_done_to_one_of_several_things_may_be_done_to_each() {
    for interpreter in interpreters() {
        let sandbox = Sandbox::new("");
        sandbox.write("coins.py", COINS);
        for (number, block) in ONE_OF_SEVERAL.iter().enumerate() {
            let block = block.replace('!', "len(some(0)) // 2");
            let text = format!("{BEGIN}{block}\n{READERS}");
            sandbox.write(&format!("case_{number:05}.py"), text);
        }
        let (faults, [certain, _]) = held_against_all_worlds(&interpreter, &sandbox.root());
        assert!(
            faults.is_empty(),
            "CPython {}: {} faults\n{}\n{}",
            interpreter.full_version,
            faults.len(),
            faults.join("\n"),
            text_of_first(&faults, &sandbox)
        );
        assert!(certain > 0, "no class is the same in all worlds");
    }
}
