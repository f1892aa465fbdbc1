//! The *live* page: what the attributes of a class held in an interpreter that was started for it, and where that is not what we say.

use crate::analysis::ClassRef;
use crate::semantics::{DescriptorKind, Outcome};
use crate::view::bounded::{LONGEST, one_line, shortened};
use crate::view::members::shown as said_by_members;
use crate::view::words::{self, class_link, count, letter_of, place_link};
use crate::view::{Column, Line, Page, Role, Span};
use crate::witness::{Beside, Differs, Failure, Live, LiveValue, beside};

/// Says what was live, a line an attribute, and beside it what we say.
pub fn live(class: ClassRef<'_>, live: &Live, attribute: Option<&str>) -> Page {
    let mut page = words::about(class);
    if let Some(name) = attribute {
        page.title.insert(1, Span::plain(format!(".{name}")));
    }
    page.standing = vec![Span::new("◆ live", Role::Warning)];
    let rows = beside(class, live, attribute);
    summary(&mut page, class, live, &rows);
    page.push(Line::blank());
    if rows.is_empty() {
        page.push(Line::text(vec![Span::plain(
            "nothing to list: no class of the MRO but `object` has attributes",
        )]));
        return page;
    }
    // What goes first when it gets narrow: what we say, since a difference has a line of its own; then the class.
    let table = page.table(vec![
        Column::left(0),
        Column::left(0),
        Column::left(0),
        Column::left(0),
        Column::left(1),
        Column::left(0),
        Column::left(2),
    ]);
    let head = ["", "", "", "name", "given by", "held", "mroscope says"];
    page.push(Line::head(table, &head));
    for row in &rows {
        page.push(line(class, live, table, row));
        if let Some(differs) = row.differs {
            page.push(difference(class, row, differs));
        }
    }
    page
}

/// The page before anybody has asked for it.
pub fn live_not_run(class: ClassRef<'_>) -> Page {
    said(
        class,
        Span::plain(
            "Nothing was run: these values are only known where Python imports the module. `!` asks whether to run it.",
        ),
    )
}

/// The page while the interpreter is at work.
pub fn live_waiting(class: ClassRef<'_>) -> Page {
    let module = &class.path().module;
    let said_so =
        format!("Python is at work: it imports {module}, and shows what the attributes hold …");
    said(class, Span::plain(said_so))
}

/// The page where nothing came of it.
pub fn live_failed(class: ClassRef<'_>, message: &str) -> Page {
    said(class, Span::new(message, Role::Error))
}

fn said(class: ClassRef<'_>, text: Span) -> Page {
    let mut page = words::about(class);
    page.standing = vec![];
    page.push(Line::text(vec![text]));
    page
}

fn summary(page: &mut Page, class: ClassRef<'_>, live: &Live, rows: &[Beside<'_>]) {
    let held = rows.iter().filter(|row| row.live.is_some()).count();
    let failed = rows
        .iter()
        .filter(|row| row.live.is_some_and(|it| it.failure.is_some()))
        .count();
    let differ = rows.iter().filter(|row| row.differs.is_some()).count();
    let mut said = vec![Span::plain(format!(
        "Python {} ran, and imported {}: {}",
        live.greeting.version,
        class.path().module,
        count(held, "attribute", "attributes"),
    ))];
    if failed > 0 {
        let said_failed = format!(", {failed} of them not shown whole");
        said.push(Span::new(said_failed, Role::Error));
    }
    said.push(match differ {
        0 => Span::plain("; nothing differs from what mroscope says"),
        1 => Span::new("; 1 differs from what mroscope says", Role::Warning),
        _ => Span::new(
            format!("; {differ} differ from what mroscope says"),
            Role::Warning,
        ),
    });
    page.push(Line::text(said));
    let is_made = matches!(class.outcome(), Outcome::Created(_));
    if is_made && class.known_ancestry().len() != live.mro.len() {
        let mro: Vec<&str> = live.mro.iter().map(|it| it.qualname.as_str()).collect();
        page.push(Line::text(vec![
            Span::new("its MRO is another: ", Role::Warning),
            Span::plain(shortened(&mro.join(" "), 4 * LONGEST)),
        ]));
    }
}

