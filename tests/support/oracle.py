"""Runs Python and says what became of each class statement. One JSON request a line, one JSON answer a line.

{"program": TEXT, "name": NAME, "attributes": [...]}      a module of its own
{"root": FOLDER, "modules": [...], "attributes": [...]}   modules below a folder, imported by name
{"derive": [{"bases": [...], "slots": null or [...]}]}      `type.__new__` called with classes of the interpreter

Modules are run statement by statement: one that raises is left out, and the rest of its file is run all the same.
The answer to the last is {"classes": [...]} with an entry for each call: null where a base or an
ancestor of it cannot be imported by the name that it gives itself.
That to the others is {"classes": [...], "failed": [...]}: the lines of the statements of modules that raised, and one entry
for each class statement that was executed, in order:

{"module", "line", "name", "made": {"mro", "metaclass", "base", "bases", "own", "from"}}   classes as "module:qualname"
{"module", "line", "name", "raised": {"kind", "message"}}

"own" is the class's own namespace in order; "from" gives for each of the attributes asked about the class of the MRO
that has it.
"""

import ast
import builtins
import importlib
import importlib.abc
import importlib.util
import json
import os
import sys
import types

make_class = builtins.__build_class__


class Record:
    """What was seen of one request."""

    def __init__(self, attributes):
        self.attributes = attributes
        self.classes = []
        self.failed = []
        self.lines = {}  # file -> {line of the class's code: line of the word `class`}

    def learn(self, file, tree):
        lines = self.lines[file] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                first = min([node.lineno] + [d.lineno for d in node.decorator_list])
                lines[first] = node.lineno

    def build_class(self, body, name, *bases, **keywords):
        code = body.__code__
        line = self.lines.get(code.co_filename, {}).get(code.co_firstlineno)
        if line is None:
            return make_class(body, name, *bases, **keywords)
        row = {"module": body.__globals__.get("__name__"), "line": line, "name": name}
        try:
            made = make_class(body, name, *bases, **keywords)
        except Exception as error:
            row["raised"] = say_error(error)
            self.classes.append(row)
            raise
        if isinstance(made, type):
            row["made"] = self.describe(made)
            self.classes.append(row)
        return made

    def describe(self, made):
        mro = of_type(made, "__mro__")
        found = {}
        for attribute in self.attributes:
            for ancestor in mro:
                if attribute in of_type(ancestor, "__dict__"):
                    found[attribute] = say(ancestor)
                    break
        return {
            "mro": [say(ancestor) for ancestor in mro],
            "metaclass": say(type(made)),
            "base": say(of_type(made, "__base__")),
            "bases": [say(base) for base in of_type(made, "__bases__")],
            "own": list(of_type(made, "__dict__")),
            "from": found,
        }

    def run(self, tree, module, file):
        """Runs the statements of a module one by one."""
        for statement in tree.body:
            before = len(self.classes)
            code = compile(ast.Module([statement], []), file, "exec", dont_inherit=True)
            try:
                exec(code, module.__dict__)
            except Exception as error:
                self.failed.append(statement.lineno)
                if not isinstance(statement, ast.ClassDef):
                    continue
                # An expression of the class statement itself failed, before there was anything to build.
                if len(self.classes) == before:
                    row = {"module": module.__name__, "line": statement.lineno, "name": statement.name}
                    self.classes.append(row)
                # Its class was made, and a decorator refused it.
                row = next((row for row in self.classes[before:] if row["line"] == statement.lineno), None)
                if row is not None and "raised" not in row:
                    row.pop("made", None)
                    row["raised"] = say_error(error)


def of_type(made, name):
    """Asks the class object itself, so that no metaclass can answer in its place."""
    return type.__dict__[name].__get__(made)


def say(made):
    return "%s:%s" % (of_type(made, "__module__"), of_type(made, "__qualname__"))


def say_error(error):
    return {"kind": type(error).__name__, "message": str(error)}


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports what lies below a folder, statement by statement."""

    def __init__(self, root, record):
        self.root = root
        self.record = record

    def find_spec(self, name, path=None, target=None):
        stem = os.path.join(self.root, *name.split("."))
        for file, package in ((os.path.join(stem, "__init__.py"), True), (stem + ".py", False)):
            if os.path.isfile(file):
                spec = importlib.util.spec_from_file_location(name, file, loader=self)
                if package:
                    spec.submodule_search_locations = [stem]
                return spec
        return None

    def exec_module(self, module):
        file = module.__spec__.origin
        with open(file, encoding="utf-8") as text:
            tree = ast.parse(text.read(), file)
        self.record.learn(file, tree)
        self.record.run(tree, module, file)


def find(path):
    """The class that a table calls `path`, if it can be imported by that name."""
    module, _, qualname = path.partition(":")
    found = importlib.import_module(module)
    for name in qualname.split("."):
        found = getattr(found, name)
    return found if isinstance(found, type) and say(found) == path else None


def is_unmistakable(made):
    """Whether the name that a class gives itself leads to it."""
    try:
        return find(say(made)) is made
    except BaseException:
        return False


def derive(call):
    try:
        bases = tuple(find(path) for path in call["bases"])
    except BaseException:
        return None
    # The MRO of a static type that nobody has used yet is None.
    mros = [of_type(base, "__mro__") if base else None for base in bases]
    if not all(mro and all(map(is_unmistakable, mro)) for mro in mros):
        return None
    row = {"module": "", "line": 0, "name": "X"}
    namespace = {} if call["slots"] is None else {"__slots__": tuple(call["slots"])}
    try:
        metaclass = types._calculate_meta(type, bases)
        made = type.__new__(metaclass, "X", bases, namespace)
        row["made"] = Record([]).describe(made)
    except Exception as error:
        row["raised"] = say_error(error)
    return row


def answer(request):
    if "derive" in request:
        return {"classes": [derive(call) for call in request["derive"]]}
    record = Record(request.get("attributes", []))
    builtins.__build_class__ = record.build_class
    known = set(sys.modules)
    try:
        if "program" in request:
            tree = ast.parse(request["program"], "program")
            record.learn("program", tree)
            name = request["name"]
            module = sys.modules[name] = types.ModuleType(name)
            record.run(tree, module, "program")
        else:
            loader = Loader(request["root"], record)
            sys.meta_path.insert(0, loader)
            try:
                for name in request["modules"]:
                    importlib.import_module(name)
            finally:
                sys.meta_path.remove(loader)
    finally:
        builtins.__build_class__ = make_class
        for name in set(sys.modules) - known:
            file = getattr(sys.modules[name], "__file__", None)
            if name == request.get("name") or (file and file in record.lines):
                del sys.modules[name]
    return {"classes": record.classes, "failed": record.failed}


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = sys.stderr = open(os.devnull, "w")
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()


main()
