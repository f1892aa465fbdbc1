//! What `typing` refuses in the brackets behind its names: `typing._type_check`, and the number of parameters.
//!
//! ```py
//! class Movie:
//!     title: ClassVar[int, str]       # TypeError: typing.ClassVar accepts only single type. …
//!     cast: List[int, str]            # TypeError: Too many arguments for typing.List; actual 2, expected 1
//!     year: Optional[Final]           # TypeError: Plain typing.Final is not valid as type argument
//! ```

use std::sync::Arc;

use crate::evaluate::language::items::spread;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{AliasKind, Object, Value};
use crate::source::Place;
use crate::syntax::is_expression;

/// How many parameters the names of `typing` take that do not take one (`_nparams`).
const PARAMETERS: [(&str, usize); 15] = [
    ("Hashable", 0),
    ("Sized", 0),
    ("ByteString", 0),
    ("Mapping", 2),
    ("MutableMapping", 2),
    ("ItemsView", 2),
    ("Dict", 2),
    ("DefaultDict", 2),
    ("OrderedDict", 2),
    ("ChainMap", 2),
    ("AsyncGenerator", 2),
    ("Generator", 3),
    ("Coroutine", 3),
    ("ContextManager", 2),
    ("AsyncContextManager", 2),
];

/// How many of them may be left out since 3.13 (`_defaults`, PEP 696).
const DEFAULTS: [(&str, usize); 4] = [
    ("Generator", 2),
    ("AsyncGenerator", 1),
    ("ContextManager", 1),
    ("AsyncContextManager", 1),
];

/// Forms that are no types by themselves and yet stand as an argument.
const PLAIN: [&str; 6] = [
    "Any",
    "LiteralString",
    "NoReturn",
    "Never",
    "Self",
    "TypeAlias",
];

impl Run<'_, '_> {
    /// Raises what a name of `typing` raises for what stands in its brackets. What is not known is taken to fit.
    pub(crate) fn check_form(
        &mut self,
        form: &Value,
        index: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let Some(("typing", name)) = self.table_name_of(form) else {
            return Ok(());
        };
        let name = name.to_owned();
        if !self.is_at_least(9) {
            return Ok(());
        }
        if self.special_form(form).is_some() {
            return self.check_special_form(&name, index, at);
        }
        let Value::Object(id) = form else {
            return Ok(());
        };
        match self.object(*id) {
            Object::Alias(alias) if alias.kind == AliasKind::Named => {}
            _ => return Ok(()),
        }
        let items = spread(index);
        match name.as_str() {
            "Tuple" => {
                let (items, message) = match &*items {
                    [rest @ .., Value::Ellipsis] if !rest.is_empty() => {
                        (rest, "Tuple[t, ...]: t must be a type.")
                    }
                    all => (all, "Tuple[t0, t1, ...]: each t must be a type."),
                };
                self.check_types(items, message, at)
            }
            "Callable" => self.check_callable(index, at),
            _ => {
                self.check_types(&items, "Parameters to generic types must be types.", at)?;
                self.check_count(&name, &items, at)
            }
        }
    }

    /// Raises where an alias is given more or fewer types than it leaves open (`_GenericAlias.__getitem__`, `_Py_subs_parameters`).
    ///
    /// ```py
    /// Pairs = list[tuple[A, B]]
    /// Pairs[int]                  # TypeError: Too few arguments for list[tuple[~A, ~B]]; actual 1, expected 2
    /// ```
    pub(crate) fn check_left_open(
        &mut self,
        value: &Value,
        index: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let (Some(alias), None) = (self.alias_of(value), self.table_name_of(value)) else {
            return Ok(());
        };
        let is_plain = matches!(
            alias.kind,
            AliasKind::Builtin | AliasKind::Generic | AliasKind::Named
        );
        let Value::Class(origin) = alias.origin else {
            return Ok(());
        };
        let items = spread(index);
        if !is_plain
            || !self.is_at_least(11)
            || self.classes.get(origin).path.name() == "Callable"
            || items.iter().any(|it| self.may_be_several(it))
            || alias.arguments.iter().any(|it| self.may_be_several(it))
        {
            return Ok(());
        }
        let Some(open) = self.type_parameters(&alias.arguments) else {
            return Ok(());
        };
        let is_odd = |it: &Value| !self.is_instance_of_typing(it, "TypeVar");
        if open.iter().any(is_odd) || self.has_defaults(&open) || open.len() == items.len() {
            return Ok(());
        }
        let shown = self
            .text_of_hint(value)
            .unwrap_or_else(|| self.type_repr(value));
        let message = if open.is_empty() {
            format!("{shown} is not a generic class")
        } else {
            let many = if items.len() > open.len() {
                "many"
            } else {
                "few"
            };
            let (actual, expected) = (items.len(), open.len());
            let least = if self.is_at_least(13) && actual < expected {
                "at least "
            } else {
                ""
            };
            format!("Too {many} arguments for {shown}; actual {actual}, expected {least}{expected}")
        };
        Err(self.type_error(&message, at))
    }

