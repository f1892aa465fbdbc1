"""Repositories of a ledger with 25,000 columns, and a `get_by_…` for each of them."""
