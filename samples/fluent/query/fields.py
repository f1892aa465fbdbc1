"""Columns that compare to conditions, not to `True` and `False`."""


class Condition:  # mro: Condition object
    """A part of a WHERE clause. `&` joins two; `and` asks whether the first is true, and gives one of them."""

    # from: __and__ Condition; from: __or__ Condition; from: __bool__ Condition

    def __init__(self, text=""):
        self.text = text

    def __and__(self, other):
        return Condition(f"({self.text} AND {other.text})")

    def __or__(self, other):
        return Condition(f"({self.text} OR {other.text})")

    def __invert__(self):
        return Condition(f"NOT {self.text}")

    def __bool__(self):
        raise TypeError("a condition is neither true nor false: use & and |")


class LaxCondition(Condition):  # mro: LaxCondition Condition object
    """Always true: `a and b` is `b`, `1 < column < 9` forgets its first half, and nobody is told."""

    # from: __bool__ LaxCondition

    def __bool__(self):
        return True


class Column:  # mro: Column object
    """Has a name, and makes conditions."""

    # from: __eq__ Column; from: __lt__ Column; from: __hash__ Column

    condition = Condition

    def __init__(self, name=""):
        self.name = name

    def __eq__(self, other):
        return self.condition(f"{self.name} = {other!r}")

    def __lt__(self, other):
        return self.condition(f"{self.name} < {other!r}")

    def __gt__(self, other):
        return self.condition(f"{self.name} > {other!r}")

    def __hash__(self):
        return hash(self.name)


class LaxColumn(Column):  # from: __lt__ Column; from: __hash__ Column
    """Its conditions are always true."""

    condition = LaxCondition
