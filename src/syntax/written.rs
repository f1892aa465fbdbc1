//! Names that code writes from somewhere else than where they are bound: `global B`, `module.B = …`, `globals()["B"] = …`,
//! `setattr(module, "B", …)`. What they hold when somebody calls a function is not what they hold when the imports are done.

use ruff_python_ast as ast;
use rustc_hash::FxHashSet;

use crate::Name;

/// The names that a module's code writes from elsewhere, each list sorted.
#[derive(Debug, Default)]
pub struct Written {
    /// Of its own: what `global` and `nonlocal` declare, and what `globals()` is given.
    pub declared: Box<[Name]>,
    /// Of what it imports: what is written, seen from the module, and the attribute.
    pub attributes: Box<[(Name, Name)]>,
    /// The same, of modules by their own names.
    pub patched: Box<[(Name, Name)]>,
    /// Functions that are handed to something which waits for an exception: `assertRaises(TypeError, make)`.
    pub awaited: Box<[Name]>,
}

impl Written {
    /// Whether a name is one of its own that it writes from elsewhere.
    pub fn declares(&self, name: &str) -> bool {
        self.declared
            .binary_search_by(|it| it.as_str().cmp(name))
            .is_ok()
    }
}

/// What a walk over a module has met of it.
#[derive(Debug, Default)]
pub(super) struct Writes<'a> {
    declared: FxHashSet<&'a str>,
    imported: FxHashSet<&'a str>,
    /// Attributes that are set, and of what.
    set: Vec<(&'a ast::Expr, &'a str)>,
    /// Dotted names that are told to tools which set attributes.
    patched: FxHashSet<&'a str>,
    awaited: FxHashSet<&'a str>,
}

impl<'a> Writes<'a> {
    pub(super) fn note_stmt(&mut self, stmt: &'a ast::Stmt) {
        let names = match stmt {
            ast::Stmt::Global(it) => &it.names,
            ast::Stmt::Nonlocal(it) => &it.names,
            ast::Stmt::Import(it) => return self.import(&it.names),
            ast::Stmt::ImportFrom(it) => return self.import(&it.names),
            _ => return,
        };
        self.declared
            .extend(names.iter().map(ast::Identifier::as_str));
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
                    self.declared.insert(key);
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
                    self.declared.extend(
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
        let set = self
            .set
            .iter()
            .filter(|(on, _)| first_name(on).is_some_and(|first| self.imported.contains(first)));
        let attributes = set.map(|&(on, name)| (dotted(on), Name::from(name)));
        let mut attributes: Vec<(Name, Name)> = attributes.collect();
        attributes.sort_unstable();
        attributes.dedup();
        let patched = self.patched.iter().filter_map(|it| it.rsplit_once('.'));
        Written {
            declared: sorted(&self.declared),
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
