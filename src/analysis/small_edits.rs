//! Every small edit of a class statement that may mend it, where only a run can tell what it does: what the message asks for first.

use crate::analysis::ClassRef;
use crate::semantics::{Raised, rearranged};
use crate::syntax::{Import, Rewrite, Statement, call_with, keywords_of, without_items};

/// Keywords of `@dataclass` that decide whether its fields and bases go together.
const OF_DATACLASS: [&str; 2] = ["kw_only", "frozen"];

/// Returns the edits of one statement, and whether each leaves all its bases there. `is_failing` is so for the statement that raises; the others
/// stand above it.
pub fn small_edits(
    class: ClassRef<'_>,
    statement: &Statement,
    raised: &Raised,
    is_failing: bool,
) -> Vec<(Rewrite, bool)> {
    let mut found: Vec<(Rewrite, bool)> = vec![];
    found.extend(factory(class, statement, raised).map(|it| (it, true)));
    decorators(class, statement, &mut found);
    slots(class, statement, raised, &mut found);
    if is_failing {
        for (name, ..) in &statement.keywords {
            if let Some(name) = name {
                let keywords = vec![(name.clone(), None)];
                found.push((
                    Rewrite {
                        keywords,
                        ..Rewrite::default()
                    },
                    true,
                ));
            }
        }
    }
    bases(class, statement, &mut found);
    found
}

/// The bases in another order, and one base less.
fn bases(class: ClassRef<'_>, statement: &Statement, found: &mut Vec<(Rewrite, bool)>) {
    let pieces = statement.bases.iter();
    let texts: Vec<String> = pieces
        .map(|piece| class.written(*piece).to_owned())
        .collect();
    for list in rearranged(texts.len()) {
        let bases: Vec<String> = list.iter().map(|&at| texts[at].clone()).collect();
        if bases != texts {
            let is_faithful = bases.len() == texts.len();
            let rewrite = Rewrite {
                bases: Some(bases),
                ..Rewrite::default()
            };
            found.push((rewrite, is_faithful));
        }
    }
}

/// `__slots__` without the name that is complained of, and without any.
fn slots(
    class: ClassRef<'_>,
    statement: &Statement,
    raised: &Raised,
    found: &mut Vec<(Rewrite, bool)>,
) {
    let Some(written) = statement.slots.map(|piece| class.written(piece)) else {
        return;
    };
    let named = quoted(&raised.message).and_then(|name| without_items(written, &[name]));
    for slots in named.into_iter().chain([String::from("()")]) {
        if slots != written {
            let slots = Some(slots);
            found.push((
                Rewrite {
                    slots,
                    ..Rewrite::default()
                },
                true,
            ));
        }
    }
}

/// What a message has between its first quotes: `'x' in __slots__ conflicts with class variable`.
fn quoted(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once('\'')?;
    rest.split_once('\'').map(|(name, _)| name)
}

/// Each decorator with a keyword less; `@dataclass` with a keyword more; `@unique` and `@verify(…)`, which only check, left out.
fn decorators(class: ClassRef<'_>, statement: &Statement, found: &mut Vec<(Rewrite, bool)>) {
    for &piece in &statement.decorators {
        let text = class.written(piece);
        let name = text.split('(').next().unwrap_or_default().trim();
        let name = name.rsplit('.').next().unwrap_or_default();
        let keywords = keywords_of(text);
        let mut instead: Vec<Option<String>> = vec![];
        if name == "dataclass" {
            for keyword in OF_DATACLASS {
                instead.push(call_with(text, keyword, Some("True")));
            }
        }
        for keyword in &keywords {
            instead.push(call_with(text, keyword, None));
        }
        let mut pieces: Vec<Option<String>> = instead.into_iter().flatten().map(Some).collect();
        if matches!(name, "unique" | "verify") {
            pieces.push(None);
        }
        for text in pieces {
            let pieces = vec![(piece, text)];
            found.push((
                Rewrite {
                    pieces,
                    ..Rewrite::default()
                },
                true,
            ));
        }
    }
}

/// `x: list = field(default_factory=list)` in place of a default that `@dataclass` refuses since all instances would share it.
fn factory(class: ClassRef<'_>, statement: &Statement, raised: &Raised) -> Option<Rewrite> {
    let (_, rest) = raised.message.split_once(" for field ")?;
    let name = rest.split_once(" is not allowed")?.0;
    let (_, piece) = statement.annotated.iter().find(|(it, _)| it == name)?;
    let text = class.written(*piece);
    let makes = match text {
        "[]" => String::from("list"),
        "{}" => String::from("dict"),
        "set()" | "list()" | "dict()" => text.trim_end_matches("()").to_owned(),
        other => format!("lambda: {other}"),
    };
    let dotted = statement
        .decorators
        .iter()
        .find_map(|it| class.written(*it).split_once(".dataclass").map(|it| it.0));
    let mut imports = vec![];
    let field = if let Some(module) = dotted {
        format!("{module}.field")
    } else {
        let file = class.analysis().file(class.place()?.file);
        let has_it = |line: &str| {
            let names = line.strip_prefix("from dataclasses import ");
            let mut names = names.into_iter().flat_map(|it| it.split(','));
            names.any(|it| matches!(it.trim(), "field" | "*"))
        };
        if !file.text.lines().any(has_it) {
            imports.push(Import {
                module: String::from("dataclasses"),
                name: String::from("field"),
            });
        }
        String::from("field")
    };
    Some(Rewrite {
        pieces: vec![(*piece, Some(format!("{field}(default_factory={makes})")))],
        imports,
        ..Rewrite::default()
    })
}
