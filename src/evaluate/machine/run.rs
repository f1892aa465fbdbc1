//! `Run`: everything one evaluation holds while it goes on, and the undo log that lets it try two branches.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::machine::arena::Arena;
use crate::evaluate::machine::budget::MODULE_STEPS;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::gaps::GapState;
use crate::evaluate::machine::gaps::shortened;
use crate::evaluate::machine::import_order::Order;
use crate::evaluate::machine::journal::Journal;
use crate::evaluate::machine::known::Known;
use crate::evaluate::machine::met::Met;
use crate::evaluate::machine::no_class::NoClass;
use crate::evaluate::machine::scope::{Scope, ScopeKind};
use crate::evaluate::machine::taken::Taken;
use crate::evaluate::machine::value::{
    Binding, Function, GapId, Key, ModuleIx, Namespace, Object, ObjectId, ScopeId, Value,
};
use crate::evaluate::machine::ways::MadeInOrders;
use crate::evaluate::machine::world::World;
use crate::evaluate::modules::reached::Did;
use crate::evaluate::modules::source_files::Library;
use crate::evaluate::stdlib::dataclasses::DataclassFacts;
use crate::evaluate::stdlib::enums::{EnumBody, EnumFacts};
use crate::semantics::{Assumption, Class, ClassId, ClassPath, Classes, Gap, Outcome, Why};
use crate::source::{FileId, Place};

/// Calls in one another; CPython stops at a thousand, unless a program says otherwise.
pub(crate) const DEPTH: u32 = 400;

