//! Places where something may be registered: calls and decorators, with what they call, in the scope they stand in.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::plugins::files::modules::File;
use crate::plugins::frameworks::{Callback, Classes, Dispatch, ForClasses, Parameter};
use crate::plugins::names::calls::{instance_of, keyword, receiver_of};
use crate::plugins::names::follow::{
    Defined, Follow, Frame, Instance, Scope, Thing, What, is_same,
};
use crate::plugins::sites::dispatch::Plugged;
use crate::plugins::sites::told::Told;
use crate::syntax::{Call, ClassDef, Expr, ExprKind, FunctionDef, Literal, for_parts};

/// Functions that are followed with what they are given, in one another.
pub(super) const MOST_FOLLOWED: usize = 2_000;

/// How deep blocks, and expressions, are looked into.
pub(super) const DEEPEST: u32 = 100;

/// A call or a decorator.
pub(in crate::plugins) struct Site {
    pub(in crate::plugins) scope: Scope,
    /// What is called.
    pub(in crate::plugins) callee: Thing,
    /// The call with its arguments; none for a decorator without.
    pub(in crate::plugins) call: Option<Arc<Expr>>,
    /// What it decorates.
    pub(in crate::plugins) decorated: Option<Rc<Defined>>,
    pub(in crate::plugins) start: u32,
    pub(in crate::plugins) end: u32,
    /// Where the condition stands on which it hangs.
    pub(in crate::plugins) perhaps: Option<u32>,
    /// The name that the statement binds to what the call gives.
    pub(in crate::plugins) bound: Option<Name>,
    /// The module whose code leads here: a function of another one may do the work.
    pub(in crate::plugins) root: Name,
    /// Whether what is decorated is what a called function returns, rather than what it does.
    pub(in crate::plugins) is_returned: bool,
    /// The statement that stands for it, where that is another one.
    pub(in crate::plugins) reason: Option<(Rc<File>, u32, u32)>,
    /// The path of the class whose hook leads here: a method that is called once all is loaded.
    pub(in crate::plugins) hook: Option<String>,
    /// The module, or the path of the class of an object, whose function a call runs that leads here, once that is registered.
    pub(in crate::plugins) runs_with: Option<String>,
}

impl Site {
    /// The call.
    pub(in crate::plugins) fn arguments(&self) -> Option<&Call> {
        match self.call.as_ref().map(|it| &it.kind) {
            Some(ExprKind::Call(call)) => Some(call),
            _ => None,
        }
    }

    /// What is called, or decorates, as it is written.
    pub(in crate::plugins) fn function(&self) -> Option<&Expr> {
        if let Some(call) = self.arguments() {
            return Some(&call.function);
        }
        let decorators = match &self.decorated.as_ref()?.what {
            What::Function(def) => &def.decorators,
            What::Class(def) => &def.decorators,
            What::Name => return None,
        };
        decorators.iter().find(|it| it.start == self.start)
    }

    /// The function that has to be called before it is come by, of which it is not known who calls it.
    pub(in crate::plugins) fn waits_for(&self) -> Option<String> {
        let mut functions = self.scope.frames.iter().filter(|it| it.is_call);
        let first = functions.next().filter(|it| !it.is_called)?;
        Some(first.qualname.clone())
    }

    /// Whether nothing is known of when a function around is called.
    pub(in crate::plugins) fn is_handed(&self) -> bool {
        self.scope.is_handed()
    }

    /// The object that has to be taken in before the function around is called.
    pub(in crate::plugins) fn taken(&self) -> Option<&Rc<Instance>> {
        let mut frames = self.scope.frames.iter();
        frames.find_map(|it| it.taken.as_ref())
    }

    /// Whether code that certainly runs leads here.
    pub(in crate::plugins) fn is_executed(&self) -> bool {
        self.scope.is_executed()
    }
}

