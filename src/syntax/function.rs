//! What is kept of a function: its head, a summary, and its body once somebody follows it, until that is given back.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashSet;

use crate::Name;
use crate::syntax::{Block, Changed, Expr, ExprKind, Literal, StmtKind, Supers};

/// A type parameter (PEP 695).
///
/// ```py
/// def first[T, *Ts, **P](…): ...
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeParameter {
    /// Its name.
    pub name: Name,
    /// What it is bound to.
    pub kind: TypeParameterKind,
    /// Whether it has a default (PEP 696).
    pub has_default: bool,
}

/// What a type parameter is bound to: an object of the class of `typing` that has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeParameterKind {
    /// `T`
    TypeVar,
    /// `*Ts`
    TypeVarTuple,
    /// `**P`
    ParamSpec,
}

/// A function definition.
#[derive(Debug)]
pub struct FunctionDef {
    /// Its name.
    pub name: Name,
    /// Its decorators, the outermost first.
    pub decorators: Box<[Expr]>,
    /// Its parameters in order.
    pub parameters: Box<[Parameter]>,
    /// Its type parameters (PEP 695).
    pub type_parameters: Box<[TypeParameter]>,
    /// What its head annotates, in the order in which it is evaluated; literals, and names that stand there a second time, are left out.
    pub hints: Box<[Expr]>,
    /// What its body does, as far as pages need it.
    pub summary: FunctionSummary,
    /// Offset of the first decorator, or of `def`.
    pub start: u32,
    /// Offset of the name, which stands on the line of `def`.
    pub name_at: u32,
    /// Offset after the body.
    pub end: u32,
    pub(super) read: OnceLock<Box<Read>>,
}

/// What was read of a function's text, each part when somebody asked for it first.
#[derive(Debug, Default)]
pub(super) struct Read {
    body: KeptBody,
    for_classes: KeptBody,
    locals: OnceLock<FxHashSet<Name>>,
    changed: OnceLock<Changed>,
}

/// Statements that are kept until they are given back.
#[derive(Debug, Default)]
struct KeptBody(Mutex<Option<Arc<Block>>>);

impl KeptBody {
    fn get(&self) -> Option<Arc<Block>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clone()
    }

    /// What is kept, or is from now on.
    fn get_or_keep(&self, made: impl FnOnce() -> Box<Block>) -> Arc<Block> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get_or_insert_with(|| made().into()).clone()
    }

    fn give_back(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl FunctionDef {
    /// The words that its head and body read or may read: names, not behind a dot, in comments or in strings without `f`; each once.
    pub fn words(&self, text: &str) -> Vec<Name> {
        let text = text.get(self.name_at as usize..self.end as usize);
        // Its own name stands before the parameters.
        let text = text.and_then(|it| it.split_once('('));
        words(text.map_or("", |(_, it)| it))
    }

    /// The names that are read of its first parameter, as far as words tell, each once: `self.a` and `self.b.c` are `a` and `b`.
    pub fn read_of_receiver(&self, text: &str) -> Vec<Name> {
        let text = text.get(self.name_at as usize..self.end as usize);
        let (Some(text), Some(receiver)) = (text, self.parameters.first()) else {
            return vec![];
        };
        let is_part = |it: char| it.is_alphanumeric() || it == '_';
        let mut names: Vec<Name> = vec![];
        for (at, _) in text.match_indices(receiver.name.as_str()) {
            let rest = &text[at + receiver.name.len()..];
            let is_word = !text[..at].ends_with(|it: char| is_part(it) || it == '.');
            let Some(rest) = rest.strip_prefix('.').filter(|_| is_word) else {
                continue;
            };
            let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            let name = Name::from(&rest[..end]);
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Returns the body, lowered from the file's text the first time it is asked for.
    pub fn body(&self, text: &str) -> Arc<Block> {
        let body = || super::lower::function_body(text, self.start, self.end);
        self.read().body.get_or_keep(body)
    }

    fn read(&self) -> &Read {
        self.read.get_or_init(Box::default)
    }

    /// Gives back the statements of its body: they are read again where somebody asks again.
    pub fn give_back(&self) {
        if let Some(read) = self.read.get() {
            read.body.give_back();
            read.for_classes.give_back();
        }
    }

    /// Returns what its body may change of what stands around it, read from the file's text the first time it is asked for.
    pub fn changed(&self, text: &str) -> &Changed {
        let read = self.read();
        read.changed.get_or_init(|| {
            // One that is read for this alone is not kept: most functions are never run.
            let body = read
                .body
                .get()
                .unwrap_or_else(|| super::lower::function_body(text, self.start, self.end).into());
            Changed::by_body(&self.parameters, &body)
        })
    }

    /// Returns what the head annotates, in CPython's order, and the range of each annotation, read from the file's text; what the
    /// function returns goes by the name of `return`.
    pub fn annotations(&self, text: &str) -> Vec<(Name, u32, u32)> {
        super::lower::function_annotations(text, self.start, self.end)
    }

    /// The places of what a local name is bound to, where nothing but plain assignments of it alone binds it; of a call of a plain name, the
    /// name that is called, too.
    pub fn values_of(&self, name: &Name, text: &str) -> Option<Vec<(Option<Name>, u32, u32)>> {
        // A function inside may bind it, too.
        let whole = text.get(self.start as usize..self.end as usize)?;
        if whole.contains("nonlocal") {
            return None;
        }
        let body = self.body(text);
        let values = super::bound::values_bound(name, &self.parameters, &body)?;
        let called = |it: &Expr| match &it.kind {
            ExprKind::Call(call) => match &call.function.kind {
                ExprKind::Name(name) => Some(name.clone()),
                _ => None,
            },
            _ => None,
        };
        let values = values.into_iter();
        Some(values.map(|it| (called(it), it.start, it.end)).collect())
    }

    /// The place of the only thing that the function does, where that is to return something.
    pub fn only_returns(&self, text: &str) -> Option<(u32, u32)> {
        let body = self.body(text);
        let is_text = |it: &Expr| matches!(it.kind, ExprKind::Literal(Literal::Str(_)));
        let mut statements = body
            .iter()
            .filter(|it| !matches!(&it.kind, StmtKind::Expr(it) if is_text(it)));
        match (&statements.next()?.kind, statements.next()) {
            (StmtKind::Return(Some(given)), None) => Some((given.start, given.end)),
            _ => None,
        }
    }

    /// Whether a name is local to the function: a parameter, or bound by its body without `global` or `nonlocal`.
    pub fn is_local(&self, name: &Name, text: &str) -> bool {
        self.read()
            .locals
            .get_or_init(|| super::bound::locals(&self.parameters, &self.body(text)))
            .contains(name)
    }

    /// Returns what the class statements of the body can see, and what decides whether they are reached, cut out of the body the
    /// first time it is asked for.
    pub fn body_for_classes(&self, text: &str) -> Arc<Block> {
        self.read().for_classes.get_or_keep(|| {
            let body = super::lower::function_body(text, self.start, self.end);
            let receiver = self.parameters.first().map(|it| it.name.as_str());
            super::slice::for_classes(body, text, receiver)
        })
    }
}

impl PartialEq for FunctionDef {
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start && self.end == other.end && self.name == other.name
    }
}

/// What a function's body does, without running it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts that have nothing to do with one another"
)]
pub struct FunctionSummary {
    /// `async def`.
    pub is_async: bool,
    /// It has a `yield` of its own.
    pub is_generator: bool,
    /// How many it has.
    pub yields: u16,
    /// It calls `super().name` for its own name.
    pub calls_super: bool,
    /// It has a class statement somewhere inside.
    pub has_class: bool,
    /// What it declares `global`.
    pub globals: Box<[Name]>,
    /// What it reads from `super()`, and calls by a class's name.
    pub supers: Option<Arc<Supers>>,
}

