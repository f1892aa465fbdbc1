//! Structural search: classes by what they are, in words such as `overrides:dispatch -calls:super under:View depth:>8`.
//!
//! A word with a colon behind one of the names in [`TERMS`] is a term, with `-` before it its opposite; the rest are words of names.

use std::fmt;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, ClassRef, ModuleOrigin, Sureness};
use crate::semantics::{
    ClassId, DescriptorKind, Member, MemberKind, Origin, abstract_methods, mangle,
};
use crate::syntax::Method;

/// Each term: its name, an example, what it asks.
pub const TERMS: [(&str, &str, &str); 15] = [
    ("under", "under:View", "derives from a class of this name"),
    (
        "mro",
        "mro:*Mixin",
        "such a class is in its MRO; `*`: any letters",
    ),
    (
        "meta",
        "meta:ABCMeta",
        "its metaclass is this one, or derives from it",
    ),
    ("defines", "defines:save", "its own body gives the name"),
    ("has", "has:save", "it or a class of its MRO gives the name"),
    (
        "overrides",
        "overrides:dispatch",
        "gives a name that its MRO has once more behind it",
    ),
    (
        "calls",
        "calls:super",
        "that method, or any, reads `super()`",
    ),
    (
        "kind",
        "kind:data-descriptor",
        "its own body has a member of this kind",
    ),
    ("is", "is:unknown", "what it is, and how sure that is"),
    (
        "depth",
        "depth:>8",
        "how many bases stand above one another over it",
    ),
    ("length", "length:>12", "how many classes its MRO has"),
    ("below", "below:>10", "how many classes derive from it"),
    (
        "raises",
        "raises:layout",
        "its statement raises, with these letters; `raises:`",
    ),
    (
        "plugin",
        "plugin:csv",
        "its key in a registry has these letters; `plugin:`",
    ),
    (
        "in",
        "in:shop.models",
        "its module is this one, or below it",
    ),
];

/// What `kind:` takes.
pub const KINDS: [&str; 10] = [
    "method",
    "classmethod",
    "staticmethod",
    "property",
    "cached-property",
    "slot",
    "data-descriptor",
    "non-data-descriptor",
    "class",
    "value",
];

/// What `is:` takes.
pub const STANDINGS: [&str; 10] = [
    "exact",
    "assumed",
    "unknown",
    "raises",
    "not-reached",
    "abstract",
    "metaclass",
    "called",
    "project",
    "library",
];

/// Under which keys classes are registered.
pub type Registrations = FxHashMap<ClassId, Vec<String>>;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sought {
    terms: Vec<Term>,
    /// Words that the name or path has to have.
    pub words: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    asks: Asks,
    /// Whether it is to be otherwise.
    not: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Asks {
    Under(String),
    Mro(String),
    Meta(String),
    Defines(String),
    Has(String),
    Overrides(String),
    CallsSuper,
    Kind(&'static str),
    Is(&'static str),
    Depth(Bounds),
    Length(Bounds),
    Below(Bounds),
    Raises(String),
    Plugin(String),
    In(String),
}

/// From how many to how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds(usize, usize);

/// Why what was typed cannot be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SoughtError {
    /// `under:` without a name.
    Nothing {
        /// The term.
        term: &'static str,
        /// How it is used.
        example: &'static str,
    },
    /// A word that the term does not know.
    NoSuch {
        /// The term.
        term: &'static str,
        /// What was given.
        given: String,
        /// What it knows.
        known: &'static [&'static str],
    },
    /// Not a number.
    NoNumber {
        /// The term.
        term: &'static str,
        /// What was given.
        given: String,
    },
}

impl fmt::Display for SoughtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing { term, example } => {
                write!(f, "`{term}:` wants a name behind it: `{example}`")
            }
            Self::NoSuch { term, given, known } => {
                write!(
                    f,
                    "`{term}:` does not know `{given}`, but {}",
                    known.join(", ")
                )
            }
            Self::NoNumber { term, given } => {
                write!(f, "`{term}:` wants a number, not `{given}`: `{term}:>8`")
            }
        }
    }
}

