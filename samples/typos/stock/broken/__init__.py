"""A name that is nearly right, a keyword that nobody reads, and a registry that never hears of a class."""