    pub(super) fn check_special_form(
        &mut self,
        name: &str,
        index: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let shown = format!("typing.{name}");
        let items = spread(index);
        match name {
            "ClassVar" | "Final" => {
                let message = format!("{shown} accepts only single type.");
                self.check_type(index, &message, self.is_at_least(13), at)
            }
            "Unpack" | "TypeGuard" | "TypeIs" => {
                let message = format!("{shown} accepts only single type.");
                self.check_type(index, &message, false, at)
            }
            "Required" | "NotRequired" | "ReadOnly" => {
                let message = format!("{name} accepts only a single type.");
                self.check_type(index, &message, false, at)
            }
            "Optional" => {
                let message = format!("{shown} requires a single type.");
                self.check_type(index, &message, false, at)?;
                self.check_hashed(&items, at)
            }
            "Union" if items.is_empty() => {
                Err(self.type_error("Cannot take a Union of no types.", at))
            }
            "Union" => self.check_joined(&items, at),
            "Annotated" => {
                let Some((first, [_, ..])) = items.split_first() else {
                    if index.is_gap() {
                        return Ok(());
                    }
                    let message = "Annotated[...] should be used with at least two arguments (a type and an annotation).";
                    return Err(self.type_error(message, at));
                };
                let message = "Annotated[t, ...]: t must be a type.";
                self.check_type(first, message, true, at)
            }
            "Concatenate" => {
                let Some((last, rest)) = items.split_last() else {
                    return Err(self.type_error("Cannot take a Concatenate of no types.", at));
                };
                let or = if self.is_at_least(11) {
                    " or ellipsis"
                } else {
                    ""
                };
                let is_open = matches!(last, Value::Ellipsis) && self.is_at_least(11)
                    || last.is_gap()
                    || self.is_instance_of_typing(last, "ParamSpec");
                if !is_open {
                    let message = format!(
                        "The last parameter to Concatenate should be a ParamSpec variable{or}."
                    );
                    return Err(self.type_error(&message, at));
                }
                self.check_types(rest, "Concatenate[arg, ...]: each arg must be a type.", at)
            }
            "NoReturn" | "Never" | "Self" | "LiteralString" | "TypeAlias" | "Any" => {
                Err(self.type_error(&format!("{shown} is not subscriptable"), at))
            }
            _ => Ok(()),
        }
    }

    /// `Union[…]`, and what `|` makes of the names of `typing`.
    pub(crate) fn check_joined(&mut self, items: &[Value], at: Option<Place>) -> Eval<()> {
        self.check_types(items, "Union[arg, ...]: each arg must be a type.", at)?;
        self.check_hashed(items, at)
    }

    /// What is joined was put into a set, until 3.13.
    fn check_hashed(&mut self, items: &[Value], at: Option<Place>) -> Eval<()> {
        if self.is_at_least(13) {
            return Ok(());
        }
        for item in items {
            if let Value::Object(id) = item
                && matches!(
                    self.object(*id),
                    Object::List { .. } | Object::Dict(_) | Object::Set { frozen: false, .. }
                )
            {
                let kind = self.type_name(item);
                return Err(self.type_error(&format!("unhashable type: '{kind}'"), at));
            }
        }
        Ok(())
    }

    /// `Callable[[…], result]`
    fn check_callable(&mut self, index: &Value, at: Option<Place>) -> Eval<()> {
        if index.is_gap() {
            return Ok(());
        }
        let Value::Tuple(pair) = index else {
            return Err(self.not_called_so(at));
        };
        let [of, result] = &**pair else {
            return Err(self.not_called_so(at));
        };
        self.check_type(
            result,
            "Callable[args, result]: result must be a type.",
            false,
            at,
        )?;
        let items = match of {
            Value::Object(id) => match self.object(*id) {
                Object::List { items, .. } => items.clone(),
                _ => vec![],
            },
            _ => vec![],
        };
        for item in &items {
            if let Value::Str(text) = item {
                self.check_reference(text, at)?;
            }
        }
        Ok(())
    }

    fn not_called_so(&mut self, at: Option<Place>) -> Box<Thrown> {
        self.type_error("Callable must be used as Callable[[arg, ...], result].", at)
    }

    /// How many arguments there are, and how many have to be (`_SpecialGenericAlias.__getitem__`).
    fn check_count(&mut self, name: &str, items: &[Value], at: Option<Place>) -> Eval<()> {
        if items.iter().any(|it| self.may_be_several(it)) {
            return Ok(());
        }
        let of = |table: &[(&str, usize)]| table.iter().find(|it| it.0 == name).map(|it| it.1);
        let is_new = self.is_at_least(13);
        let mut expected = of(&PARAMETERS).unwrap_or(1);
        let mut optional = of(&DEFAULTS).unwrap_or(0);
        if !is_new {
            // Until then a context manager took one.
            if name.ends_with("ContextManager") {
                expected = 1;
            }
            optional = 0;
        }
        let shown = format!("typing.{name}");
        if expected == 0 {
            return Err(self.type_error(&format!("{shown} is not a generic class"), at));
        }
        let actual = items.len();
        if actual <= expected && actual + optional >= expected {
            return Ok(());
        }
        let many = if actual > expected { "many" } else { "few" };
        let called = if self.is_at_least(10) {
            "arguments"
        } else {
            "parameters"
        };
        let wanted = match optional {
            0 => expected.to_string(),
            _ => format!("at least {}", expected - optional),
        };
        let message =
            format!("Too {many} {called} for {shown}; actual {actual}, expected {wanted}");
        Err(self.type_error(&message, at))
    }

