//! ruff's expressions → ours.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::Num;
use ruff_python_ast as ast;
use ruff_text_size::Ranged;

use crate::Name;
use crate::syntax::{
    BinaryOp, Call, Clause, CompareOp, Comprehension, ComprehensionKind, Expr, ExprKind,
    FormattedPart, Lambda, Literal, StringPart, UnaryOp,
};

use super::lower::{name, parameters};

pub(super) fn exprs(list: &[ast::Expr], shift: u32) -> Box<[Expr]> {
    list.iter().map(|it| expr(it, shift)).collect()
}

fn boxed(it: &ast::Expr, shift: u32) -> Box<Expr> {
    Box::new(expr(it, shift))
}

fn optional(it: Option<&ast::Expr>, shift: u32) -> Option<Expr> {
    it.map(|it| expr(it, shift))
}

pub(super) fn keywords(list: &[ast::Keyword], shift: u32) -> Box<[(Option<Name>, Expr)]> {
    list.iter()
        .map(|it| (it.arg.as_ref().map(name), expr(&it.value, shift)))
        .collect()
}

pub(super) fn expr(it: &ast::Expr, shift: u32) -> Expr {
    let range = it.range();
    Expr {
        kind: kind(it, shift),
        start: range.start().to_u32().wrapping_add(shift),
        end: range.end().to_u32().wrapping_add(shift),
    }
}

