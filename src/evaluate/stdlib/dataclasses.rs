//! What `@dataclass` makes of the fields of a class, and what it refuses: `dataclasses._process_class`.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, Value};
use crate::semantics::{ClassId, Slots};
use crate::source::{Place, PythonVersion};

/// What later dataclasses ask of one.
#[derive(Debug, Clone)]
pub(crate) struct DataclassFacts {
    pub(crate) fields: Vec<Field>,
    pub(super) is_frozen: bool,
    /// Whether it may have fields that are not known.
    pub(crate) is_open: bool,
}

/// A field of a dataclass.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all combinations occur"
)]
pub(crate) struct Field {
    pub(crate) name: Name,
    pub(super) has_default: bool,
    /// Whether `__init__` takes it by place.
    pub(super) is_positional: bool,
    /// Whether `__init__` takes it at all.
    pub(super) is_taken: bool,
    /// Whether `__init__` hands it to `__post_init__` instead of keeping it: `InitVar`.
    pub(super) is_handed_on: bool,
    pub(super) default: Option<Value>,
    pub(super) factory: Option<Value>,
    /// Whether comparisons look at it; none where that is not known.
    pub(super) is_compared: Option<bool>,
    /// What `field(hash=…)` says.
    pub(super) hashed: Hashed,
    /// Whether the representation shows it; none where that is not known.
    pub(super) is_shown: Option<bool>,
}

impl Field {
    /// Whether the hash looks at it; none where that is not known.
    pub(super) fn is_hashed(&self) -> Option<bool> {
        match self.hashed {
            Hashed::AsCompared => self.is_compared,
            Hashed::Said(said) => Some(said),
            Hashed::Unknown => None,
        }
    }
}

/// Whether the hash looks at a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hashed {
    /// It is not given, or `None`: where comparisons do.
    AsCompared,
    Said(bool),
    Unknown,
}

/// What an annotation says of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Annotated {
    Plain,
    ClassVar,
    InitVar,
    KeywordsFollow,
}

impl Run<'_, '_> {
    /// `dataclass(**options)`: what it gives is called with the class.
    pub(super) fn dataclass_later(&mut self, arguments: &Arguments) -> Option<Value> {
        let class = self.world.facts.class("functools", "partial")?;
        let mut partial = Instance::of(class);
        partial.payload = Some(Value::tuple(vec![]));
        let options = arguments.keywords.iter();
        let options = options.map(|(name, value)| (Value::str(name), value.clone()));
        let mut options = Dict::from_pairs(options.collect::<Vec<_>>());
        options.open = arguments.is_open();
        let options = self.allocate(Object::Dict(options));
        let function = self.native("dataclasses", "dataclass");
        for (name, value) in [("func", function), ("keywords", options)] {
            let binding = Binding::new(value, None);
            partial.names.insert(Name::const_new(name), binding);
        }
        Some(self.allocate(Object::Instance(partial)))
    }

    /// Raises for an option that `dataclass` of this version does not have.
    pub(super) fn refused_options(&mut self, arguments: &Arguments, at: Option<Place>) -> Eval<()> {
        let version = self.world.version;
        let takes = |name: &str| match name {
            "init" | "repr" | "eq" | "order" | "unsafe_hash" | "frozen" => true,
            "match_args" | "kw_only" | "slots" => version >= PythonVersion::three(10),
            "weakref_slot" => version >= PythonVersion::three(11),
            _ => false,
        };
        let odd = arguments.keywords.iter().find(|(name, _)| !takes(name));
        let Some((odd, _)) = odd else { return Ok(()) };
        let message = format!("dataclass() got an unexpected keyword argument '{odd}'");
        Err(self.verdict("TypeError", message, at))
    }

    /// Raises for what `field` of this version does not take: arguments by position, and options that it does not have.
    fn refused_in_field(&mut self, arguments: &Arguments, at: Option<Place>) -> Eval<()> {
        let takes = |name: &str| match name {
            "default" | "default_factory" | "init" | "repr" | "hash" | "compare" | "metadata" => {
                true
            }
            "kw_only" => self.is_at_least(10),
            "doc" => self.is_at_least(14),
            _ => false,
        };
        if arguments.is_open() {
            return Ok(());
        }
        let mut keywords = arguments.keywords.iter();
        if let Some((odd, _)) = keywords.find(|(name, _)| !takes(name)) {
            let message = format!("field() got an unexpected keyword argument '{odd}'");
            return Err(self.type_error(&message, at));
        }
        let (given, named) = (arguments.positional.len(), arguments.keywords.len());
        if given == 0 {
            return Ok(());
        }
        let s = |count: usize| if count == 1 { "" } else { "s" };
        let were = if given + named == 1 { "was" } else { "were" };
        let message = if named > 0 {
            format!(
                "field() takes 0 positional arguments but {given} positional argument{} (and {named} keyword-only argument{}) were given",
                s(given),
                s(named)
            )
        } else {
            format!("field() takes 0 positional arguments but {given} {were} given")
        };
        Err(self.type_error(&message, at))
    }

