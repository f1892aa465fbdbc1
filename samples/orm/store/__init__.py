"""A small object-relational mapper and the models of a store."""
