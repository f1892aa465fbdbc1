from dataclasses import InitVar, dataclass, field


class Outer:
    @dataclass
    class Point:
        x: int
        y: int = 2
        z: int = field(default=1, init=False)


@dataclass
class Odd:
    self: int
    items: list = field(default_factory=list)
    seed: InitVar[int] = 0


@dataclass(frozen=True)
class Frozen:
    a: int
    b: int
    c: int


class Derived(Outer.Point): ...


def refused(make):
    try:
        made = make()
        return type(made).__name__
    except TypeError as e:
        return str(e)


class Values:
    v_nothing = refused(lambda: Outer.Point())
    v_one = refused(lambda: Outer.Point(1))
    v_by_name = refused(lambda: Outer.Point(x=1, y=3))
    v_too_many = refused(lambda: Outer.Point(1, 2, 3))
    v_unknown = refused(lambda: Outer.Point(q=1))
    v_twice = refused(lambda: Outer.Point(1, x=2))
    v_not_taken = refused(lambda: Outer.Point(1, z=2))
    v_receiver = refused(lambda: Odd())
    v_handed_on = refused(lambda: Odd(1, [], 2))
    v_frozen = refused(lambda: Frozen())
    v_frozen_two = refused(lambda: Frozen(1))
    v_derived = refused(lambda: Derived())
    v_derived_one = refused(lambda: Derived(1))
