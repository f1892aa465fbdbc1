//! Iterators: where each stands, what it gives next, and how it ends. One object each, which remembers (language reference 3.3.1, `iter`, `next`).
//!
//! What works on other iterators (`map`, `zip`, `itertools`) stands in `builtin/iterators.rs`.

use std::sync::Arc;

use crate::evaluate::language::composite_iterators::Composite;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::budget::MOST_HELD;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::identity::has_address;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Instance, Key, Object, ObjectId, Part, Range, Value};
use crate::semantics::ClassId;
use crate::source::Place;

/// An iterator of the interpreter's own.
#[derive(Debug, Clone)]
pub(crate) struct Iterator {
    /// Its class, where the table has it.
    pub class: Option<ClassId>,
    pub source: Source,
}

/// Items that are still to come.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// There are no more; with the value that a generator ended with.
    Over(Value),
    /// What comes now is not known.
    Lost,
    /// It is being asked.
    Running,
    /// These, and whether others that are not known come after them.
    Items {
        items: Arc<[Value]>,
        at: usize,
        open: bool,
    },
    /// The characters of a text, from this byte on.
    Text(Arc<str>, usize),
    Bytes(Arc<[u8]>, usize),
    Range(Arc<Range>, u64),
    /// Those of a list as it is then.
    List(ObjectId, usize),
    /// The same from the end, behind this index.
    ListBack(ObjectId, usize),
    /// Those of the list inside of a deque, which must not change; its state when this began.
    Deque {
        deque: ObjectId,
        at: usize,
        state: i64,
        back: bool,
    },
    /// Those of a set that must not change its size; and whether their order is known.
    Set {
        set: ObjectId,
        items: Arc<[Value]>,
        at: usize,
        ordered: bool,
    },
    /// Parts of the entries of a dict that must not change its size.
    Entries {
        dict: ObjectId,
        part: Part,
        at: usize,
        count: usize,
        back: bool,
        last: Option<Key>,
        /// One of the orders in which they may come, where that hangs on something that is not known.
        order: Option<Arc<[usize]>>,
    },
    /// `value[0]`, `value[1]`, … until it raises `IndexError`.
    Sequence(Value, i64),
    /// The same backwards, for `reversed`.
    SequenceBack(Value, i64),
    /// `iter(function, sentinel)`
    Called(Value, Value),
    /// An object with a `__next__` of its own.
    Asked(Value),
    /// An object with an `__anext__` of its own, each of whose items is awaited.
    Awaited(Value),
    /// What a generator yields.
    Generated(ObjectId),
    /// What another iterator gives.
    Of(ObjectId),
    /// What is made of others.
    Composite(Box<Composite>),
}

impl Source {
    /// What the items that are still to come stand in.
    pub(crate) fn held(&self) -> Vec<Value> {
        match self {
            Self::Items { items, .. } => vec![Value::Tuple(items.clone())],
            Self::List(id, _)
            | Self::ListBack(id, _)
            | Self::Deque { deque: id, .. }
            | Self::Set { set: id, .. }
            | Self::Entries { dict: id, .. }
            | Self::Generated(id)
            | Self::Of(id) => vec![Value::Object(*id)],
            Self::Sequence(of, _)
            | Self::SequenceBack(of, _)
            | Self::Called(of, _)
            | Self::Asked(of)
            | Self::Awaited(of) => vec![of.clone()],
            Self::Composite(of) => of.held(),
            Self::Over(_)
            | Self::Lost
            | Self::Running
            | Self::Text(..)
            | Self::Bytes(..)
            | Self::Range(..) => vec![],
        }
    }
}

/// What comes of asking for an item.
pub(crate) enum Next {
    Item(Value),
    /// The end, with a value that only `yield from` looks at.
    Over(Value),
    /// It could not be followed.
    Lost,
}

/// All that an iteration gives.
#[expect(clippy::struct_field_names, reason = "they are its items")]
pub(crate) struct Items {
    pub items: Vec<Value>,
    /// Whether there may be others.
    pub open: bool,
    /// Whether their order is that of hashes, which nobody can know.
    pub shuffled: bool,
}

impl Items {
    /// What an iteration over nothing gives.
    pub(crate) fn none() -> Self {
        Self {
            items: vec![],
            open: false,
            shuffled: false,
        }
    }
}