/// One evaluation.
pub(crate) struct Run<'w, 's> {
    pub(crate) world: &'w World,
    pub(crate) library: &'w mut Library<'s>,
    pub(crate) known: Known,
    /// Shared with the analysis once that is made: what changes them from then on has a copy of its own.
    pub(crate) classes: Arc<Classes>,
    /// What class objects hold, by name; for interpreter's classes only what was set on them.
    pub(crate) class_names: FxHashMap<ClassId, Namespace>,
    pub(crate) modules: Vec<ModuleState>,
    pub(crate) loaded: FxHashMap<Name, ModuleIx>,
    pub(super) scopes: Arena<Scope>,
    pub(crate) heap: Arena<Object>,
    pub(crate) gaps: Arena<GapState>,
    /// What is said of gaps, each once.
    pub(super) told_of: FxHashSet<Arc<Gap>>,
    /// What modules without source have under their names, and which of them a gap is.
    pub(super) out_of_view: FxHashMap<(ModuleIx, Name), GapId>,
    pub(super) names_out_of_view: FxHashMap<GapId, Name>,
    /// Class bodies in which names were bound that are not known.
    pub(crate) opened_bodies: FxHashMap<ScopeId, Option<Place>>,
    /// What things that are not known were taken out of.
    pub(crate) taken: Taken,
    /// Classes that compiled ones take the place of, and that this is taken to change nothing.
    pub(crate) twins: FxHashMap<ClassId, Assumption>,
    /// The classes of loops that were run in several orders.
    pub(crate) orders: Vec<MadeInOrders>,
    /// Tuples that are not known, and what they begin with.
    pub(crate) beginnings: FxHashMap<GapId, Arc<[Value]>>,
    /// Undo logs of the branches that are being tried, the innermost last.
    pub(crate) journals: Vec<Journal>,
    /// Class bodies whose functions were asked for their `__closure__`: the cell of the class may have been set.
    pub(crate) cells_asked: rustc_hash::FxHashSet<ScopeId>,
    /// Behind the exception that ends an import: what has changed of what was there before, which CPython would not come to.
    pub(super) behind: Option<Box<Journal>>,
    /// Decisions that could not be made, one side of which has left: what runs is the other side. The latest last, each with a journal.
    pub(crate) forks: Vec<crate::evaluate::machine::ways::Fork>,
    /// Objects that code which was not followed was handed, and may have changed.
    pub(crate) touched: crate::evaluate::machine::spread::Touched,
    /// Those of them that were read since somebody asked last.
    pub(super) read_touched: std::sync::Mutex<Vec<ObjectId>>,
    /// Whether the steps that are used now were lent, to a round that stands for all that are left.
    pub(crate) is_lent: bool,
    /// How many names were bound on some ways only.
    pub(crate) perhaps: u32,
    /// Where the stack of this thread stood when the run began to use it.
    pub(crate) stack_base: usize,
    /// Loops that run now, in this module.
    pub(crate) loops: u32,
    pub(crate) steps: u32,
    pub(crate) depth: u32,
    /// The depth at which statements run for themselves rather than for a call: 1 in a function that nobody has called.
    pub(crate) floor: u32,
    /// How many class statements want something of what runs now: a base, a decorator, the class itself.
    pub(crate) making: u32,
    /// How many `try` statements with handlers are open around what runs now.
    pub(crate) handlers: u32,
    /// How many of these the modules that wait for this one have opened.
    pub(crate) outer_handlers: u32,
    /// How often a module of the project was asked for what it does not have yet.
    pub(crate) circles: usize,
    /// The modules that are imported for themselves, as long as another order of them may be tried.
    pub(crate) roots: Vec<Name>,
    /// The order in which they are to be imported instead: this run is at its end.
    pub(crate) better_order: Option<Order>,
    /// Modules in circles, each with the one that is imported first.
    pub(crate) imported_after: FxHashMap<Name, Name>,
    /// How many of those of this module wait for exceptions of other code than the interpreter's alone.
    pub(crate) own_handlers: u32,
    /// How many operations inside of the innermost `try` were run both ways, raising and not.
    pub(crate) unsure_raises: u32,
    /// Steps that the outermost call was granted, and what calls have taken of the reserve.
    pub(super) granted: u32,
    pub(super) drawn: u32,
    pub(super) lent_for_classes: u32,
    /// Assumptions made since the innermost class statement began.
    pub(crate) assumptions: Vec<Assumption>,
    /// The functions that somebody has called, and the class statements that were come to.
    pub(crate) met: Met,
    /// Objects whose state is not there yet, and what is taken of it.
    pub(crate) unsettled: FxHashMap<ObjectId, Assumption>,
    /// How often a call of a function, or a loop, has used up its steps.
    pub(crate) exhausted: FxHashMap<(FileId, u32), u32>,
    /// The words of functions that were cut short.
    pub(crate) words: FxHashMap<(FileId, u32), Arc<[Name]>>,
    /// Names of modules that code of the project writes from elsewhere, and what functions that nobody has called put there.
    pub(crate) written_elsewhere: FxHashSet<(ScopeId, Name)>,
    pub(crate) given_later: FxHashMap<(ScopeId, Name), Vec<Value>>,
    /// How many blocks are open whose manager, or whose caller, waits for an exception.
    pub(crate) awaited: u32,
    /// Functions with a class statement inside, in order of definition.
    pub(crate) with_classes: Vec<ObjectId>,
    /// What functions that nobody calls are handed by those who know their parameters by name.
    pub(crate) handed: crate::evaluate::machine::handed::Handed,
    /// The functions that run now, the innermost last.
    pub(crate) calls: Vec<crate::evaluate::machine::entered::Running>,
    /// What was put into containers.
    pub(crate) entered: crate::evaluate::machine::entered::Entered,
    /// Calls of functions that are watched.
    pub(crate) noted: crate::evaluate::machine::watched::NotedCalls,
    /// The scopes whose code has called what runs now, the innermost last.
    pub(crate) callers: Vec<ScopeId>,
    /// The modules whose body runs now, the innermost last.
    pub(crate) running: Vec<ModuleIx>,
    /// Which module has imported which.
    pub(crate) imports: FxHashSet<(ModuleIx, Name)>,
    /// Objects that stand in `sys.modules` in place of a module.
    pub(crate) replaced: FxHashMap<Name, Value>,
    /// Whether whoever asks for items now does not mind their order, and whether some came in an order that is not known.
    pub(crate) any_order: bool,
    pub(crate) met_disorder: bool,
    /// Attributes that some `__getattr__` is being asked for, the innermost last.
    pub(crate) asked_for: Vec<(ObjectId, Name)>,
    /// How many askers stand ready for an attribute that is not there: `hasattr`, `getattr` with a default.
    pub(crate) askers: u32,
    /// How deep the code stands that a `try … except AttributeError` holds: it asks in the same way.
    pub(crate) asking_at: Option<u32>,
    /// How many finders are being asked for a module.
    pub(crate) finding: u32,
    /// The dicts that show the names of modules.
    pub(crate) module_dicts: FxHashMap<ScopeId, Value>,
    /// What `id()` was asked of, each with its number.
    pub(super) identities: FxHashMap<Key, i64>,
    /// The patterns that were matched, in the engine's form where they have one.
    pub(crate) patterns_seen: FxHashMap<(Arc<str>, i64), Option<Arc<fancy_regex::Regex>>>,
    /// The texts that programs wrote for themselves, and the scopes that run one now.
    pub(crate) written: FxHashMap<Box<str>, FileId>,
    pub(crate) written_by: FxHashMap<ScopeId, FileId>,
    /// How many decisions could not be made so far.
    pub(crate) undecided: u32,
    /// Every number that a `__hash__` of a program's has given: objects may be found under a key that is none of them.
    pub(crate) hashes_by_code: FxHashSet<i64>,
    /// How many values were met of which nothing is known.
    pub(crate) unknowns: usize,
    /// How many decisions could not be made, and how many such values there were, when the module that runs now began.
    pub(crate) began_with: (u32, usize),
    /// How many conditions were decided so far, loops and handlers included.
    pub(crate) decided_here: u32,
    /// Objects of the interpreter's modules, by module and name, and back.
    pub(crate) table_objects: FxHashMap<(Name, Name), Value>,
    pub(crate) table_names: FxHashMap<ObjectId, (Name, Name)>,
    /// Class statements whose class is not made yet, the innermost last.
    pub(crate) pending: Vec<crate::evaluate::classes::class_statement::Pending>,
    /// Classes that are given names which are not known, and by which calls.
    pub(crate) patterns: FxHashMap<ClassId, Vec<GivenPattern>>,
    /// Classes made of a namespace that may hold more than is known, and by which call.
    pub(crate) unlisted: FxHashMap<ClassId, Place>,
    /// The code of generators whose rest was run: whether it is being run, and how often it was.
    pub(crate) unknown_rests: FxHashMap<Place, (bool, u32)>,
    /// The calls that make classes under names which are not known.
    pub(crate) nameless: FxHashSet<Place>,
    /// What each class statement said besides its names.
    pub(crate) statements: FxHashMap<ClassId, crate::evaluate::modules::finish::StatementFacts>,
    /// Names that class bodies annotate.
    pub(crate) annotations: FxHashMap<ScopeId, Namespace>,
    /// Class bodies that have deleted what keeps those.
    pub(crate) deleted_annotations: FxHashSet<ScopeId>,
    /// The imports that nobody asked for but the run itself.
    pub(crate) imported_first: Vec<Did>,
    /// Those that were handed to metaclasses.
    pub(crate) handed_annotations: FxHashMap<ScopeId, Value>,
    /// Annotations that somebody has asked for.
    pub(crate) asked_annotations: FxHashMap<ClassId, Value>,
    /// Dataclasses, and their fields.
    pub(crate) dataclasses: FxHashMap<ClassId, DataclassFacts>,
    /// Generic aliases by class and arguments.
    pub(crate) aliases: FxHashMap<(ClassId, Vec<Key>), Value>,
    /// What classes were before an assignment to `__bases__` that may yet be refused.
    pub(crate) undone: Vec<(ClassId, Outcome)>,
    /// Dicts that are or were the `__dict__` of objects, and of which; the dicts that were made to show the names of one; and the objects that
    /// were given a dict by somebody.
    pub(crate) instance_dicts: FxHashMap<ObjectId, Vec<ObjectId>>,
    pub(crate) dicts_of_instances: FxHashMap<ObjectId, ObjectId>,
    pub(crate) given_dicts: FxHashSet<ObjectId>,
    /// Classes that stand in base lists for a `NewType`, and what it is called.
    pub(crate) new_types: FxHashMap<ClassId, Name>,
    /// The type parameters of generic classes.
    pub(crate) generic_parameters: FxHashMap<ClassId, Vec<Value>>,
    /// What the bodies of enumerations have bound, while they run; and what was made of them.
    pub(crate) enum_bodies: FxHashMap<ScopeId, EnumBody>,
    pub(crate) enum_facts: FxHashMap<ClassId, EnumFacts>,
    /// Classes that `type.__new__` is about to hand back: their hooks run.
    pub(crate) in_hooks: Vec<ClassId>,
    /// The namespaces of class bodies that a `__prepare__` gave and that are more than a dict.
    pub(crate) prepared: FxHashMap<ScopeId, Value>,
    /// With what class bodies leave, where nobody catches it.
    pub(crate) faults: FxHashMap<ScopeId, Box<Thrown>>,
    natives: FxHashMap<(&'static str, &'static str), Arc<ClassPath>>,
    /// Classes and functions of `builtins` that were asked for.
    pub(crate) builtin_names: FxHashMap<Name, Value>,
    /// Which functions begin while class statements execute.
    pub(crate) started: crate::evaluate::machine::started::Started,
    /// The attribute access that is being traced.
    pub(crate) tracing: Option<Box<crate::evaluate::exact::Tracing>>,
}

