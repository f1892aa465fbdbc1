//! Expressions → values.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::language::displays::Displayed;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::budget::MOST_HELD;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{
    Code, Definition, Dict, Function, Namespace, Object, ScopeId, Value,
};
use crate::semantics::Why;
use crate::source::Place;
use crate::syntax::{
    Call, Clause, CompareOp, Comprehension, ComprehensionKind, Expr, ExprKind, Lambda, Literal,
    Parameter,
};

/// What a comprehension has made so far.
#[derive(Default)]
struct Made {
    /// Its elements, or keys and values.
    items: Vec<(Value, Value)>,
    /// How many of them stand before the first of which it is not known whether it is there.
    known: Option<usize>,
    /// What may be there besides.
    perhaps: Vec<Value>,
}

impl Made {
    /// Here it may have made others.
    fn may_have(&mut self, others: Self) {
        self.known.get_or_insert(self.items.len());
        let items = others.items.into_iter().flat_map(|it| [it.0, it.1]);
        self.perhaps.extend(items.chain(others.perhaps));
    }
}

impl Run<'_, '_> {
    /// The value of an expression.
    pub(crate) fn eval(&mut self, expr: &Expr, scope: ScopeId) -> Eval {
        if !self.step() {
            return Err(self.cut());
        }
        let value = self.eval_one(expr, scope)?;
        // What is read from where it stands was looked at when it was made.
        match &expr.kind {
            ExprKind::Name(_) | ExprKind::Literal(_) | ExprKind::Attribute(..) => Ok(value),
            _ => Ok(self.bounded(value, expr, scope)),
        }
    }

    /// An attribute of what an expression has given.
    pub(super) fn eval_attribute(
        &mut self,
        value: &Value,
        of: &Expr,
        name: &Name,
        expr: &Expr,
        scope: ScopeId,
    ) -> Eval {
        let at = self.place(scope, expr.start, expr.end);
        if let ExprKind::Name(of) = &of.kind {
            self.read_of_receiver(of, name, scope, at);
        }
        let name = self.mangled(name, scope);
        let found = self.get_attribute(value, &name, at);
        if value.is_gap() {
            self.or_raises(found, at)
        } else {
            found
        }
    }

