"""Asks the CPython that runs this script what its standard library's classes and modules are.

    python3.X -I -S collect.py > 3.X.json               every importable module of the standard library
    python3.X -I -S collect.py --attempts 20000         which pairs of classes it lets be bases of one class

The document is what `mroscope` makes a table of; `facts.rs` says what it means. Works in CPython 3.9 and later, with
the standard library alone. Everything is read past what a class can override: from `type`'s own descriptors and from
the class dicts, never by `getattr` on a class. Modules are imported, so their code runs; nothing they print is seen.
"""
import sys

FORMAT = 1

# Modules that print, open windows or browsers, or hold nothing but tests and demonstrations.
LEFT_OUT = frozenset((
    "test", "tests", "idlelib", "turtledemo", "this", "antigravity", "__main__", "__hello__", "__phello__",
    "__phello__alias__", "site-packages", "dist-packages", "sitecustomize", "usercustomize",
    # What Pyodide adds to CPython.
    "pyodide", "_pyodide", "_pyodide_core", "pyodide_js", "js",
))
# Modules whose import changes classes of other modules: what these are could only be said with or without it.
LEFT_OUT_FOR_A_REASON = {
    "tkinter.tix": "left out: its import changes the bases of tkinter.Widget",
}
# Modules that are not CPython's own where this runs.
STAND_INS = {}
if sys.platform == "emscripten":
    STAND_INS["_ssl"] = "left out: Pyodide has a stand-in for it"
# What the import system itself puts into every module.
OF_EVERY_MODULE = frozenset((
    "__name__", "__doc__", "__package__", "__loader__", "__spec__", "__file__", "__cached__", "__path__",
    "__builtins__", "__all__", "__annotations__", "__conditional_annotations__", "__warningregistry__",
    "__annotate__", "__annotate_func__",
))
# Values of the run and of the machine, not of the interpreter: of these only the type is told.
OF_THE_RUN = frozenset((
    "sys.dont_write_bytecode", "sys.pycache_prefix", "time.altzone", "time.daylight", "time.timezone", "time.tzname",
    "uuid._node", "uuid._last_timestamp", "socket.has_ipv6", "platform._uname_cache", "tempfile.tempdir",
    "logging._startTime", "multiprocessing.process.ORIGINAL_DIR", "_testsinglephase._module_initialized",
    # In the order of a set of strings, which changes from run to run.
    "tokenize.StringPrefix", "tokenize.Triple", "tokenize.String", "tokenize.PseudoExtras", "tokenize._prefix",
    "tokenize.t", "tokenize.u",
))
# Modules whose numbers differ between platforms. WebAssembly stands in for other platforms, so there they are not told.
OF_THE_PLATFORM = frozenset((
    "_ctypes", "_signal", "_socket", "ctypes", "ctypes.wintypes", "errno", "fcntl", "mmap", "os", "posix", "resource",
    "select", "selectors", "signal", "socket", "struct", "sys", "termios", "time",
))
TEXT_LIMIT = 200
SECONDS_FOR_AN_IMPORT = 120

HEAP_TYPE = 1 << 9
IMMUTABLE_TYPE = 1 << 8
BASE_TYPE = 1 << 10

