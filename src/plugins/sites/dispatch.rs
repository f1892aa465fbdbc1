//! Calls that run all functions of a name: `manager.hook.shop_commands(group=main)`, `manager.hook.shop_opened.call_historic(kwargs={…})`.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::Name;
use crate::plugins::entry_points::value_parts;
use crate::plugins::files::modules::{File, top};
use crate::plugins::frameworks::Dispatch;
use crate::plugins::names::calls::{keyword, round};
use crate::plugins::names::follow::{Defined, Follow, Frame, Instance, Scope, Thing, What};
use crate::plugins::names::imports::imports_in;
use crate::plugins::names::listed::Object;
use crate::plugins::sites::places::{Site, Sites};
use crate::syntax::{Block, Call, Expr, ExprKind, Literal, StmtKind};

/// How many modules of others are looked at, and objects.
const MOST: usize = 400;

/// How deep blocks are looked into.
const DEEPEST: u32 = 40;

/// What is added to a program, apart from its own modules.
#[derive(Default)]
pub(in crate::plugins) struct Plugged {
    files: OnceCell<Vec<Rc<File>>>,
    objects: OnceCell<Vec<Object>>,
}

impl Sites<'_, '_> {
    /// Enters each function that a marker makes an implementation of the name which a call asks for, and each such method of an object that is
    /// registered.
    pub(super) fn dispatch(&mut self, call: &Call, scope: &Scope, perhaps: Option<u32>) {
        let Some((rule, name, given)) = dispatched(self.wanted.dispatch, call) else {
            return;
        };
        if !scope.is_executed() {
            return;
        }
        let lasts = matches!(&call.function.kind, ExprKind::Attribute(_, last) if rule.lasting.iter().any(|it| it == last.as_str()));
        let given = given.unwrap_or_else(|| call.clone());
        let (wanted, follow) = (self.wanted, self.follow);
        let plugged = wanted.plugged.files(rule, follow, wanted.project);
        let all = wanted.project.iter().chain(plugged);
        for file in all.filter(|it| it.table.has(&name)) {
            let module = Scope::of(file);
            let Thing::Defined(function) = follow.name(&name, &module) else {
                continue;
            };
            let is_own = function
                .file
                .as_ref()
                .is_some_and(|it| it.name == file.name);
            if is_own && self.is_marked(rule, &function) {
                let from = self.found.len();
                self.run(&function, None, (&given, scope), perhaps);
                self.runs_with(&file.name, from, lasts);
            }
        }
        for (class, is_sure) in wanted.plugged.objects(rule, follow, wanted.project) {
            let of = Thing::Defined(class.clone());
            let Thing::Defined(method) = follow.attribute(&of, &name) else {
                continue;
            };
            if !self.is_marked(rule, &method) {
                continue;
            }
            let receiver = Thing::Instance(Rc::new(Instance {
                class: class.path.clone(),
                object: String::new(),
                call: None,
                attributes: String::new(),
                of: None,
            }));
            let hangs = (!is_sure).then_some(call.function.start);
            let from = self.found.len();
            self.run(&method, Some(receiver), (&given, scope), perhaps.or(hangs));
            self.runs_with(&class.path, from, lasts);
        }
    }

    /// Notes of the sites from one on with which plugin they come, where a call runs the functions of those that are registered later, too.
    fn runs_with(&mut self, plugin: &str, from: usize, lasts: bool) {
        for site in self.found[from..].iter_mut().filter(|_| lasts) {
            site.runs_with.get_or_insert_with(|| plugin.to_owned());
        }
    }

    fn is_marked(&self, rule: &Dispatch, function: &Defined) -> bool {
        let (What::Function(def), Some(file)) = (&function.what, &function.file) else {
            return false;
        };
        let module = Scope::of(file);
        def.decorators.iter().any(|it| {
            let marker = match &it.kind {
                ExprKind::Call(call) => &call.function,
                _ => it,
            };
            match self.follow.expr(marker, &module) {
                Thing::Instance(it) => rule
                    .on
                    .iter()
                    .any(|class| self.follow.is_a(&it.class, class)),
                _ => false,
            }
        })
    }

    /// Enters such a function, which may take fewer arguments than it is called with.
    fn run(
        &mut self,
        function: &Defined,
        receiver: Option<Thing>,
        (call, scope): (&Call, &Scope),
        perhaps: Option<u32>,
    ) {
        if !self.may_enter(&function.path, (scope, call.function.start)) {
            return;
        }
        let entered = self
            .follow
            .entered(function, receiver, Some((call, scope)), true);
        if let Some((body, inner)) = entered {
            self.left -= 1;
            self.entered.push(function.path.clone());
            self.block(&body, &inner, perhaps);
            self.entered.pop();
        }
    }
}

