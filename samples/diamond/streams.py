"""Where bytes go on their way out: a diamond, and why `super()` does not mean "my base".

`Buffered.write` hands on to `super()`. In a plain `Buffered` that is `Stream`; in `SecureBuffer` it is `Encrypted`,
which `Buffered` has never heard of.
"""


class Stream:  # mro: Stream object
    """Writes as it is told."""

    def __init__(self, sink):
        self.sink = sink

    def write(self, data):
        self.sink.append(data)

    def close(self):
        """Nothing to do."""


class Buffered(Stream):  # mro: Buffered Stream object
    """Waits until there is enough to write."""

    limit = 4096

    def __init__(self, sink):
        super().__init__(sink)
        self.waiting = b""

    def write(self, data):
        self.waiting += data
        if len(self.waiting) >= self.limit:
            self.flush()

    def flush(self):
        waiting, self.waiting = self.waiting, b""
        super().write(waiting)

    def close(self):
        self.flush()
        super().close()


class Encrypted(Stream):  # mro: Encrypted Stream object
    """Writes what only the owner of the key can read."""

    key = 42

    def write(self, data):
        super().write(bytes(byte ^ self.key for byte in data))


class SecureBuffer(Buffered, Encrypted):  # mro: SecureBuffer Buffered Encrypted Stream object
    # from: write Buffered; from: close Buffered; from: key Encrypted
    """Waits first, then encrypts."""


class BufferedSecret(Encrypted, Buffered):  # mro: BufferedSecret Encrypted Buffered Stream object
    # from: write Encrypted; from: flush Buffered
    """Encrypts first, then waits: the same two bases, the other way round."""
