//! `Run`: everything one evaluation holds while it goes on, and the undo log that lets it try two branches.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::arena::Arena;
use crate::evaluate::known::Known;
use crate::evaluate::library::Library;
use crate::evaluate::value::{
    Binding, Function, GapId, ModuleIx, Namespace, Object, ObjectId, ScopeId, Value,
};
use crate::evaluate::world::World;
use crate::semantics::{Assumption, ClassId, ClassPath, Classes, Gap, Why};
use crate::source::{FileId, Place};

/// Steps one module's body may take, calls it makes included.
const MODULE_STEPS: u32 = 600_000;
/// Steps one call that has a part in the making of a class may take: its metaclass, a decorator, what gives a base.
const MAKING_STEPS: u32 = 60_000;
/// Steps any other call from a module's body may take.
const CALL_STEPS: u32 = 8_000;
/// Steps any other call from the body of a function that nobody has called may take.
const UNCALLED_CALL_STEPS: u32 = 300;
/// Values that are copied in the time of a step.
const COPIES_A_STEP: u32 = 16;
/// How often that is halved at most.
const MOST_HALVINGS: u32 = 7;
/// Steps a function that nobody has called may take, run for the classes inside of it.
pub(super) const UNCALLED_STEPS: u32 = 4_000;
/// Calls in one another.
pub(super) const DEPTH: u32 = 48;

/// One evaluation.
pub(crate) struct Run<'w, 's> {
    pub(super) world: &'w World,
    pub(super) library: &'w mut Library<'s>,
    pub(super) known: Known,
    pub(super) classes: Classes,
    /// What class objects hold, by name; for interpreter's classes only what was set on them.
    pub(super) class_names: FxHashMap<ClassId, Namespace>,
    pub(super) modules: Vec<ModuleState>,
    pub(super) loaded: FxHashMap<Name, ModuleIx>,
    pub(super) scopes: Arena<Scope>,
    pub(super) heap: Arena<Object>,
    pub(super) gaps: Arena<GapState>,
    /// Undo logs of the branches that are being tried, the innermost last.
    pub(super) journals: Vec<Journal>,
    pub(super) steps: u32,
    pub(super) depth: u32,
    /// The depth at which statements run for themselves rather than for a call: 1 in a function that nobody has called.
    pub(super) floor: u32,
    /// How many class statements want something of what runs now: a base, a decorator, the class itself.
    pub(super) making: u32,
    /// How many `try` statements with handlers are open around what runs now.
    pub(super) handlers: u32,
    /// Assumptions made since the innermost class statement began.
    pub(super) assumptions: Vec<Assumption>,
    /// Functions that somebody has called, by file and offset: the others are run once for the classes inside.
    pub(super) called: FxHashSet<(FileId, u32)>,
    /// How often a call of a function, or a loop, has used up its steps.
    pub(super) exhausted: FxHashMap<(FileId, u32), u32>,
    /// Functions with a class statement inside, in order of definition.
    pub(super) with_classes: Vec<ObjectId>,
    /// The scopes whose code has called what runs now, the innermost last.
    pub(super) callers: Vec<ScopeId>,
    /// The modules whose body runs now, the innermost last.
    pub(super) running: Vec<ModuleIx>,
    /// Objects that stand in `sys.modules` in place of a module.
    pub(super) replaced: FxHashMap<Name, Value>,
    /// Whether a branch that could not be decided would have left the innermost loop.
    pub(super) may_have_left: bool,
    /// How many askers stand ready for an attribute that is not there: `hasattr`, `getattr` with a default.
    pub(super) askers: u32,
    /// How many decisions could not be made so far.
    pub(super) undecided: u32,
    /// Objects of the interpreter's modules, by module and name, and back.
    pub(super) table_objects: FxHashMap<(Name, Name), Value>,
    pub(super) table_names: FxHashMap<ObjectId, (Name, Name)>,
    /// Class statements whose class is not made yet, the innermost last.
    pub(super) pending: Vec<super::class_statement::Pending>,
    /// What each class statement said besides its names.
    pub(super) statements: FxHashMap<ClassId, super::finish::StatementFacts>,
    /// Names that class bodies annotate.
    pub(super) annotations: FxHashMap<ScopeId, Namespace>,
    /// How often something was made that sees the scope it was made in: a function, a view of the names.
    pub(super) captures: u32,
    natives: FxHashMap<(&'static str, &'static str), Arc<ClassPath>>,
}

