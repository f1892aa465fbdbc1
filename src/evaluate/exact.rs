//! Attribute access to the letter: what `obj.x`, `C.x`, `super(C, obj).x`, writing and deleting do, each step of it.
//!
//! The run itself is lenient: an attribute that nobody was seen to set is a gap, not an error. Here a class is asked what Python would do,
//! after all modules have run; while that goes on, code on the way is held to the letter as well.

pub(super) mod answers;
pub(super) mod at_rest;
pub(super) mod code;
pub(super) mod creations;
pub(super) mod descriptor;
pub(super) mod enums;
pub(super) mod forms;
pub(super) mod getset;
pub(super) mod held;
pub(super) mod module_story;
pub(super) mod named;
pub(super) mod native;
pub(super) mod nested;
pub(super) mod operations;
pub(super) mod property;
pub(super) mod reading;
pub(super) mod registries;
pub(super) mod writing;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::identity::has_address;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{
    Binding, Code, Definition, GapId, Instance, Object, ObjectId, Value,
};
use crate::semantics::{
    Access, AccessError, AccessStep, Answered, ClassId, DescriptorKind, Doubt, Gap, MemberKind,
    Trace, TraceStep, Unmade, Why,
};
use crate::source::{Place, PythonVersion};

/// Steps that the code on the way of one access may take.
const STEPS: u32 = 20_000;

/// Steps that the making of an instance may take.
const MAKING_STEPS: u32 = 4_000;

/// An access on its way.
#[derive(Debug, Default)]
pub(crate) struct Tracing {
    steps: Vec<TraceStep>,
    /// How deep calls were in one another when it began.
    depth: u32,
    /// Something could not be followed: another exception, or another call, may come of it.
    is_lost: bool,
    /// The first thing that could not be followed.
    doubt: Option<Doubt>,
    /// The instance that is asked, the attribute, and why its `__dict__` is not known.
    about: Option<(Value, Name, Unmade)>,
    /// Whether it was supposed that this `__dict__` lacks the attribute.
    supposes: bool,
    /// What functions answered that the code itself has asked, by their places.
    answers: Vec<(Place, Answered)>,
    /// What methods made in C did that it has asked, by their names, in words.
    natives: Vec<(Name, Name)>,
    /// Whether texts with addresses in them are made, as nothing of them is shown.
    makes_addresses: bool,
    /// Names that were taken out of classes.
    deleted: Vec<(ClassId, Name)>,
    /// Dicts that show the names of an instance or a class, and of which.
    dicts: FxHashMap<ObjectId, Value>,
}

/// What a class's own namespace has under a name.
#[derive(Debug, Clone)]
enum Entry {
    /// What the class statement bound, or somebody set.
    Value(Value),
    /// The member descriptor of a slot.
    Slot,
    /// The descriptors of `__dict__` and `__weakref__`, which `type.__new__` adds.
    Getset,
    /// What the interpreter's table has.
    Table,
    /// `__doc__` and its kind, a plain value that is not looked into.
    Plain,
    /// What a metaclass, a decorator or the interpreter put there, of which only the kind is known.
    Added,
    /// A name that may have been added to the class.
    Unseen,
}

/// What was found along an MRO.
#[derive(Debug, Clone)]
struct Found {
    on: ClassId,
    entry: Entry,
    kind: DescriptorKind,
}

impl Run<'_, '_> {
    /// What Python does on each access to each of these names, on the class and on a fresh instance of it; none for a class that is not made
    /// whole.
    pub(super) fn traces(&mut self, class: ClassId, names: &[Name]) -> Option<Vec<Vec<Trace>>> {
        if !self.is_whole(class) {
            return None;
        }
        let kept = std::mem::replace(&mut self.steps, MAKING_STEPS);
        // Who asks first, and how often, is not to change an answer.
        let exhausted = self.exhausted.clone();
        let (traces, _) = self.attempt(|run| run.traces_of(class, names));
        self.exhausted = exhausted;
        self.steps = kept;
        Some(traces)
    }

