"""Forms that the check refuses, and one that a careless key lets through."""
