//! The methods of `dict`, `set`, `tuple`, `type`, `object` and `property`.

use crate::Name;
use crate::evaluate::language::items::MOST_ITEMS;
use crate::evaluate::language::iteration::Next;
use crate::evaluate::machine::arguments::{Arguments, Keywords};
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Instance, Object, ObjectId, Value};
use crate::semantics::{ClassId, ClassPath, linearize};
use crate::source::Place;
use crate::syntax::BinaryOp;

impl Run<'_, '_> {
    /// A method of one of the builtin classes; the receiver is the first argument.
    pub(crate) fn builtin_method(
        &mut self,
        class: &str,
        method: &str,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Some(receiver) = asked.first().cloned() else {
            return Ok(None);
        };
        let arguments = &asked.arguments.positional[1..];
        if class == "dict"
            && method == "get"
            && self.table_name_of(&receiver) == Some(("sys", "modules"))
        {
            // A module that nobody was seen to import may be loaded all the same.
            return Ok(match arguments.first() {
                Some(Value::Str(name)) => {
                    let loaded = self.loaded.get(&**name).copied();
                    loaded.map(|ix| self.module_value(ix))
                }
                _ => None,
            });
        }
        if class == "dict"
            && method == "pop"
            && self.table_name_of(&receiver) == Some(("sys", "modules"))
        {
            let Some(Value::Str(name)) = arguments.first() else {
                return Ok(None);
            };
            let gone = self.forgotten_module(name);
            if gone.is_none() && arguments.len() == 1 {
                self.perhaps_raises("KeyError", asked.at)?;
            }
            return Ok(gone);
        }
        // A class method: a metaclass asks it by `super().__prepare__(name, bases)`.
        if class == "type" && method == "__prepare__" {
            return Ok(Some(self.allocate(Object::Dict(Dict::default()))));
        }
        if let ("__contains__", "list" | "set" | "frozenset" | "dict" | "tuple" | "str", [item]) =
            (method, class, arguments)
        {
            let inside = self.plain(&receiver);
            return Ok(self.holds(&inside, item, asked.at)?.map(Value::Bool));
        }
        // A method of `dict` on an instance of a subclass works on the dict inside of it.
        let inner = match &receiver {
            Value::Object(id) => match self.object(*id) {
                Object::Instance(Instance {
                    payload: Some(payload @ (Value::Object(_) | Value::Tuple(_))),
                    ..
                }) => Some(payload.clone()),
                _ => None,
            },
            _ => None,
        };
        let target = inner.as_ref().unwrap_or(&receiver);
        // Most types share these with `object`.
        if matches!(method, "__getattribute__" | "__setattr__" | "__delattr__")
            && !matches!(class, "type" | "super" | "module" | "function" | "method")
            || method == "__getattribute__" && class == "module" && Self::lacks_no_more(asked)
        {
            return self.object_method(method, &receiver, asked);
        }
        if method == "__iter__" && matches!(class, "str" | "bytes") {
            let inside = self.plain(&receiver);
            return self.special_of_container(method, &inside, asked);
        }
        match (class, target) {
            ("object", _) => self.object_method(method, &receiver, asked),
            ("type", _) => self.type_method(method, &receiver, asked),
            ("property", Value::Object(id)) => self.property_method(method, *id, &receiver, asked),
            // Until 3.9 it says that it is one of the builtins.
            ("ContextVar", _) => self.context_variable(method, asked),
            ("Context", _) if method == "run" => self.context("Context.run", asked),
            ("Context", _) if method == "copy" => self.context("Context.copy", asked),
            ("dict", Value::Object(_)) if method == "fromkeys" => match self.class_of(&receiver) {
                Some(class) => self.from_keys(class, asked),
                None => Ok(None),
            },
            (_, Value::Object(id)) if matches!(self.object(*id), Object::Iterator(_)) => {
                self.iterator_method(method, target, asked)
            }
            ("generator", Value::Object(id)) => {
                let id = *id;
                self.generator_method(method, id, arguments, asked.at)
            }
            ("list", Value::Object(id)) if method == "sort" => self.sort_list(*id, asked),
            ("list", Value::Object(id)) if matches!(self.object(*id), Object::List { .. }) => {
                match self.list_method(method, *id, asked)? {
                    None => self.special_of_container(method, target, asked),
                    answer => Ok(answer),
                }
            }
            ("set" | "frozenset", Value::Object(id))
                if matches!(self.object(*id), Object::Set { .. }) =>
            {
                match self.set_method(method, *id, asked)? {
                    None => self.special_of_container(method, target, asked),
                    answer => Ok(answer),
                }
            }
            ("dict", Value::Object(id)) if matches!(self.object(*id), Object::Dict(_)) => {
                match self.dict_method(method, *id, &receiver, asked)? {
                    None => self.special_of_container(method, target, asked),
                    answer => Ok(answer),
                }
            }
            ("dict_keys" | "dict_values" | "dict_items", Value::Object(_)) => {
                match self.view_method(method, target, &asked.arguments, asked.at)? {
                    None => self.special_of_container(method, target, asked),
                    answer => Ok(answer),
                }
            }
            ("range", Value::Range(range)) => {
                let range = range.clone();
                match self.range_method(method, &range, &asked.arguments, asked.at)? {
                    None => self.special_of_container(method, target, asked),
                    answer => Ok(answer),
                }
            }
            ("dict", Value::Class(class)) if method == "fromkeys" => self.from_keys(*class, asked),
            ("tuple", Value::Tuple(items)) => {
                let items = items.clone();
                match self.tuple_method(method, &items, asked)? {
                    None => self.special_of_container(method, target, asked),
                    answer => Ok(answer),
                }
            }
            (class, Value::Class(made)) if method == "__new__" && !class.is_empty() => {
                self.refused_by_type(class, *made, asked.at)?;
                self.object_method("__new__", &receiver, asked)
            }
            ("bytearray", _) if method == "__init__" => {
                let mut rest = asked.arguments.clone();
                rest.positional.remove(0);
                let made = self.new_bytearray(&rest, asked.at);
                self.settled(made, asked.at)?;
                Ok(Some(Value::None))
            }
            (_, _) if method == "__init__" => Ok(Some(Value::None)),
            _ => Ok(None),
        }
    }

