//! The members of an enumeration that has just been made, and what their making raises: `EnumType.__new__`, `_proto_member.__set_name__`.

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::stdlib::enums::{EnumBody, EnumFacts};
use crate::semantics::{ClassId, Raised};
use crate::source::PythonVersion;

impl Run<'_, '_> {
    /// What `EnumType.__new__` raises before it makes the class.
    pub(crate) fn before_enum(&self, book: &EnumBody) -> Option<Raised> {
        let is_bad = |name: &Name| name == "mro" || name.is_empty();
        let bad = book.members.iter().any(|(name, ..)| is_bad(name));
        bad.then(|| {
            let message = if self.world.version >= PythonVersion::three(11) {
                String::from("invalid enum member name(s) 'mro'")
            } else {
                String::from("Invalid enum member name: mro")
            };
            Raised::new("ValueError", message)
        })
    }

    /// Makes the members of a class that exists, and says what that raises.
    pub(crate) fn finish_enum(&mut self, class: ClassId, book: &EnumBody) -> Option<Raised> {
        let is_flag = self.is_flag(class);
        // Code that makes members may give them any value.
        let has_own = |of: ClassId, method: &str| {
            self.user_defines(of, method) && !self.is_enums_own(of, method)
        };
        // A metaclass may hand other values on than the body has bound, as Django's choices do.
        let mut makes_own = self
            .metaclass_of(class)
            .is_some_and(|metaclass| has_own(metaclass, "__new__"));
        let has_code = !makes_own && !book.open && self.has_code_for_members(class);
        if !book.members.is_empty() && self.inherits_init_of_protocol(class) {
            let message = String::from("Protocols cannot be instantiated");
            return Some(Raised::new("TypeError", message));
        }
        if let Some(raised) = self.takes_no_value(class, book) {
            return Some(raised);
        }
        let mut canonical: Vec<(Name, Value)> = vec![];
        let mut aliases: Vec<(Name, Name)> = vec![];
        // All that are no aliases, those that flags put together of others too.
        let mut valued: Vec<(Name, Value)> = vec![];
        let mut unsure: Vec<Name> = vec![];
        let mut all: Vec<Name> = vec![];
        for (name, value, at) in &book.members {
            all.push(name.clone());
            if makes_own {
                canonical.push((name.clone(), value.clone()));
                continue;
            }
            let mut made = None;
            if has_code {
                // The code may look at the members that are there already.
                let so_far = EnumFacts {
                    members: canonical.iter().map(|it| it.0.clone()).collect(),
                    all: all[..all.len() - 1].to_vec(),
                    aliases: aliases.clone(),
                    unsure: vec![],
                    is_sure: unsure.is_empty(),
                    makes_own: false,
                    data_type: book.data_type,
                    is_in_making: true,
                };
                self.enum_facts.insert(class, so_far);
                match self.make_member(class, book.data_type, (name, value), *at) {
                    Ok(Some(value)) => made = Some(value),
                    Ok(None) => {
                        makes_own = true;
                        canonical.push((name.clone(), value.clone()));
                        continue;
                    }
                    Err(raised) => return Some(*raised),
                }
            }
            let value =
                match made.map_or_else(|| self.member_value(class, book.data_type, value), Ok) {
                    Ok(value) => value,
                    Err(raised) => return Some(*raised),
                };
            if is_flag
                && self.world.version >= PythonVersion::three(11)
                && self.world.version < PythonVersion::three(13)
                && let Some(odd) = self.not_a_number(&value)
            {
                let message = format!("unsupported operand type(s) for |=: 'int' and '{odd}'");
                return Some(Raised::new("TypeError", message));
            }
            let mut original = None;
            let mut may_be_alias = false;
            for (known_as, known) in &valued {
                match self.equal(known, &value) {
                    Some(true) => {
                        original = Some(known_as.clone());
                        break;
                    }
                    Some(false) => {}
                    None => may_be_alias = true,
                }
            }
            let is_alias = original.is_some();
            if may_be_alias {
                unsure.push(name.clone());
            } else {
                aliases.extend(original.map(|original| (name.clone(), original)));
            }
            if !is_alias {
                valued.push((name.clone(), value.clone()));
            }
            let is_whole_flag = match self.plain(&value) {
                Value::Int(bits) => bits.count_ones() == 1 && bits > 0,
                other => self.not_a_number(&other).is_none(),
            };
            let counts = !is_flag || is_whole_flag || self.world.version < PythonVersion::three(11);
            if !is_alias && counts {
                canonical.push((name.clone(), value));
            }
        }
        let names: Vec<Name> = canonical.iter().map(|(name, _)| name.clone()).collect();
        self.enum_facts.insert(
            class,
            EnumFacts {
                members: names.clone(),
                all: all.clone(),
                aliases,
                is_sure: !makes_own && !book.open && unsure.is_empty(),
                makes_own: makes_own && !book.open,
                unsure,
                data_type: book.data_type,
                is_in_making: false,
            },
        );
        if makes_own || book.open {
            return None;
        }
        if let Some(raised) = self.lacks_data_type(book) {
            return Some(raised);
        }
        self.order_fault(book, &all, &names)
    }

