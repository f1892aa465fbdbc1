//! What instances are given by the methods of a class: `self.x = …` anywhere along its MRO.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::Name;
use crate::analysis::{ClassRef, Definition};
use crate::semantics::{Assigned, DescriptorKind};
use crate::source::Place;
use crate::view::bounded::{LONGEST, one_line};
use crate::view::members::is_shown;
use crate::view::words::{Names, place_link, short_place};
use crate::view::{Line, MemberSettings, Role, Settings, Span};

/// An attribute that methods give, and who does.
pub(super) struct Given<'a> {
    /// Its name, or a pattern of names.
    pub(super) name: &'a Name,
    /// The first class of the MRO whose methods give it, or whose body speaks of it.
    pub(super) class: ClassRef<'a>,
    first: First<'a>,
    /// How many methods give it, along the whole MRO.
    methods: usize,
}

/// What speaks of it first.
#[derive(Clone, Copy)]
enum First<'a> {
    Method(&'a Assigned),
    /// An annotation alone, at this place: nobody was seen to give it.
    Annotation(Place),
}

/// What the methods along the MRO give, in order of the MRO; each name once.
pub(super) fn given<'a>(
    class: ClassRef<'a>,
    ancestry: &[ClassRef<'a>],
    settings: &Settings,
) -> Vec<Given<'a>> {
    let switches: MemberSettings = settings.members;
    let mut by_name: IndexMap<(&Name, bool), Given<'a>, FxBuildHasher> = IndexMap::default();
    for &ancestor in ancestry {
        if ancestor != class && !switches.inherited {
            continue;
        }
        for assigned in ancestor.assigned() {
            by_name
                .entry((&assigned.name, assigned.on_class))
                .and_modify(|known| known.methods += 1)
                .or_insert(Given {
                    name: &assigned.name,
                    class: ancestor,
                    first: First::Method(assigned),
                    methods: 1,
                });
        }
    }
    for &ancestor in ancestry {
        let counts = ancestor == class || switches.inherited;
        for annotated in ancestor.annotated().iter().filter(|_| counts) {
            by_name.entry((&annotated.name, false)).or_insert(Given {
                name: &annotated.name,
                class: ancestor,
                first: First::Annotation(annotated.place),
                methods: 0,
            });
        }
    }
    let wanted = by_name.into_values().filter(|it| {
        is_shown(it.name, switches) && crate::view::matches(&settings.filter, it.name)
    });
    wanted.collect()
}

/// How many different names instances are given.
pub(super) fn count_of(ancestry: &[ClassRef<'_>]) -> usize {
    let names: FxHashSet<&Name> = ancestry
        .iter()
        .flat_map(|it| it.assigned())
        .filter(|it| !it.on_class)
        .map(|it| &it.name)
        .collect();
    names.len()
}

impl Given<'_> {
    /// The row of the table. `winner` is what the class itself has under that name.
    pub(super) fn row(&self, table: usize, names: &Names, winner: Option<Definition<'_>>) -> Line {
        let analysis = self.class.analysis();
        let place = match self.first {
            First::Method(assigned) => assigned.place,
            First::Annotation(place) => place,
        };
        let (letter, role) = match self.first {
            First::Method(it) if it.is_pattern => ("*", Role::Unknown),
            First::Method(it) if it.on_class => ("v", Role::Value),
            First::Method(_) => ("i", Role::Value),
            First::Annotation(_) => ("a", Role::Faint),
        };
        let cells = vec![
            vec![Span::new(letter, role)],
            vec![Span::new(self.name, role)],
            vec![names.span(self.class)],
            vec![Span::faint(short_place(analysis, place))],
            vec![Span::faint(self.said(winner))],
        ];
        Line::row(table, cells)
            .to(place_link(analysis, Some(place)))
            .about(self.name)
    }

    fn said(&self, winner: Option<Definition<'_>>) -> String {
        let first = match self.first {
            First::Method(assigned) => assigned,
            First::Annotation(place) => {
                let annotation = one_line(self.class.analysis().text_of(place), LONGEST);
                return format!("annotated only: {annotation}");
            }
        };
        let method = &first.method;
        let by = match (method.is_empty(), self.methods) {
            (true, _) => String::new(),
            (false, 1) => format!(" in {method}"),
            (false, 2) => format!(" in {method} and another method"),
            (false, more) => format!(" in {method} and {} other methods", more - 1),
        };
        if first.is_pattern && first.on_class && method.is_empty() {
            return "other names, which are not known, may be there".to_owned();
        }
        if first.on_class {
            return format!("set on the class{by}");
        }
        let Some(winner) = winner else {
            // That it is the instance's is said by its letter.
            return if by.is_empty() {
                "set on the instance".to_owned()
            } else {
                format!("set{by}")
            };
        };
        let owner = winner.class.name();
        match winner.member.descriptor {
            DescriptorKind::Data => {
                format!("to the data descriptor of {owner}{by}")
            }
            _ => format!("hides that of {owner} once set{by}"),
        }
    }
}
