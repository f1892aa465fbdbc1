//! An operation as a person writes it: `Cart + 1`, `len(pkg.mod:Cart)`, `a.mod:A() + b.mod:B(2)`. A class that is not called stands for an
//! instance of it; those of other modules than the first are brought in by the name that their module has for them.

use std::fmt::Write as _;

use crate::analysis::{Analysis, ClassRef, Target};
use crate::evaluate::{AtRest, Ran, statements_of};
use crate::semantics::{ClassId, Operation};

/// What is told of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operated {
    /// The expression with the instances in it.
    pub written: String,
    /// Whom it asks; none where it is no operation of one of these kinds, or an operand is not known.
    pub operation: Option<Operation>,
    /// What comes of it.
    pub ran: Ran,
}

/// Why there is nothing to tell, and what helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotOperated {
    /// What is wrong.
    pub message: String,
    /// What helps.
    pub hint: Option<String>,
}

impl NotOperated {
    fn new(message: String, hint: &str) -> Self {
        Self {
            message,
            hint: (!hint.is_empty()).then(|| hint.to_owned()),
        }
    }
}

/// An expression on its way: as it is shown, as it is run, and in which module.
#[derive(Default)]
struct Written {
    shown: String,
    run: String,
    module: Option<String>,
    imports: String,
}

/// Runs an expression, and says whom it asks. `_` stands for an instance of the class `of`.
pub fn operated(
    analysis: &Analysis,
    run: &mut AtRest<'_, '_>,
    of: Option<ClassId>,
    expression: &str,
) -> Result<Operated, NotOperated> {
    let written = written(analysis, run, of, expression)?;
    let Some(module) = &written.module else {
        return Err(NotOperated::new(
            format!("`{expression}` names no class"),
            "name one of the project: 'len(pkg.mod:Cart)'",
        ));
    };
    let statements = statements_of(&written.run, analysis.world.version());
    let ran = run.ran(module, &format!("{}{statements}", written.imports));
    let Some(ran) = ran else {
        return Err(NotOperated::new(
            format!("`{expression}` does not parse"),
            "write it like 'A + B', 'len(A)', 'A[0]', 'with(A)', 'iadd(A, B)'",
        ));
    };
    Ok(Operated {
        operation: run.operation(module, &written.imports, &written.run),
        written: written.shown,
        ran,
    })
}

/// The expression with an instance in the place of each class that is not called.
fn written(
    analysis: &Analysis,
    run: &mut AtRest<'_, '_>,
    of: Option<ClassId>,
    expression: &str,
) -> Result<Written, NotOperated> {
    let mut written = Written::default();
    let mut rest = expression;
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | ':');
    while let Some(first) = rest.chars().next() {
        if matches!(first, '"' | '\'') {
            let end = rest[1..].find(first).map_or(rest.len(), |it| it + 2);
            both(&mut written, &rest[..end]);
            rest = &rest[end..];
            continue;
        }
        if !(first.is_alphabetic() || first == '_') {
            both(&mut written, &rest[..first.len_utf8()]);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches([':', '.']);
        rest = &rest[word.len()..];
        let class = match of.filter(|_| word == "_") {
            Some(class) => analysis.class(class),
            None if is_meant(analysis, word) => named(analysis, word)?,
            None => {
                both(&mut written, word);
                continue;
            }
        };
        let is_called = rest.trim_start().starts_with('(') && word != "_";
        push(&mut written, run, class, word, is_called)?;
    }
    Ok(written)
}

fn both(written: &mut Written, text: &str) {
    written.shown.push_str(text);
    written.run.push_str(text);
}

/// Whether a word means a class of the analysis.
fn is_meant(analysis: &Analysis, word: &str) -> bool {
    word.contains(':')
        || matches!(analysis.find(word), Target::Class(_) | Target::Ambiguous(_))
        || word.starts_with(char::is_uppercase)
            && !matches!(
                word,
                "None" | "True" | "False" | "NotImplemented" | "Ellipsis"
            )
}

/// Adds a class, and the call of it where that is not written.
fn push(
    written: &mut Written,
    run: &mut AtRest<'_, '_>,
    class: ClassRef<'_>,
    word: &str,
    is_called: bool,
) -> Result<(), NotOperated> {
    let of = class.path().module.to_string();
    if of == "builtins" {
        both(written, word);
        return Ok(());
    }
    let qualname = class.path().qualname.to_string();
    let module = written.module.get_or_insert_with(|| of.clone()).clone();
    let name = if module == of {
        qualname.clone()
    } else {
        let (outer, inner) = qualname.split_once('.').unwrap_or((&qualname, ""));
        let alias = format!("_{}_{outer}", of.replace('.', "_"));
        let import = format!("from {of} import {outer} as {alias}\n");
        if !written.imports.contains(&import) {
            written.imports.push_str(&import);
        }
        if inner.is_empty() {
            alias
        } else {
            format!("{alias}.{inner}")
        }
    };
    written.shown.push_str(&qualname);
    written.run.push_str(&name);
    if is_called {
        return Ok(());
    }
    let made = run.ran(&module, &format!("{}return {name}()", written.imports));
    if let Some(raised) = made.and_then(|it| it.raised.filter(|_| it.is_known)) {
        let mut message = format!("`{qualname}()` raises {}", raised.kind);
        if let Some(text) = &raised.message {
            let _ = write!(message, ": {text}");
        }
        return Err(NotOperated::new(
            message,
            &format!("give its arguments: `{qualname}(…)`"),
        ));
    }
    both(written, "()");
    Ok(())
}

/// The class that a word names.
fn named<'a>(analysis: &'a Analysis, word: &str) -> Result<ClassRef<'a>, NotOperated> {
    match analysis.find(word) {
        Target::Class(id) => Ok(analysis.class(id)),
        Target::Ambiguous(ids) => {
            let paths = ids
                .iter()
                .map(|&id| format!("\n    {}", analysis.class(id).path()));
            Err(NotOperated::new(
                format!("{} classes are named `{word}`", ids.len()),
                &format!("give the module too:{}", paths.collect::<String>()),
            ))
        }
        Target::Unknown(near) => {
            let message = format!("no class is named `{word}`");
            let paths = near.iter().map(|path| format!("\n    {path}"));
            let hint = match near.as_slice() {
                [] => String::new(),
                [only] => format!("did you mean `{only}`?"),
                _ => format!("did you mean one of these?{}", paths.collect::<String>()),
            };
            Err(NotOperated::new(message, &hint))
        }
    }
}
