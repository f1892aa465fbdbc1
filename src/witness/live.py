"""Shows the values of one class's attributes, each within bounds, whatever their `__repr__` does.

`witness.py` runs this in a copy of its own names, before it imports anything, and calls `show` when it has imported the
class's module. What a value's code can reach may be changed by it; so what is used here is bound here.
"""
import functools
import reprlib

try:
    import resource
except ImportError:
    resource = None

real_repr, plain = repr, str.__str__
state_of = os.fstat
cached_property = functools.cached_property

LONGEST_TEXT = 40000
CUT_OFF = 97                            # the exit code that says: the way to answer is gone

SAME_FOR_ALL = {"__dict__", "__weakref__", "__doc__", "__module__", "__qualname__", "__firstlineno__",
                "__static_attributes__"}
MADE_IN_C = (types.WrapperDescriptorType, types.MethodDescriptorType, types.ClassMethodDescriptorType,
             types.BuiltinFunctionType, types.MethodWrapperType)


class Bounded(reprlib.Repr):
    """`reprlib.Repr` with its limits. It hides that a `__repr__` raises; here that is kept, and what it puts instead shown."""

    def __init__(self, limits):
        reprlib.Repr.__init__(self)
        vars(self).update(limits)
        self.raised = None

    def repr_instance(self, value, level):
        try:
            said = plain(real_repr(value))
        except Exception as error:
            if self.raised is None:
                self.raised = error_told(error, {})
            error = None
            return "<%s instance at %#x>" % (qualname_of(type(value)), id(value))
        if len(said) > self.maxother:
            head = max(0, (self.maxother - 3) // 2)
            tail = max(0, self.maxother - 3 - head)
            said = said[:head] + "..." + said[len(said) - tail:]
        return said

    def repr_int(self, value, level):
        try:
            return reprlib.Repr.repr_int(self, value, level)
        except ValueError:              # more digits than `sys.get_int_max_str_digits()`
            return "<int of %d bits>" % int.bit_length(value)

    def repr_bytes(self, value, level):
        return self.repr_instance(both_ends(value, self.maxother) if type(value) is bytes else value, level)

    def repr_bytearray(self, value, level):
        return self.repr_instance(both_ends(value, self.maxother) if type(value) is bytearray else value, level)


def both_ends(value, limit):
    """Bytes whose bounded form is the same, at the cost of that form. Which quotes are used depends on all of them."""
    if len(value) < 4 * limit + 400:
        return value
    quotes = (b"'" if b"'" in value else b"") + (b'"' if b'"' in value else b"")
    return value[:limit] + quotes + bytes(limit + 100) + value[-max(limit, 1):]


# --------------------------------------------------------------------------------------------------------------- telling

def identity(channel):
    state = state_of(channel.file)
    return state.st_dev, state.st_ino


def teller(channel):
    """Says a record, unless the way out was closed, or leads to another place by now."""
    ours = identity(channel)

    def tell(**record):
        try:
            if identity(channel) == ours:
                channel.say(**record)
                return
        except OSError:
            pass
        leave(CUT_OFF)
    return tell


# --------------------------------------------------------------------------------------------------------------- looking

def class_named(module, qualname, held):
    """The class of that name: the one that is bound to it, or else one that says so of itself."""
    bound = None
    try:
        first, *rest = qualname.split(".")
        bound = names_of(held[module]).get(first)
        for name in rest:
            bound = next(dict_of(cls)[name] for cls in mro_told(bound) if name in dict_of(cls))
    except Exception:
        bound = None
    if not issubclass(type(bound), type):
        bound = None
    if bound is not None and qualname_of(bound) == qualname:
        return bound
    for cls in reversed(every_class()):
        if qualname_of(cls) == qualname and home_of(cls) == module:
            return cls
    return bound


def attributes_of(mro, wanted):
    """Position in the MRO, name and value of each attribute, as the class finds them; of `object`'s, only one that is wanted."""
    found, seen = [], set()
    for position, cls in enumerate(mro):
        is_everywhere = cls is object and len(mro) > 1
        for name, value in items_of(cls):
            if name in seen:
                continue
            seen.add(name)
            if name == wanted if wanted is not None else not is_everywhere and name not in SAME_FOR_ALL:
                found.append((position, name, value))
    return found


def kind_of(value):
    """What kind of object it is, by its class alone."""
    cls = type(value)
    if cls is Function:
        flags = value.__code__.co_flags
        return ("async_generator" if flags & 0x200 else "async_function" if flags & 0x80
                else "generator" if flags & 0x20 else "function")
    for base, kind in ((type, "class"), (classmethod, "classmethod"), (staticmethod, "staticmethod"),
                       (property, "property"), (cached_property, "cached_property"),
                       (types.MemberDescriptorType, "slot"), (types.GetSetDescriptorType, "getset")):
        if issubclass(cls, base):
            return kind
    if cls in MADE_IN_C:
        return "builtin_method"
    has = {name for ancestor in mro_told(cls) for name in ("__get__", "__set__", "__delete__") if name in dict_of(ancestor)}
    if "__set__" in has or "__delete__" in has:
        return "data_descriptor"
    return "descriptor" if "__get__" in has else "value"


# --------------------------------------------------------------------------------------------------------------- showing

def leave_room(room):
    """From here on so many bytes more than are in use may be addressed, where the platform can say so."""
    try:
        with open("/proc/self/statm") as file:
            used = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = used + room if soft == resource.RLIM_INFINITY else min(soft, used + room)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except Exception:
        pass                            # then what was set for the imports holds


def shown(value, limits):
    """The bounded repr, and what a `__repr__` raised on the way; no repr where it did not let itself be caught."""
    bounded = Bounded(limits)
    try:
        said = plain(bounded.repr(value))
        if len(said) > LONGEST_TEXT:
            said = said[:LONGEST_TEXT] + "..."
        return said, bounded.raised
    except BaseException as error:
        return None, error_told(error, {})


def show(asked, channel, held):
    """Tells the class's MRO and attributes, then their values, one by one."""
    tell = teller(channel)
    cls = class_named(asked["module"], asked["qualname"], held)
    if cls is None:
        tell(**{"is": "absent"})
        return
    mro = mro_told(cls)
    tell(**{"is": "ancestry", "classes": [[home_of(ancestor), qualname_of(ancestor)] for ancestor in mro]})
    attributes = [(position, text(name), value) for position, name, value in attributes_of(mro, asked["attribute"])]
    for position, name, value in attributes:
        tell(**{"is": "attribute", "class": position, "name": name, "kind": kind_of(value),
                "module": home_of(type(value)), "qualname": qualname_of(type(value))})
    done = {(position, name) for position, name in asked["done"]}
    belongings = Belongings()
    leave_room(asked["room"])
    for position, name, value in attributes:
        if (position, name) in done:
            continue
        tell(**{"is": "showing", "class": position, "name": name})
        said, error = shown(value, asked["limits"])
        set_recursion_limit(belongings.depth)
        belongings.put_back()
        tell(**{"is": "shown", "class": position, "name": name, "text": said, "error": error})