    fn eval_one(&mut self, expr: &Expr, scope: ScopeId) -> Eval {
        match &expr.kind {
            ExprKind::Name(name) => {
                let value = self.load(name, scope, expr)?;
                self.read_of_handed(name, &value, scope);
                Ok(value)
            }
            ExprKind::Literal(literal) => Ok(constant(literal)),
            ExprKind::Attribute(of, name) if self.is_cython_compiled(of, name, scope) => {
                Ok(Value::Bool(true))
            }
            ExprKind::Attribute(of, name) => {
                let value = self.eval(of, scope)?;
                self.eval_attribute(&value, of, name, expr, scope)
            }
            ExprKind::Call(call) => self.eval_call(call, expr, scope),
            ExprKind::Subscript(pair) => {
                let value = self.eval(&pair.0, scope)?;
                let at = self.place(scope, expr.start, expr.end);
                let index = self.eval(&pair.1, scope)?;
                let found = self.get_item(&value, &index, at);
                self.or_raises(found, at)
            }
            ExprKind::Tuple(items) => {
                let (items, open) = self.eval_items(items, scope)?;
                if open {
                    let at = self.place(scope, expr.start, expr.end);
                    return Ok(self.gap_for(at, Why::Input));
                }
                Ok(Value::tuple(items))
            }
            ExprKind::List(items) => {
                let (items, open) = self.eval_items(items, scope)?;
                Ok(self.allocate(Object::List { items, open }))
            }
            ExprKind::Set(items) => {
                let Displayed { values, known } = self.eval_all_items(items, scope)?;
                let open = known.is_some();
                let at = self.place(scope, expr.start, expr.end);
                let is_constant = items.len() > 2 && items.iter().all(is_folded);
                self.set_display(values, open, is_constant, at)
            }
            ExprKind::Dict(entries) => self.eval_dict(entries, scope),
            ExprKind::Binary(parts) => {
                let left = self.eval(&parts.0, scope)?;
                let right = self.eval(&parts.2, scope)?;
                let at = self.place(scope, expr.start, expr.end);
                let made = self.binary(&left, parts.1, &right, at);
                self.or_raises(made, at)
            }
            ExprKind::Unary(op, operand) => {
                let value = self.eval(operand, scope)?;
                let at = self.place(scope, expr.start, expr.end);
                let made = self.unary(*op, &value, at);
                self.or_raises(made, at)
            }
            ExprKind::And(items) => self.eval_bool(items, false, expr, scope),
            ExprKind::Or(items) => self.eval_bool(items, true, expr, scope),
            ExprKind::Compare(left, rest) => {
                let at = self.place(scope, expr.start, expr.end);
                let left = self.eval(left, scope)?;
                let made = self.eval_links(&left, rest, scope, at);
                let is_identity = rest
                    .iter()
                    .all(|(op, _)| matches!(op, CompareOp::Is | CompareOp::IsNot));
                if is_identity {
                    made
                } else {
                    self.or_raises(made, at)
                }
            }
            ExprKind::If(parts) => match self.test(&parts.0, scope)? {
                Some(true) => self.eval(&parts.1, scope),
                Some(false) => self.eval(&parts.2, scope),
                None => {
                    let at = self.place(scope, expr.start, expr.end);
                    self.either_value(
                        at,
                        |run| run.eval(&parts.1, scope),
                        |run| run.eval(&parts.2, scope),
                    )
                }
            },
            ExprKind::Lambda(lambda) => self.eval_lambda(lambda, scope),
            ExprKind::Comprehension(it) => self.eval_comprehension(it, expr, scope),
            ExprKind::Starred(inner) => self.eval(inner, scope),
            ExprKind::Walrus(name, value) => {
                let value = self.eval(value, scope)?;
                let at = self.place(scope, expr.start, expr.end);
                let target = self.walrus_scope(scope);
                self.store(name, value.clone(), target, at);
                Ok(value)
            }
            ExprKind::Joined(parts) => self.eval_joined(parts, expr, scope),
            ExprKind::Slice(bounds) => {
                let start = self.eval_bound(bounds.0.as_ref(), scope)?;
                let stop = self.eval_bound(bounds.1.as_ref(), scope)?;
                let step = self.eval_bound(bounds.2.as_ref(), scope)?;
                Ok(Value::Slice(Arc::new([start, stop, step])))
            }
            ExprKind::Yield(value) => {
                let value = match value {
                    Some(value) if self.gives_here() => {
                        self.as_part_of_making(|run| run.eval(value, scope))?
                    }
                    Some(value) => self.eval(value, scope)?,
                    None => Value::None,
                };
                let target = self.walrus_scope(scope);
                self.scope_mut(target).yields.push(value);
                let at = self.place(scope, expr.start, expr.end);
                Ok(self.gap(Why::Input, "yield", at))
            }
            ExprKind::YieldFrom(inner) => {
                let value = self.eval(inner, scope)?;
                let (items, _) = self.iterate(&value);
                let target = self.walrus_scope(scope);
                self.scope_mut(target).yields.extend(items);
                let at = self.place(scope, expr.start, expr.end);
                Ok(self.gap(Why::Input, "yield from", at))
            }
            ExprKind::Await(inner) => {
                let value = self.eval(inner, scope)?;
                let at = self.place(scope, expr.start, expr.end);
                self.awaited(&value, at)
            }
            ExprKind::Opaque => {
                let at = self.place(scope, expr.start, expr.end);
                Ok(self.gap_for(at, Why::NotFollowed))
            }
        }
    }

    fn eval_bound(&mut self, bound: Option<&Expr>, scope: ScopeId) -> Eval {
        bound.map_or(Ok(Value::None), |bound| self.eval(bound, scope))
    }

    /// A gap named by the text at its place, which is looked up when somebody asks: most gaps are never shown.
    pub(crate) fn gap_for(&mut self, at: Option<Place>, why: Why) -> Value {
        self.gap(why, "", at)
    }

