//! What a statement of a module makes of touched objects. Where that is objects alone, these are touched too, and what comes after the
//! statement rests on nothing; else all that comes after it does.
//!
//! ```python
//! app.setup(table)                  # out of view: `table` is touched
//! entry = lib.Entry(lib.table)      # and so is `entry`
//! class C(Base): ...                # exact: neither had a part in it
//! ```

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::Name;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Object, ObjectId, ScopeId, Value};
use crate::semantics::{Assumption, ClassId};
use crate::syntax::{Stmt, StmtKind};

/// How many older objects one statement may change before it is no longer followed what it makes of what it reads.
const MOST_CHANGED: usize = 1_000;

/// The objects that may have changed out of view.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    objects: IndexMap<ObjectId, Assumption, FxBuildHasher>,
    /// Names that may have been bound anew, and attributes of classes that may have been set: the objects that stand for them.
    names: FxHashMap<ScopeId, FxHashMap<Name, ObjectId>>,
    attributes: FxHashMap<ClassId, FxHashMap<Name, ObjectId>>,
    /// Stretches of the heap, ascending: all that a statement has made.
    stretches: Vec<(u32, u32, Assumption)>,
    /// The statement of a module that is followed now.
    statement: Option<Box<Followed>>,
}

/// A statement of a module on its way.
#[derive(Debug)]
pub(crate) struct Followed {
    /// What it takes for granted of touched objects that it has read.
    assumptions: Vec<Assumption>,
    /// Where the objects, scopes and classes begin that it makes itself.
    objects: u32,
    scopes: u32,
    classes: u32,
    /// The older objects that it has changed.
    changed: Vec<ObjectId>,
    /// Whether more may come of it than objects: names, classes, imports; or whether it may leave something out that it would do if a
    /// touched object were another.
    leaks: bool,
}

impl Touched {
    pub(crate) fn is_empty(&self) -> bool {
        self.objects.is_empty() && self.stretches.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.objects.len()
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.objects.truncate(len);
    }

    pub(crate) fn contains(&self, id: ObjectId) -> bool {
        self.objects.contains_key(&id) || self.stretch_of(id).is_some()
    }

    pub(crate) fn get(&self, id: ObjectId) -> Option<&Assumption> {
        self.objects.get(&id).or_else(|| self.stretch_of(id))
    }

    pub(super) fn name(&self, scope: ScopeId, name: &str) -> Option<ObjectId> {
        self.names.get(&scope)?.get(name).copied()
    }

    pub(super) fn add_name(&mut self, scope: ScopeId, name: Name, cell: ObjectId) {
        self.names.entry(scope).or_default().insert(name, cell);
    }

    pub(super) fn attribute(&self, class: ClassId, name: &str) -> Option<ObjectId> {
        self.attributes.get(&class)?.get(name).copied()
    }

    pub(super) fn add_attribute(&mut self, class: ClassId, name: Name, cell: ObjectId) {
        self.attributes.entry(class).or_default().insert(name, cell);
    }

    pub(crate) fn add(&mut self, id: ObjectId, assumption: &Assumption) {
        self.objects.entry(id).or_insert_with(|| assumption.clone());
    }

    fn stretch_of(&self, id: ObjectId) -> Option<&Assumption> {
        let after = self.stretches.partition_point(|it| it.0 <= id.0);
        let (_, end, assumption) = self.stretches.get(after.checked_sub(1)?)?;
        (id.0 < *end).then_some(assumption)
    }

    /// That an object is about to be changed.
    pub(super) fn note_change(&mut self, id: ObjectId) {
        if let Some(followed) = &mut self.statement
            && id.0 < followed.objects
            && !followed.leaks
            && followed.changed.last() != Some(&id)
        {
            followed.changed.push(id);
            followed.leaks = followed.changed.len() > MOST_CHANGED;
        }
    }

    /// That a name of a scope is about to be bound.
    pub(super) fn note_binding(&mut self, scope: ScopeId, value: Option<&Value>) {
        if let Some(followed) = &self.statement
            && scope.0 < followed.scopes
        {
            self.note_kept(value);
        }
    }

    /// That something which is no object keeps a value from now on, or loses one.
    pub(super) fn note_kept(&mut self, value: Option<&Value>) {
        let Some(followed) = &self.statement else {
            return;
        };
        let is_known = match value {
            Some(Value::Object(id)) => id.0 >= followed.objects || self.contains(*id),
            // It rests on the same itself.
            Some(Value::Class(id)) => id.0 >= followed.classes,
            _ => false,
        };
        if !is_known {
            self.note_leak();
        }
    }

    /// That a class is about to change, or to keep a value under a name.
    pub(super) fn note_class(&mut self, class: ClassId, value: Option<&Value>) {
        if let Some(followed) = &self.statement
            && class.0 < followed.classes
        {
            self.note_kept(value);
        }
    }

