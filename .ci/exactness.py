"""Writes the page docs/exactness.md from what `mroscope verify --json` said: the second half of .ci/exactness."""
import json
import subprocess
import sys

HEAD = """# How exact it is

`mroscope` says what CPython will do with a class, or why it cannot know. Here is how often that was so for code that nobody wrote for it.

## Method

`mroscope verify` works out every class of a package from its source. Then it starts the CPython of the environment, imports every
module of the package, and asks it for every class that is alive and says it is from there: its MRO and its metaclass, past all that a
metaclass can override. Where an import ends in a class statement that raises, its exception and message are compared too. Which class
is which is decided by the lines of their functions and the names they are bound to. Packages that want Django's settings get a set-up file;
compiled modules were described by `mroscope snapshot`. What does not import is not compared: the column *imported* says how much did.

- **equal**: the same MRO and metaclass, or the same exception and message.
- **different**: mroscope gave an answer, and CPython's is another. Each is listed below.
- **unknown**: mroscope says that it cannot know.
- **missing**: made while the program runs, in ways mroscope does not see: by `ctypes`, `type()` in a loop over what is only known then,
  by a compiler for its own use.
- **not told apart**: several classes have the name, with different answers, and nothing says which one it is.

This page is made by `bash .ci/exactness`.
"""


def row(said):
    counts = [said["equal"], len(said["different"]), len(said["incomplete"]), len(said["missing"]), len(said["not_told_apart"])]
    return [said["name"], said["version"], "%d of %d" % (said["imported"], said["modules"]), said["classes"], *counts,
            share(said["equal"], said["classes"])]


def share(part, whole):
    """In percent, to the hundredth; all only where it is all."""
    if not whole:
        return ""
    hundredths = part * 10000 // whole
    return "%d.%02d %%" % divmod(hundredths, 100)


def table(rows):
    head = ["package", "version", "imported", "classes", "equal", "different", "unknown", "missing", "not told apart", "equal"]
    print("| " + " | ".join(head) + " |")
    print("| --- | --- |" + " ---: |" * (len(head) - 2))
    for cells in rows:
        print("| " + " | ".join(str(cell) for cell in cells) + " |")


def total(name, told):
    classes = sum(said["classes"] for said in told)
    sums = [sum(count(said) for said in told) for count in (
        lambda said: said["equal"], lambda said: len(said["different"]), lambda said: len(said["incomplete"]),
        lambda said: len(said["missing"]), lambda said: len(said["not_told_apart"]))]
    imported = "%d of %d" % (sum(said["imported"] for said in told), sum(said["modules"] for said in told))
    return [name, "", imported, classes, *sums, share(sums[0], classes)]


def short(answer):
    if answer is None:
        return "makes a class"
    if isinstance(answer, dict):
        return "raises `%s: %s`" % (answer["exc"], " ".join(answer["msg"].split())[:300])
    if isinstance(answer, list):
        return " ".join("`%s`" % name.partition(":")[2] for name in answer)
    return "`%s`" % answer


def main():
    mroscope, *files = sys.argv[1:]
    told = []
    for file in files:
        with open(file) as opened:
            told.append(json.load(opened))
    version = subprocess.run([mroscope, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(HEAD)
    print("The figures are those of %s." % version)
    packages = [said for said in told if said["name"] != "standard library"]
    libraries = [said for said in told if said["name"] == "standard library"]
    for python in sorted({said["python"] for said in packages}, key=lambda text: [int(part) for part in text.split(".")]):
        some = [said for said in packages if said["python"] == python]
        some.sort(key=lambda said: said["name"].lower())
        print("\n## Packages, Python %s\n" % python)
        table([row(said) for said in some] + [total("**all**", some)])
    if libraries:
        print("\n## The standard library\n\nWithout its tests, IDLE, `tkinter` and `distutils`: there modules are imported twice over, or change the bases of other modules' classes.\n")
        table([row(said) for said in libraries] + [total("**all**", libraries)])
    print("\n## Where the two differ\n")
    differences = [(said, one) for said in told for one in said["different"]]
    if not differences:
        print("Nowhere.")
    for said, one in differences:
        print("- %s %s, Python %s: `%s` (%s:%s), %s" % (
            said["name"], said["version"], said["python"], one["id"], one.get("file"), one.get("line"),
            {"mro": "MRO", "raises": "the class statement"}.get(one["about"], one["about"])))
        print("  - mroscope: %s" % short(one["mroscope"]))
        print("  - CPython: %s" % short(one["python"]))
    unknown = sorted({(said["name"], one["id"]) for said in told for one in said["incomplete"]})
    print("\n## What mroscope says it cannot know\n")
    if not unknown:
        print("Nothing.")
    names = {}
    for name, identity in unknown:
        names.setdefault(name, []).append("`%s`" % identity)
    for name, ids in names.items():
        more = " and %d more" % (len(ids) - 10) if len(ids) > 10 else ""
        print("- %s: %s%s" % (name, ", ".join(ids[:10]), more))


main()