/// A module of the run.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
pub(crate) struct ModuleState {
    pub name: Name,
    pub file: Option<FileId>,
    pub package: bool,
    /// Folders its submodules are looked for in.
    pub path: Vec<std::path::PathBuf>,
    pub scope: ScopeId,
    pub home: Home,
    /// Whether it has functions of which each call is noted.
    pub is_watched: bool,
    /// Whether a compiled file is loaded in place of the source that is read here.
    pub is_compiled: bool,
    pub stage: Stage,
    /// Why its names cannot be known, where they cannot.
    pub gap: Option<GapId>,
    /// A star import from something unknown may have bound any name.
    pub open: Option<GapId>,
    /// With what its import ends in CPython, where it was passed over here.
    pub raises: Option<Box<Thrown>>,
    /// The import that fails for who imports it, where it is read on as though that did not: what is not installed may be there where the
    /// code runs.
    pub lacks: Option<Box<Thrown>>,
    pub classes: Vec<ClassId>,
    pub no_classes: Vec<NoClass>,
    /// Whether all that it has bound is known.
    pub is_certain: bool,
    /// What the classes made from here on rest on.
    pub assumptions: Vec<Assumption>,
    /// What it did while it was imported, in order.
    pub history: Vec<Did>,
}

/// Where a module's names come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    Project,
    Installed,
    /// The interpreter's table.
    Table,
    /// Nothing but its submodules.
    Namespace,
}

