//! What is not followed: its result is a gap, and what it was handed and could have changed is *touched*.
//!
//! Whoever reads a touched object from then on rests on the assumption that it is as it was. [`Run::object`] notes that by itself, so that no
//! code can forget it.
//!
//! ```python
//! bases = [Base]
//! app.setup(bases)          # out of view
//! class C(*bases): ...      # assumed: `app.setup` leaves what it is handed as it was
//! ```

use crate::Name;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::reach::{MADE_AGAIN_BY, Reached};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, ObjectId, ScopeId, Value};
use crate::semantics::{Assumption, ClassId};
use crate::source::Place;
use crate::syntax::{Block, Expr, ExprKind, Literal, names_extended};

/// How deep in one another the objects are that unseen code may reach from what it is handed.
const REACH: u32 = 3;

/// Modules of the interpreter whose functions change nothing that they are handed.
const ONLY_READ: &[&str] = &[
    "typing",
    "warnings",
    "logging",
    "os",
    "posixpath",
    "posix",
    "json",
    "json.decoder",
    "json.encoder",
    "inspect",
    "sys",
    "time",
    "re",
    "abc",
    "weakref",
    "_weakref",
    "_abc",
    "_thread",
    "math",
    "string",
    "textwrap",
    "_socket",
    "socket",
    "_struct",
    "struct",
    "binascii",
    "hashlib",
    "_hashlib",
    "base64",
    "zlib",
    "errno",
    "platform",
    "locale",
    "_locale",
    "gettext",
    "calendar",
    "datetime",
    "_datetime",
    "_pydatetime",
    "fractions",
    "uuid",
    "unicodedata",
    "codecs",
    "_codecs",
    "html",
    "urllib.parse",
    "ipaddress",
    "fnmatch",
    "glob",
    "stat",
    "atexit",
    "signal",
    "_signal",
    "faulthandler",
    "ast",
    "dis",
    "copyreg",
    "gc",
    "traceback",
    "linecache",
    "sysconfig",
    "importlib.metadata",
    "zoneinfo",
    "tempfile",
    "contextvars",
    "_random",
    "_contextvars",
];

/// Functions of other modules of the interpreter that change nothing that they are handed, and run none of it.
const ONLY_READING: [(&str, &[&str]); 3] = [
    ("pkgutil", &["iter_modules", "get_data", "find_loader"]),
    ("shutil", &["which", "get_terminal_size", "disk_usage"]),
    (
        "random",
        &[
            "Random.choice",
            "Random.choices",
            "Random.sample",
            "Random.randint",
            "Random.random",
        ],
    ),
];

/// Types of the interpreter whose objects do not change: a method of one changes nothing but the iterators it is handed, and what
/// code with source does that it asks for a text.
const IMMUTABLE: [&str; 9] = [
    "str",
    "bytes",
    "int",
    "float",
    "complex",
    "bool",
    "tuple",
    "frozenset",
    "range",
];

/// Containers of the interpreter: what a method is handed is kept in its receiver, and stays as it is.
const CONTAINERS: [&str; 7] = [
    "list",
    "dict",
    "set",
    "bytearray",
    "deque",
    "OrderedDict",
    "defaultdict",
];

/// Builtin functions and types that only read what they are called with, iterators apart.
const READERS: [&str; 40] = [
    "isinstance",
    "issubclass",
    "len",
    "repr",
    "str",
    "hasattr",
    "getattr",
    "type",
    "id",
    "callable",
    "int",
    "float",
    "bool",
    "bytes",
    "complex",
    "range",
    "enumerate",
    "zip",
    "tuple",
    "list",
    "dict",
    "set",
    "frozenset",
    "sorted",
    "reversed",
    "min",
    "max",
    "any",
    "all",
    "sum",
    "print",
    "format",
    "hash",
    "ord",
    "chr",
    "abs",
    "round",
    "divmod",
    "ascii",
    "hex",
];

/// Special methods of the interpreter's own types that only read.
const READING_SPECIALS: [&str; 12] = [
    "__getattribute__",
    "__repr__",
    "__str__",
    "__hash__",
    "__eq__",
    "__ne__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__len__",
    "__contains__",
];

/// Builtin functions that change what they are handed.
const CHANGING_FUNCTIONS: [&str; 5] = ["next", "exec", "eval", "setattr", "delattr"];

