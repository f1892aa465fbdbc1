//! What `@dataclass` and `@total_ordering` put into a class, and what `__init__` of a dataclass does.

use crate::Name;
use crate::evaluate::language::wrong_arguments::misfit_of;
use crate::evaluate::machine::arguments::{Arguments, Keywords};
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, ScopeId, Value};
use crate::evaluate::stdlib::dataclasses::Field;
use crate::semantics::{Assigned, ClassId, Outcome, Slots, Why};
use crate::source::{Place, PythonVersion};
use crate::syntax::{Parameter, ParameterKind};

impl Run<'_, '_> {
    /// Adds what `dataclasses._process_class` adds, in its order.
    pub(super) fn add_dataclass_names(
        &mut self,
        class: ClassId,
        options: &Arguments,
        at: Option<Place>,
    ) -> Eval<()> {
        let version = self.world.version;
        let flag = |run: &Self, name: &str, otherwise: bool| match options.keyword(name) {
            Some(value) => run.truth(value) == Some(true),
            None => otherwise,
        };
        let has_own_hash = match self.own_binding(class, "__hash__") {
            None => false,
            Some(binding) => {
                !(matches!(binding.value, Value::None)
                    && self.own_binding(class, "__eq__").is_some())
            }
        };
        let (frozen, compared) = (flag(self, "frozen", false), flag(self, "eq", true));
        let params = self.library_instance("_DataclassParams");
        self.put_name(class, "__dataclass_params__", params, at);
        let fields = self.fields_dict(class);
        self.put_name(class, "__dataclass_fields__", fields, at);
        let mut made: Vec<&str> = vec![];
        if flag(self, "init", true) {
            made.push("__init__");
        }
        if version >= PythonVersion::three(13) {
            made.push("__replace__");
        }
        if flag(self, "repr", true) {
            made.push("__repr__");
        }
        if compared {
            made.push("__eq__");
        }
        if flag(self, "order", false) {
            made.extend(["__lt__", "__le__", "__gt__", "__ge__"]);
        }
        if frozen {
            made.extend(["__setattr__", "__delattr__"]);
        }
        for name in made {
            self.put_made(class, name, at);
        }
        // `dataclasses._hash_action`
        match (
            flag(self, "unsafe_hash", false),
            compared,
            frozen,
            has_own_hash,
        ) {
            (true, _, _, false) | (false, true, true, false) => {
                let function = self.made_function(class, "__hash__");
                self.put_name(class, "__hash__", function, at);
            }
            (false, true, false, false) => self.put_name(class, "__hash__", Value::None, at),
            _ => {}
        }
        if version >= PythonVersion::three(10) && flag(self, "match_args", true) {
            self.put_match_args(class, at);
        }
        if version >= PythonVersion::three(10) && flag(self, "slots", false) {
            self.make_again_with_slots(class, frozen, flag(self, "weakref_slot", false), at);
            // It is made by a call, which knows nothing of the keywords of the statement; the hooks run once more.
            let scope = self.any_scope();
            if self.is_made_by_code(class) {
                return self.call_metaclass_again(class, at, scope);
            }
            self.set_names(class, at, scope)?;
            self.init_subclass(class, None, Keywords::default(), at, scope)?;
        }
        Ok(())
    }

    /// Whether a metaclass with source has a say in the making of a class.
    fn is_made_by_code(&self, class: ClassId) -> bool {
        let Some(metaclass) = self.metaclass_of(class) else {
            return false;
        };
        let above = self.metaclass_of(metaclass);
        ["__new__", "__init__"]
            .iter()
            .any(|it| self.user_defines(metaclass, it))
            || above.is_some_and(|it| self.user_defines(it, "__call__"))
    }

