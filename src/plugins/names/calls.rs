//! Functions entered with what a call gives them: what their parameters are, and what a generator yields.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::plugins::files::bound::Bound;
use crate::plugins::files::bound::Table;
use crate::plugins::files::modules::File;
use crate::plugins::names::follow::{
    Defined, Follow, Frame, Instance, Scope, Thing, What, is_same,
};
use crate::plugins::names::rounds::changes_container;
use crate::syntax::{
    Block, Call, Expr, ExprKind, FunctionDef, Literal, Parameter, ParameterKind, StmtKind,
};

/// How much a generator may yield.
const MOST_YIELDED: usize = 4_000;

/// A call, and where it stands.
type From<'c> = (&'c Call, &'c Scope);

impl Follow<'_> {
    /// The class of what calling something gives, as far as the data says so.
    pub(super) fn makes_of(&self, maker: &Thing, by: &Expr, scope: &Scope) -> Option<String> {
        let found = self.makes.iter().find(|makes| match maker {
            Thing::Defined(it) => makes.call.iter().any(|path| is_same(path, &it.path)),
            Thing::Instance(it) => {
                makes.method.contains(&it.attributes)
                    && makes.on.iter().any(|class| self.is_a(&it.class, class))
            }
            _ => false,
        });
        let found = found?;
        let named = match &by.kind {
            ExprKind::Call(call) if !found.class.is_empty() => keyword(call, &found.class),
            _ => None,
        };
        match named.map(|it| self.expr(it, scope)) {
            Some(Thing::Defined(class)) if self.is_a(&class.path, &found.is) => {
                Some(class.path.clone())
            }
            // A command may be made of a class of groups.
            Some(Thing::Defined(class)) => {
                let mut bases = self.makes.iter().map(|it| &it.is);
                let is_known = bases.any(|it| self.is_a(&class.path, it));
                Some(if is_known {
                    class.path.clone()
                } else {
                    found.is.clone()
                })
            }
            _ => Some(found.is.clone()),
        }
    }

    /// The body of a function, and the scope in which it runs when it is called so.
    pub(in crate::plugins) fn entered(
        &self,
        function: &Defined,
        receiver: Option<Thing>,
        from: Option<From<'_>>,
        is_called: bool,
    ) -> Option<(Arc<Block>, Scope)> {
        let (What::Function(def), Some(file)) = (&function.what, &function.file) else {
            return None;
        };
        let module = around_of(file, from.map(|it| it.1));
        let mut given = self.annotated(def, &Scope::of(file));
        match from {
            Some(from) => given.extend(self.parameters(def, &module, receiver, from)),
            None => given.extend(receiver.into_iter().filter_map(|it| {
                let first = def.parameters.first()?;
                Some((first.name.clone(), it))
            })),
        }
        let around = function.qualname().rsplit_once('.').map(|it| it.0);
        let scope = match around.filter(|it| !it.ends_with("<locals>")) {
            Some(around) => module.within(Frame {
                qualname: around.to_owned(),
                is_class: true,
                ..Frame::default()
            }),
            None => module,
        };
        let body = def.body(&file.text);
        let inner = self.inner(def, &body, &scope, given, is_called);
        Some((body, inner))
    }

    /// A function that one around a call defines, by its name; its body, and the scope in which it runs when it is called so.
    pub(in crate::plugins) fn entered_inside(
        &self,
        name: &Name,
        (call, scope): From<'_>,
    ) -> Option<(Rc<Defined>, Arc<Block>, Scope)> {
        let frames = scope.frames.iter().enumerate().rev();
        let mut having = frames.filter(|(_, it)| it.table.has(name) || it.given.contains_key(name));
        let (index, frame) = having.next()?;
        if !frame.is_call || frame.given.contains_key(name) {
            return None;
        }
        let [Bound::Function(def)] = &frame.table.get(name)[..] else {
            return None;
        };
        let around = Scope {
            file: scope.file.clone(),
            frames: scope.frames[..=index].to_vec(),
        };
        let defined = Rc::new(Defined {
            path: around.path(&def.name),
            what: What::Function(def.clone()),
            file: Some(scope.file.clone()),
        });
        let mut given = self.annotated(def, &around);
        given.extend(self.parameters(def, &around, None, (call, scope)));
        let body = def.body(&scope.file.text);
        let inner = self.inner(def, &body, &around, given, true);
        Some((defined, body, inner))
    }

    /// What the parameters of a function are in a call.
    fn parameters(
        &self,
        def: &FunctionDef,
        module: &Scope,
        receiver: Option<Thing>,
        (call, scope): From<'_>,
    ) -> FxHashMap<Name, Thing> {
        let is_starred = |it: &Expr| matches!(it.kind, ExprKind::Starred(_));
        let spread = call.arguments.iter().any(is_starred);
        let spread = spread.then(|| self.spread_partly(call, scope)).flatten();
        let (call, scope) = spread.as_ref().map_or((call, scope), |it| (&it.0, &it.1));
        let mut given = FxHashMap::default();
        let mut arguments = call.arguments.iter();
        let mut receiver = receiver;
        let mut is_known = true;
        for parameter in &def.parameters {
            let name = parameter.name.clone();
            let by_name = || {
                let mut keywords = call.keywords.iter();
                let found = keywords.find(|it| it.0.as_ref() == Some(&parameter.name));
                found.map(|it| self.expr(&it.1, scope))
            };
            let thing = match parameter.kind {
                ParameterKind::Positional | ParameterKind::Either => {
                    if let Some(receiver) = receiver.take() {
                        Some(receiver)
                    } else if let Some(next) = arguments.next().filter(|_| is_known) {
                        is_known = !matches!(next.kind, ExprKind::Starred(_));
                        is_known
                            .then(|| self.expr(next, scope))
                            .or(Some(Thing::Unknown))
                    } else {
                        by_name()
                    }
                }
                ParameterKind::Keyword => by_name(),
                ParameterKind::Rest => {
                    let rest: Vec<Thing> =
                        arguments.by_ref().map(|it| self.expr(it, scope)).collect();
                    Some(Thing::Several(Rc::new(rest))).filter(|_| is_known)
                }
                ParameterKind::Keywords => {
                    let rest = || handed_on(def, module, name.as_str());
                    (is_known && rest()).then(|| others(def, call, scope))
                }
            };
            let is_open = !is_known || call.keywords.iter().any(|it| it.0.is_none());
            let thing = match (thing, &parameter.default) {
                (Some(thing), _) => thing,
                (None, Some(default)) if !is_open => self.expr(default, module),
                _ => Thing::Unknown,
            };
            // What its annotation says is better than nothing.
            if !matches!(thing, Thing::Unknown) {
                given.insert(name, thing);
            }
        }
        given
    }

    /// What the block of a function or class binds that begins at an offset of a module.
    pub(in crate::plugins) fn table(&self, file: &File, start: u32, block: &Block) -> Rc<Table> {
        let key = (file.name.clone(), start);
        if let Some(known) = self.tables.borrow().get(&key) {
            return known.clone();
        }
        let table = Rc::new(Table::of(block));
        self.tables.borrow_mut().insert(key, table.clone());
        table
    }

    /// The scope of a function's body.
    pub(in crate::plugins) fn inner(
        &self,
        def: &FunctionDef,
        body: &Block,
        scope: &Scope,
        mut given: FxHashMap<Name, Thing>,
        is_called: bool,
    ) -> Scope {
        for parameter in &def.parameters {
            let known = given.entry(parameter.name.clone());
            known.or_insert(Thing::Unknown);
        }
        let table = self.table(&scope.file, def.start, body);
        scope.within(Frame {
            qualname: scope.qualname(&def.name),
            is_call: true,
            is_called,
            span: Some((def.start, def.end)),
            table,
            given,
            ..Frame::default()
        })
    }

    /// The parameters whose annotation names a class.
    pub(in crate::plugins) fn annotated(
        &self,
        def: &FunctionDef,
        scope: &Scope,
    ) -> FxHashMap<Name, Thing> {
        let key = (scope.file.name.clone(), def.start);
        if let Some(known) = self.annotations.borrow().get(&key) {
            return (**known).clone();
        }
        let given = self.annotated_anew(def, scope);
        self.annotations
            .borrow_mut()
            .insert(key, Rc::new(given.clone()));
        given
    }

    fn annotated_anew(&self, def: &FunctionDef, scope: &Scope) -> FxHashMap<Name, Thing> {
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
            let mut thing = self.name(first, scope);
            for part in parts {
                thing = self.attribute(&thing, part);
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

    /// The method that an attribute of an instance, or of a class, is, and what it is handed first; a static one nothing.
    pub(in crate::plugins) fn method_of(
        &self,
        instance: &Instance,
    ) -> Option<(Rc<Defined>, Option<Thing>)> {
        if instance.attributes.contains('.') || instance.attributes.is_empty() {
            return None;
        }
        let (module, class) = instance.class.split_once(':')?;
        let class = self.dotted(module, class);
        let Thing::Defined(method) = self.attribute(&class, &instance.attributes) else {
            return None;
        };
        let What::Function(def) = &method.what else {
            return None;
        };
        let is_decorator =
            |it: &Expr, wanted: &str| matches!(&it.kind, ExprKind::Name(name) if name == wanted);
        if def
            .decorators
            .iter()
            .any(|it| is_decorator(it, "staticmethod"))
        {
            return Some((method, None));
        }
        if def
            .decorators
            .iter()
            .any(|it| is_decorator(it, "classmethod"))
        {
            return Some((method, Some(class)));
        }
        let mut receiver = instance.clone();
        receiver.attributes.clear();
        Some((method, Some(Thing::Instance(Rc::new(receiver)))))
    }

    /// What a generator yields, where all of it is written out.
    pub(super) fn yielded(&self, call: &Call, scope: &Scope) -> Option<Vec<Thing>> {
        self.yielded_as(call, scope, Asked::Whole)
    }

    /// What a generator yields for certain, though loops in it may yield more.
    pub(super) fn yielded_partly(&self, call: &Call, scope: &Scope) -> Option<Vec<Thing>> {
        self.yielded_as(call, scope, Asked::Partly)
    }

    fn yielded_as(&self, call: &Call, scope: &Scope, asked: Asked) -> Option<Vec<Thing>> {
        let (function, receiver) = match self.expr(&call.function, scope) {
            Thing::Defined(it) => (it, None),
            Thing::Instance(it) => {
                let (method, receiver) = self.method_of(&it)?;
                (method, receiver)
            }
            _ => return None,
        };
        let What::Function(def) = &function.what else {
            return None;
        };
        if !def.summary.is_generator {
            return None;
        }
        let (body, scope) = self.entered(&function, receiver, Some((call, scope)), false)?;
        let mut found = vec![];
        self.yields(&body, &scope, asked, &mut found)?;
        Some(found)
    }

    fn yields(
        &self,
        block: &Block,
        scope: &Scope,
        asked: Asked,
        found: &mut Vec<Thing>,
    ) -> Option<()> {
        for stmt in block {
            if found.len() > MOST_YIELDED {
                return None;
            }
            match &stmt.kind {
                StmtKind::Expr(expr) => match &expr.kind {
                    ExprKind::Yield(Some(value)) => found.push(self.expr(value, scope)),
                    ExprKind::Yield(None) => found.push(Thing::Unknown),
                    ExprKind::YieldFrom(value) => {
                        let thing = self.expr(value, scope);
                        found.extend(self.each(&thing)?);
                    }
                    _ => {}
                },
                StmtKind::For {
                    target, iter, body, ..
                } => match self.rounds(target, iter, scope) {
                    Some(rounds) => {
                        for given in rounds {
                            self.yields(body, &round(scope, given), asked, found)?;
                        }
                    }
                    None if asked == Asked::Partly && !leaves(body) => {}
                    None => return None,
                },
                StmtKind::If(branches) => {
                    for (test, block) in branches {
                        let truth = match test {
                            Some(test) => self.decide(test, scope)?,
                            None => true,
                        };
                        if truth {
                            self.yields(block, scope, asked, found)?;
                            break;
                        }
                    }
                }
                StmtKind::With(_, body, _) => self.yields(body, scope, asked, found)?,
                StmtKind::Return(_) => return None,
                StmtKind::While { .. }
                | StmtKind::Try(_)
                | StmtKind::Match(..)
                | StmtKind::Continue
                | StmtKind::Break => return None,
                _ => {}
            }
        }
        Some(())
    }
}

/// How much of what is gone through is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it, or nothing.
    Whole,
    /// What is known of it.
    Partly,
}