    fn traces_of(&mut self, class: ClassId, names: &[Name]) -> Vec<Vec<Trace>> {
        let (instance, making) = self.fresh_instance(class);
        let has_dict = self.classes.made(class).is_some_and(|it| it.shape.dict);
        let mro = self.classes.mro(class).unwrap_or_default().to_vec();
        // Code in C does not call `super()`; the interpreter's classes that are written in Python do.
        let after: Vec<ClassId> = mro
            .into_iter()
            .filter(|&it| !self.classes.is_native(it))
            .collect();
        let accesses: Vec<Access> = Access::PLAIN
            .into_iter()
            .filter(|access| has_dict || !access.has_entry())
            .chain(after.into_iter().map(|after| Access::SuperRead { after }))
            .collect();
        names
            .iter()
            .map(|name| {
                let all = accesses.iter();
                all.map(|&access| self.trace(class, (&instance, making.as_ref()), name, access))
                    .collect()
            })
            .collect()
    }

    /// One access, after which everything is as it was.
    fn trace(
        &mut self,
        class: ClassId,
        instance: (&Value, Option<&Unmade>),
        name: &Name,
        access: Access,
    ) -> Trace {
        self.steps = STEPS;
        let (trace, _) = self.attempt(|run| run.trace_once(class, instance, name, access));
        trace
    }

    fn trace_once(
        &mut self,
        class: ClassId,
        (instance, making): (&Value, Option<&Unmade>),
        name: &Name,
        access: Access,
    ) -> Trace {
        let on = if access.is_on_class() {
            Value::Class(class)
        } else {
            instance.clone()
        };
        let (gaps, undecided) = (self.gaps.len(), self.undecided);
        self.begin_tracing();
        if let (Some(making), Some(tracing)) = (making, &mut self.tracing) {
            tracing.about = Some((instance.clone(), name.clone(), making.clone()));
        }
        if self.may_be_remade(class, name) {
            self.lose_for(Doubt::Remade);
        }
        if access.has_entry()
            && let Value::Object(id) = on
            && let Object::Instance(instance) = self.object_mut(id)
        {
            let entry = Binding::new(Value::str("instance"), None);
            instance.names.insert(name.clone(), entry);
        }
        let result = match access {
            Access::Read | Access::ReadDict | Access::ClassRead => {
                self.read_exactly(&on, name).map(Some)
            }
            Access::SuperRead { after } => match self.refused_super(class, after, name) {
                Some(thrown) => Err(thrown),
                None => self.read_super(after, &on, name).map(Some),
            },
            Access::Write | Access::ClassWrite => self
                .write_exactly(&on, name, Some(Value::Int(1)))
                .map(|()| None),
            Access::Delete | Access::DeleteDict | Access::ClassDelete => {
                self.write_exactly(&on, name, None).map(|()| None)
            }
        };
        if matches!(&result, Err(thrown) if thrown.class.is_none()) {
            self.lose();
        }
        let tracing = self.tracing.take().unwrap_or_default();
        let raised = result.err().map(|thrown| self.error_of(*thrown));
        // A gap may be what would have raised, or called something.
        let is_known = !tracing.is_lost
            && self.gaps.len() == gaps
            && self.undecided == undecided
            && self.steps > 0;
        let first_gap = self.first_gap(gaps..self.gaps.len()).map(Doubt::Gap);
        let doubt = if is_known {
            let about = tracing.about.filter(|_| tracing.supposes);
            let is_another = !access.is_on_class() && self.may_make_another(class);
            let another = is_another.then_some(Doubt::Another);
            another.or_else(|| about.map(|(.., making)| Doubt::Absent(making)))
        } else {
            let said = tracing.doubt.or(first_gap);
            Some(said.unwrap_or(Doubt::NotFollowed))
        };
        Trace {
            access,
            steps: tracing.steps,
            raised,
            is_known,
            doubt,
        }
    }

    /// The first of these gaps that has something to say.
    fn first_gap(&self, mut among: std::ops::Range<usize>) -> Option<Gap> {
        among.find_map(|id| {
            let told = self.told(GapId(id as u32));
            (!told.what.is_empty()).then_some(told)
        })
    }

