"""Plugins that keep to themselves."""