/// Whether a block may leave the function that it stands in.
pub(super) fn leaves(block: &Block) -> bool {
    block.iter().any(|stmt| {
        let mut found = matches!(stmt.kind, StmtKind::Return(_));
        stmt.kind.blocks(&mut |block| found |= leaves(block));
        found
    })
}

/// Whether a function does nothing with the keywords that it takes under a name but look at them and hand them on: `**options`.
fn handed_on(def: &FunctionDef, module: &Scope, name: &str) -> bool {
    let text = module.file.text.get(def.start as usize..def.end as usize);
    let text = text.unwrap_or_default();
    // What a docstring says of them does nothing.
    let body = def.body(&module.file.text);
    let said = body.first().filter(|it| match &it.kind {
        StmtKind::Expr(expr) => matches!(expr.kind, ExprKind::Literal(Literal::Str(_))),
        _ => false,
    });
    let said = said.map_or(0..0, |it| it.start..it.end);
    let is_said = |at: usize| u32::try_from(at).is_ok_and(|at| said.contains(&(def.start + at)));
    let mut places = text.match_indices(name);
    // The parameter itself is written so once.
    let is_handed_on = text.matches(&format!("**{name}")).count() > 1;
    let is_of_name = |it: char| it.is_alphanumeric() || it == '_';
    places.all(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + name.len()..]);
        // An attribute, or a longer name.
        if before.ends_with(|it| it == '.' || is_of_name(it)) || behind.starts_with(is_of_name) {
            return true;
        }
        // What is taken out of them is not there for others.
        let takes = !is_handed_on && behind.starts_with(".pop(");
        let only_reads = takes || behind.starts_with(".get(") || before.ends_with(" in ");
        // A mapping that is updated with them takes what they hold.
        let is_taken = before.ends_with(".update(") && behind.starts_with(')');
        before.ends_with("**")
            || only_reads
            || is_taken
            || is_said(at)
            || is_kept(before, behind, module)
    })
}

