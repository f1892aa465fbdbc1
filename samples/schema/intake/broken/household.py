"""A form that nobody can be asked to fill in: the class statement raises."""

from intake.forms import Form
from intake.rules import Rule


class WaterDamage(Form):  # raises: SchemaError
    """`meter` needs a field that only the mended form has."""

    room = Rule(str)
    meter = Rule(int, needs="reading")
