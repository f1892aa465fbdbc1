//! The class statement in CPython's order: decorators, bases, `__mro_entries__`, metaclass, body, the metaclass's call, decorators.
//!
//! Start reading here: everything else in this layer exists to give these steps their values.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::arguments::{Arguments, Keywords};
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{ObjectId, ScopeId, Value};
use crate::evaluate::modules::finish::StatementFacts;
use crate::evaluate::modules::reached::Did;
use crate::semantics::{
    Assumption, ClassId, ClassPath, CreationStep, Origin, Outcome, Raised, Why,
};
use crate::source::Place;
use crate::syntax::{ClassDef, ExprKind, Literal, StmtKind};

/// A class statement on its way, which the first fitting call of `type.__new__` completes.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub name: Name,
    pub path: ClassPath,
    pub origin: Origin,
    pub body: ScopeId,
    pub facts: StatementFacts,
    /// Objects before this one were there when the statement began.
    pub born: ObjectId,
    /// How many decisions could not be made when its metaclass was called.
    pub undecided: u32,
    pub made: Option<ClassId>,
    /// The cell that its functions read `__class__` from, once it is handed to a metaclass.
    pub cell: Option<ObjectId>,
}

impl Run<'_, '_> {
    pub(crate) fn exec_class(&mut self, def: &Arc<ClassDef>, scope: ScopeId) -> Flow {
        if self.meets(def, scope) {
            let at = self.place(scope, def.keyword, def.end);
            let class = self.gap_for(at, Why::Input);
            self.bind(scope, &def.name, class, at);
            return Flow::Next;
        }
        self.charge_class_statement();
        let lent = self.lend_for_class();
        self.making += 1;
        let first = self.classes.len() as u32;
        let outer_assumptions = std::mem::take(&mut self.assumptions);
        let undecided = self.undecided;
        let is_noted = self.begin_creation(def, scope);
        let made = self.class_statement(def, scope);
        let left = made.as_ref().err().map(|thrown| self.left_creation(thrown));
        let made = made.or_else(|thrown| self.failed_before(def, scope, thrown, undecided));
        if is_noted {
            self.end_creation(ClassId(first), (def, scope), left);
        }
        // What it was taking for granted is nobody else's.
        self.assumptions = outer_assumptions;
        self.making -= 1;
        self.repay_class(lent);
        if self.awaited > 0 || self.is_guarded() {
            self.note_awaited(ClassId(first));
        }
        if made.is_ok() {
            self.note_raised(ClassId(first), def, scope);
        }
        match made {
            Ok(()) => Flow::Next,
            Err(thrown) => Flow::Raise(thrown),
        }
    }