impl Run<'_, '_> {
    /// All items of a value, in a place where their order matters: where it is not known, neither are they.
    pub(crate) fn iterate(&mut self, value: &Value) -> (Vec<Value>, bool) {
        match self.items_of(value, None) {
            Ok(items) => (items.items, items.open),
            Err(_) => (vec![], true),
        }
    }

    /// All items of a value, in a place where their order does not matter.
    pub(crate) fn iterate_any_order(&mut self, value: &Value) -> (Vec<Value>, bool) {
        match self.items_in_any_order(value, None) {
            Ok(items) => (items.items, items.open),
            Err(_) => (vec![], true),
        }
    }

    /// What `list(value)` holds.
    pub(crate) fn items_of(&mut self, value: &Value, at: Option<Place>) -> Eval<Items> {
        self.in_order_of_hashes(false, |run| run.drain_value(value, at))
    }

    /// What a list or tuple that is made of a value holds, which asks how long that is once it is iterated.
    pub(crate) fn items_to_keep(&mut self, value: &Value, at: Option<Place>) -> Eval<Items> {
        self.in_order_of_hashes(false, |run| run.drained(value, true, at))
    }

    /// What `list(value)` holds, which until 3.9 asks for the length before anything else (`list___init___impl`).
    pub(crate) fn items_of_list(&mut self, value: &Value, at: Option<Place>) -> Eval<Items> {
        if !self.is_at_least(10)
            && let Special::Code(method) = self.special(value, "__len__")?
        {
            match self.length_from(&method, at) {
                Err(thrown) if self.is_kind_of_type_error(&thrown) => {}
                length => {
                    length?;
                }
            }
        }
        self.items_to_keep(value, at)
    }

    fn is_kind_of_type_error(&self, thrown: &Thrown) -> bool {
        thrown
            .class
            .is_some_and(|it| self.classes.is_subclass(it, self.known.type_error))
    }

    /// What `set(value)` holds.
    pub(crate) fn items_in_any_order(&mut self, value: &Value, at: Option<Place>) -> Eval<Items> {
        self.in_order_of_hashes(true, |run| run.drain_value(value, at))
    }

    /// Runs something that asks for items; with whether it minds the order of sets.
    pub(super) fn in_order_of_hashes<T>(
        &mut self,
        any: bool,
        what: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let (any_order, met) = (self.any_order, self.met_disorder);
        self.any_order = any;
        self.met_disorder = false;
        let result = what(self);
        self.any_order = any_order;
        self.met_disorder = met;
        result
    }

    fn drain_value(&mut self, value: &Value, at: Option<Place>) -> Eval<Items> {
        self.drained(value, false, at)
    }

    fn drained(&mut self, value: &Value, asks_length: bool, at: Option<Place>) -> Eval<Items> {
        // Nothing of these changes while they are asked.
        let known = match value {
            Value::Tuple(items) => Some((items.to_vec(), false)),
            Value::Object(id) => match self.object(*id) {
                Object::List { items, open } => Some((items.clone(), *open)),
                _ => None,
            },
            _ => None,
        };
        if let Some((items, open)) = known {
            self.copies(items.len());
            return Ok(Items {
                items,
                open,
                shuffled: false,
            });
        }
        let scope = self.any_scope();
        let mut source = self.source(value, at)?;
        if asks_length {
            self.ask_length(value, at)?;
        }
        let mut items = vec![];
        while items.len() < MOST_HELD && self.round() {
            match self.next_item(&mut source, at, scope)? {
                Some(item) => items.push(item),
                None => {
                    return Ok(Items {
                        items,
                        open: source.is_open(),
                        shuffled: self.met_disorder,
                    });
                }
            }
        }
        // What has no end, or ends beyond what we look at: whoever asks it again meets what is not known.
        self.lose_iterators(&source);
        Ok(Items {
            items,
            open: true,
            shuffled: self.met_disorder,
        })
    }

    pub(super) fn lose_iterator(&mut self, id: ObjectId) {
        if let Object::Iterator(it) = self.object_mut(id) {
            it.source = Source::Lost;
        }
    }

