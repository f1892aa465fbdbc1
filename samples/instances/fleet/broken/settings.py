"""A single instance by `__new__`. `type.__call__` calls `__init__` all the same: `Settings()` resets what is set."""


class Settings:  # metaclass: type; from: __new__ Settings; from: __init__ Settings
    """What the drivers may change."""

    single = None

    def __new__(cls):
        if cls.single is None:
            cls.single = super().__new__(cls)
        return cls.single

    def __init__(self):
        self.speed_limit = 80


class NightSettings(Settings):  # mro: NightSettings Settings object; from: single Settings
    """Finds the instance of its base in `cls.single`: `NightSettings()` gives the `Settings` that was there before."""


DAY = Settings()
DAY.speed_limit = 60
NIGHT = NightSettings()
