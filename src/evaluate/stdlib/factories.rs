//! Calls of the standard library that make classes: `namedtuple`, `TypedDict`, `Enum`, `make_dataclass`, `new_class`.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Key, Namespace, Object, ScopeId, Value};
use crate::semantics::{Assumption, ClassId, Why, is_identifier, is_keyword};
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// The namespace a class made by a call has before its own names: where it says it comes from.
    fn called_namespace(&self, asked: &Asked<'_>) -> Namespace {
        let mut names = Namespace::default();
        let module = match asked.arguments.keyword("module") {
            Some(Value::Str(module)) => module.to_string(),
            _ => self.module(self.scope(asked.scope).module).name.to_string(),
        };
        names.insert(
            Name::const_new("__module__"),
            Binding::new(Value::str(&module), asked.at),
        );
        names
    }

    /// `namedtuple("Name", fields)`, `NamedTuple("Name", [("field", type)])`
    pub(super) fn make_named_tuple(&mut self, asked: &Asked<'_>) -> Eval {
        let arguments = &asked.arguments;
        let Some(Value::Str(name)) = arguments.get(0, "typename").cloned() else {
            let tuple = [Value::Class(self.known.tuple)];
            let name = arguments.get(0, "typename");
            let type_ = Some(self.known.type_);
            self.list_nameless(type_, name, &tuple, asked.at, asked.scope);
            return Ok(self.gap_for(asked.at, Why::Input));
        };
        let fields = arguments
            .get(1, "field_names")
            .or_else(|| arguments.keyword("fields"))
            .cloned();
        let mut known = vec![];
        // Which fields it has in the end is not known either where names are made for some.
        let mut is_whole = !arguments.is_open() && arguments.keyword("rename").is_none();
        match fields {
            Some(Value::Str(text)) => {
                known.extend(text.replace(',', " ").split_whitespace().map(Name::from));
            }
            Some(value) => {
                let (items, open) = self.iterate(&value);
                is_whole &= !open;
                for item in items {
                    match self.plain(&item) {
                        Value::Str(field) => known.push(Name::from(&*field)),
                        pair => {
                            let (parts, _) = self.iterate(&pair);
                            match parts.first() {
                                Some(Value::Str(field)) => known.push(Name::from(&**field)),
                                _ => is_whole = false,
                            }
                        }
                    }
                }
            }
            None => known.extend(arguments.keywords.iter().map(|(name, _)| name.clone())),
        }
        let renames = match arguments.keyword("rename") {
            Some(value) => self.truth(value),
            None => Some(false),
        };
        match renames {
            Some(true) => rename_fields(&mut known),
            Some(false) if is_whole => {
                if let Some(message) = misnamed(&name, &known) {
                    return Err(self.verdict("ValueError", message, asked.at));
                }
            }
            _ => {}
        }
        let mut names = self.called_namespace(asked);
        let mut with_default = vec![];
        if let Some(defaults) = arguments.keyword("defaults").cloned() {
            let (values, open) = self.iterate(&defaults);
            if values.len() > known.len() {
                let message = String::from("Got more default values than field names");
                return Err(self.verdict("TypeError", message, asked.at));
            }
            let skipped = known.len().saturating_sub(values.len());
            if !open {
                with_default = known.iter().skip(skipped).cloned().zip(values).collect();
            }
        }
        self.add_tuple_fields(&mut names, &known, &with_default, asked.at);
        if !is_whole {
            let fields = self.gap_for(asked.at, Why::Input);
            names.insert(Name::const_new("_fields"), Binding::new(fields, asked.at));
        }
        let tuple = self.known.tuple;
        self.apart(|run| {
            run.plain_class(
                run.known.type_,
                &Name::from(&*name),
                &[tuple],
                names,
                asked.at,
                asked.scope,
            )
        })
    }

    /// `TypedDict("Name", {…})`
    pub(super) fn make_typed_dict(&mut self, asked: &Asked<'_>) -> Eval {
        let Some(Value::Str(name)) = asked.first().cloned() else {
            return Ok(self.gap_for(asked.at, Why::Input));
        };
        let names = self.called_namespace(asked);
        let metaclass = self
            .library_class("typing", "_TypedDictMeta")
            .unwrap_or(self.known.type_);
        let dict = self.known.dict;
        self.apart(|run| {
            run.plain_class(
                metaclass,
                &Name::from(&*name),
                &[dict],
                names,
                asked.at,
                asked.scope,
            )
        })
    }

    /// `Enum("Name", "A B")`, called on an enumeration without members.
    pub(crate) fn functional_enum(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let Some(Value::Str(name)) = arguments.positional.first().cloned() else {
            let metaclass = self.metaclass_of(class);
            let name = arguments.positional.first();
            self.list_nameless(metaclass, name, &[Value::Class(class)], at, scope);
            return Ok(self.gap_for(at, Why::Input));
        };
        let path = crate::semantics::ClassPath::new("enum", "EnumType.__call__");
        let asked = Asked {
            path: &path,
            arguments: arguments.clone(),
            at,
            scope,
        };
        let mut names = self.called_namespace(&asked);
        let members = arguments.positional.get(1).cloned().unwrap_or(Value::None);
        match &members {
            Value::Str(text) => {
                for (index, member) in text.replace(',', " ").split_whitespace().enumerate() {
                    let value = Value::Int(i64::try_from(index).unwrap_or(0) + 1);
                    names.insert(Name::from(member), Binding::new(value, at));
                }
            }
            other => {
                if let Some((entries, _)) = self.dict_entries(other) {
                    for (key, value) in entries {
                        if let Value::Str(key) = key {
                            names.insert(Name::from(&*key), Binding::new(value, at));
                        }
                    }
                } else {
                    let (items, _) = self.iterate(other);
                    for (index, item) in items.into_iter().enumerate() {
                        let (key, value) = match &item {
                            Value::Tuple(pair) if pair.len() == 2 => {
                                (pair[0].clone(), pair[1].clone())
                            }
                            other => (
                                other.clone(),
                                Value::Int(i64::try_from(index).unwrap_or(0) + 1),
                            ),
                        };
                        if let Value::Str(key) = key {
                            names.insert(Name::from(&*key), Binding::new(value, at));
                        }
                    }
                }
            }
        }
        let mut bases: Vec<Value> = vec![];
        if let Some(mixed) = arguments.keyword("type") {
            bases.push(mixed.clone());
        }
        bases.push(Value::Class(class));
        let metaclass = self.metaclass_of(class).unwrap_or(self.known.type_);
        self.apart(|run| run.make_plain(metaclass, &Name::from(&*name), &bases, names, at, scope))
    }

    /// `types.new_class(name, bases, keywords, exec_body)`
    pub(super) fn types_new_class(&mut self, asked: &Asked<'_>) -> Eval {
        let arguments = &asked.arguments;
        let given = arguments.get(1, "bases").cloned();
        let (bases, open) = self.iterate(&given.unwrap_or_else(|| Value::tuple(vec![])));
        let name = arguments.get(0, "name").cloned().unwrap_or(Value::None);
        if name.is_gap() {
            self.list_nameless(None, Some(&name), &bases, asked.at, asked.scope);
        }
        if open {
            return self.of_open_bases(name, bases, asked);
        }
        let (bases, _) = self.mro_entries(&bases, asked.at)?;
        let Some(Prepared {
            name,
            metaclass,
            namespace,
            keywords,
            more,
            may_be_asked,
        }) = self.prepared(asked, &bases)?
        else {
            return Ok(self.gap_for(asked.at, Why::Input));
        };
        if let Some(body) = arguments.get(3, "exec_body").cloned()
            && !matches!(body, Value::None)
        {
            self.call_one(&body, namespace.clone(), asked)?;
        }
        if let Value::Class(metaclass) = metaclass
            && let Some(module) = self.module_of_new(metaclass)
            && let Value::Object(id) = namespace
            && let Object::Dict(dict) = self.object_mut(id)
            && !dict.entries.contains_key(&Key::Str("__module__".into()))
        {
            dict.insert(Value::str("__module__"), Value::str(&module));
        }
        let call = Arguments {
            positional: vec![name, Value::tuple(bases), namespace],
            keywords,
            open_keywords: more,
            ..Arguments::default()
        };
        let (at, scope) = (asked.at, asked.scope);
        let made = self.apart(|run| run.call(&metaclass, call, at, scope))?;
        if let (Value::Class(class), true) = (&made, may_be_asked) {
            let what = String::from("the keywords of `new_class` name no metaclass");
            let assumption = Assumption { what, at };
            self.may_have_another_metaclass(*class, &assumption);
            self.assume(*class, vec![assumption]);
        }
        Ok(made)
    }

    /// A class with bases of which some are not known.
    fn of_open_bases(&mut self, name: Value, bases: Vec<Value>, asked: &Asked<'_>) -> Eval {
        let call = Arguments::of(vec![name, Value::tuple(bases)]);
        let gap = self.gap_for(asked.at, Why::Input);
        self.unknown_class(&call, None, &[gap], asked.at, asked.scope)
    }

    /// `types.prepare_class(name, bases, kwds)`: the metaclass, the namespace that it prepares, and the other keywords.
    pub(super) fn types_prepare_class(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let given = asked.arguments.get(1, "bases").cloned();
        let (bases, open) = self.iterate(&given.unwrap_or_else(|| Value::tuple(vec![])));
        if open {
            return Ok(None);
        }
        let Some(prepared) = self.prepared(asked, &bases)? else {
            return Ok(None);
        };
        let keywords = prepared.keywords.into_iter();
        let keywords = keywords.map(|(name, value)| (Value::str(&name), value));
        let mut keywords = Dict::from_pairs(keywords);
        keywords.open |= prepared.more;
        let keywords = self.allocate(Object::Dict(keywords));
        let parts = vec![prepared.metaclass, prepared.namespace, keywords];
        Ok(Some(Value::tuple(parts)))
    }

    fn prepared(&mut self, asked: &Asked<'_>, bases: &[Value]) -> Eval<Option<Prepared>> {
        let arguments = &asked.arguments;
        let Some(name @ Value::Str(_)) = arguments.get(0, "name").cloned() else {
            return Ok(None);
        };
        let mut keywords: Vec<(Name, Value)> = vec![];
        let given = arguments.get(2, "kwds").cloned();
        let mut more = given.as_ref().is_some_and(Value::is_gap) || arguments.is_open();
        if let Some(given) = given
            && let Some((entries, open)) = self.dict_entries(&given)
        {
            more |= open;
            for (key, value) in entries {
                if let Value::Str(key) = key {
                    keywords.push((Name::from(&*key), value));
                }
            }
        }
        let metaclass = keywords.iter().position(|(name, _)| name == "metaclass");
        let may_be_asked = more && metaclass.is_none();
        let metaclass = match metaclass {
            Some(at) => keywords.remove(at).1,
            None => match bases.first().and_then(|first| self.class_of(first)) {
                Some(class) => Value::Class(class),
                None => Value::Class(self.known.type_),
            },
        };
        let metaclass = match metaclass {
            Value::Class(chosen) => match self.most_derived_of(chosen, bases, asked.at) {
                Some(found) => Value::Class(found?),
                None => metaclass,
            },
            other => other,
        };
        let namespace = match &metaclass {
            Value::Class(class) if self.user_defines(*class, "__prepare__") => {
                let hook =
                    self.get_attribute(&metaclass, &Name::const_new("__prepare__"), asked.at)?;
                let call = Arguments {
                    positional: vec![name.clone(), Value::tuple(bases.to_vec())],
                    keywords: keywords.clone(),
                    open_keywords: more,
                    ..Arguments::default()
                };
                self.call(&hook, call, asked.at, asked.scope)?
            }
            _ => self.allocate(Object::Dict(Dict::default())),
        };
        Ok(Some(Prepared {
            name,
            metaclass,
            namespace,
            keywords,
            more,
            may_be_asked,
        }))
    }

    /// The `__module__` of a class that `types.new_class` makes and whose namespace says none: that of the Python code which calls
    /// `type.__new__`. None where a metaclass of the project does.
    fn module_of_new(&self, metaclass: ClassId) -> Option<Name> {
        let (owner, _) = self.find_in_mro(metaclass, "__new__")?;
        if owner == self.known.type_ {
            return Some(Name::const_new("types"));
        }
        self.classes
            .is_interpreters(owner)
            .then(|| self.classes.get(owner).path.module.clone())
    }

    /// `@dataclass`: the class itself; with `slots=True` one made again, with the fields as slots.
    pub(super) fn dataclass(
        &mut self,
        class: Value,
        options: &Arguments,
        at: Option<Place>,
    ) -> Eval {
        let Value::Class(id) = class else {
            return Ok(class);
        };
        self.process_dataclass(id, options, at)?;
        self.add_dataclass_names(id, options, at)?;
        Ok(class)
    }

    /// `make_dataclass(name, fields, bases=(…))`
    pub(super) fn make_dataclass(&mut self, asked: &Asked<'_>) -> Eval {
        let arguments = &asked.arguments;
        let bases = arguments
            .keyword("bases")
            .cloned()
            .unwrap_or_else(|| Value::tuple(vec![]));
        let (bases, open) = self.iterate(&bases);
        let Some(Value::Str(name)) = arguments.get(0, "cls_name").cloned() else {
            let name = arguments.get(0, "cls_name");
            self.list_nameless(None, name, &bases, asked.at, asked.scope);
            return Ok(self.gap_for(asked.at, Why::Input));
        };
        if open {
            return self.of_open_bases(Value::Str(name), bases, asked);
        }
        let (bases, _) = self.mro_entries(&bases, asked.at)?;
        let metaclass = match bases.first().and_then(|first| self.class_of(first)) {
            Some(class) => class,
            None => self.known.type_,
        };
        let mut names = self.called_namespace(asked);
        // Before 3.12 it asked nobody who calls it.
        if self.world.version < PythonVersion::three(12)
            && let Some(module) = self.module_of_new(metaclass)
        {
            let module = Binding::new(Value::str(&module), asked.at);
            names.insert(Name::const_new("__module__"), module);
        }
        if let Some(given) = arguments.keyword("namespace").cloned()
            && let Some((entries, _)) = self.dict_entries(&given)
        {
            for (key, value) in entries {
                if let Value::Str(key) = key {
                    names.insert(Name::from(&*key), Binding::new(value, asked.at));
                }
            }
        }
        let (at, scope) = (asked.at, asked.scope);
        self.apart(|run| run.make_plain(metaclass, &Name::from(&*name), &bases, names, at, scope))
    }

    /// Makes a class that is not the one of the class statement on its way, even where the names agree.
    pub(super) fn apart(&mut self, make: impl FnOnce(&mut Self) -> Eval) -> Eval {
        let pending = std::mem::take(&mut self.pending);
        let result = make(self);
        self.pending = pending;
        result
    }
}

