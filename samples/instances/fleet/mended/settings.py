"""The metaclass hands out the instance before `__init__` would run again, one for each class."""

from fleet.registry import Single


class Settings(metaclass=Single):  # metaclass: Single; from: __init__ Settings
    """What the drivers may change."""

    def __init__(self):
        self.speed_limit = 80


class NightSettings(Settings):  # metaclass: Single; mro: NightSettings Settings object
    """What they may change at night."""


DAY = Settings()
DAY.speed_limit = 60
NIGHT = NightSettings()
