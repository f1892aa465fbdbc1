//! Edits of a class statement in its text: what is not changed stays as it was written, comments and layout too.

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;

use super::limits::too_deep;

/// A piece of a text, by offsets.
pub type Piece = (u32, u32);

/// What a class statement says, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Offset of the first decorator, or of `class`.
    pub start: u32,
    /// The name.
    pub name: Piece,
    /// Where arguments end or would stand: after the name, or after its type parameters.
    pub head_end: u32,
    /// What stands between the parentheses, without them; none where there are none.
    pub arguments: Option<Piece>,
    /// The positional arguments, starred ones with their star.
    pub bases: Vec<Piece>,
    /// Each keyword: its name, none for `**`; the whole of it; its value.
    pub keywords: Vec<(Option<String>, Piece, Piece)>,
    /// The value of the first `__slots__ = …` of the body.
    pub slots: Option<Piece>,
    /// The first statement of the body that is no docstring.
    pub first: Option<Piece>,
    /// The last statement of the body that is one.
    pub docstring: Option<Piece>,
    /// Its decorators, without the `@`.
    pub decorators: Vec<Piece>,
    /// The values that its body gives to annotated names: `x: list = []`.
    pub annotated: Vec<(String, Piece)>,
}

/// What is to become of a class statement; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rewrite {
    /// All positional arguments, as they are to be written.
    pub bases: Option<Vec<String>>,
    /// Keywords to be set, or left out.
    pub keywords: Vec<(String, Option<String>)>,
    /// The value of `__slots__`.
    pub slots: Option<String>,
    /// Statements to stand before it, without indentation.
    pub insert: Option<String>,
    /// What the module has to import for it.
    pub imports: Vec<Import>,
    /// Pieces of the statement that are something else then: decorators, which go where nothing is, and values of the body.
    pub pieces: Vec<(Piece, Option<String>)>,
}

/// `from module import name`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The module's dotted name.
    pub module: String,
    /// The name.
    pub name: String,
}

/// What stands at the head of a class statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The name of the class.
    pub name: String,
    /// Its bases, as they are written.
    pub bases: Vec<String>,
    /// Its keywords, and their values as they are written.
    pub keywords: Vec<(String, String)>,
}

/// Reads the head of a class statement; with or without the word `class` and the colon. The error says what is wrong with it.
///
/// ```py
/// class C(A, B, metaclass=M):   # so, or `C(A, B, metaclass=M)`
/// ```
pub fn class_head(text: &str) -> Result<Head, String> {
    let plain = text.trim();
    let plain = plain.strip_prefix("class ").unwrap_or(plain).trim();
    let plain = plain.strip_suffix(':').unwrap_or(plain).trim();
    if too_deep(plain).is_some() {
        return Err(String::from("it nests too deep"));
    }
    let parsed =
        ruff_python_parser::parse_expression(plain).map_err(|error| error.error.to_string())?;
    let said = |range| slice(plain, piece(range)).to_owned();
    match parsed.expr() {
        ast::Expr::Name(name) => Ok(Head {
            name: name.id.to_string(),
            ..Head::default()
        }),
        ast::Expr::Call(call) => {
            let ast::Expr::Name(name) = &*call.func else {
                return Err(String::from("it begins with the name of the class"));
            };
            let keywords = call.arguments.keywords.iter().map(|it| {
                let name = it.arg.as_ref().ok_or("`**` cannot be told beforehand")?;
                Ok((name.as_str().to_owned(), said(it.value.range())))
            });
            Ok(Head {
                name: name.id.to_string(),
                bases: call
                    .arguments
                    .args
                    .iter()
                    .map(|it| said(it.range()))
                    .collect(),
                keywords: keywords
                    .collect::<Result<_, &str>>()
                    .map_err(str::to_owned)?,
            })
        }
        _ => Err(String::from("write it like `C(A, B)`")),
    }
}

