//! `exec`, `eval` and `compile` of a text that is known: it is run like any other code, in the namespaces it is handed.

use std::path::Path;
use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Binding, Instance, Object, ObjectId, ScopeId, Value};
use crate::semantics::Why;
use crate::source::{FileId, Place};
use crate::syntax::{ModuleSyntax, StmtKind};

/// What programs write for themselves is small; what is longer is data.
const LONGEST: usize = 64 << 10;

/// How many different texts are run: each stays, as a file that pages can point to.
const MOST: usize = 20_000;

/// Under which name a code object keeps its text: one that no program can ask for.
const SOURCE: &str = "<source>";

impl Run<'_, '_> {
    /// `compile(source, filename, mode)`: a code object that knows its text.
    pub(crate) fn compile_text(&mut self, asked: &Asked<'_>) -> Option<Value> {
        let text = asked.arguments.get(0, "source")?.clone();
        let Value::Str(_) = self.plain(&text) else {
            return None;
        };
        let mut code = Instance::of(self.world.facts.class("builtins", "code")?);
        code.open = true;
        let binding = Binding::new(self.plain(&text), asked.at);
        code.names.insert(Name::const_new(SOURCE), binding);
        Some(self.allocate(Object::Instance(code)))
    }

    /// `exec(source, globals, locals)` and `eval`; none where the text or a namespace is not known.
    pub(crate) fn run_text(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        let source = arguments.positional.first().cloned();
        let Some(text) = source.and_then(|it| self.source_of(&it)) else {
            return Ok(None);
        };
        let handed = |at, name| {
            arguments
                .get(at, name)
                .filter(|it| !matches!(it, Value::None))
                .cloned()
        };
        let (globals, locals) = (handed(1, "globals"), handed(2, "locals"));
        let is_eval = asked.path.qualname == "eval";
        let text = if is_eval { text.trim() } else { &text };
        let Some(file) = self.file_of_text(text) else {
            return Ok(None);
        };
        if let Some(at) = self.refused_at(file) {
            return Err(self.does_not_compile(Some(at)));
        }
        let Some(outer) = self.scope_for(globals.as_ref(), asked.scope) else {
            return Ok(None);
        };
        let inner = match &locals {
            // `locals` is the same as `globals` where nothing is said, and the caller's own where neither is.
            None if globals.is_none() => asked.scope,
            None => outer,
            Some(dict) => match self.scope_of_dict(dict, Some(outer)) {
                Some(scope) => scope,
                None => return Ok(None),
            },
        };
        let result = self.run_file(file, inner, is_eval, asked.at);
        self.give_back(globals.as_ref(), outer);
        if locals.is_some() {
            self.give_back(locals.as_ref(), inner);
        }
        result.map(Some)
    }

    /// What a piece of a program's own text gives in a scope; a gap where it raises.
    pub(crate) fn evaluated(&mut self, text: &str, scope: ScopeId, at: Option<Place>) -> Value {
        match self.written_file(text) {
            Some(file) => match self.run_file(file, scope, true, at) {
                Ok(value) => value,
                Err(_) => self.gap_for(at, Why::Input),
            },
            None => self.gap_for(at, Why::NotFollowed),
        }
    }

    /// The text that is to be run.
    fn source_of(&self, value: &Value) -> Option<Arc<str>> {
        if let Value::Object(id) = value
            && let Object::Instance(instance) = self.object(*id)
            && let Some(binding) = instance.names.get(SOURCE)
        {
            return self.source_of(&binding.value);
        }
        match self.plain(value) {
            Value::Str(text) if text.len() <= LONGEST => Some(text),
            _ => None,
        }
    }

    /// A file of this text; none where it is no Python.
    pub(crate) fn written_file(&mut self, text: &str) -> Option<FileId> {
        let file = self.file_of_text(text)?;
        self.library.refusal(file).is_none().then_some(file)
    }

    /// A file of this text, whatever it is.
    fn file_of_text(&mut self, text: &str) -> Option<FileId> {
        let file = match self.written.get(text) {
            Some(&file) => file,
            None if self.written.len() == MOST => return None,
            None => {
                let path = format!("<string {}>", self.written.len() + 1);
                let file = self.library.open_text(Path::new(&path), text)?;
                self.written.insert(Box::from(text), file);
                file
            }
        };
        Some(file)
    }

