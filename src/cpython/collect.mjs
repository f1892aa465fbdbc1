// Runs collect.py in Pyodide, which is CPython built for WebAssembly: for versions that are not installed.
//
//   npm install pyodide            # in some other folder; its newest version is one of CPython's newest
//   node collect.mjs FOLDER/node_modules/pyodide > 3.X.json
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = path.resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
const nowhere = () => {};
const pyodide = await loadPyodide({ stdout: nowhere, stderr: nowhere });
const script = path.join(path.dirname(fileURLToPath(import.meta.url)), "collect.py");
const globals = pyodide.runPython("dict(__name__='collect')");
pyodide.runPython(fs.readFileSync(script, "utf8"), { globals });
const told = pyodide.runPython(
  `
import json, warnings
warnings.simplefilter("ignore")
sys.path[:] = [entry for entry in sys.path if entry and "site-packages" not in entry]
json.dumps(describe(), separators=(",", ":"))
`,
  { globals },
);
fs.writeSync(1, told + "\n");
