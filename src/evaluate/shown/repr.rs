//! Bounded reprs: what `reprlib.repr` of that CPython prints of a value that is known, and nothing where it is not.
//!
//! The limits are `reprlib`'s, so that a value of any size is shown in a line; the work has a limit, too.

mod collected;
mod limits;
mod printable;
mod scalar;
mod sorted;

use std::borrow::Cow;

use num_bigint::BigInt;

use crate::evaluate::machine::fault::{Pure, value_error};
use crate::evaluate::machine::identity::is_of_this_world;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Range, Value};
use crate::semantics::ClassId;
use crate::source::PythonVersion;
pub use limits::Limits;
use sorted::Sorting;

/// Work that one repr may be: characters written and keys sorted. A list that holds a list six times that holds a list six times has
/// a repr of a megabyte by its sixth level, and costs a line to write.
const MOST_WORK: usize = 1 << 17;

/// The docstring that a class body has of the text it begins with: since 3.13 without the indentation its lines share
/// (`_PyCompile_CleanDoc`).
pub(crate) fn docstring_of(text: &str, version: PythonVersion) -> Cow<'_, str> {
    if version < PythonVersion::three(13) {
        return Cow::Borrowed(text);
    }
    let expanded = if text.contains('\t') {
        Cow::Owned(without_tabs(text))
    } else {
        Cow::Borrowed(text)
    };
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let margin = expanded
        .split('\n')
        .skip(1)
        .filter(|line| blanks(line) < line.len())
        .map(blanks)
        .min()
        .unwrap_or(0);
    if margin == 0 && !expanded.starts_with(' ') {
        return expanded;
    }
    let mut lines = expanded.split('\n');
    let mut clean = String::with_capacity(expanded.len());
    clean.push_str(lines.next().unwrap_or("").trim_start_matches(' '));
    for line in lines {
        clean.push('\n');
        clean.push_str(&line[margin.min(blanks(line))..]);
    }
    Cow::Owned(clean)
}

/// `str.expandtabs()`
pub(crate) fn without_tabs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut column = 0;
    for char in text.chars() {
        if char == '\t' {
            let blanks = 8 - column % 8;
            out.extend(std::iter::repeat_n(' ', blanks));
            column += blanks;
        } else {
            out.push(char);
            column = if matches!(char, '\n' | '\r') {
                0
            } else {
                column + 1
            };
        }
    }
    out
}

/// `repr(range)`
pub(super) fn shown_range(range: &Range) -> String {
    match range.step {
        1 => format!("range({}, {})", range.start, range.stop),
        step => format!("range({}, {}, {step})", range.start, range.stop),
    }
}

/// `repr(text)`, of any length.
pub(crate) fn whole_text(text: &str, version: PythonVersion) -> String {
    let characters: Vec<char> = text.chars().collect();
    scalar::quoted(&characters, version)
}

/// `text.isprintable()`
pub(crate) fn is_printable_text(text: &str, version: PythonVersion) -> bool {
    text.chars().all(|it| printable::is_printable(it, version))
}

/// `repr(bytes)`, of any length.
pub(crate) fn bytes_text(bytes: &[u8]) -> String {
    scalar::bounded_bytes(bytes, bytes.len() * 4 + 8, "")
}

/// `repr(float)`
pub(super) fn float_text(number: f64) -> String {
    scalar::float(number)
}

/// The same without the `.0` of whole ones.
pub(crate) fn float_digits(number: f64) -> String {
    scalar::digits(number)
}

/// `repr(complex)`
pub(crate) fn complex_text(real: f64, imaginary: f64) -> String {
    scalar::complex(real, imaginary)
}

/// `repr(int)`, which raises where it has too many digits.
pub(crate) fn whole_number(number: &BigInt, version: PythonVersion) -> Pure<String> {
    match scalar::whole(number) {
        Some(text) => Ok(text),
        None => value_error(format!(
            "Exceeds the limit {} for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
            limit_of_digits(version)
        )),
    }
}

/// How messages name the limit of digits.
pub(crate) fn limit_of_digits(version: PythonVersion) -> &'static str {
    if version < PythonVersion::three(11) {
        "(4300)"
    } else {
        "(4300 digits)"
    }
}

/// What `reprlib.repr` prints of a text.
pub(crate) fn of_text(text: &str, limits: &Limits, version: PythonVersion) -> String {
    scalar::bounded_str(text, limits.maxstring, &limits.fillvalue, version)
}

impl Run<'_, '_> {
    /// What `reprlib.repr(value)` prints; none where that is not known, depends on hashes or addresses, raises, or is too much work.
    pub(crate) fn bounded_repr(&self, value: &Value, limits: &Limits) -> Option<String> {
        let mut writing = Writing {
            run: self,
            limits,
            version: self.world.version,
            out: String::new(),
            work: MOST_WORK,
        };
        writing.value(value, limits.maxlevel)?;
        Some(writing.out)
    }
}

/// A repr on its way. Its depth is that of the levels, so that a list that holds itself comes to an end.
struct Writing<'r, 'w, 's> {
    run: &'r Run<'w, 's>,
    limits: &'r Limits,
    version: PythonVersion,
    out: String,
    work: usize,
}

