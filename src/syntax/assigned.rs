//! The attributes that a function gives its receiver: `self.x = …`, `setattr(self, "x", …)`, `self.__dict__["x"] = …`.

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_text_size::Ranged;

use crate::Name;

/// How many names of one class are kept.
const MOST: usize = 5_000;

/// An attribute that a method gives its receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// Its name as it is written, not mangled; none where the program computes it.
    pub name: Option<Name>,
    /// The method.
    pub method: Name,
    /// Whether the receiver is the class: in a class method.
    pub on_class: bool,
    /// Offsets of the first statement or call of that method that gives it.
    pub at: (u32, u32),
    /// Offsets of the expression for the name, where it is computed.
    pub key: Option<(u32, u32)>,
}

/// Collects what the methods of a class statement give their first parameter, each name once a method.
pub(super) fn assigned(def: &ast::StmtClassDef, shift: u32) -> Box<[Assigned]> {
    let mut methods = Methods { found: vec![] };
    methods.visit_body(&def.body);
    let moved = |(from, to): (u32, u32)| (from.wrapping_add(shift), to.wrapping_add(shift));
    for it in &mut methods.found {
        it.at = moved(it.at);
        it.key = it.key.map(moved);
    }
    methods.found.into()
}

/// Goes through the statements of a class body to its functions.
struct Methods {
    found: Vec<Assigned>,
}

impl<'a> Visitor<'a> for Methods {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        match statement {
            ast::Stmt::FunctionDef(def) => self.method(def),
            ast::Stmt::If(_)
            | ast::Stmt::Try(_)
            | ast::Stmt::With(_)
            | ast::Stmt::For(_)
            | ast::Stmt::While(_)
            | ast::Stmt::Match(_) => visitor::walk_stmt(self, statement),
            _ => {}
        }
    }

    // No expression defines a method.
    fn visit_expr(&mut self, _expression: &'a ast::Expr) {}
}

impl Methods {
    fn method(&mut self, def: &ast::StmtFunctionDef) {
        let is_decorated = |by: &str| {
            let mut decorators = def.decorator_list.iter();
            decorators
                .any(|it| matches!(&it.expression, ast::Expr::Name(name) if name.id.as_str() == by))
        };
        let name = def.name.as_str();
        if is_decorated("staticmethod") {
            return;
        }
        let on_class = is_decorated("classmethod")
            || matches!(name, "__init_subclass__" | "__class_getitem__");
        let parameters = &def.parameters;
        let first = parameters.posonlyargs.first().or(parameters.args.first());
        let first = first.map(|it| it.parameter.name.as_str());
        // `__new__` makes its receiver itself.
        let receivers: Vec<&str> = if name == "__new__" {
            made_by_new(&def.body).collect()
        } else {
            first.into_iter().collect()
        };
        if receivers.is_empty() {
            return;
        }
        let begin = self.found.len();
        let mut walk = Walk {
            receivers,
            method: Name::from(name),
            on_class,
            begin,
            found: std::mem::take(&mut self.found),
            at: (0, 0),
        };
        walk.visit_body(&def.body);
        self.found = walk.found;
    }
}

/// The names that are bound to what a call of some `__new__` gives.
fn made_by_new(body: &[ast::Stmt]) -> impl Iterator<Item = &str> {
    body.iter().filter_map(|stmt| {
        let ast::Stmt::Assign(assign) = stmt else {
            return None;
        };
        let ast::Expr::Call(call) = &*assign.value else {
            return None;
        };
        match (&*call.func, assign.targets.as_slice()) {
            (ast::Expr::Attribute(function), [ast::Expr::Name(name)])
                if function.attr.as_str() == "__new__" =>
            {
                Some(name.id.as_str())
            }
            _ => None,
        }
    })
}

struct Walk<'a> {
    receivers: Vec<&'a str>,
    method: Name,
    on_class: bool,
    /// Where what this method gives begins.
    begin: usize,
    found: Vec<Assigned>,
    /// The statement that is walked through.
    at: (u32, u32),
}

impl<'a> Walk<'a> {
    fn is_receiver(&self, expression: &ast::Expr) -> bool {
        matches!(expression, ast::Expr::Name(name) if self.receivers.contains(&name.id.as_str()))
    }

