//! The run after its modules have run: it holds every value still, and answers what the analysis, which never changes, was not told.
//!
//! An answer leaves nothing behind: what a question makes the run do is undone, and it names only classes and files that the analysis has.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::exact::code::Ran;
use crate::evaluate::machine::budget::stack_here;
use crate::evaluate::machine::run::Run;
use crate::evaluate::modules::source_files::Library;
use crate::evaluate::shown::repr::Limits;
use crate::semantics::{
    AccessStep, ClassId, ClassStory, Costs, Doubt, HeldBy, ModuleStory, Operation, Registry, Trace,
};

/// Characters that the values of one answer may have together: a page of a class with many large values costs no more than that.
const MOST_SHOWN: usize = 1 << 22;

/// Something asked of a run at rest.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Question {
    /// What Python does on each access to an attribute of a class.
    Lookup {
        /// The class.
        class: ClassId,
        /// The attribute.
        name: Name,
    },
    /// What runs when statements are executed in the namespace of a module, as the body of a coroutine that is awaited at once.
    Code {
        /// The module.
        module: Name,
        /// The statements; what they return is what is asked for.
        text: Name,
    },
    /// How a class came about, and what calling it runs.
    Creation(ClassId),
    /// What the class statements of the project cost when it is imported.
    Costs,
    /// What was registered while the modules ran, and where.
    Registries,
    /// What a module holds.
    Module {
        /// Its dotted name.
        module: Name,
        /// The value that is looked into besides, as it is reached from a name of the module: `LANGUAGES[3]`.
        inside: Option<Name>,
        /// How much of a value is shown.
        limits: Limits,
    },
    /// What the descriptors of a class keep for themselves.
    Held(ClassId),
    /// What the values that a class and its ancestors hold look like within other limits than those of the load.
    Values {
        /// The class.
        class: ClassId,
        /// The limits.
        limits: Limits,
    },
}

/// What a run at rest answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The accesses there are; none for a class that is not made, or not known whole.
    Lookup(Option<Vec<Trace>>),
    /// What came of the code; none where there is no such module, or the text is none of a function's body.
    Ran(Option<Box<Ran>>),
    /// How the class came about.
    Creation(Box<ClassStory>),
    /// What class statements cost.
    Costs(Box<Costs>),
    /// What the module holds; none where no such module with source was run.
    Module(Option<Box<ModuleStory>>),
    /// The registries that were filled.
    Registries(Vec<Registry>),
    /// What its descriptors hold.
    Held(HeldBy),
    /// The values.
    Values(Values),
}

/// Bounded reprs of values, by class and name. What is missing is shown as before.
pub type Values = FxHashMap<ClassId, FxHashMap<Name, Name>>;

/// A run whose modules have run.
pub struct AtRest<'w, 's> {
    pub(super) run: Run<'w, 's>,
    /// How many classes and files the analysis has: what a question makes the run read or make comes after them.
    pub(super) classes: u32,
    pub(super) files: usize,
    /// What class statements cost, once that was asked for: nothing that runs afterwards counts.
    pub(super) costs: Option<Costs>,
    /// What was registered, once that was asked for.
    pub(super) gathered: Option<Vec<Registry>>,
}

impl<'w, 's> AtRest<'w, 's> {
    pub(crate) fn new(mut run: Run<'w, 's>) -> Self {
        run.close_noting();
        Self {
            classes: run.classes.len() as u32,
            files: run.library.len(),
            costs: None,
            gathered: None,
            run,
        }
    }

