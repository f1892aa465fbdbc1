"""Models whose mixins stand in the wrong order, and one that breaks the chain of `save`."""
