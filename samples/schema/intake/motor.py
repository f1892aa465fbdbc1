"""Forms about cars. They are sound."""

from intake.forms import Form
from intake.rules import Rule, Skipping


class Accident(Form):  # mro: Accident Form object; metaclass: FormMeta; from: plate Accident
    """What happened."""

    plate = Rule(str)
    driver = Rule(str)
    licence = Rule(str, needs="driver")


class Theft(Form):
    """Has the fields of `Accident`, so it is found to be sound without a check."""

    plate = Rule(str)
    driver = Rule(str)
    licence = Rule(str, needs="driver")


class Repair(Accident, deferred=True):  # mro: Repair Accident Form object; from: driver Accident; from: invoice Repair
    """Needs a field that comes with the next release: it is to be checked when it is first used."""

    invoice = Rule(float, needs="garage")


with Skipping():

    class Paper(Form):  # mro: Paper Form object; metaclass: FormMeta
        """A form of 1998. Nobody will fill it in again."""

        signature = Rule(bytes, needs="seal")