/// A module of the run.
#[derive(Debug)]
pub(crate) struct ModuleState {
    pub name: Name,
    pub file: Option<FileId>,
    pub package: bool,
    /// Folders its submodules are looked for in.
    pub path: Vec<std::path::PathBuf>,
    pub scope: ScopeId,
    pub home: Home,
    /// Whether a compiled file is loaded in place of the source that is read here.
    pub is_compiled: bool,
    pub stage: Stage,
    /// Why its names cannot be known, where they cannot.
    pub gap: Option<GapId>,
    /// A star import from something unknown may have bound any name.
    pub open: Option<GapId>,
    pub classes: Vec<ClassId>,
}

/// Where a module's names come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    Project,
    Installed,
    /// The interpreter's table.
    Table,
    /// Nothing but its submodules.
    Namespace,
}

/// How far a module has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Running,
    Done,
    Failed,
}

/// A scope: names, and where those it lacks are looked up.
#[derive(Debug)]
pub(crate) struct Scope {
    pub names: Namespace,
    pub parent: Option<ScopeId>,
    pub kind: ScopeKind,
    pub module: ModuleIx,
    /// The qualified name of the class whose body this is; empty for other scopes.
    pub qualname: Name,
    pub globals: Vec<Name>,
    pub nonlocals: Vec<Name>,
    /// The class that a class body became.
    pub class: Option<ClassId>,
    /// The function a call runs, for `super()`.
    pub function: Option<ObjectId>,
    /// The first argument of a call, for `super()`.
    pub receiver: Option<Value>,
    /// What a generator has yielded.
    pub yields: Vec<Value>,
    /// Values a branch that could not be decided has returned.
    pub maybe: Vec<Value>,
}

/// What a scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    Module,
    Class,
    Function,
}

/// A gap, and what the value is one of, where that is known.
#[derive(Debug)]
pub(crate) struct GapState {
    pub gap: Gap,
    pub either: Vec<Value>,
}

/// What a branch that is being tried has changed so far, and what stood there before.
#[derive(Debug, Default)]
pub(super) struct Journal {
    entries: Vec<(Slot, Old)>,
    /// Objects whose state before the branch is noted: once is enough.
    saved: FxHashSet<ObjectId>,
    /// What is made inside of the branch needs no undoing: nothing outside of it knows of it.
    scopes_before: u32,
    objects_before: u32,
    classes_before: u32,
}

impl Journal {
    /// Whether the state of this slot has to be noted before it changes.
    fn wants(&mut self, slot: &Slot) -> bool {
        match slot {
            Slot::Scope(scope, _) => scope.0 < self.scopes_before,
            Slot::Class(class, _) => class.0 < self.classes_before,
            Slot::Object(id) => id.0 < self.objects_before && self.saved.insert(*id),
        }
    }
}

/// What a branch may have changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Slot {
    Scope(ScopeId, Name),
    Class(ClassId, Name),
    Object(ObjectId),
}

/// What stood there before.
#[derive(Debug, Clone)]
pub(super) enum Old {
    Binding(Option<Binding>),
    Object(Box<Object>),
}

/// An exception on its way.
#[derive(Debug, Clone)]
pub(crate) struct Thrown {
    /// Its class, as far as it is known.
    pub class: Option<ClassId>,
    /// The exception object.
    pub value: Value,
    /// Its text.
    pub message: Option<String>,
    /// Where it was raised.
    pub at: Option<Place>,
    /// The object whose method raised it.
    pub on: Option<ObjectId>,
    /// Whether a `raise` statement raised it, rather than an operation.
    pub is_written: bool,
}

/// What an expression gives, or the exception it leaves with.
pub(crate) type Eval<T = Value> = Result<T, Box<Thrown>>;

