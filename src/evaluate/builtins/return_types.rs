//! Values that are not known while their class is: what methods and functions of the interpreter return, whatever they are given.
//!
//! Only a class that holds for every call stands here, subclasses of the receiver's excepted: those may override. Each row is
//! asked of every CPython by `tests/results.rs`.

use crate::evaluate::machine::gaps::GapState;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{GapId, Value};
use crate::semantics::{ClassId, ClassPath, Gap, Why};
use crate::source::Place;
use crate::syntax::BinaryOp;

impl Run<'_, '_> {
    /// A value of this very class that is not known.
    pub(crate) fn some(&mut self, class: ClassId, why: Why, at: Option<Place>) -> Value {
        let gap = Gap {
            why,
            what: crate::Name::default(),
            at,
        };
        let gap = self.shared(gap);
        let mut state = GapState {
            class: Some(class),
            ..GapState::of(gap)
        };
        // There are two of that class.
        if class == self.known.bool_ {
            state.either = Box::new([Value::Bool(true), Value::Bool(false)]);
            state.is_one_of = true;
        }
        Value::Gap(GapId(self.gaps.push(state)))
    }

    /// A whole number that is not known, but for the least that it may be.
    pub(crate) fn some_at_least(&mut self, least: usize, at: Option<Place>) -> Value {
        let value = self.some(self.known.int, Why::Input, at);
        if let Value::Gap(id) = value {
            self.gaps[id.0].truth = (least > 0).then_some(true);
            self.gaps[id.0].set_least(least);
        }
        value
    }

    /// `type(value)`, also of a value of which only that is known.
    pub(crate) fn exact_class(&self, value: &Value) -> Option<ClassId> {
        match value {
            Value::Gap(id) => self.gaps[id.0].class,
            // A base that is not known may bring a metaclass of its own.
            Value::Class(id) if !self.is_whole(*id) => None,
            value => self.class_of(value),
        }
    }

    /// The class of what a function or method without source returns, where all calls that return have it.
    pub(super) fn result_class(
        &self,
        path: &ClassPath,
        receiver: Option<&Value>,
    ) -> Option<ClassId> {
        let known = &self.known;
        if path.module == "builtins"
            && let Some((class, method)) = path.qualname.split_once('.')
        {
            if method == "maketrans" {
                return self.class_named(method_result(class, method)?);
            }
            // A subclass has what it inherits; only the methods that hand back `type(self)` differ, and none of those is listed.
            let receiver = receiver.and_then(|it| self.exact_class(it))?;
            let owner = self.world.facts.class("builtins", class)?;
            if !self.classes.is_subclass(receiver, owner) {
                return None;
            }
            return self.class_named(method_result(class, method)?);
        }
        match (path.module.as_str(), path.qualname.as_str()) {
            ("builtins", name) => self.class_named(builtin_result(name)?),
            ("threading" | "_thread", "RLock") => self.world.facts.class("_thread", "RLock"),
            ("threading" | "_thread", "Lock" | "allocate_lock") => {
                let facts = &self.world.facts;
                facts
                    .class("_thread", "lock")
                    .or_else(|| facts.class("_thread", "LockType"))
            }
            ("time", "time" | "monotonic" | "perf_counter" | "process_time") => Some(known.float),
            ("time", "time_ns" | "monotonic_ns" | "perf_counter_ns")
            | ("struct" | "_struct", "calcsize")
            | ("os" | "posix", "getpid" | "getuid" | "umask")
            | ("zlib", "crc32" | "adler32") => Some(known.int),
            (
                "math",
                "sqrt" | "sin" | "cos" | "tan" | "exp" | "log" | "log2" | "log10" | "radians"
                | "degrees" | "atan2" | "atan" | "fabs",
            ) => Some(known.float),
            ("textwrap", "dedent" | "fill" | "indent" | "shorten")
            | ("inspect", "cleandoc")
            | ("json" | "json.__init__", "dumps")
            | ("os" | "posix", "getcwd" | "strerror")
            | ("platform", "system" | "node" | "release" | "machine" | "python_version")
            | ("secrets", "token_hex" | "token_urlsafe")
            | ("socket", "getfqdn")
            | ("_socket" | "socket", "gethostname")
            | ("string", "capwords")
            | ("html" | "html.__init__", "escape" | "unescape")
            | ("urllib.parse", "quote" | "quote_plus" | "urlencode")
            | ("time", "strftime" | "ctime" | "asctime") => Some(known.str_),
            ("os" | "posix", "urandom")
            | ("secrets", "token_bytes")
            | ("pickle" | "_pickle", "dumps") => Some(known.bytes),
            ("uuid", "uuid1" | "uuid3" | "uuid4" | "uuid5") => {
                self.world.facts.class("uuid", "UUID")
            }
            _ => None,
        }
    }

