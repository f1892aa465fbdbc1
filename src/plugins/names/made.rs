//! Classes of a program's own that hand on what they are made with: `super().__init__("shop.channels", **options)`.

use std::rc::Rc;
use std::sync::Arc;

use crate::plugins::files::modules::{File, top};
use crate::plugins::names::follow::{Defined, Follow, Instance, Scope, Thing, What};
use crate::syntax::{Call, ClassDef, Expr, ExprKind, Stmt, StmtKind};

/// How many classes may hand on in one another.
const DEEPEST: usize = 6;

impl Follow<'_> {
    /// What the first class of a framework gets, from the class that is called upwards: the call that reaches its `__init__`, and where that
    /// stands. None where the class called has no `__init__` of its own before that; an error where what it hands on cannot be told.
    pub(in crate::plugins) fn handed_up(
        &self,
        class: &Rc<Defined>,
        of: &Instance,
        (call, scope): (&Call, &Scope),
        framework: &str,
    ) -> Result<Option<(Expr, Scope)>, Unsure> {
        let mut found: Option<(Expr, Scope)> = None;
        let mut class = class.clone();
        for _ in 0..DEEPEST {
            if top(&class.path) == framework {
                return Ok(found);
            }
            let thing = Thing::Defined(class.clone());
            let Thing::Defined(init) = self.attribute(&thing, "__init__") else {
                return Ok(found);
            };
            let (What::Function(_), Some((owner, _))) = (&init.what, init.path.rsplit_once('.'))
            else {
                return Ok(found);
            };
            if top(owner) == framework {
                return Ok(found);
            }
            let owner = self.class_at(owner).ok_or(Unsure)?;
            let mut receiver = of.clone();
            receiver.attributes.clear();
            let receiver = Some(Thing::Instance(Rc::new(receiver)));
            let (made, from) = match &found {
                Some((expr, scope)) => match &expr.kind {
                    ExprKind::Call(call) => (&**call, scope),
                    _ => return Err(Unsure),
                },
                None => (call, scope),
            };
            let entered = self.entered(&init, receiver, Some((made, from)), true);
            let (body, inner) = entered.ok_or(Unsure)?;
            let mut calls = body
                .iter()
                .filter_map(|it| self.is_of_base(it, &owner, &inner));
            let (Some((handed, base)), None) = (calls.next(), calls.next()) else {
                return Err(Unsure);
            };
            let ExprKind::Call(given) = &handed.kind else {
                return Err(Unsure);
            };
            found = Some(match self.spread(given, &inner) {
                Some((call, scope)) => {
                    let kind = ExprKind::Call(Box::new(call));
                    (Expr { kind, ..handed }, scope)
                }
                None if is_open(given) => return Err(Unsure),
                None => (handed, inner),
            });
            class = base;
        }
        Err(Unsure)
    }

    /// The object that a call makes, by the name that its statement binds to it.
    #[expect(clippy::unused_self, reason = "it stands beside what makes it")]
    pub(in crate::plugins) fn named_here(
        &self,
        thing: &Thing,
        call: &Expr,
        scope: &Scope,
    ) -> Thing {
        let around = scope.frames.iter().rev().find(|it| !it.is_round);
        let table = around.map_or(&scope.file.table, |it| &it.table);
        match (thing, table.name_at(call.start)) {
            (Thing::Instance(made), Some(name))
                if made.object.is_empty() && !name.contains('.') =>
            {
                Thing::Instance(Rc::new(Instance {
                    object: scope.path(name),
                    ..(**made).clone()
                }))
            }
            _ => thing.clone(),
        }
    }

    /// The texts that an object without a name is made with, where all that it is made with are texts.
    pub(in crate::plugins) fn made_with_texts(&self, made: &Instance) -> Option<String> {
        let (scope, call) = made.call.as_ref().filter(|_| made.object.is_empty())?;
        let ExprKind::Call(call) = &call.kind else {
            return None;
        };
        self.texts_of(call, scope)
    }

    /// The texts that a call is handed, where these are all.
    pub(in crate::plugins) fn texts_of(&self, call: &Call, scope: &Scope) -> Option<String> {
        let keywords = call.keywords.iter().map(|it| &it.1);
        let texts = call.arguments.iter().chain(keywords);
        let texts: Option<Vec<_>> = texts.map(|it| self.text(it, scope)).collect();
        texts.filter(|it| !it.is_empty()).map(|it| it.join(", "))
    }

    /// The call that gives an object what it is made with, as a class of its framework gets it, and where that stands.
    pub(in crate::plugins) fn made_by(&self, of: &Instance) -> Option<(Expr, Scope)> {
        let (scope, made) = of.call.as_ref()?;
        let itself = || Some(((**made).clone(), scope.clone()));
        let ExprKind::Call(call) = &made.kind else {
            return itself();
        };
        // Of most that is made the class itself is a framework's.
        let Some(class) = self.class_at(&of.class) else {
            return itself();
        };
        let is_own = class.file.as_ref().is_some_and(|it| it.is_project);
        let framework = self.framework_of(&class).filter(|_| is_own);
        match framework {
            Some(framework) => {
                let handed = self.handed_up(&class, of, (call, scope), &framework);
                handed.ok()?.or_else(itself)
            }
            None => itself(),
        }
    }

    /// What the `__init__` of a class above puts under a name, with what the one of the object's class hands on to it.
    pub(super) fn kept_by_base(
        &self,
        of: &Instance,
        (def, file): (&ClassDef, &Rc<File>),
        name: &str,
        scope: &Scope,
    ) -> Option<Thing> {
        let (from, made) = of.call.as_ref()?;
        let ExprKind::Call(call) = &made.kind else {
            return None;
        };
        let class = self.class_at(&of.class)?;
        let Thing::Defined(init) = self.attribute(&Thing::Defined(class.clone()), "__init__")
        else {
            return None;
        };
        let owner = init.path.rsplit_once('.').map(|it| it.0);
        if owner != Some(class.path.as_str()) || self.sets(def, file, name, scope) {
            return None;
        }
        let mut receiver = of.clone();
        receiver.attributes.clear();
        let receiver = Some(Thing::Instance(Rc::new(receiver)));
        let (body, inner) = self.entered(&init, receiver, Some((call, from)), false)?;
        let mut calls = body
            .iter()
            .filter_map(|it| self.is_of_base(it, &class, &inner));
        let (Some((handed, base)), None) = (calls.next(), calls.next()) else {
            return None;
        };
        let ExprKind::Call(given) = &handed.kind else {
            return None;
        };
        let (handed, inner) = match self.spread_partly(given, &inner) {
            Some((call, scope)) => {
                let kind = ExprKind::Call(Box::new(call));
                (Expr { kind, ..handed }, scope)
            }
            None => (handed, inner),
        };
        let of_base = Instance {
            class: base.path.clone(),
            call: Some((inner, Arc::new(handed))),
            ..of.clone()
        };
        self.guarded_kept(&of_base, name, scope)
    }

    /// The top-level module of the first class above a class that stands in another one.
    fn framework_of(&self, class: &Rc<Defined>) -> Option<String> {
        let mut class = class.clone();
        for _ in 0..DEEPEST {
            let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
                return None;
            };
            let scope = Scope::of(file);
            let Thing::Defined(base) = self.expr(def.bases.first()?, &scope) else {
                return None;
            };
            if !base.file.as_ref().is_some_and(|it| it.is_project) {
                return Some(top(&base.path).to_owned());
            }
            class = base;
        }
        None
    }

    fn class_at(&self, path: &str) -> Option<Rc<Defined>> {
        let (module, qualname) = path.split_once(':')?;
        match self.dotted(module, qualname) {
            Thing::Defined(it) if matches!(it.what, What::Class(_)) => Some(it),
            _ => None,
        }
    }

    /// The call of a statement that calls the `__init__` of a base, and that base: `super().__init__(…)`, `Base.__init__(self, …)`.
    fn is_of_base(
        &self,
        stmt: &Stmt,
        owner: &Rc<Defined>,
        scope: &Scope,
    ) -> Option<(Expr, Rc<Defined>)> {
        let StmtKind::Expr(expr) = &stmt.kind else {
            return None;
        };
        let ExprKind::Call(call) = &expr.kind else {
            return None;
        };
        let ExprKind::Attribute(of, name) = &call.function.kind else {
            return None;
        };
        if name != "__init__" {
            return None;
        }
        let (What::Class(def), Some(file)) = (&owner.what, &owner.file) else {
            return None;
        };
        if let ExprKind::Call(inner) = &of.kind {
            let is_super = matches!(&inner.function.kind, ExprKind::Name(it) if it == "super");
            let scope = Scope::of(file);
            let bases = def.bases.iter().filter(|_| is_super);
            let bases: Vec<_> = bases.map(|it| self.expr(it, &scope)).collect();
            let has_own = |it: &&Thing| {
                let found = self.attribute(it, "__init__");
                matches!(found, Thing::Defined(it) if matches!(it.what, What::Function(_)))
            };
            let base = bases.iter().find(has_own).or_else(|| bases.first());
            let Some(Thing::Defined(base)) = base else {
                return None;
            };
            return Some(((**expr).clone(), base.clone()));
        }
        let Thing::Defined(base) = self.expr(of, scope) else {
            return None;
        };
        let (_, rest) = call.arguments.split_first()?;
        let call = Call {
            function: call.function.clone(),
            arguments: rest.into(),
            keywords: call.keywords.clone(),
        };
        let is_class = !matches!(base.what, What::Function(_));
        let kind = ExprKind::Call(Box::new(call));
        is_class.then(|| {
            (
                Expr {
                    kind,
                    ..(**expr).clone()
                },
                base,
            )
        })
    }
}

/// What a class hands on cannot be told.
#[derive(Debug)]
pub(in crate::plugins) struct Unsure;

/// Whether a call unpacks something.
fn is_open(call: &Call) -> bool {
    let is_starred = |it: &Expr| matches!(it.kind, ExprKind::Starred(_));
    call.arguments.iter().any(is_starred) || call.keywords.iter().any(|it| it.0.is_none())
}
