//! Functions of a framework that import what a URL names.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::Name;
use crate::analysis::EntryPoint;
use crate::evaluate::NamedByUrl;
use crate::plugins::entry_points::value_parts;
use crate::plugins::frameworks::{FILES, Framework};

/// Functions whose first argument is a URL; the entry point that has the name of its scheme is loaded: `create_engine("duckdb:///shop.db")`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct Urls {
    /// The functions: `module:qualname`.
    pub(in crate::plugins) call: Vec<String>,
    /// The group of the entry points.
    pub(in crate::plugins) group: String,
    /// A package of the framework's own in which the name is looked for first.
    pub(in crate::plugins) inside: String,
}

impl Urls {
    /// The same, with the entry points that are declared.
    pub(in crate::plugins) fn among(&self, declared: &[EntryPoint]) -> NamedByUrl {
        // The first that has a name counts.
        let mut points: FxHashMap<String, Name> = FxHashMap::default();
        let of_group = declared.iter().filter(|it| it.group == self.group);
        for it in of_group {
            let module = value_parts(&it.value).0;
            let known = points.entry(it.name.clone());
            known.or_insert_with(|| Name::from(module));
        }
        NamedByUrl {
            functions: self.call.clone(),
            inside: self.inside.clone(),
            points,
        }
    }
}

/// The functions of all frameworks that import what a URL names, where an entry point may be meant.
pub fn named_by_url(declared: &[EntryPoint]) -> Vec<NamedByUrl> {
    let files = FILES.iter().filter(|it| it.contains("[[urls]]"));
    let read = files.filter_map(|text| toml::from_str::<Framework>(text).ok());
    let named = read.flat_map(|it| it.urls.into_iter().map(|it| it.among(declared)));
    named.filter(|it| !it.points.is_empty()).collect()
}
