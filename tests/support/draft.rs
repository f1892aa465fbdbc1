//! Random Python programs made of class statements, and smaller ones that are left when parts are taken out.

use std::fmt;

use crate::support::random::Random;

/// A program.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    items: Vec<Item>,
}

#[derive(Debug, Clone)]
enum Item {
    Class(ClassItem),
    /// Any other statement.
    Text(String),
}

#[derive(Debug, Clone)]
struct ClassItem {
    name: String,
    /// Bases, then keywords.
    arguments: Vec<String>,
    /// Statements, each a few lines.
    body: Vec<String>,
}

/// What a program is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// A few classes.
    Plain,
    /// Many classes.
    Wide,
    /// Classes of the interpreter among the bases.
    Builtin,
    /// `__slots__` of all sorts.
    Slots,
    /// Metaclasses.
    Meta,
    /// Metaclasses with an `mro()` of their own, or that are no classes.
    OddMeta,
    /// `typing`, `collections.abc`, generic aliases.
    Typing,
    /// Enums, named tuples, typed dicts.
    Special,
    /// `__init_subclass__`, `__class_getitem__`, instances as bases.
    Hooks,
    /// Aliases, unpacked tuples, conditions, nested classes, names bound twice.
    Names,
}

impl Flavour {
    /// Those that need nothing but class statements: no calls, no imports beyond `abc`.
    pub(crate) const SIMPLE: [Self; 5] = [
        Self::Plain,
        Self::Wide,
        Self::Builtin,
        Self::Slots,
        Self::Meta,
    ];

    /// All of them.
    pub(crate) const ALL: [Self; 10] = [
        Self::Plain,
        Self::Wide,
        Self::Builtin,
        Self::Slots,
        Self::Meta,
        Self::OddMeta,
        Self::Typing,
        Self::Special,
        Self::Hooks,
        Self::Names,
    ];
}

/// The names that class bodies bind.
pub(crate) const MEMBERS: [&str; 6] = ["m0", "m1", "m2", "m3", "m4", "m5"];

const BUILTINS: [&str; 14] = [
    "int",
    "str",
    "dict",
    "list",
    "tuple",
    "set",
    "Exception",
    "ValueError",
    "KeyError",
    "OSError",
    "object",
    "float",
    "bytes",
    "type",
];

const REFUSED: [&str; 4] = ["bool", "range", "slice", "memoryview"];

const SLOTS: [&str; 24] = [
    "()",
    "()",
    "()",
    "('a',)",
    "('b',)",
    "('c',)",
    "('a', 'b')",
    "('d', 'c')",
    "('b', 'a')",
    "'a'",
    "['a', 'b']",
    "('__dict__',)",
    "('__weakref__',)",
    "('__dict__', 'a')",
    "('__dict__', '__weakref__')",
    "('__weakref__', '__weakref__')",
    "('a', 'a')",
    "('m0',)",
    "('1a',)",
    "(1,)",
    "1",
    "{'a': 'doc'}",
    "('_x', '__y')",
    "('__module__',)",
];

impl Draft {
    /// The program with this number among those of a seed.
    pub(crate) fn random(seed: u64, number: u64, flavours: &[Flavour]) -> Self {
        let mut random = Random::new(seed, number);
        let flavour = flavours[random.below(flavours.len())];
        let mut writer = Writer {
            random,
            flavour,
            items: vec![],
            classes: vec![],
            metaclasses: vec![],
        };
        writer.write();
        Self {
            items: writer.items,
        }
    }

    /// The smallest program that is left when parts are taken out as long as `fails` holds.
    pub(crate) fn shrunk(mut self, mut fails: impl FnMut(&Self) -> bool) -> Self {
        loop {
            match self.smaller().into_iter().find(|smaller| fails(smaller)) {
                Some(smaller) => self = smaller,
                None => return self,
            }
        }
    }

    /// The program without the class statements that fail, as an import would leave it: nothing comes after a failure.
    ///
    /// `first_failure` gives the line of the first statement that raises, and whether it may stay as the last one; most
    /// of the time it is left out all the same.
    pub(crate) fn settled(
        mut self,
        seed: u64,
        number: u64,
        mut first_failure: impl FnMut(&Self) -> Option<(u32, bool)>,
    ) -> Self {
        let mut random = Random::new(seed, number);
        while let Some((line, may_stay)) = first_failure(&self) {
            let at = self.item_at(line);
            if may_stay && random.percent(30) {
                self.items.truncate(at + 1);
                break;
            }
            self.items.remove(at);
        }
        self
    }

