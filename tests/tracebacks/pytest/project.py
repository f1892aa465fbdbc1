--- shop/__init__.py
--- shop/models.py
from abc import ABC, abstractmethod


class Storage(ABC):
    @abstractmethod
    def load(self, key): ...

    @abstractmethod
    def save(self, key, value): ...


class Cached:
    def load(self, key):
        return None


class Disk(Storage, Cached):
    def save(self, key, value):
        return value


class Account:
    def __init__(self, owner):
        self.owner = owner

    def open(self):
        self.opened = True

    @property
    def number(self):
        return 1


class Savings(Account):
    def __init__(self, owner):
        super().__init__(owner, "savings")


class Frozen:
    __slots__ = ("x",)

    def __init__(self):
        self.y = 1
--- shop/broken.py
class A: ...
class B: ...
class X(A, B): ...
class Y(B, A): ...


class Crossed(X, Y):
    def run(self):
        return 1
--- tests/test_shop.py
import pytest

from shop.models import Account, Disk, Frozen, Savings


@pytest.fixture
def account():
    return Account("me")


@pytest.fixture
def disk():
    return Disk()


def test_abstract():
    Disk()


def test_fixture(disk):
    disk.load(1)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_attribute(account, number):
    assert account.opend == number


def test_deep():
    make(lambda: Savings("me"))


def make(factory):
    return build(factory)


def build(factory):
    made = factory()
    return made


def test_slots():
    Frozen()


def test_property(account):
    account.number = 3


def test_chain():
    try:
        Account.owner
    except AttributeError as error:
        raise RuntimeError("no owner") from error


def test_import():
    import shop.broken


def test_other():
    assert 1 == 2
--- tests/test_broken.py
from shop.broken import Crossed


def test_run():
    Crossed().run()
--- tests/test_unit.py
import unittest

from shop.models import Account, Disk


class Unit(unittest.TestCase):
    def test_disk(self):
        Disk()

    def test_account(self):
        with self.subTest(n=1):
            Account("me").nummer
