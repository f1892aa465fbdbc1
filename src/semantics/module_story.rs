//! What a module holds once it has been imported: names and values, imports, registries, and what is not known of it.

use crate::Name;
use crate::semantics::{Assumption, ClassId, Gap, Registry};
use crate::source::Place;

/// A module as the run has left it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModuleStory {
    /// Its names, in the order in which they were bound first.
    pub names: Vec<ModuleName>,
    /// Its import statements, in the order of the source.
    pub imports: Vec<ModuleImport>,
    /// Functions of its own that answer for names it does not have, and for `dir()` (PEP 562).
    pub answers: Vec<(Name, Option<Place>)>,
    /// Why it may have more names than are known.
    pub more: Option<Gap>,
    /// What is taken for granted of what comes after it in the module.
    pub rests_on: Vec<Assumption>,
    /// With what its import ends: the exception, its message, and the statement.
    pub raises: Option<(Name, Option<String>, Option<Place>)>,
    /// Registries that stand in it, or in its classes.
    pub registries: Vec<Registry>,
    /// What one of its values holds, where that was asked for.
    pub inside: Option<Inside>,
}

/// A name of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleName {
    /// The name.
    pub name: Name,
    /// What it is bound to.
    pub bound: Bound,
    /// Its value, as far as it is known, within the limits that were asked for.
    pub shown: Option<Name>,
    /// The statement that has bound it last.
    pub place: Option<Place>,
    /// The condition on which it hangs whether it is bound at all.
    pub maybe: Option<Place>,
    /// Whether an import statement has bound it.
    pub is_imported: bool,
    /// How many things it holds, where one can look into it.
    pub holds: Option<usize>,
}

/// What a name of a module is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// A class.
    Class(ClassId),
    /// A function, with its head where it has source: `(value, *, strict=False)`.
    Function(Option<Name>),
    /// A module.
    Module(Name),
    /// Anything else, an object of this class as far as that is known.
    Value(Option<ClassId>),
    /// It is not known what.
    Unknown(Gap),
}

/// An import statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleImport {
    /// The module that is imported.
    pub from: Name,
    /// What is imported of it; none for `import module`.
    pub names: Vec<Name>,
    /// The statement.
    pub place: Place,
    /// Where the module comes from; none where the run has not imported it.
    pub found: Option<ImportedFrom>,
}

/// Where an imported module comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportedFrom {
    /// The project.
    Project,
    /// A distribution that is installed.
    Installed,
    /// The standard library, or the interpreter itself.
    StandardLibrary,
}

/// What a value of a module holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// How it is reached: `LANGUAGES[3]`.
    pub path: Name,
    /// What it is called in a message: `list`.
    pub kind: Name,
    /// What it holds; as much of it as is shown.
    pub entries: Vec<InsideEntry>,
    /// How much it holds.
    pub count: usize,
    /// Whether it may hold more than is known.
    pub is_open: bool,
    /// The statement that has bound the name.
    pub place: Option<Place>,
}

/// One thing that a value holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsideEntry {
    /// How it is reached from there: `[3]`, `['csv']`, `.kept`.
    pub step: Name,
    /// What it is.
    pub bound: Bound,
    /// Its value, as far as it is known.
    pub shown: Option<Name>,
    /// How many things it holds itself, where one can look into it.
    pub holds: Option<usize>,
}
