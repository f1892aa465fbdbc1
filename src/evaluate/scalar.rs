//! Numbers, text and bytes: what their operators, methods and formats give, and what they raise.

mod arithmetic;
mod float_text;
mod format_spec;
pub(super) mod letters;
mod number;

pub(super) use arithmetic::{arithmetic, float_divmod, negated, power_modulo};
pub(super) use float_text::{Form, double_text};
pub(super) use format_spec::{formatted_scalar, in_base, padded};
pub(super) use number::{compared, equal, floored, from_float, to_float, whole};
