"""The form has all that its fields need, and the one in a hurry is checked."""

from intake.forms import Form
from intake.rules import Rule


class WaterDamage(Form):  # mro: WaterDamage Form object; metaclass: FormMeta
    """Water where it should not be."""

    room = Rule(str)
    reading = Rule(int)
    meter = Rule(int, needs="reading")


class Storm(Form):  # metaclass: FormMeta; from: speed Storm
    """Wind."""

    roof = Rule(str)
    speed = Rule(int)
    area = Rule(int, needs="speed")