    fn eval_lambda(&mut self, lambda: &Arc<Lambda>, scope: ScopeId) -> Eval {
        let defaults = self.eval_defaults(&lambda.parameters, scope)?;
        Ok(self.new_function(
            Code::Lambda(lambda.clone()),
            Name::const_new("<lambda>"),
            defaults,
            scope,
        ))
    }

    pub(super) fn eval_defaults(
        &mut self,
        parameters: &[Parameter],
        scope: ScopeId,
    ) -> Eval<Arc<[Option<Value>]>> {
        // Most functions have none.
        if parameters.iter().all(|it| it.default.is_none()) {
            return Ok(Arc::default());
        }
        parameters
            .iter()
            .map(|parameter| {
                parameter
                    .default
                    .as_ref()
                    .map(|default| self.eval(default, scope))
                    .transpose()
            })
            .collect()
    }

    /// A function object defined in a scope.
    pub(super) fn new_function(
        &mut self,
        code: Code,
        name: Name,
        defaults: Arc<[Option<Value>]>,
        scope: ScopeId,
    ) -> Value {
        let qualname = self.qualname_in(&name, scope);
        let module = self.scope(scope).module;
        let class_body = self.class_body_around(scope);
        let Some(file) = self.file_of(scope) else {
            return self.gap(Why::NotFollowed, &name, None);
        };
        self.keep_scope(scope);
        self.allocate(Object::Function(Function {
            definition: Arc::new(Definition {
                code,
                file,
                module,
                scope,
                class_body,
                name,
                qualname,
                defaults,
            }),
            names: Namespace::default(),
            is_abstract: false,
        }))
    }

    /// The class body that gives `__class__` to a function defined in this scope.
    pub(super) fn class_body_around(&self, scope: ScopeId) -> Option<ScopeId> {
        let mut at = Some(scope);
        while let Some(id) = at {
            match self.scope(id).kind {
                ScopeKind::Class => return Some(id),
                ScopeKind::Module => return None,
                ScopeKind::Parameters => at = self.scope(id).parent,
                ScopeKind::Function => {
                    if let Some(Object::Function(function)) =
                        self.scope(id).function.map(|id| self.object(id))
                    {
                        return function.class_body;
                    }
                    at = self.scope(id).parent;
                }
            }
        }
        None
    }

