//! `ClassRef`: a class with its answers at hand, so that what is above reads like Python.

use crate::analysis::{Analysis, Module, ModuleOrigin};
use crate::semantics::{
    Annotated, Assigned, Class, ClassId, ClassPath, Heard, Made, Member, Members, Origin, Outcome,
    PartRole, Raised, Standing,
};
use crate::source::Place;
use crate::syntax::Method;

/// A class of an analysis.
#[derive(Clone, Copy)]
pub struct ClassRef<'a> {
    analysis: &'a Analysis,
    id: ClassId,
}

/// A definition of a name: the class of the MRO that has it, and the entry in that class's namespace.
#[derive(Debug, Clone, Copy)]
pub struct Definition<'a> {
    /// The class whose own namespace holds it.
    pub class: ClassRef<'a>,
    /// The entry.
    pub member: &'a Member,
}

/// How sure an answer is, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sureness {
    /// CPython's answer.
    Exact,
    /// CPython's answer if so many assumptions hold.
    Assumed(usize),
    /// So many things are out of view.
    Unknown(usize),
    /// CPython refuses to make the class.
    Raises,
}

impl Definition<'_> {
    /// Where to read it: the statement that binds it; of a property that decorators of the class's body put together, the getter.
    ///
    /// ```py
    /// class Order:
    ///     @property
    ///     def total(self): ...         # here
    ///     @total.setter
    ///     def total(self, value): ...  # `total` is bound for the last time
    /// ```
    pub fn place(&self) -> Option<Place> {
        let bound = self.member.place;
        let is_decorated = self.member.parts.iter().any(|it| it.place == bound);
        // The getter of `@Base.total.setter` is another class's.
        let is_here = |it: &Place| {
            self.class.place().is_some_and(|class| {
                it.file == class.file && class.start <= it.start && it.end <= class.end
            })
        };
        let getter = self.member.part(PartRole::Get).and_then(|it| it.place);
        getter.filter(|it| is_decorated && is_here(it)).or(bound)
    }
}

impl<'a> ClassRef<'a> {
    pub(crate) fn new(analysis: &'a Analysis, id: ClassId) -> Self {
        Self { analysis, id }
    }

