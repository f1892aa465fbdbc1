//! The functions behind the properties of a class body, as the body is written.
//!
//! A property is one object; where its getter, setter and deleter stand only the body tells. Nothing is resolved: `property` and
//! names that end in it are taken to be what they are called.

use rustc_hash::FxHashMap;

use crate::Name;
use crate::syntax::{Block, Call, Expr, ExprKind, FunctionDef, Literal, StmtKind};

/// The functions of one property.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accessors {
    /// `fget`
    pub get: Accessor,
    /// `fset`
    pub set: Accessor,
    /// `fdel`
    pub delete: Accessor,
}

/// One of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Accessor {
    /// The property has none.
    #[default]
    Absent,
    /// The offsets of the `def`.
    At(u32, u32),
    /// There may be one, and it does not stand in this body.
    Elsewhere,
}

/// Returns the properties that the body of the class binds which stands in a file's text between two offsets, by their names.
///
/// ```py
/// class Order:
///     @property
///     def total(self): ...        # get
///     @total.setter
///     def total(self, value): ... # set
///     rate = property(_rate)      # get, where a `def _rate` stands above
/// ```
pub fn accessors(text: &str, start: u32, end: u32) -> FxHashMap<Name, Accessors> {
    let mut walk = Walk::default();
    if let Some(body) = super::lower::class_body(text, start, end) {
        walk.block(&body);
    }
    walk.properties
}

#[derive(Default)]
struct Walk {
    properties: FxHashMap<Name, Accessors>,
    functions: FxHashMap<Name, (u32, u32)>,
}

impl Walk {
    fn block(&mut self, block: &Block) {
        for stmt in block {
            match &stmt.kind {
                StmtKind::Function(def) => self.function(def),
                StmtKind::Assign(targets, value) => {
                    for target in targets {
                        if let ExprKind::Name(name) = &target.kind {
                            self.assign(name, value);
                        }
                    }
                }
                kind => kind.blocks(&mut |block| self.block(block)),
            }
        }
    }

    fn function(&mut self, def: &FunctionDef) {
        let at = Accessor::At(def.start, def.end);
        let made = def.decorators.iter().find_map(|it| self.decorated(it, at));
        if let Some(accessors) = made {
            self.properties.insert(def.name.clone(), accessors);
        } else {
            self.properties.remove(&def.name);
            self.functions
                .insert(def.name.clone(), (def.start, def.end));
        }
    }

    /// The property that a decorator makes of a function, if it makes one.
    fn decorated(&self, decorator: &Expr, at: Accessor) -> Option<Accessors> {
        if let ExprKind::Attribute(of, part) = &decorator.kind {
            let mut accessors = match &of.kind {
                ExprKind::Name(name) => self.properties.get(name).copied(),
                // `@Base.total.setter`: the others are those of the base's.
                ExprKind::Attribute(..) => Some(Accessors {
                    get: Accessor::Elsewhere,
                    set: Accessor::Elsewhere,
                    delete: Accessor::Elsewhere,
                }),
                _ => None,
            };
            match (part.as_str(), &mut accessors) {
                ("getter", Some(accessors)) => accessors.get = at,
                ("setter", Some(accessors)) => accessors.set = at,
                ("deleter", Some(accessors)) => accessors.delete = at,
                _ => accessors = None,
            }
            if accessors.is_some() {
                return accessors;
            }
        }
        is_property(decorator).then(|| Accessors {
            get: at,
            ..Accessors::default()
        })
    }

    fn assign(&mut self, name: &Name, value: &Expr) {
        match &value.kind {
            ExprKind::Call(call) if is_property(&call.function) => {
                let accessors = Accessors {
                    get: self.argument(call, 0, "fget"),
                    set: self.argument(call, 1, "fset"),
                    delete: self.argument(call, 2, "fdel"),
                };
                self.properties.insert(name.clone(), accessors);
            }
            // Another name for the same property.
            ExprKind::Name(other) if self.properties.contains_key(other) => {
                let accessors = self.properties[other];
                self.properties.insert(name.clone(), accessors);
            }
            _ => {
                self.properties.remove(name);
                self.functions.remove(name);
            }
        }
    }

    fn argument(&self, call: &Call, position: usize, keyword: &str) -> Accessor {
        let named = |(name, value): &&(Option<Name>, Expr)| {
            name.as_ref()
                .is_none_or(|name| name == keyword)
                .then_some(value)
                .is_some()
        };
        let by_keyword = call.keywords.iter().find(named).map(|(_, value)| value);
        match call
            .arguments
            .get(position)
            .or(by_keyword)
            .map(|it| &it.kind)
        {
            None | Some(ExprKind::Literal(Literal::None)) => Accessor::Absent,
            Some(ExprKind::Name(name)) => match self.functions.get(name) {
                Some(&(start, end)) => Accessor::At(start, end),
                None => Accessor::Elsewhere,
            },
            Some(_) => Accessor::Elsewhere,
        }
    }
}

/// `property`, `abc.abstractproperty`, `my_property`.
fn is_property(function: &Expr) -> bool {
    match &function.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => {
            name.to_ascii_lowercase().ends_with("property")
        }
        _ => false,
    }
}
