"""Two libraries of models, each with a metaclass of its own."""
