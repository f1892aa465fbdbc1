"""Imports modules where they can do little harm, and tells whoever started it what became of them.

    python3.X -S -B witness.py QUESTION.json        answers are lines on standard output, each behind the question's token

Works in CPython 3.9 and later, with the standard library alone. Modules may print, exit, hang, fork, take builtins away
or bring the interpreter down: nothing here relies on what they can reach. What is needed is bound before the first of
them runs; classes are asked with `type`'s own descriptors; nothing that takes part in making a class is replaced.
"""
import builtins
import sys

# Names in this file mean what they mean now, whatever a module makes of `builtins` later.
globals().update({name: value for name, value in vars(builtins).items() if not name.startswith("__")})

import gc
import importlib._bootstrap
import os
import signal
import time
import types

try:
    from _json import encode_basestring_ascii as quoted
except ImportError:
    from json.encoder import py_encode_basestring_ascii as quoted

find_and_load = importlib._bootstrap._gcd_import
open_file, write, getpid, leave = os.open, os.write, os.getpid, os._exit
collect, now = gc.collect, time.monotonic
set_trace, set_profile = sys.settrace, sys.setprofile
recursion_limit, set_recursion_limit = sys.getrecursionlimit, sys.setrecursionlimit
modules = sys.modules

mro_of = type.__dict__["__mro__"].__get__
dict_of = type.__dict__["__dict__"].__get__
module_of = type.__dict__["__module__"].__get__
qualname_of = type.__dict__["__qualname__"].__get__
subclasses_of = type.__dict__["__subclasses__"]
traceback_of = BaseException.__dict__["__traceback__"].__get__
names_of = types.ModuleType.__dict__["__dict__"].__get__
Module, Function = types.ModuleType, types.FunctionType

SECONDS_OF_A_COPY = 600
LONGEST_MESSAGE = 4000
FRAMES = 60
LINES = 16


# ------------------------------------------------------------------------------------------------------------- telling

class Channel:
    """The one way out: a copy of what standard output was, which no module knows."""

    def __init__(self, token):
        self.token = token
        self.file = os.dup(1)
        self.process = getpid()
        nowhere = open_file(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.forget)

    def forget(self):
        """In a copy of this process: it has nothing to say, and is not to live for ever."""
        os.close(self.file)
        if hasattr(signal, "alarm"):
            signal.alarm(SECONDS_OF_A_COPY)

    def say(self, **record):
        if getpid() != self.process:
            leave(0)                    # a copy that a module made of this process
        data = ("\n%s%s\n" % (self.token, told(record))).encode("ascii")
        while data:
            data = data[write(self.file, data):]


