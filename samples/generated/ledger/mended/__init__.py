"""Functions made in a loop, each with the column that it was made for."""
