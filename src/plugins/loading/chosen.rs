//! Which module of the project an environment variable names, and which modules are programs.

use std::rc::Rc;

use crate::Name;
use crate::plugins::files::modules::File;
use crate::syntax::{Block, Expr, ExprKind, Literal, StmtKind};

/// The module of the project that an environment variable names.
pub(super) struct Chosen {
    pub(super) module: Name,
    /// A file that names another one, as it is shown.
    pub(super) other: Option<String>,
}

/// The module that an environment variable names, as all that set it agree: `os.environ.setdefault(NAME, "module")`; or, where they do not, as
/// the one program among them has it that is started.
pub(super) fn chosen_module(variable: &str, project: &[Rc<File>]) -> Option<Chosen> {
    if variable.is_empty() {
        return None;
    }
    let mut named: Vec<(Name, &Rc<File>)> = vec![];
    for file in project.iter().filter(|it| it.text.contains(variable)) {
        let mut blocks: Vec<&Block> = vec![&file.syntax.body];
        let mut bodies: Vec<std::sync::Arc<Block>> = vec![];
        let mut at = 0;
        loop {
            while let Some(block) = blocks.pop() {
                for stmt in block {
                    match &stmt.kind {
                        StmtKind::Expr(expr) => {
                            named.extend(said_of(variable, expr).map(|it| (it, file)));
                        }
                        StmtKind::Function(def) => bodies.push(def.body(&file.text)),
                        StmtKind::Assign(targets, value) => {
                            let is_it = |it: &Expr| match &it.kind {
                                ExprKind::Subscript(parts) => is_text(&parts.1, variable),
                                _ => false,
                            };
                            if targets.iter().any(is_it)
                                && let ExprKind::Literal(Literal::Str(text)) = &value.kind
                            {
                                named.push((Name::from(&**text), file));
                            }
                        }
                        _ => {}
                    }
                    stmt.kind.blocks(&mut |block| blocks.push(block));
                }
            }
            let Some(body) = bodies.get(at).cloned() else {
                break;
            };
            at += 1;
            for stmt in &*body {
                if let StmtKind::Expr(expr) = &stmt.kind {
                    named.extend(said_of(variable, expr).map(|it| (it, file)));
                }
            }
        }
    }
    named.retain(|(module, _)| project.iter().any(|it| it.name == *module));
    let programs = named.iter().filter(|(_, file)| is_program(file));
    let mut of_programs: Vec<&Name> = programs.map(|it| &it.0).collect();
    of_programs.sort();
    of_programs.dedup();
    let module = match &of_programs[..] {
        [only] => (*only).clone(),
        _ => named.first()?.0.clone(),
    };
    let other = named.iter().find(|it| it.0 != module);
    if other.is_some() && of_programs.len() != 1 {
        return None;
    }
    let other = other.map(|it| it.1.shown.clone());
    Some(Chosen { module, other })
}

/// Whether a module is started rather than imported: it asks for that.
pub(in crate::plugins) fn is_program(file: &File) -> bool {
    let mut tests = file.syntax.body.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::If(branches) => branches.first()?.0.as_ref(),
        _ => None,
    });
    tests.any(|test| match &test.kind {
        ExprKind::Compare(left, _) => {
            matches!(&left.kind, ExprKind::Name(name) if name == "__name__")
        }
        _ => false,
    })
}

/// `os.environ.setdefault(NAME, "module")`
fn said_of(variable: &str, expr: &Expr) -> Option<Name> {
    let ExprKind::Call(call) = &expr.kind else {
        return None;
    };
    let [first, second] = &*call.arguments else {
        return None;
    };
    match &second.kind {
        ExprKind::Literal(Literal::Str(text)) if is_text(first, variable) => {
            Some(Name::from(&**text))
        }
        _ => None,
    }
}

fn is_text(expr: &Expr, wanted: &str) -> bool {
    matches!(&expr.kind, ExprKind::Literal(Literal::Str(text)) if **text == *wanted)
}
