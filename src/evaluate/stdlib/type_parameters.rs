//! Type parameters: the scope in which they are bound, and the base that they add (PEP 695).
//!
//! ```py
//! class Box[T, *Ts](Base): ...        # as `class Box(Base, Generic[T, *Ts])`
//! ```

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{
    Alias, AliasKind, Binding, Instance, Object, ScopeId, Value,
};
use crate::semantics::Why;
use crate::syntax::{TypeParameter, TypeParameterKind};

impl Run<'_, '_> {
    /// The base that type parameters add; `scope`: in which they are bound.
    pub(crate) fn generic_base(
        &mut self,
        parameters: &[TypeParameter],
        scope: ScopeId,
    ) -> Option<Value> {
        let generic = self.library_class("typing", "Generic")?;
        let mut arguments = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let bound = self.scope(scope).names.get(&parameter.name)?.value.clone();
            if parameter.kind == TypeParameterKind::TypeVarTuple {
                let unpack = self.typing_name("Unpack");
                arguments.push(self.allocate(Object::Alias(Alias {
                    kind: AliasKind::Special,
                    origin: unpack,
                    arguments: [bound].into(),
                })));
            } else {
                arguments.push(bound);
            }
        }
        Some(self.allocate(Object::Alias(Alias {
            kind: AliasKind::Generic,
            origin: Value::Class(generic),
            arguments: arguments.into(),
        })))
    }

    /// The scope in which type parameters are bound: one of its own, or the scope itself where there are none.
    pub(crate) fn parameter_scope(
        &mut self,
        parameters: &[TypeParameter],
        scope: ScopeId,
    ) -> ScopeId {
        if parameters.is_empty() {
            return scope;
        }
        let module = self.scope(scope).module;
        let inner = self.push_scope(ScopeKind::Parameters, Some(scope), module);
        for parameter in parameters {
            let value = self.type_parameter(parameter);
            self.bind(inner, &parameter.name, value, None);
        }
        inner
    }

    fn type_parameter(&mut self, parameter: &TypeParameter) -> Value {
        let kind = match parameter.kind {
            TypeParameterKind::TypeVar => "TypeVar",
            TypeParameterKind::TypeVarTuple => "TypeVarTuple",
            TypeParameterKind::ParamSpec => "ParamSpec",
        };
        let Some(class) = self.world.facts.class("typing", kind) else {
            return self.gap(Why::Input, &parameter.name, None);
        };
        let mut instance = Instance::of(class);
        instance.open = true;
        let mut put = |name: &'static str, value: Value| {
            let binding = Binding::new(value, None);
            instance.names.insert(Name::const_new(name), binding);
        };
        put("__name__", Value::str(&parameter.name));
        if parameter.kind != TypeParameterKind::TypeVarTuple {
            put("__infer_variance__", Value::Bool(true));
        }
        if parameter.has_default {
            put(
                "__default__",
                self.gap(Why::NotFollowed, &parameter.name, None),
            );
        }
        self.allocate(Object::Instance(instance))
    }
}
