//! Reprs of the classes of `collections`, as their own `__repr__` writes them.

use crate::evaluate::machine::value::{Instance, Object, Value};
use crate::evaluate::shown::repr::{Writing, scalar, shown_range, whole_text};

/// Containers in one another that are written.
const DEEPEST: usize = 12;

impl Writing<'_, '_, '_> {
    /// A deque, with `reprlib`'s limits; a mapping of `collections`, whose own `repr` is cut in its middle.
    pub(super) fn collected(&mut self, instance: &Instance, level: usize) -> Option<()> {
        let run = self.run;
        let class = instance.class;
        if !run.classes.is_interpreters(class) {
            return None;
        }
        let Some(Value::Object(inner)) = &instance.payload else {
            return None;
        };
        let is = |name: &str| run.is_library_class(class, "collections", name);
        match run.object(*inner) {
            Object::List { items, open: false } if is("deque") => {
                let most = self.limits.maxdeque;
                self.items("deque([", items.iter(), items.len(), most, level, "])")
            }
            Object::Dict(dict) if !dict.open => {
                let shuffled = dict.is_disordered();
                let entries = dict.entries.values();
                let text = if is("OrderedDict") {
                    if shuffled {
                        return None;
                    }
                    let entries: Vec<(Value, Value)> = entries.cloned().collect();
                    match (entries.is_empty(), run.is_at_least(12)) {
                        (true, _) => String::from("OrderedDict()"),
                        (_, true) => {
                            format!("OrderedDict({})", self.plain_entries(&entries, DEEPEST)?)
                        }
                        (_, false) => {
                            let pairs: Option<Vec<String>> = entries
                                .iter()
                                .map(|(key, value)| {
                                    let key = self.plain(key, DEEPEST)?;
                                    Some(format!("({key}, {})", self.plain(value, DEEPEST)?))
                                })
                                .collect();
                            format!("OrderedDict([{}])", pairs?.join(", "))
                        }
                    }
                } else if is("defaultdict") {
                    let factory = instance.names.get("default_factory")?.value.clone();
                    let entries: Vec<(Value, Value)> = entries.cloned().collect();
                    if shuffled {
                        return None;
                    }
                    let factory = self.plain(&factory, DEEPEST)?;
                    format!(
                        "defaultdict({factory}, {})",
                        self.plain_entries(&entries, DEEPEST)?
                    )
                } else if is("Counter") {
                    let mut entries: Vec<(Value, Value)> = entries.cloned().collect();
                    let count = |it: &Value| match it {
                        Value::Int(count) => Some(*count),
                        _ => None,
                    };
                    if entries.iter().any(|it| count(&it.1).is_none()) {
                        return None;
                    }
                    entries.sort_by_key(|it| std::cmp::Reverse(count(&it.1)));
                    if shuffled
                        && entries
                            .windows(2)
                            .any(|it| count(&it[0].1) == count(&it[1].1))
                    {
                        return None;
                    }
                    if entries.is_empty() {
                        String::from("Counter()")
                    } else {
                        format!("Counter({})", self.plain_entries(&entries, DEEPEST)?)
                    }
                } else {
                    return None;
                };
                self.other(text)
            }
            _ => None,
        }
    }

    fn plain_entries(&mut self, entries: &[(Value, Value)], depth: usize) -> Option<String> {
        let parts: Option<Vec<String>> = entries
            .iter()
            .map(|(key, value)| {
                let key = self.plain(key, depth)?;
                Some(format!("{key}: {}", self.plain(value, depth)?))
            })
            .collect();
        Some(format!("{{{}}}", parts?.join(", ")))
    }

    /// `repr(value)` without limits, of what needs no code of a program.
    fn plain(&mut self, value: &Value, depth: usize) -> Option<String> {
        let below = depth.checked_sub(1)?;
        self.pay(1)?;
        let all = |writing: &mut Self, items: &[Value]| {
            let parts: Option<Vec<String>> =
                items.iter().map(|it| writing.plain(it, below)).collect();
            Some(parts?.join(", "))
        };
        let text = match value {
            Value::None => String::from("None"),
            Value::Bool(true) => String::from("True"),
            Value::Bool(false) => String::from("False"),
            Value::Int(number)
                if !crate::evaluate::machine::identity::is_of_this_world(*number) =>
            {
                number.to_string()
            }
            Value::Float(number) => scalar::float(*number),
            Value::Str(text) => whole_text(text, self.version),
            Value::Range(range) => shown_range(range),
            Value::Class(class) => self.class(*class)?,
            Value::Tuple(items) if items.len() == 1 => {
                format!("({},)", self.plain(&items[0], below)?)
            }
            Value::Tuple(items) => format!("({})", all(self, items)?),
            Value::Object(id) => match self.run.object(*id) {
                Object::List { items, open: false } => format!("[{}]", all(self, items)?),
                Object::Dict(dict)
                    if !dict.open && dict.view.is_none() && !dict.is_disordered() =>
                {
                    let entries: Vec<(Value, Value)> = dict.entries.values().cloned().collect();
                    self.plain_entries(&entries, below)?
                }
                _ => return None,
            },
            _ => return None,
        };
        self.pay(text.len())?;
        Some(text)
    }
}
