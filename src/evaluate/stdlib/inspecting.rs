//! What `inspect` says of an object: `isfunction`, `isclass` and their kind.

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Code, Object, Value};
use crate::syntax::FunctionSummary;

impl Run<'_, '_> {
    /// `inspect.isfunction(value)` and its relatives; none for a question that is not looked into, or a value that is not known.
    pub(super) fn inspected(&self, question: &str, value: &Value) -> Option<bool> {
        if value.is_gap() {
            let class = self.exact_class(value)?;
            let known = &self.known;
            return Some(match question {
                "isfunction" => class == known.function,
                "ismethod" => class == known.method,
                "isclass" => self.classes.is_subclass(class, known.type_),
                "ismodule" => class == known.module,
                _ => return None,
            });
        }
        let function = self.function(value);
        let summary = |wanted: fn(&FunctionSummary) -> bool| {
            let behind = match value {
                Value::Method(pair) => self.function(&pair.0),
                _ => function,
            };
            behind.is_some_and(|it| match &it.code {
                Code::Def(def) => !self.stands_before(it) && wanted(&def.summary),
                Code::Lambda(_) => false,
            })
        };
        let is_native = |value: &Value| matches!(value, Value::Native(_));
        Some(match question {
            "isfunction" => match value {
                Value::Native(path) => {
                    let module = self.world.facts.module(&path.module)?;
                    !module.is_native()
                }
                _ => function.is_some(),
            },
            "ismethod" => match value {
                // A method of C code is another kind of object.
                Value::Method(pair) if is_native(&pair.0) => {
                    let Value::Native(path) = &pair.0 else {
                        return None;
                    };
                    !self.world.facts.module(&path.module)?.is_native()
                }
                Value::Method(_) => true,
                _ => false,
            },
            "isclass" => matches!(value, Value::Class(_)),
            "ismodule" => matches!(value, Value::Module(_)),
            "iscode" => {
                let code = self.world.facts.class("builtins", "code");
                code.is_some() && self.class_of(value) == code
            }
            "iscoroutinefunction" => summary(|it| it.is_async && !it.is_generator),
            "isgeneratorfunction" => summary(|it| it.is_generator && !it.is_async),
            "isasyncgenfunction" => summary(|it| it.is_async && it.is_generator),
            "isroutine" => match value {
                Value::Method(_) | Value::Native(_) => true,
                Value::Object(id) => match self.object(*id) {
                    Object::Function(_) => true,
                    Object::Instance(_) => return None,
                    _ => false,
                },
                _ => false,
            },
            _ => return None,
        })
    }
}
