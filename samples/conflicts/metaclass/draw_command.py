from .sound import Command, Shape


class DrawCommand(Command, Shape):  # raises: metaclass-conflict
    """Neither of the metaclasses derives from the other."""
