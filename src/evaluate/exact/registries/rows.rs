//! The rows of a registry: keys, what they lead to, and the statement or call that put it there.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Gathering;
use super::holders::{Held, Root};
use crate::Name;
use crate::evaluate::machine::entered::{Entry, Holder};
use crate::evaluate::machine::value::{Code, Function, Key, Object, Value};
use crate::semantics::{ClassId, Leads, NamedSort, Registered, RowState, Spotted};
use crate::source::Place;
use crate::syntax::{Block, Expr, ExprKind, StmtKind};

/// How many rows one registry may have.
const MOST_OF_ONE: usize = 30_000;
/// How many items of a container within a container are told.
const MOST_WITHIN: usize = 1_000;
/// How many that lost one key are told.
const MOST_REPLACED: usize = 32;
/// How often one function may wrap another.
const MOST_WRAPPED: usize = 32;
/// Characters of what is quoted of the source.
const MOST_QUOTED: usize = 72;

/// How something came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    SubclassHook,
    /// Any other function that is called when a class is made.
    Hook,
    Decorator,
    /// A call or an assignment, or a display.
    Other,
}

/// A row, and what is asked of it on the way.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
pub(super) struct Row {
    pub told: Registered,
    pub way: Way,
    /// Whether it leads to something of the project.
    pub is_own: bool,
    /// Whether it leads to a class or a function.
    pub is_code: bool,
    /// Whether it is one of a library, and a statement or call of the project has put it there.
    pub is_put: bool,
    /// The class in whose making it came in.
    pub made: Option<ClassId>,
    /// Whether the log tells of it.
    pub is_noted: bool,
    /// The class that has the hook by which it came in, and the name of the hook in its `def` statement.
    pub hook_of: Option<ClassId>,
    pub hook: Option<Place>,
    pub key: Option<Value>,
    pub value: Value,
    /// The keywords of the class statement.
    keywords: Vec<(Name, Value)>,
}

