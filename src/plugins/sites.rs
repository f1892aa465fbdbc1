//! Places where something may be registered: calls and decorators, with what they call, in the scope they stand in.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::plugins::bound::{Bound, Table};
use crate::plugins::follow::{Defined, Follow, Frame, Instance, Scope, Thing, What};
use crate::plugins::frameworks::Parameter;
use crate::plugins::modules::File;
use crate::syntax::{
    Block, Call, ClassDef, Expr, ExprKind, FunctionDef, Literal, Stmt, StmtKind, for_parts,
};

/// Functions that are followed with what they are given, in one another.
const MOST_FOLLOWED: usize = 2_000;

/// How deep blocks, and expressions, are looked into.
const DEEPEST: u32 = 100;

/// A call or a decorator.
pub(super) struct Site {
    pub(super) scope: Scope,
    /// What is called.
    pub(super) callee: Thing,
    /// The call with its arguments; none for a decorator without.
    pub(super) call: Option<Arc<Expr>>,
    /// What it decorates.
    pub(super) decorated: Option<Rc<Defined>>,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where the condition stands on which it hangs.
    pub(super) perhaps: Option<u32>,
    /// The name that the statement binds to what the call gives.
    pub(super) bound: Option<Name>,
    /// The module whose code leads here: a function of another one may do the work.
    pub(super) root: Name,
}

impl Site {
    /// The call.
    pub(super) fn arguments(&self) -> Option<&Call> {
        match self.call.as_ref().map(|it| &it.kind) {
            Some(ExprKind::Call(call)) => Some(call),
            _ => None,
        }
    }
}

/// What is looked for.
pub(super) struct Wanted<'a> {
    /// Last names of what is called.
    pub(super) names: FxHashSet<String>,
    /// Methods that a framework calls once all is loaded.
    pub(super) hooks: Vec<&'a str>,
    /// What functions of a name are given.
    pub(super) parameters: Vec<&'a Parameter>,
}

/// Looks for sites.
pub(super) struct Sites<'a, 'f> {
    follow: &'f Follow<'a>,
    wanted: &'f Wanted<'f>,
    found: Vec<Site>,
    root: Name,
    /// Functions that were followed with what they are given.
    followed: FxHashSet<String>,
    depth: u32,
}

impl<'a, 'f> Sites<'a, 'f> {
    pub(super) fn new(follow: &'f Follow<'a>, wanted: &'f Wanted<'f>) -> Self {
        Self {
            follow,
            wanted,
            found: vec![],
            root: Name::default(),
            followed: FxHashSet::default(),
            depth: 0,
        }
    }

    /// All sites of a module.
    pub(super) fn of(mut self, file: &Rc<File>) -> Vec<Site> {
        self.root.clone_from(&file.name);
        if self.is_worthwhile(&file.text) || !self.wanted.parameters.is_empty() {
            self.block(&file.syntax.body, &Scope::of(file), None);
        }
        self.found
    }

    fn is_worthwhile(&self, text: &str) -> bool {
        text.contains('@')
            || self
                .wanted
                .names
                .iter()
                .any(|it| text.contains(it.as_str()))
    }