    /// The statement that has this line, from 1.
    fn item_at(&self, line: u32) -> usize {
        let mut end = 0;
        self.items
            .iter()
            .position(|item| {
                end += item.to_string().lines().count();
                end >= line as usize
            })
            .expect("the line is one of the program")
    }

    /// Every program with one part less.
    fn smaller(&self) -> Vec<Self> {
        let mut all = vec![];
        for at in (0..self.items.len()).rev() {
            let mut without = self.clone();
            without.items.remove(at);
            all.push(without);
        }
        for (at, item) in self.items.iter().enumerate() {
            let Item::Class(class) = item else { continue };
            let mut with = |class| {
                let mut changed = self.clone();
                changed.items[at] = Item::Class(class);
                all.push(changed);
            };
            for argument in 0..class.arguments.len() {
                let mut class = class.clone();
                class.arguments.remove(argument);
                with(class);
            }
            for statement in 0..class.body.len() {
                let mut class = class.clone();
                class.body.remove(statement);
                with(class);
            }
        }
        all
    }
}

impl fmt::Display for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.iter().try_for_each(|item| write!(f, "{item}"))
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = match self {
            Self::Text(text) => return writeln!(f, "{text}"),
            Self::Class(class) => class,
        };
        let arguments = class.arguments.join(", ");
        if arguments.is_empty() {
            writeln!(f, "class {}:", class.name)?;
        } else {
            writeln!(f, "class {}({arguments}):", class.name)?;
        }
        for line in class.body.iter().flat_map(|part| part.lines()) {
            writeln!(f, "    {line}")?;
        }
        if class.body.is_empty() {
            writeln!(f, "    pass")?;
        }
        Ok(())
    }
}

struct Writer {
    random: Random,
    flavour: Flavour,
    items: Vec<Item>,
    /// Expressions that can be bases.
    classes: Vec<String>,
    metaclasses: Vec<String>,
}

impl Writer {
    fn write(&mut self) {
        self.imports();
        if matches!(self.flavour, Flavour::Meta | Flavour::OddMeta) {
            self.write_metaclasses();
        }
        let count = match self.flavour {
            Flavour::Wide => 9 + self.random.below(7),
            _ => 3 + self.random.below(6),
        };
        for at in 0..count {
            let name = format!("C{at}");
            self.write_class(name);
        }
    }

    fn imports(&mut self) {
        let text = match self.flavour {
            Flavour::Typing | Flavour::Special => {
                "import abc, enum, typing, collections, collections.abc\n\
                 T = typing.TypeVar('T')\nU = typing.TypeVar('U')"
            }
            Flavour::Meta | Flavour::OddMeta => "import abc",
            _ => return,
        };
        self.items.push(Item::Text(text.to_owned()));
    }

    fn write_metaclasses(&mut self) {
        for at in 0..=self.random.below(4) {
            let mut arguments = vec!["type".to_owned()];
            if !self.metaclasses.is_empty() && self.random.percent(70) {
                let count = 1 + self.random.below(2);
                arguments = self.random.sample(&self.metaclasses, count);
            }
            if self.random.percent(15) {
                arguments.push("abc.ABCMeta".to_owned());
            }
            let mut body = self.members();
            if self.flavour == Flavour::OddMeta && self.random.percent(40) {
                let returns = self.random.pick(&[
                    "[cls, object]",
                    "super().mro()",
                    "list(reversed(super().mro()))",
                    "[cls] + [base for base in cls.__bases__]",
                ]);
                body.push(format!("def mro(cls):\n    return {returns}"));
            }
            let name = format!("M{at}");
            self.metaclasses.push(name.clone());
            self.items.push(Item::Class(ClassItem {
                name,
                arguments,
                body,
            }));
        }
    }

    fn write_class(&mut self, name: String) {
        let mut bases = self.bases();
        let mut keywords = vec![];
        let mut body = vec![];
        let mut name = name;
        match self.flavour {
            Flavour::Plain | Flavour::Wide => {}
            Flavour::Builtin => self.builtin(&mut bases, &mut body),
            Flavour::Slots => self.slots(&mut bases, &mut body),
            Flavour::Meta | Flavour::OddMeta => self.metaclass(&mut keywords),
            Flavour::Typing => self.typing(&mut bases),
            Flavour::Special => self.special(&name, &mut bases, &mut body),
            Flavour::Hooks => self.hooks(&mut bases, &mut keywords, &mut body),
            Flavour::Names => name = self.names(name, &mut bases, &mut body),
        }
        body.extend(self.members());
        let arguments = bases.into_iter().chain(keywords).collect();
        if !self.classes.contains(&name) {
            self.classes.push(name.clone());
        }
        self.items.push(Item::Class(ClassItem {
            name,
            arguments,
            body,
        }));
    }