/// Text to be put in the place of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The piece; empty where text is only added.
    pub at: Piece,
    /// What stands there then.
    pub text: String,
}

/// Returns what the class statement says whose name begins at this offset; none where there is no such statement, or the text nests deeper
/// than CPython's parser allows.
pub fn class_statement(text: &str, name: u32) -> Option<Statement> {
    if too_deep(text).is_some() {
        return None;
    }
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    let ast::Mod::Module(module) = parsed.into_syntax() else {
        return None;
    };
    let mut finder = Finder { name, found: None };
    finder.visit_body(&module.body);
    finder.found
}

struct Finder {
    name: u32,
    found: Option<Statement>,
}

impl<'a> Visitor<'a> for Finder {
    fn visit_stmt(&mut self, stmt: &'a ast::Stmt) {
        let (start, end) = piece(stmt.range());
        if self.found.is_some() || self.name < start || self.name >= end {
            return;
        }
        if let ast::Stmt::ClassDef(def) = stmt
            && piece(def.name.range()).0 == self.name
        {
            self.found = Some(statement(def));
            return;
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, _: &'a ast::Expr) {
        // No class statement stands in an expression.
    }
}

pub(super) fn piece(range: ruff_text_size::TextRange) -> Piece {
    (range.start().into(), range.end().into())
}

fn statement(def: &ast::StmtClassDef) -> Statement {
    let name = piece(def.name.range());
    let arguments = def.arguments.as_deref();
    let type_parameters = def.type_params.as_deref().map(|it| piece(it.range()).1);
    let is_docstring =
        |stmt: &ast::Stmt| matches!(stmt, ast::Stmt::Expr(it) if it.value.is_string_literal_expr());
    let docstring = def.body.first().filter(|stmt| is_docstring(stmt));
    let first = def.body.get(usize::from(docstring.is_some()));
    let slots = def.body.iter().find_map(|stmt| match stmt {
        ast::Stmt::Assign(assign) => {
            let is_slots = |it: &ast::Expr| {
                matches!(it, ast::Expr::Name(name) if name.id.as_str() == "__slots__")
            };
            assign.targets.first().filter(|it| is_slots(it))?;
            Some(piece(assign.value.range()))
        }
        _ => None,
    });
    Statement {
        start: piece(def.range()).0,
        name,
        head_end: type_parameters.unwrap_or(name.1),
        arguments: arguments.map(|it| {
            let (start, end) = piece(it.range());
            (start + 1, end.saturating_sub(1).max(start + 1))
        }),
        bases: arguments
            .iter()
            .flat_map(|it| &it.args)
            .map(|it| piece(it.range()))
            .collect(),
        keywords: arguments
            .iter()
            .flat_map(|it| &it.keywords)
            .map(|it| {
                let name = it.arg.as_ref().map(|name| name.as_str().to_owned());
                (name, piece(it.range()), piece(it.value.range()))
            })
            .collect(),
        slots,
        first: first.map(|stmt| piece(stmt.range())),
        docstring: docstring.map(|stmt| piece(stmt.range())),
        decorators: def
            .decorator_list
            .iter()
            .map(|it| piece(it.expression.range()))
            .collect(),
        annotated: def.body.iter().filter_map(annotated).collect(),
    }
}

/// The name and the value of `x: list = []`.
fn annotated(stmt: &ast::Stmt) -> Option<(String, Piece)> {
    let ast::Stmt::AnnAssign(assign) = stmt else {
        return None;
    };
    let ast::Expr::Name(name) = assign.target.as_ref() else {
        return None;
    };
    let value = assign.value.as_deref()?;
    Some((name.id.to_string(), piece(value.range())))
}

/// Returns what has to be put where, in order of the text; none where the text does not say enough to do it.
///
/// ```py
/// class X(A,  # first
///         B): ...
/// # the bases B, A:
/// class X(B,  # first
///         A): ...
/// ```
pub fn rewrite(text: &str, statement: &Statement, wanted: &Rewrite) -> Option<Vec<Replacement>> {
    let mut out = vec![];
    arguments(text, statement, wanted, &mut out)?;
    if let Some(value) = &wanted.slots {
        slots(text, statement, value, &mut out)?;
    }
    for (at, instead) in &wanted.pieces {
        out.push(match instead {
            Some(text) => Replacement {
                at: *at,
                text: text.clone(),
            },
            None => line_of_decorator(text, *at),
        });
    }
    if let Some(inserted) = &wanted.insert {
        let line = line_start(text, statement.start);
        let indent = slice(text, (line, statement.start));
        // Behind another statement of its line there is no room for one.
        if !indent.trim().is_empty() {
            return None;
        }
        let mut lines = String::new();
        for written in inserted.lines() {
            if !written.is_empty() {
                lines.push_str(indent);
            }
            lines.push_str(written);
            lines.push('\n');
        }
        lines.push_str(if indent.is_empty() { "\n\n" } else { "\n" });
        out.push(Replacement {
            at: (line, line),
            text: lines,
        });
    }
    if !wanted.imports.is_empty() {
        out.push(imports(text, &wanted.imports));
    }
    out.sort_by_key(|it| it.at);
    Some(out)
}

/// Takes a decorator out, with its line.
fn line_of_decorator(text: &str, at: Piece) -> Replacement {
    let start = line_start(text, at.0);
    let rest = slice(text, (at.1, text.len() as u32));
    let end = at.1 + rest.find('\n').map_or(rest.len(), |it| it + 1) as u32;
    Replacement {
        at: (start, end),
        text: String::new(),
    }
}

/// Imports behind the last one that stands at the left margin, or behind the docstring and `from __future__`, or at the top.
fn imports(text: &str, wanted: &[Import]) -> Replacement {
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    let mut at = 0;
    if let ast::Mod::Module(module) = parsed.into_syntax() {
        for (index, stmt) in module.body.iter().enumerate() {
            let is_import = matches!(stmt, ast::Stmt::Import(_) | ast::Stmt::ImportFrom(_));
            let is_docstring = index == 0
                && matches!(stmt, ast::Stmt::Expr(it) if it.value.is_string_literal_expr());
            if !is_import && !is_docstring {
                // Imports further down stand there for a reason.
                break;
            }
            let (_, end) = piece(stmt.range());
            let rest = slice(text, (end, text.len() as u32));
            at = end + rest.find('\n').map_or(rest.len(), |it| it + 1) as u32;
        }
    }
    let lines = wanted
        .iter()
        .map(|it| format!("from {} import {}\n", it.module, it.name));
    let mut added: String = lines.collect();
    if at > 0 && !slice(text, (0, at)).ends_with('\n') {
        added.insert(0, '\n');
    }
    Replacement {
        at: (at, at),
        text: added,
    }
}

/// Puts replacements into a text.
pub fn replaced(text: &str, replacements: &[Replacement]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for it in replacements {
        out.push_str(slice(text, (at, it.at.0)));
        out.push_str(&it.text);
        at = it.at.1;
    }
    out.push_str(slice(text, (at, text.len() as u32)));
    out
}

pub(super) fn slice(text: &str, (start, end): Piece) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}

