//! Decorators of a program's own that hand what they decorate to one of a framework's.
//!
//! ```python
//! def shop_fixture(function):
//!     return pytest.fixture(scope="session")(function)
//! ```

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::plugins::frameworks::Callback;
use crate::plugins::names::calls::instance_of;
use crate::plugins::names::follow::{Defined, Frame, Instance, Scope, Thing, What};
use crate::plugins::names::written::is_path;
use crate::plugins::sites::hand::by_hand;
use crate::plugins::sites::places::{Site, Sites};
use crate::syntax::{Call, Expr, ExprKind};

impl Sites<'_, '_> {
    /// The sites that a decorator comes to which is no framework's: what it calls with what it decorates.
    pub(super) fn passed_on(
        &mut self,
        decorator: &Expr,
        decorated: &Rc<Defined>,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        let from = self.found.len();
        match &decorator.kind {
            ExprKind::Call(call) => self.made(call, decorated, scope),
            _ => match self.follow.expr(decorator, scope) {
                Thing::Defined(function) => self.applied(&function, decorated),
                thing => self.partial(&thing, decorated),
            },
        }
        for site in &mut self.found[from..] {
            site.perhaps = perhaps;
            site.is_returned = site.scope.frames.iter().any(|it| it.is_call);
            site.reason = Some((scope.file.clone(), decorator.start, decorator.end));
        }
        self.effects(decorator, decorated, scope, perhaps);
    }

    /// `@session_fixture` where that is `functools.partial(pytest.fixture, scope="session")`.
    fn partial(&mut self, thing: &Thing, decorated: &Rc<Defined>) {
        let (scope, call) = match thing {
            Thing::Instance(it) => match &it.call {
                Some((scope, call)) => (scope, call),
                None => return,
            },
            Thing::Value(scope, call) => (scope, call),
            _ => return,
        };
        let ExprKind::Call(made) = &call.kind else {
            return;
        };
        if let Some(first) = made.arguments.first()
            && is_path(
                &self.follow.expr(&made.function, scope),
                "functools:partial",
            )
        {
            let callee = self.follow.settled(first, scope);
            self.site(callee, Some(call.clone()), decorated, scope);
        }
    }

    /// `@maker(…)`: what the function returns decorates.
    fn made(&mut self, call: &Call, decorated: &Rc<Defined>, scope: &Scope) {
        let function = match self.follow.expr(&call.function, scope) {
            Thing::Defined(function) => function,
            thing => return self.partial(&thing, decorated),
        };
        if !self.is_worth_entering(&function, "return") {
            return;
        }
        let entered = self
            .follow
            .entered(&function, None, Some((call, scope)), true);
        let Some((body, inner)) = entered else { return };
        for (value, inner) in self.follow.returned_values(&body, &inner) {
            if let ExprKind::Call(given) = &value.kind {
                let callee = self.follow.expr(&given.function, &inner);
                self.site(callee, Some(Arc::new(value.clone())), decorated, &inner);
                continue;
            }
            // A function of its own that is handed what is decorated.
            if let Thing::Defined(wrapper) = self.follow.expr(&value, &inner)
                && let What::Function(def) = &wrapper.what
                && wrapper.path.contains("<locals>")
                && let Some(first) = def.parameters.first()
            {
                let mut given = FxHashMap::default();
                given.insert(first.name.clone(), Thing::Defined(decorated.clone()));
                let body = def.body(&inner.file.text);
                let scope = self.follow.inner(def, &body, &inner, given, true);
                for (value, scope) in self.follow.returned_values(&body, &scope) {
                    self.handed(&value, decorated, &scope);
                }
            }
        }
    }

    /// `@maker`: what the function returns when it is called with what is decorated.
    fn applied(&mut self, function: &Rc<Defined>, decorated: &Rc<Defined>) {
        if !self.is_worth_entering(function, "return") {
            return;
        }
        let handed = Thing::Defined(decorated.clone());
        let entered = self.follow.entered(function, Some(handed), None, true);
        let Some((body, inner)) = entered else { return };
        for (value, inner) in self.follow.returned_values(&body, &inner) {
            self.handed(&value, decorated, &inner);
        }
    }

