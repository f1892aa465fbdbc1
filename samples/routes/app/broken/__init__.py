"""Reports that answer 404 until somebody touches them."""
