//! `mroscope what-if`: what a class, and all below it, would be with other bases; the patch for it, and writing it.

use std::path::Path;

use serde_json::{Value, json};

use crate::analysis::{Analysis, Named, WhatIfError, edited, patch, to_write};
use crate::cli::args::WhatIfArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::paint;
use crate::cli::session::{Session, class as class_of};
use crate::error::{Error, Kind};
use crate::load::{Tried, tried};
use crate::semantics::ClassId;
use crate::source::write;
use crate::view;

/// Prints what would be; with `--patch` the patch alone; with `--write` the edit is made. A class that would raise is told by the exit code.
pub(super) fn what_if(
    session: &mut Session<'_>,
    arguments: &WhatIfArguments,
) -> Result<Ending, Stop> {
    let asked = Asked::read(&arguments.head)?;
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let loader = session.loader();
    let (analysis, found) = loader.load_trying(path, &|_| (), |analysis, run, trials| {
        let found = class_of(&analysis, &asked.target).and_then(|class| {
            let id = class.id();
            let answer = analysis.what_if(id, &asked.head);
            let answer = answer.map_err(|error| refused(&error))?;
            let ran = tried(&analysis, run, trials, id, &asked.head);
            Ok((id, answer, ran))
        });
        (analysis, found)
    })?;
    let (id, answer, ran) = found?;
    let class = analysis.class(id);
    let ending = match &ran {
        Some(tried) if tried.mro.is_some() && tried.broken.is_empty() => Ending::Done,
        _ => Ending::Found,
    };
    let files = edited(&analysis, std::slice::from_ref(&answer.edit));
    if arguments.json {
        session
            .streams
            .line(&as_json(&analysis, id, ran.as_ref()).to_string())?;
        return Ok(ending);
    }
    let no_edit = || {
        Error::new(Kind::Input, "this cannot be written into the file as it is")
            .hint("put the class statement on lines of its own")
    };
    if arguments.patch {
        let files = files.ok_or_else(no_edit)?;
        for line in patch(&analysis, &files).lines() {
            session.streams.line(&view::safe(line))?;
        }
        return Ok(ending);
    }
    if arguments.write {
        let files = files.ok_or_else(no_edit)?;
        write(&to_write(&analysis, &files)).map_err(|error| {
            Error::new(Kind::Input, error.to_string()).hint("run the command again")
        })?;
        for file in &files {
            session.message(&format!("written: {}", file.path.display()))?;
        }
        return Ok(ending);
    }
    let proof = ran.as_ref().map_or(view::Proof::None, view::Proof::Ran);
    let page = view::what_if(class, &asked.head, &Ok(answer), proof);
    paint::page(session.streams, &session.styles, &page)?;
    Ok(ending)
}

/// `pkg.mod:C(B, A)`: the class, and the head that its statement would have.
struct Asked {
    target: String,
    head: String,
}

impl Asked {
    fn read(text: &str) -> Result<Self, Error> {
        let (target, arguments) = match text.find('(') {
            Some(at) => text.split_at(at),
            None => (text, "()"),
        };
        let target = target.trim().trim_start_matches("class ").trim().to_owned();
        if target.is_empty() || !arguments.trim_end().trim_end_matches(':').ends_with(')') {
            return Err(
                Error::new(Kind::Usage, format!("`{text}` is no class with bases"))
                    .hint("write it like 'pkg.mod:C(B, A)', in quotes, so that the shell leaves the parentheses alone"),
            );
        }
        let name = target.rsplit([':', '.']).next().unwrap_or(&target);
        Ok(Self {
            head: format!("{name}{arguments}"),
            target,
        })
    }
}

/// Why there is no answer, and the cure.
fn refused(error: &WhatIfError) -> Error {
    let said = Error::new(Kind::Usage, error.to_string());
    let list = |paths: &[crate::semantics::ClassPath]| -> String {
        let lines: Vec<String> = paths.iter().map(|path| format!("\n    {path}")).collect();
        lines.concat()
    };
    match error {
        WhatIfError::UnknownBase { near, .. } if !near.is_empty() => {
            said.hint(format!("did you mean one of these?{}", list(near)))
        }
        WhatIfError::UnknownBase { .. } => {
            said.hint("give a name that the module of the class knows, or `pkg.mod.Name`")
        }
        WhatIfError::Ambiguous { candidates, .. } => {
            said.hint(format!("give the module too:{}", list(candidates)))
        }
        WhatIfError::Syntax { .. } => said.hint("write it like 'pkg.mod:C(B, A, metaclass=M)'"),
        WhatIfError::NotEditable { .. } => {
            said.hint("only class statements of the project can be changed")
        }
        WhatIfError::Unknown { .. } => said.hint("`mroscope coverage` says what is out of view"),
        WhatIfError::OtherName { .. } => said,
    }
}

/// The form that `docs/json.md` describes.
fn as_json(analysis: &Analysis, class: ClassId, ran: Option<&Tried>) -> Value {
    let path = |named: &Named| named.path.to_string();
    let class = analysis.class(class);
    let before: Option<Vec<String>> = class
        .mro()
        .map(|mro| mro.iter().map(|it| it.path().to_string()).collect());
    let Some(ran) = ran else {
        return json!({ "id": class.path().to_string(), "before": before, "mro": null });
    };
    let mro: Option<Vec<String>> = ran.mro.as_ref().map(|it| it.iter().map(path).collect());
    let changes = ran.changes.iter().map(|(class, provider)| {
        json!({
            "class": path(class),
            "name": provider.name,
            "from": provider.from.as_ref().map(path),
            "to": provider.to.as_ref().map(path),
        })
    });
    let broken = ran
        .broken
        .iter()
        .map(|(class, raises)| json!({ "class": path(class), "raises": raises }));
    json!({
        "id": class.path().to_string(),
        "before": before,
        "mro": mro,
        "raises": ran.raises,
        "known": ran.is_known,
        "changes": changes.collect::<Vec<Value>>(),
        "broken": broken.collect::<Vec<Value>>(),
    })
}
