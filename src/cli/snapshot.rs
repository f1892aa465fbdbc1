//! `mroscope snapshot`: an environment's interpreter describes its compiled modules, for the runs that cannot ask.
#![expect(
    clippy::disallowed_methods,
    reason = "a person's own snapshots are read and written here"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::Name;
use crate::cli::args::SnapshotArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::Session;
use crate::cli::{interrupt, paint};
use crate::cpython::{COLLECT, Compiled, Facts, Snapshot, Taken};
use crate::error::{Error, Kind};
use crate::source::{Environment, Stamp, compiled_modules, resolved};
use crate::view::{self, SnapshotSaid};
use crate::witness::{Limits, Question, ask};

/// Asks for the modules that are named, or for all, and keeps what is said beside those that were asked for before.
pub(super) fn snapshot(
    session: &mut Session<'_>,
    arguments: &SnapshotArguments,
) -> Result<Ending, Stop> {
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let interpreter = session.interpreter(path)?;
    let environment = session.environment(path)?;
    let file = session.snapshot_file(&environment)?;
    let there = compiled_modules(&environment);
    let modules = chosen(arguments, &there, read(&file).as_deref())?;
    if modules.is_empty() {
        session.message("no installed module is without Python source: there is nothing to ask")?;
        return Ok(Ending::Done);
    }
    let names: Vec<String> = modules.iter().map(|(name, _)| name.to_string()).collect();
    let question = Question {
        paths: vec![],
        files: modules
            .iter()
            .map(|(name, file)| (name.to_string(), file.clone()))
            .collect(),
        modules: names,
        setup: None,
        describe: Some(COLLECT.to_owned()),
    };
    let limits = Limits {
        module: Duration::from_secs(arguments.limits.module_timeout),
        total: Duration::from_secs(arguments.limits.timeout),
        ..Limits::default()
    };
    let interrupted = interrupt::watch();
    let total = question.modules.len();
    let mut telling = session.streams.progress();
    let testimony = ask(
        &interpreter,
        &question,
        &limits,
        &interrupted,
        &mut |imported| {
            telling.say(&format!("imported {imported} of {total} modules"));
        },
    );
    telling.clear();
    interrupt::unwatch(&interrupted);
    let testimony = testimony.map_err(Error::from)?;
    let taken = Taken::new(
        &testimony.greeting.version,
        &testimony.greeting.date,
        &environment.root.clone().unwrap_or_default(),
        modules
            .into_iter()
            .filter(|(name, _)| testimony.imported.iter().any(|(it, _)| it == name.as_str()))
            .filter_map(|(module, file)| {
                let stamp = Stamp::of(&file)?;
                Some(Compiled {
                    module,
                    file,
                    stamp,
                })
            })
            .collect(),
    );
    let description = testimony
        .description
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let bytes = Snapshot::encode(&taken, &description)
        .map_err(|error| Error::new(Kind::Bug, "the snapshot cannot be made").caused_by(error))?;
    write(&file, &bytes)?;
    let kept = read(&file).ok_or_else(|| Error::new(Kind::Bug, "the snapshot cannot be read"))?;
    let classes = Facts::of(kept.version()).map_or(0, |facts| {
        facts.with(&kept).class_count() - facts.class_count()
    });
    let said = SnapshotSaid {
        environment: environment.root.unwrap_or_default(),
        python: testimony.greeting.version,
        described: testimony.imported.len(),
        asked: total,
        classes,
        file,
        failed: testimony.failed,
    };
    paint::page(session.streams, &session.styles, &view::snapshot(&said))?;
    Ok(if said.failed.is_empty() {
        Ending::Done
    } else {
        Ending::Found
    })
}

/// The modules to ask for: those of an earlier snapshot, and those that are named; or all that are there.
fn chosen(
    arguments: &SnapshotArguments,
    there: &[(Name, PathBuf)],
    earlier: Option<&Snapshot>,
) -> Result<Vec<(Name, PathBuf)>, Error> {
    if arguments.modules.is_empty() {
        return Ok(there.to_vec());
    }
    let below = |name: &str, of: &str| {
        name == of
            || name
                .strip_prefix(of)
                .is_some_and(|rest| rest.starts_with('.'))
    };
    for wanted in &arguments.modules {
        if !there.iter().any(|(name, _)| below(name, wanted)) {
            return Err(Error::new(
                Kind::Usage,
                format!("`{wanted}` is no compiled module without source, and no package with one"),
            )
            .near(wanted, there.iter().map(|(name, _)| name.as_str())));
        }
    }
    let known = |name: &Name| {
        earlier.is_some_and(|it| it.taken().modules.iter().any(|it| it.module == *name))
    };
    Ok(there
        .iter()
        .filter(|(name, _)| known(name) || arguments.modules.iter().any(|it| below(name, it)))
        .cloned()
        .collect())
}

/// Where the snapshot of an environment is kept, below the folder for a person's data.
pub(super) fn file_of(folder: &Path, environment: &Environment) -> Option<PathBuf> {
    let root = resolved(environment.root.as_deref()?);
    let version = environment.version?;
    // FNV-1a: the name has to be the same for ever, which no hasher of the standard library promises.
    let hash = root
        .to_string_lossy()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let name = root.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name
        .chars()
        .filter(|char| char.is_alphanumeric() || "-_".contains(*char))
        .collect();
    Some(folder.join(format!("snapshots/{name}-{version}-{hash:016x}.snapshot")))
}

/// The snapshot in a file, if there is one that can be read.
pub(super) fn read(file: &Path) -> Option<Arc<Snapshot>> {
    Snapshot::decode(&fs::read(file).ok()?, Stamp::of)
        .ok()
        .map(Arc::new)
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    let about = |error| {
        Error::new(
            Kind::Input,
            format!("the snapshot `{}` cannot be written", file.display()),
        )
        .caused_by(error)
    };
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(about)?;
    }
    // Whoever reads meanwhile finds the old one or the new one.
    let beside = file.with_extension("new");
    fs::write(&beside, bytes).map_err(about)?;
    fs::rename(&beside, file).map_err(about)
}
