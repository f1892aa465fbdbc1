//! `operator`: the operators as functions.

use crate::Name;
use crate::evaluate::builtins::numbers::operator;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, type_error, untold};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::Value;
use crate::source::PythonVersion;
use crate::syntax::{CompareOp, UnaryOp};

/// What an operation gives, where that is known.
fn known(value: Value) -> Pure {
    if value.is_gap() {
        Err(Fault::Unknown)
    } else {
        Ok(value)
    }
}

impl Run<'_, '_> {
    /// A function of `operator`; none where it is not told.
    pub(super) fn operators(&mut self, name: &str, asked: &Asked<'_>) -> Option<Pure> {
        if name.contains('.') || asked.arguments.is_open() {
            return None;
        }
        // `operator.__add__` is `operator.add`.
        let bare = name.trim_matches('_');
        let at = asked.at;
        if asked.arguments.positional.iter().any(Value::is_gap) {
            return None;
        }
        let compared = match bare {
            "eq" => Some(CompareOp::Eq),
            "ne" => Some(CompareOp::NotEq),
            "lt" => Some(CompareOp::Lt),
            "le" => Some(CompareOp::LtE),
            "gt" => Some(CompareOp::Gt),
            "ge" => Some(CompareOp::GtE),
            "is" => Some(CompareOp::Is),
            "is_not" => Some(CompareOp::IsNot),
            _ => None,
        };
        if let Some(op) = compared {
            return Some(self.compared_by(op, asked));
        }
        if let Some(op) = operator(bare) {
            return Some((|| {
                let [one, other] = asked.arguments.exactly(0)?;
                known(self.binary(&one, op, &other, at)?)
            })());
        }
        if let Some(op) = bare.strip_prefix('i').and_then(operator) {
            return Some((|| {
                let [one, other] = asked.arguments.exactly(0)?;
                known(self.augmented(&one, op, &other, at)?)
            })());
        }
        let unary = match bare {
            "neg" => Some(UnaryOp::Neg),
            "pos" => Some(UnaryOp::Pos),
            "inv" | "invert" => Some(UnaryOp::Invert),
            "not" => Some(UnaryOp::Not),
            _ => None,
        };
        if let Some(op) = unary {
            return Some((|| {
                let [one] = asked.arguments.exactly(0)?;
                known(self.unary(op, &one, at)?)
            })());
        }
        Some(self.other_operator(bare, asked))
    }

    fn compared_by(&mut self, op: CompareOp, asked: &Asked<'_>) -> Pure {
        let [one, other] = asked.arguments.exactly(0)?;
        known(self.compare(&one, op, &other, asked.at)?)
    }