/// What is looked for.
pub(in crate::plugins) struct Wanted<'a> {
    /// Last names of what is called.
    pub(in crate::plugins) names: FxHashSet<String>,
    /// Classes whose instances mark what they decorate, whatever they are called.
    pub(in crate::plugins) marks: Vec<&'a String>,
    /// Classes of which making an object registers something.
    pub(in crate::plugins) made: Vec<&'a String>,
    /// Classes whose methods these are.
    pub(in crate::plugins) classes: Vec<&'a String>,
    /// Modules that have one of these names somewhere, and those that do not.
    pub(in crate::plugins) named: RefCell<FxHashMap<Name, bool>>,
    /// The top-level module of the framework.
    pub(in crate::plugins) module: &'a str,
    /// Methods that a framework calls once all is loaded.
    pub(in crate::plugins) hooks: Vec<&'a str>,
    /// Last names of functions that look for a module in every package.
    pub(in crate::plugins) discovers: Vec<&'a str>,
    /// How names of functions begin that it calls.
    pub(in crate::plugins) begins: &'a [String],
    /// Calls that run all functions of a name.
    pub(in crate::plugins) dispatch: &'a [Dispatch],
    /// Methods that it calls for each class that has them.
    pub(in crate::plugins) for_classes: &'a [ForClasses],
    /// Calls by which it is handed functions that it calls.
    pub(in crate::plugins) callbacks: &'a [Callback],
    pub(in crate::plugins) project: &'a [Rc<File>],
    /// Modules of others whose functions such calls run as well, and classes of objects whose methods they run.
    pub(in crate::plugins) plugged: Plugged,
    /// Paths of functions of the project with which its programs begin.
    pub(in crate::plugins) begun: FxHashSet<String>,
    /// How objects are registered with all that they have.
    pub(in crate::plugins) whole: Vec<&'a Classes>,
    /// Classes of which it makes an instance itself.
    pub(in crate::plugins) own: Vec<&'a String>,
    /// Classes whose objects it tells of them.
    pub(in crate::plugins) told: Told<'a>,
    /// What functions of a name are given.
    pub(in crate::plugins) parameters: Vec<&'a Parameter>,
}

/// Looks for sites.
pub(in crate::plugins) struct Sites<'a, 'f> {
    pub(super) follow: &'f Follow<'a>,
    pub(super) wanted: &'f Wanted<'f>,
    pub(super) found: Vec<Site>,
    pub(super) root: Name,
    /// Functions that were followed with what they are given.
    pub(super) followed: FxHashSet<String>,
    /// Functions that are entered now.
    pub(super) entered: Vec<String>,
    /// How many calls may still be entered.
    pub(super) left: usize,
    pub(super) depth: u32,
}

impl<'a, 'f> Sites<'a, 'f> {
    pub(in crate::plugins) fn new(follow: &'f Follow<'a>, wanted: &'f Wanted<'f>) -> Self {
        Self {
            follow,
            wanted,
            found: vec![],
            root: Name::default(),
            followed: FxHashSet::default(),
            entered: vec![],
            left: MOST_FOLLOWED,
            depth: 0,
        }
    }

    /// All sites of a module.
    pub(in crate::plugins) fn of(mut self, file: &Rc<File>) -> Vec<Site> {
        self.root.clone_from(&file.name);
        let is_worthwhile = self.is_worthwhile(&file.text) || file.is_project;
        if is_worthwhile || !self.wanted.parameters.is_empty() {
            self.follow.facts.enter(&file.name);
            self.block(&file.syntax.body, &Scope::of(file), None);
            self.imported_functions(file);
        }
        self.found
    }

