//! `__class__`: the cell that functions of a class body read it from, which `type.__new__` fills and the class statement looks at.
//!
//! ```py
//! class Meta(type):
//!     def __new__(cls, name, bases, ns):
//!         ns.pop("__classcell__", None)
//!         return super().__new__(cls, name, bases, ns)
//!
//! class C(metaclass=Meta):
//!     def f(self): return __class__
//! # RuntimeError: __class__ not set defining 'C' as <class 'C'>. Was __classcell__ propagated to type.__new__?
//! ```

use crate::Name;
use crate::evaluate::classes::class_statement::Pending;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{
    Binding, Code, Function, Instance, Namespace, Object, ObjectId, Value,
};
use crate::semantics::{ClassId, Outcome, Raised};
use crate::source::Place;

/// Under which name a namespace hands the cell on.
pub(super) const CLASS_CELL: &str = "__classcell__";
/// Under which name a cell holds what it holds.
const CONTENTS: &str = "cell_contents";
/// By which name cells are known here.
const MARK: &str = "<cell>";

impl Run<'_, '_> {
    /// The cell of the class statement that waits for its class, where its functions read one.
    pub(super) fn new_class_cell(&mut self) -> Option<Value> {
        let pending = self.pending.last()?;
        if !pending.facts.def.as_ref()?.uses_cell {
            return None;
        }
        let class = self.world.facts.class("builtins", "cell");
        let mut cell = Instance::of(class.unwrap_or(self.known.object));
        cell.names
            .insert(Name::const_new(MARK), Binding::new(Value::None, None));
        let cell = self.allocate(Object::Instance(cell));
        if let (Value::Object(id), Some(pending)) = (&cell, self.pending.last_mut()) {
            pending.cell = Some(*id);
        }
        Some(cell)
    }

    /// Takes the cell out of the names of a class; what is none is refused (`type_new_set_classcell`).
    pub(super) fn taken_class_cell(
        &self,
        names: &mut Namespace,
    ) -> Result<Option<ObjectId>, Box<Raised>> {
        let Some(binding) = names.shift_remove(CLASS_CELL) else {
            return Ok(None);
        };
        match &binding.value {
            Value::Object(id) if self.is_class_cell(*id) => Ok(Some(*id)),
            Value::Gap(_) => Ok(None),
            other => {
                let shown = self.type_name(other);
                let message =
                    format!("__classcell__ must be a nonlocal cell, not <class '{shown}'>");
                Err(Box::new(Raised::new("TypeError", message)))
            }
        }
    }

    fn is_class_cell(&self, id: ObjectId) -> bool {
        matches!(self.object(id), Object::Instance(instance) if instance.names.contains_key(MARK))
    }

    /// Puts the class into its cell.
    pub(super) fn fill_class_cell(&mut self, cell: Option<ObjectId>, class: ClassId) {
        if let Some(cell) = cell
            && let Object::Instance(instance) = self.object_mut(cell)
        {
            let class = Binding::new(Value::Class(class), None);
            instance.names.insert(Name::const_new(CONTENTS), class);
        }
    }

    /// What a class statement says to a cell that holds no class, or another than the one it has got (`builtin___build_class__`).
    pub(super) fn fault_of_class_cell(
        &mut self,
        pending: &Pending,
        class: ClassId,
        at: Option<Place>,
    ) -> Option<Box<Thrown>> {
        let cell = pending.cell?;
        // What hangs on a decision, or on names that are not known, may have been handed on.
        let is_told = self.undecided == pending.undecided
            && !self.unlisted.contains_key(&class)
            && !self.touched.contains(cell)
            && matches!(self.classes.get(class).outcome, Outcome::Created(_));
        let Object::Instance(instance) = self.object(cell) else {
            return None;
        };
        let held = instance.names.get(CONTENTS).map(|it| it.value.clone());
        if !is_told || instance.open {
            return None;
        }
        let name = &pending.name;
        let shown = self.shown_class(class);
        match held {
            Some(Value::Class(held)) if held == class => None,
            Some(Value::Class(held)) => {
                let held = self.shown_class(held);
                let message = format!("__class__ set to {held} defining '{name}' as {shown}");
                Some(self.verdict("TypeError", message, at))
            }
            Some(_) => None,
            None => {
                let message = format!(
                    "__class__ not set defining '{name}' as {shown}. Was __classcell__ propagated to type.__new__?"
                );
                Some(self.verdict("RuntimeError", message, at))
            }
        }
    }

    /// The class that a function of a class has in its `__class__` cell, where that is another one: it was written in the body of a class that
    /// a decorator has made again, and nobody has set the cell. Whoever has asked for `__closure__` may have done so.
    ///
    /// ```py
    /// def again(cls): return type(cls)(cls.__name__, cls.__bases__, {"run": cls.run})
    /// @again
    /// class D(A):
    ///     def run(self): return super().run()
    /// # D().run(): TypeError, since the cell has the first D
    /// ```
    pub(crate) fn another_in_cell(&self, class: ClassId, function: &Function) -> Option<ClassId> {
        let body = function.class_body?;
        let held = self.scope(body).class.filter(|&held| held != class)?;
        let Code::Def(def) = &function.code else {
            return None;
        };
        let text = &self.library.file(function.file).text;
        let text = text.get(def.start as usize..def.end as usize)?;
        let reads_cell = text.contains("super") || text.contains("__class__");
        (reads_cell && !self.cells_asked.contains(&body) && !self.classes.is_subclass(class, held))
            .then_some(held)
    }
}