    /// `iter(value)`, to be asked for its items one by one; raises where CPython does.
    pub(crate) fn source(&mut self, value: &Value, at: Option<Place>) -> Eval<Source> {
        Ok(match value {
            Value::Gap(id) => {
                self.lose_to(*id);
                if let Some(class) = self.gaps[id.0].class
                    && self.is_class_without_items(class)
                {
                    return Err(self.not_iterable(value, at));
                }
                let sides = self.candidates(value).unwrap_or_default();
                let without = |it: &Value| {
                    self.class_of(it)
                        .is_some_and(|class| self.is_class_without_items(class))
                };
                if sides.iter().any(without) {
                    self.perhaps_raises("TypeError", at)?;
                }
                Source::Lost
            }
            Value::Tuple(items) => Source::Items {
                items: items.clone(),
                at: 0,
                open: false,
            },
            Value::Str(text) if has_address(text) => {
                self.lose();
                Source::Lost
            }
            Value::Str(text) => Source::Text(text.clone(), 0),
            Value::Bytes(bytes) => Source::Bytes(bytes.clone(), 0),
            Value::Range(range) => Source::Range(range.clone(), 0),
            Value::Object(id) => {
                let id = *id;
                match self.object(id) {
                    Object::List { .. } => Source::List(id, 0),
                    Object::Set { .. } => self.source_of_set(id),
                    Object::Dict(_) => self.source_of_entries(value, Part::Keys, false),
                    Object::View { of, part } => {
                        let (of, part) = (of.clone(), *part);
                        self.source_of_entries(&of, part, false)
                    }
                    Object::Iterator(_) => Source::Of(id),
                    Object::Generator(it) if it.kind() == "coroutine" => {
                        return Err(self.not_iterable(value, at));
                    }
                    Object::Generator(_) => Source::Generated(id),
                    Object::Instance(instance) => {
                        let (class, payload) = (instance.class, instance.payload.clone());
                        return self.source_of_instance(value, class, payload, at);
                    }
                    Object::Function(_)
                    | Object::Property { .. }
                    | Object::ClassMethod(_)
                    | Object::StaticMethod(_) => return Err(self.not_iterable(value, at)),
                    Object::Alias(_) | Object::Super { .. } => Source::Lost,
                }
            }
            Value::Class(class) => {
                if let Some(members) = self.enum_members(*class) {
                    return Ok(Source::Items {
                        items: members.into(),
                        at: 0,
                        open: false,
                    });
                }
                match self.metaclass_of(*class) {
                    Some(metaclass)
                        if self.is_whole(metaclass)
                            && !self.defines(metaclass, "__iter__")
                            && !self.defines(metaclass, "__getitem__") =>
                    {
                        return Err(self.not_iterable(value, at));
                    }
                    Some(metaclass) if self.user_defines(metaclass, "__iter__") => {
                        return self.source_by_code(value, metaclass, at);
                    }
                    Some(metaclass)
                        if self.is_whole(metaclass)
                            && !self.defines(metaclass, "__iter__")
                            && self.user_defines(metaclass, "__getitem__") =>
                    {
                        Source::Sequence(value.clone(), 0)
                    }
                    _ => Source::Lost,
                }
            }
            Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::BigInt(_)
            | Value::Float(_)
            | Value::Complex(..) => return Err(self.not_iterable(value, at)),
            Value::Method(pair) if self.function(&pair.0).is_some() => {
                return Err(self.not_iterable(value, at));
            }
            Value::Native(path) if path.module == "builtins" && !path.qualname.contains('.') => {
                return Err(self.not_iterable(value, at));
            }
            Value::Module(_) | Value::Slice(_) => return Err(self.not_iterable(value, at)),
            _ => Source::Lost,
        })
    }

    /// Whether nothing of this very class can be iterated.
    fn is_class_without_items(&self, class: ClassId) -> bool {
        let known = &self.known;
        [
            known.int,
            known.float,
            known.complex,
            known.bool_,
            known.none_type,
            known.ellipsis,
        ]
        .contains(&class)
    }

    /// `TypeError: 'int' object is not iterable`
    pub(super) fn not_iterable(&mut self, value: &Value, at: Option<Place>) -> Box<Thrown> {
        let message = format!("'{}' object is not iterable", self.class_name_of(value));
        self.throw(self.known.type_error, message, at)
    }

    /// `type(value).__name__`
    pub(crate) fn class_name_of(&self, value: &Value) -> String {
        self.exact_class(value).map_or_else(
            || String::from("object"),
            |class| self.classes.get(class).path.name().to_owned(),
        )
    }

