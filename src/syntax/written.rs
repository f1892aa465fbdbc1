//! Names that code writes from somewhere else than where they are bound: `global B`, `module.B = …`, `globals()["B"] = …`,
//! `setattr(module, "B", …)`. What they hold when somebody calls a function is not what they hold when the imports are done.

use ruff_python_ast as ast;
use ruff_text_size::{Ranged as _, TextRange, TextSize};
use rustc_hash::FxHashSet;

use crate::Name;

/// The names that a module's code writes from elsewhere, each list sorted.
#[derive(Debug, Default)]
pub struct Written {
    /// Of its own: what `global` declares, and what `globals()` is given.
    pub globals: Box<[Name]>,
    /// What `nonlocal` declares: names of functions.
    pub nonlocals: Box<[Name]>,
    /// Of what it imports: what is written, seen from the module, and the attribute.
    pub attributes: Box<[(Name, Name)]>,
    /// The same, of modules by their own names.
    pub patched: Box<[(Name, Name)]>,
    /// Functions that are handed to something which waits for an exception: `assertRaises(TypeError, make)`.
    pub awaited: Box<[Name]>,
}

impl Written {
    /// Whether a name is one of its own that it writes from elsewhere: of the module, or of a function.
    pub fn declares(&self, name: &str, is_global: bool) -> bool {
        let names = if is_global {
            &self.globals
        } else {
            &self.nonlocals
        };
        names.binary_search_by(|it| it.as_str().cmp(name)).is_ok()
    }
}

/// An attribute that is kept under a name, or given back what is kept there.
#[derive(Debug)]
struct Kept<'a> {
    name: &'a str,
    attribute: &'a ast::ExprAttribute,
}

/// What a walk over a module has met of it.
#[derive(Debug, Default)]
pub(super) struct Writes<'a> {
    globals: FxHashSet<&'a str>,
    nonlocals: FxHashSet<&'a str>,
    imported: FxHashSet<&'a str>,
    /// Attributes that are set, and of what.
    set: Vec<(&'a ast::Expr, &'a str)>,
    /// Dotted names that are told to tools which set attributes.
    patched: FxHashSet<&'a str>,
    awaited: FxHashSet<&'a str>,
    /// The functions, each before those inside of it.
    functions: Vec<TextRange>,
    kept: Vec<Kept<'a>>,
    put_back: Vec<Kept<'a>>,
}

impl<'a> Writes<'a> {
    pub(super) fn note_stmt(&mut self, stmt: &'a ast::Stmt) {
        match stmt {
            ast::Stmt::Global(it) => {
                let names = it.names.iter().map(ast::Identifier::as_str);
                self.globals.extend(names);
            }
            ast::Stmt::Nonlocal(it) => {
                let names = it.names.iter().map(ast::Identifier::as_str);
                self.nonlocals.extend(names);
            }
            ast::Stmt::Import(it) => self.import(&it.names),
            ast::Stmt::ImportFrom(it) => self.import(&it.names),
            ast::Stmt::FunctionDef(it) => self.functions.push(it.range),
            ast::Stmt::Assign(it) => {
                if let ([ast::Expr::Name(name)], ast::Expr::Attribute(attribute)) =
                    (&*it.targets, &*it.value)
                {
                    let name = name.id.as_str();
                    self.kept.push(Kept { name, attribute });
                }
            }
            ast::Stmt::Try(it) => self.note_put_back(&it.finalbody),
            _ => {}
        }
    }

    /// `finally: module.B = kept`
    fn note_put_back(&mut self, body: &'a [ast::Stmt]) {
        let assigned = body.iter().filter_map(ast::Stmt::as_assign_stmt);
        self.put_back
            .extend(assigned.filter_map(|it| match (&*it.targets, &*it.value) {
                ([ast::Expr::Attribute(attribute)], ast::Expr::Name(name)) => {
                    let name = name.id.as_str();
                    Some(Kept { name, attribute })
                }
                _ => None,
            }));
    }

    /// Whether the function that sets an attribute has kept what it was, and puts that back however it ends: nobody else sees another.
    ///
    /// ```py
    /// kept = sys.maxsize
    /// try:
    ///     sys.maxsize = 1
    /// finally:
    ///     sys.maxsize = kept
    /// ```
    fn is_put_back(&self, on: &ast::Expr, name: &str) -> bool {
        let around = |at: TextSize| self.functions.iter().rposition(|it| it.contains(at));
        let (function, of) = (around(on.start()), dotted(on));
        let is_it = |it: &&Kept| {
            &it.attribute.attr == name
                && dotted(&it.attribute.value) == of
                && around(it.attribute.start()) == function
        };
        let mut put_back = self.put_back.iter().filter(is_it);
        function.is_some()
            && put_back.any(|back| {
                let mut kept = self.kept.iter().filter(is_it);
                kept.any(|it| it.name == back.name)
            })
    }

    fn import(&mut self, names: &'a [ast::Alias]) {
        let bound = names.iter().map(|alias| {
            let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            name.split('.').next().unwrap_or(name)
        });
        self.imported.extend(bound);
    }

