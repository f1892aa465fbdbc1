from .sound import Colour, Point


class ColouredPoint(Point, Colour):  # raises: layout-conflict
    """Both bases have fields of their own."""
