"""Class statements whose bases take more than a name to follow. Every row of it is asked of CPython and of mroscope."""