    /// What a member of a data type is made of: `int('r')` raises.
    fn member_value(
        &self,
        class: ClassId,
        data_type: Option<ClassId>,
        value: &Value,
    ) -> Result<Value, Box<Raised>> {
        let Some(data_type) = data_type else {
            return Ok(value.clone());
        };
        let arguments: Vec<Value> = match value {
            Value::Tuple(items) if data_type != self.known.tuple => items.to_vec(),
            other => vec![other.clone()],
        };
        if arguments.iter().any(Value::is_gap) {
            return Ok(value.clone());
        }
        let is_text = self.is_under(class, "enum", "StrEnum");
        let fault = if is_text {
            self.not_texts(&arguments)
        } else if data_type == self.known.str_ {
            self.not_decoded(&arguments)
        } else if data_type == self.known.int {
            self.not_converted(&arguments)
        } else {
            None
        };
        match fault {
            Some(raised) => Err(Box::new(raised)),
            None => Ok(match arguments.as_slice() {
                [one] => one.clone(),
                _ => value.clone(),
            }),
        }
    }

    /// `StrEnum.__new__`
    fn not_texts(&self, arguments: &[Value]) -> Option<Raised> {
        let is_text = |value: &Value| matches!(self.plain(value), Value::Str(_));
        let message = match arguments {
            [one] if !is_text(one) => format!("{} is not a string", self.repr_of(one)),
            [_, encoding, ..] if !is_text(encoding) => {
                format!("encoding must be a string, not {}", self.repr_of(encoding))
            }
            [_, _, errors] if !is_text(errors) => {
                format!("errors must be a string, not {}", self.repr_of(errors))
            }
            [_, _, _, _, ..] => format!(
                "too many arguments for str(): {}",
                self.repr_of(&Value::tuple(arguments.to_vec()))
            ),
            _ => return None,
        };
        Some(Raised::new("TypeError", message))
    }

    /// `str(object, encoding, errors)`
    fn not_decoded(&self, arguments: &[Value]) -> Option<Raised> {
        let is_text = |value: &Value| matches!(self.plain(value), Value::Str(_));
        let about = |name: &str, value: &Value| {
            let given = self.type_name(value);
            Raised::new(
                "TypeError",
                format!("str() argument '{name}' must be str, not {given}"),
            )
        };
        match arguments {
            [_, encoding, ..] if !is_text(encoding) => Some(about("encoding", encoding)),
            [_, _, errors, ..] if !is_text(errors) => Some(about("errors", errors)),
            _ => None,
        }
    }

    /// `int(object)`
    fn not_converted(&self, arguments: &[Value]) -> Option<Raised> {
        match arguments {
            [Value::Str(text)] => {
                let digits = text.trim().replace('_', "");
                let digits = digits.strip_prefix(['+', '-']).unwrap_or(&digits);
                let is_number = !digits.is_empty() && digits.chars().all(char::is_numeric);
                (!is_number).then(|| {
                    let text = self.repr_of(&arguments[0]);
                    let message = format!("invalid literal for int() with base 10: {text}");
                    Raised::new("ValueError", message)
                })
            }
            [other] if self.is_no_number(other) => {
                let number = if self.world.version >= PythonVersion::three(10) {
                    "real number"
                } else {
                    "number"
                };
                let given = self.type_name(other);
                let message = format!(
                    "int() argument must be a string, a bytes-like object or a {number}, not '{given}'"
                );
                Some(Raised::new("TypeError", message))
            }
            _ => None,
        }
    }