/// Methods of containers that leave their receiver as it is, and what they are handed; an iterator among that is lost where it is read.
pub(super) const READING_METHODS: [&str; 22] = [
    "index",
    "count",
    "copy",
    "get",
    "keys",
    "values",
    "items",
    "fromkeys",
    "union",
    "difference",
    "intersection",
    "symmetric_difference",
    "issubset",
    "issuperset",
    "isdisjoint",
    "elements",
    "most_common",
    "total",
    "new_child",
    "_asdict",
    "_replace",
    "_make",
];

/// Builtin functions that run properties and special methods of an object, which ones hangs on a name.
const ASKING_FOR_NAMES: [&str; 4] = ["getattr", "hasattr", "setattr", "delattr"];

/// The methods that `copy.copy` and `copy.deepcopy` call.
const COPYING: [&[&str]; 2] = [
    &MADE_AGAIN_BY,
    &["__copy__", "__deepcopy__", "__hash__", "__eq__"],
];

/// Special methods that change their receiver, without their underscores.
const CHANGING_METHODS: [&str; 22] = [
    "init",
    "setitem",
    "delitem",
    "setattr",
    "delattr",
    "set",
    "delete",
    "setstate",
    "next",
    "iadd",
    "isub",
    "imul",
    "iand",
    "ior",
    "ixor",
    "ifloordiv",
    "imod",
    "ipow",
    "ilshift",
    "irshift",
    "itruediv",
    "imatmul",
];

/// `setattr`, and methods of containers, which keep what they are handed: who has an object that is not known with such a method has a container.
const STORING: [&str; 8] = [
    "setattr",
    ".append",
    ".appendleft",
    ".add",
    ".insert",
    ".extend",
    ".setdefault",
    ".update",
];

/// Those of them that go through what they are handed.
const ITERATING: [&str; 2] = [".extend", ".update"];

/// Functions and methods of the interpreter that call what they are handed while they run, and never later.
const CALLING: [(&str, &[&str]); 8] = [
    (
        "builtins",
        &["sorted", "min", "max", "map", "filter", "iter", "list.sort"],
    ),
    ("functools", &["reduce"]),
    ("_functools", &["reduce"]),
    (
        "itertools",
        &[
            "accumulate",
            "dropwhile",
            "filterfalse",
            "groupby",
            "starmap",
            "takewhile",
        ],
    ),
    (
        "bisect",
        &["bisect_left", "bisect_right", "insort_left", "insort_right"],
    ),
    (
        "_bisect",
        &["bisect_left", "bisect_right", "insort_left", "insort_right"],
    ),
    ("heapq", &["merge", "nlargest", "nsmallest"]),
    ("re", &["sub", "subn", "Pattern.sub", "Pattern.subn"]),
];

