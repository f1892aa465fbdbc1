//! What a run leaves behind: modules with their classes, and each class's namespace as members.

use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use crate::Name;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::given_back::cut_to_size;
use crate::evaluate::machine::run::{GivenPattern, Home, Run, Stage};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{
    Binding, Code, Instance, ModuleIx, Namespace, Object, ScopeId, Value,
};
use crate::evaluate::modules::run_module::RunModule;
use crate::evaluate::objects::class_attribute::written_start;
use crate::evaluate::shown::repr;
use crate::evaluate::shown::repr::{Limits, docstring_of};
use crate::semantics::{
    Annotated, Annotates, Assigned, ClassId, DescriptorKind, Made, MadeBy, Making, Member,
    MemberKind, MemberOrigin, Members, Origin, Outcome, Part, PartRole, add_standard_hooks, added,
    descriptor_kind, mangle, own_namespace,
};
use crate::source::{Place, PythonVersion};
use crate::syntax::{ClassDef, Method, attribute_maker, attribute_pattern, name_pattern};

/// How many attributes of a descriptor are looked at for functions.
const MOST_KEPT: usize = 16;

/// What a class statement says besides its names.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts that have nothing to do with one another"
)]
pub(crate) struct StatementFacts {
    /// The scope its body ran in.
    pub body: Option<ScopeId>,
    pub docstring: Option<Arc<str>>,
    pub has_type_parameters: bool,
    pub has_orig_bases: bool,
    pub annotates: bool,
    pub is_decorated: bool,
    /// The statement.
    pub def: Option<Arc<ClassDef>>,
}

impl Run<'_, '_> {
    /// Tells the modules of the run, and completes the classes: they have their members from here on.
    pub(crate) fn finish(&mut self) -> Vec<RunModule> {
        self.note_snapshot();
        self.note_twins();
        self.note_unreached();
        // Functions that were run since have made some more.
        for index in 0..self.modules.len() {
            self.leave_uncompiled(ModuleIx(index as u32));
        }
        self.tell_who_heard();
        let ids: Vec<ClassId> = self.classes.own_ids().collect();
        let limits = &self.world.limits;
        ids.par_iter().for_each(|&id| {
            let mut members = self.members_of(id, limits);
            cut_to_size(&mut members);
            // Nobody has asked for the members of a class that is not the interpreter's before this.
            let annotated = self.only_annotated(id, &members);
            let _ = self.classes.get(id).annotated.set(annotated);
            let _ = self.classes.get(id).members.set(members);
            let _ = self.classes.get(id).assigned.set(self.assigned_by(id));
            let _ = self.classes.get(id).methods.set(self.methods_of(id));
        });
        let once_more = self.once_more();
        let mut modules: Vec<RunModule> = vec![];
        for (index, state) in self.modules.iter().enumerate() {
            let is_current = self
                .loaded
                .get(&state.name)
                .is_some_and(|it| it.0 as usize == index || self.module(*it).file.is_none());
            let is_source = matches!(state.home, Home::Project | Home::Installed);
            if !is_source || !is_current || state.stage == Stage::Failed {
                continue;
            }
            let names = self.class_valued(ModuleIx(index as u32));
            modules.push(RunModule {
                name: state.name.clone(),
                file: state.file,
                package: state.package,
                is_project: state.home == Home::Project,
                classes: (state.classes.iter().copied())
                    .filter(|it| !once_more.contains(it))
                    .collect(),
                no_classes: state.no_classes.clone(),
                names,
                modules: self.module_valued(ModuleIx(index as u32)),
            });
        }
        modules.sort_by(|a, b| (!a.is_project, &a.name).cmp(&(!b.is_project, &b.name)));
        modules
    }

    /// What the body of a class statement annotates, and the class does not have.
    fn only_annotated(&self, id: ClassId, members: &Members) -> Box<[Annotated]> {
        let facts = self.statements.get(&id);
        let Some((def, body)) = facts.and_then(|it| it.def.as_deref().zip(it.body)) else {
            return Box::default();
        };
        let annotated = self.annotations.get(&body).into_iter().flatten();
        let annotated = annotated.filter_map(|(name, binding)| {
            let name = mangle(&def.name, name);
            let place = binding.at.filter(|_| !members.contains_key(&name))?;
            Some(Annotated { name, place })
        });
        annotated.collect()
    }

