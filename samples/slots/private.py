"""Names in `__slots__` are mangled like any other private name."""


class Vault:  # base: object
    """The field is called `_Vault__secret`; a class attribute `__secret` would stand in its way."""

    __slots__ = ("__secret", "owner")

    def __init__(self, secret, owner):
        self.__secret = secret
        self.owner = owner


class OpenVault(Vault):  # base: Vault
    # from: _Vault__secret Vault; from: owner OpenVault
    __slots__ = ("owner",)


class GlassVault:  # raises: slots-conflict
    __slots__ = ("__secret",)
    __secret = "on display"
