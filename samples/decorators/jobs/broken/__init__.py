"""Jobs that decorators and a metaclass have spoilt."""
