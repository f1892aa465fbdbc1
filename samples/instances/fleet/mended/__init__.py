"""What is no longer used is no longer there, and what is single stays as it is."""