/// The rule by which a call runs functions, their name, and the call with what they are handed, where that stands in a mapping.
fn dispatched<'d>(
    rules: &'d [Dispatch],
    call: &Call,
) -> Option<(&'d Dispatch, Name, Option<Call>)> {
    let ExprKind::Attribute(of, last) = &call.function.kind else {
        return None;
    };
    let through = |of: &Expr| match &of.kind {
        ExprKind::Attribute(_, name) | ExprKind::Name(name) => {
            rules.iter().find(|it| it.through == name.as_str())
        }
        _ => None,
    };
    if let Some(rule) = through(of) {
        return Some((rule, last.clone(), None));
    }
    let ExprKind::Attribute(inner, name) = &of.kind else {
        return None;
    };
    let rule = through(inner)?;
    let mapped = rule.mapped.iter().find(|it| it.0 == last.as_str())?;
    let handed = keyword(call, &mapped.1).or(call.arguments.get(mapped.2));
    let keywords = match handed.map(|it| &it.kind) {
        Some(ExprKind::Dict(entries)) => {
            let named = entries
                .iter()
                .filter_map(|(key, value)| match &key.as_ref()?.kind {
                    ExprKind::Literal(Literal::Str(key)) => {
                        Some((Some(Name::from(&**key)), value.clone()))
                    }
                    _ => None,
                });
            named.collect()
        }
        // `kwargs=dict(config=config)`
        Some(ExprKind::Call(made)) => made.keywords.to_vec(),
        _ => vec![],
    };
    let given = Call {
        function: call.function.clone(),
        arguments: Box::new([]),
        keywords: keywords.into(),
    };
    Some((rule, name.clone(), Some(given)))
}

impl Plugged {
    /// The modules of others that a program asks for by the group of their entry points, and those of the same packages that these import.
    fn files(&self, rule: &Dispatch, follow: &Follow<'_>, project: &[Rc<File>]) -> &[Rc<File>] {
        self.files.get_or_init(|| {
            let mut waiting: Vec<Name> = vec![];
            for (_, entry) in follow
                .modules
                .entry_points(|it| asks_for(rule, project, it))
            {
                waiting.push(Name::from(value_parts(&entry.value).0));
            }
            let mut found: Vec<Rc<File>> = vec![];
            while let Some(name) = waiting.pop() {
                let Some(file) = follow.modules.source(&name) else {
                    continue;
                };
                let is_known = found.iter().any(|it| it.name == file.name);
                if file.is_project || is_known || found.len() >= MOST {
                    continue;
                }
                let mut inside = vec![];
                imports_in(&file.syntax.body, &file, &mut inside);
                waiting.extend(inside.into_iter().filter(|it| top(it) == top(&file.name)));
                found.push(file);
            }
            found.sort_by(|one, other| one.name.cmp(&other.name));
            found
        })
    }

    /// The classes of objects that are registered: by entry points, and by calls in the program and in what is added to it.
    fn objects(&self, rule: &Dispatch, follow: &Follow<'_>, project: &[Rc<File>]) -> &[Object] {
        self.objects.get_or_init(|| {
            let mut found: Vec<Object> = follow.facts.lasting.objects();
            for (_, entry) in follow
                .modules
                .entry_points(|it| asks_for(rule, project, it))
            {
                let (module, qualname) = value_parts(&entry.value);
                if !qualname.is_empty() {
                    add(
                        &mut found,
                        class_of(follow, follow.dotted(module, qualname)),
                        true,
                    );
                }
            }
            let all = project.iter().chain(self.files(rule, follow, project));
            let mut looking = Looking {
                follow,
                rule,
                found,
                depth: 0,
            };
            for file in all {
                if rule
                    .register
                    .iter()
                    .any(|it| file.text.contains(it.as_str()))
                {
                    looking.block(&file.syntax.body, &Scope::of(file), true);
                }
            }
            looking.found
        })
    }