    fn other_operator(&mut self, name: &str, asked: &Asked<'_>) -> Pure {
        let arguments = &asked.arguments;
        let at = asked.at;
        match name {
            "truth" => {
                let [value] = arguments.exactly(0)?;
                match self.truth_of(&value, at)? {
                    Some(truth) => Ok(Value::Bool(truth)),
                    None => Err(Fault::Unknown),
                }
            }
            "is_none" if self.world.version >= PythonVersion::three(14) => {
                let [value] = arguments.exactly(0)?;
                Ok(Value::Bool(matches!(value, Value::None)))
            }
            "abs" => {
                let [value] = arguments.exactly(0)?;
                self.called_builtin("abs", vec![value], asked)
            }
            "index" => {
                let [value] = arguments.exactly(0)?;
                // Until 3.10 what derives from `int` is its own index.
                if let Value::Bool(_) = value
                    && self.world.version < PythonVersion::three(10)
                {
                    return Ok(value);
                }
                Ok(Value::whole(self.whole_index(&value)?))
            }
            "concat" | "iconcat" => {
                let [one, other] = arguments.exactly(0)?;
                let is_sequence = |run: &Self, value: &Value| {
                    matches!(
                        run.plain(value),
                        Value::Str(_) | Value::Bytes(_) | Value::Tuple(_)
                    ) || run.class_of(value).is_some_and(|class| {
                        run.find_in_mro(class, "__getitem__").is_some()
                            && !run.classes.is_subclass(class, run.known.dict)
                    })
                };
                if self.is_operand(&one) && !is_sequence(self, &one) {
                    let of = self.type_name(&one);
                    return type_error(format!("'{of}' object can't be concatenated"));
                }
                let op = crate::syntax::BinaryOp::Add;
                known(if name == "concat" {
                    self.binary(&one, op, &other, at)?
                } else {
                    self.augmented(&one, op, &other, at)?
                })
            }
            "contains" => {
                let [container, item] = arguments.exactly(0)?;
                known(self.compare(&item, CompareOp::In, &container, at)?)
            }
            "getitem" => {
                let [of, index] = arguments.exactly(0)?;
                known(self.get_item(&of, &index, at)?)
            }
            "setitem" => {
                let [of, index, value] = arguments.exactly(0)?;
                match &of {
                    Value::Object(_) => {
                        self.set_item(&of, &index, value, at)?;
                        Ok(Value::None)
                    }
                    Value::Class(_) | Value::Module(_) => Err(Fault::Unknown),
                    other => {
                        let kind = self.type_name(other);
                        type_error(format!("'{kind}' object does not support item assignment"))
                    }
                }
            }
            "delitem" => {
                let [of, index] = arguments.exactly(0)?;
                match &of {
                    Value::Class(_) | Value::Module(_) => Err(Fault::Unknown),
                    _ if self.delete_item(&of, &index, at)? => Ok(Value::None),
                    _ => Err(Fault::Unknown),
                }
            }
            "length_hint" => {
                let [value, default] = arguments.places(0, ["", ""], 1)?;
                let default = match default {
                    None => 0,
                    Some(Value::Int(default)) => default,
                    Some(other)
                        if self.is_operand(&other)
                            && crate::evaluate::scalar::whole(&self.plain(&other)).is_none() =>
                    {
                        let kind = self.type_name(&other);
                        return type_error(format!(
                            "'{kind}' object cannot be interpreted as an integer"
                        ));
                    }
                    Some(_) => return Err(Fault::Unknown),
                };
                let value = value.unwrap_or(Value::None);
                match self.length_hint(&value, default, at)? {
                    Some(hint) => Ok(Value::Int(hint)),
                    None => Err(Fault::Unknown),
                }
            }
            "countOf" | "indexOf" => {
                let [items, wanted] = arguments.exactly(0)?;
                let items = match self.all_items_of(&items) {
                    Err(Fault::Raise("TypeError", _)) => {
                        let of = self.type_name(&items);
                        return type_error(format!("argument of type '{of}' is not iterable"));
                    }
                    other => other?,
                };
                let mut count = 0;
                for (index, item) in items.iter().enumerate() {
                    match self.same_or_equal(item, &wanted, at)? {
                        Some(true) if name == "indexOf" => {
                            return Ok(Value::Int(i64::try_from(index).unwrap_or(0)));
                        }
                        Some(true) => count += 1,
                        Some(false) => {}
                        None => return Err(Fault::Unknown),
                    }
                }
                if name == "indexOf" {
                    return crate::evaluate::machine::fault::value_error(
                        "sequence.index(x): x not in sequence",
                    );
                }
                Ok(Value::Int(count))
            }
            "call" if self.world.version >= PythonVersion::three(11) => {
                let mut rest = arguments.clone();
                if rest.positional.is_empty() {
                    return untold("TypeError");
                }
                let function = rest.positional.remove(0);
                known(self.call(&function, rest, at, asked.scope)?)
            }
            _ => Err(Fault::Unknown),
        }
    }

    /// Calls a function of `builtins`.
    fn called_builtin(
        &mut self,
        name: &'static str,
        arguments: Vec<Value>,
        asked: &Asked<'_>,
    ) -> Pure {
        let function = self.native("builtins", name);
        let arguments = crate::evaluate::machine::arguments::Arguments::of(arguments);
        known(self.call(&function, arguments, asked.at, asked.scope)?)
    }

    /// Whether what a getter of `operator` is made with is what it takes; the exception where it is not.
    pub(super) fn check_getter(
        &mut self,
        kind: &str,
        arguments: &crate::evaluate::machine::arguments::Arguments,
    ) -> Pure<()> {
        let given = &arguments.positional;
        if given.is_empty() || (kind != "methodcaller" && !arguments.keywords.is_empty()) {
            return untold("TypeError");
        }
        let wanted = match kind {
            "attrgetter" => given.as_slice(),
            "methodcaller" => &given[..1],
            _ => &[],
        };
        for name in wanted {
            match self.plain(name) {
                Value::Str(_) => {}
                Value::Gap(_) => return Err(Fault::Unknown),
                _ if self.is_operand(name) => {
                    return type_error(if kind == "attrgetter" {
                        "attribute name must be a string"
                    } else {
                        "method name must be a string"
                    });
                }
                _ => return Err(Fault::Unknown),
            }
        }
        Ok(())
    }

    /// The attribute of an object by a path with dots.
    pub(super) fn attribute_by_path(
        &mut self,
        of: &Value,
        path: &str,
        at: Option<crate::source::Place>,
    ) -> crate::evaluate::machine::run::Eval {
        path.split('.').try_fold(of.clone(), |of, name| {
            self.get_attribute(&of, &Name::from(name), at)
        })
    }
}
