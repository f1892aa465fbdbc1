"""Runs each program of a folder in every world, and prints what its classes came to: a line of JSON a program.

A program asks `coin(0)`, `coin(1)` ... of the module `coins`; a world is what these answer. `some(0)` is two items or none.
"""

import itertools
import json
import pathlib
import reprlib
import sys
import types

PLAIN = (int, str, list, dict, set, tuple, type(None), float)
ANSWERS = {}

coins = types.ModuleType("coins")
coins.coin = lambda number: ANSWERS[number]
coins.some = lambda number: [4, 4] if ANSWERS[number] else []
sys.modules["coins"] = coins


def plain(value):
    return type(value) in PLAIN and " at 0x" not in repr(value)


def told(cls):
    names = {name: reprlib.repr(value) for name, value in vars(cls).items() if name.startswith("v") and plain(value)}
    return {"mro": [each.__name__ for each in cls.__mro__], "meta": type(cls).__name__, "values": names}


def world(code, answers):
    ANSWERS.update(enumerate(answers))
    names = {"__name__": "program"}
    raised = False
    try:
        exec(code, names)
    except Exception:
        raised = True
    classes = {name: told(value) for name, value in names.items() if name.startswith("K") and isinstance(value, type)}
    return {"raised": raised, "classes": classes}


for path in sorted(pathlib.Path(sys.argv[1]).glob("case_*.py")):
    text = path.read_text()
    numbers = [number for number in range(4) if "coin(%d)" % number in text or "some(%d)" % number in text]
    asked = max(numbers, default=-1) + 1
    code = compile(text, path.name, "exec")
    worlds = [world(code, answers) for answers in itertools.product((False, True), repeat=asked)]
    print(json.dumps({"case": path.stem, "worlds": worlds}))
