//! What stands before the function of a class statement: wrappers that decorators put there, by `__wrapped__` or by what they keep.

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Code, Function, Instance, Object, Value};
use crate::semantics::{ClassId, Closes, MemberKind, Wraps};
use crate::source::Place;
use crate::syntax::{ClassDef, ExprKind};

/// How many wrappers are looked through.
const MOST_WRAPPERS: usize = 8;

/// How many cells of a function are told.
const MOST_CELLS: usize = 4;

/// How many values that a wrapper keeps are looked at.
const MOST_KEPT: usize = 24;

impl Run<'_, '_> {
    /// The wrappers around the function that a statement of a class body defines, the outermost first; none where nothing is around it.
    ///
    /// ```py
    /// class Job:
    ///     @with_telemetry      # returns a function `wrapper` that calls what it was given
    ///     async def process(self): ...
    /// ```
    pub(crate) fn wraps(&self, value: &Value, at: Option<Place>) -> Option<Box<Wraps>> {
        let mut by: Vec<Name> = vec![];
        let mut value = value;
        let mut outer = None;
        for _ in 0..MOST_WRAPPERS {
            let Value::Object(id) = value else {
                return None;
            };
            match self.object(*id) {
                Object::ClassMethod(inner) | Object::StaticMethod(inner) => value = inner,
                Object::Function(function) => {
                    let kind = self.kind_of_function(function);
                    let next = function.names.get("__wrapped__").map(|it| &it.value);
                    let next = next.or_else(|| self.kept_by(function, at));
                    let Some(next) = next else {
                        let around = (!by.is_empty()).then(|| function.definition.name.clone())?;
                        return Some(Box::new(Wraps {
                            by,
                            around,
                            kind: outer,
                            was: kind,
                            place: Some(place_of(function)),
                        }));
                    };
                    if by.is_empty() {
                        outer = Some(kind);
                    }
                    by.push(self.said_wrapper(function));
                    value = next;
                }
                Object::Instance(instance) => {
                    let next = self.kept_in(instance, at)?;
                    let name = self.classes.get(instance.class).path.name();
                    by.push(match name {
                        "_lru_cache_wrapper" => Name::const_new("lru_cache"),
                        name => Name::from(name),
                    });
                    value = next;
                }
                _ => return None,
            }
        }
        None
    }

    /// `wrapper of with_telemetry`
    fn said_wrapper(&self, function: &Function) -> Name {
        let definition = &function.definition;
        if self.stands_before(function) {
            return Name::const_new("a decorator of the standard library");
        }
        // Of `retried.<locals>.around.<locals>.again` the first is what is written as a decorator.
        let outside = definition.qualname.split_once(".<locals>.");
        let outside = outside.map(|(outside, _)| outside.rsplit('.').next().unwrap_or(outside));
        match outside {
            Some(outside) => Name::from(format!("{} of {outside}", definition.name)),
            None => definition.name.clone(),
        }
    }

    /// What a function without `__wrapped__` keeps of the statement: it is another's function, and has one of this statement in its closure.
    fn kept_by<'v>(&'v self, function: &'v Function, at: Option<Place>) -> Option<&'v Value> {
        let at = at?;
        if is_within(place_of(function), at) {
            return None;
        }
        let scope = self.scope(function.definition.scope);
        let kept = scope.names.values().take(MOST_KEPT);
        let mut kept = kept.map(|it| &it.value);
        kept.find(|value| self.leads_within(value, at))
    }

    fn kept_in<'v>(&'v self, instance: &'v Instance, at: Option<Place>) -> Option<&'v Value> {
        let named = ["__wrapped__", "func"];
        let named = named.iter().find_map(|name| instance.names.get(*name));
        if let Some(found) = named {
            return Some(&found.value);
        }
        let at = at?;
        let kept = instance.names.values().take(MOST_KEPT);
        let mut kept = kept.map(|it| &it.value);
        kept.find(|value| self.leads_within(value, at))
    }

    /// Whether a value is a function of a statement, or stands before one by `__wrapped__`.
    fn leads_within(&self, value: &Value, at: Place) -> bool {
        let mut value = value;
        for _ in 0..MOST_WRAPPERS {
            let Some(function) = self.function(value) else {
                return false;
            };
            if is_within(place_of(function), at) {
                return true;
            }
            match function.names.get("__wrapped__") {
                Some(inner) => value = &inner.value,
                None => return false,
            }
        }
        false
    }

