"""A list that nobody empties, instances that cannot be watched, and a single instance that forgets."""
