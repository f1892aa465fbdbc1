//! Class statements that make no class.

use crate::Name;
use crate::semantics::ClassPath;
use crate::source::Place;

/// A class statement whose metaclass or decorator gives something that is no class.
///
/// ```python
/// class IPerson(Interface): ...      # an instance of `InterfaceClass`
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoClass {
    /// What the class would be called.
    pub path: ClassPath,
    /// The statement, from the word `class`.
    pub place: Place,
    /// Where its first decorator begins, or the statement.
    pub first: u32,
    /// The name of the class of what it makes.
    pub kind: Name,
}
