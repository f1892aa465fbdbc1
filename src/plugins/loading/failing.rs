//! Modules whose import fails, as far as their statements say so: what they import is missing, or stands for what is missing and has nothing.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::plugins::files::modules::{File, Look, Modules};
use crate::plugins::names::follow::absolute;
use crate::source::{is_there, text_of};
use crate::syntax::{
    Block, ClassDef, Expr, ExprKind, FunctionDef, Handler, ImportFrom, Literal, StmtKind, for_parts,
};

/// How many modules are looked through for imports that are missing.
const MOST_IMPORTED: usize = 4_000;

impl Modules<'_> {
    /// What importing a module raises because a module is missing that it imports whatever happens, or that one of its package does, or a name
    /// that it imports from one of these; or because it reads an attribute of `None`, which stands for a missing module.
    ///
    /// ```python
    /// try:
    ///     from lxml import etree
    /// except ImportError:
    ///     etree = None
    ///
    /// def parse(node: etree.Element): ...  # AttributeError
    /// ```
    pub(in crate::plugins) fn fails(&self, dotted: &str) -> Option<String> {
        // A package that puts folders of its own on `sys.path` may find there what is nowhere else.
        let ends = dotted.match_indices('.').map(|(at, _)| &dotted[..at]);
        for around in ends.chain([dotted]) {
            if let Look::Source(file) = self.look(around)
                && file.text.contains("sys.path")
            {
                return None;
            }
        }
        let mut seen: FxHashSet<Name> = FxHashSet::default();
        let mut waiting = vec![Name::from(dotted)];
        while let Some(name) = waiting.pop() {
            if self.is_sound(&name) || seen.len() >= MOST_IMPORTED || !seen.insert(name.clone()) {
                continue;
            }
            let Look::Source(file) = self.look(&name) else {
                continue;
            };
            // What the interpreter's own library needs is its own matter.
            if !file.is_project && self.distribution(&file).is_none() {
                continue;
            }
            // Names that are bound to `None`, as what they should be is missing.
            let mut absent: Vec<Name> = vec![];
            for stmt in &file.syntax.body {
                let names: Vec<Name> = match &stmt.kind {
                    StmtKind::Import(names) => names.iter().map(|it| it.name.clone()).collect(),
                    StmtKind::ImportFrom(import) => {
                        let from = absolute(&file, import.level, &import.module);
                        if let Some(module) = from.as_ref()
                            && let Some(why) = self.lacks_name(module, import, &file)
                        {
                            return Some(why);
                        }
                        let inside = from.iter().flat_map(|module| {
                            let of = self.source(module);
                            let names = import.names.iter();
                            // A name that the package has is no module inside of it.
                            let names = names.filter(move |it| {
                                of.as_ref().is_none_or(|of| !of.table.has(&it.name))
                            });
                            names.map(move |it| Name::from(format!("{module}.{}", it.name)))
                        });
                        let inside: Vec<Name> = inside.collect();
                        from.into_iter().chain(inside).collect()
                    }
                    // What comes after it may not be come by.
                    StmtKind::Raise(_) => break,
                    StmtKind::Try(it) => {
                        if let Some(missing) = self.missing_import(&it.body, &file) {
                            if let Some(why) =
                                raised_instead(&it.handlers, &missing, &file, &|block| {
                                    let missing = self.missing_import(block, &file)?;
                                    Some(format!(
                                        "ModuleNotFoundError: No module named '{missing}'"
                                    ))
                                })
                            {
                                return Some(why);
                            }
                            let handlers = it.handlers.iter();
                            absent.extend(handlers.flat_map(|it| bound_to_none(&it.body)));
                        }
                        continue;
                    }
                    other => {
                        let found = absent
                            .iter()
                            .find_map(|name| Some((name, self.attribute_of(name, other, &file)?)));
                        if let Some((name, attribute)) = found {
                            return Some(format!(
                                "AttributeError: 'NoneType' object has no attribute '{attribute}': \
                                 `{name}` of `{}` is `None`, as what it should be is not installed",
                                file.name
                            ));
                        }
                        continue;
                    }
                };
                for name in names {
                    // Inside of packages modules may stand that no file is: `os.path`; so do compiled ones with an underscore.
                    let top = name.split('.').next().unwrap_or_default();
                    if !top.starts_with('_')
                        && let Look::Missing(message) = self.look(top)
                    {
                        return Some(format!("ModuleNotFoundError: {message}"));
                    }
                    waiting.push(name);
                }
            }
        }
        if seen.len() < MOST_IMPORTED {
            self.are_sound(seen);
        }
        None
    }

    /// Why an import of names from a module of the same package fails: there is no such module, or it has no such name, as far as that can be
    /// told from what is written.
    fn lacks_name(&self, module: &str, import: &ImportFrom, file: &Rc<File>) -> Option<String> {
        match self.look(module) {
            Look::Missing(message) if self.is_nowhere_else(module, file) => {
                Some(format!("ModuleNotFoundError: {message}"))
            }
            Look::Source(from) if from.is_closed() && from.name != file.name => {
                let lacks = |name: &Name| {
                    let inside = format!("{module}.{name}");
                    let is_inside = || !matches!(self.look(&inside), Look::Missing(_));
                    name != "*"
                        && !name.starts_with("__")
                        && !from.text.contains(name.as_str())
                        && !(from.package && (is_inside() || !self.is_nowhere_else(&inside, file)))
                };
                let missing = import.names.iter().find(|it| lacks(&it.name))?;
                let name = &missing.name;
                Some(format!(
                    "ImportError: cannot import name '{name}' from '{module}'"
                ))
            }
            _ => None,
        }
    }

    /// Whether a module that no file is cannot come from anywhere else: nothing is beside its place that a build makes it of, and none of the
    /// packages around it, nor who imports it, does anything to how modules are found.
    fn is_nowhere_else(&self, module: &str, importer: &Rc<File>) -> bool {
        let Some((around, last)) = module.rsplit_once('.') else {
            return false;
        };
        let is_plain = |file: &Rc<File>| !FINDING.iter().any(|it| file.text.contains(it));
        let ends = around.match_indices('.').map(|(at, _)| &around[..at]);
        let mut packages = ends.chain([around]);
        let are_plain = packages.all(|it| match self.look(it) {
            Look::Source(file) => is_plain(&file),
            _ => false,
        });
        if !are_plain || !is_plain(importer) {
            return false;
        }
        let Some(package) = self.source(around) else {
            return false;
        };
        let folder = package.path.parent().and_then(|it| it.read_dir().ok());
        let is_it = |name: &std::ffi::OsStr| {
            let name = name.to_string_lossy();
            name.strip_prefix(last)
                .is_some_and(|it| it.starts_with('.'))
        };
        let entries = folder.into_iter().flatten().flatten();
        let names: Vec<std::ffi::OsString> = entries.map(|it| it.file_name()).collect();
        // A compiled one that a build makes of something else.
        let is_source = |name: &std::ffi::OsString| {
            let name = name.to_string_lossy();
            name.rsplit_once('.')
                .is_some_and(|it| SOURCES.contains(&it.1))
        };
        let is_built = || names.iter().any(is_source) || self.may_be_built(last);
        package.package
            && !names.iter().any(|it| is_it(it))
            && !(last.starts_with('_') && package.is_project && is_built())
    }

    /// Whether something at the top of the project says that it compiles anything, or speaks of a name.
    fn may_be_built(&self, name: &str) -> bool {
        let folder = &self.ground.project.path;
        let says = |file: &str| {
            let text = text_of(&folder.join(file)).unwrap_or_default();
            text.contains(name) || BUILDING.iter().any(|it| text.contains(it))
        };
        BUILT_BY.iter().any(|it| is_there(&folder.join(it)).is_ok())
            || ["pyproject.toml", "setup.py", "setup.cfg"]
                .into_iter()
                .any(says)
    }

    /// The module that the first import of a block finds missing.
    fn missing_import(&self, block: &Block, file: &Rc<File>) -> Option<String> {
        let named = match block.first().map(|it| &it.kind) {
            Some(StmtKind::Import(names)) => names.first().map(|it| it.name.clone()),
            Some(StmtKind::ImportFrom(import)) => absolute(file, import.level, &import.module),
            _ => None,
        };
        let top = named?.split('.').next()?.to_owned();
        // Compiled ones with an underscore are no files.
        let is_missing = !top.starts_with('_') && matches!(self.look(&top), Look::Missing(_));
        is_missing.then_some(top)
    }

    /// The attribute of a name that a statement reads whatever happens.
    fn attribute_of(&self, name: &str, stmt: &StmtKind, file: &Rc<File>) -> Option<String> {
        let mut waiting: Vec<&Expr> = vec![];
        match stmt {
            StmtKind::Class(def) => return self.attribute_in_class(name, def, file),
            StmtKind::Function(def) => return self.attribute_in_head(name, def, file),
            StmtKind::Assign(_, value) | StmtKind::Expr(value) => waiting.push(value),
            _ => {}
        }
        attribute_in(name, waiting)
    }

    fn attribute_in_class(&self, name: &str, def: &ClassDef, file: &Rc<File>) -> Option<String> {
        let keywords = def.keywords.iter().map(|it| &it.1);
        let head = def.decorators.iter().chain(&def.bases).chain(keywords);
        attribute_in(name, head.collect()).or_else(|| {
            def.body
                .iter()
                .find_map(|stmt| self.attribute_of(name, &stmt.kind, file))
        })
    }

    /// Decorators, defaults, and annotations where they are evaluated: not from 3.14 on (PEP 649), nor where they are texts (PEP 563).
    fn attribute_in_head(&self, name: &str, def: &FunctionDef, file: &Rc<File>) -> Option<String> {
        let defaults = def.parameters.iter().filter_map(|it| it.default.as_deref());
        if let Some(found) = attribute_in(name, def.decorators.iter().chain(defaults).collect()) {
            return Some(found);
        }
        let version = self.ground.analysis.world.version();
        if (version.major, version.minor) >= (3, 14)
            || file.text.contains("from __future__ import annotations")
        {
            return None;
        }
        let annotations = def.annotations(&file.text);
        annotations.iter().find_map(|(_, start, end)| {
            let text = file.text.get(*start as usize..*end as usize)?;
            let rest = text.strip_prefix(name)?.strip_prefix('.')?;
            let is_part = |it: &char| it.is_alphanumeric() || *it == '_';
            Some(rest.chars().take_while(is_part).collect())
        })
    }
}