    /// Functions that the framework calls, where the module has them from another one: `from .extension import setup`.
    fn imported_functions(&mut self, file: &Rc<File>) {
        for it in &self.wanted.parameters {
            let Thing::Defined(function) = self.follow.name(&it.function, &Scope::of(file)) else {
                continue;
            };
            let (What::Function(def), Some(of)) = (&function.what, &function.file) else {
                continue;
            };
            if of.name == file.name {
                continue;
            }
            let (Some(index), Some((body, mut inner))) =
                (it.of(def), self.follow.entered(&function, None, None, true))
            else {
                continue;
            };
            if let (Some(parameter), Some(frame)) = (def.parameters.get(index), inner.frames.pop())
                && let Ok(mut frame) = Rc::try_unwrap(frame)
            {
                let given = instance_of(&it.is);
                frame.given.insert(parameter.name.clone(), given);
                let inner = inner.within(frame);
                self.block(&body, &inner, None);
            }
        }
    }

    fn is_worthwhile(&self, text: &str) -> bool {
        text.contains('@')
            || self
                .wanted
                .names
                .iter()
                .any(|it| text.contains(it.as_str()))
    }

    /// The name that an assignment binds in a module: `name`, `globals()["name"]`.
    pub(super) fn bound(&self, target: &Expr, scope: &Scope) -> Option<Name> {
        match &target.kind {
            ExprKind::Name(name) => Some(name.clone()),
            ExprKind::Subscript(parts) => {
                let ExprKind::Call(call) = &parts.0.kind else {
                    return None;
                };
                let is_it = matches!(&call.function.kind, ExprKind::Name(it) if it == "globals");
                let text = is_it.then(|| self.follow.text(&parts.1, scope))??;
                Some(Name::from(&*text))
            }
            _ => None,
        }
    }

    /// `name = factory(…)`: what decorates the function that the factory returns.
    pub(super) fn returned(
        &mut self,
        name: &Name,
        value: &Expr,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        let at = value;
        let ExprKind::Call(call) = &value.kind else {
            return;
        };
        if !scope.is_executed() {
            return;
        }
        let Thing::Defined(function) = self.follow.expr(&call.function, scope) else {
            return;
        };
        let (What::Function(def), Some(file)) = (&function.what, &function.file) else {
            return;
        };
        let text = file.text.get(def.start as usize..def.end as usize);
        let returns = |it: &str| it.contains("return") && (it.contains('@') || self.is_named(it));
        if def.summary.is_generator || !text.is_some_and(returns) {
            return;
        }
        if self.left == 0 {
            return self.note_left_out(scope, at.start);
        }
        self.left -= 1;
        let entered = self
            .follow
            .entered(&function, None, Some((call, scope)), true);
        let Some((body, inner)) = entered else { return };
        let values = self.follow.returned_values(&body, &inner);
        // Which of several it is hangs on a condition.
        let perhaps = perhaps.or((values.len() > 1).then_some(at.start));
        for (value, inner) in values {
            let from = self.found.len();
            self.decorated_by_hand(name, &value, &inner, perhaps);
            if let Thing::Defined(made) = self.follow.expr(&value, &inner)
                && let What::Function(def) = &made.what
                && made.path.contains("<locals>")
            {
                for decorator in &def.decorators {
                    self.decorator(decorator, &made, &inner, perhaps);
                }
            }
            for site in &mut self.found[from..] {
                site.bound = Some(name.clone());
                site.is_returned = true;
                site.reason = Some((scope.file.clone(), at.start, at.end));
            }
        }
    }

