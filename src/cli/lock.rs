//! `mroscope lock`: writes down the resolutions that a team relies on, for `mroscope check` to hold the project to.

mod file;

pub(super) use file::LockFile;

use std::path::{Path, PathBuf};

use crate::Name;
use crate::analysis::{Analysis, ClassRef, Held, Pin, Provided, Target, held};
use crate::cli::args::LockArguments;
use crate::cli::ending::{Ending, Stop};
use crate::cli::session::{Session, class as class_of};
use crate::error::{Error, Kind};
use crate::semantics::{ClassPath, Outcome};
use crate::view;

/// Adds pins, takes pins away, or brings all of them up to date. Nothing is written where one of them cannot be done.
pub(super) fn lock(session: &mut Session<'_>, arguments: &LockArguments) -> Result<Ending, Stop> {
    let path = arguments.path.clone().unwrap_or_else(|| PathBuf::from("."));
    let known = LockFile::find(&path)?;
    if arguments.remove {
        return remove(session, known, &arguments.targets);
    }
    if arguments.targets.is_empty() {
        let Some(file) = known.filter(|it| !it.pins.is_empty()) else {
            return Err(Error::new(Kind::Usage, "nothing is pinned yet")
                .hint("name what you rely on: `mroscope lock pkg.mod:Class.attribute`")
                .into());
        };
        return refresh(session, file, &path);
    }
    let mut file = match known {
        Some(file) => file,
        None => LockFile::new_near(&path),
    };
    let analysis = session.load(&path)?;
    let pins: Vec<Pin> = arguments
        .targets
        .iter()
        .map(|target| pin(&analysis, target))
        .collect::<Result<_, _>>()?;
    let mut lines = vec![];
    for pin in pins {
        let before = file.get(&pin).map(|placed| value(&placed.pin));
        let now = value(&pin);
        lines.push(match before {
            Some(before) if before == now => format!("= {}  {now}", pin.key()),
            Some(before) => format!("~ {}  {before} → {now}", pin.key()),
            None => format!("+ {}  {now}", pin.key()),
        });
        file.set(&pin)?;
    }
    file.save()?;
    written(session, &file, &lines)?;
    Ok(Ending::Done)
}

/// What a pin says, on one line.
fn value(pin: &Pin) -> String {
    match pin {
        Pin::Provider { from, .. } => from.to_string(),
        Pin::Mro { mro, .. } => {
            let names: Vec<&str> = mro.iter().map(|it| it.qualname.as_str()).collect();
            names.join(" ")
        }
    }
}

fn written(session: &mut Session<'_>, file: &LockFile, lines: &[String]) -> Result<(), Stop> {
    for line in lines {
        session.streams.line(&view::safe(line))?;
    }
    let shown = file.path.strip_prefix(&session.folder);
    let shown = shown.unwrap_or(&file.path).display().to_string();
    let pins = view::count(file.pins.len(), "pin", "pins");
    let unchanged = if lines.is_empty() { ", as before" } else { "" };
    session.message(&format!("{pins} in {shown}{unchanged}"))?;
    Ok(())
}

/// What is to be pinned: the MRO of a class, or where an attribute of one comes from.
fn pin(analysis: &Analysis, target: &str) -> Result<Pin, Error> {
    if !matches!(analysis.find(target), Target::Unknown(_)) {
        return mro_of(class_of(analysis, target)?);
    }
    let divided = target.rsplit_once('.');
    let divided = divided.filter(|(class, name)| {
        !class.is_empty()
            && !name.is_empty()
            && !name.contains([':', '/', '\\'])
            && !matches!(analysis.find(class), Target::Unknown(_))
    });
    let Some((of, name)) = divided else {
        // Says which names are near.
        return mro_of(class_of(analysis, target)?);
    };
    let class = class_of(analysis, of)?;
    is_known(class)?;
    match class.provider(name) {
        Provided::By(from) => Ok(Pin::Provider {
            class: class.path().clone(),
            name: Name::from(name),
            from: from.path().clone(),
        }),
        Provided::Nowhere => {
            let error = Error::new(Kind::Usage, view::say_unheard_of(class, name));
            Err(match view::near_attribute(class, name) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint("name an attribute that a class of its MRO has"),
            })
        }
        Provided::Untold => Err(Error::new(
            Kind::Input,
            format!("where `{}.{name}` comes from is not known", class.path()),
        )
        .hint(
            "a class of its MRO only perhaps has the name: `mroscope show` says on what that hangs",
        )),
    }
}

