"""Descriptors that check, guard or compute a field of each instance."""


class Field:  # mro: Field object
    """Keeps its value on the instance, under its own name with an underscore."""

    # from: __get__ Field; from: __set_name__ Field

    def __set_name__(self, owner, name):
        self.name = name
        self.key = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.key)

    def __set__(self, instance, value):
        setattr(instance, self.key, self.check(value))

    def check(self, value):
        """What is stored in place of a value."""
        return value


class Positive(Field):  # mro: Positive Field object
    """A number above 0."""

    # from: check Positive; from: __set__ Field

    def check(self, value):
        if value <= 0:
            raise ValueError(f"{self.name} is to be above 0")
        return value


class OneOf(Field):  # mro: OneOf Field object
    """One of a few values."""

    def __init__(self, *choices):
        self.choices = choices

    def check(self, value):
        if value not in self.choices:
            raise ValueError(f"{self.name} is to be one of {self.choices}")
        return value


class ReadOnly:  # mro: ReadOnly object
    """Is the same for all, and cannot be set: without `__set__` each instance could hide it."""

    # from: __set__ ReadOnly

    def __init__(self, value):
        self.value = value

    def __get__(self, instance, owner=None):
        return self.value

    def __set__(self, instance, value):
        raise AttributeError("read-only")


class Once(Field):  # mro: Once Field object
    """Is written once."""

    # from: __set__ Once

    def __set__(self, instance, value):
        if self.key in instance.__dict__:
            raise AttributeError(f"{self.name} has been set")
        instance.__dict__[self.key] = value


class Lazy:  # mro: Lazy object
    """Computed at the first read, and from then on an entry of the instance that hides it."""

    # from: __get__ Lazy

    def __init__(self, compute):
        self.compute = compute

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.compute(instance)
        return value
