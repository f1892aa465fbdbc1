import enum
class Color(enum.Enum):
    RED = 1
    GREEN = RED
    BLUE = 2
    AZURE = 2
    def shout(self): return self.name + "!"
class Perm(enum.Flag):
    R = 4
    W = 2
    RW = 6
    READ = 4
class Level(enum.IntEnum):
    LOW = 1
    ONE = True
    HIGH = 3
class Word(str, enum.Enum):
    YES = "yes"
    JA = "yes"
    NO = "no"
class Planet(enum.Enum):
    EARTH = (1, 2)
    TERRA = (1, 2)
    MARS = (3, 4)
    def __init__(self, mass, size):
        self.mass = mass
def refused(enumeration, value):
    try:
        return enumeration(value)
    except ValueError as error:
        return str(error)
class Values:
    v_same = Color.RED is Color.GREEN, Color.BLUE == Color.AZURE, Color.RED is Color.BLUE
    v_count = len(Color), len(Level), len(Word), len(Planet)
    v_names = [it.name for it in Color], [it.name for it in Level], [it.name for it in Planet]
    v_name = Color.GREEN.name, Color.AZURE.shout(), Color.GREEN.value, Word.JA.name
    v_found = Color(2) is Color.AZURE, Color["GREEN"] is Color.RED, Level(1) is Level.ONE, Word("yes") is Word.JA
    v_missing = refused(Color, 9), refused(Word, "maybe"), refused(Color, "RED")
    v_members = list(Color.__members__), Color.__members__["AZURE"] is Color.BLUE
    v_kept = Color._member_names_, Planet._member_names_
    v_flags = Perm.READ is Perm.R, Perm["READ"].name, Perm.RW.name
    v_inside = Color.RED in [Color.GREEN], {Color.RED: 1, Color.GREEN: 2}[Color.RED], len({Color.BLUE, Color.AZURE})
