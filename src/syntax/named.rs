//! The names that a file reads, what they mean where they stand, what the module binds, and the bodies in it: what a reader follows and folds.
//!
//! Scopes are those of the language reference, 4.2.2: a function's own names hide the module's, the names of a class body are seen in that body alone.
//! What a name leads to is not said here (`analysis/followed.rs`).

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::syntax::declared::bound_by_function;

/// How many names of a file are kept.
const MOST: usize = 100_000;

/// What a reader can follow in a file, and fold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileNames {
    /// Names that are read or imported, in order of the source.
    pub read: Vec<NamedAt>,
    /// What the module binds, in order of the source: a later one hides an earlier one.
    pub bound: Vec<BoundAt>,
    /// Bodies of functions and classes, in order of their heads.
    pub bodies: Vec<BodyAt>,
}

/// A name that is read, with the attributes behind it: `models.Model`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAt {
    /// Offset of the first byte.
    pub start: u32,
    /// The name and its attributes, each with the offset behind it.
    pub parts: Vec<(Name, u32)>,
    /// What the name means.
    pub means: Means,
}

/// What a name means where it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Means {
    /// A name of the module, or of `builtins`.
    Module,
    /// A name of the class body that is being executed: that of the class whose name stands at this offset.
    Class(u32),
    /// What an import statement brings.
    Imported(ImportOf),
}

/// What an import statement brings under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOf {
    /// How many dots stand before the module.
    pub level: u32,
    /// The module as it is written; empty where there are dots alone.
    pub module: Name,
    /// The name that is imported from it; none for the module itself.
    pub name: Option<Name>,
}

/// A name that the module binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundAt {
    /// The name.
    pub name: Name,
    /// Offset of the first byte of the statement's name.
    pub start: u32,
    /// Offset behind it.
    pub end: u32,
    /// What it brings, where an import statement binds it.
    pub import: Option<ImportOf>,
}

/// The body of a function or class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyAt {
    /// Offset of its name, in the head.
    pub head: u32,
    /// Offset of its first statement.
    pub start: u32,
    /// Offset behind its last one.
    pub end: u32,
    /// Whether it is a function's.
    pub of_function: bool,
}

/// Collects the names of a file; nothing of one that is too deep to be read.
pub fn file_names(text: &str) -> FileNames {
    if super::limits::too_deep(text).is_some() {
        return FileNames::default();
    }
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    let ast::Mod::Module(module) = parsed.syntax() else {
        return FileNames::default();
    };
    let mut walk = Walk {
        scopes: vec![],
        found: FileNames::default(),
    };
    walk.visit_body(&module.body);
    let mut found = walk.found;
    found.read.sort_by_key(|it| it.start);
    found.bodies.sort_by_key(|it| it.head);
    found
}

/// A scope around what is read.
struct Scope<'a> {
    names: FxHashSet<&'a str>,
    imports: FxHashMap<&'a str, ImportOf>,
    /// Offset of the name of the class statement, where it is a class body.
    class_at: Option<u32>,
}

struct Walk<'a> {
    scopes: Vec<Scope<'a>>,
    found: FileNames,
}

impl<'a> Walk<'a> {
    /// What a name means here; none for a variable of a function.
    fn means(&self, name: &str) -> Option<Means> {
        for (depth, scope) in self.scopes.iter().rev().enumerate() {
            if !scope.names.contains(name) {
                continue;
            }
            match scope.class_at {
                // A class body is no scope for the functions in it.
                Some(_) if depth > 0 => {}
                Some(at) => return Some(Means::Class(at)),
                None => return scope.imports.get(name).cloned().map(Means::Imported),
            }
        }
        Some(Means::Module)
    }

    fn read(&mut self, start: u32, parts: Vec<(Name, u32)>, means: Means) {
        if self.found.read.len() < MOST {
            self.found.read.push(NamedAt {
                start,
                parts,
                means,
            });
        }
    }

    /// Notes a name that the module binds.
    fn bind(&mut self, name: &str, range: impl Ranged, import: Option<ImportOf>) {
        if self.scopes.is_empty() {
            self.found.bound.push(BoundAt {
                name: Name::from(name),
                start: range.range().start().to_u32(),
                end: range.range().end().to_u32(),
                import,
            });
        }
    }

