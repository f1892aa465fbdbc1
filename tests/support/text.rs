//! Pages as a reader sees them without colour.

use mroscope::app::fit::{Layout, title};
use mroscope::view::{Page, Span};

/// The page in so many cells, its title on top.
pub(crate) fn page_at(page: &Page, width: u16) -> String {
    let plain = |spans: &[Span]| -> String { spans.iter().map(|span| &*span.text).collect() };
    let mut text = plain(&title(page, width)).trim_end().to_owned();
    for row in Layout::folded(page, width).painted(page) {
        text.push('\n');
        text.push_str(plain(&row).trim_end());
    }
    text.push('\n');
    text
}
