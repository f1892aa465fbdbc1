//! `functools.cached_property`: called once for an instance, which keeps what it gave.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Object, ObjectId, Value};
use crate::semantics::Why;
use crate::source::Place;

impl Run<'_, '_> {
    /// `cached_property.__get__(instance, owner)`, which is asked only where the instance has nothing of that name.
    ///
    /// ```py
    /// class C:
    ///     @cached_property
    ///     def x(self): ...
    ///
    /// c.x  # calls it, and stores what it gives in c.__dict__
    /// ```
    pub(super) fn cached_attribute(
        &mut self,
        descriptor: ObjectId,
        instance: &Value,
        at: Option<Place>,
    ) -> Eval {
        let (Some(function), Some(Value::Str(name))) = (
            self.kept(descriptor, "func"),
            self.kept(descriptor, "attrname"),
        ) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        let scope = self.any_scope();
        let value = self.call(&function, Arguments::of(vec![instance.clone()]), at, scope)?;
        if let Value::Object(id) = instance
            && let Object::Instance(keeper) = self.object_mut(*id)
        {
            let kept = Binding::new(value.clone(), at);
            let name = Name::from(&*name);
            keeper.names.insert(name.clone(), kept);
            self.show_in_dict(*id, &name, at);
        }
        Ok(value)
    }
}
