//! Modules that a program looks for itself, in a package or a folder: what a loop over them goes through.
//!
//! ```python
//! for _, name, is_package in pkgutil.iter_modules(commands.__path__):
//!     module = importlib.import_module(f"{commands.__name__}.{name}")
//! for file in os.listdir(os.path.dirname(__file__)):
//!     if file.endswith(".py"): ...
//! ```

use std::rc::Rc;
use std::sync::Arc;

use crate::Name;
use crate::plugins::files::modules::{File, Look};
use crate::plugins::names::calls::keyword;
use crate::plugins::names::follow::{Follow, Instance, Scope, Thing};
use crate::plugins::names::search_path::plain;
use crate::plugins::names::written::{is_path, said};
use crate::syntax::{Call, Expr, ExprKind, Literal};

/// What `pkgutil.iter_modules` yields.
const INFO: &str = "pkgutil:ModuleInfo";

/// The parts of that, in order.
const PARTS: [&str; 3] = ["module_finder", "name", "ispkg"];

/// How deep packages in packages are looked into.
const DEEPEST: u32 = 12;

impl Follow<'_> {
    /// The modules that a call finds: `pkgutil.iter_modules(path, prefix)`, `pkgutil.walk_packages(…)`, the names that `os.listdir(folder)` gives.
    pub(super) fn found_modules(&self, call: &Call, scope: &Scope) -> Option<Vec<Thing>> {
        let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &call.function.kind else {
            return None;
        };
        // What is asked of each call has to be cheap.
        if !matches!(name.as_str(), "iter_modules" | "walk_packages" | "listdir") {
            return None;
        }
        let function = self.expr(&call.function, scope);
        let of_walk = is_path(&function, "pkgutil:walk_packages");
        let given = |at: usize, name: &str| call.arguments.get(at).or_else(|| keyword(call, name));
        if is_path(&function, "os:listdir") {
            let folder = self.path(given(0, "path")?, scope, 0)?;
            let package = self.package_in(&plain(&folder))?;
            let inside = self.found_in(&package.name, "", false, 0);
            let files = inside.into_iter().map(|(_, name, is_package)| {
                let end = if is_package { "" } else { ".py" };
                said(&format!("{name}{end}"), scope)
            });
            return Some(
                [said("__init__.py", scope)]
                    .into_iter()
                    .chain(files)
                    .collect(),
            );
        }
        if !of_walk && !is_path(&function, "pkgutil:iter_modules") {
            return None;
        }
        let package = self.package_of_path(given(0, "path")?, scope)?;
        let prefix = match given(1, "prefix") {
            Some(prefix) => self.text(prefix, scope)?,
            None => "".into(),
        };
        let found = self.found_in(&package, &prefix, of_walk, 0).into_iter();
        Some(
            found
                .map(|(_, name, is_package)| info(&name, is_package, scope))
                .collect(),
        )
    }

    /// The module that `importlib.import_module(name, package)` gives.
    pub(super) fn imported_by(&self, call: &Call, scope: &Scope) -> Option<Thing> {
        let name = self.text(
            call.arguments.first().or_else(|| keyword(call, "name"))?,
            scope,
        )?;
        if !name.starts_with('.') {
            return Some(Thing::Module(Name::from(&*name)));
        }
        let around = call.arguments.get(1).or_else(|| keyword(call, "package"))?;
        let around = self.text(around, scope)?;
        let rest = name.trim_start_matches('.');
        let mut around = &*around;
        for _ in 1..name.len() - rest.len() {
            around = around.rsplit_once('.')?.0;
        }
        let end = if rest.is_empty() { "" } else { "." };
        Some(Thing::Module(Name::from(format!("{around}{end}{rest}"))))
    }

    /// The modules in a package, with the names that a loop over them sees, sorted as `importlib.machinery.FileFinder` gives them.
    fn found_in(
        &self,
        package: &str,
        prefix: &str,
        walks: bool,
        depth: u32,
    ) -> Vec<(Name, String, bool)> {
        let mut names = self.modules.inside(package);
        names.sort();
        let mut found = vec![];
        for name in names {
            let whole = Name::from(format!("{package}.{name}"));
            let Look::Source(file) = self.modules.look(&whole) else {
                continue;
            };
            let shown = format!("{prefix}{name}");
            found.push((whole.clone(), shown.clone(), file.package));
            if walks && file.package && depth < DEEPEST {
                found.extend(self.found_in(&whole, &format!("{shown}."), true, depth + 1));
            }
        }
        found
    }

    /// The package whose search path an expression is: `commands.__path__`, `__path__`, `[os.path.dirname(__file__)]`.
    fn package_of_path(&self, path: &Expr, scope: &Scope) -> Option<Name> {
        match &path.kind {
            ExprKind::Name(name) if name == "__path__" && scope.file.package => {
                Some(scope.file.name.clone())
            }
            ExprKind::Attribute(of, name) if name == "__path__" => match self.settled(of, scope) {
                Thing::Module(module) => {
                    let file = self.modules.source(&module)?;
                    file.package.then_some(module)
                }
                _ => None,
            },
            ExprKind::List(items) | ExprKind::Tuple(items) => {
                let [folder] = &**items else { return None };
                let folder = self.path(folder, scope, 0)?;
                Some(self.package_in(&plain(&folder))?.name.clone())
            }
            // `package_path = commands.__path__`
            ExprKind::Name(_) => {
                let (scope, value) = self.bound_value(path, scope)?;
                (value.start != path.start).then(|| self.package_of_path(&value, &scope))?
            }
            _ => None,
        }
    }

    /// The package of the project that a folder is.
    fn package_in(&self, folder: &std::path::Path) -> Option<Rc<File>> {
        let mut packages = self
            .modules
            .of_project()
            .into_iter()
            .filter(|it| it.package);
        packages.find(|it| it.path.parent() == Some(folder))
    }

    /// A part of what `pkgutil.iter_modules` yields; none of any other object.
    #[expect(clippy::unused_self, reason = "it stands beside what makes it")]
    pub(super) fn of_info(&self, of: &Instance, name: &str) -> Option<Thing> {
        let at = PARTS.iter().position(|it| *it == name)?;
        parts(of)?.into_iter().nth(at)
    }

    /// All parts of it.
    #[expect(clippy::unused_self, reason = "it stands beside what makes it")]
    pub(super) fn parts_of_info(&self, of: &Instance) -> Option<Vec<Thing>> {
        parts(of)
    }
}