    fn error_of(&self, thrown: Thrown) -> AccessError {
        AccessError {
            kind: thrown.class.map_or_else(
                || Name::const_new("Exception"),
                |class| Name::from(self.classes.get(class).path.name()),
            ),
            message: thrown.message.filter(|it| !has_address(it)),
        }
    }

    /// An instance as `Class()` makes it. Where that cannot be followed, or needs arguments, what its `__dict__` holds is not known, and why.
    fn fresh_instance(&mut self, class: ClassId) -> (Value, Option<Unmade>) {
        if self.classes.is_interpreters(class) {
            let value = self.allocate(Object::Instance(Instance::of(class)));
            self.open_instance(&value);
            return (value, Some(Unmade::Unseen));
        }
        if let Some(member) = self.some_member(class) {
            return (member, None);
        }
        self.begin_tracing();
        let scope = self.any_scope();
        let gaps = self.gaps.len();
        let made = self.call(&Value::Class(class), Arguments::default(), None, scope);
        let tracing = self.tracing.take().unwrap_or_default();
        let met = match tracing.doubt {
            Some(Doubt::Gap(gap)) => Some(gap),
            _ => self.first_gap(gaps..self.gaps.len()),
        };
        let gap = met.map(Unmade::Gap);
        let (value, making) = match made {
            Ok(Value::Object(id)) if matches!(self.object(id), Object::Instance(it) if it.class == class) =>
            {
                let is_followed =
                    !tracing.is_lost && self.gaps.len() == gaps && !self.sets_up_unseen(class);
                if is_followed {
                    return (Value::Object(id), None);
                }
                (Value::Object(id), gap.unwrap_or(Unmade::Unseen))
            }
            other => {
                let making = match (other, gap) {
                    (_, Some(gap)) => gap,
                    (Err(thrown), None) if !tracing.is_lost => {
                        Unmade::Raises(self.error_of(*thrown))
                    }
                    _ => Unmade::Unseen,
                };
                let instance = self.allocate(Object::Instance(Instance::of(class)));
                (instance, making)
            }
        };
        self.open_instance(&value);
        (value, Some(making))
    }

    /// Whether code of the standard library, of which only the table is known, sets up instances.
    fn sets_up_unseen(&self, class: ClassId) -> bool {
        self.classes.mro(class).is_none_or(|mro| {
            mro.iter().any(|&id| {
                // These put entries into the `__dict__` of instances of their subclasses.
                id == self.known.module
                    || id == self.known.property
                    || id == self.known.classmethod
                    || id == self.known.staticmethod
                    || self.classes.is_interpreters(id)
                        && !self.classes.is_native(id)
                        && ["__init__", "__new__"]
                            .iter()
                            .any(|name| self.classes.members(id).contains_key(*name))
            })
        })
    }

    /// Whether a metaclass without source may have put something else under this name than the class body bound.
    fn may_be_remade(&self, class: ClassId, name: &str) -> bool {
        self.classes.mro(class).is_none_or(|mro| {
            mro.iter().any(|&id| {
                !self.classes.is_interpreters(id)
                    && !self.is_kept_by_enum(id, name)
                    && self
                        .classes
                        .made(id)
                        .is_none_or(|made| self.remakes_values(made))
            })
        })
    }

    pub(super) fn begin_tracing(&mut self) {
        self.tracing = Some(Box::new(Tracing {
            depth: self.depth,
            ..Tracing::default()
        }));
    }

    /// Whether texts with addresses in them are made: see [`with_address`](crate::evaluate::machine::identity::with_address).
    pub(super) fn makes_addresses(&self) -> bool {
        self.tracing.as_ref().is_some_and(|it| it.makes_addresses)
    }

    /// Whether an access is traced, or the making of the instance for one.
    pub(super) fn is_traced(&self) -> bool {
        self.tracing.is_some()
    }

    /// Notes a step, while an access is traced.
    pub(super) fn note(&mut self, step: AccessStep) {
        if let Some(tracing) = &mut self.tracing {
            let depth = self.depth.saturating_sub(tracing.depth);
            tracing.steps.push(TraceStep { depth, does: step });
        }
    }

