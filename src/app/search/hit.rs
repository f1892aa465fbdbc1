//! A thing that was found, as it is shown: its name with the letters that matched, and where it belongs.

use crate::analysis::{Analysis, ClassRef};
use crate::app::search::{Hits, Index, Thing, What};
use crate::view::letters::run;
use crate::view::{Role, Span, class_role, kind_letter};

/// A thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub thing: Thing,
    /// The letter of its kind.
    pub sign: Span,
    /// Its name, the letters that matched set apart.
    pub name: Vec<Span>,
    /// What is said beside it: who gives it.
    pub said: Vec<Span>,
    /// Where it belongs, likewise.
    pub place: Vec<Span>,
}

impl Index {
    /// One of the things that were found.
    pub fn hit(&self, analysis: &Analysis, hits: &Hits, position: usize) -> Option<Hit> {
        let thing = self.thing(hits, position)?;
        let (mut said, place): (Vec<Span>, String);
        let (sign, name, role);
        match &thing {
            Thing::Class(id) => {
                let class = analysis.class(*id);
                // By an entry point it is found under another name.
                let entry = match &hits.found[position].what {
                    What::Entry(at) => self.entry(*at)?,
                    What::Other(_) => return None,
                };
                (sign, role) = ("k", class_role(class));
                name = entry.name.to_string();
                said = standing(class);
                place = match entry.path.split_once(':') {
                    Some((before, _)) => before.to_owned(),
                    None => class.path().module.to_string(),
                };
            }
            Thing::Member {
                class,
                given_by,
                name: member,
            } => {
                let (class, by) = (analysis.class(*class), analysis.class(*given_by));
                let kind = by.members().get(member).map(kind_letter);
                (sign, role) = kind.unwrap_or(("—", Role::Unknown));
                name = format!("{}.{member}", class.path().qualname);
                said = vec![];
                if class != by {
                    said.push(Span::faint("from "));
                    said.push(Span::new(&by.path().qualname, class_role(by)));
                }
                place = class.path().module.to_string();
            }
            Thing::Module(module) => {
                (sign, role) = ("▤", Role::Module);
                name = module.to_string();
                said = vec![];
                place = String::from("module");
            }
            Thing::Registry(registry) => {
                (sign, role) = ("▦", Role::Heading);
                name = registry.clone();
                said = vec![];
                place = String::from("registry");
            }
            Thing::Key { registry, class } => {
                let entry = match &hits.found[position].what {
                    What::Entry(at) => self.entry(*at)?,
                    What::Other(_) => return None,
                };
                (sign, role) = ("=", Role::String);
                name = entry.name.to_string();
                said = vec![];
                if let Some(class) = class.map(|id| analysis.class(id)) {
                    said.push(Span::faint("is "));
                    said.push(Span::new(&class.path().qualname, class_role(class)));
                }
                place = registry.clone();
            }
            Thing::Rule(rule) => {
                (sign, role) = ("!", Role::Warning);
                name = (*rule).to_owned();
                said = vec![];
                place = String::from("rule of check");
            }
            Thing::Line { file, line } => {
                (sign, role) = ("≡", Role::Plain);
                name = format!("{}:{line}", analysis.file(*file).shown);
                said = vec![];
                place = String::from("file");
            }
        }
        let mut in_name = vec![];
        let mut in_place = vec![];
        for word in &hits.words {
            self.mark(word, (&name, &mut in_name), (&place, &mut in_place));
        }
        Some(Hit {
            sign: Span::new(sign, role),
            name: Span::new(&name, role).marked(&in_name),
            place: Span::faint(&place).marked(&in_place),
            said,
            thing,
        })
    }

    /// What stands at a position among what was found.
    pub fn thing(&self, hits: &Hits, position: usize) -> Option<Thing> {
        match &hits.found.get(position)?.what {
            What::Entry(at) => Some(self.entry(*at)?.thing.clone()),
            What::Other(thing) => Some(thing.clone()),
        }
    }

    /// Notes which letters of the name or else of the place a word has.
    fn mark(
        &self,
        word: &str,
        (name, in_name): (&str, &mut Vec<usize>),
        (place, in_place): (&str, &mut Vec<usize>),
    ) {
        // `View.disp` and `shop.cart:Item` are marked part by part.
        let parts: Vec<&str> = word.split(['.', ':']).filter(|it| !it.is_empty()).collect();
        let pieces = if !run(name, word).is_empty() || !run(place, word).is_empty() {
            vec![word]
        } else {
            parts
        };
        for piece in pieces {
            let here = run(name, piece);
            if !here.is_empty() {
                in_name.extend(here);
                continue;
            }
            let there = run(place, piece);
            if !there.is_empty() {
                in_place.extend(there);
                continue;
            }
            let scattered = self.base.fuzzy.places(name, piece);
            if scattered.is_empty() {
                in_place.extend(self.base.fuzzy.places(place, piece));
            }
            in_name.extend(scattered);
        }
    }
}

/// What tells a class apart that is not just made.
fn standing(class: ClassRef<'_>) -> Vec<Span> {
    if class.raises().is_some() {
        vec![Span::new("✗ raises", Role::Error)]
    } else if class.not_reached().is_some() {
        vec![Span::new("◇ not reached", Role::Warning)]
    } else {
        vec![]
    }
}
