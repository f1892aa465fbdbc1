"""Five handlers for each of a hundred tables. No class statement makes them: `type` is called, 500 times.

`type(name, (Handler,), …)` asks the metaclass of `Handler` to make the class, so each of them is registered.
"""

from app.routing import Handler

TABLES = [f"stock{number}" for number in range(100)]
ACTIONS = [
    ("List", "GET", "/{}"),
    ("Create", "POST", "/{}"),
    ("Show", "GET", "/{}/<id>"),
    ("Update", "PUT", "/{}/<id>"),
    ("Remove", "DELETE", "/{}/<id>"),
]

for table in TABLES:
    for verb, method, pattern in ACTIONS:
        name = verb + table.capitalize()
        namespace = {"__doc__": f"{verb} {table}.", "method": method, "path": pattern.format(table)}
        globals()[name] = type(name, (Handler,), namespace)
