"""A ledger, and what finds its exports: entry points of the installed distributions."""
