//! What stands in a registry because of where its file lies, or of what its class derives from.

use serde::Deserialize;

use crate::evaluate::WatchedList;

/// Files of loaded packages, each a row.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct Files {
    /// Where, below the package: `management.commands`.
    pub(in crate::plugins) inside: String,
    /// What each leads to; the module where nothing is said.
    pub(in crate::plugins) leads: String,
    /// A setting whose entries list more: `module:object.NAME`,
    pub(in crate::plugins) setting: String,
    /// the keys in each entry under which names and modules stand,
    pub(in crate::plugins) listed: Vec<String>,
    /// and those under which modules stand that are imported and have no row.
    pub(in crate::plugins) unnamed: Vec<String>,
    /// Packages that come before all that are loaded,
    pub(in crate::plugins) before: Vec<String>,
    /// and behind.
    pub(in crate::plugins) behind: Vec<String>,
    /// Whether they are imported all, so that what they register counts.
    pub(in crate::plugins) imported: bool,
    /// A name that the module has to have: without it the row is dead.
    pub(in crate::plugins) with: String,
    /// Whether nobody looks for that name before the file is used: one without it has its key all the same.
    pub(in crate::plugins) unseen: bool,
    /// Whether packages do not count.
    pub(in crate::plugins) plain: bool,
}

/// Classes that are registered by what a mapping in their bodies has under a key: `__mapper_args__ = {"polymorphic_identity": "owner"}`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct InClasses {
    /// The name of the mapping.
    pub(in crate::plugins) attribute: String,
    /// The key under which the key of the row stands.
    pub(in crate::plugins) key: String,
}

/// Lines of a setting in a file beside the project, a row each.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct Lines {
    /// The files with their sections; the first that has the key counts.
    pub(in crate::plugins) files: Vec<(String, String)>,
    /// The key of the setting.
    pub(in crate::plugins) key: String,
    /// Characters at the first of which the key of a row ends.
    pub(in crate::plugins) until: String,
}

/// What a setting of the project lists, a row each.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct OfSetting {
    /// The setting: `module:object.NAME`,
    pub(in crate::plugins) setting: String,
    /// the keys in each entry under which paths stand; none where its entries are paths.
    pub(in crate::plugins) listed: Vec<String>,
    /// The setting names a module; what counts stands there, under these names,
    pub(in crate::plugins) names: Vec<String>,
    /// or is what the objects in the list of this name lead to.
    pub(in crate::plugins) list: String,
    /// The attribute of an object there that has more of them: a list, or a module that has the same name.
    pub(in crate::plugins) inside: String,
    /// The key of an object: the first of these attributes that is there. Those of the objects around it stand before it.
    pub(in crate::plugins) key: Vec<String>,
    /// What it leads to.
    pub(in crate::plugins) leads: Vec<String>,
    /// The function that the call runs which makes such an object: `module:Class.__init__`.
    pub(in crate::plugins) made: String,
}

impl OfSetting {
    /// The list that the run is asked for.
    pub(in crate::plugins) fn watched(&self) -> Option<WatchedList> {
        (!self.list.is_empty()).then(|| WatchedList {
            name: self.list.clone(),
            inside: self.inside.clone(),
            key: self.key.clone(),
            leads: self.leads.clone(),
        })
    }
}

/// Classes that are kept because they derive from one of the framework's own, under the label of a package and their name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct Derived {
    /// The framework's classes.
    pub(in crate::plugins) bases: Vec<String>,
    /// The class in a class that says more of it: `Meta`.
    pub(in crate::plugins) within: String,
    /// The flag in that which says that a class is only there to derive from.
    pub(in crate::plugins) absent: String,
    /// How code asks for that flag: `_meta.abstract`.
    pub(in crate::plugins) absent_as: String,
    /// The name in it of another label than that of the package around.
    pub(in crate::plugins) label: String,
    /// The attribute that names a setting which may name another class in its place, and the object that keeps the setting.
    pub(in crate::plugins) swapped: String,
    /// Classes whose instances in a class have another class made beside it, `Class_attribute`,
    pub(in crate::plugins) beside: Vec<String>,
    /// unless this keyword names one.
    pub(in crate::plugins) beside_without: String,
    /// A method of objects in such a class that is called with the class and the name under which they stand there.
    pub(in crate::plugins) tells: String,
    /// Classes of objects that classes get, too, which derive from one that is only there to derive from.
    pub(in crate::plugins) inherited: Vec<String>,
}

/// A call that gives the classes that stand in a registry because of what they derive from: `apps.get_models()`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct Lists {
    /// Classes whose method it is.
    pub(in crate::plugins) on: Vec<String>,
    /// The method; what it is handed asks for others.
    pub(in crate::plugins) method: Vec<String>,
    /// Only those of the package of which the object says more.
    pub(in crate::plugins) own: bool,
    /// The registry.
    pub(in crate::plugins) of: String,
    /// Attributes that are false of each of them: `_meta.abstract`.
    pub(in crate::plugins) never: Vec<String>,
}