    /// Raises what the `__new__` of a type made in C raises for a class that does not derive from the type (`tp_new_wrapper`).
    ///
    /// ```py
    /// dict.__new__(list)  # TypeError: dict.__new__(list): list is not a subtype of dict
    /// ```
    fn refused_by_type(&mut self, kind: &str, class: ClassId, at: Option<Place>) -> Eval<()> {
        let is_whole = self.is_whole(class);
        let Some(mro) = self.classes.mro(class).filter(|_| is_whole) else {
            return Ok(());
        };
        let is_it = |it: &ClassId| {
            let path = &self.classes.get(*it).path;
            path.module == "builtins" && path.qualname == kind
        };
        if mro.iter().any(is_it) {
            return Ok(());
        }
        let name = self.classes.get(class).path.name();
        let message = format!("{kind}.__new__({name}): {name} is not a subtype of {kind}");
        Err(self.throw(self.known.type_error, message, at))
    }

    fn object_method(
        &mut self,
        method: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        Ok(match (method, receiver) {
            ("__new__", Value::Class(class)) => {
                let class = *class;
                if self.classes.is_subclass(class, self.known.type_) {
                    let mut rest = arguments.clone();
                    rest.positional.remove(0);
                    return self
                        .new_class(class, &rest, asked.at, asked.scope)
                        .map(Some);
                }
                let mut rest = arguments.clone();
                rest.positional.remove(0);
                if asked.path.qualname == "object.__new__" {
                    self.refused_by_layout(class, asked.at)?;
                    self.refused_by_new(class, &rest, true, asked.at)?;
                }
                Some(self.new_instance(class, &rest, asked.at)?)
            }
            ("__init_subclass__", Value::Class(class)) if !arguments.is_open() => {
                let object = self.known.object;
                self.library_init_subclass(
                    object,
                    *class,
                    Keywords {
                        named: &arguments.keywords,
                        open: false,
                    },
                    asked.at,
                    asked.scope,
                )?;
                Some(Value::None)
            }
            // Nothing else is equal to an object that does not say more.
            ("__eq__", one) if arguments.positional.len() == 2 => {
                let other = &arguments.positional[1];
                match one.same(other) {
                    _ if other.is_gap() => None,
                    true => Some(Value::Bool(true)),
                    false => Some(Value::NotImplemented),
                }
            }
            ("__ne__", one) if arguments.positional.len() == 2 => {
                let (one, other) = (one.clone(), arguments.positional[1].clone());
                return self.not_equal_by_default(&one, &other, asked.at);
            }
            ("__lt__" | "__le__" | "__gt__" | "__ge__", one)
                if arguments.positional.len() == 2 && !one.is_gap() =>
            {
                Some(Value::NotImplemented)
            }
            ("__hash__", one) if arguments.positional.len() == 1 => self.identity_of(one),
            ("__repr__", one) if arguments.positional.len() == 1 => {
                let text = self.shown_by_default(&one.clone());
                self.settled(text, asked.at)?.map(|it| Value::str(&it))
            }
            ("__str__", one) if arguments.positional.len() == 1 => {
                let text = self.repr_within(&one.clone(), asked.at);
                self.settled(text, asked.at)?.map(|it| Value::str(&it))
            }
            ("__format__", one) if arguments.positional.len() == 2 => {
                let (one, spec) = (one.clone(), arguments.positional[1].clone());
                let text = self.formatted_by_default(&one, &spec, asked.at);
                self.settled(text, asked.at)?.map(|it| Value::str(&it))
            }
            ("__init__", value) => {
                if let Some(class) = self.class_of(value) {
                    let mut rest = arguments.clone();
                    rest.positional.remove(0);
                    self.refused_by_init(class, &rest, asked.at)?;
                }
                Some(Value::None)
            }
            ("__init_subclass__" | "__setstate__", _) => Some(Value::None),
            ("__setattr__", value) => {
                if let (Some(Value::Str(name)), Some(item)) =
                    (arguments.positional.get(1), arguments.positional.get(2))
                {
                    let (name, item, value) = (Name::from(&**name), item.clone(), value.clone());
                    self.set_by_default(&value, &name, item, asked.at)?;
                }
                Some(Value::None)
            }
            ("__getattribute__", value) => match arguments.positional.get(1) {
                Some(Value::Str(name)) => {
                    let (value, name) = (value.clone(), Name::from(&**name));
                    Some(self.attribute_by_default(&value, &name, asked.at)?)
                }
                _ => None,
            },
            ("__delattr__", value) => {
                if let Some(Value::Str(name)) = arguments.positional.get(1) {
                    let (value, name) = (value.clone(), Name::from(&**name));
                    self.delete_by_default(&value, &name, asked.at)?;
                }
                Some(Value::None)
            }
            _ => None,
        })
    }

