"""Base lists whose order no MRO can keep."""


class Plugin:
    """What the host loads."""


class Importer(Plugin):
    """Brings data in."""


class CsvImporter(Plugin, Importer):  # raises: inconsistent-mro
    """`Importer` derives from `Plugin`, so it has to come first."""


class TsvImporter(Importer, Plugin):  # mro: TsvImporter Importer Plugin object
    """So it does here."""


class Everything(object, Importer):  # raises: inconsistent-mro
    """`object` comes last in every MRO."""


class Readable:
    """Can be read from."""


class Writable:
    """Can be written to."""


class File(Readable, Writable):  # mro: File Readable Writable object
    """Says that `Readable` comes before `Writable`."""


class Socket(Writable, Readable):  # mro: Socket Writable Readable object
    """Says that `Writable` comes before `Readable`."""


class NamedPipe(File, Socket):  # raises: inconsistent-mro
    """Cannot say both. The mistake is in neither of its bases, but between them."""


class Device(File):  # mro: Device File Readable Writable object
    """Has one of them only."""


class Mirrored(Device, Plugin, Device):  # raises: duplicate-base
    """Names a base twice."""