    fn block(&mut self, block: &Block, scope: &Scope, perhaps: Option<u32>) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        for stmt in block {
            self.statement(stmt, scope, perhaps);
        }
        self.depth -= 1;
    }

    fn statement(&mut self, stmt: &Stmt, scope: &Scope, perhaps: Option<u32>) {
        match &stmt.kind {
            StmtKind::Function(def) => self.function(def, scope, perhaps),
            StmtKind::Class(def) => self.class(def, scope, perhaps),
            StmtKind::Expr(expr) | StmtKind::Return(Some(expr)) => {
                self.expr(expr, scope, perhaps);
            }
            StmtKind::Assign(targets, value) => {
                if let [target] = &**targets
                    && let ExprKind::Name(name) = &target.kind
                {
                    self.decorated_by_hand(name, value, scope, perhaps);
                }
                self.expr(value, scope, perhaps);
            }
            StmtKind::Annotate(_, _, Some(value)) => self.expr(value, scope, perhaps),
            StmtKind::With(items, body, _) => {
                for (manager, _) in items {
                    self.expr(manager, scope, perhaps);
                }
                self.block(body, scope, perhaps);
            }
            StmtKind::Try(it) => {
                self.block(&it.body, scope, perhaps);
                for handler in &it.handlers {
                    self.block(&handler.body, scope, perhaps.or(Some(stmt.start)));
                }
                self.block(&it.orelse, scope, perhaps);
                self.block(&it.finally, scope, perhaps);
            }
            StmtKind::For {
                target, iter, body, ..
            } => match self.rounds(target, iter, scope) {
                Some(rounds) => {
                    for given in rounds {
                        let inner = with_names(scope, given);
                        self.block(body, &inner, perhaps);
                    }
                }
                None => self.block(body, scope, perhaps.or(Some(stmt.start))),
            },
            kind => kind.blocks(&mut |block| {
                self.block(block, scope, perhaps.or(Some(stmt.start)));
            }),
        }
    }

    /// What the names of a loop are in each round, where that is written out.
    fn rounds(
        &self,
        target: &Expr,
        iter: &Expr,
        scope: &Scope,
    ) -> Option<Vec<FxHashMap<Name, Thing>>> {
        let names: Vec<Name> = match &target.kind {
            ExprKind::Name(name) => vec![name.clone()],
            ExprKind::Tuple(items) => items
                .iter()
                .map(|it| match &it.kind {
                    ExprKind::Name(name) => Some(name.clone()),
                    _ => None,
                })
                .collect::<Option<_>>()?,
            _ => return None,
        };
        let is_pair = matches!(&target.kind, ExprKind::Tuple(_));
        match self.filled(iter, &names, scope) {
            Known::Rounds(rounds) => return Some(rounds),
            Known::Changes => return None,
            Known::Written => {}
        }
        let items: Vec<Vec<(Scope, Expr)>> = if let Some(entries) = self.dict_items(iter, scope) {
            entries
        } else {
            let items = self.follow.items(iter, scope)?;
            let each = items.into_iter().map(|(scope, item)| {
                if !is_pair {
                    return Some(vec![(scope, item)]);
                }
                match item.kind {
                    ExprKind::Tuple(parts) | ExprKind::List(parts) => {
                        Some(parts.iter().map(|it| (scope.clone(), it.clone())).collect())
                    }
                    _ => None,
                }
            });
            each.collect::<Option<_>>()?
        };
        if items.len() > MOST_FOLLOWED {
            return None;
        }
        let rounds = items.into_iter().map(|parts| {
            (parts.len() == names.len()).then(|| {
                let things = parts.iter().map(|(scope, it)| self.follow.expr(it, scope));
                names.iter().cloned().zip(things).collect()
            })
        });
        rounds.collect()
    }

    /// What a loop over a module's variable goes through: what the run has put there, or what is written out, if nothing is added later.
    fn filled(&self, iter: &Expr, names: &[Name], scope: &Scope) -> Known {
        let (of, part) = match &iter.kind {
            ExprKind::Call(call) if call.arguments.is_empty() => match &call.function.kind {
                ExprKind::Attribute(of, name) => (&**of, name.as_str()),
                _ => return Known::Written,
            },
            _ => (iter, ""),
        };
        let Some((file, name)) = self.follow.variable(of, scope) else {
            return Known::Written;
        };
        let Some(rows) = self.follow.filled.get(&format!("{}:{name}", file.name)) else {
            let changes = [
                "[",
                ".add(",
                ".append(",
                ".update(",
                ".extend(",
                ".setdefault(",
                ".insert(",
            ];
            let is_changed = |it: &&str| file.text.contains(&format!("{name}{it}"));
            return if changes.iter().any(is_changed) {
                Known::Changes
            } else {
                Known::Written
            };
        };
        let text = |text: &str| {
            let kind = ExprKind::Literal(Literal::Str(text.into()));
            let (start, end) = (0, 0);
            Thing::Value(Scope::of(&file), Arc::new(Expr { kind, start, end }))
        };
        let rounds = rows.iter().map(|(key, path)| {
            let thing = path
                .split_once(':')
                .map(|it| self.follow.dotted(it.0, it.1));
            let thing = thing.unwrap_or(Thing::Unknown);
            let key = key.as_deref().map(text);
            let parts = match (part, key) {
                ("items", Some(key)) => vec![key, thing],
                ("" | "keys", Some(key)) => vec![key],
                _ => vec![thing],
            };
            (parts.len() == names.len()).then(|| names.iter().cloned().zip(parts).collect())
        });
        rounds
            .collect::<Option<_>>()
            .map_or(Known::Changes, Known::Rounds)
    }

    /// The keys and values of `names.items()`, where the dict is written out; the keys of the dict itself.
    fn dict_items(&self, iter: &Expr, scope: &Scope) -> Option<Vec<Vec<(Scope, Expr)>>> {
        let (of, is_pairs) = match &iter.kind {
            ExprKind::Call(call) => match &call.function.kind {
                ExprKind::Attribute(of, name) if name == "items" => (&**of, true),
                _ => return None,
            },
            _ => (iter, false),
        };
        let Thing::Value(scope, value) = self.follow.expr(of, scope) else {
            return None;
        };
        let ExprKind::Dict(entries) = &value.kind else {
            return None;
        };
        let each = entries.iter().map(|(key, value)| {
            let key = (scope.clone(), key.clone()?);
            Some(if is_pairs {
                vec![key, (scope.clone(), value.clone())]
            } else {
                vec![key]
            })
        });
        each.collect()
    }

    fn function(&mut self, def: &Arc<FunctionDef>, scope: &Scope, perhaps: Option<u32>) {
        let defined = Rc::new(Defined {
            path: format!("{}:{}", scope.file.name, scope.qualname(&def.name)),
            what: What::Function(def.clone()),
            file: Some(scope.file.clone()),
        });
        for decorator in &def.decorators {
            self.decorator(decorator, &defined, scope, perhaps);
        }
        let mut called = FxHashMap::default();
        if scope.frames.is_empty() {
            for it in &self.wanted.parameters {
                if it.function == def.name.as_str()
                    && let Some(parameter) = def.parameters.get(it.index)
                {
                    called.insert(parameter.name.clone(), instance_of(&it.is));
                }
            }
        }
        let file = &scope.file;
        let text = file.text.get(def.start as usize..def.end as usize);
        if called.is_empty() && !text.is_some_and(|it| self.is_worthwhile(it)) {
            return;
        }
        let mut given = self.annotated(def, scope);
        let is_called = !called.is_empty();
        given.extend(called);
        self.body(def, scope, given, is_called, perhaps);
    }

    fn body(
        &mut self,
        def: &Arc<FunctionDef>,
        scope: &Scope,
        given: FxHashMap<Name, Thing>,
        is_called: bool,
        perhaps: Option<u32>,
    ) {
        let body = def.body(&scope.file.text);
        let mut table = Table::of(&body);
        for parameter in &def.parameters {
            table.add(parameter.name.clone(), Bound::Other, true);
        }
        let inner = scope.within(Frame {
            qualname: scope.qualname(&def.name),
            is_class: false,
            is_call: true,
            is_called: is_called || self.wanted.hooks.iter().any(|it| *it == def.name.as_str()),
            table,
            given,
        });
        self.block(&body, &inner, perhaps);
    }

    /// The parameters whose annotation names a class.
    fn annotated(&self, def: &FunctionDef, scope: &Scope) -> FxHashMap<Name, Thing> {
        let mut given = FxHashMap::default();
        for (name, start, end) in def.annotations(&scope.file.text) {
            let text = scope.file.text.get(start as usize..end as usize);
            let text = text.unwrap_or_default().trim_matches(['"', '\'']);
            let mut parts = text.split('.');
            let Some(first) = parts.next().filter(|it| !it.is_empty()) else {
                continue;
            };
            let is_name = |it: &str| it.chars().all(|it| it.is_alphanumeric() || it == '_');
            if !text.split('.').all(is_name) {
                continue;
            }
            let mut thing = self.follow.name(first, scope);
            for part in parts {
                thing = self.follow.attribute(&thing, part);
            }
            if let Thing::Defined(it) = thing
                && matches!(
                    (&it.what, &it.file),
                    (What::Class(_), _) | (What::Name, None)
                )
            {
                given.insert(name, instance_of(&it.path));
            }
        }
        given
    }

    fn class(&mut self, def: &Arc<ClassDef>, scope: &Scope, perhaps: Option<u32>) {
        let qualname = scope.qualname(&def.name);
        let defined = Rc::new(Defined {
            path: format!("{}:{qualname}", scope.file.name),
            what: What::Class(def.clone()),
            file: Some(scope.file.clone()),
        });
        for decorator in &def.decorators {
            self.decorator(decorator, &defined, scope, perhaps);
        }
        let inner = scope.within(Frame {
            qualname,
            is_class: true,
            is_call: false,
            is_called: false,
            table: Table::of(&def.body),
            given: FxHashMap::default(),
        });
        self.block(&def.body, &inner, perhaps);
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
        });
    }

    fn decorated_by_hand(
        &mut self,
        name: &Name,
        value: &Expr,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        if let Some(mut site) = by_hand(self.follow, name, value, scope) {
            site.perhaps = perhaps;
            site.root.clone_from(&self.root);
            self.found.push(site);
        }
    }

    fn expr(&mut self, expr: &Expr, scope: &Scope, perhaps: Option<u32>) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        if let ExprKind::Call(call) = &expr.kind {
            self.call(call, expr, scope, perhaps);
        }
        let mut parts = vec![];
        for_parts(expr, &mut |part| parts.push(part));
        for part in parts {
            self.expr(part, scope, perhaps);
        }
        self.depth -= 1;
    }

    fn call(&mut self, call: &Call, expr: &Expr, scope: &Scope, perhaps: Option<u32>) {
        let name = match &call.function.kind {
            ExprKind::Name(name) | ExprKind::Attribute(_, name) => name.as_str(),
            _ => return,
        };
        let is_wanted = self.wanted.names.contains(name);
        let may_be_handed = !self.wanted.parameters.is_empty()
            && call
                .arguments
                .iter()
                .any(|it| matches!(it.kind, ExprKind::Name(_)));
        if !is_wanted && !may_be_handed {
            return;
        }
        let callee = self.follow.expr(&call.function, scope);
        if may_be_handed {
            self.hand_on(call, &callee, scope, perhaps);
        }
        if is_wanted {
            self.found.push(Site {
                scope: scope.clone(),
                callee,
                call: Some(Arc::new(expr.clone())),
                decorated: None,
                start: expr.start,
                end: expr.end,
                perhaps,
                bound: None,
                root: self.root.clone(),
            });
        }
    }

    /// Follows a function that is handed an object of a framework.
    fn hand_on(&mut self, call: &Call, callee: &Thing, scope: &Scope, perhaps: Option<u32>) {
        let (thing, skipped) = match callee {
            Thing::Instance(it) if !it.attributes.contains('.') && !it.attributes.is_empty() => {
                let Some((module, class)) = it.class.split_once(':') else {
                    return;
                };
                let class = self.follow.dotted(module, class);
                (self.follow.attribute(&class, &it.attributes), 1)
            }
            thing => (thing.clone(), 0),
        };
        let Thing::Defined(defined) = &thing else {
            return;
        };
        let (What::Function(def), Some(file)) = (&defined.what, &defined.file) else {
            return;
        };
        let is_ours = |class: &str| self.wanted.parameters.iter().any(|it| it.is == class);
        // Those that the framework calls itself are met anyway.
        if self
            .wanted
            .parameters
            .iter()
            .any(|it| it.function == def.name.as_str())
            && file.name == scope.file.name
        {
            return;
        }
        let mut given = FxHashMap::default();
        let parameters = def.parameters.iter().skip(skipped);
        for (parameter, argument) in parameters.zip(&call.arguments) {
            if let thing @ Thing::Instance(_) = self.follow.expr(argument, scope)
                && matches!(&thing, Thing::Instance(it) if is_ours(&it.class) && it.attributes.is_empty())
            {
                given.insert(parameter.name.clone(), thing);
            }
        }
        if given.is_empty()
            || self.followed.len() >= MOST_FOLLOWED
            || !self.followed.insert(defined.path.clone())
        {
            return;
        }
        let (def, scope) = (def.clone(), Scope::of(file));
        if self.depth < DEEPEST {
            self.depth += 1;
            self.body(&def, &scope, given, true, perhaps);
            self.depth -= 1;
        }
    }
}

