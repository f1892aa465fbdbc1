"""The same jobs, unspoilt."""
