import os
class Place:
    def __init__(self, zone):
        self.zone = zone
        if not os.path.exists(os.sep) and zone:
            raise ValueError("no such zone")
        self.speed = 3
class Other:
    kind = "other"
class Turned:
    def __init__(self):
        self.speed = 4
        self.__class__ = Other
def of(it, name):
    return getattr(it, name, "none")
class Values:
    vmade = of(Place("x"), "zone"), of(Place("x"), "speed"), of(Place("x"), "missing"), hasattr(Place(""), "missing")
    vturned = of(Turned(), "kind"), of(Turned(), "speed"), type(Turned()).__name__, isinstance(Turned(), Other)
