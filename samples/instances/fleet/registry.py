"""Metaclasses with a say when a class is *called*: `Truck(7)` is `type(Truck).__call__(Truck, 7)`."""

from weakref import WeakSet


class Counted(type):  # mro: Counted type object; from: __call__ Counted
    """Gives each class a list of what was made of it. A list keeps what is in it alive."""

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        cls.alive = []

    def __call__(cls, *arguments, **keywords):
        made = super().__call__(*arguments, **keywords)
        cls.alive.append(made)
        return made


class Watched(type):  # mro: Watched type object; from: __call__ Watched
    """Gives each class a set of what was made of it and is still in use."""

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        cls.alive = WeakSet()

    def __call__(cls, *arguments, **keywords):
        made = super().__call__(*arguments, **keywords)
        cls.alive.add(made)
        return made


class Single(type):  # mro: Single type object; from: __call__ Single
    """Makes one instance of each class, and hands that one out ever after."""

    made = {}

    def __call__(cls, *arguments, **keywords):
        if cls not in Single.made:
            Single.made[cls] = super().__call__(*arguments, **keywords)
        return Single.made[cls]
