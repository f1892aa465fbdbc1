"""A hundred models of twenty columns each, made from a list of tables as an import of an old database does."""

from store.fields import Column
from store.model import Model

TABLES = [f"Archive{year}" for year in range(1920, 2020)]
FIELDS = [f"field{number}" for number in range(20)]

for table in TABLES:
    globals()[table] = type(table, (Model,), {field: Column(str) for field in FIELDS})
