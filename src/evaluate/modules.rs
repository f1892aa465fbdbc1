//! Modules: which file a name leads to, how it is run, and what stands in for one that cannot be run.

pub(super) mod class_fixtures;
pub(super) mod compiled;
pub(super) mod failed_import;
pub(super) mod finders;
pub(super) mod finish;
mod first_imports;
pub(super) mod fixtures;
pub(super) mod import;
pub(super) mod import_statement;
pub(super) mod in_orders;
pub(super) mod iter_modules;
pub(super) mod lazy_names;
pub(super) mod marks;
pub(super) mod named_by_url;
pub(super) mod reached;
pub(super) mod receivers;
pub(super) mod replaced_module;
pub(super) mod run_module;
pub(super) mod scripts;
pub(super) mod shared_path;
pub(super) mod snapshot;
pub(super) mod source_files;
pub(super) mod uncalled;
pub(super) mod wrapped;
