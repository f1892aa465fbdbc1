//! Conditions that can be decided from what is written out: settings, versions, what is installed.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::is_unset_variable;
use crate::plugins::files::bound::Tried;
use crate::plugins::files::modules::Look;
use crate::plugins::names::facts::Fact;
use crate::plugins::names::follow::{DEEPEST, Follow, Scope, Thing, What, is_same};
use crate::plugins::names::versions::part;
use crate::syntax::{BinaryOp, Block, CompareOp, Expr, ExprKind, Literal, UnaryOp};

/// How many parts of a constant are looked at.
const MOST_PARTS: usize = 200;

/// A value that can be compared.
#[derive(Clone, PartialEq)]
pub(super) enum Constant {
    None,
    Bool(bool),
    Int(i64),
    Text(Arc<str>),
    Tuple(Vec<Constant>),
    /// `sys.version_info`, of which two numbers are known.
    Version(i64, i64),
}

/// How many steps are taken to find out what one expression leads to,
const MOST_STEPS: u32 = 1_000;

/// how many more for each round of a loop on the way,
const STEPS_A_ROUND: u32 = 20;

/// and how many in all.
const MOST_STEPS_IN_ALL: u32 = 40_000;

impl Follow<'_> {
    /// Whether one more step may be taken: functions that return what others return branch at each of them.
    pub(super) fn goes_on(&self) -> bool {
        if self.depth.get() == 0 {
            self.steps.set(0);
            self.allowed.set(MOST_STEPS);
        }
        self.steps.set(self.steps.get() + 1);
        self.depth.get() < DEEPEST && self.steps.get() <= self.allowed.get()
    }

    /// Allows more steps for a loop of this many rounds.
    pub(super) fn goes_round(&self, rounds: usize) {
        let more = u32::try_from(rounds).unwrap_or(u32::MAX);
        let more = more.saturating_mul(STEPS_A_ROUND);
        let allowed = self.allowed.get().saturating_add(more);
        self.allowed.set(allowed.min(MOST_STEPS_IN_ALL));
    }

    /// The branches of an `if` statement that may be taken, each with whether that hangs on a condition; and whether one of them is taken in any case.
    pub(in crate::plugins) fn may_be_taken<'b>(
        &self,
        branches: &'b [(Option<Expr>, Box<Block>)],
        scope: &Scope,
    ) -> (Vec<(&'b Block, bool)>, bool) {
        let mut taken = vec![];
        let mut hangs = false;
        for (test, block) in branches {
            let truth = match test {
                Some(test) => self.decide(test, scope),
                None => Some(true),
            };
            if truth == Some(false) {
                continue;
            }
            hangs |= truth.is_none();
            taken.push((&**block, hangs));
            if truth == Some(true) {
                return (taken, true);
            }
        }
        (taken, false)
    }

    /// Whether a condition holds; none where that is not written out.
    pub(in crate::plugins) fn decide(&self, expr: &Expr, scope: &Scope) -> Option<bool> {
        let mut truth = None;
        let was_strict = self.is_strict.replace(true);
        self.guarded(|| {
            truth = self.decide_within(expr, scope);
            Thing::Unknown
        });
        self.is_strict.set(was_strict);
        truth
    }

    fn decide_within(&self, expr: &Expr, scope: &Scope) -> Option<bool> {
        match &expr.kind {
            ExprKind::Unary(UnaryOp::Not, inner) => match &inner.kind {
                // What comes behind it registers what is there in either case.
                ExprKind::Call(call) if self.asks_already(call, scope) => Some(true),
                ExprKind::Name(_) => match self.decide(inner, scope) {
                    // `is_there = contains(…)` stands before it.
                    None => self.was_asked_already(inner, scope).then_some(true),
                    Some(truth) => Some(!truth),
                },
                _ => self.decide(inner, scope).map(|it| !it),
            },
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                let leaves = matches!(&expr.kind, ExprKind::Or(_));
                let mut is_known = true;
                for part in parts {
                    match self.decide(part, scope) {
                        Some(truth) if truth == leaves => return Some(leaves),
                        Some(_) => {}
                        None => is_known = false,
                    }
                }
                is_known.then_some(!leaves)
            }
            ExprKind::Compare(..) if self.asks_started(expr, scope) => Some(true),
            ExprKind::Compare(left, others) => {
                let [(op, right)] = &**others else {
                    return None;
                };
                self.compare(left, *op, right, scope)
            }
            ExprKind::Call(call) => {
                match self.asks(call, scope).or_else(|| self.finds(call, scope)) {
                    Some(truth) => Some(truth),
                    None => match self.of_unset(expr, scope) {
                        Some(default) => self.decide(default, scope),
                        None => self.truth(&self.settled(expr, scope)),
                    },
                }
            }
            ExprKind::Name(name) => match self.first_global(name, expr.start, scope) {
                Some(begins) => self.truth(&begins?),
                None => self.truth(&self.settled(expr, scope)),
            },
            ExprKind::Subscript(parts)
                if let ExprKind::Name(name) = &parts.0.kind
                    && self.may_be_changed(name, expr.start, scope) =>
            {
                None
            }
            ExprKind::Attribute(..) if self.is_never(expr, scope) => Some(false),
            ExprKind::Attribute(..) if let Some(truth) = self.asks_absent(expr, scope) => {
                Some(truth)
            }
            ExprKind::Attribute(of, name) => {
                let truth = self.truth(&self.settled(expr, scope));
                let first = || match self.first_attribute(of, name, expr.start, scope)? {
                    Fact::Is(thing) => self.truth(&thing),
                    Fact::Missing => None,
                };
                truth.or_else(first)
            }
            _ => self.truth(&self.settled(expr, scope)),
        }
    }

    /// `bool(thing)`
    fn truth(&self, thing: &Thing) -> Option<bool> {
        match thing {
            Thing::Value(scope, value) => match &value.kind {
                // `HAS_SHOP = "shop" in settings.INSTALLED_APPS`
                ExprKind::Compare(..) | ExprKind::Unary(UnaryOp::Not, _) => {
                    self.decide(value, scope)
                }
                ExprKind::Literal(literal) => match literal {
                    Literal::None => Some(false),
                    Literal::Bool(it) => Some(*it),
                    Literal::Int(it) => Some(*it != 0),
                    Literal::Str(it) => Some(!it.is_empty()),
                    _ => None,
                },
                ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
                    let is_plain = |it: &Expr| !matches!(it.kind, ExprKind::Starred(_));
                    if items.is_empty() {
                        Some(false)
                    } else {
                        items.iter().any(is_plain).then_some(true)
                    }
                }
                // `Base.fields + ["price"]`: one of them has something in it.
                ExprKind::Binary(parts) if parts.1 == BinaryOp::Add => {
                    let has_items = |it: &Expr| {
                        let thing = self.settled(it, scope);
                        let is_list = matches!(&thing, Thing::Value(_, it) if matches!(it.kind, ExprKind::List(_) | ExprKind::Tuple(_) | ExprKind::Binary(_)));
                        is_list && self.truth(&thing) == Some(true)
                    };
                    (has_items(&parts.0) || has_items(&parts.2)).then_some(true)
                }
                ExprKind::Dict(entries) => {
                    if entries.is_empty() {
                        Some(false)
                    } else {
                        entries.iter().any(|it| it.0.is_some()).then_some(true)
                    }
                }
                _ => None,
            },
            Thing::Several(parts) => Some(!parts.is_empty()),
            Thing::Point(..) => Some(true),
            Thing::Defined(it) => match &it.what {
                // A property, or what another decorator makes of it, is whatever it gives.
                What::Function(def) => def.decorators.is_empty().then_some(true),
                What::Class(_) => Some(true),
                What::Name if is_same(&it.path, "typing:TYPE_CHECKING") => Some(false),
                What::Name => None,
            },
            Thing::Module(_) => Some(true),
            // An object that is known to be made, of a class without `__bool__` and `__len__`.
            Thing::Instance(it)
                if it.attributes.is_empty() && (it.call.is_some() || !it.object.is_empty()) =>
            {
                let class = it.class.split_once(':');
                match class.map(|(module, name)| self.dotted(module, name)) {
                    Some(Thing::Defined(class))
                        if self.lacks_wholly(&class, "__bool__", 0)
                            && self.lacks_wholly(&class, "__len__", 0) =>
                    {
                        Some(true)
                    }
                    _ => None,
                }
            }
            Thing::Instance(_) | Thing::Field(..) | Thing::Unknown => None,
        }
    }

    fn compare(&self, left: &Expr, op: CompareOp, right: &Expr, scope: &Scope) -> Option<bool> {
        if let CompareOp::In | CompareOp::NotIn = op {
            let is_there = self.contains(left, right, scope)?;
            return Some(is_there == (op == CompareOp::In));
        }
        if let CompareOp::Is | CompareOp::IsNot = op {
            if !matches!(right.kind, ExprKind::Literal(Literal::None)) {
                return None;
            }
            if let ExprKind::Call(call) = &left.kind
                && let Some(finds) = self.finds(call, scope)
            {
                return Some(finds == (op == CompareOp::IsNot));
            }
            let is_none = match self.settled(left, scope) {
                Thing::Value(_, value) => match &value.kind {
                    ExprKind::Literal(it) => *it == Literal::None,
                    ExprKind::List(_) | ExprKind::Tuple(_) | ExprKind::Dict(_) => false,
                    _ => return None,
                },
                Thing::Defined(it) if !matches!(it.what, What::Name) => false,
                Thing::Module(_) | Thing::Several(_) => false,
                Thing::Instance(it) if it.attributes.is_empty() => false,
                // `getattr(manager, "add_hookspecs", None)`
                Thing::Instance(it) if self.method_of(&it).is_some() => false,
                _ => return None,
            };
            return Some(is_none == (op == CompareOp::Is));
        }
        let (left, right) = (self.constant(left, scope)?, self.constant(right, scope)?);
        let order = order_of(&left, &right);
        match op {
            CompareOp::Eq | CompareOp::NotEq => {
                let is_equal = match (&left, &right, order) {
                    (_, _, Some(order)) => order.is_eq(),
                    (Constant::Version(..) | Constant::Bool(_), Constant::Int(_), _)
                    | (Constant::Int(_), Constant::Bool(_), _)
                    | (Constant::Version(..), _, _)
                    | (_, Constant::Version(..), _) => return None,
                    _ => left == right,
                };
                Some(is_equal == (op == CompareOp::Eq))
            }
            CompareOp::Lt => order.map(std::cmp::Ordering::is_lt),
            CompareOp::LtE => order.map(std::cmp::Ordering::is_le),
            CompareOp::Gt => order.map(std::cmp::Ordering::is_gt),
            CompareOp::GtE => order.map(std::cmp::Ordering::is_ge),
            _ => None,
        }
    }

    fn contains(&self, left: &Expr, right: &Expr, scope: &Scope) -> Option<bool> {
        let wanted = self.constant(left, scope)?;
        if let Constant::Text(name) = &wanted
            && self.is_environment(right, scope)
        {
            return is_unset_variable(name).then_some(false);
        }
        let first = |wanted: &str| self.first_key(wanted, right, left.start, scope);
        if let Constant::Text(wanted) = &wanted
            && let ExprKind::Name(_) = &right.kind
            && let Some(is_there) = first(wanted)
        {
            return Some(is_there);
        }
        let of = self.settled(right, scope);
        if let Constant::Text(wanted) = &wanted
            && !matches!(of, Thing::Several(_))
            && self.each(&of).is_none()
            && let Some(is_there) = self.grown_contains(wanted, right, scope)
        {
            return Some(is_there);
        }
        // Whoever has the object may put something there.
        if let Constant::Text(wanted) = &wanted
            && let Thing::Value(..) = &of
            && let ExprKind::Attribute(object, name) = &right.kind
            && let Thing::Instance(object) = self.expr(object, scope)
            && object.attributes.is_empty()
            && self.fact(&object, name).is_none()
        {
            return first(wanted);
        }
        if let (Thing::Instance(of), Constant::Text(wanted)) = (&of, &wanted) {
            return self.asked_within(of, wanted).or_else(|| first(wanted));
        }
        if let (Constant::Text(wanted), Some(default)) = (&wanted, self.of_unset(right, scope)) {
            let Constant::Text(text) = self.constant(default, scope)? else {
                return None;
            };
            return Some(text.contains(&**wanted));
        }
        if let (Thing::Value(_, value), Constant::Text(wanted)) = (&of, &wanted)
            && let ExprKind::Literal(Literal::Str(text)) = &value.kind
        {
            return Some(text.contains(&**wanted));
        }
        if let Some(entries) = self.entries(&of) {
            let keys = entries.iter().map(|(key, _)| self.constant_of(key, 0));
            let keys: Vec<Constant> = keys.collect::<Option<_>>()?;
            return Some(keys.contains(&wanted));
        }
        let items = self.each(&of)?;
        let items = items.iter().map(|it| self.constant_of(it, 0));
        let items: Vec<Constant> = items.collect::<Option<_>>()?;
        Some(items.contains(&wanted))
    }

    pub(super) fn constant(&self, expr: &Expr, scope: &Scope) -> Option<Constant> {
        if let ExprKind::Subscript(parts) = &expr.kind
            && let Some(Constant::Tuple(items)) = self.constant(&parts.0, scope)
        {
            return match &parts.1.kind {
                ExprKind::Slice(_) => part(&items, &parts.1).map(Constant::Tuple),
                _ => items
                    .into_iter()
                    .nth(usize::try_from(self.whole(&parts.1, scope)?).ok()?),
            };
        }
        if let ExprKind::Subscript(parts) = &expr.kind
            && let Some(Constant::Version(major, minor)) = self.constant(&parts.0, scope)
        {
            return match &parts.1.kind {
                ExprKind::Literal(Literal::Int(0)) => Some(Constant::Int(major)),
                ExprKind::Literal(Literal::Int(1)) => Some(Constant::Int(minor)),
                ExprKind::Slice(slice) => {
                    let two = matches!(
                        &slice.1,
                        Some(Expr {
                            kind: ExprKind::Literal(Literal::Int(2)),
                            ..
                        })
                    );
                    let parts = vec![Constant::Int(major), Constant::Int(minor)];
                    (two && slice.0.is_none()).then_some(Constant::Tuple(parts))
                }
                _ => None,
            };
        }
        if let Some(default) = self.of_unset(expr, scope) {
            return self.constant(default, scope);
        }
        if let ExprKind::Call(call) = &expr.kind
            && self.finds(call, scope) == Some(false)
        {
            return Some(Constant::None);
        }
        if let Some(known) = self.constant_call(expr, scope) {
            return Some(known);
        }
        let thing = self.settled(expr, scope);
        self.constant_of(&thing, 0)
    }

    fn constant_of(&self, thing: &Thing, depth: u32) -> Option<Constant> {
        if depth > 3 {
            return None;
        }
        match thing {
            Thing::Value(scope, value) => match &value.kind {
                ExprKind::Literal(literal) => match literal {
                    Literal::None => Some(Constant::None),
                    Literal::Bool(it) => Some(Constant::Bool(*it)),
                    Literal::Int(it) => Some(Constant::Int(*it)),
                    Literal::Str(it) => Some(Constant::Text(it.clone())),
                    _ => None,
                },
                ExprKind::Tuple(items) if items.len() <= MOST_PARTS => {
                    let parts = items.iter().map(|it| {
                        let thing = self.settled(it, scope);
                        self.constant_of(&thing, depth + 1)
                    });
                    Some(Constant::Tuple(parts.collect::<Option<_>>()?))
                }
                _ => self.text(value, scope).map(Constant::Text),
            },
            Thing::Several(parts) => {
                let parts = parts.iter().map(|it| self.constant_of(it, depth + 1));
                Some(Constant::Tuple(parts.collect::<Option<_>>()?))
            }
            Thing::Instance(it) => {
                if let Some(numbers) = self.release_of(it) {
                    let numbers = numbers.into_iter().map(Constant::Int);
                    return Some(Constant::Tuple(numbers.collect()));
                }
                let parts = self.tuple_of(it)?;
                let parts = parts.iter().map(|it| self.constant_of(it, depth + 1));
                Some(Constant::Tuple(parts.collect::<Option<_>>()?))
            }
            Thing::Defined(it) if is_same(&it.path, "sys:platform") => {
                let platform = &self.modules.ground.analysis.world.platform;
                Some(Constant::Text(platform.as_str().into()))
            }
            Thing::Defined(it) if is_same(&it.path, "sys:version_info") => {
                let version = self.modules.ground.analysis.world.version();
                Some(Constant::Version(
                    version.major.into(),
                    version.minor.into(),
                ))
            }
            _ => None,
        }
    }

    /// Whether the block of a `try` certainly comes to its end: it only imports modules that are there. Whether it certainly does not: the
    /// first of them is missing.
    pub(in crate::plugins) fn imports_succeed(&self, tried: &Tried) -> Option<bool> {
        for (module, names) in tried.as_ref()? {
            if !self.is_there(module)? {
                return Some(false);
            }
            if names.is_empty() {
                continue;
            }
            let file = self.modules.source(module)?;
            let has = |it: &Name| {
                let inside = format!("{module}.{it}");
                file.table.has(it) || self.modules.source(&inside).is_some()
            };
            if !names.iter().all(has) {
                return None;
            }
        }
        Some(true)
    }

    pub(super) fn is_there(&self, module: &str) -> Option<bool> {
        match self.modules.look(module) {
            Look::Source(_) | Look::NoSource => Some(true),
            Look::Missing(_) => Some(false),
            Look::Unknown => None,
        }
    }
}

/// Which of two comes first; none where they cannot be ordered, or that is not known.
fn order_of(one: &Constant, other: &Constant) -> Option<std::cmp::Ordering> {
    use std::cmp::Ordering;
    match (one, other) {
        (Constant::Int(one), Constant::Int(other)) => Some(one.cmp(other)),
        (Constant::Text(one), Constant::Text(other)) => Some(one.cmp(other)),
        (Constant::Tuple(one), Constant::Tuple(other)) => {
            for (one, other) in one.iter().zip(other) {
                match order_of(one, other)? {
                    Ordering::Equal => {}
                    order => return Some(order),
                }
            }
            Some(one.len().cmp(&other.len()))
        }
        (Constant::Version(major, minor), Constant::Tuple(other)) => {
            for (one, other) in [major, minor].into_iter().zip(other) {
                match order_of(&Constant::Int(*one), other)? {
                    Ordering::Equal => {}
                    order => return Some(order),
                }
            }
            // Five numbers are more than two.
            (other.len() <= 2).then_some(Ordering::Greater)
        }
        _ => None,
    }
}
