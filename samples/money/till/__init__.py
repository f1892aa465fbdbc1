"""Amounts of money: what `+`, `sum`, `<` and `+=` run when several classes have a say."""