    /// What a decorator does beside what it returns: `def with_plugins(points): def decorate(group): group.add_command(…)`.
    pub(super) fn effects(
        &mut self,
        decorator: &Expr,
        decorated: &Rc<Defined>,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        if !scope.is_executed() {
            return;
        }
        let (function, call) = match &decorator.kind {
            ExprKind::Call(call) => (self.follow.expr(&call.function, scope), Some(call)),
            _ => (self.follow.expr(decorator, scope), None),
        };
        let (function, receiver) = match &function {
            Thing::Defined(function) => (function.clone(), None),
            // `@registry.register()`
            Thing::Instance(it) if !self.is_wanted(it) => match self.follow.method_of(it) {
                Some(found) => found,
                None => return,
            },
            _ => return,
        };
        if !self.is_worth_entering(&function, "(")
            || !self.may_enter(&function.path, (scope, decorator.start))
        {
            return;
        }
        // What stands below it has made something of the function already.
        let handed = match &decorated.what {
            What::Function(def) => self.follow.function(def, scope),
            _ => Thing::Defined(decorated.clone()),
        };
        let from = self.found.len();
        self.entered.push(function.path.clone());
        if let Some(call) = call {
            let entered = self
                .follow
                .entered(&function, receiver, Some((call, scope)), true);
            let mut values = vec![];
            if let Some((body, inner)) = entered {
                values = self.follow.returned_values(&body, &inner);
                self.block(&body, &inner, perhaps);
            }
            for (value, inner) in values {
                // `return lambda model: register(model)`
                if let ExprKind::Lambda(lambda) = &value.kind
                    && let Some(first) = lambda.parameters.first()
                {
                    let scope = inner.within(Frame {
                        is_call: true,
                        is_called: true,
                        given: [(first.name.clone(), handed.clone())].into_iter().collect(),
                        ..Frame::default()
                    });
                    self.expr(&lambda.body, &scope, perhaps);
                    continue;
                }
                if let Thing::Defined(wrapper) = self.follow.expr(&value, &inner)
                    && let What::Function(def) = &wrapper.what
                    && wrapper.path.contains("<locals>")
                    && let Some(first) = def.parameters.first()
                {
                    let mut given = FxHashMap::default();
                    given.insert(first.name.clone(), handed.clone());
                    let body = def.body(&inner.file.text);
                    let scope = self.follow.inner(def, &body, &inner, given, true);
                    self.block(&body, &scope, perhaps);
                }
            }
        } else if receiver.is_none()
            && let Some((body, inner)) = self.follow.entered(&function, Some(handed), None, true)
        {
            self.block(&body, &inner, perhaps);
        }
        self.entered.pop();
        for site in &mut self.found[from..] {
            site.reason = Some((scope.file.clone(), decorator.start, decorator.end));
        }
    }

    /// Whether an object's method is one that registers: what it does is the framework's own matter.
    fn is_wanted(&self, of: &Instance) -> bool {
        let mut classes = self.wanted.classes.iter();
        classes.any(|it| self.follow.is_a(&of.class, it))
    }

    /// `framework(…)(function)`, `framework(function)`
    fn handed(&mut self, value: &Expr, decorated: &Rc<Defined>, scope: &Scope) {
        let ExprKind::Call(outer) = &value.kind else {
            return;
        };
        let Some(first) = outer.arguments.first() else {
            return;
        };
        let is_it = matches!(self.follow.expr(first, scope), Thing::Defined(it) if it.path == decorated.path);
        if !is_it {
            return;
        }
        if let ExprKind::Call(inner) = &outer.function.kind {
            let callee = self.follow.expr(&inner.function, scope);
            let call = Arc::new(outer.function.clone());
            self.site(callee, Some(call), decorated, scope);
        } else {
            let callee = self.follow.expr(&outer.function, scope);
            self.site(callee, Some(Arc::new(value.clone())), decorated, scope);
        }
    }

    /// `framework(…)(function)` as a statement.
    pub(super) fn called_by_hand(&mut self, expr: &Expr, scope: &Scope, perhaps: Option<u32>) {
        if let Some(mut site) = by_hand(self.follow, None, expr, scope, &|_| false) {
            site.perhaps = perhaps;
            site.root.clone_from(&self.root);
            self.found.push(site);
        }
    }

    /// Enters a function that a call hands over to the framework, which calls it whatever happens: `app.connect("config-inited", added)`.
    pub(super) fn handed_over(
        &mut self,
        call: &Call,
        callee: &Thing,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        let (Thing::Instance(of), [when, rest @ ..]) = (callee, &*call.arguments) else {
            return;
        };
        let function = rest.first();
        let is_it = |it: &&Callback| {
            it.method.contains(&of.attributes)
                && it.on.iter().any(|class| self.follow.is_a(&of.class, class))
        };
        let Some(callback) = self.wanted.callbacks.iter().find(is_it) else {
            return;
        };
        if callback.when.is_empty() {
            let function = self.follow.expr(when, scope);
            return self.call_back(callback, of, &function, (scope, when.start), perhaps);
        }
        let Some(function) = function else { return };
        let text = self.follow.text(when, scope);
        if !scope.is_executed()
            || !text.is_some_and(|it| callback.when.iter().any(|one| **one == *it))
        {
            return;
        }
        let Thing::Defined(function) = self.follow.expr(function, scope) else {
            return;
        };
        if !self.is_worth_entering(&function, "(") || self.entered.contains(&function.path) {
            return;
        }
        let given = Some(instance_of(&callback.is));
        if let Some((body, inner)) = self.follow.entered(&function, given, None, true) {
            self.entered.push(function.path.clone());
            self.block(&body, &inner, perhaps);
            self.entered.pop();
        }
    }

