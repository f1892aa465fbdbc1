//! Whom an operation asks: the special methods that are looked up on the types of its operands, in the order in which CPython tries them
//! (`Objects/abstract.c`, `Objects/typeobject.c`). What came of it is another question: `evaluate/exact/code.rs`.

use crate::Name;
use crate::evaluate::exact::forms::operands;
use crate::evaluate::language::augment::in_place_name;
use crate::evaluate::language::dispatch::Operator;
use crate::evaluate::language::operator_names::{compare_sign, methods_of, sign_of};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Code, Value};
use crate::semantics::{Candidate, ClassId, Operation, Skipped};
use crate::syntax::{BinaryOp, CompareOp, Endings, ExprKind, StmtKind, UnaryOp, endings, parse};

/// A method of an operand, and what it is asked for where the name does not say it.
type Method = (usize, &'static str, &'static str);

const ITERATED: &str = "an iterator";
const BY_INDEX: &str = "0, 1, 2, … until IndexError";

/// Functions and statements, and the methods that are tried for each, those that stand in for others included.
const WORDS: &[(&str, &[Method])] = &[
    ("len", &[(0, "__len__", "")]),
    (
        "bool",
        &[(0, "__bool__", ""), (0, "__len__", "whether it is zero")],
    ),
    ("iter", ITERATION),
    ("list", KEPT),
    ("tuple", KEPT),
    ("sorted", KEPT),
    ("set", ITERATION),
    ("sum", ITERATION),
    ("any", ITERATION),
    ("all", ITERATION),
    ("for", ITERATION),
    ("unpack", ITERATION),
    ("next", &[(0, "__next__", "")]),
    (
        "reversed",
        &[
            (0, "__reversed__", ""),
            (0, "__len__", "how many there are"),
            (0, "__getitem__", "the items from the last on"),
        ],
    ),
    ("hash", &[(0, "__hash__", "")]),
    (
        "int",
        &[
            (0, "__int__", ""),
            (0, "__index__", "a whole number"),
            (0, "__trunc__", "a number cut, until 3.13"),
        ],
    ),
    (
        "float",
        &[(0, "__float__", ""), (0, "__index__", "a whole number")],
    ),
    (
        "complex",
        &[
            (0, "__complex__", ""),
            (0, "__float__", "its real part"),
            (0, "__index__", "a whole number"),
        ],
    ),
    ("str", &[(0, "__str__", ""), (0, "__repr__", "by `object`")]),
    ("repr", &[(0, "__repr__", "")]),
    (
        "format",
        &[(0, "__format__", ""), (0, "__str__", "by `object`")],
    ),
    (
        "bytes",
        &[
            (0, "__bytes__", ""),
            (0, "__index__", "how many zeros"),
            (0, "__iter__", "whole numbers"),
        ],
    ),
    ("abs", &[(0, "__abs__", "")]),
    ("round", &[(0, "__round__", "")]),
    (
        "floor",
        &[(0, "__floor__", ""), (0, "__float__", "a number")],
    ),
    ("ceil", &[(0, "__ceil__", ""), (0, "__float__", "a number")]),
    ("trunc", &[(0, "__trunc__", "")]),
    ("index", &[(0, "__index__", "")]),
    ("fspath", &[(0, "__fspath__", "")]),
    (
        "with",
        &[(0, "__enter__", ""), (0, "__exit__", "when it is left")],
    ),
    (
        "withraise",
        &[(0, "__enter__", ""), (0, "__exit__", "when it is left")],
    ),
    ("setitem", &[(0, "__setitem__", "")]),
    ("delitem", &[(0, "__delitem__", "")]),
    ("await", &[(0, "__await__", "")]),
    ("aiter", &[(0, "__aiter__", "")]),
    (
        "asyncfor",
        &[(0, "__aiter__", ""), (0, "__anext__", "each item")],
    ),
    (
        "asyncwith",
        &[(0, "__aenter__", ""), (0, "__aexit__", "when it is left")],
    ),
];

const ITERATION: &[Method] = &[(0, "__iter__", ITERATED), (0, "__getitem__", BY_INDEX)];
const KEPT: &[Method] = &[
    (0, "__iter__", ITERATED),
    (0, "__getitem__", BY_INDEX),
    (0, "__len__", "how much room is needed"),
    (0, "__length_hint__", "how much room is needed"),
];
const ITEM: &[Method] = &[
    (0, "__getitem__", ""),
    (0, "__missing__", "for a key that a dict lacks"),
];
const HELD: &[Method] = &[
    (1, "__contains__", ""),
    (1, "__iter__", "each item is held against it"),
    (1, "__getitem__", BY_INDEX),
];

