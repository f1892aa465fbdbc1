class Flag(bool):  # raises: unacceptable-base
    """`True` and `False` are all the instances that `bool` will ever have."""
