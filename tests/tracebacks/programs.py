--- crossed.py
# report: creation crossed:Crossed
# says: A before B
# says: B before A
# says: class Y(B, A)
class A: ...
class B: ...
class X(A, B): ...
class Y(B, A): ...
class Crossed(X, Y): ...
--- metas.py
# report: creation metas:Both
# says: metaclass
# says: M
# says: N
class M(type): ...
class N(type): ...
class A(metaclass=M): ...
class B(metaclass=N): ...
class Both(A, B):
    pass
--- layouts.py
# report: creation layouts:NumberText
# says: Number
# says: Text
class Number(int): ...
class Text(str): ...
class NumberText(Number, Text): ...
--- twice.py
# report: creation twice:Twice
# says: A
class A: ...
class Twice(A, A): ...
--- final_base.py
# report: creation final_base:Flag
# says: bool
class Flag(bool): ...
--- slotted_number.py
# report: creation slotted_number:Small
# says: int
class Small(int):
    __slots__ = ("unit",)
--- slot_and_value.py
# report: creation slot_and_value:Both
class Both:
    __slots__ = ("x",)
    x = 1
--- slot_names.py
# report: creation slot_names:Odd
class Odd:
    __slots__ = ("a b",)
--- dict_twice.py
# report: creation dict_twice:B
class A: ...
class B(A):
    __slots__ = ("__dict__",)
