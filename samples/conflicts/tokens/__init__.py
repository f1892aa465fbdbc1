"""A mixin with slots beside a type that is written in C."""
