"""Runs each module of a folder, statement by statement, and prints which functions began in each class statement, and when it was called."""
import json
import os
import sys
import types

MARK = "# --\n"


class Run:
    """A module executed anew: what each class statement did, and what it bound."""

    def __init__(self, text):
        self.calls, self.rows, self.bound = [], [], {}
        begun = types.ModuleType("begun")
        begun.begun = self.calls.append
        sys.modules["begun"] = begun
        names = {"__name__": "case"}
        for number, part in enumerate(text.split(MARK)):
            found = [line.split("class ")[1] for line in part.splitlines() if line.lstrip().startswith("class ")]
            name = found[0].split("(")[0].split(":")[0] if found else None
            before = len(self.calls)
            try:
                exec(compile(part, "case.py", "exec"), names)
                error = None
            except Exception as raised:
                error = raised
            if name:
                self.rows.append((number, name, answer(self.calls[before:], error)))
                self.bound[number] = names.get(name)
            if error:
                break

    def ask(self, number, arguments):
        before = len(self.calls)
        try:
            self.bound[number](*arguments)
            error = None
        except Exception as raised:
            error = raised
        return answer(self.calls[before:], error)


def answer(calls, error):
    return {"calls": list(calls), "raises": error and type(error).__name__, "msg": None if error is None else str(error)}


def measured(text):
    for number, name, made in Run(text).rows:
        row = {"name": name, "creation": made}
        if made["raises"] is None:
            row["none"] = Run(text).ask(number, ())
            row["one"] = Run(text).ask(number, (1,))
        yield row


for file in sorted(os.listdir(sys.argv[1])):
    if file.startswith("case_"):
        with open(os.path.join(sys.argv[1], file)) as opened:
            print(json.dumps({"case": file[:-3], "rows": list(measured(opened.read()))}))