/// Whether they are kept as an attribute that the module only reads: `self.options = options`.
fn is_kept(before: &str, behind: &str, module: &Scope) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim();
    let attribute = line
        .strip_suffix('=')
        .and_then(|it| it.trim_end().rsplit_once('.'));
    (behind.is_empty() || behind.starts_with(['\n', '\r']))
        && attribute
            .is_some_and(|(_, name)| !changes_container(&module.file.text, &format!(".{name}")))
}

/// The keywords of a call that no parameter has the name of, as a mapping.
fn others(def: &FunctionDef, call: &Call, scope: &Scope) -> Thing {
    let is_other = |name: &Name| {
        let by_name = |it: &Parameter| {
            it.name == *name && matches!(it.kind, ParameterKind::Either | ParameterKind::Keyword)
        };
        !def.parameters.iter().any(by_name)
    };
    let entries = call.keywords.iter().filter_map(|(name, value)| {
        let Some(name) = name else {
            return Some((None, value.clone()));
        };
        let key = Expr {
            kind: ExprKind::Literal(Literal::Str(name.as_str().into())),
            start: value.start,
            end: value.start,
        };
        is_other(name).then(|| (Some(key), value.clone()))
    });
    let whole = Expr {
        kind: ExprKind::Dict(entries.collect()),
        start: 0,
        end: 0,
    };
    Thing::Value(scope.clone(), Arc::new(whole))
}

