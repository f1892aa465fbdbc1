"""The results of a search, page by page: containers that Python does not take for such, and the same mended."""