    /// Whether an item stands for nobody knows how many: what is unpacked there.
    fn may_be_several(&self, item: &Value) -> bool {
        item.is_gap()
            || self.is_instance_of_typing(item, "TypeVarTuple")
            || matches!(item, Value::Object(id) if matches!(self.object(*id), Object::Alias(it)
                if self.special_form(&it.origin).is_some_and(|it| it == "Unpack")))
    }

    fn check_types(&mut self, items: &[Value], message: &str, at: Option<Place>) -> Eval<()> {
        items
            .iter()
            .try_for_each(|it| self.check_type(it, message, false, at))
    }

    /// `typing._type_check`; `allows_forms`: whether `ClassVar` and `Final` may stand there.
    pub(crate) fn check_type(
        &mut self,
        argument: &Value,
        message: &str,
        allows_forms: bool,
        at: Option<Place>,
    ) -> Eval<()> {
        let refused = |form: &str| matches!(form, "ClassVar" | "Final") && !allows_forms;
        let is_old = !self.is_at_least(11);
        if let Some(form) = self.special_form(argument) {
            let form = form.as_str();
            let stands = if is_old {
                matches!(form, "Any" | "NoReturn" | "Final")
                    || form == "TypeAlias" && self.is_at_least(10)
            } else {
                PLAIN.contains(&form)
            };
            if stands || allows_forms && matches!(form, "ClassVar" | "Final") {
                return Ok(());
            }
            let message = format!("Plain typing.{form} is not valid as type argument");
            return Err(self.type_error(&message, at));
        }
        let is_odd = match argument {
            Value::Str(text) => return self.check_reference(text, at),
            Value::Class(class) => {
                let name = ["Generic", "Protocol"]
                    .into_iter()
                    .find(|it| self.is_library_class(*class, "typing", it));
                if let Some(name) = name {
                    let message =
                        format!("Plain <class 'typing.{name}'> is not valid as type argument");
                    return Err(self.type_error(&message, at));
                }
                return Ok(());
            }
            Value::Tuple(_) => true,
            Value::Int(_)
            | Value::Float(_)
            | Value::Bool(_)
            | Value::Bytes(_)
            | Value::Ellipsis => is_old,
            Value::Object(id) => match self.object(*id) {
                Object::Alias(alias) => {
                    let by_form = self.special_form(&alias.origin);
                    let is_generic = matches!(alias.origin, Value::Class(it)
                        if self.is_library_class(it, "typing", "Generic")
                            || self.is_library_class(it, "typing", "Protocol"));
                    let is_refused = by_form.is_some_and(|it| refused(&it)) || is_generic;
                    if alias.kind == AliasKind::Annotated || !is_refused {
                        return Ok(());
                    }
                    let shown = self.type_repr(argument);
                    let message = format!("{shown} is not valid as type argument");
                    return Err(self.type_error(&message, at));
                }
                Object::List { .. } | Object::Dict(_) | Object::Set { .. } => is_old,
                _ => false,
            },
            _ => false,
        };
        if !is_odd {
            return Ok(());
        }
        let message = format!("{message} Got {}.", self.cut_repr(argument));
        Err(self.type_error(&message, at))
    }

    /// A text in place of a type has to be an expression (`typing.ForwardRef`).
    fn check_reference(&mut self, text: &Arc<str>, at: Option<Place>) -> Eval<()> {
        let starred = self.is_at_least(11) && text.starts_with('*');
        let is_one = if starred {
            is_expression(&format!("({text},)[0]"))
        } else {
            is_expression(text.trim_start_matches([' ', '\t']))
        };
        // More than one line, and what is only refused where it is compiled, is left to whoever runs it.
        if is_one || text.contains(['\n', '\r', '\0']) {
            return Ok(());
        }
        let shown = self.repr_of(&Value::Str(text.clone()));
        let message = format!("Forward reference must be an expression -- got {shown}");
        match self.world.facts.class("builtins", "SyntaxError") {
            Some(class) => Err(self.throw(class, message, at)),
            None => Ok(()),
        }
    }

    /// `{argument!r:.100}`
    fn cut_repr(&self, argument: &Value) -> String {
        let shown = self
            .exact_repr(argument)
            .unwrap_or_else(|| self.repr_of(argument));
        shown.chars().take(100).collect()
    }
}