    /// Notes that the body of a function with source begins, while something is traced.
    pub(super) fn note_begin(&mut self, function: &Definition) {
        let Some(tracing) = &self.tracing else {
            return;
        };
        let (start, end) = match &function.code {
            Code::Def(def) => (def.name_at, def.name_at),
            Code::Lambda(lambda) => (lambda.body.start, lambda.body.end),
        };
        let place = Place {
            file: function.file,
            start,
            end,
        };
        // The call itself is one deeper than what makes it.
        let depth = self.depth.saturating_sub(tracing.depth + 1);
        let does = AccessStep::Call {
            module: self.module(function.module).name.clone(),
            qualname: function.qualname.clone(),
            place: Some(place),
        };
        if let Some(tracing) = &mut self.tracing {
            tracing.steps.push(TraceStep { depth, does });
        }
    }

    /// From here on what is traced is not known.
    pub(super) fn lose(&mut self) {
        self.started.lose();
        if let Some(tracing) = &mut self.tracing {
            tracing.is_lost = true;
        }
    }

    /// From here on what is traced is not known, for this reason.
    fn lose_for(&mut self, doubt: Doubt) {
        self.started.lose();
        if let Some(tracing) = &mut self.tracing {
            tracing.is_lost = true;
            tracing.doubt.get_or_insert(doubt);
        }
    }

    /// From here on what is traced is not known: it is done with a value that is not.
    pub(super) fn lose_to(&mut self, gap: GapId) {
        self.started.lose();
        if self.tracing.is_none() {
            return;
        }
        let told = self.told(gap);
        if told.what.is_empty() {
            self.lose();
        } else {
            self.lose_for(Doubt::Gap(told));
        }
    }

    fn lost(&mut self) -> Value {
        self.lose();
        self.gap_for(None, Why::NotFollowed)
    }