    /// `field(default=…, default_factory=…, …)`
    pub(super) fn dataclass_field(
        &mut self,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        self.refused_in_field(arguments, at)?;
        // What is `MISSING` is not given.
        let is_given = |value: &Value| {
            let class = self.exact_class(value);
            class.is_none_or(|it| self.classes.get(it).path.name() != "_MISSING_TYPE")
        };
        let has = |name: &str| {
            let value = arguments.keyword(name);
            value.is_some_and(|it| !it.is_gap() && is_given(it))
        };
        if has("default") && has("default_factory") {
            let message = String::from("cannot specify both default and default_factory");
            return Err(self.verdict("ValueError", message, at));
        }
        // It becomes a mapping that cannot be written to.
        if let Some(metadata) = arguments.keyword("metadata")
            && !matches!(metadata, Value::None)
            && let Some(message) = self.no_mapping(metadata)
        {
            return Err(self.verdict("TypeError", message, at));
        }
        let Some(class) = self.world.facts.class("dataclasses", "Field") else {
            return Ok(None);
        };
        let mut field = Instance::of(class);
        field.open = arguments.is_open();
        for (name, value) in arguments.keywords.iter().filter(|it| is_given(&it.1)) {
            let binding = Binding::new(value.clone(), at);
            field.names.insert(name.clone(), binding);
        }
        Ok(Some(self.allocate(Object::Instance(field))))
    }

    /// Goes through the fields of a class, and raises what `dataclass` raises.
    pub(super) fn process_dataclass(
        &mut self,
        class: ClassId,
        options: &Arguments,
        at: Option<Place>,
    ) -> Eval<()> {
        let holds = |run: &Self, name: &str, otherwise: bool| match options.keyword(name) {
            Some(value) => run.truth(value),
            None => Some(otherwise),
        };
        let (Some(is_frozen), Some(keyword_only)) =
            (holds(self, "frozen", false), holds(self, "kw_only", false))
        else {
            return Ok(());
        };
        let mut facts = self.inherited_fields(class);
        let is_known = !facts.is_open && !options.is_open() && self.is_whole(class);
        let frozen_bases = self.frozen_bases(class);
        self.own_fields(class, &mut facts, keyword_only, at)?;
        if !frozen_bases.is_empty() && is_known {
            let message = if frozen_bases.contains(&true) && !is_frozen {
                Some("cannot inherit non-frozen dataclass from a frozen one")
            } else if self.all_frozen_matter(&frozen_bases) && is_frozen {
                Some("cannot inherit frozen dataclass from a non-frozen one")
            } else {
                None
            };
            if let Some(message) = message {
                return Err(self.verdict("TypeError", message.to_owned(), at));
            }
        }
        facts.is_frozen = is_frozen;
        let checked = if is_known {
            self.check_dataclass(class, &facts, options, at)
        } else {
            Ok(())
        };
        self.dataclasses.insert(class, facts);
        // `_process_class` ends with `abc.update_abstractmethods` since 3.10.
        if self.is_at_least(10) && self.classes.get(class).abstract_left.is_some() {
            self.note_abstract_names(class);
        }
        checked
    }

    /// Since 3.13 one base that is not frozen is enough, before that none of them may be.
    fn all_frozen_matter(&self, frozen_bases: &[bool]) -> bool {
        if self.world.version >= PythonVersion::three(13) {
            frozen_bases.contains(&false)
        } else {
            !frozen_bases.contains(&true)
        }
    }

    fn dataclass_ancestors(&self, class: ClassId) -> Vec<ClassId> {
        let mro = self.classes.mro(class).unwrap_or_default();
        mro.iter().skip(1).rev().copied().collect()
    }

    fn frozen_bases(&self, class: ClassId) -> Vec<bool> {
        let ancestors = self.dataclass_ancestors(class);
        let facts = ancestors.iter().filter_map(|it| self.dataclasses.get(it));
        facts.map(|it| it.is_frozen).collect()
    }

    fn inherited_fields(&self, class: ClassId) -> DataclassFacts {
        let mut all = DataclassFacts {
            fields: vec![],
            is_frozen: false,
            is_open: false,
        };
        for ancestor in self.dataclass_ancestors(class) {
            match self.dataclasses.get(&ancestor) {
                Some(facts) => {
                    all.is_open |= facts.is_open;
                    for field in &facts.fields {
                        all.put(field.clone());
                    }
                }
                None => all.is_open |= self.own_has(ancestor, "__dataclass_fields__"),
            }
        }
        all
    }

