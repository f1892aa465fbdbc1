"""A diamond that grew over three files, until its two sides said opposite things."""
