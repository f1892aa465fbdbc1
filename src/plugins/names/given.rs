//! What objects give that is not put on them under that name: what a property works out, what a class takes by keyword that a decorator or a
//! metaclass fills (PEP 681), and what a constructor has put into a container of the object.
//!
//! ```python
//! class Setting(BaseModel):
//!     name: str
//!     @property
//!     def full_name(self):
//!         return f"shop_{self.name}"
//! ```

use std::rc::Rc;
use std::sync::Arc;

use crate::plugins::files::modules::File;
use crate::plugins::names::follow::{Defined, Follow, Instance, Scope, Thing, What};
use crate::plugins::names::rounds::changes_container;
use crate::syntax::{Block, Call, ClassDef, Expr, ExprKind, FunctionDef, StmtKind};

/// How far bases of bases are looked at.
const DEEPEST: u32 = 16;

/// Words of a class that has a say in what its fields are.
const SAYING: [&str; 4] = ["validator", "__init__", "__new__", "post_init"];

impl Follow<'_> {
    /// What a property of an object gives, where it is known how the object is made; none where a name is no property's.
    pub(super) fn of_property(&self, of: &Instance, member: &Thing) -> Option<Thing> {
        let Thing::Defined(function) = member else {
            return None;
        };
        let What::Function(def) = &function.what else {
            return None;
        };
        let is_property = |it: &Expr| match &it.kind {
            ExprKind::Name(name) | ExprKind::Attribute(_, name) => {
                matches!(name.as_str(), "property" | "cached_property")
            }
            _ => false,
        };
        let [decorator] = &*def.decorators else {
            return None;
        };
        if !is_property(decorator) {
            return None;
        }
        // Who derives from the class of a `self` that nobody is seen to make may have another one.
        of.call.as_ref()?;
        let mut receiver = of.clone();
        receiver.attributes.clear();
        let receiver = Thing::Instance(Rc::new(receiver));
        let (body, inner) = self.entered(function, Some(receiver), None, false)?;
        match &self.returned_values(&body, &inner)[..] {
            [(value, scope)] => Some(self.settled(value, scope)),
            _ => Some(Thing::Unknown),
        }
    }

    /// What an object has in a field that its class takes by keyword.
    pub(super) fn kept_by_keyword(
        &self,
        of: &Instance,
        class: &Rc<Defined>,
        name: &str,
    ) -> Option<Thing> {
        let (scope, made) = of.call.as_ref()?;
        let ExprKind::Call(call) = &made.kind else {
            return None;
        };
        let is_open = !call.arguments.is_empty() || call.keywords.iter().any(|it| it.0.is_none());
        if is_open || !self.has_field(class, name, 0) || !self.is_filled(class, 0) {
            return None;
        }
        let mut keywords = call.keywords.iter();
        match keywords.find(|it| it.0.as_deref() == Some(name)) {
            Some(given) => Some(self.expr(&given.1, scope)),
            None => match self.attribute(&Thing::Defined(class.clone()), name) {
                // `name: str = Field("x")`
                thing @ Thing::Value(..) => Some(thing),
                _ => Some(Thing::Unknown),
            },
        }
    }

    /// Whether a class, or one above it, has an annotated field, and none on the way has a say in what its fields are.
    fn has_field(&self, class: &Rc<Defined>, name: &str, depth: u32) -> bool {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return false;
        };
        let text = file.text.get(def.start as usize..def.end as usize);
        if depth > DEEPEST || text.is_none_or(|it| SAYING.iter().any(|word| it.contains(word))) {
            return false;
        }
        let is_it = |it: &Expr| matches!(&it.kind, ExprKind::Name(it) if it == name);
        let mut stmts = def.body.iter();
        stmts.any(|it| matches!(&it.kind, StmtKind::Annotate(target, ..) if is_it(target)))
            || self
                .classes_above(def, file)
                .iter()
                .any(|it| self.has_field(it, name, depth + 1))
    }

    /// Whether the constructor of a class is made of its fields: `typing.dataclass_transform` of a class above it, or of its metaclass.
    fn is_filled(&self, class: &Rc<Defined>, depth: u32) -> bool {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return false;
        };
        if depth > DEEPEST {
            return false;
        }
        let mut keywords = def.keywords.iter();
        let metaclass = keywords.find(|it| it.0.as_deref() == Some("metaclass"));
        let metaclass = metaclass.map(|it| self.expr(&it.1, &Scope::of(file)));
        let by_metaclass = match metaclass {
            Some(Thing::Defined(it)) => is_transform(&it),
            _ => false,
        };
        by_metaclass
            || self
                .classes_above(def, file)
                .iter()
                .any(|it| is_transform(it) || self.is_filled(it, depth + 1))
    }

    fn classes_above(&self, def: &ClassDef, file: &Rc<File>) -> Vec<Rc<Defined>> {
        let scope = Scope::of(file);
        let bases = def.bases.iter().map(|it| self.expr(it, &scope));
        let classes = bases.filter_map(|it| match it {
            Thing::Defined(it) if matches!(it.what, What::Class(_)) => Some(it),
            _ => None,
        });
        classes.collect()
    }

    /// What a container holds that a constructor has put on its object, where only the constructor puts anything into it: the display, and
    /// what statements behind it add; nothing where that cannot be told.
    ///
    /// ```python
    /// self.signals = {}
    /// if create:
    ///     self.signals[post_save] = on_create
    /// ```
    #[expect(
        clippy::option_option,
        reason = "nothing is added to it, or what is added cannot be told"
    )]
    pub(super) fn filled_by_init(
        &self,
        (init, file): (&FunctionDef, &Rc<File>),
        (receiver, name): (&str, &str),
        (body, scope): (&Block, &Scope),
    ) -> Option<Option<Thing>> {
        let whole = format!("{receiver}.{name}");
        let (start, end) = (init.start as usize, init.end as usize);
        let (before, behind) = (file.text.get(..start)?, file.text.get(end..)?);
        let within = file.text.get(start..end)?;
        let of_any = format!(".{name}");
        let is_changed_elsewhere = [before, behind]
            .iter()
            .any(|it| changes_container(it, &of_any));
        if is_changed_elsewhere {
            return Some(None);
        }
        if !changes_container(within, &whole) {
            return None;
        }
        let mut entries = vec![];
        let is_whole = self
            .filling(body, scope, (receiver, name), &mut entries)
            .is_some();
        let dict = Expr {
            kind: ExprKind::Dict(entries.into()),
            start: init.start,
            end: init.end,
        };
        Some(is_whole.then(|| Thing::Value(scope.clone(), Arc::new(dict))))
    }

    fn filling(
        &self,
        block: &Block,
        scope: &Scope,
        of: (&str, &str),
        entries: &mut Vec<(Option<Expr>, Expr)>,
    ) -> Option<()> {
        for stmt in block {
            match &stmt.kind {
                StmtKind::Assign(targets, value) => {
                    let [target] = &**targets else { continue };
                    self.filled_with(target, value, of, entries)?;
                }
                StmtKind::Annotate(target, _, Some(value)) => {
                    self.filled_with(target, value, of, entries)?;
                }
                StmtKind::Expr(expr) => {
                    if let ExprKind::Call(call) = &expr.kind {
                        filled_by_call(call, of, entries)?;
                    }
                }
                StmtKind::If(branches) => {
                    let (blocks, is_one_taken) = self.may_be_taken(branches, scope);
                    match &blocks[..] {
                        [] => {}
                        [(only, _)] if is_one_taken => self.filling(only, scope, of, entries)?,
                        several => {
                            let text = |it: &Block| {
                                let (first, last) = (it.first()?, it.last()?);
                                scope.file.text.get(first.start as usize..last.end as usize)
                            };
                            let speaks = |it: &&(&Block, bool)| {
                                text(it.0).is_none_or(|it| it.contains(&format!(".{}", of.1)))
                            };
                            if several.iter().find(speaks).is_some() {
                                return None;
                            }
                        }
                    }
                }
                kind => {
                    let mut is_open = false;
                    kind.blocks(&mut |block| {
                        let mut inside = vec![];
                        is_open |= self.filling(block, scope, of, &mut inside).is_none()
                            || !inside.is_empty();
                    });
                    if is_open {
                        return None;
                    }
                }
            }
        }
        Some(())
    }

    /// `self.signals = {…}`, `self.signals[key] = value`
    #[expect(clippy::unused_self, reason = "it stands beside what asks")]
    fn filled_with(
        &self,
        target: &Expr,
        value: &Expr,
        of: (&str, &str),
        entries: &mut Vec<(Option<Expr>, Expr)>,
    ) -> Option<()> {
        if is_attribute(target, of) {
            entries.clear();
            match &value.kind {
                ExprKind::Dict(own) => {
                    entries.extend(own.iter().cloned());
                }
                ExprKind::Call(call) if call.arguments.is_empty() && call.keywords.is_empty() => {
                    let is_dict =
                        matches!(&call.function.kind, ExprKind::Name(name) if name == "dict");
                    is_dict.then_some(())?;
                }
                _ => return None,
            }
        } else if let ExprKind::Subscript(parts) = &target.kind
            && is_attribute(&parts.0, of)
        {
            entries.push((Some(parts.1.clone()), value.clone()));
        }
        Some(())
    }
}

