//! What code that is not followed can get at, from what it is handed.

use rustc_hash::FxHashSet;

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Code, Definition, Object, ObjectId, ScopeId, Value};
use crate::semantics::ClassId;
use crate::source::FileId;
use crate::syntax::Changed;

/// By these methods a class says how its instances are taken apart and made again, beside `__copy__` and `__deepcopy__`.
pub(crate) const MADE_AGAIN_BY: [&str; 9] = [
    "__reduce_ex__",
    "__reduce__",
    "__getstate__",
    "__setstate__",
    "__getnewargs__",
    "__getnewargs_ex__",
    "__new__",
    "__getattr__",
    "__getattribute__",
];

/// How many objects it may reach at most.
const MOST_REACHED: usize = 200;

/// What it can get at.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Objects that it may change.
    pub(super) objects: Vec<ObjectId>,
    /// Names that it may bind anew.
    pub(super) names: FxHashSet<(ScopeId, Name)>,
    /// Attributes of classes that it may set.
    pub(super) attributes: FxHashSet<(ClassId, Name)>,
    /// The only methods that may run, where these are known: `copy` calls `__reduce_ex__` and its kind.
    only: Option<&'static [&'static [&'static str]]>,
    /// The code that was looked into: where it stands.
    code: FxHashSet<(FileId, u32)>,
    classes: FxHashSet<ClassId>,
}