    /// The classes of objects that these sites register, where a call has run the methods of those that were known before and not theirs.
    pub(in crate::plugins) fn missed(
        &self,
        rules: &[Dispatch],
        follow: &Follow<'_>,
        sites: &[Site],
    ) -> Vec<Object> {
        let Some(known) = self.objects.get() else {
            return vec![];
        };
        let mut found: Vec<Object> = vec![];
        for site in sites.iter().filter(|it| it.is_executed()) {
            if let Thing::Instance(it) = &site.callee
                && rules
                    .iter()
                    .any(|rule| rule.register.contains(&it.attributes))
                && let Some(first) = site.arguments().and_then(|it| it.arguments.first())
                && let Some(class) = class_of(follow, follow.settled(first, &site.scope))
                && !known.iter().any(|it| it.0.path == class.path)
            {
                add(&mut found, Some(class), site.perhaps.is_none());
            }
        }
        found
    }
}

/// Whether a file of the project loads a group of entry points, as its words say.
fn asks_for(rule: &Dispatch, project: &[Rc<File>], group: &str) -> bool {
    let quoted = ['"', '\''].map(|it| format!("{it}{group}{it}"));
    let loads = |file: &Rc<File>| rule.loads.iter().any(|it| file.text.contains(it.as_str()));
    let names = |file: &Rc<File>| quoted.iter().any(|it| file.text.contains(it.as_str()));
    project.iter().any(loads) && project.iter().any(names)
}

/// Looks for calls that register objects.
struct Looking<'a, 'f> {
    follow: &'f Follow<'a>,
    rule: &'f Dispatch,
    found: Vec<Object>,
    depth: u32,
}

impl Looking<'_, '_> {
    fn block(&mut self, block: &Block, scope: &Scope, is_sure: bool) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        for stmt in block {
            match &stmt.kind {
                StmtKind::Function(def) => {
                    let given = self.follow.annotated(def, scope);
                    let body = def.body(&scope.file.text);
                    let inner = self.follow.inner(def, &body, scope, given, true);
                    self.block(&body, &inner, is_sure);
                }
                StmtKind::Class(def) => {
                    let inner = scope.within(Frame {
                        qualname: scope.qualname(&def.name),
                        is_class: true,
                        table: self.follow.table(&scope.file, def.start, &def.body),
                        ..Frame::default()
                    });
                    self.block(&def.body, &inner, is_sure);
                }
                StmtKind::Expr(expr) => self.call(expr, scope, is_sure),
                StmtKind::Assign(_, value) => self.call(value, scope, is_sure),
                StmtKind::For {
                    target, iter, body, ..
                } => match self.follow.rounds(target, iter, scope) {
                    Some(rounds) => {
                        for given in rounds {
                            self.block(body, &round(scope, given), is_sure);
                        }
                    }
                    None => self.block(body, scope, false),
                },
                StmtKind::If(branches) => {
                    let (blocks, is_one_taken) = self.follow.may_be_taken(branches, scope);
                    let is_sure = is_sure && is_one_taken && blocks.len() == 1;
                    for (block, _) in blocks {
                        self.block(block, scope, is_sure);
                    }
                }
                StmtKind::With(_, body, _) => self.block(body, scope, is_sure),
                kind => kind.blocks(&mut |block| self.block(block, scope, false)),
            }
        }
        self.depth -= 1;
    }

    fn call(&mut self, expr: &Expr, scope: &Scope, is_sure: bool) {
        let ExprKind::Call(call) = &expr.kind else {
            return;
        };
        let ExprKind::Attribute(_, method) = &call.function.kind else {
            return;
        };
        if self.rule.register.iter().any(|it| it == method.as_str())
            && let Some(first) = call.arguments.first()
        {
            let class = class_of(self.follow, self.follow.settled(first, scope));
            add(&mut self.found, class, is_sure);
        }
    }
}

fn add(found: &mut Vec<Object>, class: Option<Rc<Defined>>, is_sure: bool) {
    let Some(class) = class else { return };
    match found.iter().position(|it| it.0.path == class.path) {
        Some(at) => found[at].1 |= is_sure,
        None if found.len() < MOST => found.push((class, is_sure)),
        None => {}
    }
}

/// The class of an object, or the class itself that is registered.
fn class_of(follow: &Follow<'_>, thing: Thing) -> Option<Rc<Defined>> {
    let class = match thing {
        Thing::Instance(made) if made.attributes.is_empty() => {
            let (module, name) = made.class.split_once(':')?;
            follow.dotted(module, name)
        }
        thing => thing,
    };
    match class {
        Thing::Defined(class) if matches!(class.what, What::Class(_)) => Some(class),
        _ => None,
    }
}
