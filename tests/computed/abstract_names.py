import abc
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    @abc.abstractmethod
    def name(self): ...
class Late(Shape):
    def name(self): return "late"
Late.area = lambda self: 1.0
class Below(Late): pass
class Told(Shape):
    def name(self): return "told"
Told.area = lambda self: 2.0
if hasattr(abc, "update_abstractmethods"):
    abc.update_abstractmethods(Told)
class Made(Shape):
    def name(self): ...
    def area(self): ...
Made.extra = abc.abstractmethod(lambda self: 1)
class Past(abc.ABCMeta):
    def __new__(mcls, name, bases, namespace):
        return type.__new__(mcls, name, bases, namespace)
class Open(metaclass=Past):
    @abc.abstractmethod
    def area(self): ...
class Tracked(type):
    made = []
    def __new__(mcls, name, bases, namespace):
        Tracked.made.append(name)
        return super().__new__(mcls, name, bases, namespace)
class Both(abc.ABCMeta, Tracked): pass
class Heard(metaclass=Both):
    @abc.abstractmethod
    def area(self): ...
def how(function, *given):
    try:
        function(*given)
    except Exception as error:
        return type(error).__name__, str(error)
    return "made"
class Values:
    vlate = how(Late), how(Below), how(Made), how(Told)
    vopen = how(Open), hasattr(Open, "__abstractmethods__"), "_abc_impl" in vars(Open)
    vheard = how(Heard), Tracked.made, sorted(Heard.__abstractmethods__)
    vnames = sorted(Late.__abstractmethods__), sorted(Below.__abstractmethods__), sorted(Made.__abstractmethods__)