/// How far a module has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Running,
    Done,
    Failed,
}

/// A call of `setattr` that gives a class a name which is not known.
#[derive(Debug, Clone)]
pub(crate) struct GivenPattern {
    /// The call.
    pub place: Place,
    /// The function it stands in.
    pub by: Name,
    /// The expression that makes the name, where it is no part of the call and is one and the same each time.
    pub made_by: Option<Place>,
}

/// What an expression gives, or the exception it leaves with.
pub(crate) type Eval<T = Value> = Result<T, Box<Thrown>>;

impl<'w, 's> Run<'w, 's> {
    pub(crate) fn new(world: &'w World, library: &'w mut Library<'s>) -> Self {
        let classes = Arc::new(world.facts.classes());
        let known = Known::new(&world.facts);
        Self {
            world,
            library,
            known,
            classes,
            class_names: FxHashMap::default(),
            modules: vec![],
            loaded: FxHashMap::default(),
            scopes: Arena::default(),
            heap: Arena::default(),
            gaps: Arena::default(),
            told_of: FxHashSet::default(),
            out_of_view: FxHashMap::default(),
            names_out_of_view: FxHashMap::default(),
            opened_bodies: FxHashMap::default(),
            taken: Taken::default(),
            twins: FxHashMap::default(),
            orders: vec![],
            beginnings: FxHashMap::default(),
            journals: vec![],
            behind: None,
            cells_asked: rustc_hash::FxHashSet::default(),
            forks: vec![],
            touched: crate::evaluate::machine::spread::Touched::default(),
            read_touched: std::sync::Mutex::default(),
            is_lent: false,
            perhaps: 0,
            stack_base: crate::evaluate::machine::budget::stack_here(),
            loops: 0,
            steps: MODULE_STEPS,
            depth: 0,
            floor: 0,
            making: 0,
            handlers: 0,
            unsure_raises: 0,
            granted: 0,
            drawn: 0,
            lent_for_classes: 0,
            outer_handlers: 0,
            own_handlers: 0,
            circles: 0,
            roots: vec![],
            better_order: None,
            imported_after: FxHashMap::default(),
            assumptions: vec![],
            met: Met::default(),
            unsettled: FxHashMap::default(),
            exhausted: FxHashMap::default(),
            words: FxHashMap::default(),
            written_elsewhere: FxHashSet::default(),
            given_later: FxHashMap::default(),
            awaited: 0,
            with_classes: vec![],
            handed: crate::evaluate::machine::handed::Handed::default(),
            calls: vec![],
            entered: crate::evaluate::machine::entered::Entered::default(),
            noted: crate::evaluate::machine::watched::NotedCalls::default(),
            callers: vec![],
            imports: FxHashSet::default(),
            running: vec![],
            undecided: 0,
            hashes_by_code: FxHashSet::default(),
            decided_here: 0,
            unknowns: 0,
            began_with: (0, 0),
            replaced: FxHashMap::default(),
            any_order: false,
            met_disorder: false,
            asked_for: vec![],
            askers: 0,
            asking_at: None,
            finding: 0,
            module_dicts: FxHashMap::default(),
            identities: FxHashMap::default(),
            patterns_seen: FxHashMap::default(),
            written: FxHashMap::default(),
            written_by: FxHashMap::default(),
            table_objects: FxHashMap::default(),
            table_names: FxHashMap::default(),
            pending: vec![],
            patterns: FxHashMap::default(),
            unlisted: FxHashMap::default(),
            unknown_rests: FxHashMap::default(),
            nameless: FxHashSet::default(),
            statements: FxHashMap::default(),
            annotations: FxHashMap::default(),
            deleted_annotations: FxHashSet::default(),
            imported_first: vec![],
            handed_annotations: FxHashMap::default(),
            asked_annotations: FxHashMap::default(),
            dataclasses: FxHashMap::default(),
            aliases: FxHashMap::default(),
            undone: vec![],
            instance_dicts: FxHashMap::default(),
            dicts_of_instances: FxHashMap::default(),
            given_dicts: FxHashSet::default(),
            new_types: FxHashMap::default(),
            generic_parameters: FxHashMap::default(),
            enum_bodies: FxHashMap::default(),
            enum_facts: FxHashMap::default(),
            in_hooks: vec![],
            prepared: FxHashMap::default(),
            faults: FxHashMap::default(),
            natives: FxHashMap::default(),
            builtin_names: FxHashMap::default(),
            started: crate::evaluate::machine::started::Started::default(),
            tracing: None,
        }
    }

