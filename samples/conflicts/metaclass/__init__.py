"""Bases whose metaclasses do not get along."""
