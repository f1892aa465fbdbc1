//! The `__dict__` of an instance or function: what is put into it is the object's, and what is set on the object stands in it.
//!
//! An object keeps its names itself. A dict that shows them is made when somebody asks for it, and kept in step from then on; a dict that the
//! object was *given* (`self.__dict__ = names`) is that of everybody who was given it.
//!
//! ```py
//! class Borg:
//!     shared = {}
//!     def __init__(self): self.__dict__ = self.shared
//!
//! Borg().base = list
//! class C(Borg().base): ...       # `list`
//! ```

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{
    Binding, Dict, Function, Key, Namespace, Object, ObjectId, Value,
};
use crate::semantics::{Made, MemberKind, Slots};
use crate::source::Place;

/// Under this name an object keeps the dict that it was given; no code can ask for it.
const GIVEN: &str = "<dict>";

impl Run<'_, '_> {
    /// The `__dict__` of an instance or function; none for what has none.
    pub(crate) fn dict_of_instance(&mut self, id: ObjectId) -> Option<Value> {
        if let Some(given) = self.given_dict(id) {
            return Some(given);
        }
        let (names, is_open) = self.own_names(id)?;
        let is_plain = self.keeps_only_dunders_apart(id);
        let in_dict = |name: &Name| {
            is_plain && !name.starts_with("__") && !name.starts_with('<')
                || !self.is_kept_apart(id, name)
        };
        let shown_names = names.iter().filter(|(name, _)| in_dict(name));
        let may_have_more = names.values().any(|it| it.maybe.is_some());
        let open = is_open || may_have_more;
        // Nothing has changed since it was asked for last: to show that again would copy all of it.
        if let Some(&shown) = self.dicts_of_instances.get(&id)
            && let Object::Dict(dict) = self.peek(shown)
            && dict.is_of(shown_names.clone(), open)
        {
            let count = dict.entries.len();
            self.copies(count);
            return Some(Value::Object(shown));
        }
        let pairs = shown_names.map(|(name, it)| (Value::str(name), it.value.clone()));
        let mut dict = Dict::from_pairs(pairs);
        dict.open = open;
        self.copies(dict.entries.len());
        // It is one and the same each time, however often it is asked for.
        if let Some(&shown) = self.dicts_of_instances.get(&id) {
            *self.object_mut(shown) = Object::Dict(dict);
            return Some(Value::Object(shown));
        }
        let dict = self.allocate(Object::Dict(dict));
        if let Value::Object(shown) = dict {
            self.instance_dicts.insert(shown, vec![id]);
            self.dicts_of_instances.insert(id, shown);
        }
        Some(dict)
    }

    /// `x.__dict__ = item`: the object has the names that stand there, and whatever anybody puts there later (`PyObject_GenericSetDict`).
    pub(crate) fn set_dict_of(
        &mut self,
        id: ObjectId,
        item: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let class = self.exact_class(item).filter(|it| self.is_whole(*it));
        if class.is_some_and(|it| !self.classes.is_subclass(it, self.known.dict)) {
            let kind = self.type_name(item);
            let message = format!("__dict__ must be set to a dictionary, not a '{kind}'");
            return Err(self.throw(self.known.type_error, message, at));
        }
        let Some((names, is_open)) = self.own_names(id) else {
            return Ok(());
        };
        let apart = names
            .iter()
            .filter(|(name, _)| *name != GIVEN && self.is_kept_apart(id, name));
        let mut names: Namespace = apart.map(|(name, it)| (name.clone(), it.clone())).collect();
        let mut open = is_open && !self.keeps_only_dunders_apart(id);
        match self.dict_within(item) {
            Some(inner) => {
                self.given_dicts.insert(id);
                let of = self.instance_dicts.entry(inner).or_default();
                if !of.contains(&id) {
                    of.push(id);
                }
                names.insert(Name::const_new(GIVEN), Binding::new(item.clone(), at));
                if let Object::Dict(dict) = self.object(inner) {
                    names.extend(named(dict, at));
                    open |= dict.open;
                }
            }
            None => open = true,
        }
        self.copies(names.len());
        self.give_names(id, names, open);
        Ok(())
    }

    /// After a name was set on an object or deleted from it: its `__dict__` has it too, and so has everybody whose `__dict__` that is.
    pub(crate) fn show_in_dict(&mut self, id: ObjectId, name: &Name, at: Option<Place>) {
        let Some(dict) = self.own_dict(id) else {
            return;
        };
        if self.is_kept_apart(id, name) {
            return;
        }
        let binding = self
            .own_names(id)
            .and_then(|(names, _)| names.get(name).cloned());
        if let Object::Dict(shown) = self.object_mut(dict) {
            match &binding {
                Some(it) => {
                    shown.open |= it.maybe.is_some();
                    shown.insert(Value::str(name), it.value.clone());
                }
                None => {
                    shown
                        .entries
                        .shift_remove(&Key::Str(Arc::from(name.as_str())));
                }
            }
        }
        if self
            .instance_dicts
            .get(&dict)
            .is_some_and(|it| it.len() > 1)
        {
            self.show_on_instance(dict, at);
        }
    }