fn line(class: ClassRef<'_>, live: &Live, table: usize, row: &Beside<'_>) -> Line {
    let (sign, role) = match (row.differs, row.live) {
        (
            _,
            Some(LiveValue {
                failure: Some(_), ..
            }),
        ) => ("✗", Role::Error),
        (Some(_), _) => ("≠", Role::Warning),
        (None, _) => (" ", Role::Plain),
    };
    let (letter, letter_role) = match (row.live, row.ours) {
        (Some(value), _) => letter_of(value.kind, DescriptorKind::None),
        (None, Some(ours)) => words::kind_letter(ours.member),
        (None, None) => ("", Role::Plain),
    };
    let giver = match row.live {
        Some(value) => giver(class, live, value),
        None => Span::faint("—"),
    };
    let cells = vec![
        vec![Span::new(
            if row.live.is_some() { "live" } else { "" },
            Role::Taken,
        )],
        vec![Span::new(sign, role)],
        vec![Span::new(letter, letter_role)],
        vec![Span::new(row.name, letter_role)],
        vec![giver],
        held(row.live),
        vec![Span::faint(
            row.ours.map_or_else(String::new, said_by_members),
        )],
    ];
    let place = row.ours.and_then(|ours| ours.place());
    let class_of = row.ours.and_then(|ours| class_link(ours.class));
    Line::row(table, cells).to(place_link(class.analysis(), place).or(class_of))
}

/// The class that has it, in our words where we know that class.
fn giver(class: ClassRef<'_>, live: &Live, value: &LiveValue) -> Span {
    let ancestry = class.known_ancestry();
    match (ancestry.get(value.class), live.mro.get(value.class)) {
        (Some(ours), _) if ancestry.len() == live.mro.len() => words::class_span(*ours),
        (_, Some(path)) => Span::plain(&path.qualname),
        (_, None) => Span::faint("—"),
    }
}

/// The repr, the class of the value where the repr does not begin with it, and what went wrong.
fn held(value: Option<&LiveValue>) -> Vec<Span> {
    let Some(value) = value else {
        return vec![Span::faint("not there")];
    };
    let mut spans = vec![];
    if let Some(shown) = &value.shown {
        spans.push(Span::plain(shortened(shown, LONGEST)));
    }
    if let Some(why) = &value.failure {
        let gap = if spans.is_empty() { "" } else { "  " };
        let said = format!("{gap}{}", not_shown(why));
        spans.push(Span::new(said, Role::Error));
    }
    let class = value.type_of.name();
    let says_it = value.shown.as_deref().is_some_and(|it| it.contains(class));
    let is_builtin = value.type_of.module == "builtins" && value.shown.is_some();
    if !says_it && !is_builtin {
        spans.push(Span::faint(format!("  {class}")));
    }
    spans
}

/// Why a value could not be shown, or not whole, as a clause.
pub fn not_shown(why: &Failure) -> String {
    match why {
        Failure::Raised(raised) => {
            let message = one_line(&raised.message, LONGEST);
            let colon = if message.is_empty() { "" } else { ": " };
            format!("its repr raised {}{colon}{message}", raised.kind)
        }
        Failure::Hung { seconds } => format!("its repr did not end within {seconds} s"),
        Failure::Ended { how } => format!("its repr ended the interpreter {how}"),
        Failure::NotReached
        | Failure::NotImported
        | Failure::OfTool
        | Failure::Elsewhere { .. } => {
            "not reached: the time was over, or the interpreter lost too often".into()
        }
    }
}

/// What we say of it, where that is something else.
fn difference(class: ClassRef<'_>, row: &Beside<'_>, differs: Differs) -> Line {
    let ours = row.ours;
    let said = match (differs, ours) {
        (Differs::OnlyLive, _) | (_, None) => "mroscope: no class of the MRO has it".to_owned(),
        (Differs::OnlyOurs | Differs::Giver, Some(ours)) => {
            format!("mroscope: given by {}", ours.class.path())
        }
        (Differs::Kind, Some(ours)) => {
            let kind = kind_words(ours.member.kind);
            format!("mroscope: {kind} {}", said_by_members(ours))
        }
        (Differs::Value, Some(ours)) => format!("mroscope: {}", said_by_members(ours)),
    };
    let place = ours.and_then(|ours| ours.place());
    Line::text(vec![Span::plain("       "), Span::new(said, Role::Warning)])
        .to(place_link(class.analysis(), place))
}

/// The kind in words.
fn kind_words(kind: crate::semantics::MemberKind) -> &'static str {
    use crate::semantics::MemberKind as Kind;
    match kind {
        Kind::Function => "function",
        Kind::Generator => "generator",
        Kind::AsyncFunction => "async function",
        Kind::AsyncGenerator => "async generator",
        Kind::Classmethod => "class method",
        Kind::Staticmethod => "static method",
        Kind::Property => "property",
        Kind::CachedProperty => "cached property",
        Kind::Slot => "slot",
        Kind::Getset | Kind::DataDescriptor => "data descriptor",
        Kind::BuiltinMethod => "method made in C",
        Kind::Descriptor => "non-data descriptor",
        Kind::Class => "class",
        Kind::Value => "value",
        Kind::Unknown => "not known",
    }
}
