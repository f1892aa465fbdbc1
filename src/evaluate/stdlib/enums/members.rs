//! Members that code of the program makes: `__new__` and `__init__` of an enumeration, run for each member in turn, and what they raise
//! (`_proto_member.__set_name__`, before 3.11 `EnumMeta.__new__`).

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Instance, Object, ObjectId, Value};
use crate::semantics::{ClassId, Raised, Why};
use crate::source::Place;

impl Run<'_, '_> {
    /// Makes a member of what the body gives it, and returns its value; none where that cannot be told.
    pub(super) fn make_member(
        &mut self,
        class: ClassId,
        data_type: Option<ClassId>,
        (name, given): (&Name, &Value),
        at: Option<Place>,
    ) -> Result<Option<Value>, Box<Raised>> {
        let before = (self.undecided, self.decided_here);
        let arguments = match given {
            Value::Tuple(items) if data_type != Some(self.known.tuple) => items.to_vec(),
            other => vec![other.clone()],
        };
        if arguments.iter().any(Value::is_gap) {
            return Ok(None);
        }
        let scope = self.any_scope();
        let (made, is_made_by_code) = match self.own_function(class, "__new__") {
            Some(function) => {
                let mut all = vec![Value::Class(class)];
                all.extend(arguments.iter().cloned());
                match self.call(&function, Arguments::of(all), at, scope) {
                    Ok(made) => (made, true),
                    Err(thrown) => return self.raised_by_member(&thrown, before),
                }
            }
            None if data_type.is_none() => {
                (self.allocate(Object::Instance(Instance::of(class))), false)
            }
            None => {
                let mut instance = Instance::of(class);
                let is_plain = data_type == self.class_of(given);
                instance.payload = Some(given.clone()).filter(|_| is_plain);
                instance.open = !is_plain;
                (self.allocate(Object::Instance(instance)), false)
            }
        };
        let Some(value) =
            self.value_of_member(&made, data_type, given, &arguments, is_made_by_code, at)?
        else {
            return Ok(None);
        };
        let Value::Object(id) = made else {
            // It is given its value like any other, which a constant has no room for.
            let name = Name::const_new("_value_");
            if data_type.is_some() && self.is_at_least(11) {
                return Err(Box::new(unable_to_create()));
            }
            return match self.set_attribute(&made, &name, value, at) {
                Err(thrown) if (self.undecided, self.decided_here) == before => {
                    Err(Box::new(self.raised(&thrown)))
                }
                Err(thrown) => self.raised_by_member(&thrown, before),
                Ok(()) => Ok(None),
            };
        };
        let is_member = matches!(self.object(id), Object::Instance(it) if it.class == class);
        if !is_member || value.is_gap() {
            return Ok(None);
        }
        self.name_member(id, name, &value);
        let key = self.key_of_member(class, name);
        self.table_objects.insert(key.clone(), made.clone());
        if let Some(init) = self.own_function(class, "__init__") {
            let arguments = Arguments::of(arguments).with_receiver(made.clone());
            if let Some(thrown) = self.misfit_verdict(&init, &arguments, at) {
                return self.raised_by_member(&thrown, before);
            }
            match self.call(&init, arguments, at, scope) {
                Ok(_) if self.undecided == before.0 => {}
                Ok(_) => {
                    self.table_objects.remove(&key);
                    return Ok(None);
                }
                Err(thrown) => {
                    self.table_objects.remove(&key);
                    return self.raised_by_member(&thrown, before);
                }
            }
        }
        let value = self.kept(id, "_value_").unwrap_or(value);
        self.name_member(id, name, &value);
        Ok(Some(value).filter(|it| !it.is_gap()))
    }

    /// `Enum.__new__(class, value)`, which every enumeration has once it is made: the member of that value. Who calls it to make a member is told
    /// that there are none.
    ///
    /// ```py
    /// class Color(Enum):
    ///     def __new__(cls, value): return super().__new__(cls, value)
    ///     RED = 1  # TypeError: do not use `super().__new__; call the appropriate __new__ directly
    /// ```
    pub(in crate::evaluate::stdlib) fn new_of_enum(
        &mut self,
        class: ClassId,
        value: &Value,
        at: Option<Place>,
    ) -> Eval {
        if !value.is_gap() && self.class_of(value) == Some(class) {
            return Ok(value.clone());
        }
        let is_first = self
            .enum_facts
            .get(&class)
            .is_some_and(|it| it.is_in_making && it.all.is_empty() && it.is_sure);
        if !is_first {
            return self.member_of_value(class, value, at);
        }
        if self.is_at_least(13) {
            let message = "do not use `super().__new__; call the appropriate __new__ directly";
            return Err(self.type_error(message, at));
        }
        if self.is_at_least(11) {
            let message = format!("{} has no members defined", self.shown_enum(class));
            return Err(self.type_error(&message, at));
        }
        // It asks `_missing_`, which a flag has its own of.
        if self.is_flag(class) || !self.is_enums_own(class, "_missing_") || value.is_gap() {
            return Ok(self.some(class, Why::Input, at));
        }
        let shown = self.repr_of(value);
        let of = self.classes.get(class).path.qualname.clone();
        let message = format!("{shown} is not a valid {of}");
        Err(self.throw(self.known.value_error, message, at))
    }