    /// Gives an object what its `__dict__` holds after that was changed.
    pub(crate) fn show_on_instance(&mut self, dict: ObjectId, at: Option<Place>) {
        let Some(of) = self.instance_dicts.get(&dict).cloned() else {
            return;
        };
        let Object::Dict(shown) = self.object(dict) else {
            return;
        };
        let (entries, is_open) = (shown.entries.clone(), shown.open);
        for instance in of {
            if self.own_dict(instance) != Some(dict) {
                continue;
            }
            self.copies(entries.len());
            let Some((known, was_open)) = self.own_names(instance) else {
                continue;
            };
            let apart = known.iter();
            let apart = apart.filter(|(name, _)| self.is_kept_apart(instance, name));
            let mut names: Namespace = apart.map(|(name, it)| (name.clone(), it.clone())).collect();
            for (key, value) in entries.values() {
                let Value::Str(name) = key else { continue };
                let place = known.get(&**name).map_or(at, |it| it.at);
                let binding = Binding::new(value.clone(), place);
                names.insert(Name::from(&**name), binding);
            }
            self.give_names(instance, names, was_open || is_open);
        }
    }

    /// The objects whose `__dict__` a dict is.
    pub(crate) fn objects_shown_by(&self, dict: ObjectId) -> &[ObjectId] {
        self.instance_dicts.get(&dict).map_or(&[], Vec::as_slice)
    }

    /// The dict in which what is set on an object stands as well, where somebody has asked for it or has given it.
    pub(crate) fn own_dict(&self, id: ObjectId) -> Option<ObjectId> {
        match self.given_dict(id) {
            Some(given) => self.dict_within(&given),
            None => self.dicts_of_instances.get(&id).copied(),
        }
    }

    /// The dict that an object was given, or what derives from a dict.
    fn given_dict(&self, id: ObjectId) -> Option<Value> {
        if !self.given_dicts.contains(&id) {
            return None;
        }
        let (names, _) = self.own_names(id)?;
        let given = names.get(GIVEN).filter(|it| it.maybe.is_none())?;
        Some(given.value.clone())
    }

    /// The dict that a value is, or in which an instance of a class that derives from `dict` keeps its entries.
    fn dict_within(&self, value: &Value) -> Option<ObjectId> {
        let Value::Object(id) = value else {
            return None;
        };
        match self.peek(*id) {
            Object::Dict(dict) if dict.view.is_none() => Some(*id),
            Object::Instance(instance) => match instance.payload {
                Some(Value::Object(inner)) if matches!(self.peek(inner), Object::Dict(_)) => {
                    Some(inner)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The names that an instance or function keeps itself, and whether it may have others.
    fn own_names(&self, id: ObjectId) -> Option<(&Namespace, bool)> {
        match self.object(id) {
            Object::Instance(instance) => Some((&instance.names, instance.open)),
            Object::Function(function) => Some((&function.names, false)),
            _ => None,
        }
    }

    fn give_names(&mut self, id: ObjectId, names: Namespace, open: bool) {
        match self.object_mut(id) {
            Object::Instance(instance) => {
                instance.names = names;
                instance.open = open;
            }
            Object::Function(function) => {
                function.is_abstract |= names.contains_key("__isabstractmethod__");
                function.names = names;
            }
            _ => {}
        }
    }

    /// Whether the `__dict__` of an instance of an ordinary class has a name; none where that cannot be told of its names alone.
    pub(crate) fn is_own_name(&self, name: &Value, of: &Value) -> Option<bool> {
        let (Value::Str(name), Value::Object(id)) = (name, of) else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        let class = instance.class;
        let own = instance.names.get(&**name);
        let is_plain = self.tracing.is_none()
            && !instance.open
            && own.is_none_or(|it| it.maybe.is_none())
            && !name.starts_with("__")
            && !name.starts_with('<')
            && !self.user_defines(class, "__getattribute__")
            && !self.user_defines(class, "__dict__")
            && self.classes.made(class).is_some_and(|it| it.shape.dict)
            && self.keeps_only_dunders_apart(*id);
        is_plain.then_some(own.is_some())
    }

    /// Whether an object is of an ordinary class, whose ancestors have neither slots nor anything in C but what `object` has: then nothing but
    /// names that begin with two underscores is kept apart.
    fn keeps_only_dunders_apart(&self, id: ObjectId) -> bool {
        let Object::Instance(instance) = self.peek(id) else {
            return false;
        };
        let mro = self.classes.mro(instance.class).unwrap_or_default();
        !mro.is_empty()
            && mro.iter().all(|&it| {
                let has_slots = |made: &Made| matches!(made.slots, Slots::Names(_));
                it == self.known.object
                    || !self.classes.is_interpreters(it)
                        && !self.classes.made(it).is_some_and(has_slots)
            })
    }

    /// Whether an object keeps a name somewhere else than in its `__dict__`: in a slot, or in what its type has for it in C.
    fn is_kept_apart(&self, id: ObjectId, name: &str) -> bool {
        match self.peek(id) {
            Object::Function(_) => Function::keeps_apart(name),
            Object::Instance(instance) => {
                let class = instance.class;
                let in_c = |owner| {
                    let member = self.classes.members(owner).get(name);
                    member
                        .is_some_and(|it| matches!(it.kind, MemberKind::Slot | MemberKind::Getset))
                };
                name.starts_with('<')
                    || self.is_slot(class, name)
                    || matches!(self.find_in_mro(class, name), Some((owner, None)) if in_c(owner))
            }
            _ => false,
        }
    }
}

/// The names that a dict gives an object: those of its keys that are text.
fn named(dict: &Dict, at: Option<Place>) -> Namespace {
    let entries = dict.entries.values();
    let named = entries.filter_map(|(key, value)| match key {
        Value::Str(name) => Some((Name::from(&**name), Binding::new(value.clone(), at))),
        _ => None,
    });
    named.collect()
}