    /// The class statement of a class, or that of the one of which it was made again.
    pub(crate) fn statement_of(&self, id: ClassId) -> Option<&ClassDef> {
        let own = |id| self.statements.get(&id).and_then(|it| it.def.as_deref());
        own(id).or_else(|| {
            let names = self.class_names.get(&id)?.values();
            let mut bodies = names.filter_map(|it| {
                self.written_in_body(id, &it.value)?;
                self.function(&it.value)?.class_body
            });
            own(self.scope(bodies.next()?).class?)
        })
    }

    /// Where a function is written that stands in the body of a class of this name, and whose `super()` is that of this class.
    pub(crate) fn written_in_body(&self, class: ClassId, value: &Value) -> Option<Place> {
        let function = self.function(value)?;
        let held = self.scope(function.class_body?).class;
        if held == Some(class) || self.another_in_cell(class, function).is_some() {
            return None;
        }
        let of = &self.classes.get(class).path.qualname;
        let is_own = function.qualname.strip_prefix(of.as_str());
        is_own.filter(|it| *it == format!(".{}", function.name))?;
        Some(place_of(function))
    }

    /// What a function has of its own that another one has made, and that a statement elsewhere has put where it is.
    ///
    /// ```py
    /// for column in COLUMNS:
    ///     def getter(rows): return rows[column]     # has `column` as it is in the end
    ///     setattr(Table, f"by_{column}", getter)
    /// ```
    pub(crate) fn closes(&self, value: &Value, at: Option<Place>) -> Option<Box<Closes>> {
        let function = self.function(self.function_within(value))?;
        let place = place_of(function);
        let is_made = self.scope(function.definition.scope).kind == ScopeKind::Function;
        if !is_made || at.is_some_and(|at| is_within(place, at)) {
            return None;
        }
        let shown = |value: &Value| {
            let shown = self.bounded_repr(value, &self.world.limits);
            let shown = shown.map(Name::from).or_else(|| self.what_it_holds(value));
            shown.unwrap_or_else(|| match self.function(value) {
                Some(function) => function.definition.qualname.clone(),
                None => Name::const_new("…"),
            })
        };
        let mut cells: Vec<(Name, Name, bool)> = vec![];
        let parameters = function.parameters().iter();
        for (parameter, default) in parameters.zip(function.definition.defaults.iter()) {
            let is_name = parameter.default.as_ref();
            let is_name = is_name.is_some_and(|it| matches!(it.kind, ExprKind::Name(_)));
            if let Some(default) = default.as_ref().filter(|_| is_name) {
                cells.push((parameter.name.clone(), shown(default), true));
            }
        }
        if let Code::Def(def) = &function.definition.code {
            let text = &self.library.file(function.definition.file).text;
            let words = def.words(text);
            let mut around = Some(function.definition.scope);
            while let Some(scope) = around.map(|it| self.scope(it))
                && scope.kind == ScopeKind::Function
            {
                for name in &words {
                    let is_told = cells.iter().any(|it| it.0 == *name);
                    if let Some(binding) = scope.names.get(name)
                        && !is_told
                        && !def.is_local(name, text)
                        && cells.len() < MOST_CELLS
                    {
                        cells.push((name.clone(), shown(&binding.value), false));
                    }
                }
                around = scope.parent;
            }
        }
        let cells = cells.into();
        Some(Box::new(Closes { place, cells }))
    }

    /// What calling a function gives.
    pub(crate) fn kind_of_function(&self, function: &Function) -> MemberKind {
        let Code::Def(def) = &function.definition.code else {
            return MemberKind::Function;
        };
        match (def.summary.is_async, def.summary.is_generator) {
            _ if self.stands_before(function) => MemberKind::Function,
            (false, false) => MemberKind::Function,
            (false, true) => MemberKind::Generator,
            (true, false) => MemberKind::AsyncFunction,
            (true, true) => MemberKind::AsyncGenerator,
        }
    }
}

fn place_of(function: &Function) -> Place {
    let definition = &function.definition;
    let (start, end) = match &definition.code {
        Code::Def(def) => (def.start, def.end),
        Code::Lambda(lambda) => (lambda.start, lambda.end),
    };
    Place {
        file: definition.file,
        start,
        end,
    }
}

fn is_within(inner: Place, outer: Place) -> bool {
    inner.file == outer.file && outer.start <= inner.start && inner.end <= outer.end
}
