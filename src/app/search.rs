//! `Search`: finds classes, members, modules, plugins, rules and lines by a few letters of their names, as people type them; and classes by
//! what they are.

mod hit;
mod members;
mod ranked;

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::Name;
use crate::analysis::{
    Analysis, ClassRef, ModuleOrigin, Registrations, Sought, as_term, says_nothing,
};
use crate::plugins::{Atlas, class_of_entry_point, registrations};
use crate::semantics::{ClassId, Leads, TypeNewError};
use crate::source::FileId;
use crate::view::Fuzzy;
use crate::view::letters::{has_in_order, letters, run};

pub use hit::Hit;

use ranked::{Rank, Way, way};

/// So many of what was found are put in order; nobody goes through more of them.
const ORDERED: usize = 1_000;

/// Of which kind a thing is: words such as `member:save` ask for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A class.
    Class,
    /// A module.
    Module,
    /// A registry.
    Registry,
    /// A name of a class.
    Member,
    /// What is registered under a key.
    Key,
    /// A kind of fault that `check` names.
    Rule,
    /// A line of a file.
    Line,
}

impl Kind {
    /// The words that ask for one kind.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("class", Self::Class),
        ("member", Self::Member),
        ("module", Self::Module),
        ("registry", Self::Registry),
        ("key", Self::Key),
        ("rule", Self::Rule),
    ];
}

/// What can be found by its name.
struct Entry {
    thing: Thing,
    /// `Cart.Item`.
    name: Box<str>,
    /// `shop.cart:Cart.Item`.
    path: Box<str>,
    /// The letters that occur in the path, a bit each.
    letters: u64,
    home: ModuleOrigin,
}

/// What an entry stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A class.
    Class(ClassId),
    /// A module.
    Module(Name),
    /// A registry.
    Registry(String),
    /// What is registered in a registry under a key.
    Key {
        /// The registry.
        registry: String,
        /// The class that stands there, if one does.
        class: Option<ClassId>,
    },
    /// A kind of fault.
    Rule(&'static str),
    /// A name of a class.
    Member {
        /// The class as which one looks.
        class: ClassId,
        /// The class of its MRO that gives the name.
        given_by: ClassId,
        /// The name.
        name: Name,
    },
    /// A line of a file.
    Line {
        /// The file.
        file: FileId,
        /// The line, from 1.
        line: u32,
    },
}

impl Thing {
    fn kind(&self) -> Kind {
        match self {
            Self::Class(_) => Kind::Class,
            Self::Module(_) => Kind::Module,
            Self::Registry(_) => Kind::Registry,
            Self::Key { .. } => Kind::Key,
            Self::Rule(_) => Kind::Rule,
            Self::Member { .. } => Kind::Member,
            Self::Line { .. } => Kind::Line,
        }
    }
}

/// Everything of an analysis that can be found, ready to be searched.
pub struct Index {
    base: Arc<Base>,
    /// What the atlas adds.
    more: Vec<Entry>,
    keys: Registrations,
}

/// What the analysis alone has.
struct Base {
    entries: Vec<Entry>,
    members: members::Members,
    fuzzy: Fuzzy,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// What was typed.
    pub text: String,
    /// Classes that were read lately.
    pub recent: Vec<ClassId>,
}

/// What a search found, best first.
#[derive(Default)]
pub struct Hits {
    /// The words of names that were looked for.
    words: Vec<String>,
    found: Vec<Found>,
    total: usize,
    /// Why what was typed cannot be looked for.
    pub wrong: Option<String>,
}

/// One thing that was found.
struct Found {
    rank: Rank,
    what: What,
}

enum What {
    Entry(u32),
    Other(Thing),
}

impl What {
    /// What decides between two that match alike: the order of their paths or names.
    fn order(&self) -> (u32, &str) {
        match self {
            Self::Entry(at) => (*at, ""),
            Self::Other(Thing::Member { name, .. }) => (u32::MAX, name),
            Self::Other(_) => (u32::MAX, ""),
        }
    }
}

