"""What is sent: a diamond, and methods that call on."""


class Item:  # mro: Item object
    def label(self):
        return "item"

    def send(self):
        return ["sent"]


class Tracked(Item):  # mro: Tracked Item object
    def send(self):
        return ["tracked", *super().send()]


class Insured(Item):  # mro: Insured Item object
    def label(self):
        return "insured " + super().label()

    def send(self):
        return ["insured", *super().send()]


class Parcel(Tracked, Insured):  # mro: Parcel Tracked Insured Item object
    # from: label Insured; from: send Tracked
    """`Parcel().send()` is tracked, insured, sent: `super()` in `Tracked` goes to `Insured`."""


class Fragile(Item):  # mro: Fragile Item object
    def label(self):
        return "fragile " + super().label()


class Gift(Fragile, Parcel):  # mro: Gift Fragile Parcel Tracked Insured Item object
    # from: label Fragile; from: send Gift
    def send(self):
        return ["wrapped", *super().send()]