    /// `type(cls)(cls.__name__, cls.__bases__, cls_dict)` of `dataclasses._add_slots`: what its metaclass does, it does once more, without
    /// the keywords of the statement. The class that comes of it is the one that is shown.
    fn call_metaclass_again(
        &mut self,
        class: ClassId,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<()> {
        let (Some(metaclass), Some(made)) = (self.metaclass_of(class), self.classes.made(class))
        else {
            return Ok(());
        };
        let bases = made.bases.iter().map(|it| Value::Class(*it)).collect();
        let name = Value::str(self.classes.get(class).path.name());
        let names = self.class_names.get(&class).cloned().unwrap_or_default();
        let entries = names
            .iter()
            .map(|(name, binding)| (Value::str(name), binding.value.clone()));
        let namespace = Dict::from_pairs(entries);
        let namespace = self.allocate(Object::Dict(namespace));
        let arguments = Arguments::of(vec![name, Value::tuple(bases), namespace]);
        let again = self.apart(|run| run.call_metaclass_fully(metaclass, arguments, at, scope))?;
        let Value::Class(again) = again else {
            return Ok(());
        };
        if again <= class {
            return Ok(());
        }
        let module = self.scope(scope).module;
        self.module_mut(module).classes.retain(|it| *it != again);
        let kept = self.class_names.get(&again).cloned().unwrap_or_default();
        for (name, binding) in kept {
            let is_new = !names.contains_key(&name)
                || names
                    .get(&name)
                    .is_some_and(|it| !it.value.same(&binding.value));
            if is_new {
                self.set_class_name(class, &name, Some(binding));
            }
        }
        Ok(())
    }

    fn put_name(&mut self, class: ClassId, name: &'static str, value: Value, at: Option<Place>) {
        let binding = Binding::new(value, at);
        self.set_class_name(class, &Name::const_new(name), Some(binding));
    }

    /// A function that `dataclass` writes, where the class has none of that name (`_set_new_attribute`).
    fn put_made(&mut self, class: ClassId, name: &'static str, at: Option<Place>) {
        if self.own_binding(class, name).is_none() {
            let function = self.made_function(class, name);
            self.put_name(class, name, function, at);
        }
    }

    fn made_function(&self, class: ClassId, name: &str) -> Value {
        let qualname = &self.classes.get(class).path.qualname;
        Value::native("dataclasses", &format!("{qualname}.{name}"))
    }

    fn own_binding(&self, class: ClassId, name: &str) -> Option<&Binding> {
        self.class_names.get(&class)?.get(name)
    }

    fn library_instance(&mut self, name: &str) -> Value {
        match self.world.facts.class("dataclasses", name) {
            Some(class) => {
                let mut instance = Instance::of(class);
                instance.open = true;
                self.allocate(Object::Instance(instance))
            }
            None => self.gap(Why::NotFollowed, name, None),
        }
    }

    fn fields_dict(&mut self, class: ClassId) -> Value {
        let Some(facts) = self.dataclasses.get(&class) else {
            return self.some(self.known.dict, Why::NotFollowed, None);
        };
        let (names, open) = (facts.fields.iter(), facts.is_open);
        let names: Vec<Name> = names.map(|it| it.name.clone()).collect();
        let mut fields = Dict::default();
        for name in names {
            let field = self.library_instance("Field");
            let text = Value::str(&name);
            if let Value::Object(id) = field
                && let Object::Instance(it) = self.object_mut(id)
            {
                let binding = Binding::new(text.clone(), None);
                it.names.insert(Name::const_new("name"), binding);
            }
            fields.insert(text, field);
        }
        fields.open = open;
        self.allocate(Object::Dict(fields))
    }

    /// `dataclasses.fields(value)`: the fields that instances keep, in order; none where they are not all known.
    pub(super) fn fields_of(&self, value: &Value) -> Option<Value> {
        let class = match value {
            Value::Class(class) => *class,
            other => self.class_of(other)?,
        };
        let name = "__dataclass_fields__";
        let (owner, binding) = self.find_in_mro(class, name)?;
        let facts = self.dataclasses.get(&owner).filter(|it| !it.is_open)?;
        let Value::Object(id) = binding?.value else {
            return None;
        };
        let Object::Dict(dict) = self.object(id) else {
            return None;
        };
        let kept = facts.fields.iter().filter(|it| !it.is_handed_on);
        let fields: Option<Vec<Value>> = kept
            .map(|it| {
                let key = Value::str(&it.name).key()?;
                dict.entries.get(&key).map(|it| it.1.clone())
            })
            .collect();
        fields.map(Value::tuple)
    }

    fn put_match_args(&mut self, class: ClassId, at: Option<Place>) {
        let facts = self.dataclasses.get(&class);
        if self.own_binding(class, "__match_args__").is_some() {
            return;
        }
        let value = match facts {
            Some(facts) if !facts.is_open => {
                let taken = facts.fields.iter().filter(|it| it.is_positional);
                Value::tuple(taken.map(|it| Value::str(&it.name)).collect())
            }
            _ => self.some(self.known.tuple, Why::NotFollowed, at),
        };
        self.put_name(class, "__match_args__", value, at);
    }

    /// With `slots=True` the class is made again by `type(cls)(name, bases, namespace)`, with `__slots__` of the fields it adds
    /// (`dataclasses._add_slots`).
    fn make_again_with_slots(
        &mut self,
        class: ClassId,
        frozen: bool,
        weakref: bool,
        at: Option<Place>,
    ) {
        let Outcome::Created(made) = &self.classes.get(class).outcome else {
            return;
        };
        let mut again = made.clone();
        let fields: Vec<Name> = self.dataclasses.get(&class).map_or_else(Vec::new, |facts| {
            let kept = facts.fields.iter().filter(|it| !it.is_handed_on);
            kept.map(|it| it.name.clone()).collect()
        });
        let inherited: Vec<Name> = again
            .mro
            .iter()
            .skip(1)
            .filter_map(|&ancestor| self.classes.made(ancestor))
            .flat_map(|ancestor| match &ancestor.slots {
                Slots::Names(names) => names.clone(),
                Slots::Absent => vec![],
            })
            .collect();
        let own = fields.iter().filter(|it| !inherited.contains(it));
        let mut own: Vec<Name> = own.cloned().collect();
        if weakref && !again.shape.weakref {
            own.push(Name::const_new("__weakref__"));
        }
        if !own.is_empty() {
            again.solid_base = class;
        }
        let base_has = |has: fn(&crate::semantics::Made) -> bool| {
            let mut bases = again.bases.iter();
            bases.any(|&base| self.classes.made(base).is_some_and(has))
        };
        let (dict, weakly) = (
            base_has(|it| it.shape.dict),
            base_has(|it| it.shape.weakref),
        );
        again.shape.dict = dict;
        again.shape.weakref = weakly || weakref;
        let mut sorted: Vec<Name> = own
            .iter()
            .filter(|it| *it != "__weakref__")
            .cloned()
            .collect();
        sorted.sort();
        again.slots = Slots::Names(sorted);
        self.class_mut(class).outcome = Outcome::Created(again);
        let tuple = Value::tuple(own.iter().map(|it| Value::str(it)).collect());
        self.put_name(class, "__slots__", tuple, at);
        for field in &fields {
            self.set_class_name(class, field, None);
        }
        if frozen {
            let always = self.world.version < PythonVersion::three(11);
            for (name, function) in [
                ("__getstate__", "_dataclass_getstate"),
                ("__setstate__", "_dataclass_setstate"),
            ] {
                if always || self.own_binding(class, name).is_none() {
                    let function = self.native("dataclasses", function);
                    self.put_name(class, name, function, at);
                }
            }
        }
    }

    /// What the `__init__` that `dataclass` wrote for a class gives its receiver: the fields, each at its annotation.
    pub(crate) fn given_by_dataclass(&self, class: ClassId) -> Vec<Assigned> {
        let init = self.own_binding(class, "__init__");
        let (Some(facts), Some(init)) = (self.dataclasses.get(&class), init) else {
            return vec![];
        };
        if !matches!(&init.value, Value::Native(path) if path.module == "dataclasses") {
            return vec![];
        }
        let body = self.statements.get(&class).and_then(|facts| facts.body);
        let own = body.and_then(|body| self.annotations.get(&body));
        let place = |name| own.and_then(|own| own.get(name)?.at).or(init.at);
        // `dataclasses._field_init`: a default of a field that is no parameter stays with the class.
        let set = facts.fields.iter();
        set.filter(|it| !it.is_handed_on && (it.is_taken || it.factory.is_some()))
            .filter_map(|field| {
                Some(Assigned {
                    name: field.name.clone(),
                    is_pattern: false,
                    method: Name::const_new("__init__"),
                    on_class: false,
                    place: place(&field.name)?,
                })
            })
            .collect()
    }

    /// A call of a method that `dataclass` wrote.
    pub(super) fn call_of_dataclass(
        &mut self,
        made: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Some((owner, method)) = made.rsplit_once('.') else {
            return Ok(None);
        };
        let Some(class) = self.class_of(receiver) else {
            return Ok(None);
        };
        let mro = self.classes.mro(class).unwrap_or_default();
        let owner = mro.iter().copied().find(|id| {
            self.dataclasses.contains_key(id) && self.classes.get(*id).path.qualname == owner
        });
        match (owner, method) {
            (Some(owner), "__init__") => {
                let mut arguments = asked.arguments.clone();
                arguments.positional.remove(0);
                self.set_fields(owner, receiver, &arguments, asked)?;
                Ok(Some(Value::None))
            }
            (Some(owner), method) => self.method_of_dataclass(owner, method, receiver, asked),
            _ => Ok(None),
        }
    }

    /// What the `__init__` of a dataclass does.
    fn set_fields(
        &mut self,
        owner: ClassId,
        receiver: &Value,
        arguments: &Arguments,
        asked: &Asked<'_>,
    ) -> Eval<()> {
        let Some(facts) = self.dataclasses.get(&owner) else {
            return Ok(());
        };
        let (fields, frozen) = (facts.fields.clone(), facts.is_frozen);
        if facts.is_open {
            self.open_instance(receiver);
            return Ok(());
        }
        let is_open = arguments.is_open();
        if !is_open && let Some(message) = self.refused_by_fields(owner, &fields, asked) {
            return Err(self.type_error(&message, asked.at));
        }
        let mut handed_on = vec![];
        let mut place = 0;
        for field in &fields {
            let given = if field.is_positional {
                place += 1;
                arguments.positional.get(place - 1)
            } else {
                None
            };
            let given = given.or_else(|| arguments.keyword(&field.name)).cloned();
            let given = given.filter(|_| field.is_taken);
            let given = match given {
                None if is_open && field.is_taken => Some(self.gap_for(asked.at, Why::Input)),
                given => given,
            };
            let Some(value) = self.field_value(field, given, asked)? else {
                continue;
            };
            if field.is_handed_on {
                handed_on.push(value);
            } else if frozen && self.is_traced() {
                // `object.__setattr__(self, name, value)`
                self.write_by_default(receiver, &field.name, Some(value))?;
            } else if frozen {
                if let Value::Object(id) = receiver
                    && let Object::Instance(instance) = self.object_mut(*id)
                {
                    let binding = Binding::new(value, asked.at);
                    instance.names.insert(field.name.clone(), binding);
                }
            } else {
                self.set_attribute(receiver, &field.name, value, asked.at)?;
            }
        }
        let class = self.class_of(receiver).unwrap_or(owner);
        if self.user_defines(class, "__post_init__")
            && let Some(method) = self.special_method(receiver, class, "__post_init__")
        {
            self.call(&method, Arguments::of(handed_on), asked.at, asked.scope)?;
        }
        Ok(())
    }

    /// The message with which the `__init__` of a dataclass refuses its arguments (`dataclasses._init_fn`): fields that are taken by name alone
    /// stand behind the others.
    fn refused_by_fields(
        &self,
        owner: ClassId,
        fields: &[Field],
        asked: &Asked<'_>,
    ) -> Option<String> {
        let receiver = if fields.iter().any(|it| it.name == "self") {
            Name::const_new("__dataclass_self__")
        } else {
            Name::const_new("self")
        };
        let parameter = |name: &Name, kind| Parameter {
            name: name.clone(),
            kind,
            default: None,
        };
        let mut parameters = vec![parameter(&receiver, ParameterKind::Either)];
        let mut has_default = vec![false];
        let taken = fields.iter().filter(|it| it.is_taken);
        let (by_place, by_name): (Vec<&Field>, Vec<&Field>) =
            taken.partition(|it| it.is_positional);
        for field in by_place.into_iter().chain(by_name) {
            let kind = if field.is_positional {
                ParameterKind::Either
            } else {
                ParameterKind::Keyword
            };
            parameters.push(parameter(&field.name, kind));
            has_default.push(field.has_default);
        }
        // Since 3.10 the qualified name is told.
        let name = if self.world.version >= PythonVersion::three(10) {
            format!("{}.__init__", self.classes.get(owner).path.qualname)
        } else {
            String::from("__init__")
        };
        let has_default = |index: usize| has_default.get(index) == Some(&true);
        misfit_of(&name, &parameters, &has_default, &asked.arguments)
    }

    /// What a field is given; nothing where it keeps to its class's default, or was forgotten.
    fn field_value(
        &mut self,
        field: &Field,
        given: Option<Value>,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        if given.is_some() {
            return Ok(given);
        }
        if let Some(factory) = &field.factory {
            let made = self.call(factory, Arguments::default(), asked.at, asked.scope)?;
            return Ok(Some(made));
        }
        Ok(field.default.clone().filter(|_| field.is_taken))
    }

    /// What `functools.total_ordering` adds beside the comparison that it finds.
    ///
    /// ```py
    /// @functools.total_ordering
    /// class Version:
    ///     def __lt__(self, other): ...  # `__gt__`, `__le__` and `__ge__` are added
    /// ```
    pub(super) fn add_orderings(&mut self, class: &Value, at: Option<Place>) {
        let Value::Class(class) = *class else { return };
        if !self.is_whole(class) {
            return;
        }
        // In the order in which one of several is preferred.
        let all = ["__lt__", "__le__", "__gt__", "__ge__"];
        let has = |it: &&str| self.defines_beyond_object(class, it);
        let Some(root) = all.iter().copied().find(|it| has(it)) else {
            return;
        };
        let missing: Vec<&'static str> = all.into_iter().filter(|it| !has(it)).collect();
        let short = |name: &str| name.trim_matches('_').to_owned();
        for name in missing {
            let function = format!("_{}_from_{}", short(name), short(root));
            let function = Value::native("functools", &function);
            self.put_name(class, name, function, at);
        }
    }
}
