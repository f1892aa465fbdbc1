"""Writes tables in whatever format there is a plugin for; plugins come in five ways."""
