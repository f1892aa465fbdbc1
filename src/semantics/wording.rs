//! What the interpreter says when `type.__new__` raises: kind and message of the exception, as each version words it.

use crate::Name;
use crate::semantics::{ClassId, Classes, Raised, SlotsError, TypeNewError};
use crate::source::PythonVersion;

impl TypeNewError {
    /// The exception as that version of CPython raises it.
    ///
    /// ```py
    /// class C(bool): ...  # TypeError: type 'bool' is not an acceptable base type
    /// ```
    pub fn raised(&self, classes: &Classes, version: PythonVersion) -> Raised {
        let (kind, message) = self.worded(classes, version);
        Raised {
            kind: Name::const_new(kind),
            message,
            reason: Some(Box::new(self.clone())),
            ..Raised::default()
        }
    }

    /// Every name that [`Self::name`] can give.
    pub const NAMES: [&str; 7] = [
        "metaclass-conflict",
        "unacceptable-base",
        "layout-conflict",
        "slots-conflict",
        "duplicate-base",
        "inconsistent-mro",
        "unsuitable-mro",
    ];

    /// The name by which a claim or a rule speaks of it: `inconsistent-mro`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MetaclassConflict { .. } => "metaclass-conflict",
            Self::UnacceptableBase(_) => "unacceptable-base",
            Self::LayoutConflict { .. } => "layout-conflict",
            Self::Slots(_) => "slots-conflict",
            Self::DuplicateBase(_) => "duplicate-base",
            Self::InconsistentMro { .. } => "inconsistent-mro",
            Self::EmptyMro | Self::UnsuitableMro(_) => "unsuitable-mro",
        }
    }

    fn worded(&self, classes: &Classes, version: PythonVersion) -> (&'static str, String) {
        let message = match self {
            Self::MetaclassConflict { .. } => {
                "metaclass conflict: the metaclass of a derived class must be a \
                 (non-strict) subclass of the metaclasses of all its bases"
                    .into()
            }
            Self::UnacceptableBase(base) => format!(
                "type '{}' is not an acceptable base type",
                cut(&type_name(*base, classes), 100)
            ),
            Self::LayoutConflict { .. } => "multiple bases have instance lay-out conflict".into(),
            Self::Slots(error) => return slots_worded(error, classes, version),
            Self::DuplicateBase(base) => format!("duplicate base class {}", name(*base, classes)),
            Self::InconsistentMro { heads } => return mro_worded(heads, classes, version),
            Self::EmptyMro if version < PythonVersion::three(10) => {
                "super(type, obj): obj must be an instance or subtype of type".into()
            }
            Self::EmptyMro => "type MRO must not be empty".into(),
            Self::UnsuitableMro(entry) => format!(
                "mro() returned base with unsuitable layout ('{}')",
                cut(&type_name(*entry, classes), 500)
            ),
        };
        ("TypeError", message)
    }
}

fn slots_worded(
    error: &SlotsError,
    classes: &Classes,
    version: PythonVersion,
) -> (&'static str, String) {
    let message = match error {
        SlotsError::NotIterable(type_name) => format!("'{type_name}' object is not iterable"),
        SlotsError::VariableSize { base } => format!(
            "nonempty __slots__ not supported for subtype of '{}'",
            type_name(*base, classes)
        ),
        SlotsError::NotIdentifier(_) => "__slots__ must be identifiers".into(),
        SlotsError::NotString(type_name) => format!(
            "__slots__ items must be strings, not '{}'",
            cut(type_name, 200)
        ),
        SlotsError::DictTwice => "__dict__ slot disallowed: we already got one".into(),
        SlotsError::WeakrefTwice if version >= PythonVersion::three(12) => {
            "__weakref__ slot disallowed: we already got one".into()
        }
        SlotsError::WeakrefTwice => "__weakref__ slot disallowed: either we already got one, or \
                                     __itemsize__ != 0"
            .into(),
        SlotsError::ConflictsWithClassVariable(name) => {
            return (
                "ValueError",
                format!("'{name}' in __slots__ conflicts with class variable"),
            );
        }
    };
    ("TypeError", message)
}

/// What CPython has room for in the buffer of this one message, in bytes.
const MRO_MESSAGE_BYTES: usize = 999;

/// The message names the heads that are left, and is cut where its buffer ends, be that inside a character.
fn mro_worded(
    heads: &[ClassId],
    classes: &Classes,
    version: PythonVersion,
) -> (&'static str, String) {
    let start = if version >= PythonVersion::three(13) {
        "Cannot create a consistent method resolution order (MRO) for bases "
    } else {
        "Cannot create a consistent method resolution\norder (MRO) for bases "
    };
    let names: Vec<&str> = heads.iter().map(|&head| name(head, classes)).collect();
    let message = start.to_owned() + &names.join(", ");
    if message.is_char_boundary(message.len().min(MRO_MESSAGE_BYTES)) {
        return ("TypeError", cut(&message, MRO_MESSAGE_BYTES).into());
    }
    if version < PythonVersion::three(11) {
        return ("TypeError", String::new());
    }
    let whole = cut(&message, MRO_MESSAGE_BYTES).len();
    let byte = message.as_bytes()[whole];
    let torn = if whole + 1 == MRO_MESSAGE_BYTES {
        format!("byte 0x{byte:02x} in position {whole}")
    } else {
        format!("bytes in position {whole}-{}", MRO_MESSAGE_BYTES - 1)
    };
    (
        "UnicodeDecodeError",
        format!("'utf-8' codec can't decode {torn}: unexpected end of data"),
    )
}

/// `__name__`.
fn name(class: ClassId, classes: &Classes) -> &str {
    classes.get(class).path.name()
}

/// `tp_name`: a class made in C outside of `builtins` says its module, too.
fn type_name(class: ClassId, classes: &Classes) -> String {
    let path = &classes.get(class).path;
    // Whatever refuses subclasses is made in C, even where the table could not tell.
    let refuses = classes
        .made(class)
        .is_some_and(|made| !made.accepts_subclasses);
    if path.module == "builtins" || !(refuses || classes.is_native(class)) {
        path.name().into()
    } else {
        format!("{}.{}", path.module, path.qualname)
    }
}

/// As much of the text as fits into so many bytes without a broken character.
fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