impl<'w, 's> Run<'w, 's> {
    pub(crate) fn new(world: &'w World, library: &'w mut Library<'s>) -> Self {
        let classes = world.facts.classes();
        let known = Known::new(&world.facts);
        Self {
            world,
            library,
            known,
            classes,
            class_names: FxHashMap::default(),
            modules: vec![],
            loaded: FxHashMap::default(),
            scopes: Arena::default(),
            heap: Arena::default(),
            gaps: Arena::default(),
            journals: vec![],
            steps: MODULE_STEPS,
            depth: 0,
            floor: 0,
            making: 0,
            handlers: 0,
            assumptions: vec![],
            called: FxHashSet::default(),
            exhausted: FxHashMap::default(),
            with_classes: vec![],
            callers: vec![],
            running: vec![],
            undecided: 0,
            replaced: FxHashMap::default(),
            may_have_left: false,
            askers: 0,
            table_objects: FxHashMap::default(),
            table_names: FxHashMap::default(),
            pending: vec![],
            statements: FxHashMap::default(),
            annotations: FxHashMap::default(),
            captures: 0,
            natives: FxHashMap::default(),
        }
    }

    /// Takes a step inside of a call; false when the module has used up what it is granted. The statements that run for themselves
    /// are as many as the file has, so they are always run.
    pub(super) fn step(&mut self) -> bool {
        self.depth == self.floor || self.round()
    }

    /// Takes a round of a loop, which counts anywhere.
    pub(super) fn round(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.steps > 0
    }

    /// Takes the steps that copying so many values costs.
    pub(super) fn copies(&mut self, values: usize) {
        self.steps = self.steps.saturating_sub(values as u32 / COPIES_A_STEP);
    }

    /// Grants a module its steps, and returns what was left to the one that imports it.
    pub(super) fn grant_module(&mut self) -> u32 {
        std::mem::replace(&mut self.steps, MODULE_STEPS)
    }

    /// Limits what one call from a module's body may take; returns what the module keeps. A function that has used up what it was
    /// granted is granted half as much the next time: what it does is beyond us, and it may be called a hundred times.
    pub(super) fn grant_call(&mut self, function: (FileId, u32)) -> u32 {
        let times = self.exhausted.get(&function).copied().unwrap_or(0);
        let granted = match (self.making > 0, self.floor) {
            (true, _) => MAKING_STEPS,
            (false, 0) => CALL_STEPS,
            (false, _) => UNCALLED_CALL_STEPS,
        };
        let kept = self.steps.saturating_sub(granted >> times);
        self.steps -= kept;
        kept
    }

    /// Gives a module back what it kept, and notes whether the call has used up what it was granted.
    pub(super) fn settle_call(&mut self, function: (FileId, u32), kept: u32) {
        if self.steps == 0 && self.floor == 0 {
            self.note_exhausted(function);
        }
        self.steps += kept;
    }

    /// Notes that a call or a loop has used up what it was granted.
    pub(super) fn note_exhausted(&mut self, at: (FileId, u32)) {
        let times = self.exhausted.entry(at).or_default();
        *times = (*times + 1).min(MOST_HALVINGS);
    }

    /// A callable without source, shared by all that name it.
    pub(super) fn native(&mut self, module: &'static str, qualname: &'static str) -> Value {
        let path = self
            .natives
            .entry((module, qualname))
            .or_insert_with(|| Arc::new(ClassPath::new(module, qualname)));
        Value::Native(path.clone())
    }

    // --- gaps -------------------------------------------------------------------------------------------------------

    pub(super) fn gap(&mut self, why: Why, what: &str, at: Option<Place>) -> Value {
        self.gap_of(
            Gap {
                why,
                what: shortened(what),
                at,
            },
            vec![],
        )
    }

    pub(super) fn gap_of(&mut self, gap: Gap, either: Vec<Value>) -> Value {
        Value::Gap(GapId(self.gaps.push(GapState { gap, either })))
    }

    /// What is told of a gap: its name is the text at its place, where it has none of its own.
    pub(super) fn told(&self, id: GapId) -> Gap {
        let mut gap = self.gaps[id.0].gap.clone();
        if gap.what.is_empty() {
            gap.what = shortened(&self.text(gap.at));
        }
        gap
    }

