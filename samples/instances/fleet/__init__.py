"""Vehicles of a haulier, and metaclasses that keep track of every one of them."""
