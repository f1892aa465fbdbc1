from .sound import Marked, Noted


class Remarked(Noted, Marked):  # raises[<3.11]: layout-conflict
    # base[>=3.11]: Noted
    """Until Python 3.11 that made a layout of each."""