impl Run<'_, '_> {
    /// Something that was not followed: its result is a gap, and what it was handed may have changed.
    ///
    /// The receiver of a method of the interpreter's own types has changed for all that is known; what else it was handed, and what these
    /// reach, is taken to be as it was, which is an assumption of whoever reads it from here on.
    pub(crate) fn not_followed<'v>(
        &mut self,
        what: &str,
        handed: impl IntoIterator<Item = &'v Value>,
        at: Option<Place>,
    ) {
        let calls = !STORING.iter().any(|it| what.ends_with(it));
        let handed: Vec<&Value> = handed.into_iter().collect();
        if ITERATING.iter().any(|it| what.ends_with(it)) {
            self.operation_not_followed(what, &handed, at);
        }
        self.leaves_out(what, handed, calls, Reached::default(), at);
    }

    /// The same; `calls`: whether it may call what it is handed; `reached`: nothing yet, and what may run.
    fn leaves_out<'v>(
        &mut self,
        what: &str,
        handed: impl IntoIterator<Item = &'v Value>,
        calls: bool,
        mut reached: Reached,
        at: Option<Place>,
    ) {
        self.started.lose();
        for value in handed {
            self.reach(value, REACH, calls, &mut reached);
        }
        if reached.is_empty() {
            return;
        }
        let assumption = Assumption {
            what: format!("`{what}` leaves what it is handed as it was"),
            at,
        };
        self.touch(reached, &assumption);
    }

    /// An operation that may run special methods of its operands, and was not followed: what these change may have changed.
    ///
    /// ```py
    /// class Probe:
    ///     def __eq__(self, other):
    ///         seen.append(other)
    /// unknown() == Probe()            # `seen` may have changed
    /// ```
    pub(crate) fn operation_not_followed(
        &mut self,
        what: &str,
        operands: &[&Value],
        at: Option<Place>,
    ) {
        let mut reached = Reached::default();
        for operand in operands {
            if let Value::Object(id) = operand
                && let Object::Instance(instance) = self.peek(*id)
            {
                self.reach_by_class(instance.class, REACH - 1, &mut reached);
            }
        }
        if reached.is_empty() {
            return;
        }
        self.started.lose();
        let assumption = Assumption {
            what: format!("`{what}` runs no code that changes what stands around it"),
            at,
        };
        self.touch(reached, &assumption);
    }

    pub(super) fn touch(&mut self, reached: Reached, assumption: &Assumption) {
        for id in reached.objects {
            self.touched.add(id, assumption);
        }
        for (scope, name) in reached.names {
            let kept = self.touched.name(scope, &name);
            let cell = kept.unwrap_or_else(|| self.new_cell());
            self.touched.add_name(scope, name, cell);
            self.touched.add(cell, assumption);
        }
        for (class, name) in reached.attributes {
            let kept = self.touched.attribute(class, &name);
            let cell = kept.unwrap_or_else(|| self.new_cell());
            self.touched.add_attribute(class, name, cell);
            self.touched.add(cell, assumption);
        }
    }

    /// An object that stands for what a name is bound to: who reads the name looks into it.
    fn new_cell(&mut self) -> ObjectId {
        ObjectId(self.heap.push(Object::List {
            items: vec![],
            open: false,
        }))
    }

    /// That a name of a scope is read: it may have been bound anew out of view.
    pub(crate) fn note_name_read(&self, scope: ScopeId, name: &str) {
        if let Some(cell) = self.touched.name(scope, name) {
            let _ = self.object(cell);
        }
    }

    /// That an attribute of a class is read: it may have been set out of view.
    pub(crate) fn note_attribute_read(&self, class: ClassId, name: &str) {
        if let Some(cell) = self.touched.attribute(class, name) {
            let _ = self.object(cell);
        }
    }

    /// Whether something was looked into that may have changed out of view, and is not noted yet.
    pub(crate) fn has_read_touched(&self) -> bool {
        self.read_touched.lock().is_ok_and(|read| !read.is_empty())
    }

    /// A function or method of the interpreter that is not followed: a method may have changed its receiver in any way.
    pub(crate) fn native_not_followed(&mut self, asked: &Asked<'_>) {
        let (module, name) = (&asked.path.module, &asked.path.qualname);
        // What it holds is not followed: it lets go of what nothing else holds.
        if let ("WeakSet.add", [Value::Object(of), value, ..]) =
            (name.as_str(), asked.arguments.positional.as_slice())
        {
            let (of, value) = (*of, value.clone());
            self.note_entry(of, None, &value, asked.at);
        }
        let is_it = |(of, names): &(&str, &[&str])| *of == module && names.contains(&&**name);
        if CALLING.iter().any(is_it) {
            self.callbacks_not_followed(asked);
            // These do nothing else.
            if matches!(module.as_str(), "functools" | "_functools" | "itertools") {
                return;
            }
        }
        let is_builtin = module == "builtins" && !name.contains('.');
        if is_builtin
            && ASKING_FOR_NAMES.contains(&name.as_str())
            && let Some(of) = asked.arguments.positional.first()
        {
            self.operation_not_followed(name, &[of], asked.at);
        }
        if ONLY_READ.contains(&module.as_str())
            || ONLY_READING.iter().any(is_it)
            || is_builtin && !CHANGING_FUNCTIONS.contains(&name.as_str())
        {
            return;
        }
        let mut handed: Vec<Value> = asked.arguments.handed().cloned().collect();
        if let Some((class, method)) = name.split_once('.') {
            let method = method.rsplit('.').next().unwrap_or(method);
            let only_reads = READING_METHODS.contains(&method)
                || method.starts_with("__")
                    && !CHANGING_METHODS.contains(&method.trim_matches('_'));
            if only_reads {
                return;
            }
            if module == "builtins" && IMMUTABLE.contains(&class) {
                let asks_for_text = matches!(method, "format" | "format_map" | "__mod__");
                handed.retain(|it| {
                    self.is_used_up(it) || asks_for_text && self.is_worded_by_source(it)
                });
            }
            if let Some(of @ Value::Gap(_)) = handed.first() {
                let of = of.clone();
                self.method_of_something(&of, Some(&Name::from(method)), asked.at);
                handed.remove(0);
            } else if let Some(Value::Object(id)) = handed.first() {
                let id = *id;
                let inner = match self.peek(id) {
                    Object::Instance(instance) => match instance.payload {
                        Some(Value::Object(inner)) => Some(inner),
                        _ => None,
                    },
                    _ => None,
                };
                // What such an object holds is not kept.
                let is_opaque = matches!(self.peek(id), Object::Instance(it)
                    if it.payload.is_none() && self.classes.is_interpreters(it.class));
                if is_opaque {
                    handed.remove(0);
                }
                let is_container = inner.is_some() || !matches!(self.peek(id), Object::Instance(_));
                if is_container && !is_opaque {
                    self.lose_object(inner.unwrap_or(id), asked.at);
                    handed.remove(0);
                    if matches!(module.as_str(), "builtins" | "collections" | "_collections")
                        && CONTAINERS.contains(&class)
                    {
                        handed.retain(|it| self.is_used_up(it));
                    }
                }
            }
        }
        // What is set on an object stays what it is, and what that holds besides, too.
        if is_builtin && name == "setattr" {
            if let Some(Value::Object(id)) = handed.first() {
                let what = format!("`{name}` leaves what it is handed as it was");
                let assumption = Assumption { what, at: asked.at };
                self.started.lose();
                self.touched.add(*id, &assumption);
            } else if let Some(Value::Class(class)) = handed.first() {
                self.may_replace_names_of(*class, "", asked.at);
            }
            return;
        }
        // Those that call what they are handed were told apart above.
        let calls = !matches!(module.as_str(), "builtins" | "collections" | "_collections");
        let reached = match (module.as_str(), name.as_str()) {
            ("copy", "copy" | "deepcopy") => Reached::by(&COPYING),
            _ => Reached::default(),
        };
        self.leaves_out(name, &handed, calls, reached, asked.at);
    }

    /// What a function that has not come to its end may have changed, where its code only reads: iterators, and lists that it adds to.
    pub(crate) fn read_only(&self, body: &Block, scope: ScopeId) -> Option<Vec<Value>> {
        let extended = names_extended(body, &|it| self.only_reads(it, scope))?;
        let names = self.scope(scope).names.iter();
        let held = names.filter(|(name, it)| extended.contains(name) || self.is_used_up(&it.value));
        Some(held.map(|(_, it)| it.value.clone()).collect())
    }

    /// Whether what a call calls is one of the interpreter's functions that leave what they are handed as it was.
    fn only_reads(&self, called: &Expr, scope: ScopeId) -> bool {
        let is_builtin = |name: &crate::Name| {
            let mut around = Some(scope);
            while let Some(id) = around {
                let here = self.scope(id);
                if here.names.contains_key(name) {
                    return false;
                }
                around = here.parent;
            }
            self.module(self.scope(scope).module).open.is_none()
        };
        match &called.kind {
            ExprKind::Name(name) => READERS.contains(&name.as_str()) && is_builtin(name),
            ExprKind::Attribute(of, method) => match &of.kind {
                ExprKind::Literal(Literal::Str(_) | Literal::Bytes(_)) => true,
                ExprKind::Name(name) => {
                    READING_SPECIALS.contains(&method.as_str())
                        && (name == "object" || READERS.contains(&name.as_str()))
                        && is_builtin(name)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a value is changed by being read.
    pub(crate) fn is_used_up(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id)
            if matches!(self.peek(*id), Object::Generator(_) | Object::Iterator(_)))
    }

    /// Whether code with source says what the text of a value is.
    fn is_worded_by_source(&self, value: &Value) -> bool {
        let Value::Object(id) = value else {
            return matches!(value, Value::Tuple(_));
        };
        match self.peek(*id) {
            Object::Instance(it) => ["__str__", "__repr__", "__format__"]
                .iter()
                .any(|name| self.user_defines(it.class, name)),
            _ => true,
        }
    }

    /// What is handed to something of which it is not known whether it is called: whatever that could change is not known from here on.
    pub(crate) fn lose_reached(&mut self, value: &Value, at: Option<Place>) {
        let mut reached = Reached::default();
        self.reach(value, REACH + 1, false, &mut reached);
        for id in reached.objects {
            self.lose_object(id, at);
        }
    }
}