/// The name of a term and what stands behind it, where a word is one.
pub fn as_term(word: &str) -> Option<(&'static str, &str)> {
    let word = word.strip_prefix('-').unwrap_or(word);
    let (name, value) = word.split_once(':')?;
    let known = TERMS.iter().find(|it| it.0 == name)?;
    Some((known.0, value))
}

impl Sought {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, SoughtError> {
        let mut sought = Self::default();
        for word in text.split_whitespace() {
            let Some((term, value)) = as_term(word) else {
                sought.words.push(word.to_owned());
                continue;
            };
            let asks = Asks::of(term, value)?;
            sought.terms.push(Term {
                asks,
                not: word.starts_with('-'),
            });
        }
        Ok(sought)
    }

    /// Whether it asks for more than a name.
    pub fn has_terms(&self) -> bool {
        !self.terms.is_empty()
    }

    /// The classes that are so, those of the project first; their names are not looked at.
    pub fn classes<'a>(&self, analysis: &'a Analysis, keys: &Registrations) -> Vec<ClassRef<'a>> {
        let mut found = self.holding(analysis, keys);
        found.sort_by_cached_key(|class| class.home());
        found
    }

    /// The ids of the classes that are so; their names are not looked at.
    pub fn ids(&self, analysis: &Analysis, keys: &Registrations) -> FixedBitSet {
        set_of(self.holding(analysis, keys).into_iter().map(ClassRef::id))
    }

    fn holding<'a>(&self, analysis: &'a Analysis, keys: &Registrations) -> Vec<ClassRef<'a>> {
        let all: Vec<ClassRef<'a>> = analysis.all_classes().collect();
        let terms: Vec<Resolved<'_>> = self.terms.iter().map(|it| Resolved::of(it, &all)).collect();
        let wants_library = self.asks_for("library");
        let is_so = |depths: &mut FxHashMap<ClassId, usize>, class: &ClassRef<'a>| {
            let class = *class;
            let mut terms_of = terms.iter();
            let holds = terms_of.all(|term| term.holds(class, &terms, keys, depths))
                && wants_library != (class.home() == ModuleOrigin::Project);
            holds.then_some(class)
        };
        let each = all.par_iter().map_init(FxHashMap::default, is_so);
        each.flatten_iter().collect()
    }

    /// Whether it asks under which keys classes are registered.
    pub fn asks_for_keys(&self) -> bool {
        let is = |it: &Term| matches!(it.asks, Asks::Plugin(_));
        self.terms.iter().any(is)
    }

    /// Whether a class has all of the words in its path.
    pub fn is_named(&self, class: ClassRef<'_>) -> bool {
        let path = class.path().to_string();
        self.words.iter().all(|word| has_letters(&path, word))
    }

    fn asks_for(&self, what: &str) -> bool {
        self.terms
            .iter()
            .any(|it| !it.not && matches!(it.asks, Asks::Is(it) if it == what))
    }
}

impl Asks {
    fn of(term: &'static str, value: &str) -> Result<Self, SoughtError> {
        let example = TERMS.iter().find(|it| it.0 == term).map_or("", |it| it.1);
        if value.is_empty() && !matches!(term, "raises" | "plugin") {
            return Err(SoughtError::Nothing { term, example });
        }
        let one_of = |known: &'static [&'static str]| {
            let found = known.iter().find(|it| **it == value).copied();
            found.ok_or_else(|| SoughtError::NoSuch {
                term,
                given: value.to_owned(),
                known,
            })
        };
        let bounds = || {
            Bounds::of(value).ok_or_else(|| SoughtError::NoNumber {
                term,
                given: value.to_owned(),
            })
        };
        let text = value.to_owned();
        Ok(match term {
            "under" => Self::Under(text),
            "mro" => Self::Mro(text),
            "meta" => Self::Meta(text),
            "defines" => Self::Defines(text),
            "has" => Self::Has(text),
            "overrides" => Self::Overrides(text),
            "calls" => {
                one_of(&["super"])?;
                Self::CallsSuper
            }
            "kind" => Self::Kind(one_of(&KINDS)?),
            "is" => Self::Is(one_of(&STANDINGS)?),
            "depth" => Self::Depth(bounds()?),
            "length" => Self::Length(bounds()?),
            "below" => Self::Below(bounds()?),
            "raises" => Self::Raises(text),
            "plugin" => Self::Plugin(text),
            _ => Self::In(text),
        })
    }
}