    /// The analysis it belongs to.
    pub fn analysis(self) -> &'a Analysis {
        self.analysis
    }

    /// What a decorator of its statement raises once it is made.
    pub fn refused(self) -> Option<&'a Raised> {
        self.class().refused.as_deref()
    }

    /// What the class statement raises, or its decorator, where an import comes to it.
    pub fn raises(self) -> Option<&'a Raised> {
        let raised = match self.outcome() {
            Outcome::Raises(raised) => Some(raised),
            Outcome::Created(_) | Outcome::Unknown { .. } => self.refused(),
        };
        raised.filter(|_| self.not_reached().is_none())
    }

    /// The statement that raises before an import comes to this one, where none comes to it.
    pub fn not_reached(self) -> Option<ClassId> {
        self.class().not_reached
    }

    /// Its id.
    pub fn id(self) -> ClassId {
        self.id
    }

    fn class(self) -> &'a Class {
        self.analysis.classes.get(self.id)
    }

    /// Its module and qualified name.
    pub fn path(self) -> &'a ClassPath {
        &self.class().path
    }

    /// `__name__`.
    pub fn name(self) -> &'a str {
        self.path().name()
    }

    /// What made it.
    pub fn origin(self) -> &'a Origin {
        &self.class().origin
    }

    /// Where it is made, if in source.
    pub fn place(self) -> Option<Place> {
        self.origin().place()
    }

    /// The call in the project's own code that has led to it, where a function of another's makes it.
    pub fn called_from(self) -> Option<Place> {
        self.class().called_from
    }

    /// What came of making it.
    pub fn outcome(self) -> &'a Outcome {
        &self.class().outcome
    }

    /// How sure that is.
    pub fn standing(self) -> &'a Standing {
        &self.class().standing
    }

    /// How sure the answer is, in a word. A class that a decorator of its statement does not take counts as one that raises: it is made, but
    /// its name is never bound.
    pub fn sureness(self) -> Sureness {
        match (self.outcome(), self.standing()) {
            (Outcome::Created(_), _) if self.refused().is_some() => Sureness::Raises,
            (Outcome::Created(_), Standing::Exact) => Sureness::Exact,
            (Outcome::Created(_), Standing::Assumed(what)) => Sureness::Assumed(what.len()),
            (Outcome::Raises(_), _) => Sureness::Raises,
            (Outcome::Unknown { because, .. }, _) => Sureness::Unknown(because.len()),
        }
    }

    /// The class object, if CPython makes it.
    pub fn made(self) -> Option<&'a Made> {
        self.analysis.classes.made(self.id)
    }

    fn refs(
        self,
        ids: &'a [ClassId],
    ) -> impl DoubleEndedIterator<Item = ClassRef<'a>> + ExactSizeIterator {
        ids.iter().map(move |&id| ClassRef::new(self.analysis, id))
    }

    /// `__mro__`: itself first, `object` last; none where CPython makes no class or it cannot be known.
    pub fn mro(self) -> Option<Vec<ClassRef<'a>>> {
        self.made().map(|made| self.refs(&made.mro).collect())
    }

    /// The ancestors as far as the facts go, itself first. Equal to the MRO where there is one.
    pub fn known_ancestry(self) -> Vec<ClassRef<'a>> {
        match self.outcome() {
            Outcome::Created(made) => self.refs(&made.mro).collect(),
            Outcome::Unknown { known, .. } => self.refs(known).collect(),
            Outcome::Raises(_) => vec![self],
        }
    }

    /// The same without itself.
    pub fn known_behind(self) -> impl Iterator<Item = ClassRef<'a>> {
        let ids: &'a [ClassId] = match self.outcome() {
            Outcome::Created(made) => &made.mro,
            Outcome::Unknown { known, .. } => known,
            Outcome::Raises(_) => &[],
        };
        self.refs(ids.get(1..).unwrap_or_default())
    }

    /// `__bases__`.
    pub fn bases(self) -> Vec<ClassRef<'a>> {
        self.made()
            .map_or_else(Vec::new, |made| self.refs(&made.bases).collect())
    }

    /// The classes that its statement asks to derive from: `__bases__`, also where the statement raises and no class comes of it.
    pub fn asked_bases(self) -> Vec<ClassRef<'a>> {
        match self.raises() {
            Some(raised) => self.refs(&raised.bases).collect(),
            None => self.bases(),
        }
    }

    /// `type(cls)`, as far as it is known.
    pub fn metaclass(self) -> Option<ClassRef<'a>> {
        let id = match self.outcome() {
            Outcome::Created(made) => Some(made.metaclass),
            Outcome::Unknown { metaclass, .. } => *metaclass,
            Outcome::Raises(_) => None,
        };
        id.map(|id| ClassRef::new(self.analysis, id))
    }

    /// The module whose code makes it; none for the interpreter's classes.
    pub fn module(self) -> Option<&'a Module> {
        self.analysis.module_of(self.id)
    }

    /// Where it comes from.
    pub fn home(self) -> ModuleOrigin {
        match self.module() {
            Some(module) => module.origin,
            // A snapshot has those of compiled modules.
            None if matches!(self.standing(), Standing::Assumed(_)) => ModuleOrigin::ThirdParty,
            None => ModuleOrigin::StandardLibrary,
        }
    }

    /// Whether it comes from the interpreter's table.
    pub fn is_interpreters(self) -> bool {
        self.analysis.classes.is_interpreters(self.id)
    }

    /// Its own namespace, in order of definition.
    pub fn members(self) -> &'a Members {
        self.analysis.classes.members(self.id)
    }

    /// Every definition of `name` along the MRO, the winner first. Along what is known of it, where it is not whole.
    pub fn definitions(self, name: &str) -> Vec<Definition<'a>> {
        self.known_ancestry()
            .into_iter()
            .filter_map(|class| {
                class
                    .members()
                    .get(name)
                    .map(|member| Definition { class, member })
            })
            .collect()
    }

    /// The definition that class attribute lookup finds first.
    pub fn winner(self, name: &str) -> Option<Definition<'a>> {
        self.known_ancestry().into_iter().find_map(|class| {
            class
                .members()
                .get(name)
                .map(|member| Definition { class, member })
        })
    }

    /// The classes whose `__bases__` name it, in order of creation.
    pub fn subclasses(self) -> Vec<ClassRef<'a>> {
        self.analysis
            .hierarchy()
            .subclasses(self.id)
            .map(|id| ClassRef::new(self.analysis, id))
            .collect()
    }

    /// Which `__init_subclass__` functions heard of it when it was made; none where that was not watched.
    pub fn heard(self) -> Option<&'a Heard> {
        self.analysis.classes.get(self.id).heard.get()
    }

    /// What the methods of its class statement give their receivers, in order of the source.
    pub fn assigned(self) -> &'a [Assigned] {
        self.analysis.classes.assigned(self.id)
    }

    /// Each `def` of the body of its class statement, in order of their names, then of the source; private names are mangled.
    pub fn methods(self) -> &'a [Method] {
        self.analysis.classes.methods(self.id)
    }

    /// What the body of its class statement annotates without giving it a value, in order of the source.
    pub fn annotated(self) -> &'a [Annotated] {
        self.analysis.classes.annotated(self.id)
    }

    /// All classes that derive from it, directly or not, in order of creation, each once.
    pub fn descendants(self) -> Vec<ClassRef<'a>> {
        self.analysis
            .hierarchy()
            .descendants(self.id)
            .into_iter()
            .map(|id| ClassRef::new(self.analysis, id))
            .collect()
    }
}

impl PartialEq for ClassRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for ClassRef<'_> {}

impl std::fmt::Debug for ClassRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.path())
    }
}
