from .sound import Importer, Plugin


class CsvImporter(Plugin, Importer):  # raises: inconsistent-mro
    """`Importer` derives from `Plugin`, so it has to come first."""
