//! What functions and methods without source ask of their arguments: how many, by which names, of which kind.

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Key, MOST_PARTS, Object, Value};
use crate::source::Place;

impl Run<'_, '_> {
    /// `TypeError(message)`
    pub(crate) fn type_error(&mut self, message: &str, at: Option<Place>) -> Box<Thrown> {
        self.throw(self.known.type_error, message.to_owned(), at)
    }

    /// The arguments in the places of parameters, of which the first `least` must be there; one without a name takes no keyword. None where
    /// there may be others than are known.
    pub(crate) fn placed(
        &mut self,
        arguments: &Arguments,
        function: &str,
        parameters: &[&str],
        least: usize,
        at: Option<Place>,
    ) -> Eval<Option<Vec<Option<Value>>>> {
        if arguments.is_open() {
            return Ok(None);
        }
        let given = arguments.positional.len();
        let has_names = parameters.iter().any(|it| !it.is_empty());
        if !arguments.keywords.is_empty() && !has_names {
            let message = format!("{function}() takes no keyword arguments");
            return Err(self.type_error(&message, at));
        }
        let most = parameters.len();
        let total = given + arguments.keywords.len();
        if given > most || (total > most && has_names) || (given < least && !has_names) {
            let message = misfit(function, given, least, most);
            return Err(self.type_error(&message, at));
        }
        let mut placed: Vec<Option<Value>> = vec![None; most];
        for (place, value) in placed.iter_mut().zip(&arguments.positional) {
            *place = Some(value.clone());
        }
        for (name, value) in &arguments.keywords {
            let place = parameters.iter().position(|it| *it == name.as_str());
            match place {
                Some(place) if placed[place].is_none() => placed[place] = Some(value.clone()),
                Some(place) => {
                    let message = format!(
                        "argument for {function}() given by name ('{name}') and position ({})",
                        place + 1
                    );
                    return Err(self.type_error(&message, at));
                }
                None => {
                    let message = if self.is_at_least(13) {
                        format!("{function}() got an unexpected keyword argument '{name}'")
                    } else {
                        format!("'{name}' is an invalid keyword argument for {function}()")
                    };
                    return Err(self.type_error(&message, at));
                }
            }
        }
        if let Some(place) = placed.iter().take(least).position(Option::is_none) {
            let message = format!(
                "{function}() missing required argument '{}' (pos {})",
                parameters[place],
                place + 1
            );
            return Err(self.type_error(&message, at));
        }
        Ok(Some(placed))
    }

