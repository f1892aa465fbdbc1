//! Arguments of `find`.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `find`.
#[derive(Debug, Args)]
#[command(after_help = "\
Terms, with `-` before them the opposite; several are best given as one argument, in quotes:
  under:View              derives from a class of this name
  mro:*Mixin              a class of this name is in its MRO; `*` stands for any letters
  meta:ABCMeta            its metaclass is this one, or derives from it
  defines:save            its own body gives the name
  has:save                it or a class of its MRO gives the name
  overrides:dispatch      gives a name that a class behind it in its MRO gives too
  calls:super             the method that `overrides` or `defines` names reads super(); without them, any
  kind:data-descriptor    its own body has one; or method, classmethod, staticmethod, property,
                          cached-property, slot, non-data-descriptor, class, value
  is:unknown              or exact, assumed, raises, not-reached, abstract, metaclass, called, project, library
  depth:>8                how many bases stand above one another over it; also 8, <8, 3..8
  length:>12              how many classes its MRO has
  below:>10               how many classes derive from it
  raises:layout           its statement raises, with these letters in the message, or at all: raises:
  plugin:csv              is registered under a key with these letters, or at all: plugin:
  in:shop.models          its module is this one, or below it

Example: mroscope find 'overrides:dispatch -calls:super under:View'")]
pub struct FindArguments {
    /// Terms, and words that the name or path has to have; all of them hold.
    #[arg(required = true, value_name = "TERM")]
    pub terms: Vec<String>,

    /// The project [default: this folder].
    #[arg(long, value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// Print JSON: each class in the form of `dump`.
    #[arg(long)]
    pub json: bool,
}
