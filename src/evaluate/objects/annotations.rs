//! `__annotations__` of classes: worked out when somebody asks, since hardly anybody does.

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Binding, Dict, Object, ScopeId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::{FileId, Place, PythonVersion};
use crate::syntax::{BinaryOp, Expr, ExprKind, Literal, StmtKind};

impl Run<'_, '_> {
    /// Notes that a class body annotates a name.
    pub(crate) fn annotate(&mut self, scope: ScopeId, name: &Name, at: Option<Place>) {
        self.annotations
            .entry(scope)
            .or_default()
            .insert(name.clone(), Binding::new(Value::None, at));
    }

    /// What the body of a class annotates, and with what; none where it annotates nothing.
    ///
    /// ```py
    /// class C:
    ///     x: int
    ///
    /// C.__annotations__  # {'x': int}; {'x': 'int'} after `from __future__ import annotations`
    /// ```
    pub(crate) fn annotations_of(&mut self, class: ClassId) -> Option<Value> {
        if let Some(known) = self.asked_annotations.get(&class) {
            return Some(known.clone());
        }
        let body = self.statements.get(&class)?.body?;
        let handed = self.handed_annotations.get(&body).cloned();
        let dict = handed.or_else(|| self.annotations_in(body))?;
        self.asked_annotations.insert(class, dict.clone());
        Some(dict)
    }

    /// The dict of what a class body annotates; none where it annotates nothing.
    pub(crate) fn annotations_in(&mut self, body: ScopeId) -> Option<Value> {
        let annotated: Vec<(Name, Option<Place>)> = self
            .annotations
            .get(&body)?
            .iter()
            .map(|(name, binding)| (name.clone(), binding.at))
            .collect();
        let mut dict = Dict::default();
        for (name, place) in annotated {
            let value = match place {
                Some(place) => self.annotation(place, body),
                None => self.evaluated("", body, None),
            };
            dict.insert(Value::str(&name), value);
        }
        Some(self.allocate(Object::Dict(dict)))
    }

    /// What an annotation is, in the scope that it stands in.
    pub(super) fn annotation(&mut self, place: Place, scope: ScopeId) -> Value {
        let text = self.text(Some(place));
        if !self.keeps_text(place.file) {
            return self.evaluated(&text, scope, Some(place));
        }
        // The compiler writes them anew, in a form of its own.
        match self.written_anew(&text) {
            Some(text) => Value::str(&text),
            None => self.some(self.known.str_, Why::NotFollowed, Some(place)),
        }
    }

    /// `cls.__annotations__`: the class's own since 3.10, before that those of the first class that has some.
    pub(super) fn annotations_attribute(&mut self, class: ClassId) -> Option<Value> {
        if let Some(own) = self.annotations_of(class) {
            return Some(own);
        }
        if self.world.version >= PythonVersion::three(10) {
            let empty = self.allocate(Object::Dict(Dict::default()));
            self.asked_annotations.insert(class, empty.clone());
            return Some(empty);
        }
        let mro = self.classes.mro(class)?.to_vec();
        mro.into_iter()
            .skip(1)
            .find_map(|it| self.annotations_of(it))
    }

    /// Whether the annotations of a file stay text (PEP 563).
    pub(crate) fn keeps_text(&self, file: FileId) -> bool {
        let syntax = self.library.syntax(file);
        // Only a docstring may stand before these imports.
        let first = syntax.body.iter().skip_while(|stmt| {
            matches!(&stmt.kind, StmtKind::Expr(it) if matches!(it.kind, ExprKind::Literal(_)))
        });
        let mut imports = first.map_while(|stmt| match &stmt.kind {
            StmtKind::ImportFrom(it) if it.module == "__future__" => Some(it),
            _ => None,
        });
        imports.any(|it| it.names.iter().any(|it| it.name == "annotations"))
    }

