"""The same columns with a place each, and a cache for each class."""
