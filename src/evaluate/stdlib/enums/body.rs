//! What an enumeration's body binds, name by name: `EnumDict.__setitem__`.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, ScopeId, Value};
use crate::semantics::{ClassId, Raised};
use crate::source::{Place, PythonVersion};

/// The book that `EnumDict` keeps.
#[derive(Debug, Clone)]
pub(crate) struct EnumBody {
    /// The name of the class.
    pub(super) class: Name,
    pub(super) bases: Vec<ClassId>,
    /// The type whose instances the members are; none for `object`.
    pub(super) data_type: Option<ClassId>,
    /// The members, with what they were given.
    pub(super) members: Vec<(Name, Value, Option<Place>)>,
    /// What `_order_` says.
    pub(super) order: Option<Value>,
    ignored: Vec<Name>,
    last_values: Vec<Value>,
    auto_called: bool,
    /// Whether it may have members that are not known.
    pub open: bool,
    /// How many branches were being tried when the body began.
    branches: usize,
}

impl EnumBody {
    pub(super) fn new(
        class: &Name,
        bases: &[ClassId],
        data_type: Option<ClassId>,
        branches: usize,
    ) -> Self {
        Self {
            class: class.clone(),
            bases: bases.to_vec(),
            data_type,
            members: vec![],
            order: None,
            ignored: vec![],
            last_values: vec![],
            auto_called: false,
            open: false,
            branches,
        }
    }
}

/// What the names that begin and end with one underscore may be.
fn is_allowed(name: &str, version: PythonVersion) -> bool {
    match name {
        "_order_" | "_generate_next_value_" | "_missing_" | "_ignore_" => true,
        "_create_pseudo_member_" => version < PythonVersion::three(11),
        "_numeric_repr_" | "_iter_member_" | "_iter_member_by_value_" | "_iter_member_by_def_" => {
            version >= PythonVersion::three(11)
        }
        "_add_alias_" | "_add_value_alias_" => version >= PythonVersion::three(13),
        _ => version >= PythonVersion::three(13) && name.starts_with("_repr_"),
    }
}

/// `enum._is_sunder`: `_name_`.
pub(super) fn is_sunder(name: &str) -> bool {
    name.len() > 2
        && name.starts_with('_')
        && name.ends_with('_')
        && !name[1..].starts_with('_')
        && !name[..name.len() - 1].ends_with('_')
}

/// `enum._is_dunder`: `__name__`.
pub(super) fn is_dunder(name: &str) -> bool {
    name.len() > 4
        && name.starts_with("__")
        && name.ends_with("__")
        && !name[2..].starts_with('_')
        && !name[..name.len() - 2].ends_with('_')
}

/// `enum._is_private`: `_Class__name`.
fn is_private(class: &str, name: &str) -> bool {
    name.strip_prefix('_')
        .and_then(|rest| rest.strip_prefix(class))
        .and_then(|rest| rest.strip_prefix("__"))
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('_') && !rest.ends_with("__"))
}

impl Run<'_, '_> {
    /// Enters a binding in the book of an enumeration's body, and returns what is bound in its place.
    pub(crate) fn note_enum_name(
        &mut self,
        body: ScopeId,
        name: &Name,
        value: Value,
        at: Option<Place>,
    ) -> Value {
        let Some(mut book) = self.enum_bodies.remove(&body) else {
            return value;
        };
        if self.journals.len() > book.branches {
            // A branch that is tried: nobody knows whether it is taken.
            book.open = true;
            self.enum_bodies.insert(body, book);
            return value;
        }
        let noted = self.enum_item(&mut book, body, name, value.clone(), at);
        self.enum_bodies.insert(body, book);
        match noted {
            Ok(value) => value,
            Err(raised) => {
                self.note_fault(body, *raised, at);
                value
            }
        }
    }

