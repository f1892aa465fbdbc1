//! `__annotations__` of classes: worked out when somebody asks, since hardly anybody does.

use crate::Name;
use crate::evaluate::run::Run;
use crate::evaluate::value::{Binding, Dict, Object, ScopeId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::{FileId, Place, PythonVersion};
use crate::syntax::StmtKind;

impl Run<'_, '_> {
    /// Notes that a class body annotates a name.
    pub(super) fn annotate(&mut self, scope: ScopeId, name: &Name, at: Option<Place>) {
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
    pub(super) fn annotations_of(&mut self, class: ClassId) -> Option<Value> {
        if let Some(known) = self.asked_annotations.get(&class) {
            return Some(known.clone());
        }
        let body = self.statements.get(&class)?.body?;
        let annotated: Vec<(Name, Option<Place>)> = self
            .annotations
            .get(&body)?
            .iter()
            .map(|(name, binding)| (name.clone(), binding.at))
            .collect();
        let mut dict = Dict::default();
        for (name, place) in annotated {
            let value = match place {
                Some(place) if self.keeps_text(place.file) => {
                    let text = self.text(Some(place));
                    // Longer ones are written anew, in a form of the compiler's own.
                    if text
                        .chars()
                        .all(|it| it.is_alphanumeric() || "_.".contains(it))
                    {
                        Value::Str(text)
                    } else {
                        self.some(self.known.str_, Why::NotFollowed, Some(place))
                    }
                }
                place => self.evaluated(&self.text(place), body, place),
            };
            dict.insert(Value::str(&name), value);
        }
        let dict = self.allocate(Object::Dict(dict));
        self.asked_annotations.insert(class, dict.clone());
        Some(dict)
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
    fn keeps_text(&self, file: FileId) -> bool {
        let syntax = self.library.syntax(file);
        let mut imports = syntax.body.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::ImportFrom(it) => Some(it),
            _ => None,
        });
        imports.any(|it| {
            it.module == "__future__" && it.names.iter().any(|it| it.name == "annotations")
        })
    }
}
