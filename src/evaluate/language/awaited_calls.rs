//! Functions that are handed to what calls them and waits for an exception.
//!
//! ```py
//! def make(name):
//!     class Point(Structure): _fields_ = [(name, c_int)]
//! self.assertRaises(TypeError, make, b"x")
//! ```

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Code, ScopeId, Value};
use crate::semantics::Why;
use crate::source::Place;
use crate::syntax::{Expr, awaits_exception};

impl Run<'_, '_> {
    /// Calls the function in which class statements stand with the arguments behind it, where the name of what is called says that it does the
    /// same and takes what is raised; nothing where it is another call.
    pub(super) fn call_handed(
        &mut self,
        callee: &Expr,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Option<Value>> {
        let named = callee.last_name();
        if arguments.is_open() || !named.is_some_and(|name| awaits_exception(name)) {
            return Ok(None);
        }
        let handed = arguments.positional.iter().enumerate().skip(1);
        let mut makers = handed.filter(|(_, it)| self.makes_classes_when_called(it));
        let Some((place, function)) = makers.next().map(|(place, it)| (place, it.clone())) else {
            return Ok(None);
        };
        let arguments = Arguments {
            positional: arguments.positional[place + 1..].to_vec(),
            keywords: arguments.keywords.clone(),
            ..Arguments::default()
        };
        self.handlers += 1;
        self.awaited += 1;
        let called = self.call(&function, arguments, at, scope);
        self.awaited -= 1;
        self.handlers -= 1;
        match called {
            Err(thrown) if thrown.is_cut => Err(thrown),
            _ => Ok(Some(self.gap_for(at, Why::NotFollowed))),
        }
    }

    fn makes_classes_when_called(&self, value: &Value) -> bool {
        self.function(value).is_some_and(
            |function| matches!(&function.code, Code::Def(def) if def.summary.has_class),
        )
    }
}