impl Index {
    /// Takes in an analysis, the interpreter's classes too.
    pub fn new(analysis: &Analysis) -> Self {
        let entry = |thing, name: &str, path: String, home| Entry {
            thing,
            name: name.into(),
            letters: letters(&path),
            path: path.into(),
            home,
        };
        let classes: Vec<ClassRef<'_>> = analysis.all_classes().collect();
        let mut entries: Vec<Entry> = classes
            .par_iter()
            .map(|class| {
                let path = class.path();
                let thing = Thing::Class(class.id());
                entry(thing, &path.qualname, path.to_string(), class.home())
            })
            .collect();
        // A class is also found by the entry points that lead to it.
        entries.extend(analysis.entry_points.iter().filter_map(|it| {
            let class = analysis.class(class_of_entry_point(analysis, &it.value)?);
            let path = format!("{}:{}", it.group, it.name);
            Some(entry(
                Thing::Class(class.id()),
                &it.name,
                path,
                class.home(),
            ))
        }));
        entries.extend(analysis.modules.iter().map(|module| {
            let thing = Thing::Module(module.name.clone());
            entry(thing, &module.name, module.name.to_string(), module.origin)
        }));
        entries.extend(rules().map(|rule| {
            let thing = Thing::Rule(rule);
            entry(thing, rule, rule.to_owned(), ModuleOrigin::StandardLibrary)
        }));
        // So their places are the order of their paths, and no search compares paths any more.
        entries.par_sort_unstable_by(|one, other| one.path.cmp(&other.path));
        let declared = analysis.entry_points.iter().filter_map(|it| {
            let class = class_of_entry_point(analysis, &it.value)?;
            Some((class, it.name.clone()))
        });
        let mut keys = Registrations::default();
        for (class, key) in declared {
            keys.entry(class).or_default().push(key);
        }
        let base = Base {
            entries,
            members: members::Members::of(&classes),
            fuzzy: Fuzzy::default(),
        };
        Self {
            base: Arc::new(base),
            more: vec![],
            keys,
        }
    }

    /// The same with what is registered where.
    #[must_use]
    pub fn with(&self, atlas: &Atlas, analysis: &Analysis) -> Self {
        let mut index = Self {
            base: Arc::clone(&self.base),
            more: vec![],
            keys: registrations(atlas),
        };
        for (class, keys) in &self.keys {
            index.keys.entry(*class).or_default().extend(keys.clone());
        }
        let mut add = |thing, name: &str, path: String| {
            index.more.push(Entry {
                thing,
                name: name.into(),
                letters: letters(&path),
                path: path.into(),
                home: ModuleOrigin::Project,
            });
        };
        for registry in &atlas.registries {
            add(
                Thing::Registry(registry.name.clone()),
                &registry.name,
                registry.name.clone(),
            );
            for row in &registry.rows {
                let class = match row.leads {
                    Leads::Class(class) => Some(class),
                    _ => None,
                };
                let Some(key) = &row.key else { continue };
                let key = key.trim_matches('\'');
                let thing = Thing::Key {
                    registry: registry.name.clone(),
                    class,
                };
                let leads = class.map(|class| analysis.class(class).path().to_string());
                let path = format!("{key} {}", leads.as_deref().unwrap_or(&registry.name));
                add(thing, key, path);
            }
        }
        index.more.sort_by(|one, other| one.path.cmp(&other.path));
        index
    }

    /// How many things can be found.
    pub fn len(&self) -> usize {
        self.base.entries.len() + self.base.members.len() + self.more.len()
    }

