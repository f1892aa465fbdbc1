//! Calls: arguments to parameters, the body of a function with source, the making of an instance.

use crate::Name;
use crate::evaluate::language::iteration::{Items, Iterator as Iterating, Source};
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::entered::Running;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::{DEPTH, Eval, Run};
use crate::evaluate::machine::value::{
    Binding, Code, Definition, Dict, Instance, Object, ObjectId, ScopeId, Value,
};
use crate::semantics::{ClassId, Why};
use crate::source::Place;
use crate::syntax::{FunctionDef, Parameter, ParameterKind};

/// What is called in the text of a call: `app.setup` of `app.setup(bases)`, `choice(apps).setup` of `choice(apps).setup()`.
fn called(text: &str) -> &str {
    let mut depth = 0;
    for (at, letter) in text.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' if depth <= 1 => return &text[..at],
            '(' => depth -= 1,
            _ => {}
        }
    }
    text
}

/// Whether texts alone have a method of this name.
fn is_of_text(method: &str) -> bool {
    matches!(
        method,
        "startswith"
            | "endswith"
            | "split"
            | "rsplit"
            | "strip"
            | "lstrip"
            | "rstrip"
            | "lower"
            | "upper"
            | "partition"
            | "rpartition"
            | "removeprefix"
            | "removesuffix"
            | "splitlines"
            | "encode"
            | "decode"
            | "isidentifier"
            | "isdigit"
    )
}

impl Run<'_, '_> {
    /// `callee(arguments)`, from code in `scope`.
    pub(crate) fn call(
        &mut self,
        callee: &Value,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        if !self.step() {
            return Err(self.cut());
        }
        if self.depth >= DEPTH {
            let what = self.text(at);
            self.not_followed(called(&what), arguments.handed(), at);
            return Ok(self.gap_for(at, Why::Budget));
        }
        self.note_handed(arguments.handed());
        if let Some(result) = self.in_each_side(callee, at, |run, it| {
            run.call(it, arguments.clone(), at, scope)
        }) {
            return result;
        }
        match callee {
            Value::Gap(id) => {
                self.lose_to(*id);
                if let Some(class) = self.gaps[id.0].class
                    && self.classes.is_interpreters(class)
                    && self.find_in_mro(class, "__call__").is_none()
                {
                    return self.not_callable(callee, at);
                }
                let what = self.text(at);
                let what = called(&what);
                // What a text is asked for leaves what it is handed as it was.
                let only_reads = what.rsplit_once('.').is_some_and(|it| is_of_text(it.1));
                let handed = arguments.handed();
                let handed = handed.filter(|it| !(only_reads && it.is_gap()));
                self.not_followed(what, handed, at);
                self.calls_something(callee, at);
                Ok(self.beyond_call(callee, &arguments))
            }
            Value::Class(class) => self.call_class(*class, arguments, at, scope),
            Value::Method(pair) => {
                let (function, receiver) = (pair.0.clone(), pair.1.clone());
                self.call(&function, arguments.with_receiver(receiver), at, scope)
            }
            Value::Native(path) => {
                let path = path.clone();
                self.call_native(&path, arguments, at, scope)
            }
            Value::Object(id) => match self.object(*id) {
                Object::Function(_) => self.call_function(*id, arguments, at, scope),
                Object::ClassMethod(inner) | Object::StaticMethod(inner) => {
                    let inner = inner.clone();
                    self.call(&inner, arguments, at, scope)
                }
                Object::Alias(alias) => {
                    let origin = alias.origin.clone();
                    self.call(&origin, arguments, at, scope)
                }
                Object::Instance(instance) => {
                    let class = instance.class;
                    self.call_instance(callee, class, arguments, at, scope)
                }
                _ => self.not_callable(callee, at),
            },
            _ => self.not_callable(callee, at),
        }
    }

    fn call_instance(
        &mut self,
        callee: &Value,
        class: ClassId,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        if self.classes.is_interpreters(class) {
            let gaps = self.gaps.len();
            let result = match self.call_table_instance(callee, class, &arguments, at, scope) {
                Some(result) => result?,
                None => self.not_callable(callee, at)?,
            };
            if matches!(result, Value::Gap(id) if id.0 as usize >= gaps) {
                self.note_handed_to(&result, &arguments, std::slice::from_ref(callee));
            }
            return Ok(result);
        }
        if self.user_defines(class, "__call__")
            && let Some(method) = self.special_method(callee, class, "__call__")
        {
            return self.call(&method, arguments, at, scope);
        }
        self.not_callable(callee, at)
    }