    fn source_of_set(&mut self, id: ObjectId) -> Source {
        let Object::Set { items, table, .. } = self.object(id) else {
            return Source::Lost;
        };
        let known = crate::evaluate::machine::set_table::order_of_set(items, table.as_deref());
        let ordered = known.is_some();
        let items: Vec<Value> = known.unwrap_or_else(|| items.values().cloned().collect());
        self.copies(items.len());
        Source::Set {
            set: id,
            items: items.into(),
            at: 0,
            ordered,
        }
    }

    /// The keys, values or items of a dict, or of an instance of a class below `dict`.
    pub(crate) fn source_of_entries(&mut self, of: &Value, part: Part, back: bool) -> Source {
        if let Some(chained) = self.chained(of) {
            let (open, is_disordered) = (chained.open, chained.is_disordered());
            let entries = chained.entries.into_values();
            let mut items: Vec<Value> = entries.map(|it| part.of(it)).collect();
            if back {
                items.reverse();
            }
            return if is_disordered {
                Source::Lost
            } else {
                Source::Items {
                    items: items.into(),
                    at: 0,
                    open,
                }
            };
        }
        let Some(dict) = self.mapping_in(of) else {
            return Source::Lost;
        };
        let Object::Dict(it) = self.object(dict) else {
            return Source::Lost;
        };
        if it.view.is_some() {
            // The names of a scope: those of now, for their order is not that of a dict.
            let Some((entries, open)) = self.dict_entries(of) else {
                return Source::Lost;
            };
            let mut items: Vec<Value> = entries.into_iter().map(|it| part.of(it)).collect();
            if back {
                items.reverse();
            }
            return Source::Items {
                items: items.into(),
                at: 0,
                open,
            };
        }
        Source::Entries {
            dict,
            part,
            at: 0,
            count: it.entries.len(),
            back,
            last: None,
            order: None,
        }
    }

    /// The dict that a value is, or that stands inside of it.
    pub(crate) fn mapping_in(&self, value: &Value) -> Option<ObjectId> {
        let Value::Object(id) = value else {
            return None;
        };
        match self.object(*id) {
            Object::Dict(_) => Some(*id),
            Object::Instance(Instance {
                payload: Some(Value::Object(inner)),
                ..
            }) if matches!(self.object(*inner), Object::Dict(_)) => Some(*inner),
            _ => None,
        }
    }

    fn source_of_instance(
        &mut self,
        value: &Value,
        class: ClassId,
        payload: Option<Value>,
        at: Option<Place>,
    ) -> Eval<Source> {
        if self.classes.mro(class).is_none() {
            return Ok(Source::Lost);
        }
        if self.user_defines(class, "__iter__") {
            return self.source_by_code(value, class, at);
        }
        if self.first_of_chain(value).is_some() {
            return Ok(self.source_of_entries(value, Part::Keys, false));
        }
        if let Some(payload) = payload
            && self.is_container(class)
        {
            if let (Value::Object(id), true) = (value, self.is_under(class, "collections", "deque"))
            {
                return Ok(Source::Deque {
                    deque: *id,
                    at: 0,
                    state: self.deque_state(*id),
                    back: false,
                });
            }
            return self.source(&payload, at);
        }
        if self.user_defines(class, "__getitem__") {
            return Ok(Source::Sequence(value.clone(), 0));
        }
        let is_whole = self.is_whole(class)
            && !self.defines(class, "__iter__")
            && !self.defines(class, "__getitem__");
        if is_whole {
            return Err(self.not_iterable(value, at));
        }
        Ok(Source::Lost)
    }

    /// Whether instances of a class hold what their payload holds: it derives from one of the interpreter's containers.
    pub(crate) fn is_container(&self, class: ClassId) -> bool {
        let known = &self.known;
        let kinds = [
            known.tuple,
            known.list,
            known.dict,
            known.str_,
            known.bytes,
            known.set,
            known.frozenset,
        ];
        kinds.iter().any(|&it| self.classes.is_subclass(class, it))
            || self.is_under(class, "collections", "deque")
            || self.is_library_class(class, "builtins", "mappingproxy")
            || self.is_under(class, "weakref", "WeakValueDictionary")
            || self.is_under(class, "weakref", "WeakKeyDictionary")
    }

