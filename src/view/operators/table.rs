//! Which operators a class has: each special method that it answers, from which class, what it falls back on, or why there is none.

use crate::analysis::{ClassRef, Definition};
use crate::load::{NotOperated, Operated};
use crate::view::operators::{not_operated, push, question};
use crate::view::words::{self, class_span, place_link, short_place};
use crate::view::{Column, Line, Page, Role, Span};

/// A group of operators: how each is written, its method, and the method that stands in for it with what that is asked for.
type Group = (&'static str, &'static [Row]);
type Row = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const GROUPS: &[Group] = &[
    (
        "truth, size, text",
        &[
            (
                "bool(_)",
                "__bool__",
                &[
                    ("__len__", "true where it is not zero"),
                    ("", "always true"),
                ],
            ),
            ("len(_)", "__len__", &[]),
            ("str(_)", "__str__", &[("__repr__", "its repr")]),
            ("repr(_)", "__repr__", &[]),
            ("format(_, 'x')", "__format__", &[]),
            (
                "bytes(_)",
                "__bytes__",
                &[("__index__", "so many zeros"), ("__iter__", "its items")],
            ),
            ("hash(_)", "__hash__", &[]),
        ],
    ),
    (
        "comparison",
        &[
            ("_ == x", "__eq__", &[]),
            ("_ != x", "__ne__", &[]),
            ("_ < x", "__lt__", &[("__gt__", "of x")]),
            ("_ <= x", "__le__", &[("__ge__", "of x")]),
            ("_ > x", "__gt__", &[("__lt__", "of x")]),
            ("_ >= x", "__ge__", &[("__le__", "of x")]),
        ],
    ),
    (
        "items",
        &[
            (
                "iter(_)",
                "__iter__",
                &[("__getitem__", "0, 1, 2, … until IndexError")],
            ),
            (
                "x in _",
                "__contains__",
                &[
                    ("__iter__", "each item held against x"),
                    ("__getitem__", "0, 1, 2, … held against x"),
                ],
            ),
            ("next(_)", "__next__", &[]),
            (
                "reversed(_)",
                "__reversed__",
                &[("__getitem__", "by index, with __len__")],
            ),
            ("_[k]", "__getitem__", &[]),
            ("_[k] = v", "__setitem__", &[]),
            ("del _[k]", "__delitem__", &[]),
        ],
    ),
    (
        "arithmetic",
        &[
            ("_ + x", "__add__", &[]),
            ("x + _", "__radd__", &[]),
            (
                "_ += x",
                "__iadd__",
                &[("__add__", "and the name is bound anew")],
            ),
            ("_ - x", "__sub__", &[]),
            ("x - _", "__rsub__", &[]),
            (
                "_ -= x",
                "__isub__",
                &[("__sub__", "and the name is bound anew")],
            ),
            ("_ * x", "__mul__", &[]),
            ("x * _", "__rmul__", &[]),
            (
                "_ *= x",
                "__imul__",
                &[("__mul__", "and the name is bound anew")],
            ),
            ("_ @ x", "__matmul__", &[]),
            ("_ / x", "__truediv__", &[]),
            ("x / _", "__rtruediv__", &[]),
            ("_ // x", "__floordiv__", &[]),
            ("_ % x", "__mod__", &[]),
            ("divmod(_, x)", "__divmod__", &[]),
            ("_ ** x", "__pow__", &[]),
            ("_ << x", "__lshift__", &[]),
            ("_ >> x", "__rshift__", &[]),
            ("_ & x", "__and__", &[]),
            ("_ | x", "__or__", &[]),
            ("x | _", "__ror__", &[]),
            ("_ ^ x", "__xor__", &[]),
            ("-_", "__neg__", &[]),
            ("+_", "__pos__", &[]),
            ("~_", "__invert__", &[]),
            ("abs(_)", "__abs__", &[]),
            ("round(_)", "__round__", &[]),
            (
                "int(_)",
                "__int__",
                &[
                    ("__index__", "the same number"),
                    ("__trunc__", "until 3.13"),
                ],
            ),
            ("float(_)", "__float__", &[("__index__", "as a float")]),
            (
                "complex(_)",
                "__complex__",
                &[("__float__", "its real part")],
            ),
            ("list[_]", "__index__", &[]),
        ],
    ),
    (
        "calls, contexts, awaiting",
        &[
            ("_()", "__call__", &[]),
            ("with _", "__enter__", &[]),
            ("… left", "__exit__", &[]),
            ("await _", "__await__", &[]),
            ("async for", "__aiter__", &[]),
            ("async with", "__aenter__", &[]),
            ("os.fspath(_)", "__fspath__", &[]),
        ],
    ),
];