    fn body(&mut self, head: &ast::Identifier, body: &[ast::Stmt], of_function: bool) {
        if let (Some(first), Some(last)) = (body.first(), body.last()) {
            self.found.bodies.push(BodyAt {
                head: head.range().start().to_u32(),
                start: first.range().start().to_u32(),
                end: last.range().end().to_u32(),
                of_function,
            });
        }
    }

    fn inside(&mut self, scope: Scope<'a>, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(scope);
        visit(self);
        self.scopes.pop();
    }

    fn imported(&mut self, alias: &ast::Alias, from: Option<(u32, &str)>) {
        let name = alias.name.as_str();
        let import = match from {
            Some((level, module)) => ImportOf {
                level,
                module: Name::from(module),
                name: Some(Name::from(name)),
            },
            None => ImportOf {
                level: 0,
                module: Name::from(name),
                name: None,
            },
        };
        let range = alias.name.range();
        let parts = vec![(Name::from(name), range.end().to_u32())];
        self.read(
            range.start().to_u32(),
            parts,
            Means::Imported(import.clone()),
        );
        let (bound, brings) = brought(alias, import);
        self.bind(bound, range, Some(brings));
    }

    /// The names of a comprehension's targets, and what is visited in their scope.
    fn comprehension(&mut self, generators: &'a [ast::Comprehension], items: &[&'a ast::Expr]) {
        let mut targets = Targets::default();
        for generator in generators {
            targets.visit_expr(&generator.target);
        }
        // The first one is evaluated outside (language reference, 6.2.4).
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        let scope = Scope {
            names: targets.0,
            imports: FxHashMap::default(),
            class_at: None,
        };
        self.inside(scope, |walk| {
            for (at, generator) in generators.iter().enumerate() {
                if at > 0 {
                    walk.visit_expr(&generator.iter);
                }
                generator.ifs.iter().for_each(|it| walk.visit_expr(it));
            }
            for item in items {
                walk.visit_expr(item);
            }
        });
    }
}

/// What an alias binds, and what it brings: `import a.b` binds `a`.
fn brought(alias: &ast::Alias, import: ImportOf) -> (&str, ImportOf) {
    match (&alias.asname, &import.name) {
        (Some(asname), _) => (asname.as_str(), import),
        (None, Some(_)) => (alias.name.as_str(), import),
        (None, None) => {
            let whole = alias.name.as_str();
            let first = whole.split('.').next().unwrap_or(whole);
            let import = ImportOf {
                module: Name::from(first),
                ..import
            };
            (first, import)
        }
    }
}