    /// What the annotation of a variable raises where it is evaluated: in modules and class bodies, until 3.14 and where it does not stay
    /// text (language reference 7.2.2). What it gives is asked for when somebody wants it.
    pub(crate) fn check_annotation(&mut self, annotation: &Expr, scope: ScopeId) -> Eval<()> {
        if self.scope(scope).kind == ScopeKind::Function {
            return Ok(());
        }
        self.check_hints(std::slice::from_ref(annotation), scope)
    }

    /// What is annotated and given no value is not looked up; what stands before its dot or bracket is (language reference 7.2.2).
    ///
    /// ```py
    /// class C:
    ///     x: str
    ///     x[0]: int       # NameError: name 'x' is not defined
    /// ```
    pub(crate) fn eval_annotated(&mut self, target: &Expr, scope: ScopeId) -> Eval<()> {
        match &target.kind {
            ExprKind::Attribute(of, _) => self.eval(of, scope).map(|_| ()),
            ExprKind::Subscript(pair) => {
                self.eval(&pair.0, scope)?;
                self.eval(&pair.1, scope).map(|_| ())
            }
            _ => Ok(()),
        }
    }

    /// What the annotations of a function's head raise, which are evaluated with its `def`, until 3.14 and where they do not stay text
    /// (language reference 8.7).
    ///
    /// ```py
    /// class Node:
    ///     def next(self) -> Node: ...    # NameError: name 'Node' is not defined
    /// ```
    pub(crate) fn check_hints(&mut self, hints: &[Expr], scope: ScopeId) -> Eval<()> {
        if hints.is_empty()
            || self.world.version >= PythonVersion::three(14)
            || self.file_of(scope).is_none_or(|file| self.keeps_text(file))
        {
            return Ok(());
        }
        // That something in it is not known says nothing of the rest of the module.
        let before = (self.undecided, self.unknowns);
        let checked = hints.iter().try_for_each(|it| self.check_part(it, scope));
        (self.undecided, self.unknowns) = before;
        checked
    }

    fn check_part(&mut self, part: &Expr, scope: ScopeId) -> Eval<()> {
        match &part.kind {
            ExprKind::Literal(_) => Ok(()),
            ExprKind::Subscript(pair) => {
                self.check_part(&pair.0, scope)?;
                self.check_part(&pair.1, scope)?;
                self.check_subscript(part, &pair.0, scope)
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().try_for_each(|it| self.check_part(it, scope))
            }
            // Until 3.10 no class has this operator, and text never has it.
            ExprKind::Binary(parts) if parts.1 == BinaryOp::Or => {
                let is_text = |it: &Expr| matches!(it.kind, ExprKind::Literal(Literal::Str(_)));
                if !self.is_at_least(10) || is_text(&parts.0) || is_text(&parts.2) {
                    return self.eval(part, scope).map(|_| ());
                }
                self.check_part(&parts.0, scope)?;
                self.check_part(&parts.2, scope)?;
                self.check_joined_parts(part, [&parts.0, &parts.2], scope)
            }
            _ => self.eval(part, scope).map(|_| ()),
        }
    }

    /// What `|` raises between types: where one is a number, or a form of `typing` that is no type.
    fn check_joined_parts(&mut self, whole: &Expr, parts: [&Expr; 2], scope: ScopeId) -> Eval<()> {
        let is_number = |it: &Expr| matches!(it.kind, ExprKind::Literal(Literal::Int(_)));
        if parts.into_iter().any(is_number) {
            return self.eval(whole, scope).map(|_| ());
        }
        let values = [self.eval(parts[0], scope)?, self.eval(parts[1], scope)?];
        let is_form = |it: &Value| match it {
            Value::Object(id) => match self.object(*id) {
                Object::Alias(alias) => self.special_form(&alias.origin).is_some(),
                _ => self.special_form(it).is_some(),
            },
            _ => false,
        };
        if !values.iter().any(is_form) {
            return Ok(());
        }
        let at = self.place(scope, whole.start, whole.end);
        self.check_joined(&values, at)
    }