/// What a class is made from, before its body has run.
struct Prepared {
    name: Value,
    metaclass: Value,
    namespace: Value,
    keywords: Vec<(Name, Value)>,
    /// Whether there may be more keywords than these, and whether `metaclass` may be among them.
    more: bool,
    may_be_asked: bool,
}

/// What `namedtuple` says to names that it refuses.
///
/// ```py
/// namedtuple("A", "x class")  # ValueError: Type names and field names cannot be a keyword: 'class'
/// ```
fn misnamed(name: &str, fields: &[Name]) -> Option<String> {
    let all = std::iter::once(name).chain(fields.iter().map(Name::as_str));
    for name in all {
        if !is_identifier(name) {
            return Some(format!(
                "Type names and field names must be valid identifiers: '{name}'"
            ));
        }
        if is_keyword(name) {
            return Some(format!(
                "Type names and field names cannot be a keyword: '{name}'"
            ));
        }
    }
    for (index, name) in fields.iter().enumerate() {
        if name.starts_with('_') {
            return Some(format!(
                "Field names cannot start with an underscore: '{name}'"
            ));
        }
        if fields[..index].contains(name) {
            return Some(format!("Encountered duplicate field name: '{name}'"));
        }
    }
    None
}

/// `rename=True`: what would be refused is called by its place.
fn rename_fields(fields: &mut [Name]) {
    let mut seen: Vec<Name> = vec![];
    for (index, name) in fields.iter_mut().enumerate() {
        let is_fit = is_identifier(name) && !is_keyword(name) && !name.starts_with('_');
        if !is_fit || seen.contains(name) {
            *name = Name::from(format!("_{index}"));
        }
        seen.push(name.clone());
    }
}