    /// Each `def` of the body of a class statement, by the names that the class has.
    fn methods_of(&self, id: ClassId) -> Box<[Method]> {
        let Some(def) = self.statement_of(id) else {
            return Box::default();
        };
        let mut methods = def.methods();
        for method in &mut methods {
            method.name = mangle(&def.name, &method.name);
        }
        methods.sort_by(|a, b| (&a.name, a.start).cmp(&(&b.name, b.start)));
        methods
    }

    /// What the methods of a class statement give their receivers.
    fn assigned_by(&self, id: ClassId) -> Box<[Assigned]> {
        let class = self.classes.get(id);
        let given = self.patterns.get(&id).into_iter().flatten();
        let given = given.map(|it| Assigned {
            name: Name::from(self.pattern_of(it)),
            is_pattern: true,
            method: it.by.clone(),
            on_class: true,
            place: it.place,
        });
        let unlisted = self.unlisted.get(&id).map(|&place| Assigned {
            name: Name::const_new("{…}"),
            is_pattern: true,
            method: Name::default(),
            on_class: true,
            place,
        });
        let given = given.chain(self.given_by_dataclass(id)).chain(unlisted);
        let def = self.statements.get(&id).and_then(|it| it.def.as_deref());
        let (Some(def), Some(statement)) = (def, class.origin.place()) else {
            return given.collect();
        };
        let place = |(start, end)| Place {
            file: statement.file,
            start,
            end,
        };
        let assigned = def.assigned.iter().map(|it| Assigned {
            name: match &it.name {
                Some(name) => mangle(&def.name, name),
                None => Name::from(name_pattern(&self.text(it.key.map(place)))),
            },
            is_pattern: it.name.is_none(),
            method: it.method.clone(),
            on_class: it.on_class,
            place: place(it.at),
        });
        assigned.chain(given).collect()
    }

    /// Notes that `setattr` gives a class a name that is not known.
    pub(crate) fn note_pattern(&mut self, class: ClassId, asked: &Asked<'_>) {
        let Some(place) = asked.at else { return };
        let start = written_start(&self.text(asked.at)).to_owned();
        self.may_replace_names_of(class, &start, asked.at);
        let function = self.scope(asked.scope).function;
        let by = match function.map(|it| self.object(it)) {
            Some(Object::Function(function)) => function.name.clone(),
            _ => Name::default(),
        };
        let made_by = self.made_by(place, asked.scope);
        let noted = self.patterns.entry(class).or_default();
        match noted.iter_mut().find(|it| it.place == place) {
            Some(known) if known.made_by != made_by => known.made_by = None,
            Some(_) => {}
            None => noted.push(GivenPattern { place, by, made_by }),
        }
    }

    /// The pattern of the names that a call gives a class: `get_{column}`.
    pub(crate) fn pattern_of(&self, given: &GivenPattern) -> String {
        match given.made_by {
            Some(made_by) => name_pattern(&self.text(Some(made_by))),
            None => attribute_pattern(&self.text(Some(given.place))),
        }
    }

    /// The expression that makes the name which a call of `setattr` gives, where that is no part of the call: what the function returns
    /// that is called for it and does nothing else, or what a variable of the function around is bound to.
    ///
    /// ```py
    /// def as_property(fact): return "is_%s" % fact
    /// setattr(cls, as_property(fact), value)  # begins with `is_`
    /// ```
    fn made_by(&self, call: Place, scope: ScopeId) -> Option<Place> {
        let (name, is_called) = attribute_maker(&self.text(Some(call)))?;
        if is_called {
            return self.returned_by(&name, scope);
        }
        let function = self.scope(scope).function?;
        let Object::Function(function) = self.object(function) else {
            return None;
        };
        let Code::Def(def) = &function.definition.code else {
            return None;
        };
        let file = function.definition.file;
        let values = def.values_of(&name, &self.library.file(file).text)?;
        let mut places = values.into_iter().map(|(called, start, end)| match called {
            Some(called) => self.returned_by(&called, scope),
            None => Some(Place { file, start, end }),
        });
        let first = places.next()??;
        places.all(|it| it == Some(first)).then_some(first)
    }