    /// The value that is one of two: itself where they are the same, else a gap that remembers both.
    pub(super) fn either(
        &mut self,
        one: Value,
        other: Value,
        what: &str,
        at: Option<Place>,
    ) -> Value {
        if one.same(&other) {
            return one;
        }
        let mut candidates = vec![];
        for value in [one, other] {
            let known = match &value {
                Value::Gap(id) => self.gaps[id.0].either.clone(),
                known => vec![known.clone()],
            };
            for candidate in known {
                if candidates.len() < 8 && !candidates.iter().any(|it: &Value| it.same(&candidate))
                {
                    candidates.push(candidate);
                }
            }
        }
        self.gap_of(
            Gap {
                why: Why::Undecided,
                what: shortened(what),
                at,
            },
            candidates,
        )
    }

    // --- heap and scopes --------------------------------------------------------------------------------------------

    pub(super) fn allocate(&mut self, object: Object) -> Value {
        Value::Object(ObjectId(self.heap.push(object)))
    }

    pub(super) fn object(&self, id: ObjectId) -> &Object {
        &self.heap[id.0]
    }

    /// The object, to be changed; what it was is remembered while a branch is tried.
    pub(super) fn object_mut(&mut self, id: ObjectId) -> &mut Object {
        if let Some(journal) = self.journals.last_mut()
            && journal.wants(&Slot::Object(id))
        {
            let old = Old::Object(Box::new(self.heap[id.0].clone()));
            journal.entries.push((Slot::Object(id), old));
        }
        &mut self.heap[id.0]
    }

    pub(super) fn list(&mut self, items: Vec<Value>) -> Value {
        self.allocate(Object::List { items, open: false })
    }

