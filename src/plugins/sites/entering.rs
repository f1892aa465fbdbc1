//! Functions that are entered where they are called: which are, and what is noted where there are too many of them.

use crate::Name;
use crate::plugins::files::bound::Bound;
use crate::plugins::files::modules::{File, top};
use crate::plugins::names::follow::{Defined, Scope, Thing, What, absolute};
use crate::plugins::sites::places::{MOST_FOLLOWED, Sites};
use crate::source::is_standard_library;
use crate::syntax::{Block, Call, Expr, ExprKind};

/// How many calls are entered in one another.
const MOST_ENTERED: usize = 12;

impl Sites<'_, '_> {
    /// Whether one more function may be entered from a place, and this one is not already.
    pub(super) fn may_enter(&self, function: &str, (scope, at): (&Scope, u32)) -> bool {
        if self.entered.iter().any(|it| it == function) {
            return false;
        }
        let may = self.left > 0 && self.entered.len() < MOST_ENTERED;
        if !may {
            self.note_left_out(scope, at);
        }
        may
    }

    /// Notes that a call is not gone into because there are too many.
    pub(super) fn note_left_out(&self, scope: &Scope, at: u32) {
        self.follow.leave_out(|| {
            let (shown, line) = (&scope.file.shown, scope.file.line(at));
            format!("too many calls are made: what {shown}:{line} leads to is left out")
        });
    }

    /// Notes that what stands at a place is not looked into because it stands in too much.
    pub(super) fn note_too_deep(&self, scope: &Scope, at: u32) {
        self.follow.leave_out(|| {
            let (shown, line) = (&scope.file.shown, scope.file.line(at));
            format!("too much stands in one another: what stands at {shown}:{line} is left out")
        });
    }

    /// Whether a place stands in a function that is called.
    #[expect(clippy::unused_self, reason = "it stands beside what enters")]
    pub(super) fn is_inside(&self, scope: &Scope) -> bool {
        scope.frames.iter().any(|it| it.is_call)
    }

    /// Whether a module has the name of something that registers.
    pub(super) fn is_named_in(&self, file: &File) -> bool {
        if let Some(&known) = self.wanted.named.borrow().get(&file.name) {
            return known;
        }
        let is_named = self.is_named(&file.text);
        let mut named = self.wanted.named.borrow_mut();
        named.insert(file.name.clone(), is_named);
        is_named
    }

    /// Whether a text has the name of something that registers.
    pub(super) fn is_named(&self, text: &str) -> bool {
        let mut names = self.wanted.names.iter();
        names.any(|it| text.contains(it.as_str()))
    }

    /// Enters a function that is called by code which certainly runs; false where it is none that can be entered.
    pub(super) fn enter(
        &mut self,
        call: &Call,
        callee: &Thing,
        expr: &Expr,
        scope: &Scope,
        perhaps: Option<u32>,
    ) -> bool {
        if let ExprKind::Name(name) = &call.function.kind
            && let Some((function, body, inner)) = self.follow.entered_inside(name, (call, scope))
        {
            return self.enter_inside(&function, (&body, inner), (scope, expr.start), perhaps);
        }
        let of_super = self.follow.of_super(&call.function, scope);
        let (function, receiver) = match callee {
            _ if let Some((method, receiver)) = of_super => (method, Some(receiver)),
            Thing::Defined(it) => match &it.what {
                What::Function(_) => (it.clone(), self.class_of(it, call, scope)),
                What::Class(_) => match self.follow.attribute(callee, "__init__") {
                    Thing::Defined(init) => (init, Some(self.made_here(expr, scope))),
                    _ => return false,
                },
                What::Name => return false,
            },
            Thing::Instance(it) if !it.attributes.is_empty() => {
                let inner = || self.follow.inner_method(it, scope);
                let found = self.follow.method_of(it);
                match found.or_else(|| self.follow.method_of(&inner()?)) {
                    Some((method, receiver)) => (method, receiver),
                    None => return false,
                }
            }
            _ => return false,
        };
        let (What::Function(def), Some(file)) = (&function.what, &function.file) else {
            return false;
        };
        // The framework's own functions do the registering.
        let is_own = |it: &Name| it.split('.').next() == Some(self.wanted.module);
        if function.path.contains("<locals>")
            || def.summary.is_generator
            || is_own(&file.name)
                && !is_own(&self.root)
                && !self.discovers(file, (def.start, def.end))
            || self.entered.contains(&function.path)
        {
            return false;
        }
        let text = file.text.get(def.start as usize..def.end as usize);
        let is_worthwhile = text.is_some_and(|it| self.is_named(it) || it.contains('@'))
            || (file.is_project || self.is_named_in(file))
                && text.is_some_and(|it| it.contains('('))
            || text.is_some_and(|it| self.calls_named(file, it));
        if !is_worthwhile {
            return false;
        }
        // The standard library registers nothing with anybody else.
        if !file.is_project && is_standard_library(top(&file.name)) {
            return false;
        }
        if self.left == 0 || self.entered.len() >= MOST_ENTERED {
            self.note_left_out(scope, expr.start);
            return false;
        }
        let entered = self
            .follow
            .entered(&function, receiver, Some((call, scope)), true);
        let Some((body, mut inner)) = entered else {
            return false;
        };
        inner.alter(|frame| frame.is_handed = scope.is_handed());
        self.left -= 1;
        self.entered.push(function.path.clone());
        self.block(&body, &inner, perhaps);
        self.entered.pop();
        true
    }