    /// What `__iter__` returns, which must be an iterator (`PyObject_GetIter`).
    fn source_by_code(&mut self, value: &Value, class: ClassId, at: Option<Place>) -> Eval<Source> {
        let Some(method) = self.special_method(value, class, "__iter__") else {
            return Ok(Source::Lost);
        };
        if matches!(method, Value::None) {
            return Err(self.not_iterable(value, at));
        }
        let scope = self.any_scope();
        let iterator = self.call(&method, Arguments::default(), at, scope)?;
        self.source_of_iterator(&iterator, at)
    }

    /// The source that an iterator is.
    fn source_of_iterator(&mut self, iterator: &Value, at: Option<Place>) -> Eval<Source> {
        match iterator {
            Value::Gap(id) => {
                self.lose_to(*id);
                return Ok(Source::Lost);
            }
            Value::Object(id) => match self.object(*id) {
                Object::Iterator(_) => return Ok(Source::Of(*id)),
                Object::Generator(it) if it.kind() == "generator" => {
                    return Ok(Source::Generated(*id));
                }
                Object::Instance(instance) => {
                    let class = instance.class;
                    if self.user_defines(class, "__next__") {
                        return Ok(Source::Asked(iterator.clone()));
                    }
                    if !self.is_whole(class) || self.defines(class, "__next__") {
                        return Ok(Source::Lost);
                    }
                }
                _ => {}
            },
            Value::Class(class) => match self.metaclass_of(*class) {
                Some(metaclass) if self.user_defines(metaclass, "__next__") => {
                    return Ok(Source::Asked(iterator.clone()));
                }
                Some(metaclass)
                    if self.is_whole(metaclass) && !self.defines(metaclass, "__next__") => {}
                _ => {
                    self.lose();
                    return Ok(Source::Lost);
                }
            },
            Value::Native(_) | Value::Module(_) => {
                self.lose();
                return Ok(Source::Lost);
            }
            _ => {}
        }
        let name = self.class_name_of(iterator);
        let message = format!("iter() returned non-iterator of type '{name}'");
        Err(self.throw(self.known.type_error, message, at))
    }

    /// `iter(value)` as an object: an iterator is its own.
    pub(crate) fn iterator_of(&mut self, value: &Value, at: Option<Place>) -> Eval {
        if value.is_gap() {
            return Ok(value.clone());
        }
        let source = self.source(value, at)?;
        Ok(self.iterator_object(source))
    }

    /// A source as an object.
    pub(crate) fn iterator_object(&mut self, source: Source) -> Value {
        match source {
            Source::Of(id) | Source::Generated(id) => Value::Object(id),
            Source::Asked(iterator) | Source::Awaited(iterator) => iterator,
            source => {
                let class = self.class_of_source(&source);
                self.allocate(Object::Iterator(Box::new(Iterator { class, source })))
            }
        }
    }

    fn class_of_source(&self, source: &Source) -> Option<ClassId> {
        let name = match source {
            Source::Items { .. } => "tuple_iterator",
            Source::Text(text, _) if text.is_ascii() && self.is_at_least(11) => {
                "str_ascii_iterator"
            }
            Source::Text(..) => "str_iterator",
            Source::Bytes(..) => "bytes_iterator",
            Source::Range(..) => "range_iterator",
            Source::List(..) => "list_iterator",
            Source::ListBack(..) => "list_reverseiterator",
            Source::Set { .. } => "set_iterator",
            Source::Entries {
                part, back: true, ..
            } => match part {
                Part::Keys => "dict_reversekeyiterator",
                Part::Values => "dict_reversevalueiterator",
                Part::Items => "dict_reverseitemiterator",
            },
            Source::Entries { part, .. } => match part {
                Part::Keys => "dict_keyiterator",
                Part::Values => "dict_valueiterator",
                Part::Items => "dict_itemiterator",
            },
            Source::SequenceBack(..) => "reversed",
            Source::Sequence(..) => "iterator",
            Source::Called(..) => "callable_iterator",
            Source::Composite(it) => {
                let (module, name) = it.class();
                return self.world.facts.class(module, name);
            }
            _ => return None,
        };
        self.world.facts.class("builtins", name)
    }

    pub(crate) fn is_at_least(&self, minor: u8) -> bool {
        self.world.version >= crate::source::PythonVersion::three(minor)
    }
}

impl Source {
    /// Whether what comes now is not known.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Self::Lost)
    }

    /// The value that a generator ended with; `None` for anything else.
    pub(super) fn result(&self) -> Value {
        match self {
            Self::Over(value) => value.clone(),
            _ => Value::None,
        }
    }
}