    fn class_statement(&mut self, def: &Arc<ClassDef>, scope: ScopeId) -> Eval<()> {
        let first = self.classes.len() as u32;
        let at = self.place(scope, def.keyword, def.end);
        let born = ObjectId(self.heap.len() as u32);
        let mut decorators = Vec::with_capacity(def.decorators.len());
        if !def.decorators.is_empty() {
            self.note_step(CreationStep::Decorators);
        }
        for decorator in &def.decorators {
            let place = self.place(scope, decorator.start, decorator.end);
            let value = match self.eval(decorator, scope) {
                Ok(value) => value,
                Err(thrown) if self.is_guarded() || self.is_final(&thrown) => return Err(thrown),
                Err(thrown) => {
                    let assumption = self.does_not_raise(&thrown);
                    self.take_for_granted(assumption);
                    self.gap_for(place, Why::NotFound)
                }
            };
            decorators.push((value, place));
        }
        let module = self.scope(scope).module;
        let rests_on = self.module(module).assumptions.clone();
        self.assumptions.extend(rests_on);
        self.assumptions.extend_from_slice(self.touched.so_far());
        self.assume_source(def, scope);
        if !self.assumptions.is_empty() {
            self.started.lose();
        }
        self.note_step(CreationStep::Bases);
        // Bases, keywords and body see the type parameters; decorators and the name do not (PEP 695).
        let outside = scope;
        let scope = self.parameter_scope(&def.type_parameters, outside);
        let (mut written, open) = self.written_bases(def, scope)?;
        self.first_of_handed(&mut written, &def.bases, scope);
        self.compiled_bases(def, &mut written, scope);
        if !def.type_parameters.is_empty() {
            written.extend(self.generic_base(&def.type_parameters, scope));
        }
        let arguments = self.eval_arguments(&[], &def.keywords, scope)?;
        let (mut keywords, more) = (arguments.keywords, arguments.open_keywords);
        let asked = keywords
            .iter()
            .position(|(name, _)| name == "metaclass")
            .map(|at| keywords.remove(at).1);
        let no_metaclass = (more && asked.is_none()).then(|| self.assume_no_metaclass(def, scope));
        self.refused_bases(&written, at)?;
        self.note_step(CreationStep::MroEntries);
        let (mut bases, replaced) = self.mro_entries(&written, at)?;
        if open {
            let place = def
                .arguments
                .and_then(|(start, end)| self.place(scope, start, end));
            bases.push(self.gap_for(place, Why::Input));
        }
        let metaclass = match asked {
            Some(value) => value,
            None => match bases.first() {
                Some(first) => match self.class_of(first) {
                    Some(class) => Value::Class(class),
                    // A class that cannot be made has no metaclass; what derives from it cannot be made either.
                    None if matches!(first, Value::Class(_)) => Value::Class(self.known.type_),
                    None => first.clone(),
                },
                None => Value::Class(self.known.type_),
            },
        };
        let metaclass = self.derived_metaclass(metaclass, &bases, at)?;

        let (path, origin) = self.path_and_origin(def, scope);
        let module = self.scope(scope).module;
        let qualname = path.qualname.clone();
        let body = self.push_scope(ScopeKind::Class, Some(scope), module);
        self.scope_mut(body).qualname.clone_from(&qualname);
        // A module may give itself another name, as `_collections_abc` does.
        let globals = self.module(module).scope;
        if let Some(binding) = self.scope(globals).names.get("__name__")
            && let Value::Str(said) = &binding.value
            && **said != *self.module(module).name
        {
            let said = binding.value.clone();
            self.bind(body, &Name::const_new("__module__"), said, None);
        }
        self.note_step(CreationStep::Prepare);
        self.note_metaclass(&metaclass);
        let known = Keywords {
            named: &keywords,
            open: more,
        };
        let prepared = self.prepare(&metaclass, &def.name, &bases, known, body, at);
        prepared.map_err(|thrown| self.asking_for(thrown, &bases))?;
        self.note_step(CreationStep::Body);
        self.bind(
            body,
            &Name::const_new("__qualname__"),
            Value::str(&qualname),
            None,
        );
        self.tell_compilers_names(def, body, false);
        // What its body reads, it rests on too.
        self.settle_reads();
        let running = self.running.last().copied().unwrap_or(module);
        let before_body = self.module(running).assumptions.len();
        let making = std::mem::take(&mut self.making);
        let flow = if self.is_guarded() {
            self.exec_block(&def.body, body)
        } else {
            self.exec_leniently(&def.body, body);
            Flow::Next
        };
        self.making = making;
        self.note_names(body);
        let taken = self.module(running).assumptions.get(before_body..);
        let taken = taken.unwrap_or_default().to_vec();
        self.assumptions.extend(taken);
        if let Flow::Raise(thrown) = flow {
            return Err(thrown);
        }
        if let Some(fault) = self.faults.remove(&body) {
            return Err(fault);
        }
        self.tell_compilers_names(def, body, true);
        if let Some(fault) = self.faults.remove(&body) {
            return Err(fault);
        }
        self.compiled_body(def, body, scope);
        if replaced {
            let name = Name::const_new("__orig_bases__");
            self.bind_in_body(body, &name, Value::tuple(written), None);
            if let Some(fault) = self.faults.remove(&body) {
                return Err(fault);
            }
        }
        self.pending.push(Pending {
            name: def.name.clone(),
            path,
            origin,
            body,
            facts: StatementFacts {
                body: Some(body),
                docstring: docstring(def),
                has_type_parameters: !def.type_parameters.is_empty(),
                has_orig_bases: replaced,
                annotates: self.annotations.contains_key(&body),
                is_decorated: !def.decorators.is_empty(),
                def: Some(def.clone()),
            },
            born,
            undecided: self.undecided,
            made: None,
            cell: None,
        });
        let asked = bases.clone();
        self.note_step(CreationStep::Call);
        let mut result = self.call_for_class(
            &metaclass,
            &def.name,
            bases,
            (keywords, more),
            body,
            at,
            scope,
        );
        if let Err(thrown) = &result
            && let Some(made) = self.made_all_the_same(thrown, &metaclass, &asked, at, scope)
        {
            result = made;
        }
        let pending = self.pending.pop();
        if let (Ok(Value::Class(class)), Some(pending)) = (&result, &pending)
            && let Some(thrown) = self.fault_of_class_cell(pending, *class, at)
        {
            result = Err(thrown);
        }
        let value = self.settle(result, pending, at, outside);
        self.note_asked(ClassId(first), &asked, at);
        let value = value?;
        if let (Value::Class(class), Some(assumption)) = (&value, no_metaclass) {
            self.may_have_another_metaclass(*class, &assumption);
        }
        // What ends a statement inside of a function that another statement calls ends that one, too.
        if self.is_within_statement(outside)
            && let Value::Class(class) = value
            && let Outcome::Raises(raised) = &self.classes.get(class).outcome
            && raised.inherited_from.is_none()
        {
            let raised = raised.clone();
            let mut thrown = self.verdict_of(raised, at);
            self.is_ended_by(class, &mut thrown);
            return Err(thrown);
        }
        // A metaclass may hand out a class that another statement made.
        let made_here = match &value {
            Value::Class(id) if id.0 >= first => Some(*id),
            _ => None,
        };
        let value = match &value {
            // What is raised before them is not handed to decorators.
            Value::Class(it) if matches!(self.classes.get(*it).outcome, Outcome::Raises(_)) => {
                value
            }
            _ => self.decorate(value, made_here, &decorators, outside)?,
        };
        self.settle_reads();
        self.assumptions.extend_from_slice(self.touched.so_far());
        let assumptions = std::mem::take(&mut self.assumptions);
        if let Some(id) = made_here {
            // Made again by a decorator: the one that is bound rests on the same.
            if let Value::Class(bound) = value
                && bound > id
                && self.classes.get(bound).path == self.classes.get(id).path
            {
                self.assume(bound, assumptions.clone());
            }
            let rests_on_some = !assumptions.is_empty();
            self.assume(id, assumptions);
            if rests_on_some && !self.is_guarded() {
                self.may_be_made(id, at);
            }
            self.ended(id, outside);
            self.class_ends(id);
        }
        self.scope_ends(body);
        self.note_bound(&value);
        self.note_no_class(def, &value, outside);
        self.store(&def.name, value, outside, at);
        Ok(())
    }