impl Bounds {
    /// `8`, `>8`, `<8`, `8..12`.
    fn of(text: &str) -> Option<Self> {
        if let Some(more) = text.strip_prefix('>') {
            return Some(Self(
                more.parse::<usize>().ok()?.checked_add(1)?,
                usize::MAX,
            ));
        }
        if let Some(less) = text.strip_prefix('<') {
            return Some(Self(0, less.parse::<usize>().ok()?.checked_sub(1)?));
        }
        if let Some((from, to)) = text.split_once("..") {
            return Some(Self(from.parse().ok()?, to.parse().ok()?));
        }
        let exactly = text.parse().ok()?;
        Some(Self(exactly, exactly))
    }

    fn has(self, number: usize) -> bool {
        (self.0..=self.1).contains(&number)
    }
}

/// A term, with the classes that its name means, or that give it.
struct Resolved<'t> {
    term: &'t Term,
    named: FixedBitSet,
}

impl<'t> Resolved<'t> {
    fn of(term: &'t Term, all: &[ClassRef<'_>]) -> Self {
        let named = match &term.asks {
            Asks::Under(name) | Asks::Mro(name) | Asks::Meta(name) => named(all, name),
            Asks::Has(name) | Asks::Overrides(name) => giving(all, name),
            _ => FixedBitSet::new(),
        };
        Self { term, named }
    }

    fn holds(
        &self,
        class: ClassRef<'_>,
        all: &[Self],
        keys: &Registrations,
        depths: &mut FxHashMap<ClassId, usize>,
    ) -> bool {
        let is_named = |it: ClassRef<'_>| self.named.contains(it.id().0 as usize);
        let holds = match &self.term.asks {
            Asks::Under(_) => class.known_behind().any(is_named),
            Asks::Mro(_) => is_named(class) || class.known_behind().any(is_named),
            Asks::Meta(_) => class
                .metaclass()
                .is_some_and(|meta| is_named(meta) || meta.known_behind().any(is_named)),
            Asks::Defines(name) => own(class, name),
            Asks::Has(_) => is_named(class) || class.known_behind().any(is_named),
            // A private name is another one in each class.
            Asks::Overrides(name) if name.starts_with("__") => overrides(class, name),
            Asks::Overrides(_) => is_named(class) && class.known_behind().any(is_named),
            Asks::CallsSuper => calls_super(class, all),
            Asks::Kind(kind) => class.members().values().any(|it| is_of_kind(it, kind)),
            Asks::Is(what) => is(class, what),
            Asks::Depth(bounds) => bounds.has(depth(class, depths, 0)),
            Asks::Length(bounds) => class.mro().is_some_and(|mro| bounds.has(mro.len())),
            Asks::Below(bounds) => bounds.has(class.descendants().len()),
            Asks::Raises(text) => class
                .raises()
                .is_some_and(|it| text.is_empty() || has_letters(&it.line(), text)),
            Asks::Plugin(text) => keys
                .get(&class.id())
                .is_some_and(|keys| keys.iter().any(|key| has_letters(key, text))),
            Asks::In(module) => {
                let own = class.path().module.as_str();
                let below = own.strip_prefix(module.as_str());
                below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            }
        };
        holds != self.term.not
    }
}

