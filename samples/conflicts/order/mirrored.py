from .sound import Device, Plugin


class Mirrored(Device, Plugin, Device):  # raises: duplicate-base
    """Names a base twice."""