    /// What a function returns that a name means in a scope, where it does nothing else.
    fn returned_by(&self, name: &Name, scope: ScopeId) -> Option<Place> {
        let mut at = Some(scope);
        let mut skips_classes = false;
        let binding = loop {
            let here = self.scope(at?);
            let is_skipped = skips_classes && here.kind == ScopeKind::Class;
            if let Some(binding) = here.names.get(name).filter(|_| !is_skipped) {
                break binding;
            }
            skips_classes = true;
            at = here.parent;
        };
        let Value::Object(id) = binding.value else {
            return None;
        };
        let Object::Function(function) = self.object(id) else {
            return None;
        };
        let Code::Def(def) = &function.definition.code else {
            return None;
        };
        if binding.maybe.is_some() || !def.decorators.is_empty() {
            return None;
        }
        let file = function.definition.file;
        let (start, end) = def.only_returns(&self.library.file(file).text)?;
        Some(Place { file, start, end })
    }

    fn class_valued(&self, ix: ModuleIx) -> IndexMap<Name, ClassId, FxBuildHasher> {
        self.scope(self.module(ix).scope)
            .names
            .iter()
            .filter_map(|(name, binding)| match binding.value {
                Value::Class(id) => Some((name.clone(), id)),
                _ => None,
            })
            .collect()
    }

    fn module_valued(&self, ix: ModuleIx) -> Vec<(Name, Name)> {
        let names = self.scope(self.module(ix).scope).names.iter();
        let modules = names.filter_map(|(name, binding)| match binding.value {
            Value::Module(of) => Some((name.clone(), self.module(of).name.clone())),
            _ => None,
        });
        modules.collect()
    }

    /// The namespace of a class, its values shown within these limits.
    pub(crate) fn members_of(&self, id: ClassId, limits: &Limits) -> Members {
        let empty = Namespace::default();
        let names = self.class_names.get(&id).unwrap_or(&empty);
        let is_statement = matches!(self.classes.get(id).origin, Origin::Statement { .. });
        // Put there by `type.__new__` itself.
        let hides_hash = names
            .get("__hash__")
            .is_some_and(|it| it.at.is_none() && matches!(it.value, Value::None));
        let mut body = Members::with_capacity_and_hasher(names.len(), FxBuildHasher);
        for (name, binding) in names {
            if matches!(
                name.as_str(),
                "__module__" | "__qualname__" | "__orig_bases__"
            ) && (binding.at.is_none() || !is_statement)
            {
                continue;
            }
            if hides_hash && name == "__hash__" {
                continue;
            }
            body.insert(name.clone(), self.member(id, binding, limits));
        }
        let Outcome::Created(made) = &self.classes.get(id).outcome else {
            return body;
        };
        if self.remakes_values(made) {
            body.values_mut().for_each(|member| member.shown = None);
        }
        let unsaid = StatementFacts::default();
        let facts = self.statements.get(&id).unwrap_or(&unsaid);
        // Only these versions keep the line, and to find it a file has to be gone through.
        let keeps_line = self.world.version >= PythonVersion::three(13);
        let place = self.classes.get(id).origin.place();
        let first = match self.classes.get(id).origin {
            Origin::Statement { first, .. } => first,
            Origin::Call(_) | Origin::Interpreter => 0,
        };
        let line = place
            .filter(|_| keeps_line)
            .map_or(0, |place| self.library.file(place.file).line(first));
        let version = self.world.version;
        let shown = |text: &str| repr::of_text(text, limits, version);
        let module = shown(&self.classes.get(id).path.module);
        let docstring = facts
            .docstring
            .as_ref()
            .map(|text| shown(&docstring_of(text, version)));
        let by = if is_statement {
            MadeBy::Statement {
                line,
                docstring: docstring.as_deref(),
                annotates: if facts.annotates {
                    Annotates::WhenUsual
                } else {
                    Annotates::No
                },
                has_type_parameters: facts.has_type_parameters,
            }
        } else {
            MadeBy::Call
        };
        let making = Making {
            made,
            classes: &self.classes,
            module: &module,
            by,
            has_orig_bases: facts.has_orig_bases,
            hides_hash,
            version: self.world.version,
        };
        let mut own = own_namespace(body, &making);
        add_standard_hooks(
            &mut own,
            made,
            &self.classes,
            self.world.version,
            // A protocol above has been given its `__init__` in the same way.
            &|class, name| {
                self.own_has(class, name)
                    || name == "__init__"
                        && !self.classes.is_interpreters(class)
                        && self.is_protocol(class)
            },
        );
        if self.classes.get(id).skips_abc {
            for name in ["__abstractmethods__", "_abc_impl"] {
                if own
                    .get(name)
                    .is_some_and(|it| it.origin == MemberOrigin::Created)
                {
                    own.shift_remove(name);
                }
            }
        }
        // Nothing along an odd `mro()` hands down how instances are hashed (`type_ready_set_hash`).
        if made.mro.iter().skip(1).all(|&it| it == id) && !own.contains_key("__hash__") {
            own.insert(
                "__hash__".into(),
                added(MemberKind::Value, DescriptorKind::None),
            );
        }
        self.add_enum_names(id, made, &mut own);
        self.add_typed_dict_keys(id, made, &mut own);
        // `dataclass` and `NamedTuple` write a docstring where there is none.
        if facts.docstring.is_none()
            && (facts.is_decorated || own.contains_key("_fields"))
            && let Some(member) = own.get_mut("__doc__")
        {
            member.shown = None;
        }
        own
    }