    fn bases(&mut self) -> Vec<String> {
        let counts = [0, 1, 1, 2, 2, 2, 3, 3, 4];
        let count = counts[self.random.below(counts.len())];
        let mut bases = self.random.sample(&self.classes, count);
        if !bases.is_empty() && self.random.percent(3) {
            bases.push(bases[0].clone());
        }
        if !bases.is_empty() && self.random.percent(4) {
            bases.push("object".to_owned());
        }
        bases
    }

    /// Puts a base somewhere among the others.
    fn insert(&mut self, bases: &mut Vec<String>, base: &str) {
        let at = self.random.below(bases.len() + 1);
        bases.insert(at, base.to_owned());
    }

    fn builtin(&mut self, bases: &mut Vec<String>, body: &mut Vec<String>) {
        for chance in [50, 25] {
            if self.random.percent(chance) {
                let base = self.random.pick(&BUILTINS);
                self.insert(bases, base);
            }
        }
        if self.random.percent(5) {
            let base = self.random.pick(&REFUSED);
            self.insert(bases, base);
        }
        if self.random.percent(15) {
            body.push(self.slots_statement());
        }
    }

    fn slots(&mut self, bases: &mut Vec<String>, body: &mut Vec<String>) {
        if self.random.percent(75) {
            body.push(self.slots_statement());
        }
        if self.random.percent(12) {
            let base = self
                .random
                .pick(&["int", "str", "tuple", "dict", "Exception"]);
            self.insert(bases, base);
        }
        if self.random.percent(10) {
            body.push("a = 1".to_owned());
        }
    }

    fn slots_statement(&mut self) -> String {
        format!("__slots__ = {}", self.random.pick(&SLOTS))
    }

    fn metaclass(&mut self, keywords: &mut Vec<String>) {
        if self.flavour == Flavour::OddMeta && self.random.percent(6) {
            let function = self
                .random
                .pick(&["lambda n, b, d: type(n, b, d)", "lambda n, b, d, **k: 7"]);
            keywords.push(format!("metaclass={function}"));
        } else if self.random.percent(45) {
            let mut choices = self.metaclasses.clone();
            choices.extend(["type".to_owned(), "abc.ABCMeta".to_owned()]);
            let choice = self.random.below(choices.len());
            keywords.push(format!("metaclass={}", choices[choice]));
        }
    }

    fn typing(&mut self, bases: &mut Vec<String>) {
        let chance = self.random.below(100);
        let base = match chance {
            0..30 => self.random.pick(&[
                "typing.Generic[T]",
                "typing.Generic[U]",
                "typing.Generic[T, U]",
            ]),
            30..45 => self.random.pick(&["typing.Protocol", "typing.Protocol[T]"]),
            45..65 => self.random.pick(&[
                "abc.ABC",
                "collections.abc.Mapping",
                "collections.abc.Iterable",
                "typing.Mapping[T, U]",
                "typing.Iterable[T]",
                "typing.List[int]",
                "list[int]",
                "dict[str, int]",
                "typing.Sized",
                "typing.Hashable",
                "collections.abc.Sequence",
                "typing.Collection[T]",
                "typing.Any",
                "typing.Dict",
                "collections.OrderedDict",
                "collections.Counter",
            ]),
            65..70 => self.random.pick(&[
                "typing.Union[int, str]",
                "typing.Generic",
                "typing.Optional[int]",
                "typing.Callable[[int], str]",
                "T",
                "typing.ClassVar[int]",
                "typing.Generic[int]",
                "typing.NewType('N', int)",
                "int | str",
            ]),
            _ => return,
        };
        self.insert(bases, base);
    }

