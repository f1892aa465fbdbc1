//! Django, loaded whole and held against CPython. Runs where `MROSCOPE_DJANGO_PYTHON` names an interpreter that has it.

use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::Sandbox;

/// The interpreter that has Django; none says so, and is a failure where witnesses are required.
fn python() -> Option<PathBuf> {
    let python = env::var_os("MROSCOPE_DJANGO_PYTHON").map(PathBuf::from);
    if python.is_none() {
        assert!(
            env::var_os("MROSCOPE_REQUIRE_PYTHON").is_none(),
            "MROSCOPE_REQUIRE_PYTHON is set, but MROSCOPE_DJANGO_PYTHON names no interpreter"
        );
        #[expect(
            clippy::print_stderr,
            reason = "the reader of a test run must hear of it"
        )]
        {
            eprintln!("MROSCOPE_DJANGO_PYTHON is not set: Django was not compared");
        }
    }
    python
}

/// What the interpreter prints as JSON.
fn ask(python: &PathBuf, question: &str) -> Value {
    let output = Command::new(python)
        .args(["-I", "-c", question])
        .stdin(Stdio::null())
        .output()
        .expect("the interpreter starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).expect("the question prints JSON")
}

/// What mroscope prints, in an empty folder and with the environment of the interpreter.
fn mroscope(python: &PathBuf, arguments: &[&str]) -> String {
    let sandbox = Sandbox::new("");
    let output = Command::new(env!("CARGO_BIN_EXE_mroscope"))
        .args(arguments)
        .arg("--python")
        .arg(python)
        .current_dir(sandbox.root())
        .stdin(Stdio::null())
        .output()
        .expect("the binary was built with the tests");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("mroscope prints UTF-8")
}

#[test]
fn the_mro_of_list_view_is_cpythons() {
    let Some(python) = python() else { return };
    let theirs = ask(
        &python,
        "import json; from django.views.generic import ListView
print(json.dumps([f'{c.__module__}:{c.__qualname__}' for c in ListView.__mro__]))",
    );
    let ours = mroscope(&python, &["mro", "django.views.generic:ListView"]);
    let ours: Vec<&str> = ours.lines().collect();
    assert_eq!(serde_json::json!(ours), theirs);
}

#[test]
fn every_attribute_of_list_view_comes_from_the_class_inspect_names() {
    let Some(python) = python() else { return };
    let theirs = ask(
        &python,
        "import inspect, json; from django.views.generic import ListView
print(json.dumps({a.name: f'{a.defining_class.__module__}:{a.defining_class.__qualname__}'
                  for a in inspect.classify_class_attrs(ListView)}))",
    );
    let ours = mroscope(&python, &["mro", "django.views.generic:ListView", "--json"]);
    let ours: Value = serde_json::from_str(&ours).expect("one JSON object is printed");
    assert_eq!(providers(&ours), providers_of_inspect(&theirs));
}

fn providers(class: &Value) -> BTreeMap<String, String> {
    let attributes = class["attrs"].as_object().expect("a class has attributes");
    attributes
        .iter()
        .map(|(name, said)| (name.clone(), said[0].as_str().unwrap_or("?").to_owned()))
        .collect()
}

fn providers_of_inspect(attributes: &Value) -> BTreeMap<String, String> {
    let attributes = attributes.as_object().expect("an object was asked for");
    attributes
        .iter()
        .map(|(name, class)| (name.clone(), class.as_str().unwrap_or("?").to_owned()))
        .collect()
}

/// Every class that the modules of these packages define at their top, as `module:name`, with its MRO.
const EVERY_CLASS: &str = r"
import importlib, json, pkgutil
from django.conf import settings
settings.configure()
import django
django.setup()
found = {}
for package in ('django.views', 'django.forms', 'django.http', 'django.template', 'django.core', 'django.utils', 'django.db.models'):
    package = importlib.import_module(package)
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + '.', onerror=lambda name: None):
        try:
            module = importlib.import_module(info.name)
        except Exception:
            continue
        for name, value in vars(module).items():
            if isinstance(value, type) and value.__module__ == module.__name__ and value.__qualname__ == name:
                found[f'{module.__name__}:{name}'] = [f'{c.__module__}:{c.__qualname__}' for c in value.__mro__]
print(json.dumps(found))
";

#[test]
fn what_is_called_exact_is_exact_all_over_django() {
    let Some(python) = python() else { return };
    let folder = ask(
        &python,
        "import json, os, django; print(json.dumps(os.path.dirname(django.__file__)))",
    );
    let folder = folder.as_str().expect("a path is text").to_owned();
    let dumped = mroscope(&python, &["dump", &folder]);
    let mut ours = BTreeMap::new();
    for line in dumped.lines() {
        let class: Value = serde_json::from_str(line).expect("each line is a JSON object");
        let id = class["id"].as_str().unwrap_or_default().to_owned();
        ours.insert(id, class);
    }
    assert!(ours.len() > 1_500, "{} classes were found", ours.len());
    let theirs = ask(&python, EVERY_CLASS);
    let theirs = theirs.as_object().expect("an object was asked for");
    let (mut exact, mut wrong) = (0, vec![]);
    for (id, mro) in theirs {
        let Some(class) = ours.get(id) else {
            wrong.push(format!("{id} is not found"));
            continue;
        };
        if class["status"] != "exact" {
            continue;
        }
        exact += 1;
        if class["mro"] != *mro {
            wrong.push(format!(
                "{id}\n  mroscope {}\n  CPython  {mro}",
                class["mro"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        exact * 100 >= theirs.len() * 95,
        "{exact} of {} are exact",
        theirs.len()
    );
}