    pub(super) fn function(&mut self, def: &Arc<FunctionDef>, scope: &Scope, perhaps: Option<u32>) {
        let defined = Rc::new(Defined {
            path: format!("{}:{}", scope.file.name, scope.qualname(&def.name)),
            what: What::Function(def.clone()),
            file: Some(scope.file.clone()),
        });
        for decorator in &def.decorators {
            self.decorator(decorator, &defined, scope, perhaps);
        }
        let mut called = FxHashMap::default();
        let is_plain = scope.frames.iter().all(|it| it.is_class || it.is_round);
        let in_class = scope.frames.iter().any(|it| it.is_class);
        for it in &self.wanted.parameters {
            if is_plain
                && (!in_class || !it.name.is_empty())
                && let Some(index) = it.of(def)
                && let Some(parameter) = def.parameters.get(index)
            {
                called.insert(parameter.name.clone(), instance_of(&it.is));
            }
        }
        let is_begun = |it: &String| def.name.starts_with(it.as_str());
        let is_begun = is_plain && !in_class && self.wanted.begins.iter().any(is_begun);
        let file = &scope.file;
        let text = file.text.get(def.start as usize..def.end as usize);
        let is_of_own = || in_class && def.name == "__init__" && self.is_of_own(scope);
        let is_hook = is_begun
            || self.wanted.hooks.iter().any(|it| *it == def.name.as_str())
            || is_plain && self.wanted.begun.contains(&defined.path)
            || is_of_own();
        if called.is_empty() && !is_hook && !text.is_some_and(|it| self.is_worthwhile(it)) {
            return;
        }
        let mut given = self.follow.annotated(def, scope);
        let is_called = !in_class && !called.is_empty() || is_hook;
        given.extend(called);
        given.extend(receiver_of(def, scope));
        let body = def.body(&scope.file.text);
        let mut inner = self.follow.inner(def, &body, scope, given, is_called);
        inner.alter(|frame| frame.is_handed = true);
        let from = self.found.len();
        self.block(&body, &inner, perhaps);
        let is_late = self.wanted.hooks.iter().any(|it| *it == def.name.as_str());
        if let Some(around) = scope.frames.last().filter(|it| it.is_class && is_late) {
            let path = format!("{}:{}", scope.file.name, around.qualname);
            for site in &mut self.found[from..] {
                site.hook = Some(path.clone());
            }
        }
    }

    /// Whether a class body is that of a class of which the framework makes an instance itself.
    fn is_of_own(&self, scope: &Scope) -> bool {
        let around = scope.frames.last().filter(|it| it.is_class);
        let path = around.map(|it| format!("{}:{}", scope.file.name, it.qualname));
        path.is_some_and(|path| self.wanted.own.iter().any(|it| **it == path))
    }

    pub(super) fn class(&mut self, def: &Arc<ClassDef>, scope: &Scope, perhaps: Option<u32>) {
        let qualname = scope.qualname(&def.name);
        let defined = Rc::new(Defined {
            path: format!("{}:{qualname}", scope.file.name),
            what: What::Class(def.clone()),
            file: Some(scope.file.clone()),
        });
        for decorator in &def.decorators {
            self.decorator(decorator, &defined, scope, perhaps);
        }
        // `class Shop(make_mixin("shop")):`
        let calls = def.bases.iter().chain(def.keywords.iter().map(|it| &it.1));
        for base in calls.filter(|it| matches!(it.kind, ExprKind::Call(_))) {
            self.expr(base, scope, perhaps);
        }
        let inner = scope.within(Frame {
            qualname,
            is_class: true,
            table: self.follow.table(&scope.file, def.start, &def.body),
            ..Frame::default()
        });
        self.block(&def.body, &inner, perhaps);
        self.derived(&defined, scope, perhaps);
        if !self.wanted.told.rules.is_empty() {
            self.told(&defined, scope, perhaps);
        }
    }

    fn decorator(
        &mut self,
        decorator: &Expr,
        decorated: &Rc<Defined>,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        let (function, call) = match &decorator.kind {
            ExprKind::Call(call) => (&call.function, Some(Arc::new(decorator.clone()))),
            _ => (decorator, None),
        };
        let callee = self.follow.expr(function, scope);
        self.decorated_over(&callee, decorated, scope, perhaps);
        self.found.push(Site {
            scope: scope.clone(),
            callee,
            call,
            decorated: Some(decorated.clone()),
            start: decorator.start,
            end: decorator.end,
            perhaps,
            bound: None,
            root: self.root.clone(),
            is_returned: false,
            reason: None,
            hook: None,
            runs_with: None,
        });
        self.passed_on(decorator, decorated, scope, perhaps);
    }

