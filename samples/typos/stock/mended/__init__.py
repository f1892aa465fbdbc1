"""Every hook takes what is its own, and hands on the rest."""
