"""Classes that are made, which the modules beside this one derive from."""

from abc import ABCMeta, abstractmethod


class Registered(type):
    """Remembers every class it makes."""

    classes = []

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        Registered.classes.append(cls)


class Command(metaclass=Registered):  # metaclass: Registered
    """Something that can be run."""


class Shape(metaclass=ABCMeta):  # metaclass: ABCMeta
    """Something that can be drawn."""

    @abstractmethod
    def draw(self):
        """Draws it."""


class RegisteredShape(Registered, ABCMeta):  # mro: RegisteredShape Registered ABCMeta type object
    """Derives from both."""


class DrawingCommand(Command, Shape, metaclass=RegisteredShape):  # metaclass: RegisteredShape
    """So this is possible."""
