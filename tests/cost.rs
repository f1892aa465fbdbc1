//! What a function's body looks like it costs.

use mroscope::source::PythonVersion;
use mroscope::syntax::{Cached, Cost, EffectKind, Holder, MOST, cost};

use crate::support::Sandbox;
use crate::support::witness::analysis_of;

/// The cost of the one function of a text.
fn of(text: &str) -> Cost {
    let start = ["@", "async def ", "def "]
        .into_iter()
        .find_map(|it| text.find(it))
        .unwrap_or_default();
    cost(text, start as u32, text.len() as u32).expect("the text has a function")
}

/// What it does, in words.
fn effects(text: &str) -> Vec<String> {
    let cost = of(text);
    let said = cost.effects.iter().map(|it| {
        let kind = match it.kind {
            EffectKind::Call => "",
            EffectKind::Lock => "lock: ",
            EffectKind::Waiting => "waits: ",
            EffectKind::Decoding => "decodes: ",
            EffectKind::Yield | EffectKind::Await | EffectKind::Raise => "· ",
        };
        let when = it
            .when
            .as_ref()
            .map_or(String::new(), |it| format!(" ({it})"));
        format!("{kind}{}{when}", it.text)
    });
    said.collect()
}

/// Where it keeps values: `r` read, `w` written, `d` deleted, `t` tested.
fn kept(text: &str) -> Vec<String> {
    let cost = of(text);
    let said = cost.kept.iter().map(|it| {
        let letters: String = [
            ('r', it.is_read),
            ('w', it.is_written),
            ('d', it.is_deleted),
            ('t', it.is_tested),
        ]
        .into_iter()
        .filter_map(|(letter, is_so)| is_so.then_some(letter))
        .collect();
        format!("{letters} {}", it.text)
    });
    said.collect()
}

#[test]
fn calls_stand_in_order_as_they_are_written_without_their_arguments() {
    let text = "class A:\n    @property\n    def total(self):\n        x = self._load()\n        return Decimal(x.get(1)).quantize(self.unit(2))\n";
    assert_eq!(
        effects(text),
        [
            "self._load()",
            "Decimal(…)",
            "x.get(…)",
            "Decimal(…).quantize(…)",
            "self.unit(…)",
        ]
    );
}

#[test]
fn what_is_defined_inside_does_not_run() {
    let text = "def f(self):\n    def g(): return open('x')\n    class C: x = open('y')\n    return lambda: open('z')\n";
    assert_eq!(effects(text), [""; 0]);
}

#[test]
fn locks_are_told_by_their_names_and_not_by_letters_of_others() {
    assert_eq!(
        effects(
            "def f(self):\n    with self._lock, self.data_rlock:\n        self.lock.acquire()\n        with threading.RLock(): ...\n"
        ),
        [
            "lock: with self._lock",
            "lock: with self.data_rlock",
            "lock: self.lock.acquire()",
            "lock: with threading.RLock()",
        ]
    );
    assert_eq!(
        effects("def f(self):\n    with self.block(), clock(): ...\n"),
        ["self.block()", "clock()"]
    );
}

#[test]
fn what_looks_like_waiting_and_like_decoding_is_told_apart() {
    let text = "def f(self):\n    with open(self.path) as file:\n        data = json.load(file)\n    self.cursor.execute('…')\n    rows = self.cursor.fetchmany(3)\n    requests.get(self.url).json()\n    time.sleep(1)\n    struct.unpack('<I', rows)\n    int(rows)\n    b''.decode()\n    re.compile(self.x)\n    pattern.compile(1)\n";
    assert_eq!(
        effects(text),
        [
            "waits: open(…)",
            "decodes: json.load(…)",
            "waits: self.cursor.execute(…)",
            "waits: self.cursor.fetchmany(…)",
            "waits: requests.get(…)",
            "requests.get(…).json()",
            "waits: time.sleep(…)",
            "decodes: struct.unpack(…)",
            "int(…)",
            "decodes: ….decode()",
            "decodes: re.compile(…)",
            "pattern.compile(…)",
        ]
    );
}

#[test]
fn a_raise_stands_with_the_condition_right_around_it() {
    let text = "def __set__(self, instance, value):\n    if value < 0 and \\\n            self.strict:\n        raise ValueError(f'{value}')\n    try:\n        check(value)\n    except (KeyError, OSError) as error:\n        raise\n    raise errors.Refused\n";
    assert_eq!(
        effects(text),
        [
            "· raise ValueError (if value < 0 and \\ self.strict)",
            "check(…)",
            "· raise (except (KeyError, OSError))",
            "· raise errors.Refused",
        ]
    );
}

#[test]
fn yield_and_await_are_told() {
    assert_eq!(
        effects("async def f(self):\n    x = await self.load(1)\n    yield x\n"),
        ["· await self.load(…)", "self.load(…)", "· yield"]
    );
}