    pub(super) fn function(&self, value: &Value) -> Option<&Function> {
        match value {
            Value::Object(id) => match self.object(*id) {
                Object::Function(function) => Some(function),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0]
    }

    pub(super) fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0]
    }

    pub(super) fn push_scope(
        &mut self,
        kind: ScopeKind,
        parent: Option<ScopeId>,
        module: ModuleIx,
    ) -> ScopeId {
        ScopeId(self.scopes.push(Scope {
            names: Namespace::default(),
            parent,
            kind,
            module,
            qualname: Name::const_new(""),
            globals: vec![],
            nonlocals: vec![],
            class: None,
            function: None,
            receiver: None,
            yields: vec![],
            maybe: vec![],
        }))
    }

    /// Runs something in a function's scope, which goes when nothing that was made in it can see it any more.
    pub(super) fn in_scope_of_its_own<T>(
        &mut self,
        parent: ScopeId,
        module: ModuleIx,
        what: impl FnOnce(&mut Self, ScopeId) -> T,
    ) -> T {
        let captures = self.captures;
        let scope = self.push_scope(ScopeKind::Function, Some(parent), module);
        let result = what(self, scope);
        if self.captures == captures && self.scopes.len() == scope.0 as usize + 1 {
            self.scopes.pop();
        }
        result
    }

    /// What stands before a name defined in a scope: `Outer.`, `make.<locals>.`.
    pub(super) fn prefix(&self, scope: ScopeId) -> Name {
        let here = self.scope(scope);
        let (qualname, after) = match (here.kind, here.function.map(|id| self.object(id))) {
            (ScopeKind::Class, _) => (&here.qualname, "."),
            (ScopeKind::Function, Some(Object::Function(function))) => {
                (&function.qualname, ".<locals>.")
            }
            _ => return here.parent.map_or_else(Name::default, |it| self.prefix(it)),
        };
        let mut prefix = Name::with_capacity(qualname.len() + after.len());
        prefix.push_str(qualname);
        prefix.push_str(after);
        prefix
    }

    pub(super) fn module(&self, ix: ModuleIx) -> &ModuleState {
        &self.modules[ix.0 as usize]
    }

    pub(super) fn module_mut(&mut self, ix: ModuleIx) -> &mut ModuleState {
        &mut self.modules[ix.0 as usize]
    }

    /// The file whose code a scope holds.
    pub(super) fn file_of(&self, scope: ScopeId) -> Option<FileId> {
        let scope = self.scope(scope);
        match scope.function.map(|id| self.object(id)) {
            Some(Object::Function(function)) => Some(function.file),
            _ => self.module(scope.module).file,
        }
    }

    /// A place in the file whose code a scope holds.
    pub(super) fn place(&self, scope: ScopeId, start: u32, end: u32) -> Option<Place> {
        self.file_of(scope).map(|file| Place { file, start, end })
    }

    /// The text of a place, for messages.
    pub(super) fn text(&self, place: Option<Place>) -> Arc<str> {
        let text = place.and_then(|place| {
            self.library
                .file(place.file)
                .text
                .get(place.start as usize..place.end as usize)
                .map(Arc::from)
        });
        text.unwrap_or_else(|| Arc::from(""))
    }

    // --- names ------------------------------------------------------------------------------------------------------

    /// Binds a name in a scope.
    pub(super) fn bind(&mut self, scope: ScopeId, name: &Name, value: Value, at: Option<Place>) {
        let names = &mut self.scopes[scope.0].names;
        let old = names.insert(name.clone(), Binding::new(value, at));
        if let Some(journal) = self.journals.last_mut()
            && scope.0 < journal.scopes_before
        {
            journal
                .entries
                .push((Slot::Scope(scope, name.clone()), Old::Binding(old)));
        }
    }

    /// Takes a name out of a scope; false where it is not there.
    pub(super) fn unbind(&mut self, scope: ScopeId, name: &Name) -> bool {
        let old = self.scopes[scope.0].names.shift_remove(name);
        let was_there = old.is_some();
        if let Some(journal) = self.journals.last_mut()
            && scope.0 < journal.scopes_before
        {
            journal
                .entries
                .push((Slot::Scope(scope, name.clone()), Old::Binding(old)));
        }
        was_there
    }

    /// Sets a name in a class's own namespace.
    pub(super) fn set_class_name(&mut self, class: ClassId, name: &Name, binding: Option<Binding>) {
        let names = self.class_names.entry(class).or_default();
        let old = match binding {
            Some(binding) => names.insert(name.clone(), binding),
            None => names.shift_remove(name),
        };
        if let Some(journal) = self.journals.last_mut()
            && class.0 < journal.classes_before
        {
            journal
                .entries
                .push((Slot::Class(class, name.clone()), Old::Binding(old)));
        }
    }

    fn read(&self, slot: &Slot) -> Old {
        match slot {
            Slot::Scope(scope, name) => Old::Binding(self.scope(*scope).names.get(name).cloned()),
            Slot::Class(class, name) => Old::Binding(
                self.class_names
                    .get(class)
                    .and_then(|names| names.get(name))
                    .cloned(),
            ),
            Slot::Object(id) => Old::Object(Box::new(self.object(*id).clone())),
        }
    }

    fn write(&mut self, slot: &Slot, value: Old) {
        match (slot, value) {
            (Slot::Scope(scope, name), Old::Binding(binding)) => {
                let names = &mut self.scopes[scope.0].names;
                match binding {
                    Some(binding) => names.insert(name.clone(), binding),
                    None => names.shift_remove(name),
                };
            }
            (Slot::Class(class, name), Old::Binding(binding)) => {
                let names = self.class_names.entry(*class).or_default();
                match binding {
                    Some(binding) => names.insert(name.clone(), binding),
                    None => names.shift_remove(name),
                };
            }
            (Slot::Object(id), Old::Object(object)) => self.heap[id.0] = *object,
            (Slot::Object(_), Old::Binding(_)) | (_, Old::Object(_)) => {}
        }
    }

    // --- branches ---------------------------------------------------------------------------------------------------

    /// Tries something: returns what it gave and what it changed, with everything as it was before.
    pub(super) fn attempt<T>(&mut self, what: impl FnOnce(&mut Self) -> T) -> (T, Changes) {
        self.journals.push(Journal {
            scopes_before: self.scopes.len() as u32,
            objects_before: self.heap.len() as u32,
            classes_before: self.classes.len() as u32,
            ..Journal::default()
        });
        let result = what(self);
        let journal = self.journals.pop().unwrap_or_default();
        let mut changes = Changes::default();
        for (slot, _) in &journal.entries {
            if !changes.0.contains_key(slot) {
                let now = self.read(slot);
                changes.0.insert(slot.clone(), now);
            }
        }
        for (slot, old) in journal.entries.into_iter().rev() {
            self.write(&slot, old);
        }
        (result, changes)
    }

    /// Makes the changes of a branch that was tried.
    pub(super) fn apply(&mut self, changes: Changes) {
        for (slot, value) in changes.0 {
            let is_wanted = self
                .journals
                .last_mut()
                .is_some_and(|journal| journal.wants(&slot));
            if is_wanted {
                let old = self.read(&slot);
                if let Some(journal) = self.journals.last_mut() {
                    journal.entries.push((slot.clone(), old));
                }
            }
            self.write(&slot, value);
        }
    }

    /// Makes what two branches agree on; where they differ, a gap that remembers both.
    pub(super) fn merge(
        &mut self,
        one: Changes,
        mut other: Changes,
        what: &str,
        at: Option<Place>,
    ) {
        let mut merged = Changes::default();
        for (slot, value) in one.0 {
            let against = other
                .0
                .shift_remove(&slot)
                .unwrap_or_else(|| self.read(&slot));
            let value = self.agree(value, against, what, at);
            merged.0.insert(slot, value);
        }
        for (slot, value) in other.0 {
            let before = self.read(&slot);
            let value = self.agree(before, value, what, at);
            merged.0.insert(slot, value);
        }
        self.apply(merged);
    }

    fn agree(&mut self, one: Old, other: Old, what: &str, at: Option<Place>) -> Old {
        match (one, other) {
            (Old::Binding(Some(one)), Old::Binding(Some(other))) => {
                let place = if one.at == other.at {
                    one.at
                } else {
                    at.or(one.at)
                };
                let value = self.either(one.value, other.value, what, at);
                Old::Binding(Some(Binding::new(value, place)))
            }
            // Bound in one branch only: what it is where it is bound, and not known whether it is.
            (Old::Binding(Some(one)), Old::Binding(None))
            | (Old::Binding(None), Old::Binding(Some(one))) => Old::Binding(Some(one)),
            (Old::Object(one), Old::Object(other)) => {
                Old::Object(Box::new(agreed_object(*one, *other)))
            }
            (one, _) => one,
        }
    }
}

