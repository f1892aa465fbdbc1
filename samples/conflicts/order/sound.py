"""Classes that are made, which the modules beside this one derive from."""


class Plugin:
    """What the host loads."""


class Importer(Plugin):
    """Brings data in."""


class TsvImporter(Importer, Plugin):  # mro: TsvImporter Importer Plugin object
    """So it does here."""


class Readable:
    """Can be read from."""


class Writable:
    """Can be written to."""


class File(Readable, Writable):  # mro: File Readable Writable object
    """Says that `Readable` comes before `Writable`."""


class Socket(Writable, Readable):  # mro: Socket Writable Readable object
    """Says that `Writable` comes before `Readable`."""


class Device(File):  # mro: Device File Readable Writable object
    """Has one of them only."""
