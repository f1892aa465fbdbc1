//! Folders that a file puts on `sys.path`, where it is written out which: `sys.path.insert(0, os.path.abspath("_ext"))`.

use std::path::{Component, Path, PathBuf};

use crate::plugins::files::modules::{File, SearchPath};
use crate::plugins::names::follow::{Follow, Scope, Thing};
use crate::syntax::{BinaryOp, Block, Call, Expr, ExprKind, Literal, StmtKind};

/// How many parts a path is made of at most.
const MOST_PARTS: u32 = 30;

impl Follow<'_> {
    /// What the statements of a module do to `sys.path`; relative paths are relative to the folder of the file.
    pub(in crate::plugins) fn search_path(&self, file: &std::rc::Rc<File>) -> SearchPath {
        let mut found = SearchPath::default();
        if file.text.contains("sys.path") || file.text.contains("sys import path") {
            self.changes_of_path(&file.syntax.body, &Scope::of(file), &mut found);
        }
        found
    }

    fn changes_of_path(&self, block: &Block, scope: &Scope, found: &mut SearchPath) {
        for stmt in block {
            if let StmtKind::Expr(expr) = &stmt.kind
                && let ExprKind::Call(call) = &expr.kind
                && let ExprKind::Attribute(of, method) = &call.function.kind
                && is_sys_path(of)
            {
                let folder = |at: usize| {
                    let given = call.arguments.get(at)?;
                    Some(plain(&self.path(given, scope, 0)?))
                };
                match (method.as_str(), folder(0), folder(1)) {
                    ("insert", _, Some(folder)) => found.before.insert(0, folder),
                    ("append", Some(folder), _) => found.after.push(folder),
                    ("extend", ..) => self.put_behind(call.arguments.first(), scope, found),
                    _ => found.is_open = true,
                }
            }
            match &stmt.kind {
                StmtKind::Assign(targets, value) if targets.iter().any(touches_path) => {
                    match &**targets {
                        [target] => self.set_path(target, value, scope, found),
                        _ => found.is_open = true,
                    }
                }
                // `sys.path += [folder]`
                StmtKind::Augment(target, BinaryOp::Add, folders) if is_sys_path(target) => {
                    self.put_behind(Some(folders), scope, found);
                }
                StmtKind::Augment(target, ..) => found.is_open |= touches_path(target),
                StmtKind::Function(_) | StmtKind::Class(_) => {}
                kind => kind.blocks(&mut |block| self.changes_of_path(block, scope, found)),
            }
        }
    }

    /// `sys.path[:0] = [folder]`, `sys.path = [folder, *sys.path]`, `sys.path = [folder] + sys.path`
    fn set_path(&self, target: &Expr, value: &Expr, scope: &Scope, found: &mut SearchPath) {
        let mut parts = vec![];
        let is_begin = match &target.kind {
            ExprKind::Subscript(at) => match &at.1.kind {
                ExprKind::Slice(slice) => {
                    let is_zero = |it: &Expr| matches!(it.kind, ExprKind::Literal(Literal::Int(0)));
                    slice.0.as_ref().is_none_or(is_zero)
                        && slice.1.as_ref().is_some_and(is_zero)
                        && slice.2.is_none()
                }
                _ => false,
            },
            _ => false,
        };
        let is_whole = matches!(target.kind, ExprKind::Attribute(..));
        if !(is_begin || is_whole) || !parts_of(value, &mut parts) {
            found.is_open = true;
            return;
        }
        let own = parts.iter().position(|it| is_sys_path(it));
        // Where the path itself is not among them, it is gone; the interpreter's own folders have to be somewhere.
        found.is_open |= is_whole && own.is_none();
        let own = own.unwrap_or(parts.len());
        let mut before = vec![];
        for (at, part) in parts.into_iter().enumerate() {
            if at == own {
                continue;
            }
            match self.path(part, scope, 0) {
                Some(folder) if at < own => before.push(plain(&folder)),
                Some(folder) => found.after.push(plain(&folder)),
                None => found.is_open = true,
            }
        }
        before.append(&mut found.before);
        found.before = before;
    }

    fn put_behind(&self, folders: Option<&Expr>, scope: &Scope, found: &mut SearchPath) {
        let Some(ExprKind::List(folders) | ExprKind::Tuple(folders)) = folders.map(|it| &it.kind)
        else {
            found.is_open = true;
            return;
        };
        for folder in folders {
            match self.path(folder, scope, 0) {
                Some(folder) => found.after.push(plain(&folder)),
                None => found.is_open = true,
            }
        }
    }

    /// The path that an expression is, as `os.path` and `pathlib` work it out.
    pub(super) fn path(&self, expr: &Expr, scope: &Scope, depth: u32) -> Option<PathBuf> {
        if depth > MOST_PARTS {
            return None;
        }
        let beside = scope.file.path.parent()?;
        match &expr.kind {
            ExprKind::Name(name) if name == "__file__" => Some(scope.file.path.clone()),
            ExprKind::Name(_)
                if let Some((scope, value)) = self.bound_value(expr, scope)
                    && value.start != expr.start =>
            {
                self.path(&value, &scope, depth + 1)
            }
            ExprKind::Attribute(of, name) if name == "parent" => Some(
                plain(&self.path(of, scope, depth + 1)?)
                    .parent()?
                    .to_owned(),
            ),
            ExprKind::Subscript(parts) => {
                let (ExprKind::Attribute(of, name), ExprKind::Literal(Literal::Int(at))) =
                    (&parts.0.kind, &parts.1.kind)
                else {
                    return None;
                };
                let path = plain(&self.path(of, scope, depth + 1)?);
                let at = usize::try_from(*at).ok().filter(|_| name == "parents")?;
                Some(path.ancestors().nth(at + 1)?.to_owned())
            }
            ExprKind::Binary(parts) if parts.1 == BinaryOp::Div => {
                let end = self.text(&parts.2, scope)?;
                Some(self.path(&parts.0, scope, depth + 1)?.join(&*end))
            }
            ExprKind::Call(call) => self.path_of_call(call, scope, depth),
            _ => match self.text(expr, scope) {
                Some(text) => Some(beside.join(&*text)),
                None => match self.expr(expr, scope) {
                    Thing::Value(of, value) if value.start != expr.start => {
                        self.path(&value, &of, depth + 1)
                    }
                    Thing::Instance(it) if it.attributes.is_empty() => {
                        let (of, value) = it.call.as_ref()?;
                        (value.start != expr.start)
                            .then(|| self.path(value, of, depth + 1))
                            .flatten()
                    }
                    _ => None,
                },
            },
        }
    }

    fn path_of_call(&self, call: &Call, scope: &Scope, depth: u32) -> Option<PathBuf> {
        let (of, name) = match &call.function.kind {
            ExprKind::Name(name) => (None, name.as_str()),
            ExprKind::Attribute(of, name) => (Some(of), name.as_str()),
            _ => return None,
        };
        let first = || self.path(call.arguments.first()?, scope, depth + 1);
        match name {
            "abspath" | "realpath" | "normpath" | "fspath" | "str" | "Path" | "PurePath" => first(),
            "dirname" => Some(plain(&first()?).parent()?.to_owned()),
            "join" => {
                let mut whole = first()?;
                for part in &call.arguments[1..] {
                    whole.push(&*self.text(part, scope)?);
                }
                Some(whole)
            }
            "resolve" | "absolute" | "as_posix" if call.arguments.is_empty() => {
                self.path(of?, scope, depth + 1)
            }
            "joinpath" => {
                let mut whole = self.path(of?, scope, depth + 1)?;
                for part in &call.arguments {
                    whole.push(&*self.text(part, scope)?);
                }
                Some(whole)
            }
            _ => None,
        }
    }
}

/// `sys.path`
fn is_sys_path(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Attribute(of, name) => {
            name == "path" && matches!(&of.kind, ExprKind::Name(it) if it == "sys")
        }
        _ => false,
    }
}

/// The items of a list, of sums of lists and of what is unpacked in one; false where something else is among them.
fn parts_of<'e>(value: &'e Expr, found: &mut Vec<&'e Expr>) -> bool {
    match &value.kind {
        ExprKind::List(items) | ExprKind::Tuple(items) => {
            let plain = items.iter().map(|it| match &it.kind {
                ExprKind::Starred(inner) => &**inner,
                _ => it,
            });
            found.extend(plain);
            true
        }
        ExprKind::Binary(sum) if sum.1 == BinaryOp::Add => {
            parts_of(&sum.0, found) && parts_of(&sum.2, found)
        }
        _ if is_sys_path(value) => {
            found.push(value);
            true
        }
        _ => false,
    }
}

fn touches_path(target: &Expr) -> bool {
    match &target.kind {
        ExprKind::Subscript(parts) => is_sys_path(&parts.0),
        _ => is_sys_path(target),
    }
}

/// A path without `.` and `..` (`os.path.normpath`).
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            part => whole.push(part),
        }
    }
    whole
}
