class Refuses:
    def __get__(self, obj, owner=None):
        return "inherited"
    def __set__(self, obj, value):
        raise AttributeError("read-only")
class Base:
    port = Refuses()
    @property
    def host(self): return "base"
    def start(self): return "start"
class Below(Base):
    __slots__ = ("port", "host", "start")
    def __init__(self, port):
        self.port = port
class Deeper(Below):
    pass
class Again(Below):
    port = Refuses()
def how(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__, str(error)
def cleared(it):
    del it.port
    return it.port
class Values:
    vread = how(lambda: Below(1).port), how(lambda: Deeper(2).port), how(lambda: Again(3).port)
    vempty = how(lambda: Below(1).host), how(lambda: Deeper(1).start)
    vdeleted = how(lambda: cleared(Below(4)))
    vbase = how(lambda: Base().port), how(lambda: Base().host)