    fn type_method(
        &mut self,
        method: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Value::Class(class) = receiver else {
            return Ok(None);
        };
        let class = *class;
        let mut rest = asked.arguments.clone();
        rest.positional.remove(0);
        Ok(match method {
            "__new__" => Some(self.type_new_alone(class, &rest, asked.at, asked.scope)?),
            "__init__" => {
                self.refused_by_type_init(&rest, asked.at)?;
                Some(Value::None)
            }
            "__call__" => Some(self.instantiate(class, rest, asked.at, asked.scope)?),
            "mro" => {
                let Some(made) = self.classes.made(class) else {
                    return Ok(None);
                };
                // It merges anew: when a metaclass's own `mro()` asks for it, there is no `__mro__` yet.
                let mro_of = |base| self.classes.mro(base).unwrap_or_default();
                match linearize(class, &made.bases, mro_of, |_| ()) {
                    Ok(mro) => {
                        let mro = mro.iter().map(|&id| Value::Class(id)).collect();
                        Some(self.list(mro))
                    }
                    Err(error) => {
                        let raised = error.raised(&self.classes, self.world.version);
                        return Err(self.verdict_of(raised, asked.at));
                    }
                }
            }
            "__subclasses__" => {
                // In order of creation, as far as what ran so far goes.
                let below: Vec<Value> = self
                    .classes
                    .own_ids()
                    .filter(|&id| {
                        self.classes
                            .made(id)
                            .is_some_and(|made| made.bases.contains(&class))
                    })
                    .map(Value::Class)
                    .collect();
                Some(self.allocate(Object::List {
                    items: below,
                    open: self.classes.is_interpreters(class),
                }))
            }
            "__setattr__" | "__getattribute__" | "__delattr__" => {
                return self.object_method(method, receiver, asked);
            }
            "__repr__" if self.is_whole(class) => {
                let text = self.shown_class(class);
                Some(Value::str(&text))
            }
            "__instancecheck__" | "__subclasscheck__" => None,
            _ => None,
        })
    }

