class Lookup(dict, list):  # raises: layout-conflict
    """Or as a `dict` or as a `list`."""