    /// Whether what a class holds need not be what its body bound, since a metaclass without source here makes something of it: members of
    /// enumerations, fields of structures.
    pub(crate) fn remakes_values(&self, made: &Made) -> bool {
        self.classes.mro(made.metaclass).is_none_or(|mro| {
            mro.iter().any(|&id| {
                self.classes.is_interpreters(id)
                    && id != self.known.object
                    && id != self.known.type_
                    && !self.is_library_class(id, "abc", "ABCMeta")
                    && !self.is_library_class(id, "_py_abc", "ABCMeta")
            })
        })
    }

    fn member(&self, class: ClassId, binding: &Binding, limits: &Limits) -> Member {
        let mut member = Member {
            kind: MemberKind::Value,
            descriptor: DescriptorKind::None,
            origin: self.origin_of(class, binding),
            maybe: binding.maybe,
            place: binding.at,
            type_of: None,
            class: None,
            parts: Box::default(),
            wraps: None,
            closes: None,
            calls_super: false,
            is_abstract: false,
            signature: None,
            holds: None,
            shown: None,
        };
        match &binding.value {
            Value::Class(id) => {
                member.kind = MemberKind::Class;
                member.class = Some(*id);
            }
            Value::Gap(_) => self.gap_member(class, binding, &mut member, limits),
            Value::Native(path) => {
                let is_python = self
                    .world
                    .facts
                    .module(&path.module)
                    .is_some_and(|module| !module.is_native());
                member.kind = if is_python {
                    MemberKind::Function
                } else {
                    MemberKind::BuiltinMethod
                };
                member.descriptor = DescriptorKind::NonData;
            }
            Value::Object(id) => {
                self.object_member(self.object(*id), &mut member);
                // What a class has of the body of the one of which it was made again is where it is written.
                if let Some(place) = self.written_in_body(class, &binding.value) {
                    member.place = Some(place);
                }
                member.wraps = self.wraps(&binding.value, binding.at);
                if member.wraps.is_none() {
                    member.closes = self.closes(&binding.value, binding.at);
                }
            }
            other => member.type_of = self.class_of(other),
        }
        if matches!(member.kind, MemberKind::Value | MemberKind::Class) {
            let shown = self.bounded_repr(&binding.value, limits);
            member.shown = shown.map(Name::from);
            if member.shown.is_none() {
                member.holds = self.what_it_holds(&binding.value).map(Box::new);
            }
        }
        member
    }

