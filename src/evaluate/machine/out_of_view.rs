//! Values out of view that have an identity all the same: what a module without source has under a name is one object, and another than
//! those that the source at hand makes. Programs compare with such objects, to find out whether they were given anything.

use crate::Name;
use crate::evaluate::machine::gaps::GapState;
use crate::evaluate::machine::run::{Home, Run};
use crate::evaluate::machine::value::{GapId, ModuleIx, Object, Value};
use crate::semantics::{Assumption, ClassPath, Gap, Why};
use crate::source::Place;

impl Run<'_, '_> {
    /// What a module has under a name that cannot be looked up in it: one and the same gap each time.
    pub(crate) fn attribute_out_of_view(&mut self, ix: ModuleIx, name: &Name) -> Option<Value> {
        let state = self.module(ix);
        let gap = self.gaps[state.gap.or(state.open)?.0].gap.clone();
        if state.gap.is_none() || !is_of_another(&gap.why) {
            return state.gap.or(state.open).map(Value::Gap);
        }
        let key = (ix, name.clone());
        if let Some(known) = self.out_of_view.get(&key) {
            return Some(Value::Gap(*known));
        }
        let id = GapId(self.gaps.push(GapState::of(gap)));
        self.names_out_of_view.insert(id, name.clone());
        self.out_of_view.insert(key, id);
        Some(Value::Gap(id))
    }

    /// `left is right`, where one of them is not known: what has another class is another object, and so is, as is noted, what a module
    /// without source has or gives beside what the source here makes.
    ///
    /// ```py
    /// from pydantic_core import PydanticUndefined  # compiled
    ///
    /// if default is PydanticUndefined: ...         # not if `default` is the 3 that somebody wrote
    /// ```
    pub(crate) fn is_same_object(&mut self, left: &Value, right: &Value) -> Option<bool> {
        if let (Value::Gap(one), Value::Gap(other)) = (left, right) {
            return (one == other && self.names_out_of_view.contains_key(one)).then_some(true);
        }
        if let (Some(one), Some(other)) = (self.exact_class(left), self.exact_class(right))
            && one != other
        {
            return Some(false);
        }
        let (gap, known) = match (left, right) {
            (Value::Gap(gap), known) | (known, Value::Gap(gap)) => (*gap, known),
            _ => return None,
        };
        let told = self.gaps[gap.0].gap.clone();
        if !is_of_another(&told.why) || !self.gaps[gap.0].either.is_empty() {
            return None;
        }
        let what = match self.names_out_of_view.get(&gap) {
            Some(name) => format!("`{name}` is an object of its own"),
            // What code out of view computes may be a constant, or a class of ours it was told of.
            None if self.is_made_here_alone(known) => {
                format!("what `{}` gives is made there", module_of(&told))
            }
            None => return None,
        };
        self.assume_here(Assumption { what, at: told.at });
        Some(false)
    }

    /// `isinstance(value, kinds)` of what a module without source gives: it has not made instances of a class of another package that
    /// is installed beside it.
    pub(crate) fn is_instance_out_of_view(&mut self, value: &Value, kinds: &Value) -> Option<bool> {
        let Value::Gap(id) = value else { return None };
        let state = &self.gaps[id.0];
        if !is_of_another(&state.gap.why) || !state.either.is_empty() {
            return None;
        }
        let told = state.gap.clone();
        let from = Name::from(package_of(module_of(&told)));
        let kinds = match kinds {
            Value::Tuple(kinds) => kinds.to_vec(),
            one => vec![one.clone()],
        };
        let is_of_others = |kind: &Value| match kind {
            Value::Class(class) if !self.classes.is_interpreters(*class) => {
                let module = &self.classes.get(*class).path.module;
                let home = self.loaded.get(module).map(|&it| self.module(it).home);
                home == Some(Home::Installed) && from != package_of(module)
            }
            _ => false,
        };
        if !kinds.iter().all(is_of_others) {
            return None;
        }
        let what = format!("what `{}` gives is made there", module_of(&told));
        self.assume_here(Assumption { what, at: told.at });
        Some(false)
    }

    /// Whether a value that a compiled module has under the name of a class or function of its own package takes the place of that one: it is
    /// taken to be like it, which is noted for whoever derives from the class or calls the function.
    ///
    /// ```py
    /// def faster(it):
    ///     from lib import _speedups                 # compiled
    ///     return getattr(_speedups, it.__name__)
    /// @faster
    /// class Lookup: ...                             # what uses it is written for either
    /// ```
    pub(crate) fn takes_the_place_of(&mut self, value: &Value, of: &Value) -> bool {
        let Some((from, named, at)) = self.named_in_compiled(value) else {
            return false;
        };
        let (name, module) = match of {
            Value::Class(class) => {
                let path = &self.classes.get(*class).path;
                (&path.qualname, &path.module)
            }
            Value::Object(id) => match self.peek(*id) {
                Object::Function(it) => (&it.name, &self.module(it.module).name),
                _ => return false,
            },
            _ => return false,
        };
        if named != *name || package_of(&from) != package_of(module) {
            return false;
        }
        let what = format!("what `{from}` has is like what it takes the place of");
        let assumption = Assumption { what, at };
        match of {
            Value::Class(class) => {
                self.twins.insert(*class, assumption);
            }
            Value::Object(id) => self.touched.add(*id, &assumption),
            _ => {}
        }
        true
    }

    /// The compiled module that has a value, as a gap or a snapshot tells it, the name under which it has it, and where that was told.
    fn named_in_compiled(&self, value: &Value) -> Option<(Name, Name, Option<Place>)> {
        let described = |path: &ClassPath| {
            let snapshot = self.world.facts.snapshot()?;
            let module = snapshot.compiled_module_of(&path.module)?;
            Some((Name::from(module), path.qualname.clone(), None))
        };
        match value {
            Value::Gap(id) => {
                let told = &self.gaps[id.0].gap;
                let is_compiled = matches!(told.why, Why::NoSource { .. });
                let named = self.names_out_of_view.get(id).filter(|_| is_compiled)?;
                Some((Name::from(module_of(told)), named.clone(), told.at))
            }
            Value::Native(path) => described(path),
            Value::Class(class) if self.classes.is_interpreters(*class) => {
                described(&self.classes.get(*class).path)
            }
            _ => None,
        }
    }

    /// Whether a value is a class with source, or an instance of one.
    fn is_made_here_alone(&self, value: &Value) -> bool {
        let class = match value {
            Value::Class(class) => *class,
            Value::Object(id) => match self.object(*id) {
                Object::Instance(it) => it.class,
                _ => return false,
            },
            _ => return false,
        };
        !self.classes.is_interpreters(class)
    }
}

/// Whether a value is out of view because the module it comes from is.
fn is_of_another(why: &Why) -> bool {
    matches!(why, Why::NoSource { .. } | Why::NotInstalled { .. })
}

/// The module that a value is out of view with.
fn module_of(gap: &Gap) -> &str {
    match &gap.why {
        Why::NoSource { module, .. } | Why::NotInstalled { module } => module,
        _ => "it",
    }
}

/// The package that a module stands in, the outermost.
fn package_of(module: &str) -> &str {
    module.split('.').next().unwrap_or(module)
}
