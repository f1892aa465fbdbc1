//! FILES. Where Python text comes from. Knows paths, not Python.

mod cases;
mod codec;
mod compiled;
mod discover;
mod distribution;
mod environment;
mod file;
mod finder;
mod ini;
mod layout;
mod listing;
mod naming;
mod path_file;
mod prefix;
mod read;
mod revision;
mod roots;
mod settings_file;
mod stamp;
mod stdlib_names;
mod version;
mod walk;
mod watch;
mod write;

pub use cases::{Case, cases};
pub use compiled::compiled_modules;
pub use discover::{DiscoverError, FileTrouble, Found, Project, Twin, discover, is_there};
pub use distribution::{DeclaredEntryPoint, Distribution};
pub use environment::{
    Environment, EnvironmentError, EnvironmentWish, Owner, SearchPath, resolved,
};
pub use file::{FileId, LineColumn, Lines, Place, SourceFile};
pub use finder::{Finder, Located};
pub use naming::packages_around;
pub use read::{LARGEST_FILE, ReadError, Text, Trouble, decode, read};
pub use revision::{CheckedOut, Commit, Part, Repository, RevisionError, TemporaryFolder};
pub use settings_file::{file_in, lines_of, setting, text_of};
pub use stamp::{Settled, Stamp};
pub use stdlib_names::{LOADED_AT_START, is_standard_library};
pub use version::PythonVersion;
pub use watch::{Noticed, Watch};
pub use write::{Rewritten, WriteError, write};
