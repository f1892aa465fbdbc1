//! Numbers, text and bytes: what their operators, methods and formats give, and what they raise.

mod arithmetic;
mod float_text;
mod format_spec;
pub(crate) mod letters;
mod number;

pub(crate) use arithmetic::{arithmetic, float_divmod, negated, power_modulo};
pub(crate) use float_text::{Form, double_text};
pub(crate) use format_spec::{formatted_scalar, in_base, padded};
pub(crate) use number::{compared, equal, floored, from_float, to_float, whole};
