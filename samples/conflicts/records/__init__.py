"""Two parts of a record, each with slots of its own, and a class that wants both."""