fn mro_of(class: ClassRef<'_>) -> Result<Pin, Error> {
    is_known(class)?;
    let mro = class.mro().unwrap_or_default();
    Ok(Pin::Mro {
        class: class.path().clone(),
        mro: mro.into_iter().map(|it| it.path().clone()).collect(),
    })
}

/// What is not made or not known cannot be relied on.
fn is_known(class: ClassRef<'_>) -> Result<(), Error> {
    match class.outcome() {
        Outcome::Created(_) => Ok(()),
        Outcome::Raises(raised) => Err(Error::new(
            Kind::Input,
            format!("`{}` cannot be pinned: {}", class.path(), raised.line()),
        )
        .hint("`mroscope show` says why the class cannot be made")),
        Outcome::Unknown { .. } => Err(Error::new(
            Kind::Input,
            format!("`{}` cannot be pinned: its MRO is not known", class.path()),
        )
        .hint("`mroscope coverage` says what keeps it from being known, and what helps")),
    }
}

/// Takes pins away.
fn remove(
    session: &mut Session<'_>,
    file: Option<LockFile>,
    targets: &[String],
) -> Result<Ending, Stop> {
    let Some(mut file) = file.filter(|it| !it.pins.is_empty()) else {
        return Err(Error::new(Kind::Usage, "nothing is pinned here")
            .hint("name with --path the project whose pins are meant")
            .into());
    };
    let mut lines = vec![];
    for target in targets {
        let Some(placed) = file.pins.iter().find(|it| it.pin.key() == *target) else {
            let keys: Vec<String> = file.pins.iter().map(|it| it.pin.key()).collect();
            let error = Error::new(Kind::Usage, format!("`{target}` is not pinned"));
            let error = error.near(target, keys.iter().map(String::as_str));
            return Err(match error.hint {
                Some(_) => error,
                None => error.hint(format!("these are: {}", keys.join(", "))),
            }
            .into());
        };
        let pin = placed.pin.clone();
        lines.push(format!("- {}  {}", pin.key(), value(&pin)));
        file.remove(&pin)?;
    }
    file.save()?;
    written(session, &file, &lines)?;
    Ok(Ending::Done)
}

/// Brings all pins up to date, and says what changed.
fn refresh(session: &mut Session<'_>, mut file: LockFile, path: &Path) -> Result<Ending, Stop> {
    let analysis = session.load(path)?;
    let mut lines = vec![];
    let mut ending = Ending::Done;
    for placed in file.pins.clone() {
        let now = held(&placed.pin, &analysis);
        if now == Held::Yes {
            continue;
        }
        let fresh = match (&now, &placed.pin) {
            (Held::Provider(_, Some(from)), Pin::Provider { class, name, .. }) => {
                Some(Pin::Provider {
                    class: class.clone(),
                    name: name.clone(),
                    from: from.path().clone(),
                })
            }
            (Held::Mro(class), Pin::Mro { .. }) => Some(Pin::Mro {
                class: placed.pin.class().clone(),
                mro: paths(*class),
            }),
            _ => None,
        };
        let Some(fresh) = fresh else {
            ending = Ending::Found;
            if let Some(fault) = view::pin_fault(&placed.pin, &now, (&file.path, placed.at)) {
                lines.push(format!("! {}  {}", placed.pin.key(), fault.message));
            }
            continue;
        };
        lines.push(format!(
            "~ {}  {} → {}",
            fresh.key(),
            value(&placed.pin),
            value(&fresh)
        ));
        file.set(&fresh)?;
    }
    file.save()?;
    written(session, &file, &lines)?;
    Ok(ending)
}

fn paths(class: ClassRef<'_>) -> Vec<ClassPath> {
    let mro = class.mro().unwrap_or_default();
    mro.into_iter().map(|it| it.path().clone()).collect()
}
