"""The same models: what is mixed in comes first and hands on."""