/// Where the line of an offset begins.
fn line_start(text: &str, at: u32) -> u32 {
    slice(text, (0, at))
        .rfind(['\n', '\r'])
        .map_or(0, |it| it as u32 + 1)
}

/// The arguments: bases in place where they are the same in another order, taken out where some go, else written anew.
fn arguments(
    text: &str,
    statement: &Statement,
    wanted: &Rewrite,
    out: &mut Vec<Replacement>,
) -> Option<()> {
    let written: Vec<&str> = statement.bases.iter().map(|it| slice(text, *it)).collect();
    let bases: Vec<&str> = match &wanted.bases {
        Some(bases) => bases.iter().map(String::as_str).collect(),
        None => written.clone(),
    };
    let set = |name: &Option<String>| {
        let name = name.as_deref()?;
        wanted.keywords.iter().find(|(it, _)| it == name)
    };
    let adds: Vec<String> = wanted
        .keywords
        .iter()
        .filter(|(name, value)| {
            value.is_some()
                && !statement
                    .keywords
                    .iter()
                    .any(|(it, ..)| it.as_deref() == Some(name.as_str()))
        })
        .filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?)))
        .collect();
    let all: Vec<Piece> = all_arguments(statement);
    let mut gone: Vec<Piece> = vec![];
    for (name, whole, value) in &statement.keywords {
        match set(name) {
            Some((_, Some(text))) => out.push(Replacement {
                at: *value,
                text: text.clone(),
            }),
            Some((_, None)) => gone.push(*whole),
            None => {}
        }
    }
    let mut new_bases: Vec<String> = vec![];
    if bases != written {
        let mut sorted = (bases.clone(), written.clone());
        sorted.0.sort_unstable();
        sorted.1.sort_unstable();
        if sorted.0 == sorted.1 {
            for (at, base) in statement.bases.iter().zip(&bases) {
                if slice(text, *at) != *base {
                    out.push(Replacement {
                        at: *at,
                        text: (*base).to_owned(),
                    });
                }
            }
        } else {
            // Those that stay, in their order, keep their places; what is left over is added or taken out.
            let keeps = kept(&written, &bases);
            if keeps.len() == bases.len() {
                let goes = (0..written.len()).filter(|at| !keeps.contains(at));
                gone.extend(goes.map(|at| statement.bases[at]));
            } else if bases.starts_with(&written) {
                new_bases.extend(bases[written.len()..].iter().map(|&it| it.to_owned()));
            } else {
                let first = statement.bases.first().copied();
                let last = statement.bases.last().copied();
                match (first, last) {
                    (Some(first), Some(last)) => {
                        if bases.is_empty() {
                            gone.extend(statement.bases.iter().copied());
                        } else {
                            out.push(Replacement {
                                at: (first.0, last.1),
                                text: bases.join(", "),
                            });
                        }
                    }
                    _ => new_bases.extend(bases.iter().map(|&it| it.to_owned())),
                }
            }
        }
    }
    let left: Vec<Piece> = all
        .iter()
        .copied()
        .filter(|it| !gone.contains(it))
        .collect();
    if left.is_empty() && !gone.is_empty() && new_bases.is_empty() && adds.is_empty() {
        // Empty parentheses say nothing, unless a comment stands in them.
        let (start, end) = statement.arguments?;
        let is_plain = !slice(text, (start, end)).contains('#');
        let at = if is_plain {
            (statement.head_end, end + 1)
        } else {
            (start, end)
        };
        out.push(Replacement {
            at,
            text: String::new(),
        });
        return Some(());
    }
    take_out(text, &all, &gone, statement.arguments, out);
    add(text, statement, &left, &new_bases, &adds, out)
}

