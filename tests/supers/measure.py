"""Which definitions of `run` log that they ran, for each class of each program below a folder and each fall of its coins."""
import importlib.util
import json
import pathlib
import sys

for file in sorted(pathlib.Path(sys.argv[1]).glob("case_*.py")):
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    classes = {}
    for name in module.NAMES:
        cls = getattr(module, name, None)
        if cls is None:
            continue
        logs = []
        for falls in range(2 ** module.COINS):
            module.falls[:] = [falls >> number & 1 for number in range(module.COINS)]
            del module.LOG[:]
            module.use(cls)
            logs.append(list(module.LOG))
        union = {one for log in logs for one in log}
        classes[name] = {
            "ran": sorted(union),
            "always": sorted(one for one in union if all(one in log for log in logs)),
            "twice": sorted(one for one in union if all(log.count(one) > 1 for log in logs)),
            "next": {
                after.__name__: getattr(getattr(super(after, cls()), "hook", None), "__qualname__", "").partition(".")[0] or None
                for after in cls.__mro__
            },
        }
    print(json.dumps({"case": file.stem, "classes": classes}))