    /// Whether the first `__init__` that a member finds is the one that `Protocol` gives to its own: since 3.11 members are made while the class
    /// is, when it has not been told yet that it is no protocol.
    pub(super) fn inherits_init_of_protocol(&self, class: ClassId) -> bool {
        if !self.is_at_least(11) {
            return false;
        }
        let mro = self.classes.mro(class).unwrap_or_default();
        let first = mro.iter().skip(1).find(|&&it| {
            self.own_has(it, "__init__") || self.classes.is_interpreters(it) || self.is_protocol(it)
        });
        !self.own_has(class, "__init__")
            && first.is_some_and(|&it| {
                !self.own_has(it, "__init__")
                    && !self.classes.is_interpreters(it)
                    && self.is_protocol(it)
            })
    }

    /// The function with source that a class has under a name, where it is not one of the `enum` module.
    fn own_function(&self, class: ClassId, name: &str) -> Option<Value> {
        if !self.user_defines(class, name) || self.is_enums_own(class, name) {
            return None;
        }
        let (_, binding) = self.find_in_mro(class, name)?;
        Some(self.static_part(&binding?.value))
    }

    /// Whether code of the program has a say in what the members of a class are.
    pub(super) fn has_code_for_members(&self, class: ClassId) -> bool {
        ["__new__", "__init__"]
            .iter()
            .any(|it| self.own_function(class, it).is_some())
    }

    /// `_value_`: what `__new__` has set, else what the data type makes of the arguments.
    fn value_of_member(
        &mut self,
        made: &Value,
        data_type: Option<ClassId>,
        given: &Value,
        arguments: &[Value],
        is_made_by_code: bool,
        at: Option<Place>,
    ) -> Result<Option<Value>, Box<Raised>> {
        if made.is_gap() {
            return Ok(None);
        }
        if let Value::Object(id) = made
            && let Some(value) = self.kept(*id, "_value_")
        {
            return Ok(Some(value));
        }
        let Some(data_type) = data_type else {
            return Ok(Some(given.clone()));
        };
        if !is_made_by_code && self.class_of(given) == Some(data_type) {
            return Ok(Some(given.clone()));
        }
        let before = (self.undecided, self.decided_here);
        let scope = self.any_scope();
        let arguments = Arguments::of(arguments.to_vec());
        match self.call(&Value::Class(data_type), arguments, at, scope) {
            Ok(value) => Ok(Some(value).filter(|it| !it.is_gap())),
            Err(thrown) => {
                let raised = self.raised_by_member(&thrown, before);
                match raised {
                    Err(_) if self.is_at_least(11) => Err(Box::new(unable_to_create())),
                    other => other,
                }
            }
        }
    }

    /// The exception with which the making of a member ends that of the class; nothing where it may not be raised.
    fn raised_by_member(
        &mut self,
        thrown: &Thrown,
        before: (u32, u32),
    ) -> Result<Option<Value>, Box<Raised>> {
        if let Some(raised) = &thrown.verdict {
            return Err(raised.clone());
        }
        let is_raised = !thrown.is_cut
            && thrown.class.is_some()
            && (thrown.is_certain || self.is_plain_raise(thrown, before));
        if is_raised {
            return Err(Box::new(self.raised(thrown)));
        }
        // Somebody stands ready to catch it.
        if self.is_guarded()
            && let Some(raised) = self.raised_to_somebody(thrown, before.0)
        {
            return Err(Box::new(raised));
        }
        Ok(None)
    }

    /// What a member has by itself: its name and its value.
    fn name_member(&mut self, id: ObjectId, name: &Name, value: &Value) {
        let named = Value::str(name);
        let all = [
            ("_name_", &named),
            ("name", &named),
            ("_value_", value),
            ("value", value),
        ];
        if let Object::Instance(instance) = self.object_mut(id) {
            for (key, value) in all {
                let binding = Binding::new(value.clone(), None);
                instance.names.insert(Name::const_new(key), binding);
            }
            instance.open = true;
        }
    }
}

/// What is said where no value can be made for a member, since 3.11.
fn unable_to_create() -> Raised {
    let message = "_value_ not set in __new__, unable to create it";
    Raised::new("TypeError", message.to_owned())
}
