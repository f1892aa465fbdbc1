"""Keys that decide on which shard a row lives, and what becomes of them when they are compared and hashed."""
