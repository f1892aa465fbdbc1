import contextvars
import sys
import types
from importlib.machinery import ModuleSpec
var = contextvars.ContextVar("var", default="default")
other = contextvars.ContextVar("other")
var.set("outside")
context = contextvars.copy_context()
var.set("later")
def change(value, *, key=None):
    seen = var.get(), other.get("unset"), key
    var.set(value)
    other.set(value)
    return seen
def fails():
    var.set("lost")
    1 / 0
first = context.run(change, "inside", key=1)
between = var.get(), other.get("unset")
again = context.copy().run(change, "copied")
second = context.run(change, "more")
def failing():
    try:
        context.run(fails)
    except ZeroDivisionError:
        return "raised", var.get(), context.run(var.get)
    else:
        raise ValueError("it must raise")
failed = failing()
class Finder:
    def find_spec(self, name, path, target=None):
        return ModuleSpec(name, self) if name.split(".")[0] == "virtual" else None
    def create_module(self, spec):
        return types.ModuleType(spec.name)
    def exec_module(self, module):
        module.said = module.__name__, module.__package__, module.__doc__, module.__spec__.name, module.__loader__ is finder
        module.Kept = Kept
class Kept:
    mark = 3
finder = Finder()
sys.meta_path.insert(0, finder)
import virtual
from virtual import Kept as Found
spec = ModuleSpec("pkg.name", None, origin="there")
made = types.ModuleType("made", "It says something.")
class Values:
    v_runs = [first, between, again, second, failed]
    v_left = var.get(), other.get("unset")
    v_virtual = virtual.said, virtual.Kept is Kept, Found.mark
    v_spec = spec.name, spec.loader, spec.origin
    v_made = made.__name__, made.__doc__, made.__package__, made.__loader__, made.__spec__
sys.meta_path.remove(finder)
