//! Values as text: `repr`, `str`, `format`, and how messages show them.

pub(super) mod aliases;
pub(super) mod holds;
pub(super) mod in_messages;
pub(super) mod percent;
pub(super) mod repr;
pub(super) mod text;
pub(super) mod text_format;