    /// `dataclasses._get_field` for every name that the body annotates.
    fn own_fields(
        &mut self,
        class: ClassId,
        facts: &mut DataclassFacts,
        keyword_only: bool,
        at: Option<Place>,
    ) -> Eval<()> {
        let body = self.statements.get(&class).and_then(|facts| facts.body);
        let annotated: Vec<(Name, Option<Place>)> = body
            .and_then(|body| self.annotations.get(&body))
            .map(|names| {
                names
                    .iter()
                    .map(|(name, it)| (name.clone(), it.at))
                    .collect()
            })
            .unwrap_or_default();
        let mut keyword_only = keyword_only;
        let mut follows = false;
        let names: Vec<Name> = annotated.iter().map(|(name, _)| name.clone()).collect();
        for (name, place) in annotated {
            let kind = self.annotated(place);
            if kind == Annotated::KeywordsFollow && self.world.version >= PythonVersion::three(10) {
                if std::mem::replace(&mut follows, true) {
                    let message =
                        format!("'{name}' is KW_ONLY, but KW_ONLY has already been specified");
                    return Err(self.verdict("TypeError", message, at));
                }
                keyword_only = true;
                continue;
            }
            let found = self.find_in_mro(class, &name);
            let is_slot = found
                .as_ref()
                .is_some_and(|(owner, _)| self.has_slot(*owner, &name));
            let value = found
                .filter(|_| !is_slot)
                .map(|(_, binding)| binding.map(|it| it.value));
            let mut field = Field {
                name: name.clone(),
                has_default: value.is_some(),
                is_positional: !keyword_only,
                is_taken: true,
                is_handed_on: kind == Annotated::InitVar,
                default: None,
                factory: None,
                is_compared: Some(true),
                hashed: Hashed::AsCompared,
                is_shown: Some(true),
            };
            let mut default = value.clone().flatten();
            if let Some(Value::Object(id)) = &default
                && let Object::Instance(instance) = self.object(*id)
                && self.is_library_class(instance.class, "dataclasses", "Field")
            {
                let said = |key: &str| instance.names.get(key).map(|it| it.value.clone());
                field.has_default = said("default").is_some() || said("default_factory").is_some();
                let flag = |key: &str| said(key).map(|it| self.truth(&it));
                match (flag("init"), flag("kw_only")) {
                    (Some(None), _) | (_, Some(None)) => facts.is_open = true,
                    (Some(Some(false)), _) => {
                        field.is_positional = false;
                        field.is_taken = false;
                    }
                    (_, Some(Some(by_name))) => field.is_positional = !by_name,
                    _ => {}
                }
                field.is_compared = flag("compare").unwrap_or(Some(true));
                field.is_shown = flag("repr").unwrap_or(Some(true));
                field.hashed = match said("hash") {
                    None | Some(Value::None) => Hashed::AsCompared,
                    Some(value) => self.truth(&value).map_or(Hashed::Unknown, Hashed::Said),
                };
                facts.is_open |= instance.open;
                default = said("default");
                field.factory = said("default_factory");
                if field.factory.is_some()
                    && matches!(kind, Annotated::ClassVar | Annotated::InitVar)
                {
                    let message = format!("field {name} cannot have a default factory");
                    return Err(self.verdict("TypeError", message, at));
                }
                self.replace_field(class, &name, default.clone());
            }
            if kind == Annotated::ClassVar {
                continue;
            }
            if kind == Annotated::Plain
                && let Some(default) = &default
                && let Some(type_name) = self.mutable_type(default)
            {
                let message = format!(
                    "mutable default {type_name} for field {name} is not allowed: use default_factory"
                );
                return Err(self.verdict("ValueError", message, at));
            }
            field.default = default;
            facts.put(field);
        }
        // What is a field and is not annotated.
        let own = self.class_names.get(&class).into_iter().flatten();
        let is_field = |value: &Value| match value {
            Value::Object(id) => match self.object(*id) {
                Object::Instance(it) => self.is_library_class(it.class, "dataclasses", "Field"),
                _ => false,
            },
            _ => false,
        };
        let odd = own
            .filter(|(name, binding)| {
                !names.contains(name) && binding.maybe.is_none() && is_field(&binding.value)
            })
            .map(|(name, _)| name.clone())
            .next();
        if let Some(name) = odd {
            let message = format!("'{name}' is a field but has no type annotation");
            return Err(self.verdict("TypeError", message, at));
        }
        Ok(())
    }

    /// The attribute that a `Field` stood in for: its default, or nothing.
    fn replace_field(&mut self, class: ClassId, name: &Name, default: Option<Value>) {
        let names = self.class_names.get(&class);
        let Some(binding) = names.and_then(|names| names.get(name)).cloned() else {
            return;
        };
        let binding = default.map(|value| Binding::new(value, binding.at));
        self.set_class_name(class, name, binding);
    }