/// Files at the top of a project that say how something is compiled,
const BUILT_BY: [&str; 5] = [
    "Cargo.toml",
    "CMakeLists.txt",
    "meson.build",
    "Makefile",
    "BUILD",
];

/// endings of files that are compiled, or of which something is made,
const SOURCES: [&str; 9] = ["pyx", "pxd", "c", "cc", "cpp", "h", "rs", "proto", "in"];

/// and words of those that say how it is built.
const BUILDING: [&str; 9] = [
    "ext_modules",
    "ext-modules",
    "Extension(",
    "cffi",
    "cython",
    "Cython",
    "maturin",
    "scikit",
    "meson",
];

/// Words of code that has a say in which modules are found.
const FINDING: [&str; 7] = [
    "sys.modules",
    "__path__ =",
    "__path__ +=",
    "__path__.",
    "extend_path(",
    "meta_path",
    "__getattr__",
];

/// What a handler raises whatever happens, where it takes what an import raises that finds a module missing.
///
/// ```python
/// try:
///     import lxml
/// except ImportError:
///     raise ImportError("pip install lxml")
/// ```
fn raised_instead(
    handlers: &[Handler],
    missing: &str,
    file: &Rc<File>,
    lacking: &dyn Fn(&Block) -> Option<String>,
) -> Option<String> {
    let name_of = |it: &Expr| match &it.kind {
        ExprKind::Name(name) => Some(name.clone()),
        _ => None,
    };
    let takes = |name: &Name| {
        matches!(
            name.as_str(),
            "ImportError" | "ModuleNotFoundError" | "Exception" | "BaseException"
        )
    };
    let handler = handlers.iter().find(|it| match &it.kind {
        None => true,
        Some(kind) => match &kind.kind {
            ExprKind::Tuple(kinds) => kinds.iter().filter_map(name_of).any(|it| takes(&it)),
            _ => name_of(kind).is_some_and(|it| takes(&it)),
        },
    })?;
    // What is imported instead may be missing, too.
    for (at, stmt) in handler.body.iter().enumerate() {
        match &stmt.kind {
            StmtKind::Import(_) | StmtKind::ImportFrom(_) => {
                if let Some(why) = lacking(&handler.body[at..]) {
                    return Some(why);
                }
            }
            StmtKind::Assign(..) | StmtKind::Annotate(..) | StmtKind::Expr(_) => {}
            _ => break,
        }
    }
    let raised = handler.body.iter().find_map(|stmt| match &stmt.kind {
        StmtKind::Raise(raised) => Some(raised.as_deref()),
        _ => None,
    })?;
    let leaves = |it: &StmtKind| {
        matches!(
            it,
            StmtKind::If(_) | StmtKind::Try(_) | StmtKind::While { .. } | StmtKind::For { .. }
        )
    };
    if handler.body.iter().any(|it| leaves(&it.kind)) {
        return None;
    }
    let said = match raised {
        None => format!("ModuleNotFoundError: No module named '{missing}'"),
        Some(expr) => {
            let (class, message) = match &expr.kind {
                ExprKind::Call(call) => (&call.function, call.arguments.first()),
                _ => (expr, None),
            };
            let text = file.text.get(class.start as usize..class.end as usize)?;
            match message.map(|it| &it.kind) {
                Some(ExprKind::Literal(Literal::Str(said))) => format!("{text}: {said}"),
                _ => text.to_owned(),
            }
        }
    };
    Some(said)
}

/// The names that a block binds to `None`.
fn bound_to_none(block: &Block) -> Vec<Name> {
    let mut found = vec![];
    for stmt in block {
        if let StmtKind::Assign(targets, value) = &stmt.kind
            && matches!(value.kind, ExprKind::Literal(Literal::None))
        {
            found.extend(targets.iter().filter_map(|it| match &it.kind {
                ExprKind::Name(name) => Some(name.clone()),
                _ => None,
            }));
        }
    }
    found
}

/// The attribute of a name that one of these expressions reads, where nothing decides whether it does.
fn attribute_in(name: &str, mut waiting: Vec<&Expr>) -> Option<String> {
    while let Some(expr) = waiting.pop() {
        match &expr.kind {
            ExprKind::Attribute(of, attribute) if matches!(&of.kind, ExprKind::Name(it) if it == name) =>
            {
                return Some(attribute.to_string());
            }
            // What comes first may decide.
            ExprKind::And(parts) | ExprKind::Or(parts) => waiting.extend(parts.first()),
            ExprKind::If(parts) => waiting.push(&parts.0),
            _ => for_parts(expr, &mut |part| waiting.push(part)),
        }
    }
    None
}
