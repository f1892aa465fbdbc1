"""Plugins that change what is not theirs, and one that says yes to everything."""