def told(value):
    """The value as JSON. The standard library's own writer asks functions that a module may have replaced."""
    kind = type(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return int.__repr__(value)
    if kind is dict:
        return "{" + ",".join([told(key) + ":" + told(item) for key, item in value.items()]) + "}"
    if kind is list or kind is tuple:
        return "[" + ",".join([told(item) for item in value]) + "]"
    return quoted(text(value))


def text(value):
    """A plain string without lone surrogates, also of an instance of a subclass of `str`."""
    return str.encode(value, "utf-8", "replace").decode("utf-8")


# ---------------------------------------------------------------------------------------------------------- protection

def withdraw(question):
    """Gives up terminal, home and display, and most of what could be used up without end."""
    if hasattr(os, "setsid"):
        try:
            os.setsid()                 # no terminal any more, and a group of its own, which ends as one
        except OSError:
            pass
    here = os.getcwd()
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "PYTHONSTARTUP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                 "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        os.environ.pop(name, None)
    os.environ.update({"HOME": here, "USERPROFILE": here, "TMPDIR": here, "TERM": "dumb"})
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = min(question["memory"], max(1 << 31, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2))
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except Exception:
        pass                            # not every platform has limits
    if hasattr(signal, "alarm"):
        signal.alarm(int(question["seconds"]) + 60)     # should whoever asked be gone


def refuse_to_leave(process):
    """Modules that end this process, or put another in its place, get an exception instead; copies of it may.

    Nobody leaves the group, which is ended as one.
    """
    def refusing(name, real):
        def refused(*arguments, **keywords):
            is_other = name in ("kill", "killpg") and arguments[:1] and arguments[0] not in (0, process)
            if getpid() != process or is_other:
                return real(*arguments, **keywords)
            raise SystemExit("it called os.%s" % name)
        return refused

    def replace(name, by):
        for place in (os, modules.get("posix"), modules.get("nt")):
            if place is not None and hasattr(place, name):
                setattr(place, name, by)

    for name in ("_exit", "abort", "execv", "execve", "kill", "killpg"):
        if hasattr(os, name):
            replace(name, refusing(name, getattr(os, name)))
    for name in ("setsid", "setpgid", "setpgrp"):
        replace(name, lambda *_: None)


class Belongings:
    """What every module needs. One that takes it away is not to bring down those after it."""

    def __init__(self):
        self.builtins = dict(vars(builtins))
        self.modules = dict(modules)
        self.streams = {name: getattr(sys, name) for name in ("stdin", "stdout", "stderr")}
        self.depth = sys.getrecursionlimit()

    def put_back(self):
        space = vars(builtins)
        for name, value in self.builtins.items():
            if space.get(name) is None and value is not None:
                space[name] = value
        for name, module in self.modules.items():
            if modules.get(name) is None and module is not None:
                modules[name] = module
        for name, stream in self.streams.items():
            if getattr(sys, name, None) is None:
                setattr(sys, name, stream)
        if recursion_limit() < self.depth:
            set_recursion_limit(self.depth)
        set_trace(None)
        set_profile(None)


# ------------------------------------------------------------------------------------------------------------- imports

def error_told(error, homes):
    """An exception: its class, its message, and the lines of Python that led to it."""
    try:
        message = text(str(error))[:LONGEST_MESSAGE]
    except BaseException:
        message = ""
    frames = []
    try:
        traceback = traceback_of(error)
        while traceback is not None:
            code = traceback.tb_frame.f_code
            frames.append([homes.get(code.co_filename), code.co_filename, traceback.tb_lineno, code.co_name,
                           code.co_firstlineno])
            traceback = traceback.tb_next
    except Exception:
        pass
    return {"kind": qualname_of(type(error)), "message": message, "frames": frames[-FRAMES:]}


def file_of(module):
    """`__file__` of a module, the source's where it was loaded from bytecode."""
    try:
        file = names_of(module).get("__file__")
    except Exception:
        return None
    if type(file) is not str:
        return None
    return file[:-1] if file.endswith(".pyc") else file


def import_all(question, channel):
    """Imports one module after the other; returns those that came of it."""
    homes = {file: name for name, file in question["files"].items()}
    until = now() + question["seconds"]
    held = {}
    belongings = Belongings()
    for name in question["modules"]:
        if now() > until:
            channel.say(**{"is": "late"})
            break
        channel.say(**{"is": "begin", "module": name})
        try:
            module = find_and_load(name)
        except BaseException as error:
            set_recursion_limit(max(recursion_limit(), belongings.depth))
            channel.say(**{"is": "failed", "module": name, "error": error_told(error, homes)})
            error = None
            belongings.put_back()
        else:
            belongings.put_back()
            held[name] = module
            channel.say(**{"is": "imported", "module": name, "file": file_of(module)})
    return held


# ------------------------------------------------------------------------------------------------------------- classes

def every_class():
    """Every class that is alive: each is a subclass of `object`, and no class can hide from its base."""
    seen = {id(object): object}
    queue = [object]
    for cls in queue:
        try:
            below = subclasses_of(cls)
        except Exception:
            continue
        for sub in below:
            if id(sub) not in seen:
                seen[id(sub)] = sub
                queue.append(sub)
    return queue


def mro_told(cls):
    """The MRO; the class alone where an extension module never made it ready."""
    return mro_of(cls) or (cls,)


def items_of(cls):
    try:
        return [(name, value) for name, value in dict_of(cls).items() if type(name) is str]
    except Exception:
        return []


def home_of(cls):
    """`__module__`, where that is a string."""
    try:
        module = module_of(cls)
    except Exception:
        return None
    return text(module) if isinstance(module, str) else None


def is_at_home(cls):
    """Whether the module that it names has it: functions of others were put into it."""
    try:
        return names_of(modules[home_of(cls)]).get(qualname_of(cls)) is cls
    except Exception:
        return False


def names_kept(held):
    """Ids of the values that the project's modules bind under the names of classes."""
    kept = set()
    for module in held.values():
        try:
            pairs = list(names_of(module).items())
        except Exception:
            continue
        for name, value in pairs:
            if issubclass(type(value), type) and qualname_of(value) == name:
                kept.add(id(value))
    return kept


def lines_of(cls, homes):
    """Where the functions in the class's namespace begin: the module, by file, and the line."""
    found = []
    for _name, value in items_of(cls):
        kind = type(value)
        if kind is classmethod or kind is staticmethod:
            value = value.__func__
        elif kind is property:
            value = value.fget
        if type(value) is Function:
            code = value.__code__
            if code.co_filename in homes:
                found.append([homes[code.co_filename], code.co_firstlineno])
                if len(found) == LINES:
                    break
    return found


def first_line_of(cls):
    """`__firstlineno__`, which 3.13 and later keep."""
    line = dict_of(cls).get("__firstlineno__") if dict_of(cls) else None
    return line if type(line) is int else None


def tell_classes(question, channel, held):
    """Tells every class of the project, and those that their MROs and metaclasses name."""
    files = {}
    for name in question["files"]:
        file = file_of(held.get(name) or modules.get(name))
        if file is not None:
            files[file] = name
    for name, file in question["files"].items():
        files.setdefault(file, name)
    own = set(question["files"])
    theirs, numbers = [], {}

    def number(cls):
        if id(cls) not in numbers:
            numbers[id(cls)] = len(theirs)
            theirs.append(cls)
        return numbers[id(cls)]

    everything = every_class()
    kept = names_kept(held)
    lines, projects, strays = {}, [], set()
    for cls in everything:
        lines[id(cls)] = lines_of(cls, files)
        is_stray = home_of(cls) not in own and not lines[id(cls)] and id(cls) in kept
        if home_of(cls) in own or (lines[id(cls)] or is_stray) and not is_at_home(cls):
            projects.append(cls)
            number(cls)
            if is_stray:
                strays.add(id(cls))
    for cls in projects:
        for other in mro_told(cls):
            number(other)
        number(type(cls))
    found = {}
    spaces = dict(held)
    for name, module in list(modules.items()):
        if type(name) is str:
            spaces.setdefault(name, module)
    for name, module in spaces.items():
        try:
            pairs = list(names_of(module).items())
        except Exception:
            continue
        for attribute, value in pairs:
            if id(value) in numbers and type(attribute) is str and issubclass(type(value), type):
                found.setdefault(id(value), []).append([name, attribute])
    is_projects = {id(cls) for cls in projects}
    for cls in theirs:
        channel.say(**{
            "is": "class",
            "module": home_of(cls),
            "qualname": qualname_of(cls),
            "mro": [numbers.get(id(other), -1) for other in mro_told(cls)] if id(cls) in is_projects else [],
            "metaclass": numbers.get(id(type(cls)), -1) if id(cls) in is_projects else -1,
            "first": first_line_of(cls),
            "lines": lines[id(cls)] if id(cls) in lines else [],
            "found": found.get(id(cls), []),
            "own": id(cls) in is_projects,
            "stray": id(cls) in strays,
        })


# ------------------------------------------------------------------------------------------------------------- running

def enter_site():
    """What `-S` left out, now that nothing can reach the terminal: site-packages, `.pth` files, `sitecustomize`."""
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0]) == here:
        del sys.path[0]
    import site
    site.main()