impl Writing<'_, '_, '_> {
    /// `Repr.repr1`
    fn value(&mut self, value: &Value, level: usize) -> Option<()> {
        match value {
            Value::None => self.other("None".into()),
            Value::Ellipsis => self.other("Ellipsis".into()),
            Value::NotImplemented => self.other("NotImplemented".into()),
            Value::Bool(true) => self.other("True".into()),
            Value::Bool(false) => self.other("False".into()),
            Value::Float(it) => self.other(scalar::float(*it)),
            Value::Complex(real, imaginary) => self.other(scalar::complex(*real, *imaginary)),
            Value::Int(it) if is_of_this_world(*it) => None,
            Value::Int(it) => self.int(&BigInt::from(*it)),
            Value::BigInt(it) => self.int(it),
            Value::Str(it) => {
                let text = of_text(it, self.limits, self.version);
                self.put(&text)
            }
            Value::Bytes(it) => {
                let fill = &self.limits.fillvalue;
                let text = scalar::bounded_bytes(it, self.limits.maxother, fill);
                self.put(&text)
            }
            Value::Tuple(items) => {
                let most = self.limits.maxtuple;
                let after = if items.len() == 1 && level > 0 {
                    ",)"
                } else {
                    ")"
                };
                self.items("(", items.iter(), items.len(), most, level, after)
            }
            Value::Range(range) => {
                let text = shown_range(range);
                self.other(text)
            }
            Value::Class(class) => {
                let text = self.class(*class)?;
                self.other(text)
            }
            Value::Object(id) => self.object(self.run.object(*id), level),
            // Their reprs hold an address or the path of a file.
            Value::Module(_)
            | Value::Method(_)
            | Value::Native(_)
            | Value::Slice(_)
            | Value::Gap(_) => None,
        }
    }

    fn object(&mut self, object: &Object, level: usize) -> Option<()> {
        match object {
            Object::List { items, open: false } => {
                let most = self.limits.maxlist;
                self.items("[", items.iter(), items.len(), most, level, "]")
            }
            Object::Set {
                items,
                frozen,
                open: false,
                ..
            } => {
                let (before, after, empty, most) = if *frozen {
                    ("frozenset({", "})", "frozenset()", self.limits.maxfrozenset)
                } else {
                    ("{", "}", "set()", self.limits.maxset)
                };
                if items.is_empty() {
                    return self.put(empty);
                }
                if level == 0 {
                    return self.items(before, [].into_iter(), items.len(), most, 0, after);
                }
                let mut sorted: Vec<&Value> = items.values().collect();
                self.pay(sorted.len())?;
                match sorted::sort(&mut sorted) {
                    Sorting::Sorted => {}
                    // Then they come in the order of their hashes, which differs from run to run.
                    Sorting::Unsortable | Sorting::Unknown => return None,
                }
                self.items(before, sorted.into_iter(), items.len(), most, level, after)
            }
            Object::Dict(dict) if !dict.open && dict.view.is_none() && !dict.is_proxy => {
                if dict.entries.is_empty() {
                    return self.put("{}");
                }
                self.put("{")?;
                if level == 0 {
                    let fill = self.limits.fillvalue.clone();
                    self.put(&fill)?;
                    return self.put("}");
                }
                let mut keys: Vec<&Value> = dict.entries.values().map(|(key, _)| key).collect();
                self.pay(keys.len())?;
                if let Sorting::Unknown = sorted::sort(&mut keys) {
                    return None;
                }
                for (at, key) in keys.iter().take(self.limits.maxdict).enumerate() {
                    if at > 0 {
                        self.put(", ")?;
                    }
                    self.value(key, level - 1)?;
                    self.put(": ")?;
                    let (_, value) = dict.entries.get(&key.key()?)?;
                    self.value(value, level - 1)?;
                }
                self.rest(keys.len(), self.limits.maxdict)?;
                self.put("}")
            }
            Object::Instance(instance) => self.collected(instance, level),
            _ => None,
        }
    }

    /// `Repr._repr_iterable`
    fn items<'v>(
        &mut self,
        before: &str,
        items: impl Iterator<Item = &'v Value>,
        count: usize,
        most: usize,
        level: usize,
        after: &str,
    ) -> Option<()> {
        self.put(before)?;
        if level == 0 && count > 0 {
            let fill = self.limits.fillvalue.clone();
            self.put(&fill)?;
            return self.put(after);
        }
        for (at, item) in items.take(most).enumerate() {
            if at > 0 {
                self.put(", ")?;
            }
            self.value(item, level - 1)?;
        }
        self.rest(count, most)?;
        self.put(after)
    }

    /// The dots for the items that are left out.
    fn rest(&mut self, count: usize, most: usize) -> Option<()> {
        if count <= most {
            return Some(());
        }
        if most > 0 {
            self.put(", ")?;
        }
        let fill = self.limits.fillvalue.clone();
        self.put(&fill)
    }

    /// `Repr.repr_int`
    fn int(&mut self, number: &BigInt) -> Option<()> {
        let text = scalar::whole(number)?;
        let text = scalar::cut(text, self.limits.maxlong, &self.limits.fillvalue);
        self.put(&text)
    }

    /// `Repr.repr_instance`: whatever has no method of its own is cut in its middle.
    fn other(&mut self, text: String) -> Option<()> {
        let text = scalar::cut(text, self.limits.maxother, &self.limits.fillvalue);
        self.put(&text)
    }

    /// `type.__repr__`, where the metaclass has no other.
    fn class(&self, class: ClassId) -> Option<String> {
        let metaclass = self.run.metaclass_of(class)?;
        let (owner, _) = self.run.find_in_mro(metaclass, "__repr__")?;
        let path = &self.run.classes.get(class).path;
        if owner != self.run.known.type_ || !self.run.is_whole(class) {
            return None;
        }
        Some(if path.module == "builtins" {
            format!("<class '{}'>", path.qualname)
        } else {
            format!("<class '{}.{}'>", path.module, path.qualname)
        })
    }

    fn put(&mut self, text: &str) -> Option<()> {
        self.pay(text.len())?;
        self.out.push_str(text);
        Some(())
    }

    fn pay(&mut self, work: usize) -> Option<()> {
        self.work = self.work.checked_sub(work)?;
        Some(())
    }
}