fn kind(it: &ast::Expr, shift: u32) -> ExprKind {
    match it {
        ast::Expr::Name(it) => ExprKind::Name(Name::from(it.id.as_str())),
        ast::Expr::Attribute(it) => ExprKind::Attribute(boxed(&it.value, shift), name(&it.attr)),
        ast::Expr::Call(it) => ExprKind::Call(Box::new(Call {
            function: expr(&it.func, shift),
            arguments: exprs(&it.arguments.args, shift),
            keywords: keywords(&it.arguments.keywords, shift),
        })),
        ast::Expr::Subscript(it) => {
            ExprKind::Subscript(Box::new((expr(&it.value, shift), expr(&it.slice, shift))))
        }
        // Text with half of a surrogate pair, which Python's can hold and ours cannot, comes with this character in its place. Where the
        // character itself was meant, a text is not known that could be.
        ast::Expr::StringLiteral(it) if it.value.to_str().contains('\u{fffd}') => ExprKind::Opaque,
        ast::Expr::StringLiteral(it) => {
            ExprKind::Literal(Literal::Str(Arc::from(it.value.to_str())))
        }
        ast::Expr::BytesLiteral(it) => {
            let bytes: Vec<u8> = it
                .value
                .iter()
                .flat_map(|part| part.value.iter().copied())
                .collect();
            ExprKind::Literal(Literal::Bytes(bytes.into()))
        }
        ast::Expr::NumberLiteral(it) => ExprKind::Literal(number(&it.value)),
        ast::Expr::BooleanLiteral(it) => ExprKind::Literal(Literal::Bool(it.value)),
        ast::Expr::NoneLiteral(_) => ExprKind::Literal(Literal::None),
        ast::Expr::EllipsisLiteral(_) => ExprKind::Literal(Literal::Ellipsis),
        ast::Expr::Tuple(it) => ExprKind::Tuple(exprs(&it.elts, shift)),
        ast::Expr::List(it) => ExprKind::List(exprs(&it.elts, shift)),
        ast::Expr::Set(it) => ExprKind::Set(exprs(&it.elts, shift)),
        ast::Expr::Dict(it) => ExprKind::Dict(
            it.items
                .iter()
                .map(|item| (optional(item.key.as_ref(), shift), expr(&item.value, shift)))
                .collect(),
        ),
        ast::Expr::BinOp(it) => ExprKind::Binary(Box::new((
            expr(&it.left, shift),
            binary_op(it.op),
            expr(&it.right, shift),
        ))),
        ast::Expr::UnaryOp(it) => {
            let op = match it.op {
                ast::UnaryOp::Not => UnaryOp::Not,
                ast::UnaryOp::USub => UnaryOp::Neg,
                ast::UnaryOp::UAdd => UnaryOp::Pos,
                ast::UnaryOp::Invert => UnaryOp::Invert,
            };
            ExprKind::Unary(op, boxed(&it.operand, shift))
        }
        ast::Expr::BoolOp(it) => match it.op {
            ast::BoolOp::And => ExprKind::And(exprs(&it.values, shift)),
            ast::BoolOp::Or => ExprKind::Or(exprs(&it.values, shift)),
        },
        ast::Expr::Compare(it) => ExprKind::Compare(
            boxed(&it.left, shift),
            it.ops
                .iter()
                .zip(it.comparators.iter())
                .map(|(op, right)| (compare_op(*op), expr(right, shift)))
                .collect(),
        ),
        ast::Expr::If(it) => ExprKind::If(Box::new((
            expr(&it.test, shift),
            expr(&it.body, shift),
            expr(&it.orelse, shift),
        ))),
        ast::Expr::Lambda(it) => ExprKind::Lambda(Arc::new(Lambda {
            parameters: it
                .parameters
                .as_deref()
                .map_or_else(Box::default, |list| parameters(list, shift)),
            body: expr(&it.body, shift),
            start: it.start().to_u32().wrapping_add(shift),
            end: it.end().to_u32().wrapping_add(shift),
        })),
        ast::Expr::ListComp(it) => comprehension(
            ComprehensionKind::List,
            &it.elt,
            None,
            &it.generators,
            shift,
        ),
        ast::Expr::SetComp(it) => {
            comprehension(ComprehensionKind::Set, &it.elt, None, &it.generators, shift)
        }
        ast::Expr::DictComp(it) => match &it.key {
            Some(key) => comprehension(
                ComprehensionKind::Dict,
                key,
                Some(&it.value),
                &it.generators,
                shift,
            ),
            None => ExprKind::Opaque,
        },
        ast::Expr::Generator(it) => comprehension(
            ComprehensionKind::Generator,
            &it.elt,
            None,
            &it.generators,
            shift,
        ),
        ast::Expr::Starred(it) => ExprKind::Starred(boxed(&it.value, shift)),
        ast::Expr::Named(it) => match &*it.target {
            ast::Expr::Name(target) => {
                ExprKind::Walrus(Name::from(target.id.as_str()), boxed(&it.value, shift))
            }
            _ => ExprKind::Opaque,
        },
        ast::Expr::FString(it) => joined(it, shift),
        ast::Expr::Slice(it) => ExprKind::Slice(Box::new((
            optional(it.lower.as_deref(), shift),
            optional(it.upper.as_deref(), shift),
            optional(it.step.as_deref(), shift),
        ))),
        ast::Expr::Yield(it) => {
            ExprKind::Yield(it.value.as_deref().map(|value| boxed(value, shift)))
        }
        ast::Expr::YieldFrom(it) => ExprKind::YieldFrom(boxed(&it.value, shift)),
        ast::Expr::Await(it) => ExprKind::Await(boxed(&it.value, shift)),
        ast::Expr::TString(_) | ast::Expr::IpyEscapeCommand(_) => ExprKind::Opaque,
    }
}

fn number(number: &ast::Number) -> Literal {
    match number {
        ast::Number::Int(int) => {
            if let Some(small) = int.as_i64() {
                Literal::Int(small)
            } else {
                let text = int.to_string().replace('_', "");
                let parsed = match text.get(..2) {
                    Some("0x" | "0X") => BigInt::from_str_radix(&text[2..], 16),
                    Some("0o" | "0O") => BigInt::from_str_radix(&text[2..], 8),
                    Some("0b" | "0B") => BigInt::from_str_radix(&text[2..], 2),
                    // A decimal literal of a megabyte takes quadratic time; CPython refuses one of over 4,300 digits.
                    _ if text.len() > 4_300 => return Literal::Int(0),
                    _ => BigInt::from_str_radix(&text, 10),
                };
                parsed.map_or(Literal::Int(0), |big| Literal::BigInt(Arc::new(big)))
            }
        }
        ast::Number::Float(float) => Literal::Float(*float),
        ast::Number::Complex { imag, .. } => Literal::Complex(*imag),
    }
}

