"""What it costs: operators, and who is asked first."""


class Postage:  # mro: Postage object
    def __init__(self, cents=0):
        self.cents = cents

    def __add__(self, other):
        if isinstance(other, int):
            return Postage(self.cents + other)
        return NotImplemented

    def __radd__(self, other):
        return Postage(self.cents)


class Airmail(Postage):  # mro: Airmail Postage object
    # from: __add__ Postage; from: __radd__ Airmail
    def __radd__(self, other):
        return Airmail(self.cents)