    /// The functions that some values are, and accessors that are something else: made in C, or not known.
    fn parts<'v>(&self, values: impl IntoIterator<Item = (PartRole, &'v Value)>) -> Box<[Part]> {
        let parts = values.into_iter().filter_map(|(role, value)| {
            let place = self.function(value).map(|function| {
                let (start, end) = match &function.code {
                    Code::Def(def) => (def.start, def.end),
                    Code::Lambda(lambda) => (lambda.start, lambda.end),
                };
                let file = function.file;
                Place { file, start, end }
            });
            let is_part = match role {
                PartRole::Get | PartRole::Set | PartRole::Delete => !matches!(value, Value::None),
                // Whatever it keeps has this role.
                PartRole::Wrapped => place.is_some(),
            };
            is_part.then_some(Part { role, place })
        });
        parts.collect()
    }

    /// A value that is not known: its class may be, or what all that it may be have in common.
    fn gap_member(&self, class: ClassId, binding: &Binding, member: &mut Member, limits: &Limits) {
        member.kind = MemberKind::Unknown;
        member.descriptor = DescriptorKind::Unknown;
        let Some((first, rest)) = self
            .candidates(&binding.value)
            .and_then(|all| all.split_first())
        else {
            // Functions are of several kinds.
            let known = &self.known;
            let functions = [known.function, known.builtin_function, known.method];
            let of = self.exact_class(&binding.value);
            if let Some(of) = of.filter(|it| !functions.contains(it)) {
                member.type_of = Some(of);
                member.descriptor = self.descriptor_of(of);
                let kind = self.kind_by_ancestor(of);
                member.kind = kind.unwrap_or_else(|| instance_kind(member.descriptor));
            }
            return;
        };
        member.type_of = self.exact_class(&binding.value);
        let as_bound =
            |value: &Value| self.member(class, &Binding::new(value.clone(), binding.at), limits);
        let first = as_bound(first);
        let rest: Vec<Member> = rest.iter().map(as_bound).collect();
        if rest
            .iter()
            .all(|it| it.kind == first.kind && it.descriptor == first.descriptor)
        {
            member.kind = first.kind;
            member.descriptor = first.descriptor;
            member.is_abstract = first.is_abstract && rest.iter().all(|it| it.is_abstract);
            member.calls_super = first.calls_super && rest.iter().all(|it| it.calls_super);
        }
    }

    fn object_member(&self, object: &Object, member: &mut Member) {
        match object {
            Object::Function(function) => {
                member.descriptor = DescriptorKind::NonData;
                member.is_abstract = function.is_abstract;
                member.kind = self.kind_of_function(function);
                if let Code::Def(def) = &function.code {
                    member.calls_super = def.summary.calls_super;
                }
            }
            Object::Property { get, set, delete } => {
                member.kind = MemberKind::Property;
                member.descriptor = DescriptorKind::Data;
                member.is_abstract = [get, set, delete]
                    .into_iter()
                    .any(|part| self.is_abstract(part));
                member.calls_super = self.calls_super(get);
                let roles = [PartRole::Get, PartRole::Set, PartRole::Delete];
                member.parts = self.parts(roles.into_iter().zip([get, set, delete]));
            }
            Object::ClassMethod(inner) => {
                member.kind = MemberKind::Classmethod;
                member.descriptor = DescriptorKind::NonData;
                member.parts = self.parts([(PartRole::Wrapped, inner)]);
                member.is_abstract = self.is_abstract(inner);
                member.calls_super = self.calls_super(inner);
            }
            Object::StaticMethod(inner) => {
                member.kind = MemberKind::Staticmethod;
                member.descriptor = DescriptorKind::NonData;
                member.parts = self.parts([(PartRole::Wrapped, inner)]);
                member.is_abstract = self.is_abstract(inner);
                member.calls_super = self.calls_super(inner);
            }
            Object::Instance(Instance {
                class,
                payload: Some(Value::Object(id)),
                ..
            }) if matches!(self.object(*id), Object::Property { .. }) => {
                self.object_member(self.object(*id), member);
                member.is_abstract |= self.is_under(*class, "abc", "abstractproperty");
                member.type_of = Some(*class);
            }
            Object::Instance(Instance { class, names, .. }) => {
                member.type_of = Some(*class);
                member.descriptor = self.descriptor_of(*class);
                member.kind = self
                    .kind_by_ancestor(*class)
                    .unwrap_or_else(|| instance_kind(member.descriptor));
                // What it keeps under other names may be anything; these are functions.
                let kept = names.iter().take(MOST_KEPT).map(|(name, binding)| {
                    let role = match name.as_str() {
                        "fget" => PartRole::Get,
                        "fset" => PartRole::Set,
                        "fdel" => PartRole::Delete,
                        "func" if member.kind == MemberKind::CachedProperty => PartRole::Get,
                        _ => PartRole::Wrapped,
                    };
                    (role, &binding.value)
                });
                member.parts = self.parts(kept);
                if member.kind == MemberKind::CachedProperty {
                    member.calls_super = names
                        .get("func")
                        .is_some_and(|it| self.calls_super(&it.value));
                }
            }
            Object::List { .. } => member.type_of = Some(self.known.list),
            Object::Set { frozen, .. } => {
                member.type_of = Some(if *frozen {
                    self.known.frozenset
                } else {
                    self.known.set
                });
            }
            Object::Dict(_) => member.type_of = Some(self.known.dict),
            Object::Alias(_)
            | Object::Super { .. }
            | Object::Generator(_)
            | Object::Iterator(_)
            | Object::View { .. } => {}
        }
    }

    /// What the instances of a class are by a class they derive from: a subclass of `property` makes properties.
    fn kind_by_ancestor(&self, class: ClassId) -> Option<MemberKind> {
        let mro = self.classes.mro(class)?;
        mro.iter().find_map(|&id| {
            let known = &self.known;
            if id == known.property {
                Some(MemberKind::Property)
            } else if id == known.classmethod {
                Some(MemberKind::Classmethod)
            } else if id == known.staticmethod {
                Some(MemberKind::Staticmethod)
            } else if id == known.type_ {
                Some(MemberKind::Class)
            } else {
                let is_cached = self.is_library_class(id, "functools", "cached_property");
                is_cached.then_some(MemberKind::CachedProperty)
            }
        })
    }

    /// How attribute lookup treats the instances of a class. Names set on a class by code are looked at as well as its table.
    pub(crate) fn descriptor_of(&self, class: ClassId) -> DescriptorKind {
        if self.classes.is_interpreters(class) {
            return descriptor_kind(class, &self.classes);
        }
        if !self.is_whole(class) {
            return DescriptorKind::Unknown;
        }
        let has = |name: &str| self.find_in_mro(class, name).is_some();
        if has("__set__") || has("__delete__") {
            DescriptorKind::Data
        } else if has("__get__") {
            DescriptorKind::NonData
        } else {
            DescriptorKind::None
        }
    }

    fn is_abstract(&self, value: &Value) -> bool {
        match value {
            Value::Object(id) => match self.object(*id) {
                Object::Function(function) => function.is_abstract,
                Object::ClassMethod(inner) | Object::StaticMethod(inner) => self.is_abstract(inner),
                _ => false,
            },
            _ => false,
        }
    }

    fn calls_super(&self, value: &Value) -> bool {
        self.function(value)
            .is_some_and(|function| match &function.code {
                Code::Def(def) => def.summary.calls_super,
                Code::Lambda(_) => false,
            })
    }

    /// Bound by the body, or by something outside of the statement.
    fn origin_of(&self, class: ClassId, binding: &Binding) -> MemberOrigin {
        match (&self.classes.get(class).origin, binding.at) {
            (_, None) => MemberOrigin::Created,
            (Origin::Statement { place, .. }, Some(at)) => {
                if at.file == place.file && place.start <= at.start && at.end <= place.end {
                    MemberOrigin::Body
                } else {
                    MemberOrigin::Late
                }
            }
            _ => MemberOrigin::Created,
        }
    }
}

/// What an instance of an ordinary class is, by the methods of its class.
fn instance_kind(descriptor: DescriptorKind) -> MemberKind {
    match descriptor {
        DescriptorKind::Data => MemberKind::DataDescriptor,
        DescriptorKind::NonData => MemberKind::Descriptor,
        DescriptorKind::None => MemberKind::Value,
        DescriptorKind::Unknown => MemberKind::Unknown,
    }
}