    /// The scope in which `:=` and `yield` inside a comprehension take effect.
    fn walrus_scope(&self, scope: ScopeId) -> ScopeId {
        let mut at = scope;
        while self.scope(at).kind == ScopeKind::Function && self.scope(at).function.is_none() {
            match self.scope(at).parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        at
    }

    fn eval_comprehension(&mut self, it: &Comprehension, expr: &Expr, scope: ScopeId) -> Eval {
        let Some(first) = it.clauses.first() else {
            return Ok(Value::None);
        };
        // The outermost iterable is evaluated in the scope around; everything else in one of its own.
        let outermost = self.eval(&first.iter, scope)?;
        let module = self.scope(scope).module;
        let at = self.place(scope, expr.start, expr.end);
        if it.kind == ComprehensionKind::Generator {
            return self.new_generator_expression(it, &outermost, scope, at);
        }
        let mut made = Made::default();
        let met = std::mem::take(&mut self.met_disorder);
        let open = self.in_scope_of_its_own(scope, module, |run, inner| {
            run.run_clauses(it, &it.clauses, Some(outermost), inner, &mut made)
        });
        let shuffled = std::mem::replace(&mut self.met_disorder, met);
        let open = open?;
        let mut perhaps = made.perhaps;
        let result = match it.kind {
            ComprehensionKind::List | ComprehensionKind::Generator => {
                let mut items: Vec<Value> = made.items.into_iter().map(|it| it.0).collect();
                // Where the others stand is not known.
                if let Some(known) = made.known {
                    perhaps.extend(items.drain(known..));
                }
                self.allocate(Object::List { items, open })
            }
            ComprehensionKind::Set => {
                let items = made.items.into_iter().map(|it| it.0).collect();
                self.new_set_of(items, open, false, at)?
            }
            ComprehensionKind::Dict => {
                let mut dict = Dict {
                    open,
                    shuffled,
                    // What may be made besides may have any key.
                    replaced: open && !made.items.is_empty(),
                    ..Dict::default()
                };
                for (key, value) in made.items {
                    self.put_under(&mut dict, key, value, at)?;
                }
                self.allocate(Object::Dict(dict))
            }
        };
        if open && !perhaps.is_empty() {
            self.note_within(&result, &Value::tuple(perhaps));
        }
        Ok(result)
    }

    fn run_clauses(
        &mut self,
        it: &Comprehension,
        clauses: &[Clause],
        outermost: Option<Value>,
        scope: ScopeId,
        made: &mut Made,
    ) -> Eval<bool> {
        let Some((clause, rest)) = clauses.split_first() else {
            let element = self.eval(&it.element, scope)?;
            let value = match &it.value {
                Some(value) => self.eval(value, scope)?,
                None => Value::None,
            };
            made.items.push((element, value));
            return Ok(false);
        };
        let iterable = match outermost {
            Some(value) => value,
            None => self.eval(&clause.iter, scope)?,
        };
        let at = self.place(scope, clause.iter.start, clause.iter.end);
        let mut source = self.source_of_loop(&iterable, clause.is_async, at)?;
        let mut open = false;
        loop {
            let is_too_much = !self.round() || made.items.len() > MOST_HELD;
            // Sets and dicts do not mind in which order they are filled.
            let next = if is_too_much {
                self.lose_iterators(&source);
                None
            } else if it.kind == ComprehensionKind::List {
                self.next_in_turn(&mut source, at, scope)?
            } else {
                self.next_in_any_order(&mut source, at, scope)?
            };
            let Some(item) = next else {
                let is_unknown = is_too_much || source.is_open();
                open |= is_unknown;
                if is_unknown {
                    made.known.get_or_insert(made.items.len());
                }
                if is_unknown && !(iterable.is_gap() && self.only_looks(it, scope)) {
                    let item = self.any_item_of(&iterable, at);
                    let mut perhaps = Made::default();
                    let round = |run: &mut Self| {
                        let made = run.assign(&clause.target, item, scope, None);
                        let conditions = &clause.conditions;
                        match made.and_then(|()| {
                            run.run_conditions(it, conditions, rest, scope, &mut perhaps)
                        }) {
                            Ok(_) => Flow::Next,
                            Err(thrown) => Flow::Raise(thrown),
                        }
                    };
                    let around = self.walrus_scope(scope);
                    let flow = self.any_number_of(&it.names_bound(), around, at, round);
                    made.may_have(perhaps);
                    if let Flow::Raise(thrown) = flow {
                        return Err(thrown);
                    }
                }
                break;
            };
            self.assign(&clause.target, item, scope, None)?;
            open |= self.run_conditions(it, &clause.conditions, rest, scope, made)?;
        }
        Ok(open)
    }

    /// Goes on with a clause if its conditions hold.
    fn run_conditions(
        &mut self,
        it: &Comprehension,
        conditions: &[Expr],
        rest: &[Clause],
        scope: ScopeId,
        made: &mut Made,
    ) -> Eval<bool> {
        let Some((condition, others)) = conditions.split_first() else {
            return self.run_clauses(it, rest, None, scope, made);
        };
        match self.test(condition, scope)? {
            Some(true) => self.run_conditions(it, others, rest, scope, made),
            Some(false) => Ok(false),
            None => {
                let at = self.place(scope, condition.start, condition.end);
                // What it would add may not be there, nor in this place.
                let mut perhaps = Made::default();
                self.either_value(
                    at,
                    |run| {
                        run.run_conditions(it, others, rest, scope, &mut perhaps)?;
                        Ok(())
                    },
                    |_| Ok(()),
                )?;
                made.may_have(perhaps);
                Ok(true)
            }
        }
    }

    fn eval_call(&mut self, call: &Call, expr: &Expr, scope: ScopeId) -> Eval {
        let at = self.place(scope, expr.start, expr.end);
        // `super()`, `locals()`, `globals()` and their kind look at the frame that calls them.
        if let ExprKind::Name(name) = &call.function.kind
            && matches!(
                name.as_str(),
                "super" | "globals" | "locals" | "vars" | "dir"
            )
            && let Some(value) = self.frame_call(name, call, scope, at)?
        {
            return Ok(value);
        }
        let function = self.eval(&call.function, scope)?;
        let mut arguments = self.eval_arguments(&call.arguments, &call.keywords, scope)?;
        let function = match self.meant_by_facade(&call.function, &function) {
            Some(meant) => {
                arguments = arguments.with_receiver(self.gap_for(at, Why::Input));
                meant
            }
            None => function,
        };
        if let Some(noted) = self.noted_mark(&call.function, &arguments, at) {
            return Ok(noted);
        }
        if let Some(value) = self.call_handed(&call.function, &arguments, at, scope)? {
            return Ok(value);
        }
        let may_refuse = self.may_refuse(&function);
        let refuses_nobody = may_refuse && self.refuses_nobody(&function, &arguments);
        let result = self.call(&function, arguments, at, scope);
        if refuses_nobody {
            let value = result?;
            self.taken_not_to_raise(&value, at);
            Ok(value)
        } else if may_refuse {
            self.or_raises(result, at)
        } else {
            result
        }
    }

    /// Positional and keyword arguments, stars spread.
    pub(crate) fn eval_arguments(
        &mut self,
        positional: &[Expr],
        keywords: &[(Option<Name>, Expr)],
        scope: ScopeId,
    ) -> Eval<Arguments> {
        let Displayed { mut values, known } = self.eval_all_items(positional, scope)?;
        // Those behind others that are not known may come to be any of the parameters.
        let behind = known.map_or_else(Vec::new, |known| values.split_off(known));
        if !behind.is_empty() {
            self.not_followed("the call", &behind, None);
        }
        let mut arguments = Arguments {
            positional: values,
            keywords: vec![],
            open_positional: known.is_some(),
            open_keywords: false,
        };
        for (name, value) in keywords {
            let value = self.eval(value, scope)?;
            match name {
                Some(name) => arguments.keywords.push((name.clone(), value)),
                None => self.spread_keywords(&mut arguments, &value)?,
            }
        }
        Ok(arguments)
    }

    /// `**value` of a call: a mapping with code of its own is asked for its keys (`dict_merge`).
    fn spread_keywords(&mut self, arguments: &mut Arguments, value: &Value) -> Eval<()> {
        let entries = if self.is_dispatched(value, value) {
            let mut dict = Dict::default();
            match self.merged_by_code(&mut dict, value, None) {
                Err(thrown) if thrown.class == Some(self.known.attribute_error) => {
                    self.lose();
                    None
                }
                merged => {
                    merged?;
                    Some((dict.entries.into_values().collect(), dict.open))
                }
            }
        } else {
            self.dict_entries(value)
        };
        let Some((entries, open)) = entries else {
            arguments.open_keywords = true;
            return Ok(());
        };
        let entries: Vec<(Value, Value)> = entries;
        arguments.open_keywords |= open;
        for (key, value) in entries {
            match key {
                Value::Str(name) => arguments.keywords.push((Name::from(&*name), value)),
                _ => arguments.open_keywords = true,
            }
        }
        Ok(())
    }
}

/// Whether the compiler makes a constant of an expression.
fn is_folded(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(_) => true,
        ExprKind::Unary(_, inner) => is_folded(inner),
        _ => false,
    }
}

/// The value of a literal.
fn constant(literal: &Literal) -> Value {
    match literal {
        Literal::None => Value::None,
        Literal::Ellipsis => Value::Ellipsis,
        Literal::Bool(it) => Value::Bool(*it),
        Literal::Int(it) => Value::Int(*it),
        Literal::BigInt(it) => Value::BigInt(it.clone()),
        Literal::Float(it) => Value::Float(*it),
        Literal::Complex(it) => Value::Complex(0.0, *it),
        Literal::Str(it) => Value::Str(it.clone()),
        Literal::Bytes(it) => Value::Bytes(it.clone()),
    }
}