/// Whether a text has these letters in one piece, in any case.
fn has_letters(text: &str, letters: &str) -> bool {
    if text.is_ascii() && letters.is_ascii() {
        let (text, letters) = (text.as_bytes(), letters.as_bytes());
        let mut pieces = text.windows(letters.len().max(1));
        return letters.is_empty() || pieces.any(|piece| piece.eq_ignore_ascii_case(letters));
    }
    text.to_lowercase().contains(&letters.to_lowercase())
}

/// Whether two texts are the same, in any case.
fn is_same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    one.to_lowercase() == other.to_lowercase()
}

fn own(class: ClassRef<'_>, name: &str) -> bool {
    // Most names are as they are written: no text is made for each class.
    if !name.starts_with("__") {
        return class.members().contains_key(name);
    }
    class
        .members()
        .contains_key(mangle(class.name(), name).as_str())
}

fn overrides(class: ClassRef<'_>, name: &str) -> bool {
    if !own(class, name) {
        return false;
    }
    let mangled = mangle(class.name(), name);
    class
        .known_behind()
        .any(|behind| behind.members().contains_key(mangled.as_str()))
}

/// Whether a method reads `super()`: those that other terms of the search name, or any.
fn calls_super(class: ClassRef<'_>, all: &[Resolved<'_>]) -> bool {
    let named: Vec<&str> = all
        .iter()
        .filter(|it| !it.term.not)
        .filter_map(|it| match &it.term.asks {
            Asks::Overrides(name) | Asks::Defines(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    if named.is_empty() {
        return class.methods().iter().any(reads_super);
    }
    named.iter().all(|name| {
        let methods = class.methods_called(name);
        methods.iter().any(reads_super)
    })
}

fn reads_super(method: &Method) -> bool {
    let supers = method.supers.as_ref();
    supers.is_some_and(|it| !it.sites.is_empty())
}

fn is_of_kind(member: &Member, kind: &str) -> bool {
    match kind {
        "method" => matches!(
            member.kind,
            MemberKind::Function
                | MemberKind::Generator
                | MemberKind::AsyncFunction
                | MemberKind::AsyncGenerator
        ),
        "classmethod" => member.kind == MemberKind::Classmethod,
        "staticmethod" => member.kind == MemberKind::Staticmethod,
        "property" => member.kind == MemberKind::Property,
        "cached-property" => member.kind == MemberKind::CachedProperty,
        "slot" => member.kind == MemberKind::Slot,
        "data-descriptor" => {
            member.kind == MemberKind::DataDescriptor
                || member.kind == MemberKind::Value && member.descriptor == DescriptorKind::Data
        }
        "non-data-descriptor" => {
            member.kind == MemberKind::Descriptor
                || member.kind == MemberKind::Value && member.descriptor == DescriptorKind::NonData
        }
        "class" => member.kind == MemberKind::Class,
        _ => member.kind == MemberKind::Value && member.descriptor == DescriptorKind::None,
    }
}

fn is(class: ClassRef<'_>, what: &str) -> bool {
    match what {
        "exact" => class.sureness() == Sureness::Exact,
        "assumed" => matches!(class.sureness(), Sureness::Assumed(_)),
        "unknown" => matches!(class.sureness(), Sureness::Unknown(_)),
        "raises" => class.raises().is_some(),
        "not-reached" => class.not_reached().is_some(),
        "abstract" => {
            class.made().is_some()
                && !abstract_methods(&class.analysis().classes, class.id()).is_empty()
        }
        "metaclass" => class
            .known_ancestry()
            .iter()
            .any(|it| it.is_interpreters() && it.name() == "type"),
        "called" => matches!(class.origin(), Origin::Call(_)),
        "library" => class.home() != ModuleOrigin::Project,
        _ => class.home() == ModuleOrigin::Project,
    }
}

/// How many bases stand above one another over a class. A chain that damaged data makes endless ends somewhere.
fn depth(class: ClassRef<'_>, known: &mut FxHashMap<ClassId, usize>, at: usize) -> usize {
    const DEEPEST: usize = 500;
    if let Some(&depth) = known.get(&class.id()) {
        return depth;
    }
    if at > DEEPEST {
        return 0;
    }
    let bases = class.bases().into_iter();
    let depth = bases
        .map(|base| depth(base, known, at + 1) + 1)
        .max()
        .unwrap_or(0);
    known.insert(class.id(), depth);
    depth
}

/// The classes whose own body gives a name.
fn giving(all: &[ClassRef<'_>], name: &str) -> FixedBitSet {
    let giving = all.par_iter().filter(|class| own(**class, name));
    let ids: Vec<ClassId> = giving.map(|class| class.id()).collect();
    set_of(ids.into_iter())
}

/// The classes that a name means: all that are called so; where none is, all that have its letters. `*` stands for any.
fn named(all: &[ClassRef<'_>], name: &str) -> FixedBitSet {
    #[derive(PartialEq, Eq)]
    enum Fits {
        Exactly,
        HasLetters,
    }
    let wanted = name.to_lowercase();
    // The path is looked at only where one is asked for.
    let has_path = wanted.contains([':', '.']);
    let fit = |class: &ClassRef<'_>| {
        let path = class.path();
        let exactly = if wanted.contains('*') {
            fits(&wanted, &path.qualname.to_lowercase())
                || fits(&wanted, &path.to_string().to_lowercase())
        } else if is_same(path.name(), name) || is_same(&path.qualname, name) {
            true
        } else if has_path {
            let path = path.to_string();
            is_same(&path, name) || is_same(&path.replace(':', "."), name)
        } else {
            false
        };
        if exactly {
            return Some((class.id(), Fits::Exactly));
        }
        has_letters(&path.qualname, name).then_some((class.id(), Fits::HasLetters))
    };
    let found: Vec<(ClassId, Fits)> = all.par_iter().filter_map(fit).collect();
    let is_exact = |it: &(ClassId, Fits)| it.1 == Fits::Exactly;
    let only_exact = found.iter().any(is_exact) || wanted.contains('*');
    let meant = found.iter().filter(|it| !only_exact || is_exact(it));
    set_of(meant.map(|it| it.0))
}

fn set_of(classes: impl Iterator<Item = ClassId>) -> FixedBitSet {
    classes.map(|id| id.0 as usize).collect()
}

/// Whether a text is as a pattern with `*` says.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_a_known_name_before_a_colon_are_terms_and_others_are_not() {
        let sought = Sought::parse("overrides:save -calls:super cart shop.base:pri depth:>8");
        let sought = sought.expect("all of it can be read");
        assert_eq!(sought.words, ["cart", "shop.base:pri"]);
        let asks: Vec<&Asks> = sought.terms.iter().map(|it| &it.asks).collect();
        assert_eq!(asks[0], &Asks::Overrides("save".into()));
        assert_eq!(asks[2], &Asks::Depth(Bounds(9, usize::MAX)));
        assert!(sought.terms[1].not);
    }

    #[test]
    fn what_a_term_does_not_know_is_said_with_what_it_knows() {
        let said = |text: &str| Sought::parse(text).expect_err("it is wrong").to_string();
        assert!(said("is:odd").starts_with("`is:` does not know `odd`, but exact, assumed"));
        assert_eq!(
            said("depth:many"),
            "`depth:` wants a number, not `many`: `depth:>8`"
        );
        assert_eq!(
            said("under:"),
            "`under:` wants a name behind it: `under:View`"
        );
    }

    #[test]
    fn a_star_stands_for_any_letters() {
        assert!(fits("*mixin", "formmixin"));
        assert!(fits("form*", "formmixin"));
        assert!(fits("f*m*n", "formmixin"));
        assert!(!fits("*mixin", "mixins"));
        assert!(fits("*", ""));
    }
}