/// `name = decorator(…)(function)` as the site of a decorator.
pub(super) fn by_hand(
    follow: &Follow<'_>,
    name: &Name,
    value: &Expr,
    scope: &Scope,
) -> Option<Site> {
    let ExprKind::Call(outer) = &value.kind else {
        return None;
    };
    let (ExprKind::Call(inner), [argument]) = (&outer.function.kind, &*outer.arguments) else {
        return None;
    };
    let Thing::Defined(decorated) = follow.expr(argument, scope) else {
        return None;
    };
    Some(Site {
        scope: scope.clone(),
        callee: follow.expr(&inner.function, scope),
        call: Some(Arc::new(outer.function.clone())),
        decorated: Some(decorated),
        start: value.start,
        end: value.end,
        perhaps: None,
        bound: Some(name.clone()),
        root: scope.file.name.clone(),
    })
}

/// An instance of a class, of which nothing else is known.
fn instance_of(class: &str) -> Thing {
    Thing::Instance(Rc::new(Instance {
        class: class.to_owned(),
        object: String::new(),
        call: None,
        attributes: String::new(),
        of: None,
    }))
}

/// The same scope, with names that are known for a round of a loop.
fn with_names(scope: &Scope, given: FxHashMap<Name, Thing>) -> Scope {
    let qualname = scope
        .frames
        .last()
        .map_or_else(String::new, |it| it.qualname.clone());
    scope.within(Frame {
        qualname,
        is_class: false,
        is_call: false,
        is_called: false,
        table: Table::default(),
        given,
    })
}

/// What is known of a loop over a variable.
enum Known {
    /// Its rounds.
    Rounds(Vec<FxHashMap<Name, Thing>>),
    /// It holds what is written out.
    Written,
    /// It holds more, and what is not known.
    Changes,
}

/// The text of a literal.
pub(super) fn literal(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Literal(Literal::Str(text)) => Some(text.to_string()),
        ExprKind::Literal(Literal::Int(number)) => Some(number.to_string()),
        _ => None,
    }
}