    /// The object that a call makes; by the name that its statement binds to it, where its methods register something.
    fn made_here(&self, call: &Expr, scope: &Scope) -> Thing {
        let thing = self.follow.expr(call, scope);
        let mut classes = self.wanted.classes.iter();
        match &thing {
            Thing::Instance(it) if classes.any(|class| self.follow.is_a(&it.class, class)) => {
                self.follow.named_here(&thing, call, scope)
            }
            _ => thing,
        }
    }

    /// Whether a part of a library's file calls a function of another one of its modules that has the name of something that registers.
    fn calls_named(&self, file: &File, text: &str) -> bool {
        file.table.names().any(|name| {
            let is_called = || text.contains(&format!("{name}("));
            file.table.get(name).iter().any(|bound| match bound {
                Bound::From(level, module, name) if is_called() => {
                    let from = absolute(file, *level, module);
                    let from = from.filter(|it| top(it) == top(&file.name));
                    let from = from.and_then(|it| self.follow.modules.source(&it));
                    from.is_some_and(|it| match &it.table.get(name)[..] {
                        [Bound::Function(def)] => {
                            let text = it.text.get(def.start as usize..def.end as usize);
                            text.is_some_and(|it| self.is_named(it))
                        }
                        _ => false,
                    })
                }
                _ => false,
            })
        })
    }

    /// Whether a part of a file calls a function that looks for a module in every package.
    fn discovers(&self, file: &File, (start, end): (u32, u32)) -> bool {
        let text = file.text.get(start as usize..end as usize);
        let mut names = self.wanted.discovers.iter();
        text.is_some_and(|text| names.any(|it| text.contains(&format!("{it}("))))
    }

    /// Enters a function that one around the call defines.
    fn enter_inside(
        &mut self,
        function: &Defined,
        (body, mut inner): (&Block, Scope),
        (scope, at): (&Scope, u32),
        perhaps: Option<u32>,
    ) -> bool {
        let What::Function(def) = &function.what else {
            return false;
        };
        if def.summary.is_generator || !self.may_enter(&function.path, (scope, at)) {
            return false;
        }
        inner.alter(|frame| frame.is_handed = scope.is_handed());
        self.left -= 1;
        self.entered.push(function.path.clone());
        self.block(body, &inner, perhaps);
        self.entered.pop();
        true
    }

    /// Follows a function that is handed an object of a framework.
    pub(super) fn hand_on(
        &mut self,
        call: &Call,
        callee: &Thing,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        let (function, receiver) = match callee {
            Thing::Instance(it) => match self.follow.method_of(it) {
                Some((method, receiver)) => (method, receiver),
                None => return,
            },
            Thing::Defined(it) => (it.clone(), self.class_of(it, call, scope)),
            _ => return,
        };
        let (What::Function(def), Some(file)) = (&function.what, &function.file) else {
            return;
        };
        // Those that the framework calls itself are met anyway.
        let mut parameters = self.wanted.parameters.iter();
        let is_met = parameters.any(|it| it.of(def).is_some());
        if is_met && file.name == scope.file.name {
            return;
        }
        let is_ours = |class: &str| self.wanted.parameters.iter().any(|it| it.is == class);
        let is_handed = call.arguments.iter().any(|it| {
            matches!(self.follow.expr(it, scope), Thing::Instance(it) if is_ours(&it.class) && it.attributes.is_empty())
        });
        if !is_handed || self.followed.contains(&function.path) {
            return;
        }
        if self.followed.len() >= MOST_FOLLOWED {
            return self.note_left_out(scope, call.function.start);
        }
        self.followed.insert(function.path.clone());
        let entered = self
            .follow
            .entered(&function, receiver, Some((call, scope)), true);
        if let Some((body, mut inner)) = entered {
            let is_handed = !scope.is_executed() || scope.is_handed();
            inner.alter(|frame| frame.is_handed = is_handed);
            self.block(&body, &inner, perhaps);
        }
    }
}
