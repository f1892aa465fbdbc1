"""A mail room: small classes, each for one or two of the lessons that `mroscope learn` plays.

`parcels` is for the order of classes, the merge, methods and `super()`, `boxes` for descriptors, `desks` for metaclasses and
what a class statement runs, `stamps` for operators; `crossed` and `early` raise when they are imported.
"""