fn comprehension(
    kind: ComprehensionKind,
    element: &ast::Expr,
    value: Option<&ast::Expr>,
    clauses: &[ast::Comprehension],
    shift: u32,
) -> ExprKind {
    ExprKind::Comprehension(Box::new(Comprehension {
        kind,
        element: expr(element, shift),
        value: optional(value, shift),
        clauses: clauses
            .iter()
            .map(|clause| Clause {
                is_async: clause.is_async,
                target: expr(&clause.target, shift),
                iter: expr(&clause.iter, shift),
                conditions: exprs(&clause.ifs, shift),
            })
            .collect(),
        body: std::sync::OnceLock::new(),
    }))
}

fn joined(it: &ast::ExprFString, shift: u32) -> ExprKind {
    let mut parts = vec![];
    for part in it.value.as_slice() {
        match part {
            ast::FStringPart::Literal(text) => {
                parts.push(StringPart::Text(Arc::from(&*text.value)));
            }
            ast::FStringPart::FString(inner) => elements(&inner.elements, shift, &mut parts),
        }
    }
    ExprKind::Joined(parts.into())
}

fn elements(list: &ast::InterpolatedStringElements, shift: u32, parts: &mut Vec<StringPart>) {
    for element in list {
        let hole = match element {
            ast::InterpolatedStringElement::Literal(text) => {
                parts.push(StringPart::Text(Arc::from(&*text.value)));
                continue;
            }
            ast::InterpolatedStringElement::Interpolation(hole) => hole,
        };
        let value = expr(&hole.expression, shift);
        if let Some(written) = &hole.debug_text {
            parts.push(StringPart::Text(Arc::from(written.as_str())));
        }
        let conversion = match hole.conversion {
            ast::ConversionFlag::Str => Some('s'),
            ast::ConversionFlag::Ascii => Some('a'),
            ast::ConversionFlag::Repr => Some('r'),
            // `{x=}` shows the repr, unless something else is asked for.
            ast::ConversionFlag::None => {
                (hole.debug_text.is_some() && hole.format_spec.is_none()).then_some('r')
            }
        };
        parts.push(match (&hole.format_spec, conversion) {
            (None, None) => StringPart::Value(value),
            (spec, conversion) => {
                let mut inner = vec![];
                if let Some(spec) = spec {
                    elements(&spec.elements, shift, &mut inner);
                }
                StringPart::Formatted(Box::new(FormattedPart {
                    value,
                    conversion,
                    spec: inner.into(),
                }))
            }
        });
    }
}

pub(super) fn binary_op(op: ast::Operator) -> BinaryOp {
    match op {
        ast::Operator::Add => BinaryOp::Add,
        ast::Operator::Sub => BinaryOp::Sub,
        ast::Operator::Mult => BinaryOp::Mul,
        ast::Operator::MatMult => BinaryOp::MatMul,
        ast::Operator::Div => BinaryOp::Div,
        ast::Operator::Mod => BinaryOp::Mod,
        ast::Operator::Pow => BinaryOp::Pow,
        ast::Operator::LShift => BinaryOp::LShift,
        ast::Operator::RShift => BinaryOp::RShift,
        ast::Operator::BitOr => BinaryOp::Or,
        ast::Operator::BitXor => BinaryOp::Xor,
        ast::Operator::BitAnd => BinaryOp::And,
        ast::Operator::FloorDiv => BinaryOp::FloorDiv,
    }
}

fn compare_op(op: ast::CmpOp) -> CompareOp {
    match op {
        ast::CmpOp::Eq => CompareOp::Eq,
        ast::CmpOp::NotEq => CompareOp::NotEq,
        ast::CmpOp::Lt => CompareOp::Lt,
        ast::CmpOp::LtE => CompareOp::LtE,
        ast::CmpOp::Gt => CompareOp::Gt,
        ast::CmpOp::GtE => CompareOp::GtE,
        ast::CmpOp::Is => CompareOp::Is,
        ast::CmpOp::IsNot => CompareOp::IsNot,
        ast::CmpOp::In => CompareOp::In,
        ast::CmpOp::NotIn => CompareOp::NotIn,
    }
}
