//! What a framework's objects keep: under attributes, and under names by which rules lead to functions.

use serde::Deserialize;

/// How functions get the names by which rules lead to them: `app.add_url_rule("/", endpoint="index")`, `@app.endpoint("index")`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct Endpoints {
    /// Classes of the objects whose methods these are.
    pub(in crate::plugins) on: Vec<String>,
    /// Those among them whose name stands before, with a dot.
    pub(in crate::plugins) named: Vec<String>,
    /// Methods that decorate a function and are handed its name.
    pub(in crate::plugins) method: Vec<String>,
    /// Methods that decorate a function, or are handed one, whose name is its own unless the keyword says another.
    pub(in crate::plugins) rules: Vec<String>,
    /// The keyword, which may be the second argument where a function is handed over,
    pub(in crate::plugins) keyword: String,
    /// and that function, which may be the third.
    pub(in crate::plugins) function: String,
    /// The attribute of the object in which the functions stand by their names.
    pub(in crate::plugins) held: String,
}

/// What an object of the framework holds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct Attribute {
    /// The class of the object: `module:qualname`.
    pub(in crate::plugins) on: String,
    /// The attribute.
    pub(in crate::plugins) name: String,
    /// The class of what it holds.
    pub(in crate::plugins) is: String,
    /// Or the keyword of the call that makes the object which says it,
    pub(in crate::plugins) made: String,
    /// the keyword with a path whose last part it is where that says nothing, behind a slash,
    pub(in crate::plugins) last_of: String,
    /// and what it is where neither does.
    pub(in crate::plugins) usually: String,
}

/// A name of the framework's that stands for an object of a class of its own, whatever its statement says: a proxy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct StandsFor {
    /// The name: `module:qualname`.
    pub(in crate::plugins) path: String,
    /// The class.
    pub(in crate::plugins) is: String,
}

/// Methods that a framework calls for each class of a program's that has them, once it knows of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct ForClasses {
    /// The methods.
    pub(in crate::plugins) method: Vec<String>,
    /// Attributes one of which a class has of which it knows.
    pub(in crate::plugins) having: Vec<String>,
}