module_of = type.__dict__["__module__"].__get__
name_of = type.__dict__["__name__"].__get__
qualname_of = type.__dict__["__qualname__"].__get__
base_of = type.__dict__["__base__"].__get__
flags_of = type.__dict__["__flags__"].__get__
basicsize_of = type.__dict__["__basicsize__"].__get__
itemsize_of = type.__dict__["__itemsize__"].__get__
dictoffset_of = type.__dict__["__dictoffset__"].__get__
weakrefoffset_of = type.__dict__["__weakrefoffset__"].__get__
abstract_of = type.__dict__["__abstractmethods__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_bases_of = type.__dict__["__bases__"].__get__
_dict_of = type.__dict__["__dict__"].__get__


def mro_of(cls):
    """The MRO; the class alone where an extension module never made it ready."""
    return _mro_of(cls) or (cls,)


def bases_of(cls):
    # Asking a class that is not ready for its bases crashes CPython 3.9.
    return (_bases_of(cls) or ()) if _mro_of(cls) is not None else ()


def dict_of(cls):
    """The class dict as a list of pairs, those with a name; none where C code left no dict."""
    try:
        return [(name, value) for name, value in _dict_of(cls).items() if type(name) is str]
    except Exception:
        return []


def is_foreign(module):
    """Whether classes of this module are this script's own, or of no standard library."""
    return module in ("__main__", "collect") or module in STAND_INS or bool(LEFT_OUT.intersection(module.split(".")))


def is_class(value):
    return issubclass(type(value), type)


def own_name(cls):
    """Module and qualified name as the class object itself says them."""
    try:
        module = module_of(cls)
    except Exception:
        module = None
    if type(module) is not str:
        module = str(module) if isinstance(module, str) else "!"
    return module, str(qualname_of(cls))


# ------------------------------------------------------------------------------------------- which modules there are

def standard_library():
    """Dotted names of every module that can be found, sorted, without importing any."""
    import importlib.machinery
    import os

    found = set(sys.builtin_module_names)
    found.update(getattr(sys, "stdlib_module_names", ()))
    suffixes = sorted(importlib.machinery.EXTENSION_SUFFIXES, key=len, reverse=True)

    def stem(name):
        for suffix in suffixes:
            if name.endswith(suffix):
                return name[: -len(suffix)]
        for suffix in (".py", ".pyc"):
            if name.endswith(suffix):
                return name[: -len(suffix)]
        return None

    def walk(folder, prefix):
        names = sorted(os.listdir(folder))
        for name in names:
            path = os.path.join(folder, name)
            if name in LEFT_OUT or name == "__pycache__":
                continue
            if os.path.isdir(path):
                if name.isidentifier() and os.path.exists(os.path.join(path, "__init__.py")):
                    found.add(prefix + name)
                    walk(path, prefix + name + ".")
                continue
            base = stem(name)
            if base and base.isidentifier() and base != "__init__" and base not in LEFT_OUT:
                found.add(prefix + base)

    def walk_zip(path):
        import zipfile
        with zipfile.ZipFile(path) as archive:
            files = archive.namelist()
        for name in files:
            base = stem(name)
            parts = base.split("/") if base else []
            if parts and parts[-1] == "__init__":
                parts.pop()
            if parts and all(part.isidentifier() and part not in LEFT_OUT for part in parts):
                found.add(".".join(parts))

    for entry in sys.path:
        if os.path.basename(entry) in LEFT_OUT or not entry:
            continue
        if os.path.isdir(entry):
            walk(entry, "")
        elif os.path.isfile(entry):
            walk_zip(entry)
    return sorted(name for name in found if not LEFT_OUT.intersection(name.split(".")))


def import_all(names):
    """Imports each; returns those that could not be, with the reason."""
    import importlib
    import re
    try:
        import signal
        alarm = signal.alarm
    except Exception:
        signal = alarm = None

    class TooLong(BaseException):
        pass

    def on_alarm(_signal, _frame):
        raise TooLong("took more than %d seconds" % SECONDS_FOR_AN_IMPORT)

    failed = {}
    for name in names:
        reason = LEFT_OUT_FOR_A_REASON.get(name) or STAND_INS.get(name)
        if reason:
            failed[name] = reason
            continue
        try:
            if alarm:
                try:
                    signal.signal(signal.SIGALRM, on_alarm)
                    alarm(SECONDS_FOR_AN_IMPORT)
                except Exception:
                    alarm = None
            importlib.import_module(name)
        except BaseException as error:
            try:
                text = str(error)
            except Exception:
                text = ""
            text = re.sub(r" \([^()]*[/\\][^()]*\)$", "", text)        # where the other module lies on this machine
            failed[name] = ("%s: %s" % (type(error).__name__, text))[:TEXT_LIMIT]
        finally:
            if alarm:
                alarm(0)
    return failed


def module_dict(module):
    try:
        namespace = object.__getattribute__(module, "__dict__")
    except Exception:
        return {}
    if isinstance(namespace, dict):
        return namespace
    return dict(dict_of(module)) if is_class(module) else {}


def is_where_it_says(cls, module, qualname):
    """Whether importing `module` and following `qualname` leads to this class."""
    import importlib
    try:
        value = sys.modules.get(module) or importlib.import_module(module)
        for name in qualname.split("."):
            value = dict(dict_of(value)).get(name) if is_class(value) else module_dict(value).get(name)
    except BaseException:
        return False
    return value is cls


def with_inner_modules(modules):
    """These modules, and those that C code has put into them without a file of their own, named by where they are."""
    import types
    found = dict(modules)
    queue = list(modules.items())
    for name, module in queue:
        for key, value in module_dict(module).items():
            if not isinstance(value, types.ModuleType) or "__file__" in module_dict(value):
                continue
            own = module_dict(value).get("__name__")
            is_others = type(own) is str and sys.modules.get(own) is value and not own.startswith(name + ".")
            if not is_others and not any(value is other for other in found.values()):
                inner = "%s.%s" % (name, key)
                found[inner] = value
                queue.append((inner, value))
    return found


def ask_lazy_names(module):
    """Names that a module's own `__getattr__` answers, with their values: `concurrent.futures.ThreadPoolExecutor`."""
    namespace = module_dict(module)
    hook = namespace.get("__getattr__")
    code = getattr(hook, "__code__", None)
    if code is None:
        return {}
    names = set()

    def add(value, depth=0):
        if type(value) is str and value.isidentifier():
            names.add(value)
        elif type(value) in (tuple, list, set, frozenset, dict) and depth < 3 and len(value) < 1000:
            for item in value:
                add(item, depth + 1)

    add(code.co_consts)
    add(namespace.get("__all__"))
    for used in code.co_names:
        add(namespace.get(used), 0)
    try:
        add(dir(module))
    except Exception:
        pass
    found = {}
    for name in sorted(names):
        if name not in namespace and not (name.startswith("__") and name.endswith("__")):
            try:
                found[name] = getattr(module, name)
            except BaseException:
                pass
    return found


# ---------------------------------------------------------------------------------------------------- which classes

class Library:
    """Everything imported, or these modules alone, and every class that can be reached from it."""

    def __init__(self, module_names, only=None):
        self.failed = import_all(module_names)
        self.only = only                # name -> module, where only these are asked about
        self.modules = {}               # canonical name -> module
        self.same_as = {}               # other names -> canonical name
        self.canonical = {}             # id(module) -> canonical name
        self.globals = {}               # canonical name -> {name: value}
        self.classes = []               # in order of discovery
        self.number = {}                # id(class) -> index into classes
        self.found_at = {}              # id(class) -> [(module, name)] of module globals
        self.names = []                 # (module, qualname) of each class, no two the same
        self.find_modules()
        self.find_classes()
        self.name_classes()

    def find_modules(self):
        import types
        keys = {}
        known = sys.modules if self.only is None else with_inner_modules(self.only)
        for name, module in sorted(item for item in known.items() if type(item[0]) is str):
            if module is None or module is sys.modules["__main__"] or is_foreign(name):
                continue
            if isinstance(module, types.ModuleType) or is_class(module):
                keys.setdefault(id(module), (module, []))[1].append(name)
        for module, names in keys.values():
            own = module_dict(module).get("__name__")
            name = own if own in names else names[0]
            self.modules[name] = module
            self.canonical[id(module)] = name
            for other in names:
                if other != name:
                    self.same_as[other] = name
        for name, module in sorted(self.modules.items()):
            lazy = ask_lazy_names(module)
            namespace = {key: value for key, value in module_dict(module).items() if type(key) is str}
            for key, value in lazy.items():
                namespace.setdefault(key, value)
            self.globals[name] = namespace
        self.modules = dict(sorted(self.modules.items()))

    def find_classes(self):
        queue = []

        def see(cls):
            if _mro_of(cls) is None:
                type.__getattribute__(cls, "__name__")      # any use of a static type makes it ready
            if id(cls) not in self.number and not is_foreign(own_name(cls)[0]):
                self.number[id(cls)] = len(self.classes)
                self.classes.append(cls)
                queue.append(cls)

        see(object)
        see(type)
        for name in self.modules:
            for key, value in self.globals[name].items():
                if is_class(value):
                    self.found_at.setdefault(id(value), []).append((name, key))
                    see(value)
                see(type(value))
        while queue:
            cls = queue.pop()
            for ancestor in mro_of(cls):
                see(ancestor)
            for base in bases_of(cls):
                see(base)
            see(type(cls))
            for _name, value in dict_of(cls):
                if is_class(value):
                    see(value)
                see(type(value))
        # What derives from a class that is left out is left out too.
        self.classes = [cls for cls in self.classes if all(id(a) in self.number for a in mro_of(cls))]
        self.number = {id(cls): index for index, cls in enumerate(self.classes)}

    def is_at(self, cls, module, qualname):
        """Whether following `module` and `qualname` leads to this class."""
        namespace = self.globals.get(self.same_as.get(module, module))
        if namespace is None:
            return False
        first, *rest = qualname.split(".")
        value = namespace.get(first)
        for name in rest:
            if not is_class(value):
                return False
            value = dict(dict_of(value)).get(name)
        return value is cls

    def claimed_name(self, cls):
        """The class's own name; its place where it is one of CPython's test modules that forgot to say its module."""
        name = own_name(cls)
        places = self.found_at.get(id(cls), ())
        if self.only is not None and name[0] not in self.modules and places and not is_where_it_says(cls, *name):
            return min(places)
        if name[0] == "builtins" and places and all(place[0].startswith(("_test", "xx")) for place in places):
            return min(places)
        return name

    def name_classes(self):
        """Gives each class its own name; where two claim one, it is whose it leads to, and the others' is where they are."""
        claims = {}
        for cls in self.classes:
            claims.setdefault(self.claimed_name(cls), []).append(cls)
        names = {}
        taken = set()
        homeless = []
        for name, claimants in sorted(claims.items()):
            claimants.sort(key=lambda cls: not self.is_at(cls, *name))
            names[id(claimants[0])] = name
            taken.add(name)
            homeless.extend(claimants[1:])
        # A twin whose module calls itself by another's name (`_pydecimal`) is named by where it is found.
        for cls in homeless:
            module, qualname = own_name(cls)
            places = [place for place in self.found_at.get(id(cls), ()) if place not in taken]
            places.sort(key=lambda place: (place[1] != qualname, place))
            if places:
                name = places[0]
            else:
                count = 2
                while (module, "%s#%d" % (qualname, count)) in taken:
                    count += 1
                name = (module, "%s#%d" % (qualname, count))
            taken.add(name)
            names[id(cls)] = name
        self.names = [names[id(cls)] for cls in self.classes]


# ------------------------------------------------------------------------------------------------ layout of instances

def has_extra_fields(cls, base):
    """CPython's `extra_ivars` (`shape_differs` since 3.12): whether instances have fields that the base's lack."""
    import struct
    size, below = basicsize_of(cls), basicsize_of(base)
    if sys.version_info >= (3, 12):
        return size != below or itemsize_of(cls) != itemsize_of(base)
    if itemsize_of(cls) or itemsize_of(base):
        return size != below or itemsize_of(cls) != itemsize_of(base)
    word = struct.calcsize("P")
    if flags_of(cls) & HEAP_TYPE:
        if weakrefoffset_of(cls) and not weakrefoffset_of(base) and weakrefoffset_of(cls) + word == size:
            size -= word
        if dictoffset_of(cls) and not dictoffset_of(base) and dictoffset_of(cls) + word == size:
            size -= word
    return size != below


def solid_base(cls):
    base = base_of(cls)
    below = object if base is None else solid_base(base)
    return cls if has_extra_fields(cls, below) else below


def slots_of(cls):
    """`__slots__` of a class made by a class statement: mangled, sorted, without `__dict__` and `__weakref__`."""
    if not flags_of(cls) & HEAP_TYPE or is_native(cls):
        return None
    for name, value in dict_of(cls):
        if name == "__slots__":
            break
    else:
        return None
    if isinstance(value, str):
        value = (value,)
    try:
        if iter(value) is value:        # used up when the class was made; the descriptors tell what it gave
            return sorted(name for name, _ in own_fields(cls))
        names = [str(item) for item in value]
    except Exception:
        return None
    prefix = name_of(cls).lstrip("_")

    def mangled(name):
        private = name.startswith("__") and not name.endswith("__") and prefix
        return "_" + prefix + name if private else name

    return sorted(mangled(name) for name in names if name not in ("__dict__", "__weakref__"))


def own_fields(cls):
    """The member descriptors that `__slots__` of this class made."""
    import types
    for name, value in dict_of(cls):
        if type(value) is types.MemberDescriptorType and value.__objclass__ is cls:
            yield name, value


def is_native(cls):
    """Made by C code rather than by a class statement or a call."""
    import types
    flags = flags_of(cls)
    if not flags & HEAP_TYPE or flags & IMMUTABLE_TYPE:
        return True
    methods = (types.WrapperDescriptorType, types.MethodDescriptorType, types.ClassMethodDescriptorType)
    for name, value in dict_of(cls):
        kind = type(value)
        if kind in methods and value.__objclass__ is cls:
            return True
        if kind is types.GetSetDescriptorType and value.__objclass__ is cls:
            if name not in ("__dict__", "__weakref__"):
                return True
        if kind is types.BuiltinFunctionType and name == "__new__" and value.__self__ is cls:
            return True
    return False


# ----------------------------------------------------------------------------------------------- one member of a class

def protocol(kind):
    """Which of `__get__`, `__set__`, `__delete__` a type has."""
    names = set()
    for ancestor in mro_of(kind):
        names.update(name for name, _ in dict_of(ancestor) if name in ("__get__", "__set__", "__delete__"))
    return names


class Describer:
    """Turns live objects into plain data."""

    def __init__(self, library):
        import enum
        import functools
        import inspect
        import os
        import re
        import reprlib
        import types
        self.library = library
        self.enum_type = enum.EnumMeta
        self.cached_property = functools.cached_property
        self.signature = inspect.signature
        self.types = types
        self.repr = reprlib.Repr().repr
        self.address = re.compile(r" at 0x[0-9a-fA-F]+")
        self.blanks = re.compile(r"\s+")
        self.machine = tuple({path for path in (
            sys.prefix, sys.exec_prefix, sys.base_prefix, os.path.dirname(os.path.abspath(os.__file__)),
            os.path.expanduser("~"), os.getcwd(), os.path.dirname(os.path.abspath(__file__)),
        ) if len(path) > 1}) if "__file__" in globals() else ()
        self.protocols = {}
        self.sources = {}

    def class_number(self, cls):
        return self.library.number.get(id(cls))

    # --- kinds

    def kind(self, value):
        """The kind of member, and how attribute lookup treats it."""
        types = self.types
        cls = type(value)
        names = self.protocols.get(cls)
        if names is None:
            names = self.protocols[cls] = protocol(cls)
        is_data = "__set__" in names or "__delete__" in names
        descriptor = "data" if is_data else "non_data" if "__get__" in names else "none"
        if cls is types.FunctionType:
            flags = value.__code__.co_flags
            if flags & 0x200:
                kind = "async_generator"
            elif flags & 0x80:
                kind = "async_function"
            elif flags & 0x20:
                kind = "generator"
            else:
                kind = "function"
        elif issubclass(cls, type):
            kind = "class"
        elif issubclass(cls, classmethod):
            kind = "classmethod"
        elif issubclass(cls, staticmethod):
            kind = "staticmethod"
        elif issubclass(cls, property):
            kind = "property"
        elif issubclass(cls, self.cached_property):
            kind = "cached_property"
        elif cls is types.MemberDescriptorType:
            kind = "slot"
        elif cls is types.GetSetDescriptorType:
            kind = "getset"
        elif cls in (types.WrapperDescriptorType, types.MethodDescriptorType, types.ClassMethodDescriptorType,
                     types.BuiltinFunctionType, types.MethodWrapperType):
            kind = "builtin_method"
        elif is_data:
            kind = "data_descriptor"
        elif "__get__" in names:
            kind = "descriptor"
        else:
            kind = "value"
        return kind, descriptor

    # --- texts

    def line(self, doc):
        """The first line of a docstring."""
        if type(doc) is not str:
            return None
        for line in doc.splitlines():
            line = self.blanks.sub(" ", line).strip()
            if line:
                return self.text(line)
        return None

    def text(self, text):
        """Text that can be written: no lone surrogates, nothing of this machine or run, not endless."""
        try:
            text.encode("utf-8")
        except UnicodeError:
            return None
        if any(path in text for path in self.machine) or "frozenset({" in text:
            return None
        return text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "\u2026"

    def signature_text(self, value):
        try:
            signature = self.signature(value)
            text = self.address.sub("", str(signature))
            if len(text) > TEXT_LIMIT:
                bare = [parameter.replace(annotation=parameter.empty) for parameter in signature.parameters.values()]
                text = str(signature.replace(parameters=bare, return_annotation=signature.empty))
                text = self.address.sub("", text)
        except Exception:
            return None
        return self.text(self.blanks.sub(" ", text))

    def is_plain(self, value, depth=0):
        kind = type(value)
        if kind in (bool, int, float, complex, str, bytes, type(None), type(Ellipsis), type(NotImplemented)):
            return True
        if is_class(value):
            return type(value) is type
        if depth > 5:
            return False
        if kind in (tuple, list, set, frozenset):
            return len(value) <= 5000 and all(self.is_plain(item, depth + 1) for item in value)
        if kind is dict:
            return len(value) <= 5000 and all(
                self.is_plain(key, depth + 1) and self.is_plain(item, depth + 1) for key, item in value.items())
        return False

    def shown(self, value):
        """One line that stands for a value, bounded as `reprlib` bounds it."""
        try:
            if type(value) is str and self.text(value) is None:
                return None
            if not self.is_plain(value) and not isinstance(type(value), self.enum_type):
                return None
            return self.text(self.address.sub("", self.repr(value)))
        except Exception:
            return None

    # --- functions

    def function_of(self, value):
        """The plain function behind a member, if there is one."""
        if isinstance(value, (classmethod, staticmethod)):
            value = value.__func__
        elif isinstance(value, property):
            value = value.fget
        elif isinstance(value, self.cached_property):
            value = value.func
        return value

    def member(self, name, value):
        kind, descriptor = self.kind(value)
        told = {"name": name, "kind": kind, "descriptor": descriptor}
        if kind == "class":
            number = self.class_number(value)
            if number is not None:
                told["class"] = number
        elif type(value) is not self.types.FunctionType:
            number = self.class_number(type(value))
            if number is not None:
                told["type"] = number
        function = self.function_of(value)
        callable_kinds = ("function", "generator", "async_function", "async_generator", "classmethod", "staticmethod",
                          "builtin_method")
        if kind in callable_kinds:
            signature = self.signature_text(function)
            if signature is not None:
                told["signature"] = signature
        if kind in callable_kinds + ("property", "cached_property", "getset", "slot", "class"):
            try:
                doc = dict(dict_of(value)).get("__doc__") if kind == "class" else value.__doc__
                if type(value) in (classmethod, staticmethod):
                    doc = function.__doc__
                doc = self.line(doc)
                if doc is not None:
                    told["doc"] = doc
            except Exception:
                pass
        if kind == "value":
            shown = self.shown(value)
            if shown is not None:
                told["shown"] = shown
        if kind != "class":
            try:
                if getattr(value, "__isabstractmethod__", False) is True:
                    told["abstract"] = True
            except Exception:
                pass
        code = getattr(function, "__code__", None) if type(function) is self.types.FunctionType else None
        if code is not None and "super" in code.co_names and name in code.co_names:
            told["super"] = True
        return told

    def classes(self):
        library = self.library
        for cls, (module, qualname) in zip(library.classes, library.names):
            flags = flags_of(cls)
            base = base_of(cls)
            members = dict_of(cls)
            told = {
                "module": module,
                "qualname": qualname,
                "bases": [self.class_number(item) for item in bases_of(cls)],
                "mro": [self.class_number(item) for item in mro_of(cls)],
                "metaclass": self.class_number(type(cls)),
                "base": None if base is None else self.class_number(base),
                "solid_base": self.class_number(solid_base(cls)),
                "accepts_subclasses": bool(flags & BASE_TYPE),
                "variable": itemsize_of(cls) != 0,
                "dict": dictoffset_of(cls) != 0,
                "weakref": weakrefoffset_of(cls) != 0,
                "heap": bool(flags & HEAP_TYPE),
                "native": is_native(cls),
                "slots": slots_of(cls),
                "doc": self.line(dict(members).get("__doc__")),
                "members": [self.member(name, value) for name, value in members],
            }
            try:
                told["abstract"] = sorted(str(name) for name in abstract_of(cls))
            except Exception:
                told["abstract"] = []
            yield told

    # --- modules

    def constant(self, value, depth=0):
        """A constant as data; nothing where it is none, or where it belongs to this machine."""
        kind = type(value)
        if value is None or value is Ellipsis or value is NotImplemented:
            return {"singleton": {None: "None", Ellipsis: "Ellipsis"}.get(value, "NotImplemented")}
        if kind is bool:
            return {"bool": value}
        if kind is int:
            return {"int": str(value)} if value.bit_length() <= 4000 else None
        if kind is float:
            return {"float": repr(value)}
        if kind is str:
            fits = len(value) <= TEXT_LIMIT and self.text(value) == value
            return {"str": value} if fits else None
        if kind is bytes:
            return {"bytes": value.hex()} if len(value) <= TEXT_LIMIT else None
        if kind is tuple and depth < 4 and len(value) <= 100:
            items = [self.constant(item, depth + 1) for item in value]
            return None if None in items else {"tuple": items}
        return None

    def mro_entries(self, value):
        """The classes that `__mro_entries__` puts in the place of this value among bases; none where it has no such method."""
        try:
            if type(value) is self.types.FunctionType:
                hook = value.__dict__.get("__mro_entries__")
            else:
                has_it = any(name == "__mro_entries__" for cls in mro_of(type(value)) for name, _ in dict_of(cls))
                hook = getattr(value, "__mro_entries__") if has_it else None
            if hook is None:
                return None
            entries = hook((value,))
        except BaseException:
            return None
        if type(entries) is not tuple:
            return None
        numbers = [self.class_number(entry) if is_class(entry) else None for entry in entries]
        return None if None in numbers else numbers

    def global_(self, module, name, value):
        types = self.types
        if is_class(value):
            number = self.class_number(value)
            return None if number is None else {"class": number}
        if id(value) in self.library.canonical:
            return {"module": self.library.canonical[id(value)]}
        if isinstance(value, types.ModuleType):
            own = module_dict(value).get("__name__")
            return {"module": own} if type(own) is str and not is_foreign(own) else None
        told = {}
        entries = self.mro_entries(value)
        if entries is not None:
            told["mro_entries"] = entries
        function = value.__func__ if type(value) is types.MethodType else value
        if type(function) in (types.FunctionType, types.BuiltinFunctionType):
            told["function"] = self.function_name(module, function)
            return told
        if sys.platform == "emscripten" and module in OF_THE_PLATFORM and type(value) in (int, str):
            return self.instance(value)
        is_address = module in ("ctypes", "_ctypes") and name.endswith("_addr")
        if "%s.%s" % (module, name) not in OF_THE_RUN and not is_address:
            constant = self.constant(value)
            if constant is not None:
                return {"constant": constant}
        told.update(self.instance(value) or {})
        if entries is not None:
            try:
                origin = value.__origin__
            except Exception:
                origin = None
            if origin is not None and is_class(origin) and self.class_number(origin) is not None:
                told["origin"] = self.class_number(origin)
        return told if "instance" in told else None

    def instance(self, value):
        number = self.class_number(type(value))
        return None if number is None else {"instance": number}

    def function_name(self, module, function):
        own_module = getattr(function, "__module__", None)
        owner = getattr(function, "__self__", None)
        if type(own_module) is not str and owner is not None and not isinstance(owner, self.types.ModuleType):
            own_module = own_name(owner if is_class(owner) else type(owner))[0]
        if type(own_module) is not str:
            own_module = module
        qualname = getattr(function, "__qualname__", None)
        return [own_module, qualname if type(qualname) is str else str(function.__name__)]

    def source_path(self, module):
        """Path of a module's `.py` below the standard library's folder, with `/`; none where there is no such file."""
        import os
        file = module_dict(module).get("__file__")
        if type(file) is not str:
            return None
        if file.endswith(".pyc"):
            file = file[:-1]
        if not file.endswith(".py"):
            return None
        for root in sorted((entry for entry in sys.path if entry), key=len, reverse=True):
            if file.startswith(root + os.sep):
                return file[len(root) + 1:].replace(os.sep, "/")
        return None

    def modules(self):
        for name, module in self.library.modules.items():
            namespace = self.library.globals[name]
            source = self.source_path(module)
            exported = namespace.get("__all__")
            told = {
                "name": name,
                "package": "__path__" in namespace,
                "native": source is None,
                "source": source,
                "all": None,
                "globals": [],          # pairs, in the order of the namespace
            }
            if type(exported) in (list, tuple):
                told["all"] = [item for item in exported if type(item) is str]
            for key, value in namespace.items():
                if key in OF_EVERY_MODULE or self.text(key) is None:
                    continue
                what = self.global_(name, key, value)
                if what is not None:
                    told["globals"].append([key, what])
            yield told


def describe():
    """The whole document."""
    return document(Library(standard_library()))


def describe_only(modules):
    """The same of these modules alone, which somebody else has imported: name -> module."""
    return document(Library((), modules))


def document(library):
    describer = Describer(library)
    return {
        "format": FORMAT,
        "python": "%d.%d.%d" % sys.version_info[:3],
        "platform": sys.platform,
        "classes": list(describer.classes()),
        "modules": list(describer.modules()),
        "same_as": dict(sorted(library.same_as.items())),
        "failed": dict(sorted(library.failed.items())),
    }


# ----------------------------------------------------------------------------------------------- attempts of layouts

def attempts(limit):
    """Which pairs of classes CPython lets be bases of one class, as far as their instances' layout goes.

    Each class stands with classes that have a layout of their own, and with one that adds a slot to its best base:
    whether these two can meet says whether the class itself adds fields.
    """
    import random
    library = Library(standard_library())
    classes = library.classes

    def verdict(bases):
        meta = type(bases[0])
        for base in bases[1:]:
            if issubclass(type(base), meta):
                meta = type(base)
            elif not issubclass(meta, type(base)):
                return None
        try:
            type.__new__(meta, "Attempt", bases, {})
        except TypeError as error:
            # What a hook written in Python says is not `type`'s own verdict.
            text = str(error) if error.__traceback__.tb_next is None else ""
            if "lay-out conflict" in text:
                return "conflict"
            if "not an acceptable base type" in text:
                return "unacceptable"
            if "is not safe" in text or "metaclass conflict" in text:
                return None
        except BaseException:
            pass
        return "fits"

    chooser = random.Random(7)
    # Those whose layout is their own meet each other most often in an error; a random pair would nearly always fit.
    solid = [cls for cls in classes if solid_base(cls) is cls and flags_of(cls) & BASE_TYPE]
    pairs = []
    for cls in classes:
        pairs.extend((cls, other) for other in chooser.sample(solid, min(3, len(solid))))
    while len(pairs) < limit:
        pairs.append((chooser.choice(classes), chooser.choice(solid)))
    told_pairs = []
    for first, second in pairs[:limit]:
        if first is not second:
            answer = verdict((first, second))
            if answer is not None:
                told_pairs.append([library.names[library.number[id(first)]], library.names[library.number[id(second)]],
                                   answer])
    told_own = []
    for cls in classes:
        base = base_of(cls)
        if base is None or not flags_of(cls) & BASE_TYPE or not flags_of(base) & BASE_TYPE or itemsize_of(base):
            continue
        try:
            slotted = type.__new__(type(base), "Slotted", (base,), {"__slots__": ("a_field_of_its_own",)})
        except BaseException:
            continue
        answer = verdict((cls, slotted))
        if answer is not None:
            told_own.append([library.names[library.number[id(cls)]], answer])
    return {"pairs": told_pairs, "own": told_own}


# ------------------------------------------------------------------------------------------------------------ running

def quiet():
    """Sends everything that modules print nowhere; returns the stream that still reaches whoever asked."""
    import os
    import warnings
    warnings.simplefilter("ignore")
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "PYTHONSTARTUP"):
        os.environ.pop(variable, None)
    os.environ["TERM"] = "dumb"
    try:
        out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
    except OSError:
        out = sys.stdout
    sys.argv[:] = ["collect"]
    return out


def site_builtins():
    """Under `-S` the names that `site` adds to `builtins` are missing: `exit`, `help`, `license` ..."""
    if sys.flags.no_site:
        import site
        site.setquit()
        site.setcopyright()
        site.sethelper()


def main():
    import os
    count = int(sys.argv[2]) if sys.argv[1:2] == ["--attempts"] else None
    if not sys.flags.isolated and sys.path:
        del sys.path[0]
    out = quiet()
    sys.setrecursionlimit(5000)
    site_builtins()
    import json
    told = describe() if count is None else attempts(count)
    json.dump(told, out, separators=(",", ":"))
    out.write("\n")
    out.flush()
    # Modules may have left threads and exit handlers behind; nobody needs them.
    os._exit(0)


if __name__ == "__main__":
    main()
