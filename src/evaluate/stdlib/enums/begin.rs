//! What an enumeration's bases must be: `EnumType.__prepare__`, before the body runs.

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::evaluate::stdlib::enums::EnumBody;
use crate::semantics::ClassId;
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// Holds the bases against the rules of enumerations, and begins to keep the book of the body.
    ///
    /// ```py
    /// class Color(Enum): RED = 1
    /// class More(Color): ...   # TypeError: <enum 'More'> cannot extend <enum 'Color'>
    /// ```
    pub(crate) fn begin_enum(
        &mut self,
        metaclass: ClassId,
        name: &Name,
        bases: &[Value],
        body: ScopeId,
        at: Option<Place>,
    ) -> Eval<()> {
        if !self.makes_enums(metaclass) {
            return Ok(());
        }
        let ids: Option<Vec<ClassId>> = bases
            .iter()
            .map(|base| match base {
                Value::Class(id) if self.is_whole(*id) => Some(*id),
                _ => None,
            })
            .collect();
        let Some(ids) = ids else { return Ok(()) };
        let follows_rules = !["_check_for_existing_members_", "_get_mixins_"]
            .iter()
            .any(|hook| self.user_defines(metaclass, hook) && !self.is_enums_own(metaclass, hook));
        let mut data_type = None;
        if follows_rules && !ids.is_empty() {
            self.extends_none(name, &ids, at)?;
            data_type = self.data_type(name, &ids, at)?;
        }
        let book = EnumBody::new(name, &ids, data_type, self.journals.len());
        self.enum_bodies.insert(body, book);
        Ok(())
    }

    /// `EnumType._check_for_existing_members_`
    fn extends_none(&mut self, name: &Name, bases: &[ClassId], at: Option<Place>) -> Eval<()> {
        for &base in bases {
            let mro = self.classes.mro(base).unwrap_or_default().to_vec();
            for ancestor in mro {
                if !self.is_enum(ancestor) || !self.has_members(ancestor) {
                    continue;
                }
                let message = if self.world.version >= PythonVersion::three(11) {
                    let shown = self.shown_enum(ancestor);
                    format!("<enum '{name}'> cannot extend {shown}")
                } else {
                    let ancestor = self.classes.get(ancestor).path.name();
                    format!("{name}: cannot extend enumeration '{ancestor}'")
                };
                return Err(self.verdict("TypeError", message, at));
            }
        }
        Ok(())
    }

    /// `repr` of an enumeration since 3.11: `<enum 'Color'>`, `<flag 'Perm'>`.
    pub(super) fn shown_enum(&self, class: ClassId) -> String {
        let is_flag = self.is_flag(class);
        let kind = if is_flag { "flag" } else { "enum" };
        format!("<{kind} '{}'>", self.classes.get(class).path.name())
    }

    /// Whether a class derives from `enum.Flag`.
    pub(crate) fn is_flag(&self, class: ClassId) -> bool {
        self.is_under(class, "enum", "Flag")
    }

    /// Whether an enumeration has members.
    fn has_members(&mut self, class: ClassId) -> bool {
        if let Some(facts) = self.enum_facts.get(&class) {
            return !facts.members.is_empty();
        }
        if self.classes.is_interpreters(class) || self.world.is_standard_library {
            let path = &self.classes.get(class).path;
            let is_base = matches!(
                path.qualname.as_str(),
                "Enum" | "IntEnum" | "StrEnum" | "Flag" | "IntFlag" | "ReprEnum"
            );
            if path.module == "enum" && is_base {
                return false;
            }
        }
        if self.classes.is_interpreters(class) {
            return true;
        }
        self.enum_members(class)
            .is_some_and(|members| !members.is_empty())
    }

    /// `EnumType._get_mixins_`: the type whose instances the members are; none for `object`.
    pub(super) fn data_type(
        &mut self,
        name: &Name,
        bases: &[ClassId],
        at: Option<Place>,
    ) -> Eval<Option<ClassId>> {
        if bases.last().is_some_and(|&last| !self.is_enum(last)) {
            let message = "new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`";
            return Err(self.verdict("TypeError", message.to_owned(), at));
        }
        let mut types: Vec<ClassId> = vec![];
        for &base in bases {
            if let Some(found) = self.data_type_of_chain(base)
                && !types.contains(&found)
            {
                types.push(found);
            }
        }
        if types.len() > 1 {
            let shown: Vec<String> = types.iter().map(|&it| self.shown_class(it)).collect();
            let shown = shown.join(", ");
            let message = if self.world.version >= PythonVersion::three(11) {
                format!("too many data types for '{name}': {{{shown}}}")
            } else {
                format!("'{name}': too many data types: {{{shown}}}")
            };
            return Err(self.verdict("TypeError", message, at));
        }
        Ok(types.pop())
    }

    fn data_type_of_chain(&self, base: ClassId) -> Option<ClassId> {
        let counts_dataclasses = self.world.version >= PythonVersion::three(11);
        let mut candidate = None;
        for &class in self.classes.mro(base)? {
            if class == self.known.object {
                continue;
            }
            if self.is_enum(class) {
                let own = match self.enum_facts.get(&class) {
                    Some(facts) => facts.data_type,
                    None => self.table_data_type(class),
                };
                if own.is_some() {
                    return own;
                }
                continue;
            }
            let is_data = self.own_has(class, "__new__")
                || counts_dataclasses && self.own_has(class, "__dataclass_fields__");
            if is_data {
                return candidate.or(Some(class));
            }
            candidate = candidate.or(Some(class));
        }
        None
    }

    /// The data type of one of the interpreter's enumerations.
    fn table_data_type(&self, class: ClassId) -> Option<ClassId> {
        let has = |wanted: ClassId| {
            self.classes
                .mro(class)
                .is_some_and(|it| it.contains(&wanted))
        };
        [self.known.int, self.known.str_]
            .into_iter()
            .find(|&it| has(it))
    }
}
