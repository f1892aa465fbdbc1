//! What a function's body looks like it costs: its calls as written, what of them looks like waiting or parsing, where values are kept.
//!
//! Nothing is run or resolved: a call is judged by the words it is written with. `self.cursor.execute(…)` looks like input or
//! output whatever `execute` may be; pages say it as such.

mod chain;
mod looks;
mod walk;

use crate::Name;
use crate::syntax::{Block, FunctionDef, Lambda};

/// What a body looks like it costs.
///
/// ```py
/// def __get__(self, instance, owner):      # effects: lock `with self.lock`, call `Decimal(…)`
///     with self.lock:                      # kept in: `instance.__dict__["price"]`, read
///         return Decimal(instance.__dict__["price"])
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cost {
    /// What it does, in the order in which it is written.
    pub effects: Vec<Effect>,
    /// How many effects there are beyond the [`MOST`] that are listed.
    pub more: usize,
    /// Where it reads, writes and deletes values: on the instance, on the descriptor, in a name of the module.
    pub kept: Vec<Kept>,
    /// Attributes of the descriptor that it calls: `func` of `self.func(instance)`.
    pub calls_own: Vec<Name>,
    /// The first place that looks like a cache of what it returns.
    pub cached: Option<Cached>,
}

/// How many effects of one body are listed.
pub const MOST: usize = 100;

/// Something a body does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// What it looks like.
    pub kind: EffectKind,
    /// How it is written, arguments left out: `Decimal(…)`, `with self.lock`, `raise ValueError`.
    pub text: String,
    /// The condition right around a `raise`, as it is written: `if value < 0`, `except KeyError`.
    pub when: Option<String>,
    /// Whose attribute is called or taken as a lock, and which: the descriptor's `check` of `self.check(value)`, the module's `LOCK`.
    pub on: Option<(Holder, Name)>,
    /// Offset of its first byte.
    pub start: u32,
}

/// What something in a body looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EffectKind {
    /// A call that looks like none of the following.
    Call,
    /// Takes a lock: `with self.lock`, `.acquire()`, `threading.Lock()`.
    Lock,
    /// Waits for something outside: `open(…)`, `.execute(…)`, `requests.get(…)`, `time.sleep(…)`.
    Waiting,
    /// Decodes or parses: `json.loads(…)`, `.decode(…)`, `re.compile(…)`.
    Decoding,
    /// `yield`
    Yield,
    /// `await`
    Await,
    /// `raise`
    Raise,
}

/// A place where a body keeps or finds values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "things that are done with a place, in any combination"
)]
pub struct Kept {
    /// As it is written, names of the function in place of what they stand for: `instance.__dict__[self.name]`, `self._price`;
    /// `instance.{self.slot}` where the name is computed.
    pub text: String,
    /// What it belongs to.
    pub holder: Holder,
    /// It is read.
    pub is_read: bool,
    /// It is bound.
    pub is_written: bool,
    /// It is deleted.
    pub is_deleted: bool,
    /// A condition, or a `try` with handlers, looks whether it is there.
    pub is_tested: bool,
    /// What is returned has something of it: `return self._price`, or a name that was bound together with it.
    pub is_returned: bool,
    /// It is bound to something that is made of the value a setter is given: `self._price = Decimal(value)`.
    pub takes_value: bool,
}

/// What a place belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// The object whose attribute it is.
    Instance,
    /// The descriptor.
    Descriptor,
    /// The module, or a scope around the function.
    Outside,
}

/// What looks like a cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cached {
    /// On the instance: each one pays once.
    OnInstance(String),
    /// In a place of its own: a decorator's, the descriptor's, the module's.
    Own(String),
}

/// Reads the function that stands in a file's text between two offsets; none where neither a `def` nor a `lambda` stands there.
///
/// A method of a descriptor's protocol has the instance as its second parameter, any other as its first.
pub fn cost(text: &str, start: u32, end: u32) -> Option<Cost> {
    if let Some(lambda) = super::lower::lambda_at(text, start, end) {
        return Some(cost_of_lambda(&lambda, text));
    }
    let def = super::lower::function_at(text, start, end)?;
    let body = def.body(text);
    Some(cost_of(&def, &body, text))
}

/// The same of a function that was lowered.
pub fn cost_of(def: &FunctionDef, body: &Block, text: &str) -> Cost {
    let mut walk = walk::Walk::new(text, holders(def));
    walk.values.extend(value(def));
    walk.block(body);
    let mut cost = walk.cost;
    let decorator = def.decorators.iter().find_map(looks::cache);
    cost.cached = match decorator {
        Some(named) => Some(Cached::Own(named)),
        None => cost.kept.iter().find_map(cached),
    };
    cost
}

fn cost_of_lambda(lambda: &Lambda, text: &str) -> Cost {
    let first = lambda.parameters.first().map(|it| it.name.clone());
    let holders = first.map(|instance| (instance, Holder::Instance));
    let mut walk = walk::Walk::new(text, holders.into_iter().collect());
    let given = lambda.parameters.get(1).map(|it| it.name.clone());
    walk.values.extend(given);
    walk.returned(&lambda.body);
    let mut cost = walk.cost;
    cost.cached = cost.kept.iter().find_map(cached);
    cost
}

/// The parameters that stand for something: the instance, and the descriptor.
fn holders(def: &FunctionDef) -> Vec<(Name, Holder)> {
    let mut parameters = def.parameters.iter().map(|it| it.name.clone());
    let first = parameters.next();
    let is_protocol = matches!(def.name.as_str(), "__get__" | "__set__" | "__delete__");
    match (first, parameters.next()) {
        (Some(descriptor), Some(instance)) if is_protocol => vec![
            (descriptor, Holder::Descriptor),
            (instance, Holder::Instance),
        ],
        (Some(instance), _) => vec![(instance, Holder::Instance)],
        (None, _) => vec![],
    }
}

/// The parameter that stands for the value, where the function is a setter: there is no telling by the function alone.
fn value(def: &FunctionDef) -> Option<Name> {
    let at = match def.name.as_str() {
        "__get__" | "__delete__" => return None,
        "__set__" => 2,
        _ => 1,
    };
    def.parameters.get(at).map(|it| it.name.clone())
}

/// Whether a place looks like a cache of what is returned: it is filled, and looked at before. An entry of the instance's `__dict__` need not be: for
/// a non-data descriptor Python itself looks there first.
fn cached(kept: &Kept) -> Option<Cached> {
    if !kept.is_written || !kept.is_returned {
        return None;
    }
    let is_item = kept.text.ends_with(']');
    match kept.holder {
        Holder::Instance if kept.is_tested || kept.text.contains(".__dict__[") => {
            Some(Cached::OnInstance(kept.text.clone()))
        }
        Holder::Instance if is_item && kept.is_read => Some(Cached::OnInstance(kept.text.clone())),
        Holder::Descriptor | Holder::Outside if kept.is_tested || (is_item && kept.is_read) => {
            Some(Cached::Own(kept.text.clone()))
        }
        _ => None,
    }
}