/// Adds bases behind the last one that stays, and keywords at the end.
fn add(
    text: &str,
    statement: &Statement,
    left: &[Piece],
    bases: &[String],
    keywords: &[String],
    out: &mut Vec<Replacement>,
) -> Option<()> {
    if bases.is_empty() && keywords.is_empty() {
        return Some(());
    }
    let Some((start, _)) = statement.arguments else {
        let all: Vec<&str> = bases.iter().chain(keywords).map(String::as_str).collect();
        out.push(Replacement {
            at: (statement.head_end, statement.head_end),
            text: format!("({})", all.join(", ")),
        });
        return Some(());
    };
    if left.is_empty() {
        let all: Vec<&str> = bases.iter().chain(keywords).map(String::as_str).collect();
        out.push(Replacement {
            at: (start, start),
            text: all.join(", "),
        });
        return Some(());
    }
    let last_base = left.iter().rfind(|it| statement.bases.contains(it));
    if !bases.is_empty() {
        let text = bases.join(", ");
        out.push(match last_base {
            Some(&(_, end)) => Replacement {
                at: (end, end),
                text: format!(", {text}"),
            },
            None => Replacement {
                at: (left[0].0, left[0].0),
                text: format!("{text}, "),
            },
        });
    }
    if !keywords.is_empty() {
        let end = left.last()?.1;
        // A parenthesis around the last argument belongs to it.
        let rest = slice(text, (end, statement.arguments?.1));
        let end = match rest.rfind(')') {
            Some(at) if rest[..at].trim().is_empty() => end + at as u32 + 1,
            _ => end,
        };
        out.push(Replacement {
            at: (end, end),
            text: format!(", {}", keywords.join(", ")),
        });
    }
    Some(())
}