    /// Every class, to be changed.
    pub(crate) fn classes_mut(&mut self) -> &mut Classes {
        Arc::make_mut(&mut self.classes)
    }

    /// A class object, to be changed; what it was is remembered while a branch is tried.
    pub(crate) fn class_mut(&mut self, id: ClassId) -> &mut Class {
        self.touched.note_class(id, None);
        if let Some(journal) = self.journals.last_mut() {
            let class = self.classes.get(id);
            journal.note_class(id, &class.outcome, &class.standing);
        }
        self.classes_mut().get_mut(id)
    }

    /// Whether code of the module that runs stands ready to catch what a statement raises.
    pub(crate) fn is_guarded(&self) -> bool {
        self.handlers > self.outer_handlers
    }

    /// A callable without source, shared by all that name it.
    pub(crate) fn native(&mut self, module: &'static str, qualname: &'static str) -> Value {
        let path = self
            .natives
            .entry((module, qualname))
            .or_insert_with(|| Arc::new(ClassPath::new(module, qualname)));
        Value::Native(path.clone())
    }

    // --- gaps -------------------------------------------------------------------------------------------------------

    pub(crate) fn gap(&mut self, why: Why, what: &str, at: Option<Place>) -> Value {
        self.gap_of(Gap {
            why,
            what: shortened(what),
            at,
        })
    }

