"""The exports that come with the ledger."""