/// A lambda.
#[derive(Debug, PartialEq)]
pub struct Lambda {
    /// Its parameters in order.
    pub parameters: Box<[Parameter]>,
    /// What it returns.
    pub body: Expr,
    /// Offset of the word `lambda`.
    pub start: u32,
    /// Offset after all of it.
    pub end: u32,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// How arguments reach it.
    pub kind: ParameterKind,
    /// Its default.
    pub default: Option<Box<Expr>>,
}

/// How arguments reach a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// By position only.
    Positional,
    /// By position or by name.
    Either,
    /// `*args`
    Rest,
    /// By name only.
    Keyword,
    /// `**kwargs`
    Keywords,
}

/// The words of a text that may be names which it reads.
fn words(text: &str) -> Vec<Name> {
    let mut found: Vec<Name> = vec![];
    // What stands in the braces of `f` strings is read like the rest.
    let mut waiting = vec![text];
    while let Some(text) = waiting.pop() {
        let mut rest = text;
        let mut before = ' ';
        while let Some(first) = rest.chars().next() {
            if first == '#' {
                rest = rest.find('\n').map_or("", |end| &rest[end..]);
            } else if is_letter(first) {
                let end = rest.find(|it| !is_letter(it)).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                rest = after;
                if word.len() <= 2 && after.starts_with(['"', '\'']) {
                    let behind = after_string(after);
                    if word.contains(['f', 'F']) {
                        let inside = &after[..after.len() - behind.len()];
                        let braces = inside.split('{').skip(1);
                        waiting.extend(braces.map(|it| it.split('}').next().unwrap_or(it)));
                    }
                    rest = behind;
                } else if before != '.'
                    && !first.is_numeric()
                    && !names_an_argument(after)
                    && !found.iter().any(|it| it == word)
                {
                    found.push(Name::from(word));
                }
                before = ' ';
                continue;
            } else if matches!(first, '"' | '\'') {
                rest = after_string(rest);
            } else {
                rest = &rest[first.len_utf8()..];
            }
            if !first.is_whitespace() {
                before = first;
            }
        }
    }
    found
}

fn is_letter(char: char) -> bool {
    char == '_' || char.is_alphanumeric()
}

/// Whether what stands behind a word makes it the name of an argument, or assigns to it.
fn names_an_argument(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '\t']);
    after.starts_with('=') && !after.starts_with("==")
}

/// What stands behind a string that a text begins with.
fn after_string(text: &str) -> &str {
    let quote = match (text.get(..3), text.get(..1)) {
        (Some(three @ ("\"\"\"" | "'''")), _) => three,
        (_, Some(one)) => one,
        _ => return "",
    };
    let mut rest = &text[quote.len()..];
    loop {
        match (rest.find('\\'), rest.find(quote)) {
            (Some(escape), Some(end)) if escape < end => {
                let after = &rest[escape + 1..];
                let next = after.chars().next().map_or(0, char::len_utf8);
                rest = &after[next..];
            }
            (_, Some(end)) => return &rest[end + quote.len()..],
            _ => return "",
        }
    }
}
