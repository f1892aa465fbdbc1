"""Functions made in a loop which all ask for the last column."""