/// What a branch changed, and to what.
#[derive(Debug, Default)]
pub(super) struct Changes(indexmap::IndexMap<Slot, Old, rustc_hash::FxBuildHasher>);

/// An object that two branches left in two states: what both have, and open for the rest.
fn agreed_object(one: Object, other: Object) -> Object {
    match (one, other) {
        (
            Object::List { items, open },
            Object::List {
                items: others,
                open: also,
            },
        ) => {
            let same =
                items.len() == others.len() && items.iter().zip(&others).all(|(a, b)| a.same(b));
            let common = items
                .iter()
                .zip(&others)
                .take_while(|(a, b)| a.same(b))
                .count();
            let open = open || also || !same;
            Object::List {
                items: items.into_iter().take(common).collect(),
                open,
            }
        }
        (Object::Dict(mut one), Object::Dict(other)) => {
            let before = one.entries.len();
            one.entries.retain(|key, (_, value)| {
                other
                    .entries
                    .get(key)
                    .is_some_and(|(_, against)| against.same(value))
            });
            one.open = one.open
                || other.open
                || one.entries.len() != before
                || before != other.entries.len();
            Object::Dict(one)
        }
        (
            Object::Set {
                mut items,
                frozen,
                open,
            },
            Object::Set {
                items: others,
                open: also,
                ..
            },
        ) => {
            let before = items.len();
            items.retain(|key, _| others.contains_key(key));
            let open = open || also || items.len() != before || before != others.len();
            Object::Set {
                items,
                frozen,
                open,
            }
        }
        (Object::Instance(mut one), Object::Instance(other)) => {
            one.names.retain(|name, binding| {
                other
                    .names
                    .get(name)
                    .is_some_and(|against| against.value.same(&binding.value))
            });
            one.open = true;
            Object::Instance(one)
        }
        (one, _) => one,
    }
}

/// A text short enough to name a gap.
fn shortened(text: &str) -> Name {
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() <= 60 && line.len() == text.len() {
        return Name::from(line);
    }
    let mut short: String = line.chars().take(59).collect();
    short.push('…');
    Name::from(short)
}
