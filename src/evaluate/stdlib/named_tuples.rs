//! What `namedtuple` puts into a class: how an instance is made, and its methods.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Instance, Namespace, Object, Value};
use crate::semantics::ClassId;
use crate::source::Place;

impl Run<'_, '_> {
    /// An instance of a named tuple of the library's; of one whose fields are not known here, any.
    pub(crate) fn new_library_tuple(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval {
        if self.fields_of_tuple(class).is_some() {
            let arguments = arguments.clone().with_receiver(Value::Class(class));
            return self.new_named_tuple(class, &arguments, at);
        }
        let mut instance = Instance::of(class);
        instance.open = true;
        Ok(self.allocate(Object::Instance(instance)))
    }

    /// Since 3.13 `NamedTuple` looks for `__set_name__` on the type of each value, which a metaclass may answer.
    pub(super) fn look_for_set_name(&mut self, names: &Namespace, at: Option<Place>) -> Eval<()> {
        if !self.is_at_least(13) {
            return Ok(());
        }
        for binding in names.values() {
            let Some(class) = self.class_of(&binding.value) else {
                continue;
            };
            let metaclass = self.metaclass_of(class).filter(|&it| self.is_whole(it));
            if !metaclass.is_some_and(|it| self.user_defines(it, "__getattribute__")) {
                continue;
            }
            let name = Name::const_new("__set_name__");
            match self.get_attribute(&Value::Class(class), &name, at) {
                Err(thrown) if thrown.class != Some(self.known.attribute_error) => {
                    return Err(thrown);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The names of the fields of a named tuple.
    pub(crate) fn fields_of_tuple(&mut self, class: ClassId) -> Option<Vec<Name>> {
        if self.is_under(class, "pkgutil", "ModuleInfo") {
            let fields = ["module_finder", "name", "ispkg"];
            return Some(fields.map(Name::const_new).to_vec());
        }
        let (_, binding) = self.find_in_mro(class, "_fields")?;
        let (fields, open) = self.iterate(&binding?.value);
        let names = fields.iter().map(|it| match it {
            Value::Str(name) => Some(Name::from(&**name)),
            _ => None,
        });
        names.collect::<Option<Vec<_>>>().filter(|_| !open)
    }

    /// `Point(1, y=2)`: fields by place and by name, and their defaults; the class is the first argument.
    pub(super) fn new_named_tuple(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval {
        let mut instance = Instance::of(class);
        instance.open = !self.is_whole(class);
        let fields = self.fields_of_tuple(class);
        let found = self.find_in_mro(class, "_field_defaults");
        let defaults = found.and_then(|(_, binding)| binding).map(|it| it.value);
        if let (Some(fields), false) = (fields, arguments.is_open()) {
            let given = arguments.positional.get(1..).unwrap_or_default();
            self.fit_named_tuple(class, &fields, given, arguments, at)?;
            let mut items = vec![];
            let mut missing = vec![];
            let mut is_known = true;
            for (place, field) in fields.iter().enumerate() {
                let mut value = given
                    .get(place)
                    .or_else(|| arguments.keyword(field))
                    .cloned();
                if value.is_none()
                    && let Some(defaults) = &defaults
                {
                    let name = Value::str(field);
                    match self.mapping_in(defaults) {
                        Some(dict) => {
                            if let Object::Dict(dict) = self.object(dict) {
                                let entry = name.key().and_then(|key| dict.entries.get(&key));
                                value = entry.map(|it| it.1.clone());
                                is_known &= !dict.open || value.is_some();
                            }
                        }
                        None => is_known = false,
                    }
                }
                match value {
                    Some(value) => items.push(value),
                    None => missing.push(format!("'{field}'")),
                }
            }
            if missing.is_empty() {
                instance.payload = Some(Value::tuple(items));
            } else if is_known && defaults.is_some() {
                let name = self.classes.get(class).path.name().to_owned();
                let message = missing_arguments(&name, &missing);
                return Err(self.type_error(&message, at));
            }
        }
        instance.open |= instance.payload.is_none();
        Ok(self.allocate(Object::Instance(instance)))
    }

    fn fit_named_tuple(
        &mut self,
        class: ClassId,
        fields: &[Name],
        given: &[Value],
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<()> {
        let name = self.classes.get(class).path.name().to_owned();
        for (keyword, _) in &arguments.keywords {
            let place = fields.iter().position(|it| it == keyword);
            let message = match place {
                Some(place) if place < given.len() => {
                    format!("{name}.__new__() got multiple values for argument '{keyword}'")
                }
                Some(_) => continue,
                None => format!("{name}.__new__() got an unexpected keyword argument '{keyword}'"),
            };
            return Err(self.type_error(&message, at));
        }
        if given.len() > fields.len() {
            let message = format!(
                "{name}.__new__() takes {} positional arguments but {} were given",
                fields.len() + 1,
                given.len() + 1
            );
            return Err(self.type_error(&message, at));
        }
        Ok(())
    }

    /// `Point._make(iterable)`, `point._replace(y=2)`, `point._asdict()`
    pub(super) fn named_tuple_method(
        &mut self,
        method: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        let arguments = &asked.arguments;
        if arguments.is_open() {
            return Ok(None);
        }
        if let ("__new__" | "_make", Value::Class(class)) = (method, receiver) {
            let class = *class;
            if method == "__new__" {
                return self.new_named_tuple(class, arguments, at).map(Some);
            }
            return self.made_named_tuple(class, arguments, at);
        }
        let (Some(class), Value::Tuple(items)) = (self.class_of(receiver), self.plain(receiver))
        else {
            return Ok(None);
        };
        let Some(fields) = self.fields_of_tuple(class) else {
            return Ok(None);
        };
        match method {
            "_replace" | "__replace__" => {
                let others = arguments.keywords.iter().map(|(name, _)| name);
                let unknown: Vec<String> = others
                    .filter(|it| !fields.contains(it))
                    .map(|it| format!("'{it}'"))
                    .collect();
                if !unknown.is_empty() {
                    let message = format!("Got unexpected field names: [{}]", unknown.join(", "));
                    return Err(if self.is_at_least(13) {
                        self.type_error(&message, at)
                    } else {
                        self.throw(self.known.value_error, message, at)
                    });
                }
                let replaced = fields.iter().zip(items.iter());
                let replaced = replaced
                    .map(|(field, item)| arguments.keyword(field).unwrap_or(item).clone())
                    .collect();
                let mut instance = Instance::of(class);
                instance.payload = Some(Value::tuple(replaced));
                Ok(Some(self.allocate(Object::Instance(instance))))
            }
            "_asdict" if arguments.positional.len() == 1 => {
                let pairs = fields.iter().map(|it| Value::str(it));
                let dict = Dict::from_pairs(pairs.zip(items.iter().cloned()));
                Ok(Some(self.allocate(Object::Dict(dict))))
            }
            "__getnewargs__" => Ok(Some(Value::Tuple(items))),
            _ => Ok(None),
        }
    }

    fn made_named_tuple(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let [_, iterable] = arguments.positional.as_slice() else {
            return Ok(None);
        };
        let (items, fields) = (self.items_of(iterable, at)?, self.fields_of_tuple(class));
        let Some(fields) = fields.filter(|_| !items.open) else {
            return Ok(None);
        };
        if items.items.len() != fields.len() {
            let message = format!(
                "Expected {} arguments, got {}",
                fields.len(),
                items.items.len()
            );
            return Err(self.type_error(&message, at));
        }
        let mut instance = Instance::of(class);
        instance.payload = Some(Value::tuple(items.items));
        Ok(Some(self.allocate(Object::Instance(instance))))
    }
}

/// What a call says that lacks arguments (`format_missing`).
fn missing_arguments(class: &str, missing: &[String]) -> String {
    let names = match missing {
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
        [] => String::new(),
    };
    let plural = if missing.len() == 1 { "" } else { "s" };
    format!(
        "{class}.__new__() missing {} required positional argument{plural}: {names}",
        missing.len()
    )
}