impl Reached {
    /// Where only these methods may run.
    pub(super) fn by(only: &'static [&'static [&'static str]]) -> Self {
        Self {
            only: Some(only),
            ..Self::default()
        }
    }

    /// An object that whoever is handed it may change, where anything may run.
    fn add(&mut self, id: ObjectId) {
        if self.only.is_none() {
            self.objects.push(id);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.objects.is_empty() && self.names.is_empty() && self.attributes.is_empty()
    }
}

impl Run<'_, '_> {
    /// What the code of a function changes that is handed to somebody who may call it.
    ///
    /// ```py
    /// def note(event): log.append(event)
    /// Thread(target=note).start()         # `log` may have changed
    /// ```
    pub(super) fn reach_by_code(&self, of: &Definition, depth: u32, reached: &mut Reached) {
        let of_lambda;
        let changed = match &of.code {
            Code::Def(def) => def.changed(&self.library.file(of.file).text),
            Code::Lambda(lambda) => {
                of_lambda = Changed::by(&lambda.body);
                &of_lambda
            }
        };
        // Of most methods there is nothing to note.
        if changed.is_nothing() || !reached.code.insert(of.key()) {
            return;
        }
        self.reach_by_calls(&changed.called, of.scope, depth, reached);
        for name in &changed.names {
            if let Some((_, value)) = self.held_around(name, of.scope) {
                self.reach(value, depth, true, reached);
            }
        }
        let globals = self.module(of.module).scope;
        for name in &changed.bound {
            let scope = self.held_around(name, of.scope);
            let scope = scope.map_or(globals, |it| it.0);
            reached.names.insert((scope, name.clone()));
        }
        for (holder, attribute) in &changed.attributes {
            match self.held_around(holder, of.scope) {
                Some((_, Value::Class(class))) => {
                    reached.attributes.insert((*class, attribute.clone()));
                }
                Some((_, Value::Module(ix))) => {
                    let scope = self.module(*ix).scope;
                    reached.names.insert((scope, attribute.clone()));
                }
                _ => {}
            }
        }
    }

    /// The attributes that code sets behind names of its own: of its receiver, say.
    pub(super) fn attributes_set_by(&self, of: &Definition) -> Vec<Name> {
        match &of.code {
            Code::Def(def) => {
                let changed = def.changed(&self.library.file(of.file).text);
                changed.own_attributes.to_vec()
            }
            Code::Lambda(_) => vec![],
        }
    }

    /// What functions and classes may change that code calls.
    fn reach_by_calls(&self, called: &[Name], scope: ScopeId, depth: u32, reached: &mut Reached) {
        let Some(below) = depth.checked_sub(1).filter(|it| *it > 0) else {
            return;
        };
        for name in called {
            match self.held_around(name, scope) {
                Some((_, Value::Class(class))) => self.reach_by_class(*class, below, reached),
                Some((_, Value::Object(id))) => {
                    if let Object::Function(of) = self.peek(*id) {
                        self.reach_by_code(&of.definition, below, reached);
                    }
                }
                _ => {}
            }
        }
    }

    /// What a name stands for in a scope or around it, and in which.
    fn held_around(&self, name: &Name, scope: ScopeId) -> Option<(ScopeId, &Value)> {
        let mut around = Some(scope);
        while let Some(id) = around {
            let scope = self.scope(id);
            if let Some(binding) = scope.names.get(name) {
                return Some((id, &binding.value));
            }
            around = scope.parent;
        }
        None
    }

    /// What the methods of a class change, which whoever is handed the class or an instance may call.
    ///
    /// ```py
    /// class Probe:
    ///     def __len__(self):
    ///         seen.append(self)
    /// show(Probe())                       # `seen` may have changed
    /// ```
    pub(super) fn reach_by_class(&self, class: ClassId, depth: u32, reached: &mut Reached) {
        let Some(mro) = self.classes.mro(class) else {
            return;
        };
        for &class in mro {
            if self.classes.is_interpreters(class) || !reached.classes.insert(class) {
                continue;
            }
            let names = self.class_names.get(&class).into_iter().flatten();
            for (name, binding) in names {
                let is_one = |only: &[&[&str]]| only.iter().any(|it| it.contains(&name.as_str()));
                if reached.only.is_some_and(|it| !is_one(it)) {
                    continue;
                }
                if let Some(of) = self.code_of(&binding.value) {
                    // What its methods call in turn is left out: that would be half of the program.
                    self.reach_by_code(of, depth.min(1), reached);
                } else if let Value::Object(id) = binding.value
                    && let Object::Instance(descriptor) = self.peek(id)
                    && let Some(below) = depth.checked_sub(1)
                    && !self.table_names.contains_key(&id)
                {
                    self.reach_by_class(descriptor.class, below, reached);
                }
            }
        }
    }

    /// The function that a value of a class's namespace calls.
    pub(super) fn code_of(&self, value: &Value) -> Option<&Definition> {
        let Value::Object(id) = value else {
            return None;
        };
        match self.peek(*id) {
            Object::Function(of) => Some(&of.definition),
            Object::ClassMethod(inner) | Object::StaticMethod(inner) => self.code_of(inner),
            Object::Property { get, .. } => self.code_of(get),
            _ => None,
        }
    }

    /// The objects that can change among what a value holds; `calls`: and among what its code changes.
    pub(super) fn reach(&self, value: &Value, depth: u32, calls: bool, reached: &mut Reached) {
        let Some(below) = depth.checked_sub(1) else {
            return;
        };
        if reached.objects.len() >= MOST_REACHED {
            return;
        }
        match value {
            Value::Tuple(items) => {
                for item in items.iter().take(MOST_REACHED) {
                    self.reach(item, below, calls, reached);
                }
            }
            Value::Method(pair) => {
                self.reach(&pair.1, depth, calls, reached);
                if calls {
                    self.reach(&pair.0, depth, calls, reached);
                }
            }
            Value::Class(class) if calls => self.reach_by_class(*class, below, reached),
            Value::Object(id) if !reached.objects.contains(id) => {
                for value in self.held_before(*id) {
                    self.reach(&value, below, calls, reached);
                }
                self.reach_object(*id, depth, calls, reached);
            }
            Value::Gap(id) => {
                for value in self.behind_gap(*id) {
                    self.reach(&value, depth, calls, reached);
                }
            }
            _ => {}
        }
    }

    fn reach_object(&self, id: ObjectId, depth: u32, calls: bool, reached: &mut Reached) {
        let below = depth.saturating_sub(1);
        match self.peek(id) {
            Object::List { items, .. } => {
                reached.add(id);
                for item in items.iter().take(MOST_REACHED) {
                    self.reach(item, below, calls, reached);
                }
            }
            Object::Set { frozen: false, .. } => reached.objects.push(id),
            Object::Dict(dict) => {
                reached.add(id);
                for &object in self.objects_shown_by(id) {
                    reached.add(object);
                }
                for (_, item) in dict.entries.values().take(MOST_REACHED) {
                    self.reach(item, below, calls, reached);
                }
            }
            // An object of the interpreter's own modules is not changed by being handed on.
            Object::Instance(instance) if !self.table_names.contains_key(&id) => {
                match reached.only {
                    Some(only)
                        if !only
                            .iter()
                            .copied()
                            .flatten()
                            .any(|it| self.user_defines(instance.class, it)) => {}
                    _ => reached.objects.push(id),
                }
                if let Some(payload) = &instance.payload {
                    self.reach(payload, below, calls, reached);
                }
                for binding in instance.names.values().take(MOST_REACHED) {
                    self.reach(&binding.value, below, calls, reached);
                }
                if calls {
                    self.reach_by_class(instance.class, below, reached);
                }
            }
            Object::Generator(generator) => {
                reached.add(id);
                if let Some(Object::Function(of)) = generator.of.map(|of| self.peek(of))
                    && calls
                {
                    self.reach_by_code(&of.definition, below, reached);
                    // What it was called with, and has bound so far.
                    for binding in self.scope(generator.scope).names.values() {
                        self.reach(&binding.value, below, true, reached);
                    }
                }
            }
            Object::Function(of) if calls => {
                self.reach_by_code(&of.definition, below, reached);
            }
            Object::Iterator(_) => reached.objects.push(id),
            Object::View { of, .. } => self.reach(of, depth, calls, reached),
            _ => {}
        }
    }
}
