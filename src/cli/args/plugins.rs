//! Arguments of `plugins`.

use std::path::{Path, PathBuf};

use clap::Args;

/// Arguments of `plugins`.
#[derive(Debug, Args)]
pub struct PluginsArguments {
    /// A class as `show` takes it, a registry (`pytest11`, `pkg.mod:NAME`), or letters of a key, in their order; without, all registries.
    pub target: Option<String>,

    /// The project [default: this folder].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// Print a JSON line for each registry.
    #[arg(long)]
    pub json: bool,
}

impl PluginsArguments {
    /// The project's path.
    pub fn path(&self) -> &Path {
        self.path.as_deref().unwrap_or(Path::new("."))
    }
}
