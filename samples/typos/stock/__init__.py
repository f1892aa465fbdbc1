"""Records of a warehouse whose field names are checked when a class is made, with near misses."""
