class Steps(range):  # raises: unacceptable-base
    """Nor can anything derive from `range`."""