impl Gathering<'_, '_, '_> {
    /// The rows of a container, and whether more may stand in it.
    pub(super) fn rows(&self, held: &Held, root: &Root) -> (Vec<Row>, bool) {
        let mut rows: Vec<Row> = vec![];
        let mut is_open = held.is_open;
        let mut noted = self.noted(held);
        let display = self.display(root);
        for (index, (key, value)) in held.entries.iter().enumerate() {
            if rows.len() >= MOST_OF_ONE {
                is_open = true;
                break;
            }
            // `TABLE.setdefault(key, []).append(value)`
            if let Value::Object(_) = value
                && let Some(inner) = self.held(value)
                && key.is_some()
                && self.run.registered_in(value).is_none()
            {
                is_open |= inner.is_open || inner.entries.len() > MOST_WITHIN;
                let mut noted = self.noted(&inner);
                for (under, item) in inner.entries.iter().take(MOST_WITHIN) {
                    let entry = noted.take(under.as_ref(), item);
                    let mut row = self.row(key.as_ref(), item, entry, root.at);
                    if let (Some(shown), Some(under)) = (&mut row.told.key, under) {
                        *shown = format!("{shown}, {}", self.shown(under));
                    }
                    rows.push(row);
                }
                continue;
            }
            let entry = noted.take(key.as_ref(), value);
            let written = display.as_ref().and_then(|it| it.get(index).copied());
            let stands = written.or(root.at);
            let before = noted.replaced(key.as_ref(), value);
            let row = self.row(key.as_ref(), value, entry, stands);
            let wins = self.wins(&row);
            for entry in before {
                let mut lost = self.row(key.as_ref(), &entry.value, Some(entry), None);
                lost.told.state = RowState::Replaced(wins.clone());
                rows.push(lost);
            }
            // What the display says before it is assigned anew: `TABLE = {"csv": Csv}`, `TABLE["csv"] = Other`.
            if let (Some(_), Some(place)) = (entry, written)
                && key.is_some()
            {
                let text = self.run.text(Some(place));
                let value = self.named_here(&text, place).unwrap_or(Value::None);
                let mut lost = self.row(key.as_ref(), &value, None, Some(place));
                if matches!(value, Value::None) {
                    lost.told.leads = Leads::Text(shortened(&text));
                }
                lost.told.state = RowState::Replaced(wins);
                rows.push(lost);
            }
            rows.push(row);
        }
        for entry in noted.without_key() {
            let mut row = self.row(None, &entry.value, Some(entry), None);
            row.told.state = RowState::Unknown(String::from("under a key that is not known"));
            rows.push(row);
            is_open = true;
        }
        (rows, is_open)
    }

    /// Who has a key in the end.
    fn wins(&self, row: &Row) -> String {
        let who = match &row.told.leads {
            Leads::Class(id) => self.run.classes.get(*id).path.qualname.to_string(),
            Leads::Named { path, .. } => path.split(':').next_back().unwrap_or(path).to_owned(),
            Leads::Text(text) => text.clone(),
        };
        match row.told.at {
            Some(Spotted::Source(place)) => {
                let file = self.run.library.file(place.file);
                let line = file.line(place.start);
                format!("the last one wins: {who}, {}:{line}", file.shown)
            }
            _ => format!("the last one wins: {who}"),
        }
    }

    /// One row.
    pub(super) fn row(
        &self,
        key: Option<&Value>,
        value: &Value,
        entry: Option<&Entry>,
        written: Option<Place>,
    ) -> Row {
        let run = self.run;
        // A list of pairs: `ROUTES.append(("/", index))`.
        let (key, leads) = match (key, value) {
            (None, Value::Tuple(items)) => {
                let first = items.first().filter(|it| matches!(it, Value::Str(_)));
                (first, run.registered_in(value).unwrap_or(value))
            }
            (key, Value::Tuple(_)) => (key, run.registered_in(value).unwrap_or(value)),
            (key, _) => (key, value),
        };
        let (led, state) = self.leads(leads);
        let mut told = Registered::new(key.map(|it| self.shown(it)), led);
        if let Some(state) = state {
            told.state = state;
        }
        let mut row = Row {
            told,
            way: Way::Other,
            is_own: self.is_own(value) || key.is_some_and(|it| self.is_own(it)),
            is_put: false,
            is_code: !matches!(leads, Value::Object(id) if matches!(run.peek(*id), Object::Instance(_))),
            made: None,
            is_noted: entry.is_some(),
            hook_of: None,
            hook: None,
            key: key.cloned(),
            value: leads.clone(),
            keywords: vec![],
        };
        let Some(entry) = entry else {
            row.told.at = written.filter(|it| self.has(*it)).map(Spotted::Source);
            return row;
        };
        self.say_reason(&mut row, entry);
        row
    }

    /// Says where, and by what, something was put into its container.
    fn say_reason(&self, row: &mut Row, entry: &Entry) {
        let run = self.run;
        let reason = &entry.reason;
        row.told.at = reason.at.filter(|it| self.has(*it)).map(Spotted::Source);
        let function = reason.by.and_then(|id| match run.peek(id) {
            Object::Function(it) => Some(it),
            _ => None,
        });
        let is_decorator = reason.is_decorator || self.follows_at(reason.at);
        if let (Some(statement), Some(function)) = (reason.statement, function) {
            let statement = run.started.statements.get(statement as usize);
            row.keywords = statement.map_or_else(Vec::new, |it| it.keywords.clone());
            row.made = statement.and_then(|it| it.class);
            row.hook_of = function
                .class_body
                .and_then(|body| run.scope(body).class)
                .filter(|it| it.0 < self.classes);
            row.hook = Some(name_of(function)).filter(|it| self.has(*it));
            row.way = match function.name.as_str() {
                "__init_subclass__" => Way::SubclassHook,
                "__set_name__" => Way::Other,
                _ => Way::Hook,
            };
            let keywords: Vec<String> = row
                .keywords
                .iter()
                .map(|(name, value)| format!("{name}={}", self.shown(value)))
                .collect();
            row.told.by = match keywords.as_slice() {
                [] => function.qualname.to_string(),
                keywords => format!("{}({})", function.qualname, keywords.join(", ")),
            };
            return;
        }
        let is_of_library = match &row.value {
            Value::Class(id) => !run.classes.is_interpreters(*id),
            // What it makes itself of what it is handed is its own matter.
            value => run
                .function(value)
                .is_some_and(|it| !it.definition.qualname.contains("<locals>")),
        };
        row.is_put = is_of_library && reason.at.is_some_and(|it| self.own.contains(&it.file));
        let text = shortened(&run.text(reason.at));
        row.told.by = if is_decorator {
            row.way = Way::Decorator;
            format!("@{text}")
        } else if is_assignment(&text) || function.is_none() && !text.ends_with(')') {
            String::from("assigned")
        } else {
            text
        };
        if self.is_in_loop(reason.at) {
            row.told.by.push_str(" in a loop");
        }
    }

    /// What a value is.
    pub(super) fn leads(&self, value: &Value) -> (Leads, Option<RowState>) {
        let run = self.run;
        let leads = match run.function_within(value) {
            Value::Class(id) if id.0 < self.classes => Leads::Class(*id),
            Value::Class(id) => Leads::Named {
                sort: NamedSort::Class,
                path: run.classes.get(*id).path.to_string(),
                at: None,
            },
            Value::Object(id) => match run.peek(*id) {
                Object::Function(it) => self.function(it),
                Object::Instance(it) => match run.bounded_repr(value, &run.world.limits) {
                    Some(shown) => Leads::Text(shown),
                    None => Leads::Text(format!("an object of {}", self.path(it.class))),
                },
                _ => Leads::Text(self.shown(value)),
            },
            Value::Native(path) => Leads::Named {
                sort: NamedSort::Function,
                path: path.to_string(),
                at: None,
            },
            Value::Module(ix) => Leads::Named {
                sort: NamedSort::Module,
                path: run.module(*ix).name.to_string(),
                at: None,
            },
            Value::Gap(id) => {
                let why = String::from("what stands there is not known");
                let what = run.told(*id).what.to_string();
                return (Leads::Text(what), Some(RowState::Unknown(why)));
            }
            _ => Leads::Text(self.shown(value)),
        };
        (leads, None)
    }

    /// A function, and those that it is made like by `functools.wraps`, one in another.
    pub(super) fn wrapped<'f>(&'f self, function: &'f Function) -> Vec<&'f Function> {
        let mut all = vec![function];
        while let Some(inside) = all.last().and_then(|it| it.names.get("__wrapped__"))
            && let Value::Object(id) = self.run.function_within(&inside.value)
            && let Object::Function(inside) = self.run.peek(*id)
            && all.len() < MOST_WRAPPED
        {
            all.push(inside);
        }
        all
    }

    /// A function; of one that `functools.wraps` has made like another, that one.
    fn function(&self, function: &Function) -> Leads {
        let function = *self.wrapped(function).last().unwrap_or(&function);
        let module = &self.run.module(function.module).name;
        Leads::Named {
            sort: NamedSort::Function,
            path: format!("{module}:{}", function.qualname),
            at: Some(name_of(function))
                .filter(|it| self.has(*it))
                .map(Spotted::Source),
        }
    }

    /// A value as a key is shown.
    pub(super) fn shown(&self, value: &Value) -> String {
        let run = self.run;
        let is_flat = |it: &Value| !matches!(it, Value::Tuple(_));
        match value {
            Value::Class(id) => run.classes.get(*id).path.qualname.to_string(),
            Value::Gap(id) => run.told(*id).what.to_string(),
            Value::Tuple(items) if items.len() <= 8 && items.iter().all(is_flat) => {
                let items: Vec<String> = items.iter().map(|it| self.shown(it)).collect();
                let comma = if items.len() == 1 { "," } else { "" };
                format!("({}{comma})", items.join(", "))
            }
            other => match run.bounded_repr(other, &run.world.limits) {
                Some(shown) => shown,
                None => match other {
                    Value::Object(id) => match run.peek(*id) {
                        Object::Function(it) => it.qualname.to_string(),
                        _ => format!("an object of {}", run.type_name(other)),
                    },
                    _ => format!("an object of {}", run.type_name(other)),
                },
            },
        }
    }

    fn path(&self, class: ClassId) -> String {
        let path = &self.run.classes.get(class).path;
        if self.run.classes.is_interpreters(class) && path.module == "builtins" {
            return path.qualname.to_string();
        }
        format!("{}.{}", path.module, path.qualname)
    }

    /// What the keys of a registry are, where all of them are made in one way.
    pub(super) fn key_of(&self, rows: &[Row]) -> String {
        let mut said: Option<String> = None;
        let mut count = 0;
        for row in rows.iter().filter(|it| it.is_noted && it.key.is_some()) {
            let Some(key) = self.key_of_row(row) else {
                return String::new();
            };
            if said.as_ref().is_some_and(|it| *it != key) {
                return String::new();
            }
            said = Some(key);
            count += 1;
        }
        said.filter(|_| count > 1).unwrap_or_default()
    }

    fn key_of_row(&self, row: &Row) -> Option<String> {
        let key = row.key.as_ref()?;
        let of_statement = row.keywords.iter().find(|(_, value)| value.same(key));
        if let Some((name, _)) = of_statement {
            return Some(format!("keyword {name}"));
        }
        let Value::Str(text) = key else {
            return None;
        };
        if row.way == Way::Decorator && row.told.by.contains(&self.shown(key)) {
            return Some(String::from("argument of the decorator"));
        }
        let Value::Class(class) = row.value else {
            return None;
        };
        let name = self.run.classes.get(class).path.name();
        if **text == *name {
            return Some(String::from("__name__"));
        }
        if **text == *name.to_lowercase() {
            return Some(String::from("__name__.lower()"));
        }
        let names = self.run.class_names.get(&class)?;
        let (name, _) = names.iter().find(|(name, it)| {
            !name.starts_with("__") && matches!(&it.value, Value::Str(it) if it == text)
        })?;
        Some(name.to_string())
    }

    /// Why more may stand in a registry than is told.
    pub(super) fn doubt(&self, held: &Held, is_open: bool) -> Option<String> {
        let run = self.run;
        let touched = held.id.and_then(|id| run.touched.get(id));
        if let Some(assumption) = touched {
            return Some(format!("taken for granted: {}", assumption.what));
        }
        if is_open {
            return Some(String::from("more may stand in it than is known"));
        }
        if let Some(cut) = self.cut_entry(held) {
            return Some(match cut.reason.at {
                Some(at) => format!(
                    "what fills it at line {} was not followed to its end",
                    self.run.library.file(at.file).line(at.start)
                ),
                None => String::from("what fills it was not followed to its end"),
            });
        }
        run.entered
            .is_full()
            .then(|| String::from("not all that was put into containers could be noted"))
    }

    /// Something that a container holds, or one within it, that came from what was not followed to its end.
    fn cut_entry(&self, held: &Held) -> Option<&Entry> {
        let within = held.entries.iter().filter_map(|it| match &it.1 {
            Value::Object(id) => Some(*id),
            _ => None,
        });
        let is_cut = |it: &&Entry| self.run.entered.is_cut(it);
        let logs = held.id.into_iter().chain(within);
        let mut logs = logs.filter_map(|id| self.log.get(&Holder::Object(id)));
        logs.find_map(|it| it.iter().copied().find(is_cut))
    }

    /// What the log tells of a container.
    fn noted(&self, held: &Held) -> Noted<'_> {
        let entries = held.id.and_then(|id| self.log.get(&Holder::Object(id)));
        let mut by_key: FxHashMap<Option<Key>, Vec<&Entry>> = FxHashMap::default();
        let mut lost = vec![];
        for entry in entries.into_iter().flatten() {
            if entry.is_gone {
                // What is put there afterwards takes nothing's place.
                match &entry.key {
                    Some(key) => {
                        by_key.remove(&key.key());
                    }
                    None => by_key.clear(),
                }
                continue;
            }
            match (held.is_mapping, &entry.key) {
                (true, Some(key)) => match key.key() {
                    Some(key) => by_key.entry(Some(key)).or_default().push(entry),
                    None if !entry.is_tried && key.is_gap() => lost.push(*entry),
                    None => {}
                },
                (true, None) => {}
                (false, _) => by_key.entry(entry.value.key()).or_default().push(entry),
            }
        }
        Noted {
            by_key,
            lost,
            is_mapping: held.is_mapping,
        }
    }

    /// Where the items of a display stand that a name is bound to, in its order; none where it holds anything unpacked.
    fn display(&self, root: &Root) -> Option<Vec<Place>> {
        let at = root.at.filter(|it| root.depth == 0 && self.has(*it))?;
        let syntax = self.run.library.syntax(at.file);
        let value = assigned_at(&syntax.body, at)?;
        let place = |it: &Expr| Place {
            file: at.file,
            start: it.start,
            end: it.end,
        };
        let is_plain = |it: &&Expr| !matches!(it.kind, ExprKind::Starred(_));
        match &value.kind {
            ExprKind::Dict(items) => {
                let plain = items.iter().filter(|(key, _)| key.is_some());
                let mut keys = FxHashSet::default();
                let mut places = Vec::with_capacity(items.len());
                for (key, value) in plain {
                    let key = key.as_ref().map(|it| self.run.text(Some(place(it))));
                    // Where one is written twice, the items are fewer than what is written.
                    if !keys.insert(key) {
                        return None;
                    }
                    places.push(place(value));
                }
                (places.len() == items.len()).then_some(places)
            }
            ExprKind::List(items) | ExprKind::Tuple(items) => {
                let places: Vec<Place> = items.iter().filter(is_plain).map(place).collect();
                (places.len() == items.len()).then_some(places)
            }
            _ => None,
        }
    }

    /// What a plain name means in the module of a place.
    fn named_here(&self, name: &str, place: Place) -> Option<Value> {
        let run = self.run;
        let module = run.modules.iter().find(|it| it.file == Some(place.file))?;
        let binding = run.scope(module.scope).names.get(name)?;
        Some(binding.value.clone())
    }

    /// Whether an `@` stands before a place.
    fn follows_at(&self, place: Option<Place>) -> bool {
        let Some(place) = place.filter(|it| self.has(*it)) else {
            return false;
        };
        let text = &self.run.library.file(place.file).text;
        let before = text.get(..place.start as usize).unwrap_or_default();
        before.trim_end_matches([' ', '\t', '(']).ends_with('@')
    }

    /// Whether a place stands in a loop of a module's or a class's body.
    fn is_in_loop(&self, place: Option<Place>) -> bool {
        let Some(place) = place.filter(|it| self.has(*it)) else {
            return false;
        };
        let syntax = self.run.library.syntax(place.file);
        let mut blocks: Vec<&Block> = vec![&syntax.body];
        while let Some(block) = blocks.pop() {
            for stmt in block {
                if !(stmt.start..stmt.end).contains(&place.start) {
                    continue;
                }
                match &stmt.kind {
                    StmtKind::For { .. } | StmtKind::While { .. } => return true,
                    StmtKind::Class(def) => blocks.push(&def.body),
                    kind => kind.blocks(&mut |block| blocks.push(block)),
                }
            }
        }
        false
    }
}

