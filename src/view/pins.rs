//! What has become of pins: a line for each that does not hold any more, with what changed it.

use std::path::Path;

use crate::analysis::{Analysis, ClassRef, Held, Pin};
use crate::semantics::{Before, ClassPath, Outcome, before};
use crate::view::Fault;
use crate::view::check::place_of;
use crate::view::linearization::say_before;
use crate::view::words::{Names, statement};

/// The fault that a pin has become; none where it holds. `lock` is the file that says so, with its line and column.
pub fn pin_fault(pin: &Pin, held: &Held<'_>, lock: (&Path, (u32, u32))) -> Option<Fault> {
    let (file, at) = lock;
    let name = file.file_name().map(|name| name.to_string_lossy());
    let says = format!("{}:{}", name.unwrap_or_default(), at.0);
    let key = pin.key();
    let (class, message) = match held {
        Held::Yes => return None,
        Held::NotThere(near) => {
            let near = near
                .first()
                .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            let message = format!(
                "`{}` is not there{near} (`mroscope lock --remove {key}` takes the pin away)",
                pin.class()
            );
            return Some(Fault {
                path: file.to_owned(),
                at: Some(at),
                name: "pin",
                message,
                raised_at: None,
            });
        }
        Held::Raises(class) => (
            class,
            format!("`{key}` is pinned in {says}, and the class cannot be made"),
        ),
        Held::NotKnown(class) => {
            let why = match class.outcome() {
                Outcome::Unknown { because, .. } => {
                    because.first().map_or_else(String::new, |gap| {
                        format!(": {}", class.analysis().say_gap(gap))
                    })
                }
                _ => ": a class of its MRO may have the name, and may not".to_owned(),
            };
            (
                class,
                format!("whether `{key}` is as {says} says is not known{why}"),
            )
        }
        Held::Provider(class, now) => {
            let Pin::Provider { name, from, .. } = pin else {
                return None;
            };
            let comes = match now {
                Some(now) => format!("comes from `{}`{}", now.path(), placed(*now)),
                None => "comes from no class".to_owned(),
            };
            let why = why_not(*class, name, from, *now);
            (
                class,
                format!("`{key}` {comes}, not from `{from}` as {says} says: {why}"),
            )
        }
        Held::Mro(class) => {
            let Pin::Mro { mro, .. } = pin else {
                return None;
            };
            let changes = mro_changes(*class, mro);
            (
                class,
                format!("the MRO of `{key}` is not as {says} says: {changes}"),
            )
        }
    };
    let (path, at) = match place_of(*class) {
        Some((path, at)) => (path, at),
        None => (file.to_owned(), at),
    };
    Some(Fault {
        path,
        at: Some(at),
        name: "pin",
        message,
        raised_at: None,
    })
}

/// ` (shop/base.py:12)`, where the class has a place.
fn placed(class: ClassRef<'_>) -> String {
    class.place().map_or_else(String::new, |place| {
        format!(" ({})", class.analysis().say_place(place))
    })
}

/// Why a name does not come from a class any more.
fn why_not(class: ClassRef<'_>, name: &str, from: &ClassPath, now: Option<ClassRef<'_>>) -> String {
    let mro = class.mro().unwrap_or_default();
    let Some(&was) = mro.iter().find(|it| it.path() == from) else {
        let gone = if is_there(class.analysis(), from) {
            format!("`{}` is no ancestor any more", from.qualname)
        } else {
            format!("`{from}` is not there any more")
        };
        return format!("{gone}; `{}`{}", statement(class), placed(class));
    };
    if !was.members().contains_key(name) {
        return format!(
            "`{}` has no `{name}` any more{}",
            from.qualname,
            placed(was)
        );
    }
    match now {
        Some(now) if now == class => format!("the class has a `{name}` of its own"),
        Some(now) => stands_before(class, now, was),
        None => "it is hidden".to_owned(),
    }
}

fn is_there(analysis: &Analysis, path: &ClassPath) -> bool {
    !analysis.by_path(path).is_empty()
}

/// That one class of an MRO stands before another, and whose statement says so.
fn stands_before(class: ClassRef<'_>, first: ClassRef<'_>, second: ClassRef<'_>) -> String {
    let names = Names::of([first, second, class]);
    let analysis = class.analysis();
    let bases: Vec<_> = class.bases().into_iter().map(ClassRef::id).collect();
    let because = before(
        &analysis.classes,
        class.id(),
        &bases,
        first.id(),
        second.id(),
    );
    let (one, other) = (names.text(first), names.text(second));
    match because {
        Some(Before::Derives) => format!(
            "`{one}` derives from `{other}` and stands before it{}",
            placed(first)
        ),
        Some(Before::Written { by }) => {
            let by = analysis.class(by);
            format!(
                "`{one}` stands before `{other}` in the bases of `{}`{}",
                names.text(by),
                placed(by)
            )
        }
        Some(because) => {
            let (spans, by) = say_before(class, first, second, because, &names);
            let reason: String = spans.iter().map(|span| span.text.as_str()).collect();
            format!(
                "`{one}` stands before `{other}`: it {}{}",
                reason.replacen(
                    "before",
                    "comes before",
                    usize::from(reason.starts_with("before"))
                ),
                placed(by)
            )
        }
        None => format!("`{one}` stands before `{other}`"),
    }
}

/// What came into an MRO, what left it, and what stands elsewhere.
fn mro_changes(class: ClassRef<'_>, was: &[ClassPath]) -> String {
    let mro = class.mro().unwrap_or_default();
    let mut said = vec![];
    for &new in mro.iter().filter(|it| !was.contains(it.path())) {
        let brought = mro.iter().find(|it| it.bases().contains(&new));
        said.push(match brought {
            Some(by) => format!(
                "`{}` is new, a base of `{}`{}",
                new.path(),
                by.path().qualname,
                placed(*by)
            ),
            None => format!("`{}` is new", new.path()),
        });
    }
    for gone in was
        .iter()
        .filter(|path| mro.iter().all(|it| it.path() != *path))
    {
        said.push(format!("`{gone}` has left it"));
    }
    let position = |path: &ClassPath| was.iter().position(|it| it == path);
    let kept: Vec<(ClassRef<'_>, usize)> = mro
        .iter()
        .filter_map(|it| Some((*it, position(it.path())?)))
        .collect();
    if let Some(pair) = kept.windows(2).find(|pair| pair[0].1 > pair[1].1) {
        said.push(stands_before(class, pair[0].0, pair[1].0));
    }
    said.join("; ")
}
