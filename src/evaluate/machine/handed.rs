//! What a function that nobody in the project calls is handed all the same: by a tool that knows its parameters by name, and by the methods
//! that run before it. How that is found out stands in `modules/fixtures.rs` and `modules/receivers.rs`.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{ObjectId, ScopeId, Value};
use crate::semantics::{Assumption, ClassId, Why};
use crate::source::Place;
use crate::syntax::{Expr, ExprKind};

/// A value, and what is taken for granted by who reads it.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub value: Value,
    pub rests_on: Vec<Assumption>,
}

/// What methods set on their receivers, by name.
pub(crate) type Set = Arc<[(Name, Given)]>;

/// What is known of it in a run.
#[derive(Debug, Default)]
pub(crate) struct Handed {
    /// Functions that a decorator marks as fixtures, by the name under which they are asked for, in order of definition.
    pub fixtures: FxHashMap<Name, Vec<ObjectId>>,
    /// What those that were run give, some for the tests of one class.
    pub by_fixture: FxHashMap<(ObjectId, Option<ClassId>), Option<Given>>,
    /// Methods that are run for what they set, and what those that were run have set.
    pub setters: FxHashSet<ObjectId>,
    pub by_setter: FxHashMap<ObjectId, Set>,
    /// What `parametrize` lists for the fixtures that are run now.
    pub indirect: Vec<(Name, Given)>,
    /// Fixtures that were run for a test which hands them something of its own.
    pub run_for_one: FxHashSet<ObjectId>,
    /// The calls of `parametrize` that are noted instead of made.
    pub noting: Option<Noted>,
    /// Methods that call `parametrize`, by their names, where there is one of a name; none until somebody asks.
    pub facades: Option<Arc<FxHashMap<Name, Value>>>,
    /// The class whose tests the fixture that begins now is run for: `request.cls`.
    pub asking: Option<ClassId>,
    /// What fixtures set on the classes whose tests ask for them.
    pub by_class_fixture: FxHashMap<(ObjectId, ClassId, Name), Option<Given>>,
    /// Whether the modules of plugins were imported.
    pub has_plugins: bool,
    /// Functions that declare names `global`.
    pub global_setters: Vec<ObjectId>,
    /// Fixtures that some function with a class inside may ask for.
    pub wanted: FxHashSet<Name>,
    /// The functions that are being run for this now.
    pub active: Vec<ObjectId>,
    /// What functions were handed, by their scopes: one inside of them may read it when they have ended.
    pub parameters: FxHashMap<ScopeId, Vec<(Name, Given)>>,
    /// What the receiver of the function that runs now has been given.
    pub attributes: Vec<(Name, Given, bool)>,
    /// Names around it that it, or what it calls, has bound so far.
    pub bound: FxHashSet<(ScopeId, Name)>,
    /// Whether that function is run for what it gives or sets.
    pub is_whole: bool,
    /// Names of that function on which the bases of its classes depend.
    pub bases: FxHashSet<Name>,
}

/// Calls of `parametrize`, and the rows that calls of `param` have made.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    pub calls: Vec<(Arguments, Option<Place>)>,
    pub rows: FxHashSet<ObjectId>,
    /// Methods that are called in place of others of their names.
    pub facades: Arc<FxHashMap<Name, Value>>,
}

/// What one function is handed when it begins.
#[derive(Debug, Default)]
pub(crate) struct Ahead {
    /// Its parameters.
    pub parameters: Vec<(Name, Given)>,
    /// What its receiver has by then, and whether that is set on the class.
    pub attributes: Vec<(Name, Given, bool)>,
    /// The class of its receiver, where that is another than the one it stands in.
    pub own: Option<ClassId>,
    /// Whether all of its body runs, for what it gives or sets.
    pub is_whole: bool,
    /// Under which names it is run for what it sets.
    pub sets: Vec<Name>,
}

impl Run<'_, '_> {
    /// The method that is called in place of another while calls of `parametrize` are noted: what stands in for it until the tests' runner is
    /// there does nothing.
    ///
    /// ```py
    /// class Null:
    ///     def combinations(self, *rows): return lambda test: test
    /// class Runner:
    ///     def combinations(self, *rows): return pytest.mark.parametrize("a, b", rows)
    /// functions = Null()  # a hook puts a `Runner` here
    /// ```
    pub(crate) fn meant_by_facade(&self, function: &Expr, found: &Value) -> Option<Value> {
        let noting = self.handed.noting.as_ref()?;
        let ExprKind::Attribute(_, name) = &function.kind else {
            return None;
        };
        let meant = noting.facades.get(name)?;
        let Value::Method(pair) = found else {
            return None;
        };
        (!meant.same(&pair.0)).then(|| meant.clone())
    }

    /// What a call of `parametrize` or `param` gives while those are noted, by whatever name they are reached.
    pub(crate) fn noted_mark(
        &mut self,
        function: &Expr,
        given: &Arguments,
        at: Option<Place>,
    ) -> Option<Value> {
        let noting = self.handed.noting.as_mut()?;
        let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &function.kind else {
            return None;
        };
        match name.as_str() {
            "parametrize" => {
                noting.calls.push((given.clone(), at));
                Some(self.gap(Why::Input, name, at))
            }
            "param" => {
                let row = self.list(given.positional.clone());
                if let (Value::Object(id), Some(noting)) = (&row, &mut self.handed.noting) {
                    noting.rows.insert(*id);
                }
                Some(row)
            }
            _ => None,
        }
    }
}