/// What the log tells of one container, each told once.
struct Noted<'e> {
    by_key: FxHashMap<Option<Key>, Vec<&'e Entry>>,
    lost: Vec<&'e Entry>,
    is_mapping: bool,
}

impl<'e> Noted<'e> {
    fn key(&self, key: Option<&Value>, value: &Value) -> Option<Key> {
        if self.is_mapping {
            key.and_then(Value::key)
        } else {
            value.key()
        }
    }

    /// The entry by which a value stands where it does.
    fn take(&mut self, key: Option<&Value>, value: &Value) -> Option<&'e Entry> {
        let is_mapping = self.is_mapping;
        let entries = self.by_key.get_mut(&self.key(key, value))?;
        let place = if is_mapping {
            entries.iter().rposition(|it| it.value.same(value))?
        } else {
            entries.iter().position(|it| it.value.same(value))?
        };
        if is_mapping {
            return entries.get(place).copied();
        }
        Some(entries.remove(place))
    }

    /// What a key had before, in the order in which it was put there.
    fn replaced(&self, key: Option<&Value>, value: &Value) -> Vec<&'e Entry> {
        if !self.is_mapping {
            return vec![];
        }
        let mut found: Vec<&'e Entry> = vec![];
        for entry in self.by_key.get(&self.key(key, value)).into_iter().flatten() {
            let is_known = found.iter().any(|it| it.value.same(&entry.value));
            if found.len() == MOST_REPLACED {
                break;
            }
            if !entry.is_tried && !entry.value.same(value) && !is_known {
                found.push(entry);
            }
        }
        found
    }

    fn without_key(&self) -> &[&'e Entry] {
        &self.lost
    }
}