    /// What a subscript of a class raises that has none.
    fn check_subscript(&mut self, subscript: &Expr, of: &Expr, scope: ScopeId) -> Eval<()> {
        if !matches!(of.kind, ExprKind::Name(_) | ExprKind::Attribute(..)) {
            return Ok(());
        }
        let class = match self.eval(of, scope)? {
            Value::Class(class) => class,
            Value::Gap(_) => return Ok(()),
            _ => return self.eval(subscript, scope).map(|_| ()),
        };
        let is_of_typing =
            self.derives_from_generic(class) || self.is_library_class(class, "typing", "Annotated");
        let has_none = self.is_whole(class)
            && !self.defines(class, "__class_getitem__")
            && self
                .metaclass_of(class)
                .is_some_and(|it| self.is_whole(it) && !self.defines(it, "__getitem__"));
        if has_none || is_of_typing {
            self.eval(subscript, scope)?;
        }
        Ok(())
    }

    /// An annotation as the compiler writes it where it stays text; none for forms that are rare in annotations.
    fn written_anew(&mut self, text: &str) -> Option<String> {
        let (_, syntax) = self.expression_of(text)?;
        match &syntax.body.first()?.kind {
            StmtKind::Expr(expr) => self.written_form(expr, Level::Any),
            _ => None,
        }
    }

    /// `append_ast_expr` of CPython's `ast_unparse.c`
    fn written_form(&self, expr: &Expr, level: Level) -> Option<String> {
        let separated = |items: &[Expr]| -> Option<String> {
            let items: Option<Vec<String>> = items
                .iter()
                .map(|it| self.written_form(it, Level::Item))
                .collect();
            Some(items?.join(", "))
        };
        Some(match &expr.kind {
            ExprKind::Name(name) => name.to_string(),
            ExprKind::Attribute(of, name) => {
                format!("{}.{name}", self.written_form(of, Level::Atom)?)
            }
            ExprKind::Subscript(pair) => {
                let (of, index) = &**pair;
                let of = self.written_form(of, Level::Atom)?;
                match &index.kind {
                    ExprKind::Tuple(items) if items.len() > 1 => {
                        format!("{of}[{}]", separated(items)?)
                    }
                    ExprKind::Tuple(_) | ExprKind::Slice(_) => return None,
                    _ => format!("{of}[{}]", self.written_form(index, Level::Any)?),
                }
            }
            ExprKind::List(items) => format!("[{}]", separated(items)?),
            ExprKind::Call(call) => {
                let mut items = vec![];
                for argument in &call.arguments {
                    items.push(self.written_form(argument, Level::Item)?);
                }
                for (name, value) in &call.keywords {
                    let value = self.written_form(value, Level::Item)?;
                    items.push(format!("{}={value}", name.as_ref()?));
                }
                let function = self.written_form(&call.function, Level::Atom)?;
                format!("{function}({})", items.join(", "))
            }
            ExprKind::Binary(parts) => {
                let (left, op, right) = &**parts;
                if *op != BinaryOp::Or {
                    return None;
                }
                let left = self.written_form(left, Level::Or)?;
                let right = self.written_form(right, Level::AfterOr)?;
                match level {
                    Level::Any | Level::Item | Level::Or => format!("{left} | {right}"),
                    Level::AfterOr | Level::Atom => format!("({left} | {right})"),
                }
            }
            ExprKind::Literal(Literal::Ellipsis) => String::from("..."),
            ExprKind::Literal(literal) => {
                let value = match literal {
                    Literal::None => Value::None,
                    Literal::Bool(truth) => Value::Bool(*truth),
                    Literal::Int(number) => Value::Int(*number),
                    Literal::Str(text) => Value::Str(text.clone()),
                    _ => return None,
                };
                self.exact_repr(&value)?
            }
            _ => return None,
        })
    }
}

/// What an expression stands in, which says where it needs parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// All of the annotation, or of a subscript.
    Any,
    /// An item of a list, an argument.
    Item,
    /// Before `|`.
    Or,
    /// After it.
    AfterOr,
    /// Before a dot, a bracket or a parenthesis.
    Atom,
}
