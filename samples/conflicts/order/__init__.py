"""Base lists whose order no MRO can keep."""
