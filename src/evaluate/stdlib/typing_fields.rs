//! What named tuples and `TypedDict` refuse in their fields and keywords (`NamedTupleMeta.__new__`, `_TypedDictMeta.__new__`).
//!
//! ```py
//! class Movie(TypedDict, never=True): ...     # TypeError: … got an unexpected keyword argument 'never'
//! class Cast(NamedTuple):
//!     lead: ClassVar[str]                     # TypeError: typing.ClassVar[str] is not valid as type argument
//! ```

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{AliasKind, Value};
use crate::semantics::ClassId;
use crate::source::Place;

impl Run<'_, '_> {
    /// Raises where a field of a named tuple or of a `TypedDict` is annotated with what is no type.
    pub(super) fn check_fields(
        &mut self,
        message: impl Fn(&str) -> String,
        at: Option<Place>,
    ) -> Eval<()> {
        let Some(body) = self.pending.last().map(|pending| pending.body) else {
            return Ok(());
        };
        let handed = self.handed_annotations.get(&body).cloned();
        let Some(annotations) = handed.or_else(|| self.annotations_in(body)) else {
            return Ok(());
        };
        let (entries, _) = self.dict_entries(&annotations).unwrap_or_default();
        for (name, hint) in entries {
            let Value::Str(name) = name else { continue };
            self.check_type(&hint, &message(&name), false, at)?;
        }
        Ok(())
    }

    /// Raises for keywords of a class statement that the metaclasses of named tuples and of `TypedDict` do not take.
    pub(crate) fn refused_keywords_of_typing(
        &mut self,
        metaclass: ClassId,
        bases: &[Value],
        keywords: &[(Name, Value)],
        at: Option<Place>,
    ) -> Eval<()> {
        let (class, taken): (_, &[&str]) =
            if self.is_library_class(metaclass, "typing", "NamedTupleMeta") {
                ("NamedTupleMeta", &[])
            } else if self.is_library_class(metaclass, "typing", "_TypedDictMeta") {
                ("_TypedDictMeta", &["total"])
            } else {
                return Ok(());
            };
        let odd = keywords
            .iter()
            .find(|(name, _)| !taken.contains(&name.as_str()));
        let (Some((odd, _)), false) = (odd, bases.is_empty()) else {
            return Ok(());
        };
        // PEP 728
        if matches!(odd.as_str(), "closed" | "extra_items") && self.is_at_least(15) {
            return Ok(());
        }
        let of = if self.is_at_least(10) {
            format!("{class}.")
        } else {
            String::new()
        };
        let message = format!("{of}__new__() got an unexpected keyword argument '{odd}'");
        Err(self.type_error(&message, at))
    }

    /// Raises where a key that may be written to is made one that may only be read (PEP 705, since 3.13).
    pub(super) fn check_read_only(&mut self, bases: &[Value], at: Option<Place>) -> Eval<()> {
        let Some(body) = self.pending.last().map(|pending| pending.body) else {
            return Ok(());
        };
        if !self.is_at_least(13) {
            return Ok(());
        }
        let Some(own) = self.annotations_in(body) else {
            return Ok(());
        };
        let (own, _) = self.dict_entries(&own).unwrap_or_default();
        let read_only = own.iter().filter(|(_, hint)| self.is_read_only(hint));
        let read_only: Vec<Value> = read_only.map(|(name, _)| name.clone()).collect();
        for base in bases {
            let Value::Class(base) = base else { continue };
            if read_only.is_empty() {
                break;
            }
            let Some(theirs) = self.annotations_of(*base) else {
                continue;
            };
            let (theirs, _) = self.dict_entries(&theirs).unwrap_or_default();
            for (name, hint) in theirs {
                if read_only.iter().any(|it| it.same(&name))
                    && !hint.is_gap()
                    && !self.is_read_only(&hint)
                {
                    let shown = self.repr_of(&name);
                    let message = format!("Cannot override mutable key {shown} with read-only key");
                    return Err(self.type_error(&message, at));
                }
            }
        }
        Ok(())
    }

    /// `ReadOnly[…]`, on its own or inside of what else may be said of a key.
    fn is_read_only(&self, hint: &Value) -> bool {
        let Some(alias) = self.alias_of(hint) else {
            return false;
        };
        match self.special_form(&alias.origin).as_deref() {
            Some("ReadOnly") => true,
            Some("Required" | "NotRequired") => alias
                .arguments
                .first()
                .is_some_and(|it| self.is_read_only(it)),
            _ => alias.kind == AliasKind::Annotated && self.is_read_only(&alias.origin),
        }
    }
}
