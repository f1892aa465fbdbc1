"""Metaclasses: who makes a class, and which of several wins."""


class Registry(type):  # mro: Registry type object; metaclass: type
    """Makes classes, and can find them by name afterwards."""

    known = {}

    def __new__(metaclass, name, bases, namespace):
        made = super().__new__(metaclass, name, bases, namespace)
        metaclass.known[name] = made
        return made

    def find(cls, name):
        """A method of the classes that it makes, not of their instances."""
        return cls.known[name]


class Checked(Registry):  # mro: Checked Registry type object
    """Refuses classes that hide."""

    def __new__(metaclass, name, bases, namespace):
        if name.startswith("_"):
            raise TypeError(f"{name} cannot be found by its name")
        return super().__new__(metaclass, name, bases, namespace)


class Handler(metaclass=Registry):  # metaclass: Registry
    """Handles an event. `type(Handler)` is `Registry`."""


class Quiet(Handler):  # metaclass: Registry
    """A metaclass is inherited."""


class Named(metaclass=Checked):  # metaclass: Checked
    """Made by the more derived one."""


class Loud(Handler, Named):  # metaclass: Checked
    """The most derived metaclass of all bases makes the class, wherever its base stands."""


class Plain(Handler, metaclass=type):  # metaclass: Registry
    """`metaclass=` takes part like a base's and wins only by being most derived."""


class Number(int, Handler):  # metaclass: Registry
    # mro: Number int Handler object
    """The first base does not decide."""