    pub(super) fn expr(&mut self, expr: &Expr, scope: &Scope, perhaps: Option<u32>) {
        if self.depth >= DEEPEST {
            return self.note_too_deep(scope, expr.start);
        }
        self.depth += 1;
        if let ExprKind::Call(call) = &expr.kind {
            self.call(call, expr, scope, perhaps);
        }
        if !self.in_turn(expr, scope, perhaps) {
            let mut parts = vec![];
            for_parts(expr, &mut |part| parts.push(part));
            for part in parts {
                self.expr(part, scope, perhaps);
            }
        }
        self.depth -= 1;
    }

    fn call(&mut self, call: &Call, expr: &Expr, scope: &Scope, perhaps: Option<u32>) {
        // `(app.add_late if is_late else app.add)(item)`
        if let ExprKind::If(parts) = &call.function.kind {
            let truth = self.follow.decide(&parts.0, scope);
            let perhaps = perhaps.or(truth.is_none().then_some(expr.start));
            for (one, other) in [(&parts.1, false), (&parts.2, true)] {
                if truth != Some(other) {
                    let chosen = Call {
                        function: one.clone(),
                        ..call.clone()
                    };
                    let kind = ExprKind::Call(Box::new(chosen.clone()));
                    self.call(&chosen, &Expr { kind, ..*expr }, scope, perhaps);
                }
            }
            return;
        }
        // `getattr(app, "before_request")(start)`
        if let Some(function) = self.asked_by_name(&call.function, scope) {
            let named = Call {
                function,
                ..call.clone()
            };
            let kind = ExprKind::Call(Box::new(named.clone()));
            return self.call(&named, &Expr { kind, ..*expr }, scope, perhaps);
        }
        let name = match &call.function.kind {
            ExprKind::Name(name) | ExprKind::Attribute(_, name) => name.as_str(),
            // `import_string("shop.receivers.connect")()`
            ExprKind::Call(inner) if self.follow.given_by_path(inner, scope).is_some() => "",
            _ => return,
        };
        if !self.wanted.dispatch.is_empty() {
            self.dispatch(call, scope, perhaps);
        }
        let other = self.other_name(&call.function, scope);
        let is_wanted = self.wanted.names.contains(name) || other.is_some();
        let perhaps = perhaps.or(other.filter(|it| *it).map(|_| expr.start));
        let is_name = |it: &Expr| matches!(it.kind, ExprKind::Name(_));
        let may_be_handed =
            !self.wanted.parameters.is_empty() && call.arguments.iter().any(is_name);
        let may_enter = scope.is_executed()
            && (self.is_inside(scope) || scope.file.is_project || self.is_named_in(&scope.file));
        if !is_wanted && !may_be_handed && !may_enter {
            return;
        }
        let mut callee = self.follow.expr(&call.function, scope);
        let over = self
            .wanted
            .whole
            .iter()
            .any(|it| it.method.iter().any(|it| it == name));
        // `super().register(plugin, name)`
        if over
            && !matches!(callee, Thing::Instance(_))
            && !class_around(scope).is_some_and(|it| self.is_own_class(&it))
            && let Some((_, Thing::Instance(of))) = self.follow.of_super(&call.function, scope)
        {
            callee = self.follow.attribute(&Thing::Instance(of), name);
        }
        let over = over && self.hands_up(&callee, scope);
        if scope.is_executed() {
            self.follow.note_keys(&callee, call, scope, perhaps);
        }
        let is_wanted = is_wanted || self.is_made(&callee);
        // What it does to register something is its own.
        let is_ours = |class: &str| {
            let mut classes = self.wanted.classes.iter();
            classes.any(|it| self.follow.is_a(class, it))
        };
        let is_registering = is_wanted
            && !over
            && matches!(&callee, Thing::Instance(it) if it.attributes.is_empty() || is_ours(&it.class));
        let from = self.found.len();
        let is_entered =
            may_enter && !is_registering && self.enter(call, &callee, expr, scope, perhaps);
        if over && is_entered {
            let is_it = |it: &Thing| matches!(it, Thing::Instance(it) if it.attributes == name);
            for site in &mut self.found[from..] {
                if is_it(&site.callee) && site.reason.is_none() {
                    site.reason = Some((scope.file.clone(), expr.start, expr.end));
                }
            }
        }
        if !is_entered && may_be_handed {
            self.hand_on(call, &callee, scope, perhaps);
        }
        if is_wanted && !(over && is_entered) {
            let spread = self.follow.spread(call, scope);
            let (call, scope, whole) = match &spread {
                Some((call, scope)) => {
                    let kind = ExprKind::Call(Box::new(call.clone()));
                    (call, scope, Expr { kind, ..*expr })
                }
                None => (call, scope, expr.clone()),
            };
            self.handed_over(call, &callee, scope, perhaps);
            let declared = |at: usize, name: &str| {
                let given = call.arguments.get(at);
                given.or_else(|| keyword(call, name))
            };
            if let Thing::Instance(of) = &callee
                && let (Some(name), Some(value)) = (declared(0, "name"), declared(1, "default"))
                && let Some(name) = self.follow.text(name, scope)
            {
                self.follow
                    .declare(of, &name, &self.follow.expr(value, scope));
            }
            let mut site = Site {
                scope: scope.clone(),
                callee,
                call: Some(Arc::new(whole)),
                decorated: None,
                start: expr.start,
                end: expr.end,
                perhaps,
                bound: None,
                root: self.root.clone(),
                is_returned: false,
                reason: None,
                hook: None,
                runs_with: None,
            };
            self.handed_up(&mut site, call, scope);
            self.found.push(site);
        }
    }