    /// The files that the run has read. Those that are added here are the analysis's, too.
    pub fn library(&mut self, add: impl FnOnce(&mut Library<'s>)) -> &Library<'s> {
        add(self.run.library);
        self.files = self.run.library.len();
        self.costs = None;
        self.gathered = None;
        self.run.library
    }

    /// The modules of these names, and all that import one of them, directly or not: what an edit of theirs can change.
    pub fn with_importers(&self, modules: &[Name]) -> FxHashSet<Name> {
        let mut importers: FxHashMap<&str, Vec<&Name>> = FxHashMap::default();
        for (importer, imported) in &self.run.imports {
            let importer = &self.run.module(*importer).name;
            // Importing a module imports the packages around it.
            let around = imported.match_indices('.').map(|(dot, _)| &imported[..dot]);
            for name in around.chain([imported.as_str()]) {
                importers.entry(name).or_default().push(importer);
            }
        }
        let mut found: FxHashSet<Name> = modules.iter().cloned().collect();
        let mut waiting: Vec<Name> = modules.to_vec();
        while let Some(name) = waiting.pop() {
            for &importer in importers.get(name.as_str()).into_iter().flatten() {
                if found.insert(importer.clone()) {
                    waiting.push(importer.clone());
                }
            }
        }
        found
    }

    /// Answers a question.
    pub fn answer(&mut self, question: &Question) -> Answer {
        match question {
            Question::Lookup { class, name } => {
                let traces = self.traces(*class, std::slice::from_ref(name));
                Answer::Lookup(traces.and_then(|mut of_names| of_names.pop()))
            }
            Question::Code { module, text } => Answer::Ran(self.ran(module, text).map(Box::new)),
            Question::Creation(class) => Answer::Creation(Box::new(self.story(*class))),
            Question::Costs => Answer::Costs(Box::new(self.costs().clone())),
            Question::Registries => Answer::Registries(self.registries()),
            Question::Module {
                module,
                inside,
                limits,
            } => Answer::Module(self.module_story(module, inside.as_deref(), limits)),
            Question::Held(class) => Answer::Held(self.held(*class)),
            Question::Values { class, limits } => Answer::Values(self.values(*class, limits)),
        }
    }

    /// What Python does on each access to each of these attributes of a class; none where the class is not made, or not known whole.
    pub fn traces(&mut self, class: ClassId, names: &[Name]) -> Option<Vec<Vec<Trace>>> {
        self.run.stack_base = stack_here();
        let mut traces = self.run.traces(class, names)?;
        for trace in traces.iter_mut().flatten() {
            trace
                .steps
                .retain_mut(|step| self.can_be_said(&mut step.does));
        }
        Some(traces)
    }

    /// What runs when statements are executed in the namespace of a module, as the body of a coroutine that is awaited at once, and that
    /// leaves nothing behind: `return A() + B()`, `return C(1)`. None where there is no such module, or the text is none of a function's body.
    pub fn ran(&mut self, module: &str, text: &str) -> Option<Ran> {
        self.run.stack_base = stack_here();
        let mut ran = self.run.ran(module, text)?;
        ran.steps
            .retain_mut(|step| self.can_be_said(&mut step.does));
        ran.answers
            .retain(|(place, _)| place.file.index() < self.files);
        ran.class = ran.class.filter(|class| class.0 < self.classes);
        if let Some(Doubt::Gap(gap)) = &mut ran.doubt {
            gap.at = gap.at.filter(|place| place.file.index() < self.files);
        }
        Some(ran)
    }

    /// Which special methods an operation asks, in which order; none where it is none, or the types of its operands are not known. The line is
    /// as [`statements_of`](crate::evaluate::statements_of) takes it, `before` are statements that come before it.
    pub fn operation(&mut self, module: &str, before: &str, line: &str) -> Option<Operation> {
        self.run.stack_base = stack_here();
        let mut operation = self.run.operation(module, before, line)?;
        for (_, class) in &mut operation.operands {
            *class = class.filter(|class| class.0 < self.classes);
        }
        for candidate in &mut operation.candidates {
            candidate.on = candidate.on.filter(|class| class.0 < self.classes);
            candidate.place = candidate
                .place
                .filter(|place| place.file.index() < self.files);
        }
        Some(operation)
    }

    /// Whether the analysis has the classes that a step speaks of. A place in a file that it does not have is left out of the step.
    fn can_be_said(&self, step: &mut AccessStep) -> bool {
        let class = match step {
            AccessStep::Call { place, .. } => {
                *place = place.filter(|place| place.file.index() < self.files);
                None
            }
            AccessStep::Override { on, .. }
            | AccessStep::Found { on, .. }
            | AccessStep::Slot { on, .. }
            | AccessStep::Fallback { on } => Some(*on),
            AccessStep::Absent { along, .. } => Some(*along),
            AccessStep::Descriptor { of, .. } => *of,
            AccessStep::Default { .. }
            | AccessStep::Dict { .. }
            | AccessStep::NoDict
            | AccessStep::Value
            | AccessStep::Stored => None,
        };
        class.is_none_or(|class| class.0 < self.classes)
    }

    /// What the values that a class and its ancestors hold look like within these limits, as far as that is not too much to be shown. Those of
    /// the interpreter's classes are in its table as they are.
    pub fn values(&self, class: ClassId, limits: &Limits) -> Values {
        let ids = self.run.classes.mro(class).map_or_else(
            || std::slice::from_ref(&class).to_vec(),
            <[ClassId]>::to_vec,
        );
        let mut left = MOST_SHOWN;
        let mut values = Values::default();
        for id in ids {
            if self.run.classes.is_interpreters(id) {
                continue;
            }
            let mut of_class = FxHashMap::default();
            for (name, member) in self.run.members_of(id, limits) {
                let Some(shown) = member.shown else { continue };
                let Some(rest) = left.checked_sub(shown.len()) else {
                    values.insert(id, of_class);
                    return values;
                };
                left = rest;
                of_class.insert(name, shown);
            }
            values.insert(id, of_class);
        }
        values
    }
}