    /// The same for what a decorator hands over: `@blueprint.record_once`.
    pub(super) fn decorated_over(
        &mut self,
        callee: &Thing,
        decorated: &Rc<Defined>,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        let Thing::Instance(of) = callee else {
            return;
        };
        let is_it = |it: &&Callback| {
            it.when.is_empty()
                && it.method.contains(&of.attributes)
                && it.on.iter().any(|class| self.follow.is_a(&of.class, class))
        };
        if let Some(callback) = self.wanted.callbacks.iter().find(is_it) {
            let function = Thing::Defined(decorated.clone());
            let at = match &decorated.what {
                What::Function(def) => def.start,
                _ => 0,
            };
            self.call_back(callback, of, &function, (scope, at), perhaps);
        }
    }

    /// Enters a function that the framework calls with an object of its own.
    fn call_back(
        &mut self,
        callback: &Callback,
        of: &Instance,
        function: &Thing,
        (scope, at): (&Scope, u32),
        perhaps: Option<u32>,
    ) {
        let Thing::Defined(function) = function else {
            return;
        };
        if !scope.is_executed() || !self.may_enter(&function.path, (scope, at)) {
            return;
        }
        let given = instance_of(&callback.is);
        let entered = match &function.what {
            // One that the function around defines sees its names.
            What::Function(def) if function.path.contains("<locals>") => {
                let first = def.parameters.first();
                let given = first.map(|it| (it.name.clone(), given));
                let body = def.body(&scope.file.text);
                let given = given.into_iter().collect();
                let inner = self.follow.inner(def, &body, scope, given, true);
                let is_here = function
                    .file
                    .as_ref()
                    .is_some_and(|it| it.name == scope.file.name);
                is_here.then_some((body, inner))
            }
            _ => self.follow.entered(function, Some(given), None, true),
        };
        let Some((body, mut inner)) = entered else {
            return;
        };
        inner.alter(|frame| frame.is_handed = scope.is_handed());
        if callback.when_taken {
            let mut taken = of.clone();
            taken.attributes.clear();
            inner.alter(|frame| frame.taken = Some(Rc::new(taken)));
        }
        self.entered.push(function.path.clone());
        self.block(&body, &inner, perhaps);
        self.entered.pop();
    }

    /// The class on which a call asks for one of its class methods.
    pub(super) fn class_of(&self, function: &Defined, call: &Call, scope: &Scope) -> Option<Thing> {
        let (What::Function(def), ExprKind::Attribute(of, _)) =
            (&function.what, &call.function.kind)
        else {
            return None;
        };
        let is_it = |it: &Expr| matches!(&it.kind, ExprKind::Name(name) if name == "classmethod");
        if !def.decorators.iter().any(is_it) {
            return None;
        }
        let of = self.follow.expr(of, scope);
        matches!(&of, Thing::Defined(it) if matches!(it.what, What::Class(_))).then_some(of)
    }

    fn site(
        &mut self,
        callee: Thing,
        call: Option<Arc<Expr>>,
        decorated: &Rc<Defined>,
        scope: &Scope,
    ) {
        self.found.push(Site {
            scope: scope.clone(),
            callee,
            call,
            decorated: Some(decorated.clone()),
            start: 0,
            end: 0,
            perhaps: None,
            bound: None,
            root: self.root.clone(),
            is_returned: false,
            reason: None,
            hook: None,
            runs_with: None,
        });
    }

    /// Whether a function is a program's own, and names something that registers.
    pub(super) fn is_worth_entering(&self, function: &Defined, word: &str) -> bool {
        let (What::Function(def), Some(file)) = (&function.what, &function.file) else {
            return false;
        };
        let is_own = file.name.split('.').next() == Some(self.wanted.module);
        let text = file.text.get(def.start as usize..def.end as usize);
        !is_own
            && !function.path.contains("<locals>")
            && !def.summary.is_generator
            && text.is_some_and(|it| it.contains(word) && self.is_named(it))
    }
}