    /// Whether a method is a program's own that hands to the framework's what it is to register.
    fn hands_up(&self, callee: &Thing, scope: &Scope) -> bool {
        let Thing::Instance(of) = callee else {
            return false;
        };
        let Some((method, _)) = self.follow.method_of(of) else {
            return false;
        };
        let (What::Function(def), Some(file)) = (&method.what, &method.file) else {
            return false;
        };
        let text = file.text.get(def.start as usize..def.end as usize);
        let hands = format!("super().{}(", of.attributes);
        let owner = method.path.rsplit_once('.').map_or("", |it| it.0);
        scope.is_executed()
            && !self.is_own_class(owner)
            && !self.entered.contains(&method.path)
            && text.is_some_and(|it| it.contains(&hands))
    }

    /// Whether a class is one of those whose methods register an object with all that it has.
    fn is_own_class(&self, path: &str) -> bool {
        let mut own = self.wanted.whole.iter().flat_map(|it| &it.on);
        own.any(|it| is_same(it, path))
    }

    /// `getattr(of, "name")` as `of.name`.
    fn asked_by_name(&self, function: &Expr, scope: &Scope) -> Option<Expr> {
        let ExprKind::Call(asks) = &function.kind else {
            return None;
        };
        let is_it = matches!(&asks.function.kind, ExprKind::Name(it) if it == "getattr");
        let [of, name] = &*asks.arguments else {
            return None;
        };
        let name = is_it.then(|| self.follow.text(name, scope))??;
        Some(Expr {
            kind: ExprKind::Attribute(Box::new(of.clone()), Name::from(&*name)),
            ..*function
        })
    }

    /// Whether it is a class that derives from one of which making an object registers something.
    fn is_made(&self, callee: &Thing) -> bool {
        let mut made = self.wanted.made.iter();
        match callee {
            Thing::Defined(it) if matches!(it.what, What::Class(_)) => {
                made.any(|class| self.follow.is_a(&it.path, class))
            }
            _ => false,
        }
    }
}

/// The text of a literal.
pub(in crate::plugins) fn literal(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Literal(Literal::Str(text)) => Some(text.to_string()),
        ExprKind::Literal(Literal::Int(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// The path of the class in which a place stands.
fn class_around(scope: &Scope) -> Option<String> {
    let around = scope.frames.iter().rev().find(|it| it.is_class);
    around.map(|it| format!("{}:{}", scope.file.name, it.qualname))
}