    /// Whether `int` refuses a value of this type: a class, `None`, a container.
    fn is_no_number(&self, value: &Value) -> bool {
        match value {
            Value::None | Value::Class(_) | Value::Tuple(_) => true,
            Value::Object(id) => !matches!(self.object(*id), Object::Instance(_)),
            _ => false,
        }
    }

    /// The type of a value that is certainly no number.
    fn not_a_number(&self, value: &Value) -> Option<String> {
        match self.plain(value) {
            Value::Int(_) | Value::Bool(_) | Value::BigInt(_) | Value::Gap(_) => None,
            Value::Object(_) | Value::Native(_) | Value::Method(_) => None,
            other => Some(self.type_name(&other)),
        }
    }

    /// What the `__init__` of `object` says to a member of a class that `EnumType` makes without `Enum` among its bases.
    ///
    /// ```py
    /// class Color(metaclass=EnumType): RED = 1  # TypeError: Color.__init__() takes exactly one argument (the instance to initialize)
    /// ```
    fn takes_no_value(&self, class: ClassId, book: &EnumBody) -> Option<Raised> {
        let is_empty = |it: &Value| matches!(it, Value::Tuple(items) if items.is_empty());
        let (_, first, _) = book.members.iter().find(|it| !is_empty(&it.1))?;
        let mro = self.classes.mro(class)?;
        let has_none = |name: &str| {
            let mut own = mro.iter().filter(|&&it| it != self.known.object);
            own.all(|&it| !self.own_has(it, name))
        };
        let takes_none = !first.is_gap()
            && book.data_type.is_none()
            && !self.is_under(class, "enum", "Enum")
            && has_none("__init__")
            && has_none("__new__");
        let name = self.classes.get(class).path.name();
        let message =
            format!("{name}.__init__() takes exactly one argument (the instance to initialize)");
        takes_none.then(|| Raised::new("TypeError", message))
    }

    /// `ReprEnum` wants a data type beside it.
    fn lacks_data_type(&self, book: &EnumBody) -> Option<Raised> {
        let has_repr = book
            .bases
            .iter()
            .any(|&it| self.is_library_class(it, "enum", "ReprEnum"));
        (has_repr && book.data_type.is_none()).then(|| {
            let message =
                "ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)";
            Raised::new("TypeError", message.to_owned())
        })
    }

    /// `_order_` must name the members as they are, aliases left out.
    fn order_fault(&mut self, book: &EnumBody, all: &[Name], canonical: &[Name]) -> Option<Raised> {
        let order = book.order.clone()?;
        let wanted: Vec<Name> = match &order {
            Value::Str(text) => text
                .replace(',', " ")
                .split_whitespace()
                .map(Name::from)
                .collect(),
            other => {
                let (items, open) = self.iterate(other);
                if open {
                    return None;
                }
                let texts: Option<Vec<String>> = items.iter().map(|it| self.str_of(it)).collect();
                texts?.into_iter().map(Name::from).collect()
            }
        };
        let told = if self.world.version >= PythonVersion::three(11) {
            wanted
                .into_iter()
                .filter(|it| !all.contains(it) || canonical.contains(it))
                .collect()
        } else {
            wanted
        };
        if told.is_empty() && self.world.version >= PythonVersion::three(11) || told == canonical {
            return None;
        }
        let message = if self.world.version >= PythonVersion::three(11) {
            format!(
                "member order does not match _order_:\n  {}\n  {}",
                listed(canonical),
                listed(&told)
            )
        } else {
            String::from("member order does not match _order_")
        };
        Some(Raised::new("TypeError", message))
    }
}

/// A list of texts as Python shows it.
fn listed(names: &[Name]) -> String {
    let quoted: Vec<String> = names.iter().map(|it| format!("'{it}'")).collect();
    format!("[{}]", quoted.join(", "))
}
