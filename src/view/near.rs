//! What was probably meant by a name that nothing has.

/// Returns the name that is spelled most like `wanted`, if any is near enough to have been meant.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = wanted.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), name))
        .filter(|(likeness, name)| *likeness > 0.8 && is_near(&lower, &name.to_lowercase()))
        .max_by(|one, other| one.0.total_cmp(&other.0).then_with(|| other.1.cmp(one.1)))
        .map(|(_, name)| name)
}

/// Whether a name is a few slips of the keyboard away, or the beginning of the other: of short names the likeness alone says little.
fn is_near(wanted: &str, name: &str) -> bool {
    let begins = wanted.chars().count() > 2 && name.starts_with(wanted);
    begins || strsim::damerau_levenshtein(wanted, name) <= 1 + wanted.chars().count() / 3
}
