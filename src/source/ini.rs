//! `configparser`'s format, as `setup.cfg` and `entry_points.txt` use it: sections, keys, values over several lines.

/// A section and its values in order; lines of one value are joined by `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) values: Vec<(String, String)>,
    /// For each value the numbers of its lines, from 1; the key's where the value is empty.
    pub(super) lines: Vec<Vec<u32>>,
}

/// Reads a text; a line that fits nowhere is passed over.
pub(super) fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = vec![];
    for (number, line) in (1..).zip(text.lines()) {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = trimmed
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            sections.push(Section {
                name: name.trim().to_owned(),
                values: vec![],
                lines: vec![],
            });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        let indented = line.starts_with([' ', '\t']);
        if indented && let Some((_, value)) = section.values.last_mut() {
            if let Some(lines) = section.lines.last_mut() {
                if value.is_empty() {
                    lines.clear();
                }
                lines.push(number);
            }
            if !value.is_empty() {
                value.push('\n');
            }
            value.push_str(trimmed);
        } else if let Some((key, value)) = trimmed.split_once(['=', ':']) {
            section
                .values
                .push((key.trim().to_owned(), value.trim().to_owned()));
            section.lines.push(vec![number]);
        }
    }
    sections
}

/// Returns a value by section and key; `package-dir` and `package_dir` are one key.
pub(super) fn value<'a>(sections: &'a [Section], section: &str, key: &str) -> Option<&'a str> {
    sections
        .iter()
        .filter(|found| found.name == section)
        .flat_map(|found| &found.values)
        .find(|(name, _)| name.replace('-', "_") == key)
        .map(|(_, value)| value.as_str())
}