fn parts(of: &Instance) -> Option<Vec<Thing>> {
    if of.class != INFO || !of.attributes.is_empty() {
        return None;
    }
    let (scope, made) = of.call.as_ref()?;
    let ExprKind::Tuple(items) = &made.kind else {
        return None;
    };
    let things = items.iter().map(|it| match &it.kind {
        ExprKind::Literal(Literal::None) => Thing::Unknown,
        _ => Thing::Value(scope.clone(), Arc::new(it.clone())),
    });
    Some(things.collect())
}

/// `pkgutil.ModuleInfo(finder, name, is_package)`, of which the finder is not known.
fn info(name: &str, is_package: bool, scope: &Scope) -> Thing {
    let at = |kind: ExprKind| Expr {
        kind,
        start: 0,
        end: 0,
    };
    let items = [
        Literal::None,
        Literal::Str(name.into()),
        Literal::Bool(is_package),
    ];
    let items = items.into_iter().map(|it| at(ExprKind::Literal(it)));
    let made = at(ExprKind::Tuple(items.collect()));
    Thing::Instance(Rc::new(Instance {
        class: String::from(INFO),
        object: String::new(),
        call: Some((Scope::of(&scope.file), Arc::new(made))),
        attributes: String::new(),
        of: None,
    }))
}