    fn has_slot(&self, class: ClassId, name: &Name) -> bool {
        self.classes
            .made(class)
            .is_some_and(|made| match &made.slots {
                Slots::Names(names) => names.contains(name),
                Slots::Absent => false,
            })
    }

    /// The name of the type of a default that may not be: a list, dict or set; since 3.11 whatever cannot be hashed.
    fn mutable_type(&self, value: &Value) -> Option<String> {
        let Value::Object(id) = value else {
            return None;
        };
        let name = match self.object(*id) {
            Object::List { .. } => "list",
            Object::Dict(_) => "dict",
            Object::Set { frozen: false, .. } => "set",
            Object::Instance(instance) if self.world.version >= PythonVersion::three(11) => {
                let (_, binding) = self.find_in_mro(instance.class, "__hash__")?;
                let is_mutable = matches!(binding?.value, Value::None);
                return is_mutable.then(|| self.shown_class(instance.class));
            }
            _ => return None,
        };
        Some(format!("<class '{name}'>"))
    }

    /// What the text of an annotation says; `dataclasses` too looks at the text where it has nothing else.
    fn annotated(&self, place: Option<Place>) -> Annotated {
        let text = self.text(place);
        let text = text.trim_matches(['"', '\'', ' ']);
        let head = text.split('[').next().unwrap_or(text);
        match head.rsplit('.').next().unwrap_or(head) {
            "ClassVar" => Annotated::ClassVar,
            "InitVar" => Annotated::InitVar,
            "KW_ONLY" => Annotated::KeywordsFollow,
            _ => Annotated::Plain,
        }
    }

    /// The checks that come once all fields are known.
    fn check_dataclass(
        &mut self,
        class: ClassId,
        facts: &DataclassFacts,
        options: &Arguments,
        at: Option<Place>,
    ) -> Eval<()> {
        let holds = |run: &Self, name: &str, otherwise: bool| match options.keyword(name) {
            Some(value) => run.truth(value) == Some(true),
            None => otherwise,
        };
        let shown = self.classes.get(class).path.name().to_owned();
        let is_ordered = holds(self, "order", false);
        if is_ordered && !holds(self, "eq", true) {
            let message = String::from("eq must be true if order is true");
            return Err(self.verdict("ValueError", message, at));
        }
        if holds(self, "init", true) {
            let mut before: Option<&Field> = None;
            for field in facts.fields.iter().filter(|it| it.is_positional) {
                if field.has_default {
                    before = Some(field);
                } else if let Some(before) = before {
                    let name = &field.name;
                    let which = if self.world.version >= PythonVersion::three(13) {
                        format!(" '{}'", before.name)
                    } else {
                        String::new()
                    };
                    let message =
                        format!("non-default argument '{name}' follows default argument{which}");
                    return Err(self.verdict("TypeError", message, at));
                }
            }
        }
        let mut refused: Vec<(&str, &str)> = vec![];
        if is_ordered {
            // The full stop was lost in 3.13.
            let cure = if self.world.version >= PythonVersion::three(13) {
                " Consider using functools.total_ordering"
            } else {
                ". Consider using functools.total_ordering"
            };
            refused.extend(["__lt__", "__le__", "__gt__", "__ge__"].map(|it| (it, cure)));
        }
        if facts.is_frozen {
            refused.extend(["__setattr__", "__delattr__"].map(|it| (it, "")));
        }
        if holds(self, "unsafe_hash", false) && self.binds(class, "__hash__") {
            refused.push(("__hash__", ""));
        }
        for (name, cure) in refused {
            if self.binds(class, name) {
                let message = format!("Cannot overwrite attribute {name} in class {shown}{cure}");
                return Err(self.verdict("TypeError", message, at));
            }
        }
        let has_slots = holds(self, "slots", false);
        if holds(self, "weakref_slot", false) && !has_slots {
            let message = String::from("weakref_slot is True but slots is False");
            return Err(self.verdict("TypeError", message, at));
        }
        if has_slots && self.binds(class, "__slots__") {
            let message = format!("{shown} already specifies __slots__");
            return Err(self.verdict("TypeError", message, at));
        }
        Ok(())
    }

    /// Whether a class itself binds a name, to something other than `None`.
    fn binds(&self, class: ClassId, name: &str) -> bool {
        self.class_names
            .get(&class)
            .and_then(|names| names.get(name))
            .is_some_and(|it| !matches!(it.value, Value::None) || name == "__slots__")
    }
}

impl DataclassFacts {
    /// A field of a known name keeps its place.
    fn put(&mut self, field: Field) {
        match self.fields.iter_mut().find(|it| it.name == field.name) {
            Some(known) => *known = field,
            None => self.fields.push(field),
        }
    }
}
