//! Values in base lists that are no classes: what refuses to be a base, and what is called in place of a metaclass because of it.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::no_class::NoClass;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{AliasKind, Object, ScopeId, Value};
use crate::semantics::{ClassId, Outcome, Raised, TypeNewError};
use crate::source::{Place, PythonVersion};
use crate::syntax::ClassDef;

impl Run<'_, '_> {
    /// Raises what the `__mro_entries__` of `typing`'s own objects raise.
    ///
    /// ```py
    /// class C(Union[int, str]): ...  # TypeError: Cannot subclass typing.Union[int, str]
    /// ```
    pub(super) fn refused_bases(&mut self, written: &[Value], at: Option<Place>) -> Eval<()> {
        for base in written {
            let message = self.refusal(base, written.len());
            if let Some(message) = message {
                return Err(self.verdict("TypeError", message, at));
            }
        }
        Ok(())
    }

    fn refusal(&self, base: &Value, bases: usize) -> Option<String> {
        let version = self.world.version;
        let Value::Object(id) = base else {
            let alone = matches!(base, Value::Native(path) if path.module == "typing" && path.qualname == "NamedTuple");
            let is_refused = alone && bases > 1 && version < PythonVersion::three(11);
            return is_refused
                .then(|| String::from("Multiple inheritance with NamedTuple is not supported"));
        };
        match self.object(*id) {
            Object::Alias(alias) if alias.kind == AliasKind::Special => {
                self.special_form(&alias.origin)?;
                (version >= PythonVersion::three(10))
                    .then(|| format!("Cannot subclass {}", self.type_repr(base)))
            }
            Object::Instance(_) => {
                if let Some(form) = self.special_form(base) {
                    return Some(format!("Cannot subclass typing.{form}"));
                }
                let variable = ["TypeVar", "ParamSpec", "TypeVarTuple"]
                    .into_iter()
                    .find(|kind| self.is_instance_of_typing(base, kind));
                if let Some(kind) = variable {
                    return (version >= PythonVersion::three(12))
                        .then(|| format!("Cannot subclass an instance of {kind}"));
                }
                None
            }
            _ => None,
        }
    }

    /// The class that a `NewType` puts in its place since 3.11: its `__init_subclass__` raises.
    pub(crate) fn new_type_stand_in(&mut self, base: &Value, at: Option<Place>) -> Option<ClassId> {
        if !self.is_instance_of_typing(base, "NewType")
            || self.world.version < PythonVersion::three(11)
        {
            return None;
        }
        let of = self.name_attribute(base)?;
        let name = Name::const_new("Dummy");
        let scope = self.any_scope();
        let module = self.scope(scope).module;
        let names = crate::evaluate::machine::value::Namespace::default();
        let made = self.plain_class(self.known.type_, &name, &[], names, at, scope);
        let Ok(Value::Class(id)) = made else {
            return None;
        };
        // It is nobody's to look at.
        self.module_mut(module).classes.retain(|it| *it != id);
        self.new_types.insert(id, Name::from(of));
        Some(id)
    }