    /// The expression that a text is; none where it is none.
    pub(crate) fn expression_of(&mut self, text: &str) -> Option<(FileId, Arc<ModuleSyntax>)> {
        let file = self.written_file(text)?;
        let syntax = self.library.syntax(file);
        let is_one = matches!(&*syntax.body, [stmt] if matches!(stmt.kind, StmtKind::Expr(_)));
        is_one.then_some((file, syntax))
    }

    /// The scope that stands for a dict of globals.
    fn scope_for(&mut self, globals: Option<&Value>, caller: ScopeId) -> Option<ScopeId> {
        match globals {
            None => {
                let module = self.scope(caller).module;
                Some(self.module(module).scope)
            }
            Some(dict) => self.scope_of_dict(dict, None),
        }
    }

    /// A scope with the names of a dict; the very scope that the dict shows, where it shows one.
    pub(super) fn scope_of_dict(
        &mut self,
        dict: &Value,
        parent: Option<ScopeId>,
    ) -> Option<ScopeId> {
        let Value::Object(id) = dict else { return None };
        let id = self.dict_inside(*id)?;
        let Object::Dict(dict) = self.object(id) else {
            return None;
        };
        if let Some(view) = dict.view {
            return Some(view);
        }
        let entries: Vec<(Name, Value)> = dict
            .entries
            .values()
            .filter_map(|(key, value)| match key {
                Value::Str(name) => Some((Name::from(&**name), value.clone())),
                _ => None,
            })
            .collect();
        let module = *self.running.last()?;
        let kind = match parent {
            None => ScopeKind::Module,
            Some(_) => ScopeKind::Function,
        };
        let scope = self.push_scope(kind, parent, module);
        for (name, value) in entries {
            self.bind(scope, &name, value, None);
        }
        Some(scope)
    }

    /// The dict that an instance of a subclass of `dict` is.
    fn dict_inside(&self, id: ObjectId) -> Option<ObjectId> {
        match self.object(id) {
            Object::Dict(_) => Some(id),
            Object::Instance(instance) => match instance.payload {
                Some(Value::Object(inner)) => self.dict_inside(inner),
                _ => None,
            },
            _ => None,
        }
    }

    pub(crate) fn run_file(
        &mut self,
        file: FileId,
        scope: ScopeId,
        is_eval: bool,
        at: Option<Place>,
    ) -> Eval {
        let syntax = self.library.syntax(file);
        let outer = self.written_by.insert(scope, file);
        let mut result = Ok(Value::None);
        for stmt in &syntax.body {
            if let (true, StmtKind::Expr(expr)) = (is_eval, &stmt.kind) {
                result = self.eval(expr, scope);
                break;
            }
            match self.exec(stmt, scope) {
                Flow::Raise(thrown) => {
                    result = Err(thrown);
                    break;
                }
                Flow::Next => {}
                Flow::Break | Flow::Continue | Flow::Over | Flow::Return(_) => {
                    result = Ok(self.gap_for(at, Why::NotFollowed));
                    break;
                }
            }
        }
        match outer {
            Some(outer) => self.written_by.insert(scope, outer),
            None => self.written_by.remove(&scope),
        };
        result
    }

    /// Puts what was bound into the dict that was handed in.
    fn give_back(&mut self, dict: Option<&Value>, scope: ScopeId) {
        let Some(Value::Object(id)) = dict else {
            return;
        };
        let Some(id) = self.dict_inside(*id) else {
            return;
        };
        let names: Vec<(Value, Value)> = self
            .scope(scope)
            .names
            .iter()
            .map(|(name, binding)| (Value::str(name), binding.value.clone()))
            .collect();
        if let Object::Dict(dict) = self.object_mut(id)
            && dict.view.is_none()
        {
            for (name, value) in names {
                dict.insert(name, value);
            }
            // `__builtins__` is there as well.
            dict.open = true;
        }
    }
}