/// What is answered to the expression that was typed.
#[derive(Debug, Clone, Copy)]
pub enum Expressed<'a> {
    /// Nothing was typed.
    Nothing,
    /// It is being run.
    Asked(&'a str),
    /// This.
    Told(&'a Operated),
    /// Why there is no answer.
    Refused(&'a str, &'a NotOperated),
}

/// Says which operators the instances of a class have; above them the answer to what was typed.
pub fn operators(class: ClassRef<'_>, expressed: Expressed<'_>) -> Page {
    let mut page = words::about(class);
    page.title.insert(1, Span::plain(" · operators"));
    match expressed {
        Expressed::Nothing => page.push(Line::text(vec![Span::faint(
            "type an operation to see whom it asks: _ + 1, len(_), 1 in _, _ == Other",
        )])),
        Expressed::Asked(text) => {
            page.push(question(class, text));
            page.push(Line::text(vec![Span::faint(
                "being worked out: the answer comes by itself",
            )]));
        }
        Expressed::Told(told) => {
            page.push(question(class, &told.written));
            push(&mut page, class.analysis(), told);
        }
        Expressed::Refused(text, error) => {
            page.push(question(class, text));
            not_operated(&mut page, error);
        }
    }
    for (heading, rows) in GROUPS {
        group(&mut page, class, heading, rows);
    }
    page
}

/// The operators of one group that the class has, or falls back for; the others in one line.
fn group(page: &mut Page, class: ClassRef<'_>, heading: &str, rows: &[Row]) {
    page.heading(heading);
    let table = page.table(vec![Column::left(0), Column::left(0), Column::left(1)]);
    let mut without = vec![];
    for (written, method, others) in rows {
        let found = given(class, method);
        if let Some(Found::Given(definition)) = &found {
            let place = definition.place();
            let mut spans = vec![Span::new(*method, Role::Method)];
            if definition.class != class {
                spans.push(Span::faint(" from "));
                spans.push(class_span(definition.class));
            }
            page.push(row(table, written, spans, class, place));
            continue;
        }
        if let Some(Found::Emptied(spans, place)) = found {
            page.push(row(table, written, spans, class, place));
            continue;
        }
        let other = others.iter().find_map(|(other, asks)| {
            if other.is_empty() {
                return Some((vec![Span::faint(*asks)], None));
            }
            let Some(Found::Given(definition)) = given(class, other) else {
                return None;
            };
            let mut spans = vec![
                Span::faint(format!("no {method}: ")),
                Span::new(*other, Role::Method),
            ];
            if definition.class != class {
                spans.push(Span::faint(" from "));
                spans.push(class_span(definition.class));
            }
            spans.push(Span::faint(format!(", {asks}")));
            Some((spans, definition.place()))
        });
        match other {
            Some((spans, place)) => {
                page.push(row(table, written, spans, class, place));
            }
            None => without.push(*written),
        }
    }
    if !without.is_empty() {
        page.push(Line::text(vec![
            Span::faint("  none: "),
            Span::faint(without.join("   ")),
        ]));
    }
}

fn row(
    table: usize,
    written: &str,
    spans: Vec<Span>,
    class: ClassRef<'_>,
    place: Option<crate::source::Place>,
) -> Line {
    let analysis = class.analysis();
    let at = place.map_or_else(String::new, |it| short_place(analysis, it));
    Line::row(
        table,
        vec![
            vec![Span::plain(format!("  {written}"))],
            spans,
            vec![Span::faint(at)],
        ],
    )
    .to(place_link(analysis, place))
}

/// What a class has under the name of a special method.
enum Found<'a> {
    Given(Definition<'a>),
    /// Set to `None`, and by what.
    Emptied(Vec<Span>, Option<crate::source::Place>),
}

fn given<'a>(class: ClassRef<'a>, method: &str) -> Option<Found<'a>> {
    let definition = class.winner(method)?;
    // `object` answers each of them with `NotImplemented` (`object_richcompare`).
    if matches!(method, "__lt__" | "__le__" | "__gt__" | "__ge__")
        && definition.class.name() == "object"
        && definition.class.is_interpreters()
    {
        return None;
    }
    let member = definition.member;
    let is_none = member.kind == crate::semantics::MemberKind::Value
        && (member.shown.as_deref() == Some("None") || method == "__hash__");
    if !is_none {
        return Some(Found::Given(definition));
    }
    let place = definition.place();
    let owner = definition.class;
    let by_equality =
        method == "__hash__" && place.is_none() && owner.members().contains_key("__eq__");
    let mut spans = vec![Span::new("taken back", Role::Warning)];
    let place = if by_equality {
        spans.push(Span::faint(": __eq__ without a __hash__"));
        owner.members().get("__eq__").and_then(|it| it.place)
    } else {
        spans.push(Span::faint(format!(": {method} is None")));
        place
    };
    if owner != class {
        spans.push(Span::faint(" in "));
        spans.push(class_span(owner));
    }
    Some(Found::Emptied(spans, place))
}
