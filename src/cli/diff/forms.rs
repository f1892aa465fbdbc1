//! A difference for other programs: JSON, as `docs/json.md` describes it, and Markdown for a pull request.

use serde_json::{Value, json};

use crate::analysis::{Analysis, Changed, Named, Provider, Side};
use crate::semantics::ClassId;
use crate::view::{Body, Differing, Page, Role, Span};

/// The whole of it.
pub(super) fn json(differing: &Differing<'_>) -> Value {
    let difference = differing.difference;
    let id = |named: &Named| json!(named.to_string());
    let ids = |indices: &[usize]| -> Value {
        indices
            .iter()
            .map(|&index| id(&difference.changed[index].class))
            .collect()
    };
    let list = |all: &[Named]| -> Value { all.iter().map(id).collect() };
    let reasons: Vec<Value> = difference
        .reasons
        .iter()
        .map(|reason| {
            let names: Vec<Value> = reason
                .moved
                .iter()
                .map(|moved| {
                    let mut said = provider(&moved.provider);
                    said["classes"] = ids(&moved.classes);
                    said
                })
                .collect();
            json!({
                "id": id(&reason.class),
                "bases": reason.bases.as_ref().map(|(before, after)| json!([list(before), list(after)])),
                "metaclass": reason.metaclass.as_ref().map(|(before, after)| json!([id(before), id(after)])),
                "classes": ids(&reason.classes),
                "structure": ids(&reason.structure),
                "names": names,
            })
        })
        .collect();
    let only = |analysis: &Analysis, classes: &[(Named, ClassId)]| -> Vec<Value> {
        classes
            .iter()
            .map(|(named, class)| placed(named, analysis, *class))
            .collect()
    };
    let untold: Vec<Value> = difference
        .untold
        .iter()
        .map(|it| {
            let mut said = placed(&it.class, differing.after, it.ids.1);
            let is_after = matches!(it.sureness.1, crate::analysis::Sureness::Unknown(_));
            said["known"] = json!(if is_after { "before" } else { "after" });
            said
        })
        .collect();
    json!({
        "from": differing.from,
        "to": differing.to,
        "python": [differing.before.world.python, differing.after.world.python],
        "notes": differing.notes,
        "compared": difference.compared,
        "changed": difference.changed.iter().map(|it| changed(it, differing)).collect::<Vec<_>>(),
        "reasons": reasons,
        "new": only(differing.after, &difference.new),
        "gone": only(differing.before, &difference.gone),
        "not_known": untold,
        "known_on_neither": difference.unknown,
    })
}

fn provider(provider: &Provider) -> Value {
    let id = |named: &Option<Named>| named.as_ref().map(ToString::to_string);
    json!({"name": provider.name, "from": id(&provider.from), "to": id(&provider.to)})
}

/// A class and where it is made.
fn placed(named: &Named, analysis: &Analysis, id: ClassId) -> Value {
    let mut said = json!({"id": named.to_string()});
    if let Some(place) = analysis.class(id).place() {
        let file = analysis.file(place.file);
        said["file"] = json!(file.shown);
        said["line"] = json!(file.line(place.start));
    }
    said
}

fn changed(change: &Changed, differing: &Differing<'_>) -> Value {
    let side = |side: &Side| {
        let list = |all: &[Named]| -> Vec<String> { all.iter().map(ToString::to_string).collect() };
        json!({
            "status": match (&side.mro, &side.raises) {
                (_, Some(_)) => "error",
                _ => "exact",
            },
            "mro": side.mro.as_deref().map(list),
            "bases": list(&side.bases),
            "metaclass": side.metaclass.as_ref().map(ToString::to_string),
            "raises": side.raises,
            "assumed": matches!(side.sureness, crate::analysis::Sureness::Assumed(_)),
        })
    };
    let mut said = placed(&change.class, differing.after, change.after.id);
    let about: Vec<&str> = [
        (change.is_mro(), "mro"),
        (change.is_metaclass(), "metaclass"),
        (change.is_raises(), "raises"),
        (!change.providers.is_empty(), "names"),
    ]
    .into_iter()
    .filter_map(|(is, word)| is.then_some(word))
    .collect();
    said["about"] = json!(about);
    said["before"] = side(&change.before);
    said["after"] = side(&change.after);
    said["names"] = change.providers.iter().map(provider).collect();
    said["names_not_known"] = json!(change.untold);
    said
}

/// The longest text that GitHub takes for a comment, less some room for what is said around it.
const LONGEST: usize = 60_000;

/// The page, for a pull request: what was and what is as code, everything else as text.
pub(super) fn markdown(page: &Page) -> Vec<String> {
    let mut lines = vec![format!("### {}", text(&page.title)), String::new()];
    for line in &page.lines {
        let said = match &line.body {
            Body::Text(spans) => text(spans),
            Body::Source(source) => source.plain(),
            Body::Row { cells, .. } => {
                let cells = cells.iter().map(|cell| text(cell));
                let cells: Vec<String> = cells.filter(|cell| !cell.trim().is_empty()).collect();
                format!("  {}", cells.join("  ").trim())
            }
            Body::Named { .. } => format!("  {}", line.plain()),
        };
        let is_heading = matches!(&line.body, Body::Text(spans) if spans.first().is_some_and(|it| it.role == Role::Heading));
        if is_heading {
            lines.push(said.trim().to_owned());
            lines.push(String::new());
        } else if said.starts_with(' ') {
            lines.push(format!(
                "- {}",
                said.split_whitespace().collect::<Vec<_>>().join(" ")
            ));
        } else {
            lines.push(said);
        }
    }
    let mut room = LONGEST;
    let all = lines.len();
    let kept = lines.iter().take_while(|line| {
        let fits = line.len() < room;
        room = room.saturating_sub(line.len() + 1);
        fits
    });
    let kept = kept.count();
    lines.truncate(kept);
    if kept < all {
        lines.push("- and more than one comment can hold; `mroscope diff` lists all".to_owned());
    }
    lines
}

/// Spans in one line of Markdown.
fn text(spans: &[Span]) -> String {
    let mut said = String::new();
    for span in spans {
        let bare = span.text.trim();
        let (head, rest) = span
            .text
            .split_at(span.text.len() - span.text.trim_start().len());
        said.push_str(head);
        match span.role {
            _ if bare.is_empty() => {}
            Role::Heading => said.extend(["**", &escaped(bare), "**"]),
            Role::Taken | Role::Rejected | Role::Error | Role::Class | Role::Module => {
                said.extend(["`", &bare.replace('`', "'"), "`"]);
            }
            _ => said.push_str(&escaped(bare)),
        }
        said.push_str(&rest[bare.len()..]);
    }
    said
}

/// Text without anything that Markdown would take for a sign.
fn escaped(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(
            letter,
            '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '\\'
        ) {
            said.push('\\');
        }
        said.push(letter);
    }
    said
}
