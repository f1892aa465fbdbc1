"""Quantities with units, and what becomes of them beside an array that does arithmetic with each element."""
