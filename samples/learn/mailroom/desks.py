"""Who works here: a metaclass, its hooks, and what it gives the classes that it makes."""


class Hours:
    """Hears under which name it stands in a class."""

    def __set_name__(self, owner, name):
        self.name = name


class DeskMeta(type):
    @classmethod
    def __prepare__(mcls, name, bases):
        return {}

    def __new__(mcls, name, bases, namespace):
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)

    def title(cls):
        return "the class"

    def staff(cls):
        return 2

    @property
    def floor(cls):
        return 3


def opened(cls):
    """A decorator: the last word in a class statement."""
    return cls


class Desk(metaclass=DeskMeta):  # metaclass: DeskMeta
    floor = 1

    def __init_subclass__(cls):
        super().__init_subclass__()

    def title(self):
        return "an instance"


@opened
class Counter(Desk):  # metaclass: DeskMeta
    hours = Hours()