#[test]
fn places_are_named_however_they_are_reached() {
    let text = "def __get__(self, instance, owner):\n    data = instance.__dict__\n    if self.name not in data:\n        vars(instance)['raw'] = 1\n        setattr(instance, self.private, 2)\n        del instance._old\n        data.pop('gone', None)\n    return getattr(instance, 'plain'), self.by_id.get(id(instance)), instance._state.fields_cache\n";
    assert_eq!(
        kept(text),
        [
            "rt instance.__dict__",
            "rt self.name",
            "rt instance.__dict__[self.name]",
            "w instance.__dict__[\"raw\"]",
            "w instance.{self.private}",
            "r self.private",
            "d instance._old",
            "d instance.__dict__[\"gone\"]",
            "r instance.plain",
            "r self.by_id[id(instance)]",
            "r instance._state.fields_cache",
        ]
    );
}

#[test]
fn the_instance_is_the_second_parameter_of_the_protocol_and_the_first_of_anything_else() {
    let holders =
        |text: &str| -> Vec<Holder> { of(text).kept.iter().map(|it| it.holder).collect() };
    assert_eq!(
        holders("def __get__(self, obj, owner=None):\n    return self.x, obj.y\n"),
        [Holder::Descriptor, Holder::Instance]
    );
    assert_eq!(
        holders("def price(self):\n    return self.x\n"),
        [Holder::Instance]
    );
    assert_eq!(kept("def f():\n    return x.y\n"), [""; 0]);
}

fn cached(text: &str) -> Option<Cached> {
    of(text).cached
}

#[test]
fn what_is_filled_where_it_was_looked_for_is_a_cache_of_the_instance() {
    let on_instance = |place: &str| Some(Cached::OnInstance(place.into()));
    for (text, place) in [
        (
            "def __get__(self, instance, owner):\n    value = instance.__dict__[self.name] = self.func(instance)\n    return value\n",
            "instance.__dict__[self.name]",
        ),
        (
            "def __get__(self, instance, owner):\n    cache = instance.__dict__\n    val = cache.get(self.attrname, NONE)\n    if val is NONE:\n        val = self.func(instance)\n        cache[self.attrname] = val\n    return val\n",
            "instance.__dict__[self.attrname]",
        ),
        (
            "def x(self):\n    if self._x is None:\n        self._x = compute()\n    return self._x\n",
            "self._x",
        ),
        (
            "def x(self):\n    if not hasattr(self, '_x'):\n        self._x = compute()\n    return self._x\n",
            "self._x",
        ),
        (
            "def x(self):\n    try:\n        return self._x\n    except AttributeError:\n        self._x = compute()\n        return self._x\n",
            "self._x",
        ),
        (
            "def x(self):\n    value = self._x\n    if value is None:\n        value = self._x = compute()\n    return value\n",
            "self._x",
        ),
        (
            "def x(self):\n    if 'x' not in self._cache:\n        self._cache['x'] = compute()\n    return self._cache['x']\n",
            "self._cache[\"x\"]",
        ),
        (
            "def __get__(self, instance, owner):\n    return instance.__dict__.setdefault(self.name, self.make())\n",
            "instance.__dict__[self.name]",
        ),
    ] {
        assert_eq!(cached(text), on_instance(place), "{text}");
    }
}

#[test]
fn a_cache_of_its_own_is_the_decorators_the_descriptors_or_the_modules() {
    let own = |place: &str| Some(Cached::Own(place.into()));
    assert_eq!(
        cached("@functools.lru_cache(maxsize=None)\ndef x(self):\n    return compute()\n"),
        own("functools.lru_cache")
    );
    assert_eq!(
        cached(
            "def __get__(self, instance, owner):\n    if instance not in self.cache:\n        self.cache[instance] = compute()\n    return self.cache[instance]\n"
        ),
        own("self.cache[instance]")
    );
    assert_eq!(
        cached(
            "def x(self):\n    if self.key not in CACHE:\n        CACHE[self.key] = compute()\n    return CACHE[self.key]\n"
        ),
        own("CACHE[self.key]")
    );
}

#[test]
fn what_is_only_written_or_only_counted_is_no_cache() {
    for text in [
        "def x(self):\n    self._last = now()\n    return compute()\n",
        "def x(self):\n    if self._count > 3:\n        raise ValueError\n    self._count += 1\n",
        "def x(self):\n    result = {}\n    for k in self.keys():\n        if k in result: continue\n        result[k] = 1\n    return result\n",
        "def x(self):\n    return self._x\n",
    ] {
        assert_eq!(cached(text), None, "{text}");
    }
}

#[test]
fn a_body_without_end_is_listed_to_a_bound() {
    let text = format!("def f(self):\n{}", "    g()\n".repeat(1000));
    let cost = of(&text);
    assert_eq!((cost.effects.len(), cost.more), (MOST, 1000 - MOST));
}

