"""A generic class that names `Generic` before the generic class it derives from."""