/// What is around a function of a module: the rounds of the module's own loops, where it is called in one.
fn around_of(file: &Rc<File>, from: Option<&Scope>) -> Scope {
    let is_round = |it: &&Scope| {
        it.file.name == file.name && !it.frames.is_empty() && it.frames.iter().all(|it| it.is_round)
    };
    let rounds = from.filter(is_round);
    rounds.map_or_else(|| Scope::of(file), Clone::clone)
}

/// The same scope, with names that are known for a round of a loop.
pub(in crate::plugins) fn round(scope: &Scope, given: FxHashMap<Name, Thing>) -> Scope {
    scope.within(Frame {
        is_round: true,
        given,
        ..Frame::default()
    })
}

/// An instance of a class, of which nothing else is known.
pub(in crate::plugins) fn instance_of(class: &str) -> Thing {
    Thing::Instance(Rc::new(Instance {
        class: class.to_owned(),
        object: String::new(),
        call: None,
        attributes: String::new(),
        of: None,
    }))
}

/// What the first parameter of a method is: an instance of the class around it, or the class.
pub(in crate::plugins) fn receiver_of(def: &FunctionDef, scope: &Scope) -> Option<(Name, Thing)> {
    let around = scope.frames.last().filter(|it| it.is_class)?;
    let first = def.parameters.first()?;
    let has = |wanted: &str| {
        let is_it = |it: &Expr| matches!(&it.kind, ExprKind::Name(name) if name == wanted);
        def.decorators.iter().any(is_it)
    };
    if has("staticmethod") || has("classmethod") {
        return None;
    }
    let class = format!("{}:{}", scope.file.name, around.qualname);
    let receiver = Thing::Instance(Rc::new(Instance {
        object: class.clone(),
        class,
        call: None,
        attributes: String::new(),
        of: None,
    }));
    Some((first.name.clone(), receiver))
}

/// What a call gives for a keyword.
pub(in crate::plugins) fn keyword<'c>(call: &'c Call, name: &str) -> Option<&'c Expr> {
    let mut keywords = call.keywords.iter();
    let found = keywords.find(|(it, _)| it.as_deref() == Some(name))?;
    Some(&found.1)
}