/// `self.signals.update(more)`
fn filled_by_call(
    call: &Call,
    of: (&str, &str),
    entries: &mut Vec<(Option<Expr>, Expr)>,
) -> Option<()> {
    let ExprKind::Attribute(inner, method) = &call.function.kind else {
        return Some(());
    };
    if !is_attribute(inner, of) {
        return Some(());
    }
    match (method.as_str(), &*call.arguments, &*call.keywords) {
        ("update", [more], []) => entries.push((None, more.clone())),
        _ => return None,
    }
    Some(())
}

fn is_attribute(expr: &Expr, (receiver, name): (&str, &str)) -> bool {
    match &expr.kind {
        ExprKind::Attribute(of, it) => {
            it == name && matches!(&of.kind, ExprKind::Name(of) if of == receiver)
        }
        _ => false,
    }
}

/// Whether a decorator says that who derives from a class, or is made by it, takes its fields by keyword.
fn is_transform(class: &Defined) -> bool {
    let What::Class(def) = &class.what else {
        return false;
    };
    def.decorators.iter().any(|it| match &it.kind {
        ExprKind::Call(call) => matches!(&call.function.kind, ExprKind::Name(name) | ExprKind::Attribute(_, name) if name == "dataclass_transform"),
        _ => false,
    })
}