    /// The written bases; one that cannot be evaluated is a gap.
    fn written_bases(&mut self, def: &ClassDef, scope: ScopeId) -> Eval<(Vec<Value>, bool)> {
        let mut values = vec![];
        let mut open = false;
        for base in &def.bases {
            match self.eval_items(std::slice::from_ref(base), scope) {
                Ok((mut items, more)) => {
                    // In a function that nobody called, `None` is what a subclass or a caller would have set.
                    for item in &mut items {
                        if self.floor > 0
                            && matches!(item, Value::None)
                            && !matches!(base.kind, ExprKind::Literal(_))
                        {
                            let place = self.place(scope, base.start, base.end);
                            *item = self.gap_for(place, Why::Input);
                        }
                    }
                    values.extend(items);
                    open |= more;
                }
                Err(thrown) if self.is_guarded() || self.is_final(&thrown) => return Err(thrown),
                Err(thrown) => {
                    self.ends_statements(&thrown);
                    let place = self.place(scope, base.start, base.end);
                    values.push(self.gap_for(place, Why::NotFound));
                }
            }
        }
        Ok((values, open))
    }

    /// The most derived metaclass of what was asked for and of the bases; what was asked for where that is no class.
    ///
    /// `__build_class__` looks for it before the body runs, so that a conflict comes before everything else.
    fn derived_metaclass(&mut self, asked: Value, bases: &[Value], at: Option<Place>) -> Eval {
        let Value::Class(chosen) = asked else {
            return Ok(asked);
        };
        if let Some(found) = self.most_derived_of(chosen, bases, at) {
            return found.map(Value::Class);
        }
        let mut chosen = chosen;
        for base in bases {
            let Value::Class(base) = base else { continue };
            let Some(other) = self.metaclass_of(*base) else {
                continue;
            };
            if !self.classes.is_subclass(chosen, other) && self.classes.is_subclass(other, chosen) {
                chosen = other;
            }
        }
        Ok(Value::Class(chosen))
    }