    /// The special methods of a container, which do what the operators and functions do.
    pub(crate) fn special_of_container(
        &mut self,
        method: &str,
        target: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        if asked.arguments.is_open() || !asked.arguments.keywords.is_empty() {
            return Ok(None);
        }
        let arguments = asked.arguments.positional.get(1..).unwrap_or_default();
        Ok(match (method, arguments) {
            ("__len__", []) => self
                .length_of(target, at)?
                .map(|it| Value::Int(i64::try_from(it).unwrap_or(i64::MAX))),
            ("__iter__", []) => Some(self.iterator_of(target, at)?),
            ("__contains__", [item]) => self.contains(target, item).map(Value::Bool),
            ("__getitem__", [index]) => Some(self.get_item(target, index, at)?),
            ("__setitem__", [index, item]) => {
                self.set_item(target, index, item.clone(), at)?;
                Some(Value::None)
            }
            ("__delitem__", [index]) => {
                let is_done = self.delete_item(target, index, at)?;
                is_done.then_some(Value::None)
            }
            (_, [other]) => {
                let answer = self.native_operator(method, (target, target), other, at);
                self.settled(answer, at)?
            }
            _ => None,
        })
    }

    /// A method of an iterator: its own two, and no other is followed.
    pub(crate) fn iterator_method(
        &mut self,
        method: &str,
        iterator: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        match method {
            "__iter__" => Ok(Some(iterator.clone())),
            "__next__" => match self.next_in_order(iterator, at, asked.scope)? {
                Next::Item(item) => Ok(Some(item)),
                Next::Over(value) => Err(self.stop_iteration(value, at)),
                Next::Lost => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// `old op= value` where the class of `old` is a container of the interpreter that changes in place: the container itself. None where it
    /// has no such operator, and the binary one is asked.
    pub(crate) fn inplace_builtin(
        &mut self,
        old: &Value,
        op: BinaryOp,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Value::Object(id) = old else {
            return Ok(None);
        };
        let id = *id;
        let (class, payload) = match self.object(id) {
            Object::Instance(instance) => (Some(instance.class), instance.payload.clone()),
            _ => (None, None),
        };
        if let Some(class) = class
            && self.is_under(class, "collections", "deque")
        {
            return match op {
                BinaryOp::Add => {
                    let arguments = Arguments::of(vec![old.clone(), value.clone()]);
                    let path = ClassPath::new("collections", "deque.__iadd__");
                    let asked = Asked {
                        path: &path,
                        arguments,
                        at,
                        scope: self.any_scope(),
                    };
                    self.deque_method("__iadd__", id, &asked)
                }
                BinaryOp::Mul if matches!(value, Value::Int(_) | Value::Bool(_)) => {
                    match self.index_of(value, at)? {
                        Some(times) => Ok(self.deque_multiplied(id, times, true)),
                        None => Ok(None),
                    }
                }
                _ => Ok(None),
            };
        }
        if let Some(class) = class
            && self.is_under(class, "collections", "Counter")
        {
            return self.counter_inplace(id, op, value, at);
        }
        let inner = match payload {
            Some(Value::Object(inner)) if class.is_none_or(|it| self.is_container(it)) => inner,
            Some(_) => return Ok(None),
            None => id,
        };
        let is_done = match self.object(inner) {
            Object::List { .. } => self.list_inplace(inner, op, value, at)?,
            Object::Set { frozen: false, .. } => self.set_inplace(inner, op, value, at)?,
            Object::Dict(_) if op == BinaryOp::Or && !value.is_gap() => {
                self.dict_inplace(inner, value, at)?
            }
            _ => false,
        };
        Ok(is_done.then(|| old.clone()))
    }

    fn list_inplace(
        &mut self,
        id: ObjectId,
        op: BinaryOp,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<bool> {
        match op {
            BinaryOp::Add => {
                self.extend_list(id, value, at)?;
                Ok(true)
            }
            BinaryOp::Mul if matches!(value, Value::Int(_) | Value::Bool(_)) => {
                let Some(times) = self.index_of(value, at)? else {
                    return Ok(false);
                };
                let Some(all) = self.repeated(id, times) else {
                    return Ok(false);
                };
                if let Object::List { items, .. } = self.object_mut(id) {
                    *items = all;
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// The items of a list so many times over.
    fn repeated(&mut self, id: ObjectId, times: i64) -> Option<Vec<Value>> {
        let Object::List { items, open: false } = self.object(id) else {
            return None;
        };
        let times = usize::try_from(times).unwrap_or(0);
        if items.len().saturating_mul(times) > MOST_ITEMS {
            return None;
        }
        let all: Vec<Value> = std::iter::repeat_n(items, times)
            .flatten()
            .cloned()
            .collect();
        self.copies(all.len());
        Some(all)
    }

    /// `left op right` of containers; none where it cannot be told, or neither is one.
    pub(crate) fn binary_of_containers(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        if let Some(value) = self.binary_of_sets(left, op, right, at)? {
            return Ok(Some(value));
        }
        let object = |run: &Self, value: &Value| match value {
            Value::Object(id) => Some((*id, run.object(*id).is_list(), run.class_of(value))),
            _ => None,
        };
        let (one, other) = (object(self, left), object(self, right));
        let times = |value: &Value| match value {
            Value::Int(times) => Some(*times),
            Value::Bool(it) => Some(i64::from(*it)),
            _ => None,
        };
        match (one, op, other) {
            (Some((a, true, _)), BinaryOp::Add, Some((_, true, _))) => {
                let Object::List { items, open } = self.object(a) else {
                    return Ok(None);
                };
                let (mut items, mut open) = (items.clone(), *open);
                let more = self.items_of(right, at)?;
                self.copies(items.len() + more.items.len());
                if !open {
                    items.extend(more.items);
                    open = more.open;
                }
                return Ok(Some(self.allocate(Object::List { items, open })));
            }
            (Some((a, true, _)), BinaryOp::Mul, None) => {
                if let Some(times) = times(right)
                    && let Some(items) = self.repeated(a, times)
                {
                    return Ok(Some(self.list(items)));
                }
            }
            (None, BinaryOp::Mul, Some((b, true, _))) => {
                if let Some(times) = times(left)
                    && let Some(items) = self.repeated(b, times)
                {
                    return Ok(Some(self.list(items)));
                }
            }
            _ => {}
        }
        let is = |run: &Self, class: Option<ClassId>, name: &str| {
            class.is_some_and(|it| run.is_library_class(it, "collections", name))
        };
        if let Some((a, _, class)) = one {
            if is(self, class, "deque") {
                return self.binary_of_deque(a, op, right, at);
            }
            if is(self, class, "Counter") && is(self, other.and_then(|it| it.2), "Counter") {
                return self.binary_of_counters(left, op, right, at);
            }
        }
        if op == BinaryOp::Or {
            return self.united_mappings(left, right, at);
        }
        Ok(None)
    }

    fn binary_of_deque(
        &mut self,
        id: ObjectId,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        match (op, right) {
            (BinaryOp::Add, Value::Object(other)) if self.list_inside(*other).is_some() => {
                let path = ClassPath::new("collections", "deque.copy");
                let asked = Asked {
                    path: &path,
                    arguments: Arguments::of(vec![Value::Object(id)]),
                    at,
                    scope: self.any_scope(),
                };
                let Some(copy) = self.deque_method("copy", id, &asked)? else {
                    return Ok(None);
                };
                self.inplace_builtin(&copy, BinaryOp::Add, right, at)
            }
            (BinaryOp::Mul, Value::Int(times)) => Ok(self.deque_multiplied(id, *times, false)),
            _ => Ok(None),
        }
    }
}
