"""Jobs that run at night, and the decorators that are put above their classes."""