--- hook.py
# report: creation hook:Child
# says: __init_subclass__(cls, *, key, **kwargs)
# says: hook.py:
class Base:
    def __init_subclass__(cls, *, key, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.key = key
class Child(Base):
    pass
--- hook_raises.py
# report: creation hook_raises:Nameless
# says: must have a name
# says: hook_raises.py:
class Base:
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if not hasattr(cls, "name"):
            raise TypeError(f"{cls.__name__} must have a name")
class Named(Base):
    name = 1
class Nameless(Base):
    pass
--- hook_keywords.py
# report: creation hook_keywords:Key
class Plain: ...
class Key(Plain, key="x"): ...
--- set_name.py
# report: creation set_name:Form
# says: set_name.py:
class Field:
    def __set_name__(self, owner, name):
        if name.startswith("_"):
            raise ValueError(f"bad name {name}")
class Form:
    ok = Field()
    _bad = Field()
--- enum_extended.py
# report: creation enum_extended:More
# says: on the way to it ran
# says: enum.py:
from enum import Enum
class Color(Enum):
    RED = 1
class More(Color):
    BLUE = 2
--- enum_twice.py
# report: creation enum_twice:Color
# says: RED = 2
from enum import Enum
class Color(Enum):
    RED = 1
    RED = 2
--- data_order.py
# report: creation data_order:Point
# says: decorator
from dataclasses import dataclass
@dataclass
class Base:
    x: int = 0
@dataclass
class Point(Base):
    y: int
--- data_mutable.py
# report: creation data_mutable:Cart
# says: decorator
from dataclasses import dataclass, field
@dataclass
class Cart:
    items: list = []
--- generic_first.py
# report: creation generic_first:Bad
from typing import Generic, TypeVar, List
T = TypeVar("T")
class Box(Generic[T], List[T]): ...
class Bad(Generic[int]): ...
--- metaclass_raises.py
# report: creation metaclass_raises:Idle
# says: has no run()
class Meta(type):
    def __new__(mcs, name, bases, namespace):
        if "run" not in namespace and bases:
            raise TypeError(f"{name} has no run()")
        return super().__new__(mcs, name, bases, namespace)
class Task(metaclass=Meta): ...
class Idle(
    Task,
):
    def wait(self): ...
--- body.py
# report: creation body:Config
# says: the body of Config
# says: size = len(3)
class Config:
    size = len(3)
--- decorated.py
# report: creation decorated:Widget
# says: decorator
# says: no slot for
def plugin(cls):
    raise LookupError(f"no slot for {cls.__name__}")

@plugin
class Widget:
    def draw(self): ...
--- abstract.py
# report: abstract abstract:Square
# says: `aera` of Square
# says: defined by Mixin too late
# says: abstract in Shape
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @abstractmethod
    def name(self): ...
class Mixin:
    def name(self):
        return "x"
class Square(Shape, Mixin):
    def aera(self):
        return 1
def build():
    return Square()
build()
--- abstract_one.py
# report: abstract abstract_one:Store
# says: abstract in Iterable
# says: nothing defines it
from collections.abc import Mapping
class Store(Mapping):
    def __getitem__(self, key): ...
    def __len__(self): return 0
Store()
--- super_none.py
# report: super super_none:A
# says: static method
class A:
    @staticmethod
    def make():
        return super().make()
A.make()
--- super_attr.py
# report: super super_attr:Left
# says: nobody
# says: Right  save(self)
# says: Left (in the log)
class Base: ...
class Left(Base):
    def save(self):
        return super().save()
class Right(Base):
    def save(self):
        return 1
class Fine(Left, Right): ...
class Wrong(Right, Left): ...
Fine().save()
Left().save()
--- super_obj.py
# report: super super_obj:A
# says: Other is not in the MRO of A
class A:
    def __init__(self):
        super(Other, self).__init__()
class Other: ...
A()
--- super_init.py
# report: super super_init:Base
# says: object
# says: Child (in the log)
class Base:
    def __init__(self, name):
        super().__init__(name)
class Child(Base):
    def __init__(self):
        super().__init__("x")
Child()
--- super_init_mixin.py
# report: super super_init_mixin:Audit
# says: Order (in the log)
# says: Stamp  __init__(self, name, when)
class Root:
    def __init__(self, name): self.name = name
class Audit(Root):
    def __init__(self):
        super().__init__("audit")
class Stamp(Root):
    def __init__(self, name, when):
        super().__init__(name)
class Order(Audit, Stamp):
    pass
Order()
--- super_outside.py
# report: super super_outside:A
# says: stands in no class statement
def save(self):
    return super().save()
class A: ...
A.save = save
A().save()
--- super_slots.py
# since: 3.10
# report: super super_slots:P
# says: slots=True
# says: second time
from dataclasses import dataclass
@dataclass(slots=True)
class P:
    x: int
    def __repr__(self):
        return super().__repr__()
repr(P(1))
--- attr.py
# report: attribute attr:Account
# says: did you mean balance
class Account:
    def __init__(self):
        self.balance = 0
    def open(self):
        self.opened = True
class Savings(Account):
    rate = 1
Account().balanse
--- attr_later.py
# report: attribute attr_later:Account
# says: once open() was called on it
class Account:
    def __init__(self):
        self.balance = 0
    def open(self):
        self.opened = True
Account().opened
--- attr_class.py
# report: attribute attr_class:Account
# says: gives it to instances
class Account:
    kind: str
    def __init__(self):
        self.balance = 0
Account.balance
--- attr_sub.py
# report: attribute attr_sub:Account
# says: classes below it
# says: Savings
class Account: ...
class Savings(Account):
    rate = 1
def f(account):
    return account.rate
f(Account())
--- attr_slot_empty.py
# report: attribute attr_slot_empty:P
# says: slot
# says: no method
class P:
    __slots__ = ("x",)
P().x
--- attr_slots.py
# report: attribute attr_slots:P
# says: no __dict__ and no slot `z`
# says: x y
class P:
    __slots__ = ("x", "y")
    def __init__(self):
        self.z = 1
P()
--- attr_readonly.py
# report: descriptor attr_readonly:P
# says: value of the class P
# says: no slot `color`
class P:
    __slots__ = ()
    color = "red"
P().color = "blue"
--- attr_none.py
# report: attribute builtins:NoneType
# says: the object is None
def find(): return None
find().name
--- attr_str.py
# report: attribute builtins:str
# says: did you mean upper
"x".uper()
--- prop_set.py
# report: descriptor prop_set:Order
# says: without a setter
# says: that of Base
# says: @Base.total.getter
class Base:
    @property
    def total(self): return 1
    @total.setter
    def total(self, value): ...
class Order(Base):
    @property
    def total(self): return 2
    def fix(self):
        self.total = 3
Order().fix()
--- prop_del.py
# report: descriptor prop_del:Order
# says: without a deleter
class Order:
    @property
    def total(self): return 2
o = Order()
del o.total
--- prop_get.py
# report: descriptor prop_get:Order
# says: without a getter
class Order:
    total = property(None, lambda self, v: None)
Order().total
--- frozen.py
# report: descriptor frozen:Point
# says: frozen dataclass
from dataclasses import dataclass
@dataclass(frozen=True)
class Point:
    x: int
Point(1).x = 2
--- enum_set.py
# report: descriptor enum_set:Color
# says: member of the enumeration Color
from enum import Enum
class Color(Enum):
    RED = 1
Color.RED = 2
--- cached.py
# report: descriptor cached:P
# says: cached_property
# says: no __dict__
from functools import cached_property
class P:
    __slots__ = ("x",)
    @cached_property
    def area(self): return 1
P().area
--- builtin_set.py
# report: descriptor builtins:int
# says: made in C
int.x = 1
--- real_set.py
# report: descriptor real_set:N
# says: kept by int
class N(int): ...
N(3).real = 4
--- new_args.py
# report: arguments new_args:C
# says: takes no arguments
class C: ...
C(1)
--- init_args.py
# report: arguments init_args:C
# says: Base.__init__(self, a)
class Base:
    def __init__(self, a): ...
class C(Base): ...
C()
--- chain.py
# report: creation chain:load.<locals>.Plugin
# says: metaclass
class M(type): ...
class N(type): ...
class A(metaclass=M): ...
class B(metaclass=N): ...
def load():
    class Plugin(A, B): ...
try:
    load()
except TypeError as error:
    raise RuntimeError("cannot load") from error
--- group.py
# since: 3.11
# report: creation group:Twice
# report: attribute group:Missing
class Missing: ...
errors = []
try:
    Missing().thing
except AttributeError as e:
    errors.append(e)
try:
    class Twice(Missing, Missing): ...
except TypeError as e:
    errors.append(e)
raise ExceptionGroup("several", errors)
--- enum_member.py
# report: attribute enum_member:Color
# says: did you mean GREEN
from enum import Enum
class Color(Enum):
    RED = 1
    GREEN = 2
Color.GREN
--- deleted.py
# report: attribute deleted:Order
# says: `del` takes it from the instance's own __dict__
class Order:
    total = 1
order = Order()
del order.total
--- hidden_error.py
# report: attribute hidden_error:Order
# says: raised an AttributeError of its own
# says: Base.__getattr__ was asked
class Base:
    def __getattr__(self, name):
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
class Order(Base):
    @property
    def total(self):
        return self._total.amount
    _total = None
Order().total
--- own_words.py
# report: attribute own_words:Row
# says: classes below it that have it
class Row:
    def __getattr__(self, name):
        raise AttributeError(name)
class Wide(Row):
    width = 3
Row().width
--- a_lambda.py
# report: attribute a_lambda:Base
# says: no class of its MRO has `size`
class Base: ...
class Cart(Base): total = property(lambda self: Base().size)
Cart().total
--- a_function.py
# report: attribute builtins:function
def total(): ...
total.sum
--- tuple_field.py
# report: descriptor tuple_field:Point
# says: field of the tuple Point
from typing import NamedTuple
class Point(NamedTuple):
    x: int
    y: int
point = Point(1, 2)
point.x = 3
--- inner_call.py
# report: arguments inner_call:Child
# says: Child() runs Child.__init__(self, name)
class Base:
    def __init__(self, name): ...
class Child(Base):
    def __init__(self, name):
        super().__init__(name)
Child("a", "b")
--- too_early.py
# report: attribute too_early:Order
# says: Order.__init__ gives it to instances
# says: line 6, where it is asked for, stands before that
class Order:
    def __init__(self):
        self.tax = self.total / 5
        self.total = 10
Order()
--- called_by_name.py
# report: attribute called_by_name:Child
# says: Parent.setup gives it to an instance, once setup() was called on it
class Parent:
    def __init__(self):
        self.age = 1
    def setup(self):
        self.name = "parent"
class Child(Parent):
    def __init__(self):
        Parent.__init__(self)
Child().name
--- app_views.py
# report: creation app.views:Page
# says: Loud before Quiet
# says: Quiet before Loud
import app.views
--- app/__init__.py
--- app/mixins.py
class Loud: ...
class Quiet: ...
--- app/base.py
from app.mixins import Loud, Quiet
class View(Loud, Quiet): ...
--- app/views.py
from app.base import View
from app.mixins import Loud, Quiet
class Evening(Quiet, Loud): ...
class Page(
    View,
    Evening,
):
    title = "page"
--- in_thread.py
# report: abstract in_thread:Job
# says: abstract in Base
# says: nothing defines it
import threading
from abc import ABC, abstractmethod
class Base(ABC):
    @abstractmethod
    def run(self): ...
class Job(Base):
    pass
def work():
    Job()
thread = threading.Thread(target=work)
thread.start()
thread.join()
--- logged.py
# report: attribute logged:Order
# says: annotates it and gives it no value
import logging
class Order:
    total: int
try:
    Order().total
except AttributeError:
    logging.exception("no total")
--- tested.py
# report: attribute tested:Basket
# says: did you mean items
# report: creation tested:make.<locals>.Broken
import unittest
class Basket:
    def __init__(self):
        self.items = []
class Cases(unittest.TestCase):
    def test_items(self):
        Basket().item
    def test_class(self):
        class Base: ...
        globals()["Broken"] = make()
def make():
    class Broken(Basket, Basket): ...
    return Broken
unittest.main()
--- never_called.py
# report: attribute never_called:Child
# says: Parent.__init__ gives it to instances
# says: Parent.__init__ is never run
class Parent:
    def __init__(self):
        self.name = "parent"
class Child(Parent):
    def __init__(self):
        self.age = 1
    def say(self):
        return self.name
Child().say()
--- private.py
# report: attribute private:Child
# says: `__token` is private
class Parent:
    def __init__(self):
        self.__token = 1
class Child(Parent):
    def show(self):
        return self.__token
Child().show()
--- named_tuple.py
# report: creation named_tuple:Point
from typing import NamedTuple
class Base: ...
class Point(NamedTuple, Base):
    x: int
--- in_handler.py
# report: attribute in_handler:Reader
# says: did you mean close
# report: super in_handler:Writer
# says: no class that mroscope sees behind it has `flush`
class Reader:
    def close(self): ...
class Writer(Reader):
    def flush(self):
        super().flush()
try:
    Reader().clsoe()
except AttributeError:
    Writer().flush()
--- type_object.py
# report: attribute type_object:Registry
# says: classes below it that have it
class Registry:
    def find(self):
        return type(self).table
class Tables(Registry):
    table = {}
Registry().find()
--- unexpected.py
# report: arguments unexpected:Account
# says: Account.__init__(self, owner, *, limit=0)
class Account:
    def __init__(self, owner, *, limit=0): ...
Account("me", limits=3)
