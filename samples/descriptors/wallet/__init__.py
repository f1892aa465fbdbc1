"""Accounts whose attributes are descriptors: checked, computed, kept, locked, shared and secret ones."""