/// All arguments in order of the text.
fn all_arguments(statement: &Statement) -> Vec<Piece> {
    let keywords = statement.keywords.iter().map(|(_, whole, _)| *whole);
    let mut all: Vec<Piece> = statement.bases.iter().copied().chain(keywords).collect();
    all.sort_unstable();
    all
}

/// The positions of those that stay, if the wanted list is the written one with some taken out; as far as it is so.
fn kept(written: &[&str], wanted: &[&str]) -> Vec<usize> {
    let mut kept = vec![];
    let mut from = 0;
    for base in wanted {
        let Some(at) = written[from..].iter().position(|it| it == base) else {
            break;
        };
        kept.push(from + at);
        from += at + 1;
    }
    kept
}

/// Takes arguments out, with the commas that go with them: those behind them up to the next that stays, or, at the end, those before them.
pub(super) fn take_out(
    text: &str,
    all: &[Piece],
    gone: &[Piece],
    arguments: Option<Piece>,
    out: &mut Vec<Replacement>,
) {
    let goes = |at: usize| all.get(at).is_some_and(|it| gone.contains(it));
    let mut at = 0;
    while at < all.len() {
        if !goes(at) {
            at += 1;
            continue;
        }
        let first = at;
        while goes(at) {
            at += 1;
        }
        let last = all[at - 1];
        let before = first.checked_sub(1).map(|it| all[it]);
        let piece = match (all.get(at), before) {
            (Some(next), _) => (all[first].0, next.0),
            (None, Some(before)) => (before.1, last.1),
            (None, None) => {
                let end = arguments.map_or(last.1, |it| it.1);
                let comma = slice(text, (last.1, end)).find(',');
                (all[first].0, last.1 + comma.map_or(0, |it| it as u32 + 1))
            }
        };
        out.push(Replacement {
            at: piece,
            text: String::new(),
        });
    }
}

/// `__slots__`: its value, or a first statement of the body.
fn slots(text: &str, statement: &Statement, value: &str, out: &mut Vec<Replacement>) -> Option<()> {
    if let Some(at) = statement.slots {
        out.push(Replacement {
            at,
            text: value.to_owned(),
        });
        return Some(());
    }
    let written = format!("__slots__ = {value}");
    let Some((start, _)) = statement.first else {
        // Only a docstring.
        let (start, end) = statement.docstring?;
        let line = line_start(text, start);
        let indent = slice(text, (line, start));
        let added = if indent.trim().is_empty() {
            format!("\n{indent}{written}")
        } else {
            format!("; {written}")
        };
        out.push(Replacement {
            at: (end, end),
            text: added,
        });
        return Some(());
    };
    let line = line_start(text, start);
    let indent = slice(text, (line, start));
    let added = if indent.trim().is_empty() {
        format!("{written}\n{indent}")
    } else {
        format!("{written}; ")
    };
    out.push(Replacement {
        at: (start, start),
        text: added,
    });
    Some(())
}