    /// Calls a function with source: its body runs on paper.
    fn call_function(
        &mut self,
        id: ObjectId,
        arguments: Arguments,
        at: Option<Place>,
        from: ScopeId,
    ) -> Eval {
        let Object::Function(function) = self.object(id) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        let behind = self.generator_behind(function);
        let Some(function) = self.called_definition(function) else {
            let what = function.name.clone();
            self.not_followed(&what, arguments.handed(), at);
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        if let Some(chosen) = self.dispatched(id, &arguments) {
            return match chosen {
                Some(chosen) => self.call(&chosen, arguments, at, from),
                None => Ok(self.gap_for(at, Why::NotFollowed)),
            };
        }
        if let Some(generator) = behind
            && let Value::Object(id) = &generator
            && let Some(made) = self.new_generator(*id, &function, &arguments, at)?
            && let Some(manager) = self.manager_of(made)
        {
            return Ok(manager);
        }
        // What the standard library's own source says of a few functions is told by the same words as its table.
        if let Some(path) = self.library_path(&function)
            && self.has_native(&path)
        {
            return self.call_native(&path, arguments, at, from);
        }
        self.import_named_by_url(&function, &arguments, at)?;
        if let Code::Def(def) = &function.code
            && def.summary.is_generator
            && def.summary.is_async
        {
            // How far an asynchronous generator is read is not followed.
            let of = Value::Object(id);
            let handed = arguments.handed().chain([&of]);
            self.not_followed(&function.name, handed, at);
            return Ok(self.gap_for(at, Why::Input));
        }
        if let Some(generator) = self.new_generator(id, &function, &arguments, at)? {
            return Ok(generator);
        }
        if self.is_unsure_recursion(id) {
            self.not_followed(&function.name, arguments.handed(), at);
            return Ok(self.gap(Why::Budget, &function.name, at));
        }
        self.in_call(id, &function, at, from, |run| {
            run.in_scope_of_its_own(function.scope, function.module, |run, scope| {
                run.run_function(id, &function, arguments, at, scope)
            })
        })
    }

    /// Runs the code of a function as a call: with steps of its own, and a place among the calls that run.
    pub(super) fn in_call(
        &mut self,
        id: ObjectId,
        function: &Definition,
        at: Option<Place>,
        from: ScopeId,
        code: impl FnOnce(&mut Self) -> Eval,
    ) -> Eval {
        if let Code::Def(def) = &function.code {
            self.met.called.insert((function.file, def.start));
        }
        if self.running.last() == Some(&function.module) {
            self.touched.note_leak();
        }
        let key = function.key();
        let is_outermost = self.depth == self.floor;
        let kept = if is_outermost {
            self.grant_call(key)
        } else {
            self.grant_part(key)
        };
        self.depth += 1;
        self.callers.push(from);
        self.calls.push(Running {
            function: id,
            open: self.journals.len(),
            at,
            scope: None,
            objects: self.heap.len() as u32,
        });
        let result = code(self);
        self.calls.pop();
        self.callers.pop();
        self.depth -= 1;
        if is_outermost {
            self.settle_call(key, kept);
        } else {
            self.settle_part(key, kept);
        }
        result
    }

    fn run_function(
        &mut self,
        id: ObjectId,
        function: &Definition,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        self.scope_mut(scope).function = Some(id);
        self.scope_mut(scope).receiver = arguments.positional.first().cloned();
        if let Some(running) = self.calls.last_mut() {
            running.scope = Some(scope);
        }
        match &function.code {
            Code::Lambda(lambda) => {
                self.bind_parameters(function, &lambda.parameters, arguments, scope, at)?;
                self.note_begin(function);
                self.begins(id);
                self.eval(&lambda.body, scope)
            }
            Code::Def(def) => {
                self.bind_parameters(function, &def.parameters, arguments, scope, at)?;
                self.note_watched(function, scope);
                self.run_body(id, function, def, at, scope)
            }
        }
    }

    /// Runs the body of a function whose parameters are bound, to its end.
    pub(super) fn run_body(
        &mut self,
        id: ObjectId,
        function: &Definition,
        def: &FunctionDef,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        self.note_begin(function);
        self.begins(id);
        // Its body runs when the first item is asked for, which it cannot here.
        if def.summary.is_generator {
            self.lose();
        }
        let text = self.library.file(function.file).text.clone();
        let body = def.body(&text);
        let mark = self.forks.len();
        let flow = self.exec_block(&body, scope);
        let end = match flow {
            Flow::Return(value) => Ok(value),
            Flow::Raise(thrown) => Err(Flow::Raise(thrown)),
            _ => Ok(Value::None),
        };
        let end = self.joined_since(mark, end, at, |left| match left {
            Flow::Raise(thrown) => Err(Flow::Raise(thrown)),
            Flow::Return(value) => Ok(value),
            _ => Ok(Value::None),
        });
        let result = match end {
            // What it would have done besides is not known.
            Err(Flow::Raise(thrown)) if thrown.is_cut => {
                return Ok(self.cut_short(function, scope, at));
            }
            Err(flow) => return Err(self.exception_of(flow, at)),
            Ok(result) => result,
        };
        if def.summary.is_generator {
            let yields = std::mem::take(&mut self.scope_mut(scope).yields);
            let iterator = Iterating {
                class: Some(self.known.generator),
                source: Source::Items {
                    items: yields.into(),
                    at: 0,
                    open: false,
                },
            };
            return Ok(self.allocate(Object::Iterator(Box::new(iterator))));
        }
        Ok(result)
    }

    /// Binds arguments to parameters (language reference 6.3.4).
    pub(super) fn bind_parameters(
        &mut self,
        function: &Definition,
        parameters: &[Parameter],
        arguments: Arguments,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<()> {
        let open = arguments.is_open();
        // Only where something may be left over or lacking: every call comes by here.
        let is_positional =
            |it: &&Parameter| matches!(it.kind, ParameterKind::Positional | ParameterKind::Either);
        let may_not_fit = !open
            && (!arguments.keywords.is_empty()
                || arguments.positional.len() != parameters.len()
                || !parameters.iter().all(|it| is_positional(&it)));
        let misfit = may_not_fit
            .then(|| self.misfit(function, parameters, &arguments))
            .flatten();
        let (open_positional, open_keywords) = (arguments.open_positional, arguments.open_keywords);
        let mut positional = arguments.positional.into_iter();
        let mut keywords = arguments.keywords;
        let mut missing = false;
        for (index, parameter) in parameters.iter().enumerate() {
            let by_name = |keywords: &mut Vec<(Name, Value)>| {
                keywords
                    .iter()
                    .position(|(name, _)| *name == parameter.name)
                    .map(|at| keywords.remove(at).1)
            };
            let value = match parameter.kind {
                ParameterKind::Positional => positional.next(),
                ParameterKind::Either => positional.next().or_else(|| by_name(&mut keywords)),
                ParameterKind::Keyword => by_name(&mut keywords),
                ParameterKind::Rest => {
                    let rest: Vec<Value> = positional.by_ref().collect();
                    Some(if open_positional {
                        self.gap(Why::Input, &parameter.name, at)
                    } else {
                        Value::tuple(rest)
                    })
                }
                ParameterKind::Keywords => {
                    let mut dict = Dict::from_pairs(
                        std::mem::take(&mut keywords)
                            .into_iter()
                            .map(|(name, value)| (Value::str(&name), value)),
                    );
                    dict.open = open_keywords;
                    Some(self.allocate(Object::Dict(dict)))
                }
            };
            let value = match value {
                Some(value) => value,
                None if open => self.gap(Why::Input, &parameter.name, at),
                None => {
                    if let Some(default) = function.defaults.get(index).cloned().flatten() {
                        default
                    } else {
                        missing = true;
                        continue;
                    }
                }
            };
            let name = self.mangled(&parameter.name, scope);
            self.bind(scope, &name, value, None);
        }
        if let Some(message) =
            misfit.filter(|_| missing || !keywords.is_empty() || positional.next().is_some())
        {
            // The function and what it is handed are known, whatever else of the module is not.
            let mut thrown = self.throw(self.known.type_error, message, at);
            thrown.is_certain |= self.is_plainly_here();
            return Err(thrown);
        }
        Ok(())
    }

    /// `Class(...)`: what `type.__call__` does, or the metaclass's own `__call__`.
    fn call_class(
        &mut self,
        class: ClassId,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let before = self.gone_through_by(&arguments);
        if let Some(result) = self.call_known_class(class, &arguments, at, scope) {
            if let Ok(made) = &result {
                self.note_handed_to(made, &arguments, &before);
            }
            return result;
        }
        if let Some(metaclass) = self.metaclass_of(class)
            && self.user_defines(metaclass, "__call__")
        {
            let Some(method) = self.special_method(&Value::Class(class), metaclass, "__call__")
            else {
                return Ok(self.gap_for(at, Why::NotFollowed));
            };
            return self.call(&method, arguments, at, scope);
        }
        self.instantiate(class, arguments, at, scope)
    }

    /// `type.__call__`: `__new__`, then `__init__` where an instance came out.
    pub(crate) fn instantiate(
        &mut self,
        class: ClassId,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        if self.classes.is_subclass(class, self.known.type_) {
            return self.call_metaclass(class, arguments, at, scope);
        }
        // Told by the same words where its source is the project.
        if self.world.is_standard_library
            && self.is_library_class(class, "functools", "partialmethod")
            && let Some(made) = self.call_library_class(class, &arguments, at, scope)
        {
            return made;
        }
        let made = if self.user_defines(class, "__new__") {
            let new = self
                .find_in_mro(class, "__new__")
                .and_then(|(_, binding)| binding);
            match new {
                Some(binding) => {
                    let function = self.static_part(&binding.value);
                    let arguments = arguments.clone().with_receiver(Value::Class(class));
                    self.call(&function, arguments, at, scope)?
                }
                None => self.new_instance(class, &arguments, at)?,
            }
        } else {
            self.refused_by_new(class, &arguments, false, at)?;
            self.new_instance(class, &arguments, at)?
        };
        // The one that is called is that of the object which came out (`type_call`).
        let came_out = self.class_of(&made);
        // Of a class whose statement raised after it was there, it is not known what it has.
        if came_out.is_some_and(|it| self.classes.made(it).is_none()) {
            self.lose();
        }
        let kind = came_out.filter(|&it| self.classes.is_subclass(it, class) || it == class);
        if let Some(kind) = kind {
            self.refused_by_base(kind, &arguments, at, scope)?;
        }
        if let Some(kind) = kind.filter(|&it| self.user_defines(it, "__init__")) {
            let init = self
                .find_in_mro(kind, "__init__")
                .and_then(|(_, binding)| binding);
            if let Some(binding) = init
                && let Ok(method) = self.get_descriptor(&binding.value, Some(&made), kind, at)
            {
                let returned = self.call(&method, arguments, at, scope)?;
                self.returns_nothing(&returned, at)?;
            }
        }
        Ok(made)
    }

    /// Marks an instance as one that may have attributes that are not known.
    pub(crate) fn open_instance(&mut self, value: &Value) {
        if let Value::Object(id) = value
            && matches!(self.object(*id), Object::Instance(_))
            && let Object::Instance(instance) = self.object_mut(*id)
        {
            instance.open = true;
        }
    }

    /// The function inside of a `staticmethod`.
    pub(crate) fn static_part(&self, value: &Value) -> Value {
        match value {
            Value::Object(id) => match self.object(*id) {
                Object::StaticMethod(inner) | Object::ClassMethod(inner) => inner.clone(),
                _ => value.clone(),
            },
            _ => value.clone(),
        }
    }

    /// `object.__new__(class)`, with the constant that a subclass of `str`, `tuple`, … stands for, or what making that raises.
    ///
    /// ```py
    /// class Port(int):
    ///     def __new__(cls, text):
    ///         return super().__new__(cls, text)
    /// Port("http")  # ValueError: invalid literal for int() with base 10: 'http'
    /// ```
    pub(crate) fn new_instance(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval {
        let mut instance = Instance::of(class);
        instance.open = !self.is_whole(class);
        let known = self.known;
        // `list.__new__`, `dict.__new__` and that of `property` look at no argument: `__init__` does.
        let is_left_to_init = self.user_defines(class, "__init__")
            && [known.list, known.dict, known.set, known.property]
                .iter()
                .any(|&it| self.classes.is_subclass(class, it));
        let nothing = Arguments::default();
        let arguments = if is_left_to_init { &nothing } else { arguments };
        let first = arguments.positional.first();
        if self.classes.is_subclass(class, known.base_exception) {
            instance.payload = Some(Value::tuple(arguments.positional.clone()));
        } else if let Some(kind) = [
            known.str_,
            known.int,
            known.float,
            known.bytes,
            known.complex,
        ]
        .into_iter()
        .find(|&it| self.classes.is_subclass(class, it))
        {
            if self.is_made_otherwise(class, kind) {
                instance.open = true;
                return Ok(self.allocate(Object::Instance(instance)));
            }
            instance.payload = match self.constant_from(kind, arguments, at) {
                Some(Err(_)) if arguments.is_open() => None,
                Some(made) => self.settled(made, at)?,
                None => None,
            };
            instance.open |= instance.payload.is_none();
        } else if self.classes.is_subclass(class, known.tuple) {
            if self.is_made_otherwise(class, known.tuple) {
                return self.new_library_tuple(class, arguments, at);
            }
            instance.payload = match arguments.positional.as_slice() {
                _ if arguments.is_open() => None,
                [] => Some(Value::tuple(vec![])),
                [value] => {
                    let made = self.items_to_keep(&value.clone(), at)?;
                    (!made.open).then(|| Value::tuple(made.items))
                }
                more => {
                    let given = more.len();
                    let message = format!("tuple expected at most 1 argument, got {given}");
                    return Err(self.type_error(&message, at));
                }
            };
        } else if self.classes.is_subclass(class, known.list) {
            let (items, open) = first.map_or((vec![], false), |value| self.iterate(&value.clone()));
            instance.payload = Some(self.allocate(Object::List { items, open }));
        } else if self.classes.is_subclass(class, known.set)
            || self.classes.is_subclass(class, known.frozenset)
        {
            let frozen = self.classes.is_subclass(class, known.frozenset);
            if frozen && arguments.positional.len() > 1 && !arguments.is_open() {
                let name = self.classes.get(class).path.name();
                let given = arguments.positional.len();
                let message = format!("{name} expected at most 1 argument, got {given}");
                return Err(self.type_error(&message, at));
            }
            let items = match first {
                Some(value) => self.items_in_any_order(&value.clone(), at)?,
                None => Items::none(),
            };
            instance.payload = Some(self.new_set_of(items.items, items.open, frozen, at)?);
        } else if self.classes.is_subclass(class, known.dict)
            || self.is_under(class, "weakref", "WeakValueDictionary")
            || self.is_under(class, "weakref", "WeakKeyDictionary")
        {
            let mut dict = Dict::default();
            let mut rest = arguments.positional.iter();
            if self.is_under(class, "collections", "defaultdict") {
                let factory = Binding::new(rest.next().cloned().unwrap_or(Value::None), None);
                instance
                    .names
                    .insert(crate::Name::const_new("default_factory"), factory);
            }
            if let Some(value) = rest.next() {
                self.update_dict(&mut dict, &value.clone());
            }
            dict.replaced |= arguments.open_keywords && !dict.entries.is_empty();
            for (name, value) in &arguments.keywords {
                dict.insert(Value::str(name), value.clone());
            }
            dict.open |= arguments.open_keywords;
            instance.payload = Some(self.allocate(Object::Dict(dict)));
        } else if self.classes.is_subclass(class, known.property) && !arguments.is_open() {
            instance.payload = Some(self.allocate(arguments.property(0)));
        } else if self.classes.is_subclass(class, known.classmethod)
            && !self.user_defines(class, "__init__")
        {
            instance.payload = first
                .cloned()
                .map(|it| self.allocate(Object::ClassMethod(it)));
        } else if self.classes.is_interpreters(class) && class != known.object {
            instance.open = true;
        }
        let made = self.allocate(Object::Instance(instance));
        if !is_left_to_init && self.classes.is_subclass(class, known.property) {
            self.document_property(&made, arguments, at)?;
        }
        Ok(made)
    }
}
