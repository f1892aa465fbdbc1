from shop.registry import *
from shop.registry import _route
import shop.registry as r

@register("csv")
class Csv: pass

@register("tsv", strict=True)
class Tsv: pass

class Json(Keyed, key="json"): pass
class Xml(Keyed, key="xml"): pass
class Padded(Keyed): pass
class Silent:
    def __init_subclass__(cls, **kw): pass
class Never(Silent, Keyed, key="never"): pass

class A(Base): pass
class B(A): pass
C = Meta("C", (Base,), {})

class Model:
    name = Slot()
    size = Slot()

@Ab.register
class Virt: pass
class Virt2: pass
Ab.register(Virt2)

@show.register
def _(x: int): return "int"
@show.register(str)
def show_str(x): return "str"
show.register(Csv, lambda x: "csv")

@route("/")
def index(): pass
@route("/about")
def about(): pass

@on("save")
def saved(x): pass
@on("save")
def saved_twice(x): pass

for cls in (Csv, Tsv):
    ORDER[cls.__name__] = cls
    QUEUE.append(cls)
    SEEN.add(cls)
    WEAK[cls.__name__] = cls
    WEAKSET.add(cls)

class Admin:
    def __init__(self, model): self.model = model
site.register(Model, Admin)
site.register(Csv)

COMMANDS = {
    "run": index,
    "about": about,
}
COMMANDS["run"] = saved
class QuotedCsv(Csv): pass
FORMATS["csv"] = QuotedCsv
ALL = [Csv, Tsv]
PAIR = (Csv, Tsv)
def setup():
    FORMATS["late"] = Json
    register("later")(Xml)
setup()
import os
FORMATS[os.environ.get("X_FMT")] = Json
FORMATS.update({"u1": Csv, "u2": Tsv})
