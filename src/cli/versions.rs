//! Several versions of Python in one run: `3.9..3.14`, `3.9,3.11`, `all`.

use std::path::Path;

use crate::analysis::Analysis;
use crate::cli::session::Loader;
use crate::cpython::Facts;
use crate::error::{Error, Kind};
use crate::source::PythonVersion;

/// Whether a text stands for several versions.
pub(super) fn is_several(text: &str) -> bool {
    text == "all" || text.contains("..") || text.contains(',') || text.contains('-')
}

/// The versions that a text stands for, oldest first; none where it stands for one.
pub(super) fn several(text: Option<&str>) -> Result<Option<Vec<PythonVersion>>, Error> {
    let Some(text) = text.map(str::trim).filter(|text| is_several(text)) else {
        return Ok(None);
    };
    let known = Facts::versions();
    let wrong = |message: String| {
        let all: Vec<String> = known.iter().map(ToString::to_string).collect();
        Error::new(Kind::Usage, message).hint(format!(
            "write `3.9..3.14`, `3.9,3.11` or `all`; the versions known are {}",
            all.join(", ")
        ))
    };
    if text == "all" {
        return Ok(Some(known.to_vec()));
    }
    let one = |part: &str| -> Result<PythonVersion, Error> {
        let version: PythonVersion = part
            .trim()
            .parse()
            .map_err(|()| wrong(format!("`{part}` is not a version of Python")))?;
        if known.contains(&version) {
            Ok(version)
        } else {
            Err(wrong(format!("Python {version} is not known")))
        }
    };
    let mut asked = vec![];
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        let range = part.split_once("..").or_else(|| part.split_once('-'));
        let Some((first, last)) = range else {
            asked.push(one(part)?);
            continue;
        };
        let ends = |text: &str, open: Option<&PythonVersion>| match (text.trim(), open) {
            ("", Some(open)) => Ok(*open),
            (text, _) => one(text),
        };
        let (first, last) = (ends(first, known.first())?, ends(last, known.last())?);
        if first > last {
            return Err(
                Error::new(Kind::Usage, format!("`{part}` holds no version"))
                    .hint(format!("the older one comes first: `{last}..{first}`")),
            );
        }
        asked.extend(known.iter().filter(|it| (first..=last).contains(it)));
    }
    asked.sort_unstable();
    asked.dedup();
    if asked.is_empty() {
        return Err(wrong(format!("`{text}` holds no version")));
    }
    Ok(Some(asked))
}

/// Loads a project once for each version, one after the other: each load uses every core.
pub(super) fn load_each<T>(
    loader: &Loader,
    path: &Path,
    versions: &[PythonVersion],
    mut each: impl FnMut(PythonVersion, Analysis) -> T,
) -> Result<Vec<T>, Error> {
    versions
        .iter()
        .map(|&version| {
            let analysis = loader.clone().answering(None, Some(version)).load(path)?;
            Ok(each(version, analysis))
        })
        .collect()
}
