"""Orders that describe themselves in logs: without bounds, without an end, and bounded."""