#[test]
fn a_chain_without_end_is_read_and_its_words_are_bounded() {
    let chain = ".a()".repeat(2000);
    let file = format!(
        "class A:\n    def f(self):\n        return x{chain} + f'{{{}1{}}}'\n",
        "(".repeat(150),
        ")".repeat(150)
    );
    let sandbox = Sandbox::new(&format!("--- a.py\n{file}"));
    let analysis = analysis_of(&sandbox.root(), PythonVersion::three(13));
    let class = analysis.project_classes().next().expect("there is a class");
    let place = class.members()["f"].place.expect("it is in the file");
    let costs = analysis.costs(&[place]);
    let effects = &costs[0].as_ref().expect("it is a function").effects;
    assert_eq!(effects.len(), MOST);
    assert!(effects.iter().all(|it| it.text.len() < 200));
}

#[test]
fn what_is_no_function_costs_nothing() {
    assert_eq!(cost("x = 1\n", 0, 5), None);
    assert_eq!(cost("", 0, 0), None);
    assert_eq!(cost("def", 0, 3).map(|it| it.effects.len()), Some(0));
    assert_eq!(cost("def f(): ...", 40, 90), None);
}

#[test]
fn a_lambda_costs_what_it_returns() {
    let text =
        "x = property(lambda self: (\n    json.loads(self._raw)\n    or self.db.execute(1)\n))\n";
    let start = text.find("lambda").expect("it is there") as u32;
    let found = cost(text, start, text.len() as u32 - 2).expect("it is a function");
    let kinds: Vec<EffectKind> = found.effects.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [EffectKind::Decoding, EffectKind::Waiting]);
    let first = &found.effects[0];
    assert!(text[first.start as usize..].starts_with("json.loads"));
    assert_eq!(found.kept[0].text, "self._raw");
    assert_eq!(cost("lambda", 0, 6), None);
    assert_eq!(cost("lambda: (", 0, 9), None);
}

/// The places of which something is returned.
fn returned(text: &str) -> Vec<String> {
    let kept = of(text).kept.into_iter();
    kept.filter(|it| it.is_returned).map(|it| it.text).collect()
}

/// The places that a setter puts its value into.
fn takes_value(text: &str) -> Vec<String> {
    let kept = of(text).kept.into_iter();
    kept.filter(|it| it.takes_value).map(|it| it.text).collect()
}

#[test]
fn what_is_returned_is_told_from_what_is_looked_at_on_the_way() {
    for (text, places) in [
        (
            "def x(self):\n    self.check(self._closed)\n    return self._x\n",
            vec!["self._x"],
        ),
        (
            "def x(self):\n    if self._waits:\n        self._waits = None\n    return Decimal(self._x) + self.y\n",
            vec!["self._x", "self.y"],
        ),
        (
            "def x(self):\n    value = self._x\n    return value\n",
            vec!["self._x"],
        ),
        (
            "def x(self):\n    value = self._x = f()\n    return value\n",
            vec!["self._x"],
        ),
        (
            "def x(self):\n    value = f()\n    self._cache[1] = value\n    return value\n",
            vec!["self._cache[1]"],
        ),
        (
            "def x(self):\n    self._x = f()\n    return self._x.name\n",
            vec!["self._x", "self._x.name"],
        ),
        ("def x(self):\n    self._x = f()\n    return 1\n", vec![]),
    ] {
        assert_eq!(returned(text), places, "{text}");
    }
}

#[test]
fn what_a_setter_puts_its_value_into_is_told_from_what_it_changes_beside() {
    for (text, places) in [
        (
            "def x(self, value):\n    self.check(value)\n    self._x = value\n    self._cache = None\n    self.n += 1\n",
            vec!["self._x"],
        ),
        (
            "def x(self, value):\n    made = Decimal(value)\n    self._x = made.quantize()\n",
            vec!["self._x"],
        ),
        (
            "def __set__(self, obj, value):\n    obj.__dict__[self.name] = self.convert(value)\n    obj.changed = obj\n",
            vec!["obj.__dict__[self.name]"],
        ),
        (
            "def __set__(self, obj, value):\n    key = self.private\n    setattr(obj, key, value)\n    setattr(obj, 'set', True)\n",
            vec!["obj.{key}"],
        ),
        (
            "def x(self, value):\n    self.a, self.b = value\n",
            vec!["self.a", "self.b"],
        ),
        (
            "def __get__(self, obj, owner):\n    obj.owner = owner\n",
            vec![],
        ),
    ] {
        assert_eq!(takes_value(text), places, "{text}");
    }
}

#[test]
fn a_name_that_stands_for_a_place_is_no_key_of_its_own() {
    assert_eq!(
        kept(
            "def __get__(self, obj, owner):\n    name = self.field.attname\n    return obj.__dict__[name]\n"
        ),
        ["r self.field.attname", "r obj.__dict__[self.field.attname]"]
    );
    let again = "    d = d[d]\n".repeat(64);
    let all = kept(&format!("def x(self):\n    d = self.d\n{again}"));
    assert!(all.iter().all(|it| it.len() < 400), "{all:?}");
}
