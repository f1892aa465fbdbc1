# `object.__new__` in the `__new__` of an enumeration: that of `Enum` has source and lays out nothing.
from enum import Enum
class Connector(Enum):
    number: int
    def __new__(cls, value, number):
        self = object.__new__(cls)
        self._value_ = value
        self.number = number
        return self
    GITHUB = ("github", 1)
class Base(Enum):
    def __new__(cls, value, number):
        self = object.__new__(cls)
        self._value_ = value
        self.number = number
        return self
class Child(Base):
    GITLAB = ("gitlab", 2)
def refused():
    try:
        object.__new__(Names)
    except TypeError as error:
        return str(error)
class Names(list): pass
class Values:
    vnumber = Connector.GITHUB.number, Connector.GITHUB.value, Child.GITLAB.number, Child("gitlab").name
    vrefused = refused()
