# What `copy.copy` and `copy.deepcopy` give for objects whose classes have a say in it.
import copy
class Relation:
    def __init__(self, field): self.field = field
    def __getstate__(self):
        state = self.__dict__.copy()
        state.pop("cached", None)
        return state
class Field:
    def __init__(self, relation=None): self.relation = relation
    def __deepcopy__(self, memo):
        new = copy.copy(self)
        if self.relation:
            new.relation = copy.copy(self.relation)
        memo[id(self)] = new
        return new
field = Field(Relation("author"))
field.relation.cached = 3
copied = copy.deepcopy(field)
class Slotted:
    __slots__ = ("a", "b")
slotted = Slotted()
slotted.a = "slot"
class Made:
    def __new__(cls, x="default"):
        self = object.__new__(cls)
        self.x = x
        return self
class Reduced:
    def __init__(self, x): self.x = x
    def __reduce__(self): return (Reduced, ("again",))
class One:
    def __reduce__(self): return "one"
one = One()
class Args:
    def __new__(cls, b):
        self = object.__new__(cls)
        self.c = [b]
        return self
    def __getnewargs__(self): return ("given",)
args = Args("first")
bare = Args("first")
del bare.c
class Takes:
    def __setstate__(self, state): self.kept = sorted(state)
takes = Takes()
takes.a = takes.b = 1
class Node:
    def __init__(self, name): self.name = name; self.next = None
    def __deepcopy__(self, memo):
        new = Node(self.name + "'")
        memo[id(self)] = new
        new.next = copy.deepcopy(self.next, memo)
        return new
ring = Node("a")
ring.next = Node("b")
ring.next.next = ring
ring2 = copy.deepcopy(ring)
shared = ["x"]
pair = copy.deepcopy([shared, shared, (shared, 1)])
class Values:
    vrelation = copied.relation.field, hasattr(copied.relation, "cached"), copied is field, field.relation.cached
    vslotted = copy.copy(slotted).a, hasattr(copy.copy(slotted), "b"), copy.deepcopy(slotted).a
    vmade = copy.copy(Made("own")).x, copy.deepcopy(Made("own")).x
    vreduced = copy.copy(Reduced("own")).x, copy.deepcopy([Reduced("own")])[0].x
    vone = copy.copy(one) is one, copy.deepcopy(one) is one
    vargs = copy.copy(args).c, copy.copy(bare).c
    vtakes = copy.copy(takes).kept, hasattr(copy.copy(takes), "a")
    vring = ring2.name, ring2.next.name, ring2.next.next is ring2, ring2.next is ring.next
    vpair = pair, pair[0] is pair[1], pair[2][0] is pair[0], pair[0] is shared
