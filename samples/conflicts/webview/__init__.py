"""A view whose mixin comes too late in the list of bases."""
