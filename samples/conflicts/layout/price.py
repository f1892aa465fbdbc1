from .sound import Amount, Cents


class Price(Amount, Cents):  # raises[<3.12]: layout-conflict
    # mro[>=3.12]: Price Amount Cents int object
    """Until Python 3.12 each of them kept its `__dict__` in a place of its own."""