    fn enum_item(
        &mut self,
        book: &mut EnumBody,
        body: ScopeId,
        name: &Name,
        value: Value,
        at: Option<Place>,
    ) -> Result<Value, Box<Raised>> {
        let version = self.world.version;
        let raise = |kind: &'static str, message: String| Box::new(Raised::new(kind, message));
        if version >= PythonVersion::three(11) && is_private(&book.class, name) {
            return Ok(value);
        }
        if is_sunder(name) {
            if !is_allowed(name, version) {
                let message = if version >= PythonVersion::three(11) {
                    format!("_sunder_ names, such as '{name}', are reserved for future Enum use")
                } else {
                    String::from("_names_ are reserved for future Enum use")
                };
                return Err(raise("ValueError", message));
            }
            match name.as_str() {
                "_generate_next_value_" if book.auto_called => {
                    let message = "_generate_next_value_ must be defined before members";
                    return Err(raise("TypeError", message.to_owned()));
                }
                "_order_" => book.order = Some(value.clone()),
                "_ignore_" => {
                    let names: Vec<Name> = match &value {
                        Value::Str(text) => text
                            .replace(',', " ")
                            .split_whitespace()
                            .map(Name::from)
                            .collect(),
                        other => {
                            let (items, open) = self.iterate(other);
                            book.open |= open;
                            let texts = items.iter().filter_map(|it| self.str_of(it));
                            texts.map(Name::from).collect()
                        }
                    };
                    let already: Vec<String> = names
                        .iter()
                        .filter(|it| book.members.iter().any(|(member, ..)| member == *it))
                        .map(|it| format!("'{it}'"))
                        .collect();
                    book.ignored = names;
                    if !already.is_empty() {
                        let already = already.join(", ");
                        let message =
                            format!("_ignore_ cannot specify already set names: {{{already}}}");
                        return Err(raise("ValueError", message));
                    }
                }
                _ => {}
            }
            return Ok(value);
        }
        if is_dunder(name) {
            if name == "__order__" {
                book.order = Some(value.clone());
            }
            return Ok(value);
        }
        if book.members.iter().any(|(member, ..)| member == name) {
            if book.open {
                return Ok(value);
            }
            let message = if version >= PythonVersion::three(11) {
                format!(
                    "'{name}' already defined as {}",
                    self.bound_repr(body, name)
                )
            } else {
                format!("Attempted to reuse key: '{name}'")
            };
            return Err(raise("TypeError", message));
        }
        if book.ignored.contains(name) {
            return Ok(value);
        }
        let wrapper = self.enum_wrapper(&value);
        if wrapper == Some("nonmember") {
            return Ok(self.wrapped(&value));
        }
        match self.is_enum_descriptor(&book.class, &value) {
            Some(true) => return Ok(value),
            Some(false) => {}
            None => {
                book.open = true;
                return Ok(value);
            }
        }
        let is_bound = self.scope(body).names.contains_key(name);
        if is_bound && !book.open {
            let colon = if version >= PythonVersion::three(11) {
                ""
            } else {
                ":"
            };
            let message = format!(
                "'{name}' already defined as{colon} {}",
                self.bound_repr(body, name)
            );
            return Err(raise("TypeError", message));
        }
        let value = if wrapper == Some("member") {
            self.wrapped(&value)
        } else {
            value
        };
        let given = self
            .with_auto_values(book, body, name, value, at)
            .map_err(|message| raise("TypeError", message))?;
        book.members.push((name.clone(), given.clone(), at));
        Ok(given)
    }

    /// `repr` of what a body has bound so far.
    fn bound_repr(&self, body: ScopeId, name: &Name) -> String {
        let value = self.scope(body).names.get(name).map(|it| it.value.clone());
        value.map_or_else(String::new, |value| self.repr_of(&value))
    }

