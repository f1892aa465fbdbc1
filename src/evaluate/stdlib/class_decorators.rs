//! What decorators of the standard library refuse: `total_ordering`, `runtime_checkable`, `unique`.

use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::source::Place;

impl Run<'_, '_> {
    /// `functools.total_ordering` wants one of the four comparisons to begin with.
    pub(super) fn check_ordering(&mut self, class: &Value, at: Option<Place>) -> Eval<()> {
        let Value::Class(id) = class else {
            return Ok(());
        };
        let has_one = ["__lt__", "__le__", "__gt__", "__ge__"]
            .iter()
            .any(|method| self.defines_beyond_object(*id, method));
        if has_one || !self.is_whole(*id) {
            return Ok(());
        }
        let message = "must define at least one ordering operation: < > <= >=";
        Err(self.verdict("ValueError", message.to_owned(), at))
    }

    /// `typing.runtime_checkable` takes protocols alone.
    pub(super) fn check_runtime_checkable(&mut self, class: &Value, at: Option<Place>) -> Eval<()> {
        let Value::Class(id) = class else {
            return Ok(());
        };
        if !self.is_whole(*id) || self.is_protocol(*id) {
            return Ok(());
        }
        let shown = self.shown_class(*id);
        let message =
            format!("@runtime_checkable can be only applied to protocol classes, got {shown}");
        Err(self.verdict("TypeError", message, at))
    }

    /// `enum.unique` wants no value twice.
    pub(super) fn check_unique(&mut self, class: &Value, at: Option<Place>) -> Eval<()> {
        let Value::Class(id) = class else {
            return Ok(());
        };
        let Some(facts) = self.enum_facts.get(id) else {
            // It reads `__members__`, which only `EnumType` gives.
            let is_plain = self.metaclass_of(*id) == Some(self.known.type_)
                && self.is_whole(*id)
                && self.find_in_mro(*id, "__members__").is_none();
            if !is_plain {
                return Ok(());
            }
            let message = format!(
                "type object '{}' has no attribute '__members__'",
                self.classes.get(*id).path.name()
            );
            return Err(self.verdict("AttributeError", message, at));
        };
        if facts.aliases.is_empty() {
            return Ok(());
        }
        let told: Vec<String> = facts
            .aliases
            .iter()
            .map(|(alias, name)| format!("{alias} -> {name}"))
            .collect();
        let kind =
            if self.is_flag(*id) && self.world.version >= crate::source::PythonVersion::three(11) {
                "flag"
            } else {
                "enum"
            };
        let message = format!(
            "duplicate values found in <{kind} '{}'>: {}",
            self.classes.get(*id).path.name(),
            told.join(", ")
        );
        Err(self.verdict("ValueError", message, at))
    }
}