/// The value of the assignment that stands at a place.
fn assigned_at(body: &Block, at: Place) -> Option<&Expr> {
    let mut blocks: Vec<&Block> = vec![body];
    while let Some(block) = blocks.pop() {
        for stmt in block {
            if stmt.start > at.start || stmt.end < at.end {
                continue;
            }
            match &stmt.kind {
                StmtKind::Assign(_, value) | StmtKind::Annotate(_, _, Some(value)) => {
                    return Some(value);
                }
                StmtKind::Class(def) => blocks.push(&def.body),
                kind => kind.blocks(&mut |block| blocks.push(block)),
            }
        }
    }
    None
}

/// The name of a function in its `def` statement; where a `lambda` begins.
fn name_of(function: &Function) -> Place {
    let start = match &function.code {
        Code::Def(def) => def.name_at,
        Code::Lambda(lambda) => lambda.body.start,
    };
    Place {
        file: function.file,
        start,
        end: start,
    }
}

/// Whether a text of the source assigns something, rather than calls.
fn is_assignment(text: &str) -> bool {
    let before = text.split(['(', '"', '\'']).next().unwrap_or(text);
    before.contains('=')
}

/// A text of the source in one line that is not too long.
fn shortened(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut short = String::new();
    let mut count = 0;
    while let Some(word) = words.next()
        && count <= MOST_QUOTED
    {
        if !short.is_empty() {
            short.push(' ');
            count += 1;
        }
        count += word.chars().count();
        short.push_str(word);
    }
    if count <= MOST_QUOTED && words.next().is_none() {
        return short;
    }
    short.chars().take(MOST_QUOTED - 1).chain(['…']).collect()
}