    pub(crate) fn gap_of(&mut self, gap: Gap) -> Value {
        self.unknowns += 1;
        let gap = self.shared(gap);
        Value::Gap(GapId(self.gaps.push(GapState::of(gap))))
    }

    /// What is told of a gap: its name is the text at its place, where it has none of its own.
    pub(crate) fn told(&self, id: GapId) -> Gap {
        let mut gap = Gap::clone(&self.gaps[id.0].gap);
        if gap.what.is_empty() {
            gap.what = shortened(&self.text(gap.at));
        }
        gap
    }

    // --- heap -------------------------------------------------------------------------------------------------------

    pub(crate) fn allocate(&mut self, object: Object) -> Value {
        let may_differ = matches!(&object, Object::Dict(dict) if dict.replaced);
        let id = ObjectId(self.heap.push(object));
        if may_differ {
            let what = "what a dict was given under keys that are not known replaces nothing in it";
            let what = what.to_owned();
            self.touched.add(id, &Assumption { what, at: None });
        }
        Value::Object(id)
    }

    /// An object. That somebody looks into one which may have changed out of view is noted.
    pub(crate) fn object(&self, id: ObjectId) -> &Object {
        if !self.touched.is_empty()
            && self.touched.contains(id)
            && let Ok(mut read) = self.read_touched.lock()
            && !read.contains(&id)
        {
            read.push(id);
        }
        &self.heap[id.0]
    }

    /// An object of which only its kind or its class is asked, which no code changes.
    pub(crate) fn peek(&self, id: ObjectId) -> &Object {
        &self.heap[id.0]
    }

    /// What an instance has under a name of its own, without a look at its class.
    pub(crate) fn kept(&self, id: ObjectId, name: &str) -> Option<Value> {
        match self.object(id) {
            Object::Instance(it) => it.names.get(name).map(|it| it.value.clone()),
            _ => None,
        }
    }

    /// The object, to be changed; what it was is remembered while a branch is tried.
    pub(crate) fn object_mut(&mut self, id: ObjectId) -> &mut Object {
        self.touched.note_change(id);
        if let Some(journal) = self.journals.last_mut() {
            journal.note_object(id, &self.heap[id.0]);
        }
        if let Some(behind) = &mut self.behind {
            behind.note_object(id, &self.heap[id.0]);
        }
        &mut self.heap[id.0]
    }

    pub(crate) fn list(&mut self, items: Vec<Value>) -> Value {
        self.allocate(Object::List { items, open: false })
    }

    pub(crate) fn function(&self, value: &Value) -> Option<&Function> {
        match value {
            Value::Object(id) => match self.object(*id) {
                Object::Function(function) => Some(function),
                _ => None,
            },
            _ => None,
        }
    }

    /// What stands before a name defined in a scope: `Outer.`, `make.<locals>.`.
    pub(crate) fn prefix(&self, scope: ScopeId) -> Name {
        let here = self.scope(scope);
        let (qualname, after) = match (here.kind, here.function.map(|id| self.object(id))) {
            (ScopeKind::Class, _) => (&here.qualname, "."),
            (ScopeKind::Function, Some(Object::Function(function))) => {
                (&function.qualname, ".<locals>.")
            }
            _ => return here.parent.map_or_else(Name::default, |it| self.prefix(it)),
        };
        let mut prefix = Name::with_capacity(qualname.len() + after.len());
        prefix.push_str(qualname);
        prefix.push_str(after);
        prefix
    }

