"""The same reports, in the table from the beginning."""
