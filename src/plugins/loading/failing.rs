//! Modules whose import fails, as far as their statements say so: what they import is missing, or stands for what is missing and has nothing.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::plugins::files::modules::{File, Look, Modules};
use crate::plugins::names::follow::absolute;
use crate::syntax::{Block, ClassDef, Expr, ExprKind, FunctionDef, Literal, StmtKind, for_parts};

/// How many modules of a package are looked through for imports that are missing.
const MOST_IMPORTED: usize = 400;

impl Modules<'_> {
    /// What importing a module raises because a module is missing that it imports whatever happens, or that one of its package does; or
    /// because it reads an attribute of `None`, which stands for a missing module.
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
            if seen.len() >= MOST_IMPORTED || !seen.insert(name.clone()) {
                continue;
            }
            let Look::Source(file) = self.look(&name) else {
                continue;
            };
            // Names that are bound to `None`, as what they should be is missing.
            let mut absent: Vec<Name> = vec![];
            for stmt in &file.syntax.body {
                let names: Vec<Name> = match &stmt.kind {
                    StmtKind::Import(names) => names.iter().map(|it| it.name.clone()).collect(),
                    StmtKind::ImportFrom(import) => {
                        let from = absolute(&file, import.level, &import.module);
                        let inside = from.iter().flat_map(|module| {
                            let names = import.names.iter();
                            names.map(move |it| Name::from(format!("{module}.{}", it.name)))
                        });
                        let inside: Vec<Name> = inside.collect();
                        from.into_iter().chain(inside).collect()
                    }
                    // What comes after it may not be come by.
                    StmtKind::Raise(_) => break,
                    StmtKind::Try(it) => {
                        if self.is_import_missing(&it.body, &file) {
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
                    if name.split('.').next() == dotted.split('.').next() {
                        waiting.push(name);
                    }
                }
            }
        }
        None
    }

    /// Whether the first thing that a block does is an import of what is missing.
    fn is_import_missing(&self, block: &Block, file: &Rc<File>) -> bool {
        let named = match block.first().map(|it| &it.kind) {
            Some(StmtKind::Import(names)) => names.first().map(|it| it.name.clone()),
            Some(StmtKind::ImportFrom(import)) => absolute(file, import.level, &import.module),
            _ => None,
        };
        named.is_some_and(|it| {
            let top = it.split('.').next().unwrap_or_default();
            matches!(self.look(top), Look::Missing(_))
        })
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
        let defaults = def.parameters.iter().filter_map(|it| it.default.as_ref());
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
