from .sound import File, Socket


class NamedPipe(File, Socket):  # raises: inconsistent-mro
    """Cannot say both. The mistake is in neither of its bases, but between them."""
