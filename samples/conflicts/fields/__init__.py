"""`__slots__` that cannot be."""
