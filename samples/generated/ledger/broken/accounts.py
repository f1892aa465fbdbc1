"""The loop's variable is read when the function is *called*: by then the loop is over.

`Accounts().get_by_account("A-7")` asks for the currency `A-7`, and finds nothing. No error is ever raised.
"""

from ledger.columns import SOME, Repository


class Accounts(Repository):  # mro: Accounts Repository object
    """Is to have a function for each column of `SOME`."""


def add_getters(made):
    """Four functions, and one `column` for all of them."""
    for column in SOME:

        def get(self, value):
            return self.find(column, value)

        setattr(made, f"get_by_{column}", get)


add_getters(Accounts)


class Balances(Repository):  # mro: Balances Repository object; from: get_by_amount Balances
    """The same in a class body, with lambdas that read what the loop left behind."""

    for column in SOME:
        locals()[f"get_by_{column}"] = lambda self, value: self.find(self.column, value)
