"""Queries that are written as chains of calls: one kind changes itself, one makes a new query with each call."""