    /// That the statement which is followed does more than to change objects.
    pub(crate) fn note_leak(&mut self) {
        if let Some(followed) = &mut self.statement {
            followed.leaks = true;
        }
    }

    /// What the statement that is followed takes for granted so far.
    pub(crate) fn so_far(&self) -> &[Assumption] {
        self.statement
            .as_ref()
            .map_or(&[], |it| it.assumptions.as_slice())
    }

    /// No statement is followed while another module runs; what is imported may be something else next time.
    pub(crate) fn suspend(&mut self) -> Option<Box<Followed>> {
        self.note_leak();
        self.statement.take()
    }

    pub(crate) fn resume(&mut self, statement: Option<Box<Followed>>) {
        self.statement = statement;
    }
}

impl Run<'_, '_> {
    /// What was read before is nothing of what is asked now.
    pub(crate) fn forget_reads(&mut self) {
        if let Ok(read) = self.read_touched.get_mut() {
            read.clear();
        }
    }

    /// What was read of objects that may have changed out of view is taken to be as it was.
    pub(crate) fn settle_reads(&mut self) {
        let Ok(read) = self.read_touched.get_mut() else {
            return;
        };
        if read.is_empty() {
            return;
        }
        for id in std::mem::take(read) {
            if let Some(assumption) = self.touched.get(id).cloned()
                && !self.assume_of_statement(&assumption)
            {
                self.assume_here(assumption);
            }
        }
    }

    /// Follows what a statement makes of touched objects, where it is one of a module's body that runs for certain.
    pub(crate) fn begin_statement(&mut self, stmt: &Stmt, scope: ScopeId) -> bool {
        let is_simple = matches!(
            stmt.kind,
            StmtKind::Expr(_)
                | StmtKind::Assign(..)
                | StmtKind::Annotate(..)
                | StmtKind::Augment(..)
                | StmtKind::Function(_)
                | StmtKind::Class(_)
        );
        if !is_simple
            || self.depth > 0
            || self.floor > 0
            || self.loops > 0
            || self.making > 0
            || self.touched.statement.is_some()
            || self.is_guarded()
            || self.scope(scope).kind != ScopeKind::Module
            || !self.pending.is_empty()
            || !self.journals.is_empty()
            || !self.forks.is_empty()
        {
            return false;
        }
        // What decided that it runs is nothing of its own.
        self.settle_reads();
        self.touched.statement = Some(Box::new(Followed {
            assumptions: vec![],
            objects: self.heap.len() as u32,
            scopes: self.scopes.len() as u32,
            classes: self.classes.len() as u32,
            changed: vec![],
            leaks: false,
        }));
        true
    }

    /// What has come of the statement is touched, or else all that comes after it rests on what it took for granted.
    pub(crate) fn end_statement(&mut self, stmt: &Stmt, flow: &Flow) {
        let Some(followed) = self.touched.statement.take() else {
            return;
        };
        let Some(first) = followed.assumptions.first().cloned() else {
            return;
        };
        if followed.leaks || !matches!(flow, Flow::Next) || stmt.kind.has_condition() {
            for assumption in followed.assumptions {
                self.assume_here(assumption);
            }
            return;
        }
        for id in followed.changed {
            self.touched.add(id, &first);
        }
        let end = self.heap.len() as u32;
        if end > followed.objects {
            self.touched.stretches.push((followed.objects, end, first));
        }
    }

    /// Notes what a statement of a module takes for granted; false where none is followed, or a class that is being made does.
    pub(super) fn assume_of_statement(&mut self, assumption: &Assumption) -> bool {
        let is_made_now = self.making > 0 || !self.pending.is_empty();
        let Some(followed) = &mut self.touched.statement else {
            return false;
        };
        self.unknowns += 1;
        if !followed.assumptions.contains(assumption) {
            followed.assumptions.push(assumption.clone());
        }
        !is_made_now
    }

    /// What a statement of a module hands on: what may be left undone with an older object, if a touched one were another, is not known.
    pub(crate) fn note_handed<'v>(&mut self, handed: impl IntoIterator<Item = &'v Value>) {
        let Some(followed) = &self.touched.statement else {
            return;
        };
        if followed.leaks || self.depth > 0 {
            return;
        }
        let objects = followed.objects;
        let may_change = handed.into_iter().any(|value| match value {
            Value::Object(id) => {
                id.0 < objects
                    && !self.table_names.contains_key(id)
                    && matches!(
                        self.peek(*id),
                        Object::Instance(_)
                            | Object::List { .. }
                            | Object::Dict(_)
                            | Object::Set { frozen: false, .. }
                            | Object::Generator(_)
                            | Object::Iterator(_)
                            | Object::View { .. }
                    )
            }
            _ => false,
        });
        if may_change {
            self.touched.note_leak();
        }
    }
}