    /// The text of an instance's `__name__`.
    fn name_attribute(&self, value: &Value) -> Option<String> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        match &instance.names.get("__name__")?.value {
            Value::Str(text) => Some(text.to_string()),
            _ => None,
        }
    }

    /// The most derived of the types of the bases (`_PyType_CalculateMetaclass`), where all of them are known.
    ///
    /// It need not be a metaclass: `class C(7)` calls `int("C", (7,), {…})`.
    pub(crate) fn most_derived_of(
        &mut self,
        asked: ClassId,
        bases: &[Value],
        at: Option<Place>,
    ) -> Option<Eval<ClassId>> {
        let kinds: Option<Vec<(ClassId, ClassId)>> = bases
            .iter()
            .map(|base| {
                let kind = self.class_of(base)?;
                match base {
                    Value::Class(id) if self.is_whole(*id) => Some((kind, *id)),
                    Value::Class(_) => None,
                    _ => Some((kind, kind)),
                }
            })
            .collect();
        let mut chosen = asked;
        for (other, through) in kinds? {
            if self.classes.is_subclass(chosen, other) {
                continue;
            }
            if !self.classes.is_subclass(other, chosen) {
                // Of a metaclass that is not known whole it is not known what it derives from.
                if !self.is_whole(chosen) || !self.is_whole(other) {
                    return None;
                }
                let error = TypeNewError::MetaclassConflict {
                    chosen,
                    other,
                    through,
                };
                let ids = bases.iter().filter_map(|base| match base {
                    Value::Class(id) => Some(*id),
                    _ => None,
                });
                let raised = Raised {
                    bases: ids.collect(),
                    odd_bases: self.odd_bases(bases),
                    ..error.raised(&self.classes, self.world.version)
                };
                return Some(Err(self.verdict_of(raised, at)));
            }
            chosen = other;
        }
        Some(Ok(chosen))
    }

    /// Notes which bases a statement asks for that raised after they were known: hooks and metaclasses raise in words of their own, and a
    /// metaclass may ask for other bases than are written.
    pub(super) fn note_asked(&mut self, first: ClassId, asked: &[Value], at: Option<Place>) {
        let raising = (first.0..self.classes.len() as u32)
            .map(ClassId)
            .find(|&id| {
                let class = self.classes.get(id);
                matches!(class.outcome, Outcome::Raises(_)) && class.origin.place() == at
            });
        let Some(id) = raising else { return };
        let odd = self.odd_bases(asked);
        let ids = asked.iter().map(|base| match base {
            Value::Class(id) => Some(*id),
            _ => None,
        });
        let ids = ids.collect::<Option<Vec<ClassId>>>();
        let object = self.known.object;
        if let Outcome::Raises(raised) = &mut self.class_mut(id).outcome {
            raised.odd_bases = odd;
            match ids {
                Some(ids) if raised.bases.is_empty() => raised.bases = ids,
                Some(ids)
                    if raised.bases != ids && !(ids.is_empty() && raised.bases == [object]) =>
                {
                    raised.written = Some(ids);
                }
                _ => {}
            }
        }
    }

    /// Notes which bases a statement asks for that raised before there was a class: `__prepare__` raises in words of its own.
    pub(super) fn asking_for(&mut self, mut thrown: Box<Thrown>, asked: &[Value]) -> Box<Thrown> {
        let Some(mut raised) = self.verdict_in(&mut thrown) else {
            return thrown;
        };
        let ids = asked.iter().map(|base| match base {
            Value::Class(id) => Some(*id),
            _ => None,
        });
        if raised.bases.is_empty()
            && let Some(ids) = ids.collect::<Option<Vec<ClassId>>>()
        {
            raised.bases = ids;
        }
        thrown.verdict = Some(Box::new(raised));
        thrown
    }

    /// Notes a statement that makes something that is no class.
    pub(super) fn note_no_class(&mut self, def: &Arc<ClassDef>, value: &Value, scope: ScopeId) {
        if matches!(value, Value::Class(_) | Value::Gap(_)) {
            return;
        }
        let (path, origin) = self.path_and_origin(def, scope);
        let Some(place) = origin.place() else {
            return;
        };
        let kind = Name::from(self.type_name(value));
        let module = self.scope(scope).module;
        let noted = &mut self.module_mut(module).no_classes;
        if !noted.iter().any(|it| it.place == place && it.path == path) {
            noted.push(NoClass {
                path,
                place,
                first: def.start,
                kind,
            });
        }
    }

    /// The bases that are no classes, by position, and what they are.
    fn odd_bases(&self, bases: &[Value]) -> Vec<(u32, String)> {
        let odd = bases.iter().enumerate().filter_map(|(at, base)| {
            let what = match base {
                Value::Class(_) | Value::Gap(_) => return None,
                Value::None => String::from("None"),
                other => {
                    let kind = self.classes.get(self.class_of(other)?).path.name();
                    match kind {
                        "function" | "module" | "property" | "method" => format!("a {kind}"),
                        "builtin_function_or_method" => String::from("a function"),
                        _ => format!("an instance of {kind}"),
                    }
                }
            };
            Some((at as u32, what))
        });
        odd.collect()
    }

    /// What calling a type raises that is no metaclass, with a name, bases and a namespace.
    pub(super) fn refused_call(
        &mut self,
        class: ClassId,
        bases: &[Value],
        at: Option<Place>,
    ) -> Eval<()> {
        // A branch that nobody can decide is not the one for a value that fits so badly.
        if !self.journals.is_empty() {
            return Ok(());
        }
        // A metaclass of its own may take them.
        if let Some(metaclass) = self.metaclass_of(class)
            && self.user_defines(metaclass, "__call__")
        {
            return Ok(());
        }
        let version = self.world.version;
        let path = self.classes.get(class).path.clone();
        if !self.classes.is_interpreters(class) {
            let takes_any = ["__new__", "__init__"]
                .iter()
                .any(|method| self.defines_beyond_object(class, method));
            if takes_any || !self.is_whole(class) {
                return Ok(());
            }
            let message = format!("{}() takes no arguments", path.name());
            return Err(self.verdict("TypeError", message, at));
        }
        let message = match path.name() {
            "int" if version >= PythonVersion::three(13) => {
                String::from("int expected at most 2 arguments, got 3")
            }
            "int" => String::from("int() takes at most 2 arguments (3 given)"),
            "str" if version < PythonVersion::three(10) => {
                String::from("str() argument 2 must be str, not tuple")
            }
            "str" => String::from("str() argument 'encoding' must be str, not tuple"),
            name @ ("NoneType" | "NotImplementedType") => format!("{name} takes no arguments"),
            "ellipsis" | "EllipsisType" => String::from("EllipsisType takes no arguments"),
            "object" => String::from("object() takes no arguments"),
            "TypeAliasType" => {
                String::from("typealias() takes exactly 2 positional arguments (3 given)")
            }
            "module" => String::from("module() takes at most 2 arguments (3 given)"),
            "function" => String::from("function() argument 'code' must be code, not str"),
            name @ ("list" | "tuple") => format!("{name} expected at most 1 argument, got 3"),
            name @ "builtin_function_or_method" => format!("cannot create '{name}' instances"),
            "UnionType" => String::from("cannot create 'types.UnionType' instances"),
            "TypeVar" => {
                let shown: Vec<String> = bases.iter().map(|it| self.type_repr(it)).collect();
                let comma = if bases.len() == 1 { "," } else { "" };
                format!(
                    "TypeVar(name, constraint, ...): constraints must be types. Got ({}{comma}).",
                    shown.join(", ")
                )
            }
            "NewType" => {
                String::from("NewType.__init__() takes 3 positional arguments but 4 were given")
            }
            "_SpecialForm" | "_TypedCacheSpecialForm" => {
                String::from("__init__() takes 2 positional arguments but 4 were given")
            }
            _ => return Ok(()),
        };
        Err(self.verdict("TypeError", message, at))
    }

    /// Whether something other than `object` gives a class this name.
    pub(crate) fn defines_beyond_object(&self, class: ClassId, name: &str) -> bool {
        self.find_in_mro(class, name)
            .is_none_or(|(owner, _)| owner != self.known.object)
    }
}
