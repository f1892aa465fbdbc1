"""The same forms, sound."""