    /// `auto`, `member` or `nonmember`, where the value is an instance of one.
    fn enum_wrapper(&self, value: &Value) -> Option<&'static str> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        ["auto", "member", "nonmember"]
            .into_iter()
            .find(|name| self.is_library_class(instance.class, "enum", name))
    }

    /// What `member(…)` and `nonmember(…)` were given.
    fn wrapped(&mut self, value: &Value) -> Value {
        if let Value::Object(id) = value
            && let Object::Instance(instance) = self.object(*id)
            && let Some(Value::Tuple(given)) = &instance.payload
            && let Some(first) = given.first()
        {
            return first.clone();
        }
        self.gap_for(None, crate::semantics::Why::NotFollowed)
    }

    /// Whether a value stays what it is: a descriptor, since 3.13 also a class that the body defines.
    fn is_enum_descriptor(&self, class: &str, value: &Value) -> Option<bool> {
        Some(match value {
            Value::Gap(_) => return None,
            Value::Method(_) => true,
            // Functions in C are no descriptors, their methods are.
            Value::Native(path) => path.qualname.contains('.'),
            Value::Class(id) => {
                let qualname = &self.classes.get(*id).path.qualname;
                let inner = format!("{class}.{}", self.classes.get(*id).path.name());
                self.world.version >= PythonVersion::three(13)
                    && (*qualname == inner || qualname.ends_with(&format!(".{inner}")))
            }
            Value::Object(id) => match self.object(*id) {
                Object::Function(_)
                | Object::Property { .. }
                | Object::ClassMethod(_)
                | Object::StaticMethod(_) => true,
                Object::Instance(instance) => {
                    if !self.is_whole(instance.class) {
                        return None;
                    }
                    ["__get__", "__set__", "__delete__"]
                        .iter()
                        .any(|method| self.find_in_mro(instance.class, method).is_some())
                }
                _ => false,
            },
            _ => false,
        })
    }

    /// Whether a value is the default of `auto`'s parameter, `enum._auto_null`: a plain object before 3.11.
    fn is_not_given(&self, value: &Value) -> bool {
        self.class_of(value).is_some_and(|class| {
            class == self.known.object
                && self.world.version < crate::source::PythonVersion::three(11)
                || self.is_library_class(class, "enum", "_auto_null")
        })
    }

    /// The value with what `auto()` stands for put in.
    fn with_auto_values(
        &mut self,
        book: &mut EnumBody,
        body: ScopeId,
        name: &Name,
        value: Value,
        at: Option<Place>,
    ) -> Result<Value, String> {
        let parts = match &value {
            Value::Tuple(parts) if parts.iter().any(|it| self.enum_wrapper(it) == Some("auto")) => {
                parts.to_vec()
            }
            single if self.enum_wrapper(single) == Some("auto") => vec![single.clone()],
            _ => {
                book.last_values.push(value.clone());
                return Ok(value);
            }
        };
        let mut given = vec![];
        for part in parts {
            if self.enum_wrapper(&part) != Some("auto") {
                given.push(part);
                continue;
            }
            // One that has been given a value keeps it.
            if let Value::Object(id) = &part
                && let Some(value) = self.kept(*id, "value")
                && !self.is_not_given(&value)
            {
                book.last_values.push(value.clone());
                given.push(value);
                continue;
            }
            let next = self.next_value(book, body, name, at)?;
            book.auto_called = true;
            book.last_values.push(next.clone());
            given.push(next);
        }
        Ok(match value {
            Value::Tuple(_) => Value::tuple(given),
            _ => given.swap_remove(0),
        })
    }

    /// `_generate_next_value_(name, 1, count, last_values)`: the body's own, an inherited one with source, or the library's.
    fn next_value(
        &mut self,
        book: &EnumBody,
        body: ScopeId,
        name: &Name,
        at: Option<Place>,
    ) -> Result<Value, String> {
        let hook = Name::const_new("_generate_next_value_");
        let own = self.scope(body).names.get(&hook).map(|it| it.value.clone());
        let inherited = |run: &Self| {
            book.bases.iter().rev().find_map(|&base| {
                let (_, binding) = run
                    .find_in_mro(base, &hook)
                    .filter(|_| !run.is_enums_own(base, &hook))?;
                binding.map(|it| it.value)
            })
        };
        if let Some(hook) = own.or_else(|| inherited(self)) {
            let function = self.static_part(&hook);
            let count = i64::try_from(book.members.len()).unwrap_or(i64::MAX);
            let last = self.list(book.last_values.clone());
            let arguments = Arguments::of(vec![
                Value::str(name),
                Value::Int(1),
                Value::Int(count),
                last,
            ]);
            let scope = self.any_scope();
            if let Some(thrown) = self.misfit_verdict(&function, &arguments, at)
                && let Some(message) = thrown.message
            {
                return Err(message);
            }
            return Ok(match self.call(&function, arguments, at, scope) {
                Ok(value) => value,
                Err(_) => self.gap_for(at, crate::semantics::Why::NotFollowed),
            });
        }
        if book.last_values.iter().any(Value::is_gap) {
            return Ok(self.gap_for(at, crate::semantics::Why::Input));
        }
        if book.bases.iter().any(|&base| self.is_flag(base)) {
            return self.next_flag(book);
        }
        let is_text = book
            .bases
            .iter()
            .any(|&base| self.is_under(base, "enum", "StrEnum"));
        if is_text {
            return Ok(Value::str(&name.to_lowercase()));
        }
        let numbers: Vec<Option<i64>> = book.last_values.iter().map(as_int).collect();
        let Some(last) = numbers.last() else {
            return Ok(Value::Int(1));
        };
        if self.world.version < PythonVersion::three(13) {
            // Values that cannot be counted on are passed over, with a warning.
            let all: Option<Vec<i64>> = numbers.iter().copied().collect();
            let largest = all.and_then(|all| all.iter().max().copied());
            let found = match (largest, last) {
                (Some(largest), Some(last)) if largest == *last => Some(largest),
                _ => numbers.iter().rev().find_map(|it| *it),
            };
            return Ok(Value::Int(found.map_or(1, |it| it.saturating_add(1))));
        }
        let all: Option<Vec<i64>> = numbers.iter().copied().collect();
        if let Some(all) = all {
            let largest = all.iter().max().copied().unwrap_or(0);
            return Ok(Value::Int(largest.saturating_add(1)));
        }
        let texts: Option<Vec<&str>> = book
            .last_values
            .iter()
            .map(|it| match it {
                Value::Str(text) => Some(&**text),
                _ => None,
            })
            .collect();
        match texts.and_then(|texts| texts.into_iter().max()) {
            Some(largest) => Err(format!(
                "unable to increment {}",
                self.repr_of(&Value::str(largest))
            )),
            None if book
                .last_values
                .iter()
                .all(|it| as_int(it).is_some() || matches!(it, Value::Str(_) | Value::None)) =>
            {
                Err(String::from("unable to sort non-numeric values"))
            }
            None => Ok(self.gap_for(at, crate::semantics::Why::Input)),
        }
    }

    /// `Flag._generate_next_value_`: the next power of two.
    fn next_flag(&mut self, book: &EnumBody) -> Result<Value, String> {
        if book.members.is_empty() {
            return Ok(Value::Int(1));
        }
        let numbers: Option<Vec<i64>> = book.last_values.iter().map(as_int).collect();
        let Some(numbers) = numbers else {
            let first = if self.world.version >= PythonVersion::three(11) {
                "invalid flag value"
            } else {
                "Invalid Flag value:"
            };
            let odd = book
                .last_values
                .iter()
                .rev()
                .find(|it| as_int(it).is_none());
            let odd = odd.map_or_else(String::new, |it| self.repr_of(it));
            return Err(format!("{first} {odd}"));
        };
        let largest = if self.world.version >= PythonVersion::three(11) {
            numbers.iter().max().copied()
        } else {
            numbers.last().copied()
        };
        let bits = i64::BITS - largest.unwrap_or(0).unsigned_abs().leading_zeros();
        Ok(Value::Int(1_i64.checked_shl(bits).unwrap_or(i64::MAX)))
    }
}

fn as_int(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        Value::Bool(truth) => Some(i64::from(*truth)),
        _ => None,
    }
}