    fn note(&mut self, name: Option<&str>, key: Option<(u32, u32)>) {
        let is_known = |it: &Assigned| it.name.as_deref() == name;
        if self.found.len() == MOST
            || name == Some("")
            || name.is_some() && self.found[self.begin..].iter().any(is_known)
        {
            return;
        }
        self.found.push(Assigned {
            name: name.map(Name::from),
            method: self.method.clone(),
            on_class: self.on_class,
            at: self.at,
            key,
        });
    }

    /// A name that is given as a value.
    fn note_value(&mut self, value: &ast::Expr) {
        match value {
            ast::Expr::StringLiteral(text) => self.note(Some(text.value.to_str()), None),
            value => self.note(None, Some(span(value.range()))),
        }
    }

    /// `self.__dict__`, `vars(self)`
    fn is_dict_of_receiver(&self, expression: &ast::Expr) -> bool {
        match expression {
            ast::Expr::Attribute(it) => {
                it.attr.as_str() == "__dict__" && self.is_receiver(&it.value)
            }
            ast::Expr::Call(call) => {
                matches!(&*call.func, ast::Expr::Name(name) if name.id.as_str() == "vars")
                    && matches!(&*call.arguments.args, [of] if self.is_receiver(of))
            }
            _ => false,
        }
    }

    fn note_call(&mut self, call: &'a ast::ExprCall) {
        let arguments = &*call.arguments.args;
        match (&*call.func, arguments) {
            (ast::Expr::Name(function), [of, name, _])
                if function.id.as_str() == "setattr" && self.is_receiver(of) =>
            {
                self.note_value(name);
            }
            // `object.__setattr__(self, "x", …)`
            (ast::Expr::Attribute(function), [of, name, _])
                if function.attr.as_str() == "__setattr__" && self.is_receiver(of) =>
            {
                self.note_value(name);
            }
            // `super().__setattr__("x", …)`
            (ast::Expr::Attribute(function), [name, _])
                if function.attr.as_str() == "__setattr__"
                    && (self.is_receiver(&function.value) || is_super(&function.value)) =>
            {
                self.note_value(name);
            }
            (ast::Expr::Attribute(function), _)
                if function.attr.as_str() == "update"
                    && self.is_dict_of_receiver(&function.value) =>
            {
                for keyword in &call.arguments.keywords {
                    match &keyword.arg {
                        Some(name) => self.note(Some(name.as_str()), None),
                        None => self.note_value(&keyword.value),
                    }
                }
                for argument in arguments {
                    match argument {
                        ast::Expr::Dict(dict) => {
                            for key in dict.items.iter().filter_map(|it| it.key.as_ref()) {
                                self.note_value(key);
                            }
                        }
                        other => self.note_value(other),
                    }
                }
            }
            _ => {}
        }
    }
}

impl<'a> Visitor<'a> for Walk<'a> {
    fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
        let outer = self.at;
        match statement {
            ast::Stmt::FunctionDef(def) => {
                // A function inside sees the receiver, unless it has a parameter of the same name.
                let mut parameters = def.parameters.iter();
                if !parameters.any(|it| self.receivers.contains(&it.name().as_str())) {
                    self.visit_body(&def.body);
                }
                return;
            }
            // The methods of a class inside have receivers of their own.
            ast::Stmt::ClassDef(_) => return,
            // It says what the name is for, and binds nothing.
            ast::Stmt::AnnAssign(it) if it.value.is_none() => return,
            // The head of a compound statement is what binds, not the block.
            ast::Stmt::For(it) => self.at = span(it.target.range().cover(it.iter.range())),
            ast::Stmt::With(it) => {
                if let (Some(first), Some(last)) = (it.items.first(), it.items.last()) {
                    self.at = span(first.range().cover(last.range()));
                }
            }
            simple => self.at = span(simple.range()),
        }
        visitor::walk_stmt(self, statement);
        self.at = outer;
    }

    fn visit_expr(&mut self, expression: &'a ast::Expr) {
        match expression {
            ast::Expr::Attribute(it) if it.ctx.is_store() && self.is_receiver(&it.value) => {
                self.note(Some(it.attr.as_str()), None);
            }
            ast::Expr::Subscript(it)
                if it.ctx.is_store() && self.is_dict_of_receiver(&it.value) =>
            {
                self.note_value(&it.slice);
            }
            ast::Expr::Call(call) => self.note_call(call),
            _ => {}
        }
        visitor::walk_expr(self, expression);
    }

    // Annotations bind nothing.
    fn visit_annotation(&mut self, _annotation: &'a ast::Expr) {}
}

