//! Members of enumerations: which there are, their names and values.

use std::rc::Rc;

use crate::plugins::files::bound::Bound;
use crate::plugins::files::modules::File;
use crate::plugins::names::follow::{Defined, Follow, Frame, Instance, Scope, Thing, What};
use crate::plugins::names::written::said;
use crate::syntax::{ClassDef, Expr, ExprKind, FunctionDef, StmtKind};

impl Follow<'_> {
    /// Whether a class statement makes an enumeration.
    pub(in crate::plugins) fn is_enum(&self, def: &ClassDef, file: &Rc<File>) -> bool {
        let text = |it: &Expr| file.text.get(it.start as usize..it.end as usize);
        let names = bases_of(def).filter_map(text);
        let mut names = names.filter(|it| it.contains("Enum") || it.contains("Flag"));
        names.next().is_some()
            && self.is_any(def, file, &["enum:Enum", "enum:StrEnum", "enum:IntEnum"])
    }

    /// Whether one of the classes from which a class statement derives is one of these, or derives from one.
    fn is_any(&self, def: &ClassDef, file: &Rc<File>, paths: &[&str]) -> bool {
        bases_of(def).any(|base| match self.expr(base, &Scope::of(file)) {
            Thing::Defined(it) => paths.iter().any(|path| self.is_a(&it.path, path)),
            _ => false,
        })
    }

    /// The value of a member of an enumeration whose members are numbers or texts: they are equal to it.
    pub(in crate::plugins) fn plain_member(&self, of: &Instance) -> Option<Thing> {
        let (class, file) = self.enum_of(of)?;
        let What::Class(def) = &class.what else {
            return None;
        };
        let is_plain = |base: &Expr| matches!(&base.kind, ExprKind::Name(it) if matches!(it.as_str(), "int" | "str"));
        let plain = ["enum:IntEnum", "enum:StrEnum", "enum:IntFlag"];
        if !def.bases.iter().any(is_plain) && !self.is_any(def, &file, &plain) {
            return None;
        }
        self.of_member(of, "value")
    }

    /// The enumeration of which an object is a member.
    fn enum_of(&self, of: &Instance) -> Option<(Rc<Defined>, Rc<File>)> {
        let name = of.object.strip_prefix(&*of.class)?.strip_prefix('.')?;
        if name.contains('.') || !of.attributes.is_empty() {
            return None;
        }
        let (module, qualname) = of.class.split_once(':')?;
        let Thing::Defined(class) = self.dotted(module, qualname) else {
            return None;
        };
        let (What::Class(def), Some(file)) = (&class.what, class.file.clone()) else {
            return None;
        };
        self.is_enum(def, &file).then_some((class, file))
    }

    /// A member of an enumeration.
    #[expect(clippy::unused_self, reason = "it stands beside what asks")]
    pub(super) fn enum_member(&self, class: &str, name: &str) -> Thing {
        Thing::Instance(Rc::new(Instance {
            class: class.to_owned(),
            object: format!("{class}.{name}"),
            call: None,
            attributes: String::new(),
            of: None,
        }))
    }

    /// The members of an enumeration, in order.
    pub(super) fn enum_members(&self, class: &Rc<Defined>) -> Option<Vec<Thing>> {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return None;
        };
        if !self.is_enum(def, file) {
            return None;
        }
        let mut found = vec![];
        for stmt in &def.body {
            let target = match &stmt.kind {
                StmtKind::Assign(targets, _) => targets.first(),
                StmtKind::Annotate(target, _, Some(_)) => Some(&**target),
                _ => None,
            };
            if let Some(Expr {
                kind: ExprKind::Name(name),
                ..
            }) = target
                && !name.starts_with('_')
            {
                found.push(self.enum_member(&class.path, name));
            }
        }
        Some(found)
    }

    /// `member.value`, `member.name`
    pub(super) fn of_member(&self, of: &Instance, attribute: &str) -> Option<Thing> {
        let name = of.object.strip_prefix(&*of.class)?.strip_prefix('.')?;
        let (class, file) = self.enum_of(of)?;
        let What::Class(def) = &class.what else {
            return None;
        };
        let scope = Scope::of(&file);
        if attribute == "name" {
            return Some(said(name, &scope));
        }
        let inner = scope.within(Frame {
            qualname: class.qualname().to_owned(),
            is_class: true,
            ..Frame::default()
        });
        let table = self.table(&file, def.start, &def.body);
        let [Bound::Value(value)] = &table.get(name)[..] else {
            return None;
        };
        match &table.get("__new__")[..] {
            [] => Some(self.expr(value, &inner)),
            [Bound::Function(new)] => {
                let at = value_given(new, &file)?;
                let part = match &value.kind {
                    ExprKind::Tuple(items) => items.get(at)?,
                    _ if at == 0 => &**value,
                    _ => return None,
                };
                Some(self.expr(part, &inner))
            }
            _ => None,
        }
    }
}

/// What a class statement names as bases, or a decorator of the standard library does for it: `@_simple_enum(IntEnum)`.
fn bases_of(def: &ClassDef) -> impl Iterator<Item = &Expr> {
    let by_decorator = def.decorators.iter().filter_map(|it| match &it.kind {
        ExprKind::Call(call) => match &call.function.kind {
            ExprKind::Name(name) if name == "_simple_enum" => call.arguments.first(),
            _ => None,
        },
        _ => None,
    });
    def.bases.iter().chain(by_decorator)
}

/// Which of the parts of what a member is assigned a `__new__` says is its value: `member._value_ = value`.
fn value_given(new: &FunctionDef, file: &Rc<File>) -> Option<usize> {
    let body = new.body(&file.text);
    let mut said = body.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::Assign(targets, value) => match (&**targets, &value.kind) {
            ([target], ExprKind::Name(name)) => match &target.kind {
                ExprKind::Attribute(_, it) if it == "_value_" => Some(name),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let name = said.next()?;
    let at = new.parameters.iter().position(|it| it.name == *name)?;
    at.checked_sub(1)
}
