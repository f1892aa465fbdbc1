"""Bases whose instances keep their fields in places that do not fit together, and bases that cannot be one."""
