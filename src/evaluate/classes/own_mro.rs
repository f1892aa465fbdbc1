//! What a metaclass has a say in beside `__new__` and `__init__`: its own `mro()`, what classes of `abc` are asked, and the flags by which they are told apart.

use crate::Name;
use crate::evaluate::classes::type_call::DeclaredSlots;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, ScopeId, Value};
use crate::semantics::{
    Assumption, ClassId, CreationStep, Gap, Outcome, Raised, Why, no_subclass_for_super,
};
use crate::source::Place;

impl Run<'_, '_> {
    /// The metaclass's own `mro()`. Returns where it does not lead to a class.
    #[expect(clippy::too_many_arguments, reason = "these are the parts of a class")]
    pub(super) fn own_mro(
        &mut self,
        id: ClassId,
        metaclass: ClassId,
        name: &Name,
        bases: &[ClassId],
        slots: &DeclaredSlots,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Option<Eval> {
        let method = self.special_method(&Value::Class(id), metaclass, "mro")?;
        self.note_step(CreationStep::Mro(metaclass));
        let answer = match self.call(&method, Arguments::default(), at, scope) {
            Ok(answer) => answer,
            Err(mut thrown) => {
                // There is no class; what was made so far is not to be seen.
                let because = vec![Gap {
                    why: Why::NotFollowed,
                    what: Name::const_new("mro()"),
                    at,
                }];
                self.class_mut(id).outcome = match thrown.verdict.take() {
                    Some(raised) => Outcome::Raises(*raised),
                    None => Outcome::Unknown {
                        because,
                        known: vec![id],
                        metaclass: Some(metaclass),
                    },
                };
                let is_raised = matches!(self.classes.get(id).outcome, Outcome::Raises(_));
                return Some(if self.is_guarded() || !is_raised {
                    Err(thrown)
                } else {
                    if let Outcome::Raises(raised) = &self.classes.get(id).outcome {
                        let raised = raised.clone();
                        self.ends_with(&raised);
                    }
                    Ok(Value::Class(id))
                });
            }
        };
        let items = match self.items_of(&answer, at) {
            Ok(items) => items,
            Err(thrown) => {
                let raised = self.raised(&thrown);
                return Some(self.raise_for_class(id, raised, at));
            }
        };
        let (items, open) = (items.items, items.open);
        // `mro_check`
        let odd = items.iter().find(|it| match it {
            Value::Class(_) | Value::Gap(_) => false,
            other => self.class_of(other).is_some_and(|class| {
                self.is_whole(class) && !self.classes.is_subclass(class, self.known.type_)
            }),
        });
        if let Some(odd) = odd {
            let message = format!("mro() returned a non-class ('{}')", self.type_name(odd));
            return Some(self.raise_for_class(id, Raised::new("TypeError", message), at));
        }
        let ids: Option<Vec<ClassId>> = items
            .iter()
            .map(|it| match it {
                Value::Class(id) => Some(*id),
                _ => None,
            })
            .collect();
        if let Some(ids) = ids.filter(|_| !open) {
            match self.type_new(id, metaclass, name, bases, slots, Some(&ids)) {
                Ok(made) => {
                    self.class_mut(id).outcome = Outcome::Created(made);
                    // `type.__new__` asks `super(cls, cls)` for its hook, and a class that is none of its own ancestors has none.
                    (!ids.contains(&id)).then(|| {
                        let message = no_subclass_for_super(name, name, self.world.version);
                        let raised = Raised::new("TypeError", message);
                        self.raise_for_class(id, raised, at)
                    })
                }
                Err(error) => {
                    let raised = error.raised(&self.classes, self.world.version);
                    Some(self.raise_for_class(id, raised, at))
                }
            }
        } else {
            let known = self
                .classes
                .mro(id)
                .map(<[ClassId]>::to_vec)
                .unwrap_or_default();
            let gap = Gap {
                why: Why::NotFollowed,
                what: Name::const_new("mro()"),
                at,
            };
            self.class_mut(id).outcome = Outcome::Unknown {
                because: vec![gap],
                known,
                metaclass: Some(metaclass),
            };
            None
        }
    }

    /// Asks each thing in the namespace whether it is abstract, as `ABCMeta` does: code may answer, and code may say whether that is true
    /// (`compute_abstract_methods`).
    pub(super) fn ask_marks(&mut self, id: ClassId, at: Option<Place>) -> Eval<()> {
        let names = self.class_names.get(&id).into_iter().flatten();
        let values: Vec<Value> = names.map(|(_, binding)| binding.value.clone()).collect();
        values.iter().try_for_each(|it| self.ask_mark(it, at))
    }

    fn ask_mark(&mut self, value: &Value, at: Option<Place>) -> Eval<()> {
        let name = Name::const_new("__isabstractmethod__");
        let Value::Object(of) = value else {
            return Ok(());
        };
        let mark = match self.object(*of) {
            Object::Function(function) => function.names.get(&name).map(|it| it.value.clone()),
            Object::ClassMethod(inner) | Object::StaticMethod(inner) => {
                let inner = inner.clone();
                return self.ask_mark(&inner, at);
            }
            Object::Property { get, set, delete } => {
                let parts = [get.clone(), set.clone(), delete.clone()];
                return parts.iter().try_for_each(|it| self.ask_mark(it, at));
            }
            Object::Instance(instance) => {
                let class = instance.class;
                if !self.user_defines(class, &name) {
                    return Ok(());
                }
                match self.get_attribute(value, &name, at) {
                    Ok(mark) => Some(mark),
                    Err(thrown) if thrown.class == Some(self.known.attribute_error) => None,
                    Err(thrown) => return Err(thrown),
                }
            }
            _ => None,
        };
        if let Some(mark) = mark {
            self.truth_of(&mark, at)?;
        }
        Ok(())
    }

    /// What `ABCMeta` says to `__abc_tpflags__`, which it takes out of the class (`_abc__abc_init`, since 3.10).
    pub(super) fn abc_flags_fault(
        &mut self,
        id: ClassId,
        metaclass: ClassId,
        at: Option<Place>,
    ) -> Option<Raised> {
        const BOTH: i64 = 1 << 5 | 1 << 6;
        let name = Name::const_new("__abc_tpflags__");
        if !self.is_at_least(10) || !self.is_under(metaclass, "abc", "ABCMeta") {
            return None;
        }
        let flags = self.class_names.get(&id)?.get(&name)?.value.clone();
        self.set_class_name(id, &name, None);
        match flags {
            Value::Int(flags) if flags & BOTH == BOTH => {
                let message =
                    "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING";
                Some(Raised::new("TypeError", message.to_owned()))
            }
            Value::Gap(_) => {
                self.assumptions.push(Assumption {
                    what: String::from("`__abc_tpflags__` is not of both kinds"),
                    at,
                });
                None
            }
            _ => None,
        }
    }
}