    /// The qualified name of a class or function that a statement in a scope makes. Where its name is declared `global` there, it is that
    /// alone (`compiler_set_qualname`).
    pub(crate) fn qualname_in(&self, name: &Name, scope: ScopeId) -> Name {
        // Of a function that nobody has called, nothing is ever bound.
        if self.floor == 0 && self.scope(scope).globals.contains(name) {
            return name.clone();
        }
        let mut qualname = self.prefix(scope);
        qualname.push_str(name);
        qualname
    }

    pub(crate) fn module(&self, ix: ModuleIx) -> &ModuleState {
        &self.modules[ix.0 as usize]
    }

    pub(crate) fn module_mut(&mut self, ix: ModuleIx) -> &mut ModuleState {
        &mut self.modules[ix.0 as usize]
    }

    /// The file whose code a scope holds.
    pub(crate) fn file_of(&self, scope: ScopeId) -> Option<FileId> {
        let mut around = Some(scope).filter(|_| !self.written_by.is_empty());
        while let Some(id) = around {
            if let Some(&file) = self.written_by.get(&id) {
                return Some(file);
            }
            let here = self.scope(id);
            around = here.parent.filter(|_| here.function.is_none());
        }
        let scope = self.scope(scope);
        match scope.function.map(|id| self.object(id)) {
            Some(Object::Function(function)) => Some(function.file),
            _ => self.module(scope.module).file,
        }
    }

    /// A place in the file whose code a scope holds.
    pub(crate) fn place(&self, scope: ScopeId, start: u32, end: u32) -> Option<Place> {
        self.file_of(scope).map(|file| Place { file, start, end })
    }

    /// The text of a place, for messages.
    pub(crate) fn text(&self, place: Option<Place>) -> Arc<str> {
        let text = place.and_then(|place| {
            self.library
                .file(place.file)
                .text
                .get(place.start as usize..place.end as usize)
                .map(Arc::from)
        });
        text.unwrap_or_else(|| Arc::from(""))
    }

    // --- names ------------------------------------------------------------------------------------------------------

    /// Binds a name in a scope.
    pub(crate) fn bind(&mut self, scope: ScopeId, name: &Name, value: Value, at: Option<Place>) {
        self.touched.note_binding(scope, Some(&value));
        let names = &mut self.scopes[scope.0].names;
        let (index, old) = names.insert_full(name.clone(), Binding::new(value, at));
        if let Some(journal) = self.journals.last_mut() {
            journal.note_name(scope, name, old.map(|old| (index, old)));
        }
    }

    /// Takes a name out of a scope; false where it is not there.
    pub(crate) fn unbind(&mut self, scope: ScopeId, name: &Name) -> bool {
        self.touched.note_binding(scope, None);
        let old = self.scopes[scope.0].names.shift_remove_full(name);
        let old = old.map(|(index, _, binding)| (index, binding));
        let was_there = old.is_some();
        if let Some(journal) = self.journals.last_mut() {
            journal.note_name(scope, name, old);
        }
        was_there
    }

    /// Sets a name in a class's own namespace.
    pub(crate) fn set_class_name(&mut self, class: ClassId, name: &Name, binding: Option<Binding>) {
        self.touched
            .note_class(class, binding.as_ref().map(|it| &it.value));
        let names = self.class_names.entry(class).or_default();
        let old = match binding {
            Some(binding) => {
                let (index, old) = names.insert_full(name.clone(), binding);
                old.map(|old| (index, old))
            }
            None => names
                .shift_remove_full(name)
                .map(|(index, _, binding)| (index, binding)),
        };
        if let Some(behind) = &mut self.behind {
            behind.note_class_name(class, name, old.clone());
        }
        if let Some(journal) = self.journals.last_mut() {
            journal.note_class_name(class, name, old);
        }
    }
}