impl<'a> Visitor<'a> for Walk<'a> {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(def) => {
                self.bind(def.name.as_str(), &def.name, None);
                self.body(&def.name, &def.body, true);
                def.decorator_list
                    .iter()
                    .for_each(|it| self.visit_decorator(it));
                self.visit_parameters(&def.parameters);
                if let Some(returns) = &def.returns {
                    self.visit_annotation(returns);
                }
                let mut imports = Imports::default();
                imports.visit_body(&def.body);
                let scope = Scope {
                    names: bound_by_function(Some(&def.parameters), &def.body),
                    imports: imports.0,
                    class_at: None,
                };
                self.inside(scope, |walk| walk.visit_body(&def.body));
            }
            ast::Stmt::ClassDef(def) => {
                self.bind(def.name.as_str(), &def.name, None);
                self.body(&def.name, &def.body, false);
                def.decorator_list
                    .iter()
                    .for_each(|it| self.visit_decorator(it));
                if let Some(arguments) = &def.arguments {
                    self.visit_arguments(arguments);
                }
                let scope = Scope {
                    names: bound_by_function(None, &def.body),
                    imports: FxHashMap::default(),
                    class_at: Some(def.name.range().start().to_u32()),
                };
                self.inside(scope, |walk| walk.visit_body(&def.body));
            }
            ast::Stmt::Import(it) => {
                for alias in &it.names {
                    self.imported(alias, None);
                }
            }
            ast::Stmt::ImportFrom(it) => {
                let module = it.module.as_ref().map_or("", ast::Identifier::as_str);
                if let Some(written) = &it.module {
                    let import = ImportOf {
                        level: it.level,
                        module: Name::from(module),
                        name: None,
                    };
                    let range = written.range();
                    let parts = vec![(Name::from(module), range.end().to_u32())];
                    self.read(range.start().to_u32(), parts, Means::Imported(import));
                }
                for alias in it.names.iter().filter(|it| it.name.as_str() != "*") {
                    self.imported(alias, Some((it.level, module)));
                }
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        match expression {
            ast::Expr::Name(it) if it.ctx.is_load() => {
                if let Some(means) = self.means(it.id.as_str()) {
                    let range = it.range();
                    let parts = vec![(Name::from(it.id.as_str()), range.end().to_u32())];
                    self.read(range.start().to_u32(), parts, means);
                }
            }
            ast::Expr::Name(it) => self.bind(it.id.as_str(), it, None),
            ast::Expr::Attribute(_) => {
                let mut parts = vec![];
                let mut inner = expression;
                while let ast::Expr::Attribute(it) = inner {
                    let end = it.attr.range().end().to_u32();
                    parts.push((Name::from(it.attr.as_str()), end));
                    inner = &it.value;
                }
                let ast::Expr::Name(name) = inner else {
                    visitor::walk_expr(self, inner);
                    return;
                };
                if let Some(means) = self.means(name.id.as_str()) {
                    let range = name.range();
                    parts.push((Name::from(name.id.as_str()), range.end().to_u32()));
                    parts.reverse();
                    self.read(range.start().to_u32(), parts, means);
                }
            }
            ast::Expr::Lambda(it) => {
                let names = match it.parameters.as_deref() {
                    Some(parameters) => {
                        self.visit_parameters(parameters);
                        parameters.iter().map(|it| it.name().as_str()).collect()
                    }
                    None => FxHashSet::default(),
                };
                let scope = Scope {
                    names,
                    imports: FxHashMap::default(),
                    class_at: None,
                };
                self.inside(scope, |walk| walk.visit_expr(&it.body));
            }
            ast::Expr::ListComp(it) => self.comprehension(&it.generators, &[&it.elt]),
            ast::Expr::SetComp(it) => self.comprehension(&it.generators, &[&it.elt]),
            ast::Expr::DictComp(it) => {
                let key = it.key.as_deref().into_iter();
                let items: Vec<&ast::Expr> = key.chain([&*it.value]).collect();
                self.comprehension(&it.generators, &items);
            }
            ast::Expr::Generator(it) => self.comprehension(&it.generators, &[&it.elt]),
            _ => visitor::walk_expr(self, expression),
        }
    }
}

/// What import statements of a function's own body bring.
#[derive(Default)]
struct Imports<'a>(FxHashMap<&'a str, ImportOf>);

impl<'a> Visitor<'a> for Imports<'a> {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(_) | ast::Stmt::ClassDef(_) => {}
            ast::Stmt::Import(it) => {
                for alias in &it.names {
                    let import = ImportOf {
                        level: 0,
                        module: Name::from(alias.name.as_str()),
                        name: None,
                    };
                    let (name, brings) = brought(alias, import);
                    self.0.insert(name, brings);
                }
            }
            ast::Stmt::ImportFrom(it) => {
                for alias in &it.names {
                    let import = ImportOf {
                        level: it.level,
                        module: Name::from(it.module.as_ref().map_or("", ast::Identifier::as_str)),
                        name: Some(Name::from(alias.name.as_str())),
                    };
                    let (name, brings) = brought(alias, import);
                    self.0.insert(name, brings);
                }
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _expression: &'a ast::Expr) {}
}

/// The names of targets.
#[derive(Default)]
struct Targets<'a>(FxHashSet<&'a str>);

impl<'a> Visitor<'a> for Targets<'a> {
    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        match expression {
            ast::Expr::Name(it) if !it.ctx.is_load() => {
                self.0.insert(it.id.as_str());
            }
            _ => visitor::walk_expr(self, expression),
        }
    }
}
