//! Where the body of a generator stops: the statements that hold a `yield`, and the way to them.

use crate::syntax::{Block, Expr, ExprKind, Stmt, StmtKind};

/// The block at the end of a path.
pub(super) fn block_at<'b>(body: &'b Block, path: &[(u32, u32)]) -> Option<&'b Block> {
    let mut block = body;
    for &(stmt, which) in path {
        let mut inside = None;
        let mut index = 0;
        block.get(stmt as usize)?.kind.blocks(&mut |it| {
            if index == which {
                inside = Some(it);
            }
            index += 1;
        });
        block = inside?;
    }
    Some(block)
}

/// The `yield` that a statement is: alone, on the right side of an assignment, or returned.
pub(super) fn stop_of(stmt: &Stmt) -> Option<&Expr> {
    let value: &Expr = match &stmt.kind {
        StmtKind::Expr(value)
        | StmtKind::Assign(_, value)
        | StmtKind::Annotate(_, _, Some(value))
        | StmtKind::Return(Some(value)) => value,
        _ => return None,
    };
    matches!(value.kind, ExprKind::Yield(_) | ExprKind::YieldFrom(_)).then_some(value)
}

/// Whether a statement is one, or holds one.
pub(super) fn holds_stop(stmt: &Stmt) -> bool {
    let mut any = stop_of(stmt).is_some();
    stmt.kind
        .blocks(&mut |block| any |= block.iter().any(holds_stop));
    any
}

/// How many such statements a block has.
pub(super) fn stops(block: &Block) -> usize {
    block
        .iter()
        .map(|stmt| {
            let mut count = usize::from(stop_of(stmt).is_some());
            stmt.kind.blocks(&mut |block| count += stops(block));
            count
        })
        .sum()
}