fn is_super(expression: &ast::Expr) -> bool {
    matches!(expression, ast::Expr::Call(call) if matches!(&*call.func, ast::Expr::Name(name) if name.id.as_str() == "super"))
}

fn span(range: ruff_text_size::TextRange) -> (u32, u32) {
    (range.start().to_u32(), range.end().to_u32())
}

/// What names an expression can give: the parts that are known, and in braces what stands for the rest. `text` is the expression's.
///
/// ```py
/// setattr(cls, f"get_{column}", getter)  # get_{column}
/// ```
pub fn name_pattern(text: &str) -> String {
    match ruff_python_parser::parse_expression(text) {
        Ok(parsed) => pattern(parsed.expr(), text),
        Err(_) => format!("{{{}}}", one_line(text)),
    }
}

/// The same of the name that a call of `setattr` gives; `text` is the call's.
pub fn attribute_pattern(text: &str) -> String {
    argument_pattern(text, 1)
}

/// The same of an argument of a call, counted from 0; `text` is the call's.
pub fn argument_pattern(text: &str, at: usize) -> String {
    let parsed = ruff_python_parser::parse_expression(text);
    let call = parsed.as_ref().ok().and_then(|it| it.expr().as_call_expr());
    match call.and_then(|call| call.arguments.args.get(at)) {
        Some(name) => pattern(name, text),
        None => "{…}".to_owned(),
    }
}

/// Where the name comes from which a call of `setattr` gives: the plain name of a variable, or of a function that is called.
///
/// ```py
/// setattr(cls, name, value)                # name, a variable
/// setattr(cls, as_property(fact), value)   # as_property, a function
/// ```
pub fn attribute_maker(text: &str) -> Option<(Name, bool)> {
    let parsed = ruff_python_parser::parse_expression(text).ok()?;
    let call = parsed.expr().as_call_expr()?;
    let (name, is_called) = match call.arguments.args.get(1)? {
        ast::Expr::Call(made) => (made.func.as_name_expr()?, true),
        ast::Expr::Name(name) => (name, false),
        _ => return None,
    };
    Some((Name::from(name.id.as_str()), is_called))
}

fn pattern(value: &ast::Expr, text: &str) -> String {
    let source = |expression: &ast::Expr| {
        let (start, end) = span(expression.range());
        let source = text.get(start as usize..end as usize);
        source.map_or_else(|| "…".to_owned(), one_line)
    };
    match value {
        ast::Expr::FString(joined) => {
            let mut pattern = String::new();
            for part in &joined.value {
                match part {
                    ast::FStringPart::Literal(literal) => pattern.push_str(&literal.value),
                    ast::FStringPart::FString(inner) => {
                        for element in &inner.elements {
                            match element {
                                ast::InterpolatedStringElement::Literal(literal) => {
                                    pattern.push_str(&literal.value);
                                }
                                ast::InterpolatedStringElement::Interpolation(it) => {
                                    pattern.push('{');
                                    pattern.push_str(&source(&it.expression));
                                    pattern.push('}');
                                }
                            }
                        }
                    }
                }
            }
            pattern
        }
        ast::Expr::BinOp(it) if matches!(it.op, ast::Operator::Add) => {
            format!("{}{}", pattern(&it.left, text), pattern(&it.right, text))
        }
        // `"get_%s" % name`
        ast::Expr::BinOp(it) if matches!(it.op, ast::Operator::Mod) => match &*it.left {
            ast::Expr::StringLiteral(format) if format.value.to_str().matches('%').count() == 1 => {
                let by = format!("{{{}}}", source(&it.right));
                format.value.to_str().replace("%s", &by).replace("%d", &by)
            }
            _ => format!("{{{}}}", source(value)),
        },
        ast::Expr::StringLiteral(text) => text.value.to_str().to_owned(),
        other => format!("{{{}}}", source(other)),
    }
}

fn one_line(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