    /// What a call of `list`, `tuple`, `set`, `frozenset` or `dict` itself raises for arguments that it does not take.
    pub(super) fn misfit_of_container(
        &mut self,
        class: crate::semantics::ClassId,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Option<Box<Thrown>> {
        let known = self.known;
        let containers = [
            known.list,
            known.tuple,
            known.set,
            known.frozenset,
            known.dict,
        ];
        if arguments.is_open() || !containers.contains(&class) {
            return None;
        }
        let name = self.classes.get(class).path.name().to_owned();
        let given = arguments.positional.len();
        if given > 1 {
            let message = format!("{name} expected at most 1 argument, got {given}");
            return Some(self.type_error(&message, at));
        }
        if class != known.dict && !arguments.keywords.is_empty() {
            let message = format!("{name}() takes no keyword arguments");
            return Some(self.type_error(&message, at));
        }
        None
    }

    /// What a call of `OrderedDict` or `defaultdict` raises for arguments that it does not take.
    pub(crate) fn misfit_of_mapping(
        &mut self,
        has_factory: bool,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Option<Box<Thrown>> {
        let given = arguments.positional.len();
        let most = if has_factory { 2 } else { 1 };
        if arguments.is_open() {
            return None;
        }
        if given > most {
            let message = format!("expected at most {most} arguments, got {given}");
            return Some(self.type_error(&message, at));
        }
        let factory = arguments.positional.first().filter(|_| has_factory)?;
        let is_callable = match factory {
            Value::None
            | Value::Gap(_)
            | Value::Class(_)
            | Value::Native(_)
            | Value::Method(_)
            | Value::Module(_) => true,
            other => self
                .class_of(other)
                .is_none_or(|class| self.find_in_mro(class, "__call__").is_some()),
        };
        (!is_callable).then(|| self.type_error("first argument must be callable or None", at))
    }

    /// The arguments of a method behind its receiver: at least so many, at most so many, none by name.
    pub(crate) fn taken(
        &mut self,
        arguments: &Arguments,
        class: &str,
        method: &str,
        (least, most): (usize, usize),
        at: Option<Place>,
    ) -> Eval<Option<Vec<Value>>> {
        if arguments.is_open() {
            return Ok(None);
        }
        let taken: Vec<Value> = arguments.positional.iter().skip(1).cloned().collect();
        let given = taken.len();
        if !arguments.keywords.is_empty() {
            let message = format!("{class}.{method}() takes no keyword arguments");
            return Err(self.type_error(&message, at));
        }
        if (least..=most).contains(&given) {
            return Ok(Some(taken));
        }
        let message = match (least, most) {
            (0, 0) => format!("{class}.{method}() takes no arguments ({given} given)"),
            (1, 1) => format!("{class}.{method}() takes exactly one argument ({given} given)"),
            _ => misfit(method, given, least, most),
        };
        Err(self.type_error(&message, at))
    }

    /// A whole number as an index or a count (`PyNumber_AsSsize_t`), as large as one can be at most; raises for what is none.
    pub(crate) fn index_of(&mut self, value: &Value, at: Option<Place>) -> Eval<Option<i64>> {
        Ok(match self.plain(value) {
            Value::Int(number) => Some(number),
            Value::Bool(it) => Some(i64::from(it)),
            Value::BigInt(number) if number.sign() == num_bigint::Sign::Minus => Some(i64::MIN),
            Value::BigInt(_) => Some(i64::MAX),
            Value::Gap(_) => None,
            _ => {
                let made = self.whole_index(value);
                let Some(number) = self.settled(made, at)? else {
                    self.lose();
                    return Ok(None);
                };
                let is_negative = number.sign() == num_bigint::Sign::Minus;
                let most = if is_negative { i64::MIN } else { i64::MAX };
                Some(i64::try_from(&number).unwrap_or(most))
            }
        })
    }

    /// The key that a value has in a dict or set; none where that cannot be told. Raises for what cannot be hashed.
    pub(crate) fn hashed(&mut self, value: &Value, at: Option<Place>) -> Eval<Option<Key>> {
        if self.is_hashed_by_code(value) {
            let hash = self.hash_of(value);
            let hash = self.settled(hash, at)?;
            match (hash, value) {
                (Some(Value::Int(hash)), Value::Object(id)) => {
                    self.hashes_by_code.insert(hash);
                    return Ok(Some(Key::Hashed(hash, *id)));
                }
                // Classes whose metaclass does not say otherwise are equal to themselves only.
                (Some(_), Value::Class(id)) if !self.has_code(value, "__eq__") => {
                    return Ok(Some(Key::Class(*id)));
                }
                _ => self.lose(),
            }
            if self.is_traced() {
                return Ok(None);
            }
        }
        match self.hash_kind(value, &mut MOST_PARTS.clone()) {
            Hashing::Key(key) => Ok(Some(key)),
            Hashing::Unknown => Ok(None),
            Hashing::Refused(name) => {
                let message = format!("unhashable type: '{name}'");
                Err(self.type_error(&message, at))
            }
        }
    }

    /// The key that a value has in a dict or set, as far as no code is asked; none where that is not known.
    pub(crate) fn known_key(&self, value: &Value) -> Option<Key> {
        match self.hash_kind(value, &mut MOST_PARTS.clone()) {
            Hashing::Key(key) => Some(key),
            Hashing::Unknown | Hashing::Refused(_) => None,
        }
    }

    fn hash_kind(&self, value: &Value, left: &mut u32) -> Hashing {
        let Some(rest) = left.checked_sub(1) else {
            return Hashing::Unknown;
        };
        *left = rest;
        let Value::Object(id) = value else {
            let Value::Tuple(items) = value else {
                if let Value::Slice(_) = value {
                    return if self.is_at_least(12) {
                        Hashing::Unknown
                    } else {
                        Hashing::Refused("slice".into())
                    };
                }
                return value.key().map_or(Hashing::Unknown, Hashing::Key);
            };
            let mut keys = Vec::with_capacity(items.len());
            for item in items.iter() {
                match self.hash_kind(item, left) {
                    Hashing::Key(key) => keys.push(key),
                    other => return other,
                }
            }
            return Hashing::Key(Key::Tuple(keys.into()));
        };
        let known = &self.known;
        match self.object(*id) {
            Object::List { .. } => Hashing::Refused("list".into()),
            Object::Dict(_) => Hashing::Refused("dict".into()),
            Object::Set { frozen: false, .. } => Hashing::Refused("set".into()),
            Object::View { part, .. } if !part.is_values() => {
                Hashing::Refused(self.class_name_of(value))
            }
            // Equal ones are one key, and which those are is not looked at.
            Object::Set { frozen: true, .. } => Hashing::Unknown,
            Object::Instance(instance) => {
                let class = instance.class;
                let by_code = self.user_defines(class, "__hash__");
                if by_code || self.user_defines(class, "__eq__") {
                    let found = self.find_in_mro(class, "__hash__");
                    let binding = found.and_then(|(_, binding)| binding);
                    return match binding {
                        Some(it) if matches!(it.value, Value::None) => {
                            Hashing::Refused(self.class_name_of(value))
                        }
                        _ => Hashing::Key(Key::Object(*id)),
                    };
                }
                let is = |kind| self.classes.is_subclass(class, kind);
                if is(known.list)
                    || is(known.dict)
                    || is(known.set)
                    || self.is_under(class, "collections", "deque")
                {
                    return Hashing::Refused(self.class_name_of(value));
                }
                if is(known.frozenset) {
                    return Hashing::Unknown;
                }
                // A member of an enumeration with a data type is hashed by that, and equal to its value.
                match &instance.payload {
                    Some(payload) if self.has_data_type(class) => self.hash_kind(payload, left),
                    None if self.has_data_type(class) => Hashing::Unknown,
                    _ => Hashing::Key(Key::Object(*id)),
                }
            }
            _ => Hashing::Key(Key::Object(*id)),
        }
    }

    /// Whether objects of a class are equal, and hashed, by a value that they have beside their names: `class Status(int, Enum)`.
    pub(crate) fn has_data_type(&self, class: crate::semantics::ClassId) -> bool {
        let known = self.known;
        [
            known.str_,
            known.int,
            known.float,
            known.tuple,
            known.bytes,
            known.complex,
        ]
        .iter()
        .any(|&it| self.classes.is_subclass(class, it))
    }

    /// Whether an object is equal by such a value, and that is not known.
    pub(crate) fn lacks_value(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id) if matches!(
            self.object(*id),
            Object::Instance(it) if it.payload.is_none() && self.has_data_type(it.class)
        ))
    }

    /// `KeyError(key)`
    pub(crate) fn key_error(&mut self, key: &Value, at: Option<Place>) -> Box<Thrown> {
        let message = self.exact_repr(key).unwrap_or_default();
        let thrown = self.throw(self.known.key_error, message, at);
        if let Value::Object(id) = thrown.value
            && let Object::Instance(exception) = self.object_mut(id)
        {
            exception.payload = Some(Value::tuple(vec![key.clone()]));
        }
        thrown
    }
}

/// How a value is hashed.
enum Hashing {
    Key(Key),
    Unknown,
    /// Not at all, with the name of its class.
    Refused(String),
}

fn misfit(function: &str, given: usize, least: usize, most: usize) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    if least == most {
        format!(
            "{function} expected {least} argument{}, got {given}",
            plural(least)
        )
    } else if given < least {
        format!(
            "{function} expected at least {least} argument{}, got {given}",
            plural(least)
        )
    } else {
        format!(
            "{function} expected at most {most} argument{}, got {given}",
            plural(most)
        )
    }
}