def answer(question, channel):
    withdraw(question)
    sys.argv[:] = ["mroscope"]
    import warnings
    warnings.simplefilter("ignore")
    enter_site()
    channel.say(**{"is": "hello", "version": "%d.%d.%d" % sys.version_info[:3], "platform": sys.platform, "date": time.strftime("%Y-%m-%d"),
                   "implementation": sys.implementation.name, "prefix": sys.prefix})
    sys.path[:0] = question["paths"]
    refuse_to_leave(channel.process)
    describer = {"__name__": "collect", "__file__": os.path.abspath(__file__)}
    if question["describe"]:
        exec(compile(question["describe"], "collect.py", "exec"), describer)
    shower = dict(globals())
    if question["live"]:
        exec(compile(question["live"]["script"], "live.py", "exec"), shower)
    if question["setup"]:
        channel.say(**{"is": "begin", "module": ""})
        try:
            with open(question["setup"], "rb") as file:
                code = compile(file.read(), question["setup"], "exec")
            exec(code, {"__name__": "__setup__", "__file__": question["setup"], "__builtins__": builtins})
        except BaseException as error:
            channel.say(**{"is": "failed", "module": "", "error": error_told(error, {})})
            return
    held = import_all(question, channel)
    channel.say(**{"is": "asking"})
    if question["describe"]:
        channel.say(**{"is": "described", "description": describer["describe_only"](held)})
    elif question["live"]:
        shower["show"](question["live"], channel, held)
    else:
        collect()
        tell_classes(question, channel, held)
    channel.say(**{"is": "done"})


def main():
    import json
    with open(sys.argv[1], encoding="utf-8") as file:
        question = json.load(file)
    os.unlink(sys.argv[1])              # what it holds is between the two of us
    channel = Channel(question["token"])
    try:
        answer(question, channel)
    except BaseException as error:
        channel.say(**{"is": "broken", "error": error_told(error, {})})
    # Modules may have left threads and exit handlers behind; nobody needs them.
    leave(0)


if __name__ == "__main__":
    main()
