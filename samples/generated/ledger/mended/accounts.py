"""A default is worked out when the function is *made*, and so is the argument of a function that makes functions."""

from ledger.columns import SOME, Repository, getter


class Accounts(Repository):  # mro: Accounts Repository object
    """Has a function for each column of `SOME`."""


def add_getters(made):
    """Four functions, each with a default of its own."""
    for column in SOME:

        def get(self, value, column=column):
            return self.find(column, value)

        setattr(made, f"get_by_{column}", get)


add_getters(Accounts)


class Balances(Repository):  # mro: Balances Repository object; from: get_by_amount Balances
    """The same in a class body."""

    for column in SOME:
        locals()[f"get_by_{column}"] = getter(column)
    del column