    pub(super) fn note_expr(&mut self, expr: &'a ast::Expr) {
        match expr {
            ast::Expr::Attribute(it) if !it.ctx.is_load() => {
                self.set_of(&it.value, it.attr.as_str());
            }
            ast::Expr::Subscript(it) if !it.ctx.is_load() => {
                if let Some(key) = text(&it.slice) {
                    self.note_item(&it.value, key);
                }
            }
            ast::Expr::Call(it) => self.note_call(it),
            _ => {}
        }
    }

    /// `globals()["B"] = …`, `module.__dict__["B"] = …`, `vars(module)["B"] = …`
    fn note_item(&mut self, of: &'a ast::Expr, key: &'a str) {
        match of {
            ast::Expr::Call(call) => match (&*call.func, call.arguments.args.first()) {
                (ast::Expr::Name(name), None) if name.id.as_str() == "globals" => {
                    self.globals.insert(key);
                }
                (ast::Expr::Name(name), Some(on)) if name.id.as_str() == "vars" => {
                    self.set_of(on, key);
                }
                _ => {}
            },
            ast::Expr::Attribute(it) if &it.attr == "__dict__" => {
                self.set_of(&it.value, key);
            }
            _ => {}
        }
    }

    /// `setattr(module, "B", …)`, `monkeypatch.setattr(module, "B", …)`, `mock.patch("module.B")`
    fn note_call(&mut self, call: &'a ast::ExprCall) {
        let name = match &*call.func {
            ast::Expr::Name(it) => it.id.as_str(),
            ast::Expr::Attribute(it) => it.attr.as_str(),
            _ => return,
        };
        let arguments = &call.arguments.args;
        if awaits_exception(name) {
            let names = arguments.iter().filter_map(|it| it.as_name_expr());
            self.awaited.extend(names.map(|it| it.id.as_str()));
        }
        match (name, &**arguments) {
            ("setattr" | "object", [on, key, ..]) => {
                if let Some(dotted) = text(on) {
                    self.patched.insert(dotted);
                } else if let Some(key) = text(key) {
                    self.set_of(on, key);
                }
            }
            ("patch", [target, ..]) => self.patched.extend(text(target)),
            ("update", []) => {
                if let ast::Expr::Attribute(it) = &*call.func
                    && let ast::Expr::Call(of) = &*it.value
                    && matches!(&*of.func, ast::Expr::Name(name) if name.id.as_str() == "globals")
                {
                    let keywords = call.arguments.keywords.iter();
                    self.globals.extend(
                        keywords.filter_map(|it| it.arg.as_ref().map(ast::Identifier::as_str)),
                    );
                }
            }
            _ => {}
        }
    }

    fn set_of(&mut self, on: &'a ast::Expr, attribute: &'a str) {
        if !matches!(first_name(on), None | Some("self" | "cls")) {
            self.set.push((on, attribute));
        }
    }

    pub(super) fn written(&self) -> Written {
        let set = self.set.iter().filter(|(on, name)| {
            first_name(on).is_some_and(|first| self.imported.contains(first))
                && !self.is_put_back(on, name)
        });
        let attributes = set.map(|&(on, name)| (dotted(on), Name::from(name)));
        let mut attributes: Vec<(Name, Name)> = attributes.collect();
        attributes.sort_unstable();
        attributes.dedup();
        let patched = self.patched.iter().filter_map(|it| it.rsplit_once('.'));
        Written {
            globals: sorted(&self.globals),
            nonlocals: sorted(&self.nonlocals),
            awaited: sorted(&self.awaited),
            attributes: attributes.into(),
            patched: patched
                .map(|(module, name)| (Name::from(module), Name::from(name)))
                .collect(),
        }
    }
}

fn sorted(names: &FxHashSet<&str>) -> Box<[Name]> {
    let mut names: Vec<Name> = names.iter().map(|it| Name::from(*it)).collect();
    names.sort_unstable();
    names.into()
}

/// Whether what has this name waits for an exception, of its block or of the function it is handed: `pytest.raises`, `assertRaises`,
/// `assert_raises_message`, `contextlib.suppress`.
pub(crate) fn awaits_exception(name: &str) -> bool {
    name == "suppress" || name.contains("raises") || name.contains("Raises")
}

/// The text of `a.b.c`.
fn dotted(expr: &ast::Expr) -> Name {
    match expr {
        ast::Expr::Name(it) => Name::from(it.id.as_str()),
        ast::Expr::Attribute(it) => Name::from(format!("{}.{}", dotted(&it.value), it.attr)),
        _ => Name::default(),
    }
}

/// `a` of `a.b.c`.
fn first_name(expr: &ast::Expr) -> Option<&str> {
    let mut expr = expr;
    loop {
        match expr {
            ast::Expr::Name(it) => return Some(it.id.as_str()),
            ast::Expr::Attribute(it) => expr = &it.value,
            _ => return None,
        }
    }
}

fn text(expr: &ast::Expr) -> Option<&str> {
    match expr {
        ast::Expr::StringLiteral(it) => Some(it.value.to_str()),
        _ => None,
    }
}
