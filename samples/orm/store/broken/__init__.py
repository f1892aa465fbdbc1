"""Columns that come late and share a place, and a cache that is a base's."""
