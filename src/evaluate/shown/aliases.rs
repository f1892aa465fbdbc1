//! Type hints as text: `str(Optional[int])` is `typing.Optional[int]`. Programs look for a prefix of it, as attrs does for `typing.ClassVar`.

use std::sync::Arc;

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Alias, AliasKind, Object, Value};
use crate::semantics::ClassId;
use crate::source::PythonVersion;

/// Hints in one another that are shown.
const DEEPEST: u32 = 30;

impl Run<'_, '_> {
    /// `repr(hint)` of what stands for a hint: an alias, `Any`, a form; none where it is another value, or not known.
    pub(crate) fn text_of_hint(&mut self, value: &Value) -> Option<String> {
        match value {
            Value::Class(class) if self.is_library_class(*class, "typing", "Any") => {
                Some("typing.Any".into())
            }
            Value::Object(id) => match self.object(*id) {
                Object::Alias(alias) => {
                    let alias = alias.clone();
                    self.text_of_alias(&alias, DEEPEST)
                }
                _ => self.text_of_form(value),
            },
            Value::Native(_) => self.text_of_form(value),
            _ => None,
        }
    }

    fn text_of_form(&mut self, value: &Value) -> Option<String> {
        let form = self.special_form(value)?;
        Some(format!("typing.{form}"))
    }

    fn text_of_alias(&mut self, alias: &Alias, depth: u32) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        match alias.kind {
            AliasKind::Builtin => {
                let origin = self.text_in_hint(&alias.origin, false, depth)?;
                let parts = self.texts_in_hint(&alias.arguments, false, depth)?;
                let parts = if parts.is_empty() {
                    String::from("()")
                } else {
                    parts.join(", ")
                };
                Some(format!("{origin}[{parts}]"))
            }
            AliasKind::Special if self.is_union(alias) => self.text_of_union(alias, depth),
            AliasKind::Special => {
                let form = self.special_form(&alias.origin)?;
                let parts = if form == "Literal" {
                    let parts = alias.arguments.iter().map(|it| match it {
                        Value::Str(_)
                        | Value::Bytes(_)
                        | Value::Int(_)
                        | Value::Bool(_)
                        | Value::None => self.exact_repr(it),
                        _ => None,
                    });
                    parts.collect::<Option<Vec<String>>>()?
                } else {
                    self.texts_in_hint(&alias.arguments, true, depth)?
                };
                Some(format!("typing.{form}[{}]", parts.join(", ")))
            }
            AliasKind::Named => {
                let name = self.name_in_typing(&alias.origin)?;
                if alias.arguments.is_empty() {
                    return Some(format!("typing.{name}"));
                }
                let parts = self.texts_in_hint(&alias.arguments, true, depth)?;
                Some(format!("typing.{name}[{}]", parts.join(", ")))
            }
            AliasKind::Generic if !alias.arguments.is_empty() => {
                let origin = self.text_in_hint(&alias.origin, true, depth)?;
                let parts = self.texts_in_hint(&alias.arguments, true, depth)?;
                Some(format!("{origin}[{}]", parts.join(", ")))
            }
            AliasKind::Generic | AliasKind::Annotated => None,
        }
    }

    /// `int | None` or `typing.Optional[int]`: since 3.14 both are the first (`unionobject.c`; `typing._UnionGenericAlias.__repr__`).
    fn text_of_union(&mut self, alias: &Alias, depth: u32) -> Option<String> {
        let is_one = self.world.version >= PythonVersion::three(14);
        let is_written_with_bar =
            matches!(&alias.origin, Value::Native(path) if path.qualname == "UnionType");
        let members: Arc<[Value]> = self.alias_arguments(alias);
        let mut is_of_typing = !is_written_with_bar;
        for member in members.iter() {
            is_of_typing |= self.is_of_typing(member);
        }
        let mut parts: Vec<String> = vec![];
        for member in members.iter() {
            let text = if !is_one && is_of_typing {
                self.text_in_hint(member, true, depth)?
            } else if self.is_none_type(member) {
                String::from("None")
            } else {
                self.text_in_hint(member, is_one, depth)?
            };
            if !parts.contains(&text) {
                parts.push(text);
            }
        }
        if is_one || !is_of_typing {
            return Some(parts.join(" | "));
        }
        Some(match parts.as_slice() {
            [only] => only.clone(),
            [one, other] if other == "NoneType" => format!("typing.Optional[{one}]"),
            [one, other] if one == "NoneType" => format!("typing.Optional[{other}]"),
            parts => format!("typing.Union[{}]", parts.join(", ")),
        })
    }

    fn is_of_typing(&self, member: &Value) -> bool {
        match member {
            Value::Class(_) | Value::None => false,
            Value::Object(id) => match self.peek(*id) {
                Object::Alias(alias) => alias.kind != AliasKind::Builtin,
                _ => true,
            },
            _ => true,
        }
    }

    fn is_none_type(&self, value: &Value) -> bool {
        match value {
            Value::None => true,
            Value::Class(class) => Some(*class) == self.class_of(&Value::None),
            _ => false,
        }
    }

    fn texts_in_hint(
        &mut self,
        values: &[Value],
        is_of_typing: bool,
        depth: u32,
    ) -> Option<Vec<String>> {
        let texts = values.iter();
        let texts = texts.map(|it| self.text_in_hint(it, is_of_typing, depth));
        texts.collect()
    }

    /// A part of a hint (`typing._type_repr`, `_Py_typing_type_repr`).
    fn text_in_hint(&mut self, value: &Value, is_of_typing: bool, depth: u32) -> Option<String> {
        match value {
            Value::Ellipsis => Some("...".into()),
            Value::None if is_of_typing => Some("NoneType".into()),
            Value::None => Some("None".into()),
            Value::Class(class) => match self.text_of_hint(value) {
                Some(text) => Some(text),
                None => self.named_in_full(*class),
            },
            Value::Str(text) if !is_of_typing => self.exact_repr(&Value::Str(text.clone())),
            Value::Object(id) => match self.object(*id) {
                Object::Alias(alias) => {
                    let alias = alias.clone();
                    self.text_of_alias(&alias, depth)
                }
                Object::List { items, open: false } => {
                    let items = items.clone();
                    let parts = self.texts_in_hint(&items, is_of_typing, depth)?;
                    Some(format!("[{}]", parts.join(", ")))
                }
                _ => self.text_of_form(value),
            },
            Value::Native(_) => self.text_of_form(value),
            _ => None,
        }
    }

    /// `int`, `shop.models.Order`
    fn named_in_full(&self, class: ClassId) -> Option<String> {
        let metaclass = self.metaclass_of(class)?;
        if self.user_defines(metaclass, "__repr__") || !self.is_whole(class) {
            return None;
        }
        let shown = self.shown_class(class);
        let named = shown.strip_prefix("<class '")?.strip_suffix("'>")?;
        Some(named.to_owned())
    }
}