    /// `value.name` in code on the way of a traced access, where that is an access of the project's objects.
    pub(super) fn get_traced(&mut self, value: &Value, name: &Name) -> Option<Eval> {
        self.tracing.as_ref()?;
        match value {
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) if self.is_followed(instance.class) => {
                    Some(self.read_exactly(value, name))
                }
                Object::Super { after, receiver } => {
                    let (after, receiver) = (*after, receiver.clone());
                    Some(self.read_super(after, &receiver, name))
                }
                _ => None,
            },
            // What `type` itself answers is known to the run.
            Value::Class(class)
                if self.is_followed(*class)
                    && (!name.starts_with("__")
                        || self.user_defines(self.metaclass_of(*class)?, "__getattribute__")) =>
            {
                Some(self.read_exactly(value, name))
            }
            _ => None,
        }
    }

    /// `value.name = item` in code on the way of a traced access.
    pub(super) fn set_traced(
        &mut self,
        value: &Value,
        name: &Name,
        item: &Value,
    ) -> Option<Eval<()>> {
        self.tracing.as_ref()?;
        let class = match value {
            Value::Class(class) => *class,
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => instance.class,
                _ => return None,
            },
            _ => return None,
        };
        self.is_followed(class)
            .then(|| self.write_exactly(value, name, Some(item.clone())))
    }

    /// `object.__getattribute__(obj, name)` and its relatives, called by code on the way of a traced access.
    pub(super) fn call_traced(&mut self, asked: &Asked<'_>) -> Option<Eval> {
        self.tracing.as_ref()?;
        if asked.path.module != "builtins" {
            return None;
        }
        let (class, method) = asked.path.qualname.split_once('.')?;
        if class == "property" {
            return self.call_of_property(method, asked);
        }
        if asked.path.qualname == "classmethod.__get__" {
            return self.call_of_class_method(asked);
        }
        if !matches!(class, "object" | "type") {
            return None;
        }
        let positional = &asked.arguments.positional;
        let on = positional.first()?.clone();
        let Some(Value::Str(name)) = positional.get(1) else {
            return None;
        };
        let name = Name::from(&**name);
        let is_class = matches!(on, Value::Class(_));
        match (method, positional.get(2)) {
            ("__getattribute__", None) if is_class && class == "type" => {
                Some(self.read_class(&on, &name))
            }
            ("__getattribute__", None) if !is_class => Some(self.read_instance(&on, &name)),
            ("__setattr__", Some(item)) if is_class == (class == "type") => {
                let item = item.clone();
                let done = self.write_by_default(&on, &name, Some(item));
                Some(done.map(|()| Value::None))
            }
            ("__delattr__", None) if is_class == (class == "type") => {
                let done = self.write_by_default(&on, &name, None);
                Some(done.map(|()| Value::None))
            }
            ("__getattribute__" | "__setattr__" | "__delattr__", _) => Some(Ok(self.lost())),
            _ => None,
        }
    }

    /// Notes that a class may have been given a name that it is not seen to have.
    pub(crate) fn note_given(&mut self, class: ClassId, name: &str) {
        let mro = self.classes.mro(class).unwrap_or_default().to_vec();
        let owner = self.find_in_mro(class, name).map(|it| it.0);
        let before = mro.iter().position(|it| Some(*it) == owner);
        let passed = before.unwrap_or(mro.len());
        if let Some(place) = self.may_be_given(&mro[..passed], name) {
            self.lose_to_what_is_at(place, Why::Input);
        }
    }

    fn is_followed(&self, class: ClassId) -> bool {
        !self.classes.is_interpreters(class) && self.is_whole(class)
    }

    /// The first entry along the MRO of a class (`_PyType_Lookup`).
    fn look_up(&mut self, class: ClassId, name: &str) -> Option<Found> {
        let Some(mro) = self.classes.mro(class) else {
            self.lose();
            return None;
        };
        let mut found = None;
        let mut passed = mro.len();
        for (position, &on) in mro.iter().enumerate() {
            if let Some(entry) = self.entry(on, name) {
                found = Some((on, entry));
                passed = position;
                break;
            }
        }
        let given = self.may_be_given(&mro[..passed], name);
        if let Some(place) = given {
            self.lose_to_what_is_at(place, Why::Input);
        }
        let (on, entry) = found?;
        self.note_perhaps(on, name);
        let kind = self.kind_of(on, name, &entry);
        Some(Found { on, entry, kind })
    }

    /// Notes that a class may not have a name after all.
    fn note_perhaps(&mut self, class: ClassId, name: &str) {
        let binding = self.class_names.get(&class).and_then(|it| it.get(name));
        let condition = binding.and_then(|it| it.maybe);
        if let Some(place) = condition {
            self.lose_to_what_is_at(place, Why::Undecided);
        }
    }

    fn lose_to_what_is_at(&mut self, place: Place, why: Why) {
        if self.tracing.is_some()
            && let Value::Gap(id) = self.gap_for(Some(place), why)
        {
            let told = self.told(id);
            self.lose_for(Doubt::Gap(told));
        }
    }

    /// Where one of these classes may be given a name that it is not seen to have: made of more than is known, or `setattr` with a name
    /// that is worked out.
    fn may_be_given(&self, classes: &[ClassId], name: &str) -> Option<Place> {
        self.tracing.as_ref()?;
        classes.iter().find_map(|class| {
            let unlisted = self.unlisted.get(class).copied();
            let patterns = self.patterns.get(class).into_iter().flatten();
            let mut fitting = patterns.filter(|given| {
                let pattern = self.pattern_of(given);
                let start = pattern.split('{').next().unwrap_or_default();
                let end = pattern.rsplit('}').next().unwrap_or_default();
                name.len() >= start.len() + end.len()
                    && name.starts_with(start)
                    && name.ends_with(end)
            });
            unlisted.or_else(|| fitting.next().map(|it| it.place))
        })
    }

    /// What a class has in its own namespace.
    fn entry(&self, class: ClassId, name: &str) -> Option<Entry> {
        // `type.__new__` takes it out of the namespace, and `type` has a getset for it.
        if name == "__qualname__" && !self.classes.is_interpreters(class) {
            return None;
        }
        let bound = self.class_names.get(&class).and_then(|it| it.get(name));
        if let Some(binding) = bound {
            return Some(Entry::Value(binding.value.clone()));
        }
        if self.classes.is_interpreters(class) {
            let has = self.classes.members(class).contains_key(name);
            return has.then_some(Entry::Table);
        }
        let made = self.classes.made(class)?;
        if let crate::semantics::Slots::Names(slots) = &made.slots
            && slots.iter().any(|slot| slot == name)
        {
            return Some(Entry::Slot);
        }
        let below = made.best_base.and_then(|base| self.classes.made(base));
        let adds = |has: bool, before: Option<bool>| has && before != Some(true);
        match name {
            "__dict__" if adds(made.shape.dict, below.map(|it| it.shape.dict)) => {
                Some(Entry::Getset)
            }
            "__weakref__" if adds(made.shape.weakref, below.map(|it| it.shape.weakref)) => {
                Some(Entry::Getset)
            }
            // `dataclass(slots=True)` of 3.10 and the first of 3.11 leaves that of the class before in the one that it makes.
            "__weakref__"
                if self.world.version < PythonVersion::three(12)
                    && self.dataclasses.contains_key(&class)
                    && matches!(made.slots, crate::semantics::Slots::Names(_)) =>
            {
                Some(Entry::Unseen)
            }
            "__doc__" | "__module__" => Some(Entry::Plain),
            _ if self.is_added(class, name) => Some(Entry::Added),
            // Who reads `C.__annotations__` leaves an empty dict behind (`type_get_annotations`).
            "__annotations__" if self.world.version >= PythonVersion::three(10) => {
                Some(Entry::Unseen)
            }
            _ => None,
        }
    }

    /// Whether a finished class has a name that its own names lack: what bound it has no place in the source, and nobody has deleted it since.
    fn is_added(&self, class: ClassId, name: &str) -> bool {
        let member = self.classes.members(class).get(name);
        let is_deleted = self.tracing.as_ref().is_some_and(|tracing| {
            let mut deleted = tracing.deleted.iter();
            deleted.any(|(of, it)| *of == class && it == name)
        });
        member.is_some_and(|member| member.place.is_none()) && !is_deleted
    }

    /// How an entry takes part in lookup.
    fn kind_of(&self, on: ClassId, name: &str, entry: &Entry) -> DescriptorKind {
        match entry {
            Entry::Slot | Entry::Getset => DescriptorKind::Data,
            Entry::Plain => DescriptorKind::None,
            Entry::Unseen => DescriptorKind::Unknown,
            Entry::Table | Entry::Added => match self.classes.members(on).get(name) {
                Some(member) if member.kind == MemberKind::Unknown => DescriptorKind::Unknown,
                Some(member) => member.descriptor,
                None => DescriptorKind::Unknown,
            },
            Entry::Value(value) => self.kind_of_value(value),
        }
    }

    fn kind_of_value(&self, value: &Value) -> DescriptorKind {
        let class = match value {
            Value::Gap(_) => return DescriptorKind::Unknown,
            Value::Native(_) | Value::Method(_) => return DescriptorKind::NonData,
            Value::Class(class) => match self.metaclass_of(*class) {
                Some(metaclass) => metaclass,
                None => return DescriptorKind::Unknown,
            },
            Value::Object(id) => match self.object(*id) {
                Object::Property { .. } => return DescriptorKind::Data,
                Object::Function(_) | Object::ClassMethod(_) | Object::StaticMethod(_) => {
                    return DescriptorKind::NonData;
                }
                Object::Instance(instance) => instance.class,
                _ => return DescriptorKind::None,
            },
            _ => return DescriptorKind::None,
        };
        self.descriptor_of(class)
    }

    fn is_attribute_error(&mut self, thrown: &Thrown) -> bool {
        let Some(class) = thrown.class else {
            self.lose();
            return false;
        };
        self.classes.is_subclass(class, self.known.attribute_error)
    }

    fn attribute_error(&mut self, message: String) -> Box<Thrown> {
        self.throw(self.known.attribute_error, message, None)
    }
}
