"""An enumeration that somebody wants to add a member to."""
