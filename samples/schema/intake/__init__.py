"""Forms that an insurance office takes in: their schemas are checked when the classes are made."""
