//! Functions of a library that import what a URL names: `create_engine("duckdb:///shop.db")` imports the module of the entry point `duckdb`.

use rustc_hash::FxHashMap;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Definition, Value};
use crate::source::Place;

/// Such functions, and what their URLs may name.
#[derive(Debug, Clone, Default)]
pub struct NamedByUrl {
    /// The functions: `module:qualname`. The URL is their first argument.
    pub functions: Vec<String>,
    /// The package in which what a URL names is looked for first.
    pub inside: String,
    /// Names of entry points, and their modules.
    pub points: FxHashMap<String, Name>,
}

impl NamedByUrl {
    /// The module that a URL names: that of the entry point which has the name of its scheme, unless the package has one; `is_there` says so.
    pub fn module(&self, url: &str, is_there: impl Fn(&str) -> bool) -> Option<Name> {
        let (scheme, _) = url.split_once(':')?;
        let name = scheme.replace('+', ".");
        let first = name.split('.').next().unwrap_or_default();
        let own = format!("{}.{first}", self.inside);
        if !first.is_empty() && is_there(&own) {
            return Some(Name::from(own));
        }
        self.points.get(&name).cloned()
    }
}

impl Run<'_, '_> {
    /// Imports what a call of such a function imports.
    pub(crate) fn import_named_by_url(
        &mut self,
        function: &Definition,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<()> {
        let world = self.world;
        if world.named_by_url.is_empty() {
            return Ok(());
        }
        let is_it = |it: &&NamedByUrl| {
            it.functions.iter().any(|path| {
                path.split_once(':').is_some_and(|(module, qualname)| {
                    function.qualname == *qualname && self.module(function.module).name == *module
                })
            })
        };
        let Some(named) = world.named_by_url.iter().find(is_it) else {
            return Ok(());
        };
        let Some(Value::Str(url)) = arguments.positional.first() else {
            return Ok(());
        };
        let is_there = |it: &str| world.installed.find(it).is_some();
        if let Some(module) = named.module(url, is_there) {
            self.import(&module, at)?;
        }
        Ok(())
    }
}