    /// Keywords that are not known may name a metaclass: that they do not is taken for granted.
    ///
    /// ```py
    /// class C(Base, **options()): ...   # assumed: `**options()` names no metaclass
    /// ```
    fn assume_no_metaclass(&mut self, def: &ClassDef, scope: ScopeId) -> Assumption {
        let unknown = def.keywords.iter().find(|it| it.0.is_none());
        let place = unknown.and_then(|(_, value)| self.place(scope, value.start, value.end));
        let what = format!("`**{}` names no metaclass", self.text(place));
        let assumption = Assumption { what, at: place };
        self.take_for_granted(assumption.clone());
        assumption
    }

    /// Calls the metaclass, or whatever stands in its place, for the class.
    #[expect(
        clippy::too_many_arguments,
        reason = "these are the parts of a class statement"
    )]
    fn call_for_class(
        &mut self,
        metaclass: &Value,
        name: &Name,
        bases: Vec<Value>,
        (keywords, open_keywords): (Vec<(Name, Value)>, bool),
        body: ScopeId,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let namespace = if let Some(namespace) = self.prepared.remove(&body) {
            self.handed_back(namespace, body)
        } else if self.takes_what_it_is_given(metaclass) {
            self.namespace_dict(body)
        } else {
            self.handed_namespace(body)
        };
        let arguments = Arguments {
            positional: vec![Value::str(name), Value::tuple(bases), namespace],
            keywords,
            open_keywords,
            ..Arguments::default()
        };
        match metaclass {
            Value::Class(class) if self.classes.is_subclass(*class, self.known.type_) => {
                self.call_metaclass_fully(*class, arguments, at, scope)
            }
            Value::Class(class) if !self.is_whole(*class) => {
                // The metaclass itself is not known whole: what comes out is taken to be a class all the same.
                let gap = self.class_gap(*class, name, at);
                self.unknown_class(&arguments, Some(*class), &[gap], at, scope)
            }
            Value::Gap(_) => {
                self.unknown_class(&arguments, None, std::slice::from_ref(metaclass), at, scope)
            }
            other => {
                if let (Value::Class(class), Some(Value::Tuple(bases))) =
                    (other, arguments.positional.get(1).cloned())
                {
                    self.refused_call(*class, &bases, at)?;
                }
                self.call(other, arguments, at, scope)
            }
        }
    }

    /// Whether a metaclass makes a class of the names that the body bound, without a look at them: `type`, `ABCMeta`.
    fn takes_what_it_is_given(&self, metaclass: &Value) -> bool {
        matches!(metaclass, Value::Class(class) if *class == self.known.type_
            || self.is_library_class(*class, "abc", "ABCMeta"))
    }

    /// What came of calling the metaclass, once it is held against the class that `type.__new__` made on the way.
    fn settle(
        &mut self,
        result: Eval,
        pending: Option<Pending>,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let Some(pending) = pending else {
            return result;
        };
        let result = match result {
            Err(thrown) if thrown.is_cut => Ok(self.gap_for(at, Why::Budget)),
            Err(thrown) if pending.made.is_none() && !self.is_guarded() => {
                match self.absent_module(&thrown) {
                    Some(module) => {
                        let why = Why::NotInstalled { module };
                        Ok(self.gap_for(thrown.at.or(at), why))
                    }
                    None => Err(thrown),
                }
            }
            result => result,
        };
        // A decision on the way could not be made: what its code raises may not be raised.
        let is_certain = self.undecided == pending.undecided;
        if let (Some(id), false, false) = (pending.made, is_certain, self.is_guarded())
            && let Outcome::Raises(raised) = &self.classes.get(id).outcome
            && rests_on_the_namespace(raised)
        {
            let bases = raised.bases.clone();
            self.leave_unknown(id, &bases, at);
            return Ok(Value::Class(id));
        }
        match (result, pending.made) {
            (Ok(Value::Gap(_)), Some(id)) => {
                self.take_for_granted(Assumption {
                    what: String::from("the metaclass returns the class it has made"),
                    at,
                });
                Ok(Value::Class(id))
            }
            (Ok(Value::Gap(gap)), None) => {
                // Nobody called `type.__new__` that we could see: there is a class statement, but no class to show.
                let gap = self.told(gap);
                let id = self.push_class(
                    pending.path.clone(),
                    pending.origin.clone(),
                    Outcome::Unknown {
                        because: vec![gap],
                        known: vec![],
                        metaclass: None,
                    },
                );
                if let Outcome::Unknown { known, .. } = &mut self.class_mut(id).outcome {
                    known.push(id);
                }
                let names = self.scope(pending.body).names.clone();
                self.class_names.insert(id, names);
                self.scope_mut(pending.body).class = Some(id);
                Ok(Value::Class(id))
            }
            // The metaclass has made a class on its way, and then the one it returns, by the name of the statement.
            (Ok(Value::Class(id)), Some(first))
                if id > first && self.classes.get(id).path.name() == pending.name =>
            {
                self.exchange(first, id);
                self.scope_mut(pending.body).class = Some(id);
                Ok(Value::Class(id))
            }
            // The class was made on the way, but the statement gives something that is none.
            (Ok(value), Some(id)) if !matches!(value, Value::Class(_)) => {
                let module = self.scope(pending.body).module;
                self.module_mut(module).classes.retain(|it| *it != id);
                Ok(value)
            }
            (Ok(value), _) => Ok(value),
            (Err(thrown), Some(id))
                if !self.is_guarded()
                    && !self.is_final(&thrown)
                    && (!self.rejects(&thrown) || !is_certain && thrown.verdict.is_none()) =>
            {
                self.ends_statements(&thrown);
                let what = self.name_of(&thrown);
                self.take_for_granted(Assumption {
                    what: format!("what would raise `{what}` after the class is made does not"),
                    at: thrown.at.or(at),
                });
                Ok(Value::Class(id))
            }
            (Err(mut thrown), made) => {
                let mut verdict = self.verdict_in(&mut thrown);
                if self.is_guarded() && verdict.is_none() {
                    verdict = self.raised_to_somebody(&thrown, pending.undecided);
                }
                if self.is_guarded() && verdict.is_none() {
                    if let Some(class) = made {
                        let assumption = self.does_not_raise(&thrown);
                        self.assume(class, vec![assumption]);
                    }
                    return Err(thrown);
                }
                let said = verdict.clone();
                let raised = verdict.unwrap_or_else(|| self.raised(&thrown));
                let id = match made {
                    Some(id) => {
                        self.class_mut(id).outcome = Outcome::Raises(raised);
                        id
                    }
                    None => self.push_class(
                        pending.path.clone(),
                        pending.origin.clone(),
                        Outcome::Raises(raised),
                    ),
                };
                let names = self.scope(pending.body).names.clone();
                self.class_names.insert(id, names);
                self.scope_mut(pending.body).class = Some(id);
                let is_inner = self.is_within_statement(scope);
                if self.is_guarded() || is_inner {
                    self.is_ended_by(id, &mut thrown);
                    thrown.verdict = said.filter(|_| is_inner).map(Box::new);
                    return Err(thrown);
                }
                Ok(Value::Class(id))
            }
        }
    }

    /// The class that a metaclass would have made, had it not raised before for something that hangs on a decision which could not be
    /// made, or for a module that is not there: by `type`, of what the statement asks for.
    fn made_all_the_same(
        &mut self,
        thrown: &Thrown,
        metaclass: &Value,
        bases: &[Value],
        at: Option<Place>,
        scope: ScopeId,
    ) -> Option<Eval> {
        let pending = self.pending.last()?;
        let is_certain =
            self.undecided == pending.undecided && self.absent_module(thrown).is_none();
        if is_certain || pending.made.is_some() || self.is_final(thrown) || self.is_guarded() {
            return None;
        }
        let (name, body) = (pending.name.clone(), pending.body);
        let Value::Class(metaclass) = *metaclass else {
            return None;
        };
        let ids = bases.iter().map(|base| match base {
            Value::Class(id) if self.is_whole(*id) => Some(*id),
            _ => None,
        });
        let ids: Vec<ClassId> = ids.collect::<Option<_>>()?;
        self.ends_statements(thrown);
        let what = self.name_of(thrown);
        self.take_for_granted(Assumption {
            what: format!("what would raise `{what}` before the class is made does not"),
            at: thrown.at.or(at),
        });
        let names = self.scope(body).names.clone();
        Some(self.plain_class(metaclass, &name, &ids, names, at, scope))
    }

    /// A class that cannot be made if what is taken for granted is so: it may be otherwise, and then it is made.
    fn may_be_made(&mut self, id: ClassId, at: Option<Place>) {
        if let Outcome::Raises(raised) = &self.classes.get(id).outcome {
            let bases = raised.bases.clone();
            self.leave_unknown(id, &bases, at);
        }
    }

    /// A class of which it is not known whether it can be made.
    fn leave_unknown(&mut self, id: ClassId, bases: &[ClassId], at: Option<Place>) {
        let known = self.known_ancestry(id, bases);
        let because = match self.gap_for(at, Why::Undecided) {
            Value::Gap(gap) => vec![self.told(gap)],
            _ => vec![],
        };
        self.class_mut(id).outcome = Outcome::Unknown {
            because,
            known,
            metaclass: None,
        };
    }

    /// An exception as it is shown; its own `__str__` is asked for its message.
    pub(crate) fn raised(&mut self, thrown: &Thrown) -> Raised {
        let own = match thrown.class {
            Some(class) if thrown.message.is_none() && self.user_defines(class, "__str__") => {
                self.special_method(&thrown.value, class, "__str__")
            }
            _ => None,
        };
        let scope = self.any_scope();
        let said = own.and_then(|it| self.call(&it, Arguments::default(), thrown.at, scope).ok());
        let said = said.and_then(|it| self.str_of(&it));
        Raised {
            kind: thrown.class.map_or_else(
                || Name::const_new("Exception"),
                |class| Name::from(self.classes.get(class).path.name()),
            ),
            message: thrown
                .message
                .clone()
                .or(said)
                .or_else(|| self.str_of_exception(&thrown.value))
                .unwrap_or_default(),
            at: thrown.at.filter(|_| thrown.is_written),
            ..Raised::default()
        }
    }

    /// A class of its own, not yet filled.
    pub(super) fn push_class(
        &mut self,
        path: ClassPath,
        origin: Origin,
        outcome: Outcome,
    ) -> ClassId {
        let module = self
            .loaded
            .get(&path.module)
            .copied()
            .or_else(|| self.running.last().copied());
        let called_from = self.called_from(module);
        let id = self.classes_mut().push(crate::semantics::Class {
            path,
            origin,
            outcome,
            members: std::sync::OnceLock::new(),
            standing: crate::semantics::Standing::Exact,
            assigned: std::sync::OnceLock::new(),
            heard: std::sync::OnceLock::new(),
            annotated: std::sync::OnceLock::new(),
            methods: std::sync::OnceLock::new(),
            refused: None,
            skips_abc: false,
            abstract_left: None,
            not_reached: None,
            called_from,
        });
        self.note_done(Did::Made(id));
        if let Some(module) = module {
            self.module_mut(module).classes.push(id);
        }
        id
    }
}

/// A class's docstring.
pub(super) fn docstring(def: &ClassDef) -> Option<Arc<str>> {
    let StmtKind::Expr(first) = &def.body.first()?.kind else {
        return None;
    };
    let ExprKind::Literal(Literal::Str(text)) = &first.kind else {
        return None;
    };
    Some(text.clone())
}

/// Whether a class cannot be made for what its namespace holds: `__slots__` that a metaclass may have worked out.
fn rests_on_the_namespace(raised: &Raised) -> bool {
    let reason = raised.reason.as_deref();
    matches!(reason, Some(crate::semantics::TypeNewError::Slots(_)))
}