    fn special(&mut self, name: &str, bases: &mut Vec<String>, body: &mut Vec<String>) {
        let chance = self.random.below(100);
        let keep = self.random.percent(20);
        let own: Vec<String> = match chance {
            0..25 => {
                let body_text =
                    self.random
                        .pick(&["RED = 1\nBLUE = 2", "__doc__ = 'none'", "RED = 'r'"]);
                body.push(body_text.to_owned());
                let text = self.random.pick(&[
                    "enum.Enum",
                    "enum.IntEnum",
                    "str, enum.Enum",
                    "enum.Enum, str",
                    "enum.Flag",
                    "int, enum.Flag",
                ]);
                *bases = text.split(", ").map(str::to_owned).collect();
                return;
            }
            25..45 => {
                body.push("x: int\ny: int = 0".to_owned());
                vec!["typing.NamedTuple".to_owned()]
            }
            45..60 => {
                body.push("k: int".to_owned());
                vec!["typing.TypedDict".to_owned()]
            }
            60..70 => {
                let of = if self.random.percent(50) { name } else { "_B" };
                bases.insert(0, format!("collections.namedtuple('{of}', 'p q')"));
                return;
            }
            _ => return,
        };
        if !keep {
            bases.clear();
        }
        bases.splice(0..0, own);
    }

    fn hooks(
        &mut self,
        bases: &mut Vec<String>,
        keywords: &mut Vec<String>,
        body: &mut Vec<String>,
    ) {
        match self.random.below(100) {
            0..25 => body.push(
                "def __init_subclass__(cls, tag=None, **kw):\n    super().__init_subclass__(**kw)"
                    .to_owned(),
            ),
            25..40 => body.push("def __init_subclass__(cls):\n    cls.m5 = 5".to_owned()),
            40..50 => body.push("def __class_getitem__(cls, item):\n    return cls".to_owned()),
            50..60 => body.push("def __mro_entries__(self, bases):\n    return (int,)".to_owned()),
            _ => {}
        }
        if self.random.percent(30) {
            keywords.push("tag=1".to_owned());
        }
        if !self.classes.is_empty() && self.random.percent(15) {
            let of = self.random.below(self.classes.len());
            bases.push(format!("{}()", self.classes[of]));
        }
    }

    /// Binds classes in other ways than by their statement. Returns the name that the next statement gives.
    fn names(&mut self, name: String, bases: &mut Vec<String>, body: &mut Vec<String>) -> String {
        let number = self.items.len();
        match self.random.below(100) {
            0..20 if !self.classes.is_empty() => {
                let of = self.random.below(self.classes.len());
                self.bind_alias(number, &format!("al{number} = {}", self.classes[of]));
            }
            20..35 if bases.len() > 1 => {
                let text = format!("tup{number} = ({},)", bases.join(", "));
                self.items.push(Item::Text(text));
                *bases = vec![format!("*tup{number}")];
            }
            35..50 if self.classes.len() > 1 => {
                let two = self.random.sample(&self.classes, 2);
                let test =
                    self.random
                        .pick(&["True", "False", "not []", "1 + 1 == 2", "__name__ == 'x'"]);
                let text = format!(
                    "if {test}:\n    al{number} = {}\nelse:\n    al{number} = {}",
                    two[0], two[1]
                );
                self.bind_alias(number, &text);
            }
            50..62 if !self.classes.is_empty() => {
                let inner = self.random.sample(&self.classes, 2).join(", ");
                body.push(format!("class In({inner}):\n    m0 = 1"));
                self.classes.push(format!("{name}.In"));
            }
            62..70 if !self.classes.is_empty() => {
                let again = self.random.below(self.classes.len());
                let again = self.classes[again].clone();
                if again.starts_with('C') && !again.contains('.') {
                    return again;
                }
            }
            _ => {}
        }
        name
    }

    fn bind_alias(&mut self, number: usize, text: &str) {
        self.items.push(Item::Text(text.to_owned()));
        self.classes.push(format!("al{number}"));
    }

    fn members(&mut self) -> Vec<String> {
        let all: Vec<String> = MEMBERS.iter().map(|&name| name.to_owned()).collect();
        let count = [0, 0, 1, 1, 2, 3][self.random.below(6)];
        let names = self.random.sample(&all, count);
        names.iter().map(|name| self.member(name)).collect()
    }

    fn member(&mut self, name: &str) -> String {
        match self.random.below(11) {
            0..5 => format!("def {name}(self):\n    return 1"),
            5 => format!("@property\ndef {name}(self):\n    return 1"),
            6 => format!("@classmethod\ndef {name}(cls):\n    return 1"),
            7 => format!("@staticmethod\ndef {name}():\n    return 1"),
            8 => format!("async def {name}(self):\n    return 1"),
            9 => format!("def {name}(self):\n    yield 1"),
            _ => format!("{name} = 1"),
        }
    }
}
