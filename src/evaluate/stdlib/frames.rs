//! Frames, for the code that looks at who calls it: `sys._getframe(1).f_globals`, `inspect.currentframe().f_back`.

use crate::Name;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Binding, Instance, Object, ScopeId, Value};
use crate::semantics::Why;

impl Run<'_, '_> {
    /// `sys._getframe(depth)`, counted from the code that calls it; none where the depth is not known or nobody is there.
    pub(super) fn frame(&mut self, asked: &Asked<'_>) -> Option<Value> {
        let depth = match asked.first() {
            None => 0,
            Some(Value::Int(depth)) => usize::try_from(*depth).ok()?,
            Some(_) => return None,
        };
        let scope = self.caller(asked.scope, depth)?;
        Some(self.frame_object(scope, asked))
    }

    /// `sys._getframemodulename(depth)`
    pub(super) fn frame_module(&mut self, asked: &Asked<'_>) -> Option<Value> {
        let depth = match asked.first() {
            None => 0,
            Some(Value::Int(depth)) => usize::try_from(*depth).ok()?,
            Some(_) => return None,
        };
        let scope = self.caller(asked.scope, depth)?;
        Some(Value::str(&self.module(self.scope(scope).module).name))
    }

    /// The scope whose code runs so many calls further out.
    fn caller(&self, scope: ScopeId, depth: usize) -> Option<ScopeId> {
        match depth {
            0 => Some(scope),
            _ => self
                .callers
                .len()
                .checked_sub(depth)
                .map(|at| self.callers[at]),
        }
    }

    /// A frame with what is asked of one: its names, and the frame around it as far as code asks for that.
    fn frame_object(&mut self, scope: ScopeId, asked: &Asked<'_>) -> Value {
        self.frame_among(scope, self.callers.len(), asked)
    }

    /// The same, looked for among so many of the outermost callers: a scope may have called itself.
    fn frame_among(&mut self, scope: ScopeId, upto: usize, asked: &Asked<'_>) -> Value {
        let Some(class) = self
            .world
            .facts
            .class("types", "FrameType")
            .or_else(|| self.world.facts.class("builtins", "frame"))
        else {
            return self.gap_for(asked.at, Why::NotFollowed);
        };
        let module = self.scope(scope).module;
        let globals = self.module(module).scope;
        let mut instance = Instance::of(class);
        instance.open = true;
        let shown = self.namespace_dict(globals);
        // The locals of a module are its globals.
        let locals = if scope == globals {
            shown.clone()
        } else {
            self.namespace_dict(scope)
        };
        for (name, value) in [("f_globals", shown), ("f_locals", locals)] {
            instance
                .names
                .insert(Name::const_new(name), Binding::new(value, None));
        }
        if let Some(code) = self.code_of_scope(scope) {
            instance
                .names
                .insert(Name::const_new("f_code"), Binding::new(code, None));
        }
        let callers = &self.callers[..upto];
        let at = match callers.iter().rposition(|&caller| caller == scope) {
            Some(at) => at.checked_sub(1),
            None => upto.checked_sub(1),
        };
        let around = at.map(|at| (at, callers[at]));
        if let Some((at, around)) = around.filter(|&(_, around)| around != scope) {
            let back = self.frame_among(around, at + 1, asked);
            instance
                .names
                .insert(Name::const_new("f_back"), Binding::new(back, None));
        }
        // Around a module's frame are those of the import system, of which nothing more is known.
        else if self.scope(scope).kind == ScopeKind::Module {
            let mut back = Instance::of(class);
            back.open = true;
            let back = self.allocate(Object::Instance(back));
            instance
                .names
                .insert(Name::const_new("f_back"), Binding::new(back, None));
        }
        self.allocate(Object::Instance(instance))
    }

    /// The code that runs in a scope; none for scopes that have no code of their own.
    fn code_of_scope(&mut self, scope: ScopeId) -> Option<Value> {
        let here = self.scope(scope);
        let name = match here.kind {
            ScopeKind::Module => Name::const_new("<module>"),
            ScopeKind::Class => Name::from(here.qualname.rsplit('.').next()?),
            ScopeKind::Parameters => return None,
            ScopeKind::Function => {
                let function = here.function?;
                return match self.object(function).clone() {
                    Object::Function(it) => self.code_object(&it, Some(function)),
                    _ => None,
                };
            }
        };
        let mut code = Instance::of(self.world.facts.class("builtins", "code")?);
        code.open = true;
        let name = Binding::new(Value::str(&name), None);
        code.names.insert(Name::const_new("co_name"), name);
        Some(self.allocate(Object::Instance(code)))
    }
}
