"""The metaclass that insists on some attributes, and what every job is."""


class RequiredMeta(type):  # mro: RequiredMeta type object; from: __init__ RequiredMeta
    """Refuses a job that does not say when it runs and who answers for it."""

    required = ("schedule", "owner")

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        missing = [key for key in RequiredMeta.required if not hasattr(cls, key)]
        if bases and missing:
            raise TypeError(f"{name} does not say its {' and '.join(missing)}")


class Job(metaclass=RequiredMeta):  # metaclass: RequiredMeta; mro: Job object
    """Runs at night. It has no bases of its own, so nothing is required of it."""

    __slots__ = ()

    def run(self):
        """Does what it is for."""
        raise NotImplementedError


class Nightly(Job):  # metaclass: RequiredMeta; mro: Nightly Job object; from: schedule Nightly
    """Says both for all that derive from it."""

    __slots__ = ()

    schedule = "0 3 * * *"
    owner = "operations"
