//! Arguments of a site, as the rules of a framework name them.

use crate::plugins::names::calls::keyword;
use crate::plugins::sites::places::Site;
use crate::syntax::{Expr, ExprKind};

/// An argument of a site: `argument 0`, `keyword name`.
pub(in crate::plugins) fn argument<'s>(part: &str, site: &'s Site) -> Option<&'s Expr> {
    let call = site.arguments()?;
    if let Some(number) = part.strip_prefix("argument ") {
        let given = call.arguments.get(number.parse::<usize>().ok()?)?;
        return (!matches!(given.kind, ExprKind::Starred(_))).then_some(given);
    }
    keyword(call, part.strip_prefix("keyword ")?)
}

/// An argument of a site by its place, or by its name.
pub(in crate::plugins) fn argument_or<'s>(
    site: &'s Site,
    at: usize,
    name: &str,
) -> Option<&'s Expr> {
    let call = site.arguments()?;
    call.arguments.get(at).or_else(|| keyword(call, name))
}
