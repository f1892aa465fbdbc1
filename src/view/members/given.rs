//! What instances are given by the methods of a class: `self.x = …` anywhere along its MRO.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::Name;
use crate::analysis::{ClassRef, Definition};
use crate::semantics::{Assigned, DescriptorKind};
use crate::view::members::is_shown;
use crate::view::words::{Names, place_link, short_place};
use crate::view::{Line, MemberSettings, Role, Settings, Span};

/// An attribute that methods give, and who does.
pub(super) struct Given<'a> {
    /// Its name, or a pattern of names.
    pub(super) name: &'a Name,
    /// The first class of the MRO whose methods give it.
    pub(super) class: ClassRef<'a>,
    /// The first place there.
    pub(super) first: &'a Assigned,
    /// How many methods give it, along the whole MRO.
    pub(super) methods: usize,
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
                    first: assigned,
                    methods: 1,
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
        let place = self.first.place;
        let (letter, role) = match (self.first.is_pattern, self.first.on_class) {
            (true, _) => ("*", Role::Unknown),
            (false, true) => ("c", Role::Value),
            (false, false) => ("i", Role::Value),
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
        let method = &self.first.method;
        let by = match (method.is_empty(), self.methods) {
            (true, _) => String::new(),
            (false, 1) => format!(" in {method}"),
            (false, 2) => format!(" in {method} and another method"),
            (false, more) => format!(" in {method} and {} other methods", more - 1),
        };
        if self.first.on_class {
            return format!("set on the class{by}");
        }
        let Some(winner) = winner else {
            return format!("set on the instance{by}");
        };
        let owner = winner.class.name();
        match winner.member.descriptor {
            DescriptorKind::Data => {
                format!("goes to the data descriptor of {owner}{by}")
            }
            _ => format!("hides that of {owner} once it is set{by}"),
        }
    }
}
