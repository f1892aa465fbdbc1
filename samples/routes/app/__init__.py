"""The web front of a warehouse: handlers find their way into the route table by being defined."""