/// What kind of operation a line is.
enum Form {
    Binary(Operator, Option<&'static str>),
    Compared(CompareOp),
    Methods(&'static [Method]),
}

/// A line taken apart: the sign, the texts of the operands, the kind.
struct Parts {
    sign: String,
    operands: Vec<String>,
    form: Form,
}

impl Run<'_, '_> {
    /// The candidates of an operation, in their order; none where the line is none.
    pub(super) fn operation(
        &mut self,
        module: &str,
        before: &str,
        line: &str,
    ) -> Option<Operation> {
        let parts = self.parts_of(line)?;
        let mut classes = vec![];
        for operand in &parts.operands {
            let ran = self.ran(module, &format!("{before}return ({operand}\n)"));
            classes.push(ran.filter(|it| it.raised.is_none()).and_then(|it| it.class));
        }
        let first = *classes.first()?;
        let second = classes.get(1).copied().flatten();
        let candidates = match parts.form {
            Form::Methods(methods) => methods
                .iter()
                .filter_map(|&(operand, method, asks)| {
                    let class = classes.get(operand).copied().flatten()?;
                    Some(self.candidate((operand, class), method, asks))
                })
                .collect(),
            Form::Binary(operator, in_place) => {
                self.candidates_of_binary(first?, second?, operator, in_place)
            }
            Form::Compared(op) => {
                let (name, reflected) = methods_of(op)?;
                self.candidates_of_comparison(first?, second?, (name, reflected))
            }
        };
        Some(Operation {
            sign: Name::from(parts.sign),
            operands: parts.operands.into_iter().zip(classes).collect(),
            candidates,
        })
    }

    fn parts_of(&self, line: &str) -> Option<Parts> {
        let version = self.world.version;
        let line = line.trim();
        let word = line.split('(').next().unwrap_or_default();
        let given = operands(line, version);
        if let Some(op) = word.strip_prefix('i').and_then(operator_named)
            && let Some(given) = given.clone().filter(|it| it.len() == 2)
        {
            return Some(Parts {
                sign: format!("{}=", sign_of(op)),
                operands: given,
                form: Form::Binary(Operator::of(op), Some(in_place_name(op))),
            });
        }
        if let Some(given) = given {
            let form = match (word, given.len()) {
                ("divmod", 2) => Some(Form::Binary(Operator::DIVMOD, None)),
                ("pow", 2) => Some(Form::Binary(Operator::of(BinaryOp::Pow), None)),
                _ => {
                    let bare = word.rsplit('.').next().unwrap_or(word);
                    let known = WORDS.iter().find(|(it, _)| *it == bare);
                    known.map(|(_, methods)| Form::Methods(methods))
                }
            };
            if let Some(form) = form {
                return Some(Parts {
                    sign: word.to_owned(),
                    operands: given,
                    form,
                });
            }
        }
        let text = format!("({line}\n)");
        let syntax = parse(&text, version);
        let [stmt] = &*syntax.body else { return None };
        let StmtKind::Expr(expr) = &stmt.kind else {
            return None;
        };
        let slice =
            |start: u32, end: u32| text.get(start as usize..end as usize).map(str::to_owned);
        Some(match &expr.kind {
            ExprKind::Binary(parts) => Parts {
                sign: sign_of(parts.1).to_owned(),
                operands: vec![
                    slice(parts.0.start, parts.0.end)?,
                    slice(parts.2.start, parts.2.end)?,
                ],
                form: Form::Binary(Operator::of(parts.1), None),
            },
            ExprKind::Compare(left, rest) => {
                let [(op, right)] = &**rest else { return None };
                let form = match op {
                    CompareOp::In | CompareOp::NotIn => Form::Methods(HELD),
                    CompareOp::Is | CompareOp::IsNot => return None,
                    op => Form::Compared(*op),
                };
                Parts {
                    sign: compare_sign(*op).to_owned(),
                    operands: vec![slice(left.start, left.end)?, slice(right.start, right.end)?],
                    form,
                }
            }
            ExprKind::Unary(op, operand) => {
                let (sign, methods): (&str, &'static [Method]) = match op {
                    UnaryOp::Neg => ("-", &[(0, "__neg__", "")]),
                    UnaryOp::Pos => ("+", &[(0, "__pos__", "")]),
                    UnaryOp::Invert => ("~", &[(0, "__invert__", "")]),
                    UnaryOp::Not => (
                        "not",
                        &[(0, "__bool__", ""), (0, "__len__", "whether it is zero")],
                    ),
                };
                Parts {
                    sign: sign.to_owned(),
                    operands: vec![slice(operand.start, operand.end)?],
                    form: Form::Methods(methods),
                }
            }
            ExprKind::Subscript(parts) => {
                let index = slice(parts.1.start, parts.1.end)?;
                let is_slice = matches!(parts.1.kind, ExprKind::Slice(_));
                Parts {
                    sign: "[]".to_owned(),
                    operands: vec![
                        slice(parts.0.start, parts.0.end)?,
                        if is_slice { "None".to_owned() } else { index },
                    ],
                    form: Form::Methods(ITEM),
                }
            }
            ExprKind::Call(call) if !matches!(call.function.kind, ExprKind::Name(_)) => Parts {
                sign: "()".to_owned(),
                operands: vec![slice(call.function.start, call.function.end)?],
                form: Form::Methods(&[(0, "__call__", "")]),
            },
            _ => return None,
        })
    }

    /// One method, looked up on the type of an operand.
    fn candidate(
        &mut self,
        (operand, class): (usize, ClassId),
        method: &'static str,
        asks: &'static str,
    ) -> Candidate {
        let found = self.find_in_mro(class, method);
        let on = found.as_ref().map(|(owner, _)| *owner);
        let value = found.and_then(|(_, binding)| binding.map(|it| it.value));
        let place = value.as_ref().and_then(|it| self.place_of_function(it));
        let ends = value.as_ref().map(|it| self.endings_of(it));
        let ends = ends.unwrap_or_default();
        Candidate {
            operand,
            method: Name::from(method),
            on,
            place,
            is_none: matches!(value, Some(Value::None)),
            asks,
            skipped: None,
            may_give: (ends.value, ends.not_implemented),
            may_raise: ends.raises,
        }
    }

    /// How a function can end by its source.
    fn endings_of(&self, value: &Value) -> Endings {
        let function = match value {
            Value::Method(pair) => self.function(&pair.0),
            value => self.function(&self.static_part(value)),
        };
        let Some(function) = function else {
            return Endings::default();
        };
        match &function.definition.code {
            Code::Def(def) => {
                let text = self.library.file(function.definition.file).text.clone();
                endings(&def.body(&text))
            }
            Code::Lambda(_) => Endings {
                value: true,
                ..Endings::default()
            },
        }
    }

    /// `binary_op1` and `SLOT1BINFULL`: the reflected method first where the right operand is of a class below that brings its own.
    fn candidates_of_binary(
        &mut self,
        one: ClassId,
        other: ClassId,
        operator: Operator,
        in_place: Option<&'static str>,
    ) -> Vec<Candidate> {
        let mut all = vec![];
        if let Some(name) = in_place {
            all.push(self.candidate((0, one), name, "in place"));
        }
        let left = self.candidate((0, one), operator.name, "");
        let mut right = self.candidate((1, other), operator.reflected, "");
        let is_below = one != other && self.classes.is_subclass(other, one);
        if one == other {
            right.skipped = Some(Skipped::SameType);
            all.extend([left, right]);
        } else if is_below && self.is_overloaded(one, other, operator.reflected) {
            right.skipped = Some(Skipped::First);
            all.extend([right, left]);
        } else {
            right.skipped = is_below.then_some(Skipped::NotItsOwn);
            all.extend([left, right]);
        }
        all
    }

    /// `do_richcompare`: the right operand first where it is of a class below; both are asked in any case.
    fn candidates_of_comparison(
        &mut self,
        one: ClassId,
        other: ClassId,
        (name, reflected): (&'static str, &'static str),
    ) -> Vec<Candidate> {
        let left = self.candidate((0, one), name, "");
        let mut right = self.candidate((1, other), reflected, "");
        if one != other && self.classes.is_subclass(other, one) {
            right.skipped = Some(Skipped::First);
            return vec![right, left];
        }
        vec![left, right]
    }
}

/// The operator of a word: `add`.
fn operator_named(word: &str) -> Option<BinaryOp> {
    crate::evaluate::builtins::numbers::operator(word)
}
