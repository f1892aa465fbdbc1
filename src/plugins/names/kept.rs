//! What objects keep: attributes that constructors set, fields of dataclasses; and how classes are related.

use std::rc::Rc;
use std::sync::Arc;

use crate::Name;
use crate::plugins::files::bound::Bound;
use crate::plugins::files::modules::File;
use crate::plugins::names::facts::Fact;
use crate::plugins::names::follow::{
    DEEPEST, Defined, Follow, Frame, Instance, Scope, Thing, What, absolute, is_same,
};
use crate::plugins::names::written::{Pair, is_path, said};
use crate::syntax::{Call, ClassDef, Expr, ExprKind, FunctionDef, StmtKind};

impl Follow<'_> {
    /// What an expression leads to, attributes of instances followed to what the instance keeps.
    pub(in crate::plugins) fn settled(&self, expr: &Expr, scope: &Scope) -> Thing {
        let thing = self.expr(expr, scope);
        self.settle(thing, scope)
    }

    /// What an attribute of an instance leads to; anything else as it is.
    pub(in crate::plugins) fn settle(&self, thing: Thing, scope: &Scope) -> Thing {
        let Thing::Instance(instance) = &thing else {
            return thing;
        };
        let Some((before, last)) = split_last(&instance.attributes) else {
            return thing;
        };
        let mut of = (**instance).clone();
        before.clone_into(&mut of.attributes);
        match self.fact(&of, last) {
            Some(Fact::Is(found)) => return self.settle(found, scope),
            Some(Fact::Missing) => return Thing::Unknown,
            None => {}
        }
        if !before.is_empty() {
            let inner = self.inner_method(instance, scope);
            let method = inner.and_then(|it| self.method_of(&it));
            return method.map_or(thing, |it| Thing::Defined(it.0));
        }
        if let Some(found) = self.of_package(&of, last, scope) {
            return found;
        }
        if (last == "value" || last == "name" || last == "_value_")
            && let Some(found) = self.of_member(&of, last)
        {
            return found;
        }
        let kept = self.guarded_kept(&of, last, scope);
        let kept = kept.or_else(|| self.facts.set(&of, last));
        kept.unwrap_or(thing)
    }

    /// `self.stats.install` as an attribute of the object that `self.stats` is, where a constructor has put one there.
    pub(in crate::plugins) fn inner_method(
        &self,
        of: &Instance,
        scope: &Scope,
    ) -> Option<Instance> {
        let (before, last) = split_last(&of.attributes)?;
        if before.is_empty() || before.contains('.') || self.depth.get() >= DEEPEST / 2 {
            return None;
        }
        let mut receiver = of.clone();
        receiver.attributes.clear();
        match self.guarded_kept(&receiver, before, scope)? {
            Thing::Instance(inner) if inner.attributes.is_empty() && inner.of.is_none() => {
                Some(Instance {
                    attributes: last.to_owned(),
                    ..(*inner).clone()
                })
            }
            _ => None,
        }
    }

    /// `self.manager` of a program's own object, where that is an object of the framework; anything else as it is.
    pub(super) fn own_object(&self, thing: Thing, scope: &Scope) -> Thing {
        let Thing::Instance(of) = &thing else {
            return thing;
        };
        let is_plain = !of.attributes.is_empty() && !of.attributes.contains('.');
        if !is_plain || !self.facts.has_classes() || self.is_of_framework(&of.class) {
            return thing;
        }
        let mut receiver = (**of).clone();
        receiver.attributes.clear();
        match self.guarded_kept(&receiver, &of.attributes, scope) {
            Some(Thing::Instance(kept)) if self.is_of_framework(&kept.class) => {
                Thing::Instance(kept)
            }
            _ => thing,
        }
    }

    pub(super) fn is_of_framework(&self, class: &str) -> bool {
        let classes = self.facts.classes.borrow();
        classes.iter().any(|it| self.is_a(class, it))
    }

    pub(super) fn guarded_kept(&self, of: &Instance, name: &str, scope: &Scope) -> Option<Thing> {
        let mut found = None;
        self.guarded(|| {
            found = self.kept(of, name, scope);
            Thing::Unknown
        });
        found
    }

    /// What an instance has under a name: what `__init__` puts there, or what its class has.
    fn kept(&self, of: &Instance, name: &str, scope: &Scope) -> Option<Thing> {
        let (module, qualname) = of.class.split_once(':')?;
        let class = self.dotted(module, qualname);
        if name == "__class__" {
            return Some(class);
        }
        let Thing::Defined(defined) = &class else {
            return None;
        };
        let (What::Class(def), Some(file)) = (&defined.what, &defined.file) else {
            return None;
        };
        if let Thing::Defined(init) = self.attribute(&class, "__init__")
            && let (What::Function(function), Some(of_init)) = (&init.what, &init.file)
            && let Some(first) = function.parameters.first()
        {
            let attribute = format!("{}.{name}", first.name);
            let body = function.body(&of_init.text);
            let table = self.table(of_init, function.start, &body);
            if table.has(&attribute) {
                // Another method that sets it may have run since, unless that is the one that asks.
                if self.sets(def, file, name, scope) {
                    return None;
                }
                let made = match &of.call {
                    Some((from, expr)) => match &expr.kind {
                        ExprKind::Call(call) => Some((&**call, from)),
                        _ => return None,
                    },
                    // `self` of a method that nobody is seen to call: what it is made with is not known.
                    None => None,
                };
                let mut receiver = of.clone();
                receiver.attributes.clear();
                let receiver = Some(Thing::Instance(Rc::new(receiver)));
                let (_, inner) = self.entered(&init, receiver, made, false)?;
                let [Bound::Value(value)] = &table.get(&attribute)[..] else {
                    return None;
                };
                if matches!(value.kind, ExprKind::Dict(_) | ExprKind::Call(_))
                    && let Some(filled) = self.filled_by_init(
                        (function, of_init),
                        (&first.name, name),
                        (&body, &inner),
                    )
                {
                    return filled;
                }
                return match self.settled(value, &inner) {
                    Thing::Unknown => None,
                    // A plain value may be another one by the time at which a method is called.
                    thing if made.is_none() => match &thing {
                        Thing::Instance(it) if self.is_of_framework(&it.class) => Some(thing),
                        _ => None,
                    },
                    thing => Some(thing),
                };
            }
        }
        // A method of its own stands before what a class above has.
        let member = self.guarded_member(def, file, &defined.path, name);
        let is_method =
            matches!(&member, Some(Thing::Defined(it)) if matches!(it.what, What::Function(_)));
        if !is_method && let Some(found) = self.kept_by_base(of, (def, file), name, scope) {
            return Some(found);
        }
        if let Some(found) = self.kept_by_helper(of, (def, file), name) {
            return Some(found);
        }
        if let Some(value) = self.kept_by_keyword(of, defined, name) {
            return Some(value).filter(|it| !matches!(it, Thing::Unknown));
        }
        if let Some(value) = self.kept_in_field(of, &class, name) {
            return Some(value).filter(|it| !matches!(it, Thing::Unknown));
        }
        let member = member?;
        match self.of_property(of, &member).unwrap_or(member) {
            Thing::Unknown => None,
            thing => Some(thing),
        }
    }

    /// What the one method puts under a name that does so, where `__init__` calls it: `self.reset()`.
    fn kept_by_helper(
        &self,
        of: &Instance,
        (def, file): (&ClassDef, &Rc<File>),
        name: &str,
    ) -> Option<Thing> {
        // Of one that is only handed about nobody knows what has become since.
        of.call.as_ref()?;
        let methods = def.body.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::Function(method) => Some(method),
            _ => None,
        });
        let text = |it: &FunctionDef| file.text.get(it.start as usize..it.end as usize);
        let has = |it: &FunctionDef, what: &str| text(it).is_some_and(|it| it.contains(what));
        let (set, annotated) = (format!(".{name} ="), format!(".{name}: "));
        let mut setters = methods
            .clone()
            .filter(|it| has(it, &set) || has(it, &annotated));
        let (setter, None) = (setters.next()?, setters.next()) else {
            return None;
        };
        let call = format!("self.{}()", setter.name);
        let init = methods.into_iter().find(|it| it.name == "__init__")?;
        let first = setter.parameters.first()?;
        if !has(init, &call) {
            return None;
        }
        let class = self.dotted_path(&of.class)?;
        let Thing::Defined(method) = self.attribute(&class, &setter.name) else {
            return None;
        };
        let body = setter.body(&file.text);
        let table = self.table(file, setter.start, &body);
        let [Bound::Value(value)] = &table.get(&format!("{}.{name}", first.name))[..] else {
            return None;
        };
        let mut receiver = of.clone();
        receiver.attributes.clear();
        let receiver = Thing::Instance(Rc::new(receiver));
        let (_, inner) = self.entered(&method, Some(receiver), None, false)?;
        match self.settled(value, &inner) {
            Thing::Unknown => None,
            thing => Some(thing),
        }
    }

    fn dotted_path(&self, path: &str) -> Option<Thing> {
        let (module, qualname) = path.split_once(':')?;
        Some(self.dotted(module, qualname))
    }

    /// What an instance of a dataclass or a `NamedTuple` has in a field: what it was made with, or the default.
    fn kept_in_field(&self, of: &Instance, class: &Thing, name: &str) -> Option<Thing> {
        let fields = self.fields_of(class)?;
        let is_it = |it: &Thing| matches!(it, Thing::Field(field, _) if field == name);
        let at = fields.iter().position(is_it)?;
        let (scope, made) = of.call.as_ref()?;
        let ExprKind::Call(call) = &made.kind else {
            return None;
        };
        let is_open = |it: &Expr| matches!(it.kind, ExprKind::Starred(_));
        if call.arguments.iter().any(is_open) || call.keywords.iter().any(|it| it.0.is_none()) {
            return Some(Thing::Unknown);
        }
        let mut keywords = call.keywords.iter();
        let named = keywords.find(|it| it.0.as_deref() == Some(name));
        if let Some(given) = call.arguments.get(at).or(named.map(|it| &it.1)) {
            return Some(self.expr(given, scope));
        }
        let Thing::Field(_, value) = &fields[at] else {
            return None;
        };
        let (scope, value) = value.as_ref()?;
        match &value.kind {
            ExprKind::Call(call)
                if is_path(&self.expr(&call.function, scope), "dataclasses:field") =>
            {
                let mut keywords = call.keywords.iter();
                let default = keywords.find(|it| it.0.as_deref() == Some("default"));
                Some(default.map_or(Thing::Unknown, |it| self.expr(&it.1, scope)))
            }
            _ => Some(self.expr(value, scope)),
        }
    }

    /// Whether a method of a class, other than its `__init__` and the one around a place, sets an attribute of its receiver.
    #[expect(clippy::unused_self, reason = "it stands beside what asks")]
    pub(super) fn sets(&self, def: &ClassDef, file: &Rc<File>, name: &str, scope: &Scope) -> bool {
        let asking = scope.frames.iter().rev().find(|it| it.is_call);
        let asking = asking.map_or("", |it| it.qualname.rsplit('.').next().unwrap_or_default());
        def.body.iter().any(|stmt| {
            let StmtKind::Function(method) = &stmt.kind else {
                return false;
            };
            if method.name == "__init__" || method.name == asking {
                return false;
            }
            let text = file.text.get(method.start as usize..method.end as usize);
            let text = text.unwrap_or_default();
            let Some(receiver) = method.parameters.first().map(|it| &it.name) else {
                return false;
            };
            let sets = |behind: &str| text.contains(&format!("{receiver}.{name}{behind}"));
            [" =", ": ", " +=", " |="].into_iter().any(sets)
        })
    }

    /// `dataclasses.fields(x)` of a class or an instance.
    pub(super) fn dataclass_fields(&self, call: &Call, scope: &Scope) -> Option<Vec<Thing>> {
        let [of] = &*call.arguments else { return None };
        if !is_path(&self.expr(&call.function, scope), "dataclasses:fields") {
            return None;
        }
        let of = self.settled(of, scope);
        self.fields_of(&of)
    }

    fn fields_of(&self, of: &Thing) -> Option<Vec<Thing>> {
        let path = match of {
            Thing::Defined(it) => &it.path,
            Thing::Instance(it) if it.attributes.is_empty() => &it.class,
            _ => return None,
        };
        let (module, qualname) = path.split_once(':')?;
        let Thing::Defined(class) = self.dotted(module, qualname) else {
            return None;
        };
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return None;
        };
        let scope = Scope::of(file);
        let is_dataclass = |it: &Expr| {
            let function = match &it.kind {
                ExprKind::Call(call) => &call.function,
                _ => it,
            };
            is_path(&self.expr(function, &scope), "dataclasses:dataclass")
        };
        // Fields of bases come first; who derives from nothing has none.
        let is_plain = def.bases.is_empty() && def.decorators.iter().any(is_dataclass);
        let is_named_tuple = || matches!(&*def.bases, [base] if is_path(&self.expr(base, &scope), "typing:NamedTuple"));
        if !is_plain && !is_named_tuple() {
            return None;
        }
        let inner = scope.within(Frame {
            qualname: class.qualname().to_owned(),
            is_class: true,
            ..Frame::default()
        });
        let mut found = vec![];
        for stmt in &def.body {
            let StmtKind::Annotate(target, annotation, value) = &stmt.kind else {
                continue;
            };
            let ExprKind::Name(name) = &target.kind else {
                continue;
            };
            let text = file
                .text
                .get(annotation.start as usize..annotation.end as usize);
            if text.is_some_and(|it| it.contains("ClassVar") || it.contains("InitVar")) {
                continue;
            }
            let value = value
                .as_ref()
                .map(|it| (inner.clone(), Arc::new((**it).clone())));
            found.push(Thing::Field(name.clone(), value));
        }
        Some(found)
    }

    /// An attribute of a dataclass's field.
    pub(super) fn of_field(
        &self,
        field: &Name,
        value: Option<&(Scope, Arc<Expr>)>,
        name: &str,
    ) -> Thing {
        let Some((scope, value)) = value else {
            return Thing::Unknown;
        };
        let of_call = match &value.kind {
            ExprKind::Call(call)
                if is_path(&self.expr(&call.function, scope), "dataclasses:field") =>
            {
                Some(call)
            }
            _ => None,
        };
        let keyword = |name: &str| {
            let mut keywords = of_call?.keywords.iter();
            keywords
                .find(|it| it.0.as_deref() == Some(name))
                .map(|it| &it.1)
        };
        match (name, of_call) {
            ("name", _) => said(field, scope),
            ("default", None) => self.expr(value, scope),
            ("default", Some(_)) => {
                keyword("default").map_or(Thing::Unknown, |it| self.expr(it, scope))
            }
            ("metadata", _) => match keyword("metadata") {
                Some(it) => self.expr(it, scope),
                None => Thing::Value(
                    scope.clone(),
                    Arc::new(Expr {
                        kind: ExprKind::Dict(Box::default()),
                        start: 0,
                        end: 0,
                    }),
                ),
            },
            _ => Thing::Unknown,
        }
    }

    /// The call to whose result a name is bound: `view = View.as_view("name")`.
    pub(in crate::plugins) fn bound_call(
        &self,
        expr: &Expr,
        scope: &Scope,
    ) -> Option<(Scope, Expr)> {
        let found = self.bound_value(expr, scope);
        found.filter(|it| matches!(it.1.kind, ExprKind::Call(_)))
    }

    /// The expression to which a name is bound, where one statement does so.
    #[expect(clippy::unused_self, reason = "it stands beside what asks")]
    pub(super) fn bound_value(&self, expr: &Expr, scope: &Scope) -> Option<(Scope, Expr)> {
        let ExprKind::Name(name) = &expr.kind else {
            return None;
        };
        let frame = scope.frames.iter().rev().find(|it| it.table.has(name));
        let bound = match frame {
            Some(frame) => frame.table.get(name),
            None => scope.file.table.get(name),
        };
        match &bound[..] {
            [Bound::Value(value)] => Some((scope.clone(), (**value).clone())),
            _ => None,
        }
    }

    /// `dataclasses.asdict(x)` of an instance that is made without arguments.
    pub(super) fn as_dict(&self, call: &Call, scope: &Scope) -> Option<Vec<Pair>> {
        let [of] = &*call.arguments else { return None };
        if !is_path(&self.expr(&call.function, scope), "dataclasses:asdict") {
            return None;
        }
        let of = self.settled(of, scope);
        let Thing::Instance(instance) = &of else {
            return None;
        };
        let made = match instance.call.as_ref().map(|it| &it.1.kind) {
            Some(ExprKind::Call(made)) => made.arguments.is_empty() && made.keywords.is_empty(),
            _ => false,
        };
        let pairs = self.fields_of(&of)?.into_iter().map(|it| {
            let Thing::Field(name, value) = it else {
                return None;
            };
            let default = match &value {
                Some(_) if made => self.of_field(&name, value.as_ref(), "default"),
                _ => Thing::Unknown,
            };
            let (scope, _) = value.as_ref()?;
            Some((said(&name, scope), default))
        });
        pairs.collect()
    }

    /// The module and the name to which an expression leads that names a module's own variable.
    pub(super) fn variable(&self, expr: &Expr, scope: &Scope) -> Option<(Rc<File>, Name)> {
        match &expr.kind {
            ExprKind::Name(name) => {
                let is_local =
                    |frame: &Rc<Frame>| frame.given.contains_key(name) || frame.table.has(name);
                if scope.frames.iter().any(is_local) {
                    return None;
                }
                self.variable_of(&scope.file, name, 0)
            }
            ExprKind::Attribute(of, name) => match self.expr(of, scope) {
                Thing::Module(module) => self.variable_of(&self.modules.source(&module)?, name, 0),
                _ => None,
            },
            _ => None,
        }
    }

    /// The module whose own statement binds what a module has under a name, and its name there: imports and star imports are followed.
    pub(in crate::plugins) fn comes_from(
        &self,
        file: &Rc<File>,
        name: &Name,
        depth: u32,
    ) -> Option<(Rc<File>, Name)> {
        if depth >= DEEPEST {
            return None;
        }
        match file.table.get(name).first() {
            Some(Bound::From(level, module, name)) => {
                let from = self.modules.source(&absolute(file, *level, module)?)?;
                self.comes_from(&from, name, depth + 1)
            }
            Some(_) => Some((file.clone(), name.clone())),
            None => file.table.stars.iter().rev().find_map(|(level, module)| {
                let from = self.modules.source(&absolute(file, *level, module)?)?;
                let gives = from.name != file.name && self.gives_all(&from, name);
                gives.then(|| self.comes_from(&from, name, depth + 1))?
            }),
        }
    }

    fn variable_of(&self, file: &Rc<File>, name: &Name, depth: u32) -> Option<(Rc<File>, Name)> {
        match file.table.get(name).first()? {
            Bound::Value(_) => Some((file.clone(), name.clone())),
            Bound::From(level, module, name) if depth < DEEPEST => {
                let module = absolute(file, *level, module)?;
                self.variable_of(&self.modules.source(&module)?, name, depth + 1)
            }
            _ => None,
        }
    }

    /// Whether a class certainly has no attribute of this name: its statement and those of all above it are plain, and none binds it.
    pub(in crate::plugins) fn lacks(&self, class: &Defined, name: &str) -> bool {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return false;
        };
        if name.starts_with("__") || !def.decorators.is_empty() || !def.keywords.is_empty() {
            return false;
        }
        // What sets attributes from elsewhere has to name the class or `setattr`.
        if self.table(file, def.start, &def.body).has(name) || file.text.contains("setattr(") {
            return false;
        }
        if self.depth.get() >= DEEPEST {
            return false;
        }
        self.depth.set(self.depth.get() + 1);
        let scope = Scope::of(file);
        let lacks = def.bases.iter().all(|base| match self.expr(base, &scope) {
            Thing::Defined(base) => self.lacks(&base, name),
            _ => matches!(&base.kind, ExprKind::Name(name) if name == "object"),
        });
        self.depth.set(self.depth.get() - 1);
        let assigned = format!("{}.{name}", def.name);
        lacks && !file.text.contains(&assigned)
    }

    /// Whether a class is another or derives from it, by their paths.
    pub(in crate::plugins) fn is_a(&self, class: &str, wanted: &str) -> bool {
        let key = (class.to_owned(), wanted.to_owned());
        if let Some(&known) = self.derives.borrow().get(&key) {
            return known;
        }
        let is_it = self.derives_from(class, wanted);
        self.derives.borrow_mut().insert(key, is_it);
        is_it
    }

    /// Whether a class, of which no path may lead to it, derives from another.
    pub(in crate::plugins) fn is_a_class(&self, class: &Defined, wanted: &str) -> bool {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return false;
        };
        let scope = Scope::of(file);
        def.bases.iter().any(|base| match self.expr(base, &scope) {
            Thing::Defined(it) => self.is_a(&it.path, wanted),
            _ => false,
        })
    }

    fn derives_from(&self, class: &str, wanted: &str) -> bool {
        let mut waiting = vec![class.to_owned()];
        let mut seen: Vec<String> = vec![];
        while let Some(path) = waiting.pop() {
            if is_same(&path, wanted) {
                return true;
            }
            if seen.contains(&path) || seen.len() > 64 {
                continue;
            }
            if let Some((module, qualname)) = path.split_once(':')
                && let Thing::Defined(it) = self.dotted(module, qualname)
                && let (What::Class(def), Some(file)) = (&it.what, &it.file)
            {
                let scope = Scope::of(file);
                for base in &def.bases {
                    if let Thing::Defined(base) = self.expr(base, &scope) {
                        waiting.push(base.path.clone());
                    }
                }
            }
            seen.push(path);
        }
        false
    }
}

/// The last of several attributes, and those before it.
fn split_last(attributes: &str) -> Option<(&str, &str)> {
    if attributes.is_empty() {
        return None;
    }
    Some(attributes.rsplit_once('.').unwrap_or(("", attributes)))
}
