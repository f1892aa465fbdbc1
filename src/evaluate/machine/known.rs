//! The interpreter's classes that the evaluator itself speaks of, found once by name.

use crate::cpython::Facts;
use crate::semantics::ClassId;

macro_rules! known {
    ($($field:ident: $module:literal, $name:literal;)*) => {
        /// Ids of the interpreter's own classes.
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct Known { $(pub(crate) $field: ClassId,)* }

        impl Known {
            /// Finds each by its path; what a version lacks is `object`, which nothing is mistaken for.
            pub(super) fn new(facts: &Facts) -> Self {
                let object = facts.class("builtins", "object").unwrap_or(ClassId(0));
                Self { $($field: facts.class($module, $name).unwrap_or(object),)* }
            }
        }
    };
}

known! {
    object: "builtins", "object";
    type_: "builtins", "type";
    none_type: "builtins", "NoneType";
    ellipsis: "builtins", "ellipsis";
    not_implemented: "builtins", "NotImplementedType";
    bool_: "builtins", "bool";
    int: "builtins", "int";
    float: "builtins", "float";
    complex: "builtins", "complex";
    str_: "builtins", "str";
    bytes: "builtins", "bytes";
    tuple: "builtins", "tuple";
    range: "builtins", "range";
    slice: "builtins", "slice";
    list: "builtins", "list";
    dict: "builtins", "dict";
    set: "builtins", "set";
    frozenset: "builtins", "frozenset";
    function: "builtins", "function";
    method: "builtins", "method";
    builtin_function: "builtins", "builtin_function_or_method";
    module: "builtins", "module";
    property: "builtins", "property";
    classmethod: "builtins", "classmethod";
    staticmethod: "builtins", "staticmethod";
    super_: "builtins", "super";
    generator: "builtins", "generator";
    generic_alias: "types", "GenericAlias";
    base_exception: "builtins", "BaseException";
    syntax_error: "builtins", "SyntaxError";
    import_error: "builtins", "ImportError";
    module_not_found: "builtins", "ModuleNotFoundError";
    attribute_error: "builtins", "AttributeError";
    name_error: "builtins", "NameError";
    runtime_error: "builtins", "RuntimeError";
    key_error: "builtins", "KeyError";
    index_error: "builtins", "IndexError";
    type_error: "builtins", "TypeError";
    value_error: "builtins", "ValueError";
    stop_iteration: "builtins", "StopIteration";
}