    fn class_named(&self, name: &str) -> Option<ClassId> {
        self.world.facts.class("builtins", name)
    }

    /// The class of `left op right`, where the classes of both say it.
    pub(crate) fn binary_class(
        &self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
    ) -> Option<ClassId> {
        let known = &self.known;
        let one = self.exact_class(left)?;
        // The right operand is asked first only where its class derives from the left one's.
        if [known.str_, known.bytes].contains(&one) && op == BinaryOp::Mod {
            let other = self.exact_class(right);
            let is_derived = other.is_some_and(|it| it != one && self.classes.is_subclass(it, one));
            return (!is_derived).then_some(one);
        }
        let other = self.exact_class(right)?;
        let is_text = |class| [known.str_, known.bytes, known.list, known.tuple].contains(&class);
        let whole = [known.int, known.bool_];
        let number = [known.int, known.bool_, known.float];
        match op {
            BinaryOp::Add if one == other && is_text(one) => Some(one),
            BinaryOp::Mul if is_text(one) && whole.contains(&other) => Some(one),
            BinaryOp::Mul if is_text(other) && whole.contains(&one) => Some(other),
            BinaryOp::Or if one == other && one == known.dict => Some(one),
            BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor
                if [known.set, known.frozenset].contains(&one)
                    && [known.set, known.frozenset].contains(&other) =>
            {
                Some(one)
            }
            BinaryOp::Or | BinaryOp::And | BinaryOp::Xor if one == other && one == known.bool_ => {
                Some(one)
            }
            BinaryOp::Or
            | BinaryOp::And
            | BinaryOp::Xor
            | BinaryOp::LShift
            | BinaryOp::RShift
            | BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Mul
            | BinaryOp::FloorDiv
            | BinaryOp::Mod
                if whole.contains(&one) && whole.contains(&other) =>
            {
                Some(known.int)
            }
            BinaryOp::Div if number.contains(&one) && number.contains(&other) => Some(known.float),
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::FloorDiv | BinaryOp::Mod
                if number.contains(&one) && number.contains(&other) =>
            {
                Some(known.float)
            }
            _ => None,
        }
    }
}

/// What a function of `builtins` returns.
fn builtin_result(name: &str) -> Option<&'static str> {
    Some(match name {
        "len" | "ord" | "hash" | "id" => "int",
        "repr" | "ascii" | "hex" | "oct" | "bin" | "chr" | "input" | "format" => "str",
        "sorted" | "dir" => "list",
        "isinstance" | "issubclass" | "callable" | "hasattr" | "any" | "all" => "bool",
        _ => return None,
    })
}

/// What a method of a builtin class returns, called on any instance of it.
fn method_result(class: &str, method: &str) -> Option<&'static str> {
    Some(match (class, method) {
        (
            "str",
            "capitalize" | "casefold" | "center" | "expandtabs" | "format" | "format_map" | "join"
            | "ljust" | "lower" | "lstrip" | "replace" | "removeprefix" | "removesuffix" | "rjust"
            | "rstrip" | "strip" | "swapcase" | "title" | "translate" | "upper" | "zfill",
        ) => "str",
        ("str", "encode") => "bytes",
        ("bytes" | "bytearray", "decode" | "hex") | ("float", "hex") => "str",
        (
            "bytes",
            "capitalize" | "center" | "expandtabs" | "join" | "ljust" | "lower" | "lstrip"
            | "replace" | "removeprefix" | "removesuffix" | "rjust" | "rstrip" | "strip"
            | "swapcase" | "title" | "translate" | "upper" | "zfill",
        ) => "bytes",
        (
            "str" | "bytes" | "bytearray",
            "endswith" | "startswith" | "isalnum" | "isalpha" | "isascii" | "isdecimal" | "isdigit"
            | "isidentifier" | "islower" | "isnumeric" | "isprintable" | "isspace" | "istitle"
            | "isupper",
        )
        | ("set" | "frozenset", "isdisjoint" | "issubset" | "issuperset")
        | ("float", "is_integer") => "bool",
        ("str" | "bytes" | "bytearray", "count" | "find" | "index" | "rfind" | "rindex")
        | ("list" | "tuple", "count" | "index")
        | ("int", "bit_length" | "bit_count") => "int",
        ("str" | "bytes", "partition" | "rpartition")
        | ("float" | "int", "as_integer_ratio")
        | ("dict", "popitem") => "tuple",
        ("str" | "bytes" | "bytearray", "split" | "rsplit" | "splitlines") | ("list", "copy") => {
            "list"
        }
        ("str", "maketrans") => "dict",
        ("bytes" | "bytearray", "maketrans") | ("int", "to_bytes") => "bytes",
        ("dict", "keys") => "dict_keys",
        ("dict", "values") => "dict_values",
        ("dict", "items") => "dict_items",
        ("dict", "copy") => "dict",
        _ => return None,
    })
}