    fn entry(&self, at: u32) -> Option<&Entry> {
        let at = at as usize;
        let base = &self.base.entries;
        base.get(at).or_else(|| self.more.get(at - base.len()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds what has every word that was typed, in any order, in its name or path; and is what terms ask for.
    pub fn find(&self, analysis: &Analysis, asked: &Asked) -> Hits {
        let mut hits = Hits::default();
        let (kind, text) = kind_of(&asked.text);
        let sought = match Sought::parse(&text) {
            Ok(sought) => sought,
            Err(error) => {
                hits.wrong = Some(error.to_string());
                return hits;
            }
        };
        let words: Vec<&str> = sought.words.iter().map(String::as_str).collect();
        let recent: FxHashSet<ClassId> = asked.recent.iter().copied().collect();
        let only = sought.has_terms().then(|| sought.ids(analysis, &self.keys));
        if words.is_empty() && only.is_none() && kind.is_none() {
            return hits;
        }
        let wants = |of: Kind| kind.is_none_or(|kind| kind == of);
        let is_meant = |entry: &Entry| {
            let is_of = wants(entry.thing.kind());
            is_of
                && only.as_ref().is_none_or(|only| match entry.thing {
                    Thing::Class(class) => only.contains(class.0 as usize),
                    _ => false,
                })
        };
        let entries = self.base.entries.par_iter();
        let mut found: Vec<Found> = entries
            .chain(self.more.par_iter())
            .enumerate()
            .filter(|(_, entry)| is_meant(entry))
            .filter_map(|(at, entry)| {
                let rank = self.rank(entry, &words, &recent)?;
                let what = What::Entry(at as u32);
                Some(Found { rank, what })
            })
            .collect();
        if only.is_none() && !words.is_empty() && wants(Kind::Member) {
            let asks_for_members = kind == Some(Kind::Member);
            let members = self
                .base
                .members
                .find(analysis, &words, &recent, asks_for_members);
            found.extend(members);
            found.extend(self.of_classes(analysis, &words, &recent));
        }
        if kind.is_none() && only.is_none() {
            found.extend(words.iter().flat_map(|word| lines(analysis, word)));
        }
        hits.total = found.len();
        let order = |one: &Found, other: &Found| {
            let by_rank = one.rank.cmp(&other.rank);
            by_rank.then_with(|| one.what.order().cmp(&other.what.order()))
        };
        if found.len() > ORDERED {
            found.select_nth_unstable_by(ORDERED, order);
            found.truncate(ORDERED);
        }
        found.sort_unstable_by(order);
        hits.words.clone_from(&sought.words);
        hits.found = found;
        hits
    }

    fn rank(&self, entry: &Entry, words: &[&str], recent: &FxHashSet<ClassId>) -> Option<Rank> {
        let (mut best, mut worst) = (Way::Path, Way::Is);
        let mut score = 0;
        let is_rule = matches!(entry.thing, Thing::Rule(_));
        for word in words {
            if letters(word) & !entry.letters != 0 {
                return None;
            }
            // Of the few words that are rules, a part says which is meant; scattered letters do not.
            if is_rule && (word.len() < 3 || run(&entry.name, word).is_empty()) {
                return None;
            }
            let (mut way, points) = way(&self.base.fuzzy, &entry.name, &entry.path, word)?;
            // A module's name is its path: letters scattered over it say no more than over that of a class in it.
            if way == Way::Name && entry.name == entry.path {
                way = Way::Path;
            }
            best = best.min(way);
            worst = worst.max(way);
            score += points;
        }
        let is_recent = matches!(&entry.thing, Thing::Class(class) if recent.contains(class));
        Some(Rank {
            // `threading Thread`: its own name, and where it is.
            is_not_named: best != Way::Is || worst > Way::InPath,
            way: worst,
            is_not_recent: !is_recent,
            home: entry.home,
            kind: entry.thing.kind(),
            score: Reverse(score),
            length: entry.name.len(),
        })
    }

    /// `View.disp`, or `disp View`: names that classes of such a name have, whoever gives them.
    fn of_classes(
        &self,
        analysis: &Analysis,
        words: &[&str],
        recent: &FxHashSet<ClassId>,
    ) -> Vec<Found> {
        let mut found = vec![];
        if let [only] = words
            && let Some((class, name)) = only.rsplit_once('.')
        {
            for (rank, id) in self.named(class, recent, true) {
                let class = analysis.class(id);
                found.extend(members::of_class(class, &[name], rank, true));
            }
            return found;
        }
        if words.len() < 2 {
            return found;
        }
        let mut seen: FxHashSet<(ClassId, Name)> = FxHashSet::default();
        for (at, class) in words.iter().enumerate() {
            // Of a letter or two there are too many classes.
            if class.len() < 3 || class.contains('.') {
                continue;
            }
            let mut names = words.to_vec();
            names.remove(at);
            for (rank, id) in self.named(class, recent, false) {
                let class = analysis.class(id);
                let of_class = members::of_class(class, &names, rank, false);
                found.extend(of_class.into_iter().filter(|it| match &it.what {
                    What::Other(Thing::Member { class, name, .. }) => {
                        seen.insert((*class, name.clone()))
                    }
                    _ => false,
                }));
            }
        }
        found
    }

    /// The classes whose names have a word, best first: in one piece, or where that is wanted its letters with others between them.
    fn named(
        &self,
        word: &str,
        recent: &FxHashSet<ClassId>,
        scatters: bool,
    ) -> Vec<(Rank, ClassId)> {
        const CLASSES: usize = 40;
        if word.is_empty() {
            return vec![];
        }
        let entries = self.base.entries.par_iter();
        let mut classes: Vec<(Rank, ClassId)> = entries
            .filter_map(|entry| {
                let Thing::Class(id) = entry.thing else {
                    return None;
                };
                if letters(word) & !entry.letters != 0 {
                    return None;
                }
                let is_path = word.contains(['.', ':']);
                let scatters = scatters && word.len() > 2 && has_in_order(&entry.name, word);
                if !is_path && !scatters && run(&entry.name, word).is_empty() {
                    return None;
                }
                let rank = self.rank(entry, &[word], recent)?;
                let is_of_name = rank.way <= Way::InName || scatters && rank.way == Way::Name;
                is_of_name.then_some((rank, id))
            })
            .collect();
        if classes.len() > CLASSES {
            classes.select_nth_unstable(CLASSES);
            classes.truncate(CLASSES);
        }
        classes.sort_unstable();
        classes.dedup_by_key(|it| it.1);
        classes
    }
}

/// The word that asks for one kind, and what was typed without it: `member:save` asks for `save` among the members.
fn kind_of(text: &str) -> (Option<Kind>, String) {
    let mut kind = None;
    let mut words = vec![];
    for word in text.split_whitespace() {
        let asks = word.split_once(':').and_then(|(name, rest)| {
            let known = Kind::WORDS.iter().find(|it| it.0 == name)?;
            Some((known.1, rest))
        });
        match asks {
            Some((known, rest)) => {
                kind = Some(known);
                words.push(rest);
            }
            None => words.push(word),
        }
    }
    (kind, words.join(" "))
}

/// Whether a word asks for a kind or is a term, rather than a part of a name.
pub fn is_term(word: &str) -> bool {
    let of_kind = word.split_once(':');
    as_term(word).is_some()
        || of_kind.is_some_and(|(name, _)| Kind::WORDS.iter().any(|it| it.0 == name))
}

/// `edit.py:31`, `edit.py`: the files whose paths end so.
fn lines(analysis: &Analysis, word: &str) -> Vec<Found> {
    const LISTED: usize = 20;
    let (path, line) = match word.rsplit_once(':') {
        Some((path, line)) => match line.parse::<u32>() {
            Ok(line) => (path, line),
            Err(_) if line.is_empty() => (path, 1),
            Err(_) => return vec![],
        },
        None => (word, 1),
    };
    if !path.contains(".py") {
        return vec![];
    }
    let wanted = path.replace('\\', "/");
    let is_it = |shown: &str| {
        let before = shown.strip_suffix(&*wanted);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let files = analysis.files.iter().enumerate();
    files
        .filter(|(_, file)| is_it(&file.shown))
        .take(LISTED)
        .map(|(at, file)| {
            let file_id = FileId::at(at);
            Found {
                rank: Rank {
                    is_not_named: false,
                    way: Way::Is,
                    is_not_recent: true,
                    home: ModuleOrigin::Project,
                    kind: Kind::Line,
                    score: Reverse(0),
                    length: file.shown.len(),
                },
                what: What::Other(Thing::Line {
                    file: file_id,
                    line,
                }),
            }
        })
        .collect()
}

/// The kinds of faults that `check` names.
fn rules() -> impl Iterator<Item = &'static str> {
    TypeNewError::NAMES.into_iter().chain([
        "raises",
        "unreadable",
        "undecodable",
        "syntax",
        "dead-entry-point",
    ])
}

impl std::fmt::Debug for Hits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hits")
            .field("words", &self.words)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

impl Hits {
    /// How many can be gone through.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// Whether a name of a class is worth finding.
fn is_findable(name: &str) -> bool {
    !says_nothing(name)
}
